"""S2 Duties and roles: every function has a team and people, every person a function that fits the week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orgtui.engine.finding import Violation, sized_violation, violation
from orgtui.engine.view import View
from orgtui.model.indexes import performed_functions
from orgtui.model.records import Number
from orgtui.model.sentence import N_, Ref
from orgtui.rules.facts.numbers import as_decimal, integer_ratio, rounded_up
from orgtui.rules.facts.reporting import open_lead
from orgtui.rules.facts.sharing import is_in_force
from orgtui.rules.facts.teams import ancestors, is_focus
from orgtui.rules.facts.work import owning_teams
from orgtui.rules.registry import rule

CHAPTERS = {"S2": N_("Duties and roles")}


@dataclass(frozen=True, slots=True)
class Fragments:
    """Parameters of S206."""

    max_teams: int = 2
    min_share: Number = 0.2


@rule(
    "S201",
    "function-unowned",
    "error",
    on="function",
    says=N_("No team is accountable for {function}"),
)
def function_unowned(view: View, function: str, _: object) -> Iterator[Violation]:
    """No team is accountable for a function.

    ## What it checks
    The function names no team.

    ## Why
    Work that belongs to nobody is done by whoever is asked last, and improved by no one. Until it has a team
    it serves no stage and hands nothing over.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    function = [{ id = "seo", name = "SEO" }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    function = [{ id = "seo", name = "SEO", team = "marketing" }]
    ```

    ## How to mend
    Give it to the team that holds most of its area, or remove it if nobody needs it.

    ## Source
    Our judgement.
    """
    record = view.function(function)
    if record is not None and record.team is None:
        yield violation(Ref.to("function", function))


@rule(
    "S202",
    "function-unstaffed",
    "warning",
    on="function",
    needs=("people's functions",),
    says=N_("Nobody performs {function}"),
)
def function_unstaffed(view: View, function: str, _: object) -> Iterator[Violation]:
    """Nobody performs a function.

    ## What it checks
    No filled seat has a share above 0 in the function.

    ## Why
    A function without people is a line on a chart. The team that is accountable for it will be asked for
    results all the same.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    function = [
      { id = "seo", name = "SEO", team = "marketing" },
      { id = "sem", name = "SEM", team = "marketing" },
    ]
    person = [{ id = "li-na", name = "Li Na", team = "marketing", functions = { sem = 0.5 } }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    function = [
      { id = "seo", name = "SEO", team = "marketing" },
      { id = "sem", name = "SEM", team = "marketing" },
    ]
    person = [{ id = "li-na", name = "Li Na", team = "marketing", functions = { sem = 0.5, seo = 0.5 } }]
    ```

    ## How to mend
    Let somebody in its team who can judge it and has room in the week take it, or some together, also from
    work that gets more time than it needs; fill a seat for it, or remove it.

    ## Source
    Our judgement.
    """
    if view.function(function) is not None and not view.performers(function):
        yield violation(Ref.to("function", function))


@rule(
    "S203",
    "person-without-function",
    "warning",
    on="person",
    needs=("people's functions",),
    says=N_("{person} leads no team and performs no function"),
)
def person_without_function(view: View, person: str, _: object) -> Iterator[Violation]:
    """Somebody leads nothing and performs nothing.

    ## What it checks
    A filled seat that leads no team and has no share above 0 in any function. Assistants are not meant: they
    stand beside their manager.

    ## Why
    Either the work is not written down, and then nobody can plan with it, or the person is waiting to be
    asked.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing", lead = "li-na" }]
    function = [{ id = "seo", name = "SEO", team = "marketing", fte_needed = 1.5 }]
    person = [
      { id = "li-na", name = "Li Na", team = "marketing", functions = { seo = 0.5 } },
      { id = "wang-lei", name = "Wang Lei", team = "marketing" },
    ]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing", lead = "li-na" }]
    function = [{ id = "seo", name = "SEO", team = "marketing", fte_needed = 1.5 }]
    person = [
      { id = "li-na", name = "Li Na", team = "marketing", functions = { seo = 0.5 } },
      { id = "wang-lei", name = "Wang Lei", team = "marketing", functions = { seo = 1.0 } },
    ]
    ```

    ## How to mend
    Let the person take the function of the team that lacks most time, or write down what the person does.

    ## Source
    Our judgement.
    """
    record = view.person(person)
    if record is None or record.state != "filled" or record.assistant:
        return
    if not performed_functions(record) and not view.led_by(person):
        yield violation(Ref.to("person", person))


@rule(
    "S204",
    "function-scattered",
    "warning",
    on="function",
    needs=("people's functions",),
    says=N_("{strays:person performs|people perform} {function} from outside {team}: {people}"),
)
def function_scattered(view: View, function: str, _: object) -> Iterator[Violation]:
    """People perform a function of a team that neither they nor their lead answer to.

    ## What it checks
    Somebody who performs the function sits neither in the team accountable for it nor in a team above or
    below that one, nor in a focus team, does not lead that team, and is on no open mission with its lead.

    ## Why
    The team answers for work that others do: it cannot set their week, and their own lead has other plans.
    Missions and focus teams are the ways to work across borders that everybody can see.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "growth", name = "Growth", parent = "marketing" },
      { id = "brand", name = "Brand", parent = "marketing" },
    ]
    function = [{ id = "seo", name = "SEO", team = "growth" }]
    person = [{ id = "li-na", name = "Li Na", team = "brand", functions = { seo = 1.0 } }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "growth", name = "Growth", parent = "marketing" },
      { id = "brand", name = "Brand", parent = "marketing" },
    ]
    function = [{ id = "seo", name = "SEO", team = "growth" }]
    person = [{ id = "li-na", name = "Li Na", team = "growth", functions = { seo = 1.0 } }]
    ```

    ## How to mend
    Move the person to the team, take the share back, or start a mission with the team's lead.

    ## Source
    Our judgement.
    """
    record = view.function(function)
    if record is None or record.team is None:
        return
    if view.performing_seats(function, record.team) == len(view.performers(function)):
        return
    lead = open_lead(view, record.team)
    strays = sorted(
        person for person in view.performers(function) if _is_stray(view, person, record.team, lead)
    )
    if strays:
        people = tuple(Ref.to("person", person) for person in strays)
        yield violation(
            Ref.to("function", function),
            strays=len(strays),
            team=Ref.to("team", record.team),
            people=people,
        )


def _is_stray(view: View, person: str, team: str, lead: str | None) -> bool:
    """Whether a seat is outside the line of a team and shares no mission with its lead."""
    record = view.person(person)
    if record is None or person == lead or in_line(view, record.team, team):
        return False
    return not is_focus(view, record.team) and not _on_mission(view, person, lead)


def in_line(view: View, team: str, other: str) -> bool:
    """Whether two teams are the same, or one is above the other."""
    return team == other or other in ancestors(view, team) or team in ancestors(view, other)


def _on_mission(view: View, person: str, other: str | None) -> bool:
    """Whether two seats are on one mission that is open today; false if one is None."""
    missions = (view.mission(mission) for mission in view.missions_with(person))
    return any(
        mission is not None
        and is_in_force(mission.until, view.today)
        and other is not None
        and other in (mission.lead, *mission.people)
        for mission in missions
    )


@rule(
    "S205",
    "person-overallocated",
    "error",
    on="person",
    needs=("people's functions",),
    says=N_("The shares of {person} add up to {shares}; the seat has {fte}"),
)
def person_overallocated(view: View, person: str, _: object) -> Iterator[Violation]:
    """Somebody's shares add up to more than the seat has.

    ## What it checks
    The shares of a filled seat add up to more than its `fte`.

    ## Why
    What is promised twice is delivered once: which of the functions gives way is then decided by chance.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    function = [
      { id = "seo", name = "SEO", team = "marketing" },
      { id = "sem", name = "SEM", team = "marketing" },
    ]
    person = [{ id = "li-na", name = "Li Na", team = "marketing", functions = { seo = 0.7, sem = 0.5 } }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    function = [
      { id = "seo", name = "SEO", team = "marketing" },
      { id = "sem", name = "SEM", team = "marketing" },
    ]
    person = [{ id = "li-na", name = "Li Na", team = "marketing", functions = { seo = 0.7, sem = 0.3 } }]
    ```

    ## How to mend
    Lower the smallest share, or give it to somebody else.

    ## Source
    Our judgement.
    """
    record = view.person(person)
    if record is None or record.state != "filled":
        return
    shares = sum(record.functions.values())
    if shares > record.fte:
        size = rounded_up(shares - record.fte, 10)
        given, whole = as_decimal(shares), as_decimal(record.fte)
        yield sized_violation(size, Ref.to("person", person), shares=given, fte=whole)


@rule(
    "S206",
    "person-fragmented",
    "advice",
    on="person",
    needs=("people's functions",),
    options=Fragments,
    says={
        "teams": N_("{person} works for {teams:team|teams} at once, more than {max_teams}"),
        "": N_("{person} gives a function only {share} of a week, less than {min_share}"),
    },
)
def person_fragmented(view: View, person: str, options: Fragments) -> Iterator[Violation]:
    """Somebody's week is cut into too many pieces, or too small ones.

    ## What it checks
    A filled seat performs functions of more than `max_teams` teams, or has a share above 0 and under
    `min_share`.

    ## Why
    Every further piece costs the time of switching to it, and every further team its meetings.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    function = [
      { id = "seo", name = "SEO", team = "marketing" },
      { id = "sem", name = "SEM", team = "marketing" },
    ]
    person = [
      { id = "li-na", name = "Li Na", team = "marketing", functions = { seo = 0.9, sem = 0.1 } },
      { id = "wang-lei", name = "Wang Lei", team = "marketing", functions = { sem = 0.9 } },
    ]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    function = [
      { id = "seo", name = "SEO", team = "marketing" },
      { id = "sem", name = "SEM", team = "marketing" },
    ]
    person = [
      { id = "li-na", name = "Li Na", team = "marketing", functions = { seo = 0.9 } },
      { id = "wang-lei", name = "Wang Lei", team = "marketing", functions = { sem = 1.0 } },
    ]
    ```

    ## How to mend
    Take back the smallest shares, and let people take them over who do that work already; or make them worth
    having.

    ## Options
    `max_teams` (default 2): so many teams' functions one person may perform.
    `min_share` (default 0.2): the smallest share of a week worth having.

    ## Source
    Fractional assignment costs switching; the figures, two teams and 20 %, are our judgement.
    """
    record = view.person(person)
    functions = () if record is None else performed_functions(record)
    if record is None or not functions:
        return
    teams = owning_teams(view, functions) if len(functions) > options.max_teams else set()
    share = min(record.functions[function] for function in functions)
    least, of_least = integer_ratio(options.min_share)
    reasons: dict[str, object] = {}
    if len(teams) > options.max_teams:
        reasons |= {"teams": len(teams), "max_teams": options.max_teams}
    if share * of_least < 100 * least:
        reasons |= {"share": as_decimal(share), "min_share": options.min_share}
    if reasons:
        yield sized_violation(max(1, len(teams) - options.max_teams), Ref.to("person", person), **reasons)
