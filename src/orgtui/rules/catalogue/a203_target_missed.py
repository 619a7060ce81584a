"""A203: what the restructuring wants to reach is not reached."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.engine.finding import Violation, violation
from orgtui.engine.view import View
from orgtui.model.sentence import N_, Ref
from orgtui.rules.facts.measures import measured
from orgtui.rules.facts.targets import is_missed
from orgtui.rules.inputs import TARGET_MISSED
from orgtui.rules.registry import rule


@rule(
    TARGET_MISSED,
    "target-missed",
    "advice",
    on="organization",
    lane="graph",
    needs=("targets",),
    says={
        "team at_most": N_("{metric} in {team}: {value}; the target is at most {at_most}"),
        "team": N_("{metric} in {team}: {value}; the target is at least {at_least}"),
        "at_most": N_("{metric}: {value}; the target is at most {at_most}"),
        "": N_("{metric}: {value}; the target is at least {at_least}"),
    },
)
def target_missed(view: View, _: str, __: object) -> Iterator[Violation]:
    """A target of this restructuring is not reached.

    ## What it checks
    A metric is above the `at_most` or below the `at_least` of its `[[target]]`, in the whole organisation or
    in the target's team and all teams below it. Of a team, spans are those of who sits there, and layers are
    counted from the head. A metric without a value is not judged: one of the plan without a plan, pay without
    a pay file, a median of nothing. Findings are counted as they are reported, without those of this rule.

    ## Why
    A restructuring begins with what it is for. Said as numbers, everybody sees while the plan is made how far
    it still is, and nobody has to remember it at the end.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "web", name = "Web", parent = "marketing" },
      { id = "pr", name = "PR", parent = "marketing" },
    ]
    target = [{ metric = "teams", at_most = 1 }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "web", name = "Web", parent = "marketing" },
      { id = "pr", name = "PR", parent = "marketing" },
    ]
    target = [{ metric = "teams", at_most = 2 }]
    ```

    ## How to mend
    Change the structure until the number is reached, or set a target that can be.

    ## Source
    Our judgement.
    """
    told: set[tuple[str, ...]] = set()
    for metric, team, bound in view.targets():
        target, subjects = view.target((metric, team, bound)), (metric, team)
        value = measured(view, metric, team or None)
        if target is None or value is None or subjects in told:
            continue
        asked = target.at_most if bound == "at_most" else target.at_least
        assert asked is not None, "a target has the bound that its key names"
        if is_missed(bound, asked, value):
            told.add(subjects)
            of_team = (Ref.to("team", team),) if team else ()
            yield violation(Ref.to("metric", metric), *of_team, value=value, **{bound: asked})
