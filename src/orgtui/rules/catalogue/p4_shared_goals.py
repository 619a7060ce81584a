"""P4 Shared vision, shared goals: neighbours share numbers, and those numbers count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orgtui.engine.finding import Violation, sized_violation, violation
from orgtui.engine.view import View
from orgtui.model.sentence import N_, Ref
from orgtui.rules.facts.goals import goal_divisions, goals_inherited, is_shared_goal
from orgtui.rules.facts.handoffs import handoff_partners
from orgtui.rules.facts.teams import is_root, is_working_team
from orgtui.rules.registry import rule

CHAPTERS = {"P4": N_("Shared vision, shared goals")}


@dataclass(frozen=True, slots=True)
class GoalLimit:
    """Parameters of P406."""

    max: int = 5


@rule(
    "P401",
    "no-vision",
    "warning",
    on="organization",
    says=N_("The organisation has no vision that its goals could serve"),
)
def no_vision(view: View, _: str, __: object) -> Iterator[Violation]:
    """The organisation does not say what it is for.

    ## What it checks
    `organization.vision` is empty.

    ## Why
    People do what is asked for and evaluated. Without one sentence on where the department is going, every
    group writes its own.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21, vision = "Every manufacturer thinks of us first" }
    team = [{ id = "marketing", name = "Marketing" }]
    ```

    ## How to mend
    Write one sentence that a new colleague understands.

    ## Source
    Our judgement.
    """
    if view.profile.vision is None:
        yield violation()


@rule(
    "P402",
    "goal-alone",
    "warning",
    on="team",
    needs=("goals", "divisions"),
    says=N_("{team} has {goals:goal|goals} and shares none with another division"),
)
def goal_alone(view: View, team: str, _: object) -> Iterator[Violation]:
    """A team works for numbers of its own only.

    ## What it checks
    A team below the root that itself holds a function or an open seat has no shared goal: none of its own
    goals, nor of the teams above it up to its division, is held by at least two divisions. The goals of the
    root do not pass down: a goal that nobody below took on is nobody's.

    ## Why
    A group that optimises only its own number does so at its neighbours' expense: brand counts media
    coverage, the web group counts form fills, and nobody counts business.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "brand", name = "Brand", parent = "marketing", goals = ["coverage"] },
      { id = "growth", name = "Growth", parent = "marketing", goals = ["pipeline"] },
    ]
    function = [
      { id = "pr", name = "PR", team = "brand" },
      { id = "sem", name = "SEM", team = "growth" },
    ]
    goal = [{ id = "coverage", name = "Media coverage" }, { id = "pipeline", name = "Qualified pipeline" }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "brand", name = "Brand", parent = "marketing", goals = ["coverage", "pipeline"] },
      { id = "growth", name = "Growth", parent = "marketing", goals = ["pipeline"] },
    ]
    function = [
      { id = "pr", name = "PR", team = "brand" },
      { id = "sem", name = "SEM", team = "growth" },
    ]
    goal = [{ id = "coverage", name = "Media coverage" }, { id = "pipeline", name = "Qualified pipeline" }]
    ```

    ## How to mend
    Let the team take a core goal that another division holds.

    ## Source
    Our judgement.
    """
    if is_root(view, team) or not is_working_team(view, team):
        return
    goals = goals_inherited(view, team)
    if not any(is_shared_goal(view, goal) for goal in goals):
        yield violation(Ref.to("team", team), goals=len(goals))


@rule(
    "P403",
    "neighbours-no-common-goal",
    "warning",
    on="team",
    needs=("handoffs", "goals"),
    says=N_("{team} and {team2} hand work to each other but have no goal in common"),
)
def neighbours_no_common_goal(view: View, team: str, _: object) -> Iterator[Violation]:
    """Two teams pass work on and pull in different directions.

    ## What it checks
    A handoff runs between functions of two teams, neither of them the root, and the goals of the two, those
    of the teams above them up to their divisions included, have nothing in common.

    ## Why
    Where the number of one ends and the number of the other begins, a handoff is a dispute. A common number
    makes both look at what becomes of the work.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "calls", name = "Calls", parent = "marketing", goals = ["meetings"] },
      { id = "growth", name = "Growth", parent = "marketing", goals = ["leads"] },
    ]
    function = [
      { id = "sem", name = "SEM", team = "growth" },
      { id = "sdr", name = "Lead qualification", team = "calls" },
    ]
    goal = [{ id = "leads", name = "New leads" }, { id = "meetings", name = "Meetings" }]
    handoff = [{ from = "sem", to = "sdr", tracked = true }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "calls", name = "Calls", parent = "marketing", goals = ["meetings"] },
      { id = "growth", name = "Growth", parent = "marketing", goals = ["leads", "meetings"] },
    ]
    function = [
      { id = "sem", name = "SEM", team = "growth" },
      { id = "sdr", name = "Lead qualification", team = "calls" },
    ]
    goal = [{ id = "leads", name = "New leads" }, { id = "meetings", name = "Meetings" }]
    handoff = [{ from = "sem", to = "sdr", tracked = true }]
    ```

    ## How to mend
    Let both take the same core goal.

    ## Source
    Our judgement.
    """
    if is_root(view, team):
        return
    goals = goals_inherited(view, team)
    for other in sorted(handoff_partners(view, team)):
        if other > team and not is_root(view, other) and goals.isdisjoint(goals_inherited(view, other)):
            yield violation(Ref.to("team", team), Ref.to("team", other))


@rule(
    "P404",
    "core-goal-carried-alone",
    "error",
    on="goal",
    needs=("goals", "divisions"),
    says=N_(
        "{goal} is a core goal, yet {divisions:division carries|divisions carry} it; it takes at least two"
    ),
)
def core_goal_carried_alone(view: View, goal: str, _: object) -> Iterator[Violation]:
    """The department's core number rests on one division, or on none.

    ## What it checks
    Fewer than two divisions hold a core goal. A division holds a goal if it or a team below it has it.

    ## Why
    When the core number ends up on one group's shoulders, the others serve it only as a favour, and the
    group can reach it only by doing their work as well.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "brand", name = "Brand", parent = "marketing" },
      { id = "growth", name = "Growth", parent = "marketing", goals = ["pipeline"] },
    ]
    function = [
      { id = "pr", name = "PR", team = "brand" },
      { id = "sem", name = "SEM", team = "growth" },
    ]
    goal = [{ id = "pipeline", name = "Qualified pipeline", core = true }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "brand", name = "Brand", parent = "marketing", goals = ["pipeline"] },
      { id = "growth", name = "Growth", parent = "marketing", goals = ["pipeline"] },
    ]
    function = [
      { id = "pr", name = "PR", team = "brand" },
      { id = "sem", name = "SEM", team = "growth" },
    ]
    goal = [{ id = "pipeline", name = "Qualified pipeline", core = true }]
    ```

    ## How to mend
    Let the divisions whose work serves the funnel take it.

    ## Source
    Our judgement.
    """
    record = view.goal(goal)
    divisions = len(goal_divisions(view, goal))
    if record is not None and record.core and divisions < 2:
        yield violation(Ref.to("goal", goal), divisions=divisions)


@rule(
    "P405",
    "goal-not-evaluated",
    "warning",
    on="goal",
    needs=("goals",),
    says={
        "review": N_("{goal} counts in nobody's evaluation ({divisions:division holds|divisions hold} it)"),
        "": N_("Nobody reviews {goal} ({divisions:division holds|divisions hold} it)"),
    },
)
def goal_not_evaluated(view: View, goal: str, _: object) -> Iterator[Violation]:
    """A core or shared goal has no consequence.

    ## What it checks
    A goal that is core, or held by at least two divisions, has no review rhythm or does not count in people's
    evaluation.

    ## Why
    People do what is asked for and evaluated. A shared number that nobody looks at, and that counts for
    nobody, loses against every number that does.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing", goals = ["pipeline"] }]
    goal = [{ id = "pipeline", name = "Pipeline", core = true, review = "weekly" }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing", goals = ["pipeline"] }]
    goal = [{ id = "pipeline", name = "Pipeline", core = true, review = "weekly", evaluated = true }]
    ```

    ## How to mend
    Give it a review rhythm and let it count in the evaluation of those who carry it.

    ## Source
    Our judgement.
    """
    record = view.goal(goal)
    if record is None or (record.review is not None and record.evaluated):
        return
    if record.core or is_shared_goal(view, goal):
        given = {} if record.review is None else {"review": record.review}
        yield violation(Ref.to("goal", goal), divisions=len(goal_divisions(view, goal)), **given)


@rule(
    "P406",
    "too-many-goals",
    "advice",
    on="team",
    needs=("goals",),
    options=GoalLimit,
    says=N_("{team} has {goals:goal|goals} of its own, more than {max}"),
)
def too_many_goals(view: View, team: str, options: GoalLimit) -> Iterator[Violation]:
    """A team has more goals than it can follow.

    ## What it checks
    A team itself holds more than `max` goals.

    ## Why
    With many goals the team picks the ones it likes, and every miss has an excuse among the others.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    rules.P406.max = 1
    team = [{ id = "marketing", name = "Marketing", goals = ["leads", "pipeline"] }]
    goal = [{ id = "leads", name = "New leads" }, { id = "pipeline", name = "Qualified pipeline" }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    rules.P406.max = 1
    team = [{ id = "marketing", name = "Marketing", goals = ["pipeline"] }]
    goal = [{ id = "leads", name = "New leads" }, { id = "pipeline", name = "Qualified pipeline" }]
    ```

    ## How to mend
    Keep the few that decide the year and drop the rest.

    ## Options
    `max` (default 5): the most goals of one team.

    ## Source
    1–3 objectives with 3–5 measures each, OKR practice.
    """
    record = view.team(team)
    if record is not None and len(record.goals) > options.max:
        size = len(record.goals) - options.max
        yield sized_violation(size, Ref.to("team", team), goals=len(record.goals), max=options.max)


@rule(
    "P407",
    "goal-without-measure",
    "warning",
    on="goal",
    needs=("goals",),
    says={
        "metric": N_("{goal} says what is counted but has no target"),
        "target": N_("{goal} has the target {target} but does not say what is counted"),
        "": N_("{goal} has neither metric nor target"),
    },
)
def goal_without_measure(view: View, goal: str, _: object) -> Iterator[Violation]:
    """A goal does not say what is counted, or how much is enough.

    ## What it checks
    A goal lacks a metric or a target.

    ## Why
    What cannot be counted cannot be shared: each team will read its own success into it.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    goal = [{ id = "leads", name = "New leads", metric = "qualified leads a month" }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    goal = [{ id = "leads", name = "New leads", metric = "qualified leads a month", target = 400 }]
    ```

    ## How to mend
    Write down what is counted and how much is wanted.

    ## Source
    Our judgement.
    """
    record = view.goal(goal)
    if record is None or (record.metric is not None and record.target is not None):
        return
    given = {"metric": record.metric, "target": record.target}
    yield violation(
        Ref.to("goal", goal), **{name: value for name, value in given.items() if value is not None}
    )
