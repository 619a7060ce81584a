"""P3 Pull the breakthrough out: what is new, hard and decisive reports to the head until it runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orgtui.engine.finding import Violation, sized_violation, violation
from orgtui.engine.view import View
from orgtui.model.indexes import performed_functions
from orgtui.model.records import Number
from orgtui.model.sentence import N_, Ref
from orgtui.rules.facts.numbers import integer_ratio, rounded_up
from orgtui.rules.facts.reporting import filled_lead, head
from orgtui.rules.facts.skills import covers
from orgtui.rules.registry import rule

CHAPTERS = {"P3": N_("Pull the breakthrough out")}


@dataclass(frozen=True, slots=True)
class Hardness:
    """Parameters of P301."""

    hard: int = 4


@dataclass(frozen=True, slots=True)
class FocusLimit:
    """Parameters of P303."""

    max: int = 2


@dataclass(frozen=True, slots=True)
class BreakthroughStaffing:
    """Parameters of P307; in full-time people."""

    min_fte: Number = 1.0


@rule(
    "P301",
    "breakthrough-buried",
    "warning",
    on="function",
    options=Hardness,
    says={
        "lead": N_("{lead} leads {team} but cannot judge its breakthrough {function}"),
        "": N_("{team} has no lead who could judge its breakthrough {function}"),
    },
)
def breakthrough_buried(view: View, function: str, options: Hardness) -> Iterator[Violation]:
    """A new or hard breakthrough is left inside a team whose lead cannot judge it.

    ## What it checks
    A function is marked as a breakthrough, is new or at least `hard` in difficulty, and belongs to a team
    that is no focus team on it and whose lead is missing or cannot judge it (P204).

    ## Why
    What is new, hard and decisive now loses against daily business in an ordinary team. It may leave its
    natural team for a time and report straight to the head, until it runs.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "web", name = "Website", parent = "marketing", lead = "wang-lei" },
    ]
    person = [{ id = "wang-lei", name = "Wang Lei", team = "web", skills = { seo = 4 } }]

    [[function]]
    id = "auto"
    name = "Nurturing"
    team = "web"
    skills = { automation = 3 }
    state = "new"
    breakthrough = true
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "auto", name = "Nurturing", parent = "marketing", focus = { function = "auto" } },
    ]

    [[function]]
    id = "auto"
    name = "Nurturing"
    team = "auto"
    skills = { automation = 3 }
    state = "new"
    breakthrough = true
    ```

    ## How to mend
    Pull it out as a focus team under the head, with a date on which it is looked at again and a condition
    under which it returns.

    ## Options
    `hard` (default 4): the difficulty, 1 to 5, from which established work counts as hard.

    ## Source
    Our judgement.
    """
    record = view.function(function)
    if record is None or record.team is None or not record.breakthrough:
        return
    if record.state != "new" and record.difficulty < options.hard:
        return
    team = view.team(record.team)
    if team is None or (team.focus is not None and team.focus.function == function):
        return
    lead = filled_lead(view, record.team)
    numbers = {"team": Ref.to("team", record.team), "difficulty": record.difficulty, "hard": options.hard}
    if lead is None:
        yield violation(Ref.to("function", function), **numbers)
    elif not covers(view, lead, function):
        yield violation(Ref.to("function", function), **numbers, lead=Ref.to("person", lead))


@rule(
    "P302",
    "focus-not-at-top",
    "error",
    on="team",
    says=N_("{team} is a focus team but reports to {parent}; it must report to the head"),
)
def focus_not_at_top(view: View, team: str, _: object) -> Iterator[Violation]:
    """A focus team does not report to the head.

    ## What it checks
    A focus team has a parent other than the root.

    ## Why
    A focus team exists so that the head sees it and decides fast. One layer down it is an ordinary team with
    a grand name.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "growth", name = "Growth", parent = "marketing" },
      { id = "auto", name = "Nurturing", parent = "growth", focus = { function = "auto" } },
    ]
    function = [{ id = "auto", name = "Nurturing", team = "auto" }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "growth", name = "Growth", parent = "marketing" },
      { id = "auto", name = "Nurturing", parent = "marketing", focus = { function = "auto" } },
    ]
    function = [{ id = "auto", name = "Nurturing", team = "auto" }]
    ```

    ## How to mend
    Move the team under the root.

    ## Source
    Our judgement.
    """
    record = view.team(team)
    if record is not None and record.focus is not None and record.parent not in (None, view.root()):
        yield violation(Ref.to("team", team), parent=Ref.to("team", record.parent))


@rule(
    "P303",
    "too-many-focus",
    "warning",
    on="organization",
    options=FocusLimit,
    says=N_("{focus_teams:focus team|focus teams} at once, more than {max}: {teams}"),
)
def too_many_focus(view: View, _: str, options: FocusLimit) -> Iterator[Violation]:
    """More breakthroughs are pulled out than the head can carry.

    ## What it checks
    The organisation has more than `max` focus teams.

    ## Why
    Where everything has priority, nothing has. Every focus team takes the head's time, and the rest of the
    department lends its people.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    rules.P303.max = 1
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "growth", name = "Growth", parent = "marketing" },
      { id = "auto", name = "Nurturing", parent = "marketing", focus = { function = "auto" } },
      { id = "abm", name = "Key accounts", parent = "marketing", focus = { function = "abm" } },
    ]
    function = [
      { id = "seo", name = "SEO", team = "growth" },
      { id = "auto", name = "Nurturing", team = "auto" },
      { id = "abm", name = "Key accounts", team = "abm" },
    ]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    rules.P303.max = 1
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "growth", name = "Growth", parent = "marketing" },
      { id = "auto", name = "Nurturing", parent = "marketing", focus = { function = "auto" } },
      { id = "abm", name = "Key accounts", parent = "marketing" },
    ]
    function = [
      { id = "seo", name = "SEO", team = "growth" },
      { id = "auto", name = "Nurturing", team = "auto" },
      { id = "abm", name = "Key accounts", team = "abm" },
    ]
    ```

    ## How to mend
    Fold the focus team that runs best back into the division of its work.

    ## Options
    `max` (default 2): how many focus teams there may be at once.

    ## Source
    One to three priorities go with above-average growth (Strategy&).
    """
    teams = view.focus_teams()
    if len(teams) > options.max:
        named = tuple(Ref.to("team", team) for team in sorted(teams))
        size = len(teams) - options.max
        yield sized_violation(size, focus_teams=len(teams), max=options.max, teams=named)


@rule(
    "P304",
    "focus-overdue",
    "warning",
    on="team",
    says={
        "days": N_("The review of {team} is {days:day|days} overdue"),
        "review_on": N_(
            "{team} is a focus team to be reviewed on {review_on}, but nothing says when it ends"
        ),
        "": N_("{team} is a focus team without a review date"),
    },
)
def focus_overdue(view: View, team: str, _: object) -> Iterator[Violation]:
    """A focus team has no end in sight, or its review is past.

    ## What it checks
    A focus team lacks a review date or an exit condition, or its review date is before today.

    ## Why
    A breakthrough is pulled out for a time. Without a date and a condition the exception becomes a
    department, and its natural team never gets the work back.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "auto", name = "Nurturing", parent = "marketing", focus = { function = "auto" } },
    ]
    function = [{ id = "auto", name = "Nurturing", team = "auto" }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    function = [{ id = "auto", name = "Nurturing", team = "auto" }]

    [[team]]
    id = "marketing"
    name = "Marketing"

    [[team]]
    id = "auto"
    name = "Nurturing"
    parent = "marketing"
    focus = { function = "auto", review_on = 2027-01-01, exit = "30% of qualified leads come from nurturing" }
    ```

    ## How to mend
    Fold it back into the division that does most of the work of its area, or set a new date and condition.

    ## Source
    Our judgement.
    """
    record = view.team(team)
    focus = None if record is None else record.focus
    if focus is None:
        return
    if focus.review_on is None:
        yield violation(Ref.to("team", team))
    elif focus.review_on < view.today:
        days = (view.today - focus.review_on).days
        yield violation(Ref.to("team", team), review_on=focus.review_on, days=days)
    elif focus.exit is None:
        yield violation(Ref.to("team", team), review_on=focus.review_on)


@rule(
    "P305",
    "focus-lead-divided",
    "warning",
    on="team",
    says={
        "teams": N_("{lead} leads the focus team {team} and {teams:other team|other teams}"),
        "functions": N_(
            "{lead} leads the focus team {team} and has {functions:function|functions} elsewhere"
        ),
        "": N_("{team} is a focus team without a lead"),
    },
)
def focus_lead_divided(view: View, team: str, _: object) -> Iterator[Violation]:
    """A focus team has no lead, or one with other things to do.

    ## What it checks
    A focus team has no lead whose seat is filled, or its lead leads another team besides the root, or its
    lead, not being the head, performs a function outside the team.

    ## Why
    A breakthrough on the side does not break through. The head may lead it in person; anybody else should
    have nothing else to lead or to do.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "auto", name = "Nurturing", parent = "marketing", focus = { function = "auto" } },
    ]
    function = [{ id = "auto", name = "Nurturing", team = "auto" }]
    person = [{ id = "zhao", name = "Zhao", team = "auto" }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "auto", name = "Nurturing", parent = "marketing", lead = "zhao", focus = { function = "auto" } },
    ]
    function = [{ id = "auto", name = "Nurturing", team = "auto" }]
    person = [{ id = "zhao", name = "Zhao", team = "auto" }]
    ```

    ## How to mend
    Let a member lead who has nothing else to lead or to do, or the head in person.

    ## Source
    Our judgement.
    """
    record = view.team(team)
    if record is None or record.focus is None:
        return
    lead = filled_lead(view, team)
    if lead is None:
        yield violation(Ref.to("team", team))
        return
    led = view.led_by(lead)
    teams = len(led) - (team in led) - (view.root() in led)
    elsewhere = [each for each in performed_by(view, lead) if function_team(view, each) != team]
    if teams:
        yield violation(Ref.to("team", team), lead=Ref.to("person", lead), teams=teams)
    elif elsewhere and lead != head(view):
        yield violation(Ref.to("team", team), lead=Ref.to("person", lead), functions=len(elsewhere))


@rule(
    "P306",
    "focus-diluted",
    "warning",
    on="team",
    says=N_("{team} is a focus team on {function} but has {others:other function|other functions} as well"),
)
def focus_diluted(view: View, team: str, _: object) -> Iterator[Violation]:
    """A focus team does other work as well.

    ## What it checks
    A focus team itself holds a function other than the one it was pulled out for.

    ## Why
    The focus team has the head's ear, so work drifts to it. Then it becomes one more division, and the
    breakthrough one of its tasks.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    area = [{ id = "growth", name = "Growth" }]
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "growth", name = "Growth", parent = "marketing" },
      { id = "auto", name = "Nurturing", parent = "marketing", focus = { function = "auto" } },
    ]
    function = [
      { id = "auto", name = "Nurturing", area = "growth", team = "auto" },
      { id = "mail", name = "Newsletter", area = "growth", team = "auto" },
      { id = "seo", name = "SEO", area = "growth", team = "growth" },
    ]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    area = [{ id = "growth", name = "Growth" }]
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "growth", name = "Growth", parent = "marketing" },
      { id = "auto", name = "Nurturing", parent = "marketing", focus = { function = "auto" } },
    ]
    function = [
      { id = "auto", name = "Nurturing", area = "growth", team = "auto" },
      { id = "mail", name = "Newsletter", area = "growth", team = "growth" },
      { id = "seo", name = "SEO", area = "growth", team = "growth" },
    ]
    ```

    ## How to mend
    Move the other functions to the division that holds most of their area.

    ## Source
    Our judgement.
    """
    record = view.team(team)
    if record is None or record.focus is None:
        return
    functions = view.functions_of(team)
    others = len(functions) - (record.focus.function in functions)
    if others:
        yield violation(
            Ref.to("team", team), function=Ref.to("function", record.focus.function), others=others
        )


@rule(
    "P307",
    "breakthrough-unstaffed",
    "warning",
    on="function",
    needs=("people's functions",),
    options=BreakthroughStaffing,
    says=N_("{function} is a breakthrough but gets {percent}% of a full-time week; it takes {min_fte} FTE"),
)
def breakthrough_unstaffed(view: View, function: str, options: BreakthroughStaffing) -> Iterator[Violation]:
    """A breakthrough has hands, but too few.

    ## What it checks
    A function is marked as a breakthrough and somebody performs it, but the shares of the filled seats in it
    add up to less than `min_fte` full-time people.

    ## Why
    What is decisive for the year and gets half a person's afternoon was not meant seriously.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    function = [{ id = "auto", name = "Nurturing", team = "marketing", breakthrough = true }]
    person = [{ id = "zhao", name = "Zhao", team = "marketing", functions = { auto = 0.5 } }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    function = [{ id = "auto", name = "Nurturing", team = "marketing", breakthrough = true }]
    person = [{ id = "zhao", name = "Zhao", team = "marketing", functions = { auto = 1.0 } }]
    ```

    ## How to mend
    Give it the rest of somebody's week, free people of work that gets more than it needs until the shares add
    up, or stop calling it the breakthrough.

    ## Options
    `min_fte` (default 1.0): full-time people a breakthrough takes.

    ## Source
    Our judgement.
    """
    record = view.function(function)
    if record is None or not record.breakthrough:
        return
    percent = view.staffing(function)
    least, of = integer_ratio(options.min_fte)
    if percent and percent * of < least * 100:
        size = rounded_up(least * 100 - percent * of, 10 * of)
        yield sized_violation(size, Ref.to("function", function), percent=percent, min_fte=options.min_fte)


@rule(
    "P308",
    "focus-without-function",
    "error",
    on="team",
    says=N_("{team} was pulled out for {function} but does not hold it"),
)
def focus_without_function(view: View, team: str, _: object) -> Iterator[Violation]:
    """A focus team does not hold the function it was pulled out for.

    ## What it checks
    The function named in a team's focus belongs to another team, or to none.

    ## Why
    The team reports to the head for the sake of this one function. Without it, nobody is accountable for the
    breakthrough where everybody looks for it.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "auto", name = "Nurturing", parent = "marketing", focus = { function = "auto" } },
    ]
    function = [{ id = "auto", name = "Nurturing", team = "marketing" }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "auto", name = "Nurturing", parent = "marketing", focus = { function = "auto" } },
    ]
    function = [{ id = "auto", name = "Nurturing", team = "auto" }]
    ```

    ## How to mend
    Move the function here, or end the focus.

    ## Source
    Our judgement.
    """
    record = view.team(team)
    if record is not None and record.focus is not None:
        function = record.focus.function
        if function_team(view, function) != team:
            yield violation(Ref.to("team", team), function=Ref.to("function", function))


def function_team(view: View, function: str) -> str | None:
    """The team accountable for a function."""
    record = view.function(function)
    return None if record is None else record.team


def performed_by(view: View, person: str) -> list[str]:
    """The functions that a filled seat performs, by id."""
    record = view.person(person)
    return [] if record is None else sorted(performed_functions(record))
