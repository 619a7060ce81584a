"""A201: too many people get a new manager at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from orgtui.engine.finding import Found, found
from orgtui.engine.view import PlainView, View
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization, Set
from orgtui.rules.facts.vocabulary import as_written, manager_in
from orgtui.rules.registry import rule

CHANGE_SHOCK = "A201"


@dataclass(frozen=True, slots=True)
class ChangeShock:
    """Parameters of A201: the share of filled seats that one wave may give a new manager."""

    max_share: float = 0.3


@dataclass(frozen=True, slots=True)
class Wave:
    """What one wave of a plan did: how many seats were filled before it, how many got a new manager."""

    filled: int
    new_manager: int


@dataclass(frozen=True, slots=True)
class Waves:
    """The waves of the plan under which an organisation is judged, by number; none without a plan."""

    by_number: Mapping[int, Wave] = field(default_factory=dict)


@rule(
    CHANGE_SHOCK,
    "change-shock",
    "warning",
    on="organization",
    needs=("plan",),
    options=ChangeShock,
    says="{wave} gives {new_manager} of {filled} people a new manager; more than {max_share} is a shock",
)
def change_shock(view: View, _: str, options: ChangeShock) -> Iterator[Found]:
    """One wave of the plan gives too many people a new manager.

    ## What it checks
    Of the seats filled before a wave, the share that has another manager after it is more than `max_share`.

    ## Why
    A new manager is the change that people feel most. If a third of a department gets one on the same day,
    nobody is left to hold on to; two waves a quarter apart do the same with less loss.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing", lead = "chen" },
      { id = "web", name = "Web", parent = "marketing" },
    ]
    person = [
      { id = "chen", name = "Chen", team = "marketing" },
      { id = "li-na", name = "Li Na", team = "web" },
      { id = "wang-lei", name = "Wang Lei", team = "web" },
    ]
    ```
    and a plan that makes Li Na the lead of the web team:
    ```toml
    change = [{ op = "set_lead", team = "web", person = "li-na", wave = 1 }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing", lead = "chen" },
      { id = "web", name = "Web", parent = "marketing" },
    ]
    person = [
      { id = "chen", name = "Chen", team = "marketing" },
      { id = "li-na", name = "Li Na", team = "web" },
      { id = "wang-lei", name = "Wang Lei", team = "web" },
    ]
    ```
    and a plan that leaves the reporting lines alone:
    ```toml
    change = [{ op = "rename", kind = "team", id = "web", name = "Website", wave = 1 }]
    ```

    ## How to mend
    Move some of the changes to a later wave.

    ## Options
    `max_share` (default 0.3): the largest share of filled seats that one wave may give a new manager.

    ## Source
    Our judgement.
    """
    part, whole = as_written(options.max_share)
    for number, wave in sorted(view.options(Waves).by_number.items()):
        if wave.new_manager * whole > part * wave.filled:
            yield found(
                Ref.to("wave", str(number)),
                new_manager=wave.new_manager,
                filled=wave.filled,
                max_share=options.max_share,
            )


def waves_of(baseline: Organization, steps: Iterable[tuple[int, Iterable[Set]]]) -> Waves:
    """What each wave does to reporting lines: `steps` are wave numbers with assignments, in their order."""
    state = baseline.copy()
    before = managers(state)
    waves: dict[int, Wave] = {}
    by_wave: dict[int, list[Set]] = {}
    for number, sets in steps:
        by_wave.setdefault(number, []).extend(sets)
    for number, made in sorted(by_wave.items()):
        for each in made:
            state.apply(each)
        after = managers(state)
        changed = sum(1 for person, boss in before.items() if person in after and after[person] != boss)
        waves[number] = Wave(len(before), changed)
        before = after
    return Waves(waves)


def managers(organization: Organization) -> dict[str, str | None]:
    """The manager of every filled seat, None for the head."""
    view = PlainView(organization, date.min, {})
    people = organization.people.values()
    return {each.id: manager_in(view, each.id, each.team) for each in people if each.state == "filled"}
