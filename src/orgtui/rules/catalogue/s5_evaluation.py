"""S5 Evaluation and feedback."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.engine.finding import Violation, violation
from orgtui.engine.view import View
from orgtui.model.sentence import N_, Ref
from orgtui.rules.facts.teams import is_working_team
from orgtui.rules.registry import rule

CHAPTERS = {"S5": N_("Evaluation and feedback")}


@rule(
    "S501",
    "no-review",
    "warning",
    on="team",
    says=N_("Nobody has set when the results of {team} are reviewed"),
)
def no_review(view: View, team: str, _: object) -> Iterator[Violation]:
    """A team whose results are looked at on no set rhythm.

    ## What it checks
    A working team, one that itself holds a function or an open seat, has no `review`.

    ## Why
    People do what is asked for and evaluated. Without a rhythm a team hears of its results when they have
    become a problem.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    function = [{ id = "seo", name = "SEO", team = "marketing" }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing", review = "quarterly" }]
    function = [{ id = "seo", name = "SEO", team = "marketing" }]
    ```

    ## How to mend
    Set a review, quarterly to begin with.

    ## Source
    Our judgement.
    """
    record = view.team(team)
    if record is not None and record.review is None and is_working_team(view, team):
        yield violation(Ref.to("team", team))
