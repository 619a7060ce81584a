"""S3 Levels and reporting lines: leads, spans of control, layers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orgtui.engine.finding import Violation, sized_violation, violation
from orgtui.engine.view import View
from orgtui.model.sentence import N_, Ref
from orgtui.rules.facts.reporting import deepest_layer, filled_lead, head, open_lead, span_of_control
from orgtui.rules.facts.teams import ancestors, depth, is_focus, parent_of, seats_below
from orgtui.rules.registry import rule

CHAPTERS = {"S3": N_("Levels and reporting lines")}


@dataclass(frozen=True, slots=True)
class WideSpan:
    """Parameters of S302."""

    max: int = 8


@dataclass(frozen=True, slots=True)
class NarrowSpan:
    """Parameters of S303."""

    min: int = 2


@dataclass(frozen=True, slots=True)
class Layers:
    """Parameters of S304; without `max` it goes by headcount."""

    max: int | None = None


LAYERS_BY_HEADCOUNT = ((20, 3), (150, 4), (1500, 6))
"""Up to so many open seats, so many layers are enough."""

LAYERS_ABOVE = 8
"""Layers that are enough for any headcount."""


@rule(
    "S301",
    "no-lead",
    "warning",
    on="team",
    says=N_("{team} has {seats:seat|seats} and nobody who leads it"),
)
def no_lead(view: View, team: str, _: object) -> Iterator[Violation]:
    """A team with people and nobody who leads it.

    ## What it checks
    The team or a team below it has open seats, and the team has no lead, or nobody sits in the lead's seat.

    ## Why
    Somebody has to decide between two good uses of a week, and to speak for the team where teams agree.
    Without a lead the next one up does it, without the time for it.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    person = [{ id = "li-na", name = "Li Na", team = "marketing" }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing", lead = "li-na" }]
    person = [{ id = "li-na", name = "Li Na", team = "marketing" }]
    ```

    ## How to mend
    Let the member lead who can judge most of the team's work.

    ## Source
    Our judgement.
    """
    if view.team(team) is None or filled_lead(view, team) is not None:
        return
    seats = seats_below(view, team)
    if seats > 0:
        yield violation(Ref.to("team", team), seats=seats)


@rule(
    "S302",
    "span-wide",
    "warning",
    on="lead",
    options=WideSpan,
    says=N_("{reports:seat reports|seats report} to {person}, more than {max}"),
)
def span_wide(view: View, person: str, options: WideSpan) -> Iterator[Violation]:
    """More people report to one person than one can lead well.

    ## What it checks
    More than `max` open seats have this person as manager. Assistants, who stand beside their manager, do not
    count.

    ## Why
    With every further report there is less time for each, and the lead becomes the queue that every decision
    waits in.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing", lead = "chen" }]
    person = [
      { id = "chen", name = "Chen", team = "marketing" },
      { id = "li-na", name = "Li Na", team = "marketing" },
      { id = "wang-lei", name = "Wang Lei", team = "marketing" },
      { id = "zhao-min", name = "Zhao Min", team = "marketing" },
    ]
    rules = { S302 = { max = 2 } }
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing", lead = "chen" },
      { id = "growth", name = "Growth", parent = "marketing", lead = "li-na" },
    ]
    person = [
      { id = "chen", name = "Chen", team = "marketing" },
      { id = "li-na", name = "Li Na", team = "growth" },
      { id = "wang-lei", name = "Wang Lei", team = "growth" },
      { id = "zhao-min", name = "Zhao Min", team = "growth" },
    ]
    rules = { S302 = { max = 2 } }
    ```

    ## How to mend
    Split the team and let one of its members lead the new one, or move a team to a lead with a narrower span.

    ## Options
    `max` (default 8): so many open seats may report to one person.

    ## Source
    McKinsey: no magic number, archetypes from 3–5 (player/coach) to 15+. Gallup 2025: mean 12.1, median 5–6;
    engagement peaks at 8–9 (Quantum Workplace). Raise `max` where the work is alike and settled.
    """
    reports = span_of_control(view, person)
    if reports > options.max:
        size = reports - options.max
        yield sized_violation(size, Ref.to("person", person), reports=reports, max=options.max)


@rule(
    "S303",
    "span-narrow",
    "advice",
    on="lead",
    options=NarrowSpan,
    says=N_("Only {reports:seat reports|seats report} to {person}; a lead should have {min} or more"),
)
def span_narrow(view: View, person: str, options: NarrowSpan) -> Iterator[Violation]:
    """A lead has hardly anyone to lead.

    ## What it checks
    Somebody who leads a team, but no focus team, has at least one report and fewer than `min`. Assistants
    do not count.

    ## Why
    A single report is no team: it adds a layer and a meeting, and the two do the same work. Worth a talk, for
    it may be a team that is being built.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "search", name = "Search", parent = "marketing", lead = "chen" },
      { id = "web", name = "Website", parent = "marketing" },
    ]
    function = [
      { id = "seo", name = "SEO", team = "search", skills = { seo = 3 } },
      { id = "site", name = "Site", team = "web", skills = { seo = 2 } },
    ]
    person = [
      { id = "chen", name = "Chen", team = "search" },
      { id = "li-na", name = "Li Na", team = "search" },
      { id = "wang-lei", name = "Wang Lei", team = "web" },
    ]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "search", name = "Search", parent = "marketing", lead = "chen" },
    ]
    function = [
      { id = "seo", name = "SEO", team = "search", skills = { seo = 3 } },
      { id = "site", name = "Site", team = "search", skills = { seo = 2 } },
    ]
    person = [
      { id = "chen", name = "Chen", team = "search" },
      { id = "li-na", name = "Li Na", team = "search" },
      { id = "wang-lei", name = "Wang Lei", team = "search" },
    ]
    ```

    ## How to mend
    Let the team and a neighbour with like work become one, or let it become part of the team above; or fill
    it.

    ## Options
    `min` (default 2): so many open seats should report to a lead.

    ## Source
    A single report is no team. McKinsey: no magic number, archetypes from 3–5 (player/coach) to 15+; Gallup
    2025: mean 12.1, median 5–6.
    """
    reports = span_of_control(view, person)
    if 1 <= reports < options.min and not any(is_focus(view, team) for team in view.led_by(person)):
        size = options.min - reports
        yield sized_violation(size, Ref.to("person", person), reports=reports, min=options.min)


@rule(
    "S304",
    "too-many-layers",
    "warning",
    on="organization",
    options=Layers,
    says=N_("{layers:layer|layers} for {headcount:seat|seats}; {max} would do"),
)
def too_many_layers(view: View, _: str, options: Layers) -> Iterator[Violation]:
    """There are more layers between the head and the last seat than the size calls for.

    ## What it checks
    The deepest layer is greater than `max`. The layer of a seat is the number of people from it up to the
    head, both included. Without `max`: up to 20 open seats 3 layers, up to 150 4, up to 1,500 6, above 8.

    ## Why
    News from customers and decisions from the top lose something at each layer, and each layer takes people
    from the work itself.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing", lead = "chen" },
      { id = "growth", name = "Growth", parent = "marketing", lead = "li-na" },
      { id = "search", name = "Search", parent = "growth", lead = "wang-lei" },
    ]
    person = [
      { id = "chen", name = "Chen", team = "marketing" },
      { id = "li-na", name = "Li Na", team = "growth" },
      { id = "wang-lei", name = "Wang Lei", team = "search" },
      { id = "zhao-min", name = "Zhao Min", team = "search" },
    ]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing", lead = "chen" },
      { id = "growth", name = "Growth", parent = "marketing", lead = "li-na" },
    ]
    person = [
      { id = "chen", name = "Chen", team = "marketing" },
      { id = "li-na", name = "Li Na", team = "growth" },
      { id = "wang-lei", name = "Wang Lei", team = "growth" },
      { id = "zhao-min", name = "Zhao Min", team = "growth" },
    ]
    ```

    ## How to mend
    Take out a layer where spans are narrow: merge the team of a lead with few reports into the one above it.

    ## Options
    `max` (default by headcount, as above): so many layers are enough, whatever the headcount.

    ## Source
    Our judgement.
    """
    layers, headcount = deepest_layer(view), view.headcount()
    enough = _enough_layers(headcount) if options.max is None else options.max
    if layers > enough:
        yield sized_violation(layers - enough, layers=layers, max=enough, headcount=headcount)


def _enough_layers(headcount: int) -> int:
    return next((layers for most, layers in LAYERS_BY_HEADCOUNT if headcount <= most), LAYERS_ABOVE)


@rule(
    "S305",
    "lead-elsewhere",
    "advice",
    on="team",
    says=N_("{person} leads {team} but sits in {home}"),
)
def lead_elsewhere(view: View, team: str, _: object) -> Iterator[Violation]:
    """A team's lead sits in another part of the organisation.

    ## What it checks
    The lead sits neither in the team nor in the team above it. A focus team led by the head is excepted: that
    is the idea of it.

    ## Why
    Who sits elsewhere answers to another lead first, and hears of the team's trouble late.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "growth", name = "Growth", parent = "marketing", lead = "li-na" },
      { id = "brand", name = "Brand", parent = "marketing" },
    ]
    person = [{ id = "li-na", name = "Li Na", team = "brand" }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "growth", name = "Growth", parent = "marketing", lead = "li-na" },
      { id = "brand", name = "Brand", parent = "marketing" },
    ]
    person = [{ id = "li-na", name = "Li Na", team = "growth" }]
    ```

    ## How to mend
    Let one of its members lead it, or move the lead into the team.

    ## Source
    Our judgement.
    """
    lead = open_lead(view, team)
    seat = None if lead is None else view.person(lead)
    if lead is None or seat is None or seat.team in (team, parent_of(view, team)):
        return
    if not (is_focus(view, team) and lead == head(view)):
        yield violation(Ref.to("team", team), Ref.to("person", lead), home=Ref.to("team", seat.team))


@rule(
    "S306",
    "lead-stretched",
    "warning",
    on="lead",
    says=N_("{person} leads {teams:team|teams} side by side: {led}"),
)
def lead_stretched(view: View, person: str, _: object) -> Iterator[Violation]:
    """One person leads several teams side by side.

    ## What it checks
    Somebody leads two teams of which neither is above the other.

    ## Why
    Two teams with one lead are two half-led teams, or in truth one team. A lead who also leads the team above
    is something else: that is a gap being bridged.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "growth", name = "Growth", parent = "marketing", lead = "li-na" },
      { id = "brand", name = "Brand", parent = "marketing", lead = "li-na" },
    ]
    person = [
      { id = "li-na", name = "Li Na", team = "growth" },
      { id = "wang-lei", name = "Wang Lei", team = "brand" },
    ]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "growth", name = "Growth", parent = "marketing", lead = "li-na" },
      { id = "brand", name = "Brand", parent = "marketing", lead = "wang-lei" },
    ]
    person = [
      { id = "li-na", name = "Li Na", team = "growth" },
      { id = "wang-lei", name = "Wang Lei", team = "brand" },
    ]
    ```

    ## How to mend
    Let a member of one team lead it, or merge the teams if their work is alike.

    ## Source
    Our judgement.
    """
    led = sorted(view.led_by(person))
    if len(led) < 2 or view.person(person) is None:
        return
    lowest = max(led, key=lambda team: depth(view, team))
    line = {lowest, *ancestors(view, lowest)}
    if not line.issuperset(led):
        yield violation(
            Ref.to("person", person), teams=len(led), led=tuple(Ref.to("team", team) for team in led)
        )


@rule(
    "S307",
    "acting-overdue",
    "warning",
    on="team",
    says=N_("The acting lead of {team} was to hold it until {until}, and nothing has been decided since"),
)
def acting_overdue(view: View, team: str, _: object) -> Iterator[Violation]:
    """A team has had an acting lead for longer than was agreed.

    ## What it checks
    The day through which the lead only acts as one (`acting_until`) is before today.

    ## Why
    Who acts for a time does not hire, does not promise and does not change much: that is right for some
    months. After that the team waits, and the acting lead carries the work of two without the say of one.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing", lead = "li-na", acting_until = 2026-10-31 }]
    person = [{ id = "li-na", name = "Li Na", team = "marketing" }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing", lead = "li-na", acting_until = 2027-01-31 }]
    person = [{ id = "li-na", name = "Li Na", team = "marketing" }]
    ```

    ## How to mend
    Confirm the lead, or let another member lead.

    ## Source
    Our judgement.
    """
    record = view.team(team)
    if record is not None and record.acting_until is not None and record.acting_until < view.today:
        yield violation(Ref.to("team", team), until=record.acting_until)
