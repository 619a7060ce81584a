"""C1 Barriers: too many groups that must agree with one another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orgtui.engine.finding import Violation, sized_violation, violation
from orgtui.engine.view import View
from orgtui.model.sentence import N_, Ref
from orgtui.rules.facts.components import strongly_connected_components
from orgtui.rules.facts.graphs import team_handoff_graph
from orgtui.rules.facts.handoffs import handoff_partners
from orgtui.rules.facts.totals import total
from orgtui.rules.registry import rule

CHAPTERS = {"C1": N_("Barriers")}


@dataclass(frozen=True, slots=True)
class Fragmentation:
    """Parameters of C101."""

    from_teams: int = 4
    seats_per_team: int = 4


@dataclass(frozen=True, slots=True)
class Hub:
    """Parameters of C103."""

    max: int = 5


@rule(
    "C101",
    "too-many-teams",
    "warning",
    on="organization",
    options=Fragmentation,
    says=(
        N_(
            "{teams:team shares|teams share} {seats:seat|seats}, fewer than {seats_per_team} each; "
            "{pairs:pair|pairs} of teams must agree one by one"
        )
    ),
)
def too_many_teams(view: View, _: str, options: Fragmentation) -> Iterator[Violation]:
    """The department is cut into more teams than its people can fill.

    ## What it checks
    The teams below the root that hold a function or at least two open seats themselves, focus teams left out,
    are more than `from_teams`, and all open seats below the root outside focus teams are fewer than
    `seats_per_team` for each of them. Where a team hangs makes no difference: to put one below another mends
    nothing.

    ## Why
    Teams under one lead must agree pair by pair: 28 pairs for 8 teams, 6 for 4. Each thin team optimises
    its own number, and the time of the few goes into agreeing.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "pr", name = "PR", parent = "marketing" },
      { id = "content", name = "Content", parent = "marketing" },
      { id = "seo", name = "SEO", parent = "marketing" },
      { id = "sem", name = "SEM", parent = "marketing" },
      { id = "events", name = "Events", parent = "marketing" },
    ]
    function = [
      { id = "pr", name = "PR", team = "pr" },
      { id = "content", name = "Content", team = "content" },
      { id = "seo", name = "SEO", team = "seo" },
      { id = "sem", name = "SEM", team = "sem" },
      { id = "events", name = "Events", team = "events" },
    ]
    person = [
      { id = "li-na", name = "Li Na", team = "pr" },
      { id = "wang-lei", name = "Wang Lei", team = "content" },
      { id = "zhao-min", name = "Zhao Min", team = "seo" },
      { id = "sun-tao", name = "Sun Tao", team = "sem" },
      { id = "zhou-jie", name = "Zhou Jie", team = "events" },
    ]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "brand", name = "Brand and content", parent = "marketing" },
      { id = "growth", name = "Growth", parent = "marketing" },
    ]
    function = [
      { id = "pr", name = "PR", team = "brand" },
      { id = "content", name = "Content", team = "brand" },
      { id = "events", name = "Events", team = "brand" },
      { id = "seo", name = "SEO", team = "growth" },
      { id = "sem", name = "SEM", team = "growth" },
    ]
    person = [
      { id = "li-na", name = "Li Na", team = "brand" },
      { id = "wang-lei", name = "Wang Lei", team = "brand" },
      { id = "zhou-jie", name = "Zhou Jie", team = "brand" },
      { id = "zhao-min", name = "Zhao Min", team = "growth" },
      { id = "sun-tao", name = "Sun Tao", team = "growth" },
    ]
    ```

    ## How to mend
    Merge the teams under one lead whose work is most alike.

    ## Options
    `from_teams` (default 4): up to so many such teams the rule is silent.
    `seats_per_team` (default 4): open seats that each of them should have on average.

    ## Source
    Pairs `k(k-1)/2`: Brooks's count of channels, applied to teams under one lead. When it is too many
    (4 and 4) is our judgement.
    """
    teams, seats = total(view, "staffed groups"), total(view, "seats in line")
    if teams > options.from_teams and seats < options.seats_per_team * teams:
        enough = max(options.from_teams, seats // options.seats_per_team)
        yield sized_violation(
            teams - enough,
            teams=teams,
            seats=seats,
            pairs=total(view, "pairs"),
            from_teams=options.from_teams,
            seats_per_team=options.seats_per_team,
        )


@rule(
    "C102",
    "handoff-loop",
    "advice",
    on="organization",
    needs=("handoffs",),
    lane="graph",
    says=N_("Work goes round between {teams:team|teams}: {subjects}"),
)
def handoff_loop(view: View, _: str, __: object) -> Iterator[Violation]:
    """Work that some teams hand over comes back to them.

    ## What it checks
    Two teams or more are joined by handoffs between their functions so that each can be reached from each
    other: a strongly connected component of the graph of team handoffs.

    ## Why
    A loop may be sound feedback, such as sales results going back to those who buy the traffic. It may also
    be work sent back because it was not done at the first pass. Worth a talk: which of the two is it?

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "content", name = "Content", parent = "marketing" },
      { id = "design", name = "Design", parent = "marketing" },
    ]
    function = [
      { id = "copy", name = "Copywriting", team = "content" },
      { id = "layout", name = "Layout", team = "design" },
    ]
    handoff = [{ from = "copy", to = "layout" }, { from = "layout", to = "copy" }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "content", name = "Content", parent = "marketing" },
      { id = "design", name = "Design", parent = "marketing" },
    ]
    function = [
      { id = "copy", name = "Copywriting", team = "content" },
      { id = "layout", name = "Layout", team = "design" },
    ]
    handoff = [{ from = "copy", to = "layout" }]
    ```

    ## How to mend
    Ask the teams what comes back and why. If work comes back for correction, let the team that hands it over
    finish it, or bring both functions into one team.

    ## Source
    Our judgement.
    """
    for component in strongly_connected_components(team_handoff_graph(view)):
        if len(component) >= 2:
            yield violation(*(Ref.to("team", team) for team in sorted(component)), teams=len(component))


@rule(
    "C103",
    "hub-team",
    "advice",
    on="team",
    needs=("handoffs",),
    options=Hub,
    says=N_("{team} exchanges handoffs with {partners:other team|other teams}, more than {max}"),
)
def hub_team(view: View, team: str, options: Hub) -> Iterator[Violation]:
    """So many teams depend on one that it becomes the bottleneck.

    ## What it checks
    The functions of a team have handoffs, in either direction, with functions of more than `max` other teams.

    ## Why
    Each neighbour is a queue and a talk. A team that everybody waits for sets the pace of the whole funnel,
    and its lead spends the week agreeing.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "design", name = "Design", parent = "marketing" },
      { id = "pr", name = "PR", parent = "marketing" },
      { id = "web", name = "Website", parent = "marketing" },
    ]
    function = [
      { id = "layout", name = "Layout", team = "design", skills = { layout = 3 } },
      { id = "press", name = "Press", team = "pr", skills = { layout = 1 } },
      { id = "site", name = "Site", team = "web" },
    ]
    handoff = [{ from = "press", to = "layout" }, { from = "layout", to = "site" }]
    rules = { C103 = { max = 1 } }
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "design", name = "Design", parent = "marketing" },
      { id = "web", name = "Website", parent = "marketing" },
    ]
    function = [
      { id = "layout", name = "Layout", team = "design", skills = { layout = 3 } },
      { id = "press", name = "Press", team = "design", skills = { layout = 1 } },
      { id = "site", name = "Site", team = "web" },
    ]
    handoff = [{ from = "press", to = "layout" }, { from = "layout", to = "site" }]
    rules = { C103 = { max = 1 } }
    ```

    ## How to mend
    Give the work that most teams wait for to the team of like work that needs it most, or bring the closest
    partner and it into one team.

    ## Options
    `max` (default 5): with so many other teams a team may exchange handoffs.

    ## Source
    Our judgement.
    """
    partners = len(handoff_partners(view, team))
    if partners > options.max:
        size = partners - options.max
        yield sized_violation(size, Ref.to("team", team), partners=partners, max=options.max)
