"""P1 Divide along the funnel: borders between teams follow the way from first visit to opportunity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orgtui.engine.finding import Violation, sized_violation, violation
from orgtui.engine.view import View
from orgtui.model.records import DEPARTMENT_PREFIX
from orgtui.model.sentence import N_, Ref
from orgtui.rules.facts.funnel import (
    divisions_of_area,
    divisions_serving,
    functions_joining,
    handoffs_joining,
    largest_first,
    next_stage,
    stages_connected_below,
)
from orgtui.rules.facts.graphs import is_relay_within, relay_cost
from orgtui.rules.facts.stages import end_team, is_served, stage_owner
from orgtui.rules.facts.teams import is_focus, is_root, parent_of
from orgtui.rules.facts.work import areas_below, stages_below
from orgtui.rules.registry import rule

CHAPTERS = {"P1": N_("Divide along the funnel")}


@dataclass(frozen=True, slots=True)
class Crowding:
    """Parameters of P104."""

    max_divisions: int = 4


@dataclass(frozen=True, slots=True)
class AreaSplit:
    """Parameters of P105."""

    min_headcount: int = 10


@dataclass(frozen=True, slots=True)
class Straddling:
    """Parameters of P106."""

    max_areas: int = 2
    min_headcount: int = 20


@dataclass(frozen=True, slots=True)
class Relay:
    """Parameters of P108."""

    max_borders: int = 3


@rule(
    "P101",
    "stage-unserved",
    "error",
    on="stage",
    needs=("stages",),
    says=N_("Nobody works {stage}: no function serves it and no department owns it"),
)
def stage_unserved(view: View, stage: str, _: object) -> Iterator[Violation]:
    """A stage of the funnel is nobody's work.

    ## What it checks
    A stage has no owner outside marketing, and no function that belongs to a team serves it.

    ## Why
    A customer has to pass every stage. One that nobody works is where inquiries wait, cool off and are lost,
    and no team's number shows it. A stage that sales works is no gap: give it its `owner`.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    stage = [{ id = "inquiry", name = "Inquiry" }, { id = "mql", name = "Qualified lead" }]
    team = [{ id = "marketing", name = "Marketing" }]
    function = [{ id = "seo", name = "SEO", team = "marketing", stages = ["inquiry"] }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    stage = [{ id = "inquiry", name = "Inquiry" }, { id = "mql", name = "Qualified lead" }]
    team = [{ id = "marketing", name = "Marketing" }]
    function = [{ id = "seo", name = "SEO", team = "marketing", stages = ["inquiry", "mql"] }]
    ```

    ## How to mend
    Let the function just before or just after the gap take the stage, add a function for it, or name the
    department that works it.

    ## Source
    Our judgement. Where lead qualification sits: two in three under sales (2021), so no side is prescribed.
    """
    if view.stage(stage) is not None and not is_served(view, stage):
        yield violation(Ref.to("stage", stage))


@rule(
    "P102",
    "funnel-break",
    "error",
    on="stage",
    needs=("stages",),
    says=N_("Nothing carries leads from {stage} to {stage2}: no function serves both, no handoff joins them"),
)
def funnel_break(view: View, stage: str, _: object) -> Iterator[Violation]:
    """Two neighbouring stages are both worked, and nothing joins them.

    ## What it checks
    A stage and the next one are both served and not both owned by departments. No function with a team serves
    both, and no handoff runs from a function that serves the first, or the department that owns it, to one
    that serves the second, or its owner.

    ## Why
    Data should run unbroken from the first visit to the sales opportunity. Where nothing joins two stages,
    leads pile up on one side while the other side buys new ones.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    stage = [{ id = "inquiry", name = "Inquiry" }, { id = "mql", name = "Qualified lead" }]
    team = [{ id = "marketing", name = "Marketing" }]
    function = [
      { id = "sem", name = "SEM", team = "marketing", stages = ["inquiry"] },
      { id = "sdr", name = "Lead qualification", team = "marketing", stages = ["mql"] },
    ]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    stage = [{ id = "inquiry", name = "Inquiry" }, { id = "mql", name = "Qualified lead" }]
    team = [{ id = "marketing", name = "Marketing" }]
    function = [
      { id = "sem", name = "SEM", team = "marketing", stages = ["inquiry"] },
      { id = "sdr", name = "Lead qualification", team = "marketing", stages = ["mql"] },
    ]
    handoff = [{ from = "sem", to = "sdr", what = "lead with source", tracked = true }]
    ```

    ## How to mend
    Agree a tracked handoff between the two functions nearest to each other, or let one function work both
    stages.

    ## Source
    Our judgement.
    """
    after = next_stage(view, stage)
    if after is None or not is_served(view, stage) or not is_served(view, after):
        return
    if stage_owner(view, stage) is not None and stage_owner(view, after) is not None:
        return
    if not functions_joining(view, stage) and not handoffs_joining(view, stage):
        yield violation(Ref.to("stage", stage), Ref.to("stage", after))


@rule(
    "P103",
    "blind-handoff",
    "warning",
    on="handoff",
    needs=("handoffs",),
    says=N_("Nobody tracks what {from} hands to {to}"),
)
def blind_handoff(view: View, handoff: tuple[str, str], _: object) -> Iterator[Violation]:
    """Work crosses a border and nobody can see whether it arrives.

    ## What it checks
    A handoff between functions of different teams, or between a function and a department, is not tracked.

    ## Why
    At a border each side sees its own half. Without a number for what was passed on and what became of it,
    marketing says the leads were good, the next team says they were not, and both are right.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    department = [{ id = "sales", name = "Sales" }]
    team = [{ id = "marketing", name = "Marketing" }]
    function = [{ id = "sdr", name = "Lead qualification", team = "marketing" }]
    handoff = [{ from = "sdr", to = "department:sales", what = "qualified lead" }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    department = [{ id = "sales", name = "Sales" }]
    team = [{ id = "marketing", name = "Marketing" }]
    function = [{ id = "sdr", name = "Lead qualification", team = "marketing" }]
    handoff = [{ from = "sdr", to = "department:sales", what = "qualified lead", tracked = true, sla = "4h" }]
    ```

    ## How to mend
    Record every lead that passes in one system that both sides read, and look at the share that was taken up.

    ## Source
    Our judgement.
    """
    record = view.handoff(handoff)
    if record is None or record.tracked:
        return
    teams = [end_team(view, end) for end in handoff]
    outside = [end.startswith(DEPARTMENT_PREFIX) for end in handoff]
    passes_on = all(team is not None or away for team, away in zip(teams, outside, strict=True))
    if passes_on and teams[0] != teams[1]:
        source, target = (
            Ref(end) if away else Ref.to("function", end) for end, away in zip(handoff, outside, strict=True)
        )
        yield violation(source, target, **{"from": source, "to": target})


@rule(
    "P104",
    "stage-crowded",
    "warning",
    on="stage",
    needs=("stages",),
    options=Crowding,
    says=N_("{divisions:division works|divisions work} {stage}, more than {max_divisions}: {teams}"),
)
def stage_crowded(view: View, stage: str, options: Crowding) -> Iterator[Violation]:
    """Too many divisions work the same stage of the funnel.

    ## What it checks
    Functions of more than `max_divisions` divisions serve a stage. Functions in focus teams and in the root
    do not count; a team below a focus team counts for its division.

    ## Why
    Where everybody works one stage, the same visitor is courted several times, each division counts the
    success as its own, and nobody is accountable for the stage.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    rules.P104.max_divisions = 1
    stage = [{ id = "awareness", name = "Awareness" }]
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "brand", name = "Brand", parent = "marketing" },
      { id = "growth", name = "Growth", parent = "marketing" },
    ]
    function = [
      { id = "pr", name = "PR", team = "brand", stages = ["awareness"] },
      { id = "seo", name = "SEO", team = "growth", stages = ["awareness"] },
    ]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    rules.P104.max_divisions = 1
    stage = [{ id = "awareness", name = "Awareness" }]
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "brand", name = "Brand", parent = "marketing" },
      { id = "growth", name = "Growth", parent = "marketing" },
    ]
    function = [
      { id = "pr", name = "PR", team = "brand", stages = ["awareness"] },
      { id = "seo", name = "SEO", team = "brand", stages = ["awareness"] },
    ]
    ```

    ## How to mend
    Merge the two divisions whose work at this stage is most alike, or leave the stage to fewer of them.

    ## Options
    `max_divisions` (default 4): how many divisions may work one stage.

    ## Source
    Our judgement: the four parts of a mature B2B marketing department.
    """
    divisions = divisions_serving(view, stage)
    if view.stage(stage) is not None and len(divisions) > options.max_divisions:
        yield sized_violation(
            len(divisions) - options.max_divisions,
            Ref.to("stage", stage),
            divisions=len(divisions),
            max_divisions=options.max_divisions,
            teams=largest_first(divisions),
        )


@rule(
    "P105",
    "area-split",
    "warning",
    on="area",
    needs=("areas", "headcount"),
    options=AreaSplit,
    says=N_("{area} is split over {divisions:division|divisions}: {teams}"),
)
def area_split(view: View, area: str, _: AreaSplit) -> Iterator[Violation]:
    """One part of marketing is divided among several divisions.

    ## What it checks
    The functions of an area sit in more than one division. Functions in focus teams and in the root do not
    count; a team below a focus team counts for its division. Asleep under `min_headcount` people.

    ## Why
    The areas follow the funnel: brand and content, growth, events and field, business development. Where an
    area is split, work that belongs to one piece of the funnel has two heads, two plans and two budgets.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    rules.P105.min_headcount = 0
    area = [{ id = "growth", name = "Growth" }]
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "web", name = "Website", parent = "marketing" },
      { id = "ads", name = "Advertising", parent = "marketing" },
    ]
    function = [
      { id = "seo", name = "SEO", area = "growth", team = "web" },
      { id = "sem", name = "SEM", area = "growth", team = "ads" },
    ]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    rules.P105.min_headcount = 0
    area = [{ id = "growth", name = "Growth" }]
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "web", name = "Website", parent = "marketing" },
      { id = "ads", name = "Advertising", parent = "marketing" },
    ]
    function = [
      { id = "seo", name = "SEO", area = "growth", team = "ads" },
      { id = "sem", name = "SEM", area = "growth", team = "ads" },
    ]
    ```

    ## How to mend
    Move the functions that are in the minority to the division that holds most of the area.

    ## Options
    `min_headcount` (default 10): asleep in smaller organisations.

    ## Source
    Areas only from 10 people: size bands of a Chinese B2B vendor (Beschannels): two functions for 1–5 people,
    SDR from 10.
    """
    divisions = divisions_of_area(view, area)
    if len(divisions) > 1:
        teams = largest_first(divisions)
        size = len(divisions) - 1
        yield sized_violation(size, Ref.to("area", area), divisions=len(divisions), teams=teams)


@rule(
    "P106",
    "division-straddles",
    "warning",
    on="team",
    needs=("areas", "headcount"),
    options=Straddling,
    says=N_("{team} works in {areas:area|areas}, more than {max_areas}"),
)
def division_straddles(view: View, team: str, options: Straddling) -> Iterator[Violation]:
    """A division spreads over too many parts of marketing.

    ## What it checks
    A division that is no focus team has functions, its own and those of teams below it, in more than
    `max_areas` areas. Asleep under `min_headcount` people.

    ## Why
    A division that does a little of everything borders on every other division, and its lead must judge work
    of every kind. In a small department that is normal; in a larger one it blurs who owns which part of the
    funnel.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    rules.P106.min_headcount = 0
    area = [
      { id = "brand", name = "Brand" },
      { id = "growth", name = "Growth" },
      { id = "events", name = "Events" },
    ]
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "programs", name = "Programs", parent = "marketing" },
      { id = "growth", name = "Growth", parent = "marketing" },
    ]
    function = [
      { id = "pr", name = "PR", area = "brand", team = "programs" },
      { id = "sem", name = "SEM", area = "growth", team = "growth" },
      { id = "seo", name = "SEO", area = "growth", team = "programs" },
      { id = "fairs", name = "Trade fairs", area = "events", team = "programs" },
    ]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    rules.P106.min_headcount = 0
    area = [
      { id = "brand", name = "Brand" },
      { id = "growth", name = "Growth" },
      { id = "events", name = "Events" },
    ]
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "programs", name = "Programs", parent = "marketing" },
      { id = "growth", name = "Growth", parent = "marketing" },
    ]
    function = [
      { id = "pr", name = "PR", area = "brand", team = "programs" },
      { id = "sem", name = "SEM", area = "growth", team = "growth" },
      { id = "seo", name = "SEO", area = "growth", team = "growth" },
      { id = "fairs", name = "Trade fairs", area = "events", team = "programs" },
    ]
    ```

    ## How to mend
    Move the area with the fewest functions here to a division that already works in it.

    ## Options
    `max_areas` (default 2): how many areas one division may work in.
    `min_headcount` (default 20): asleep in smaller organisations.

    ## Source
    Our judgement. That areas say little in small departments: size bands of a Chinese B2B vendor
    (Beschannels): two functions for 1–5 people, SDR from 10.
    """
    parent = parent_of(view, team)
    if parent is None or not is_root(view, parent) or is_focus(view, team):
        return
    areas = areas_below(view, team)
    if len(areas) > options.max_areas:
        size = len(areas) - options.max_areas
        yield sized_violation(size, Ref.to("team", team), areas=len(areas), max_areas=options.max_areas)


@rule(
    "P107",
    "team-leaps",
    "warning",
    on="team",
    needs=("stages",),
    says=N_("{team} works before and after {stage}, yet no handoff joins it to those who work {stage}"),
)
def team_leaps(view: View, team: str, _: object) -> Iterator[Violation]:
    """A team works on both sides of a stage that it has nothing to do with.

    ## What it checks
    For a team below the root that is no focus team, a stage lies between two that its functions serve, those
    of teams below it included. None of them serves that stage, others do, or a department owns it, and no
    handoff runs either way between them and a function that serves it, or its owner.

    ## Why
    Leads leave the team, pass through other hands and come back, and the team knows nothing of what happened
    in between. It cannot tell whether its later work fails because of its own doing or because of the gap.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    stage = [
      { id = "inquiry", name = "Inquiry" },
      { id = "mql", name = "Qualified lead" },
      { id = "sal", name = "Accepted lead" },
    ]
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "growth", name = "Growth", parent = "marketing" },
      { id = "calls", name = "Calls", parent = "marketing" },
    ]
    function = [
      { id = "sem", name = "SEM", team = "growth", stages = ["inquiry"] },
      { id = "nurture", name = "Nurturing", team = "growth", stages = ["sal"] },
      { id = "sdr", name = "Lead qualification", team = "calls", stages = ["mql"] },
    ]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    stage = [
      { id = "inquiry", name = "Inquiry" },
      { id = "mql", name = "Qualified lead" },
      { id = "sal", name = "Accepted lead" },
    ]
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "growth", name = "Growth", parent = "marketing" },
      { id = "calls", name = "Calls", parent = "marketing" },
    ]
    function = [
      { id = "sem", name = "SEM", team = "growth", stages = ["inquiry"] },
      { id = "nurture", name = "Nurturing", team = "growth", stages = ["sal"] },
      { id = "sdr", name = "Lead qualification", team = "calls", stages = ["mql"] },
    ]
    handoff = [{ from = "sem", to = "sdr", what = "lead with source", tracked = true }]
    ```

    ## How to mend
    Agree a handoff with those who work the stage, or take the missing function into the team.

    ## Source
    Our judgement.
    """
    if is_root(view, team) or is_focus(view, team):
        return
    served = stages_below(view, team)
    if len(served) < 2:
        return
    order = view.stages()
    worked = [position for position, stage in enumerate(order) if stage in served]
    between = order[worked[0] : worked[-1]] if worked else ()
    met = stages_connected_below(view, team)
    for stage in between:
        if stage not in served and stage not in met and is_served(view, stage):
            yield violation(Ref.to("team", team), Ref.to("stage", stage))


@rule(
    "P108",
    "long-relay",
    "advice",
    on="organization",
    needs=("stages",),
    options=Relay,
    lane="graph",
    says=N_("A lead crosses {borders:team border|team borders} through the funnel, more than {max_borders}"),
)
def long_relay(view: View, _: str, options: Relay) -> Iterator[Violation]:
    """A lead changes hands too often on its way through the funnel.

    ## What it checks
    From a function of the first stage that functions serve to one of the last, even the cheapest way crosses
    more than `max_borders` borders between teams. A step goes along a handoff, or within one team to a
    function whose stages include one of the first function's stages or the stage after one of them; a step
    counts 1 if the team changes. Silent if no way exists: P102 speaks of that.

    ## Why
    Every border is a wait, a loss and a chance to blame. Four teams in a row are one relay too many for a
    lead that is hot for an hour.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    rules.P108.max_borders = 0
    stage = [{ id = "inquiry", name = "Inquiry" }, { id = "mql", name = "Qualified lead" }]
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "growth", name = "Growth", parent = "marketing" },
      { id = "calls", name = "Calls", parent = "marketing" },
    ]
    function = [
      { id = "sem", name = "SEM", team = "growth", stages = ["inquiry"] },
      { id = "sdr", name = "Lead qualification", team = "calls", stages = ["mql"] },
    ]
    handoff = [{ from = "sem", to = "sdr", tracked = true }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    rules.P108.max_borders = 0
    stage = [{ id = "inquiry", name = "Inquiry" }, { id = "mql", name = "Qualified lead" }]
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "growth", name = "Growth", parent = "marketing" },
      { id = "calls", name = "Calls", parent = "marketing" },
    ]
    function = [
      { id = "sem", name = "SEM", team = "growth", stages = ["inquiry"] },
      { id = "sdr", name = "Lead qualification", team = "growth", stages = ["mql"] },
    ]
    handoff = [{ from = "sem", to = "sdr", tracked = true }]
    ```

    ## How to mend
    Bring neighbouring stages under one roof, or hand over directly instead of through a team in between.

    ## Options
    `max_borders` (default 3): the most team borders on the cheapest way.

    ## Source
    Our judgement: the four parts of a mature B2B marketing department have three borders.
    """
    if is_relay_within(view, options.max_borders):
        return
    borders = relay_cost(view)
    if borders is not None:
        size = borders - options.max_borders
        yield sized_violation(size, borders=borders, max_borders=options.max_borders)
