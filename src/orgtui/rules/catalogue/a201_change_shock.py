"""A201: too many people get a new manager at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orgtui.engine.finding import Violation, sized_violation
from orgtui.engine.view import View
from orgtui.model.sentence import N_, Ref
from orgtui.rules.facts.numbers import integer_ratio, rounded_up
from orgtui.rules.inputs import CHANGE_SHOCK, Waves
from orgtui.rules.registry import rule


@dataclass(frozen=True, slots=True)
class ChangeShock:
    """Parameters of A201: the share of filled seats that one wave may give a new manager."""

    max_share: float = 0.3


@rule(
    CHANGE_SHOCK,
    "change-shock",
    "warning",
    on="organization",
    needs=("plan",),
    options=ChangeShock,
    says=N_("{wave} gives {new_manager} of {filled} people a new manager; more than {max_share} is a shock"),
)
def change_shock(view: View, _: str, options: ChangeShock) -> Iterator[Violation]:
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
    part, whole = integer_ratio(options.max_share)
    for number, wave in sorted(view.options(Waves).by_number.items()):
        beyond = wave.new_manager * whole - part * wave.filled
        if beyond > 0:
            yield sized_violation(
                rounded_up(beyond, whole),
                Ref.to("wave", str(number)),
                new_manager=wave.new_manager,
                filled=wave.filled,
                max_share=options.max_share,
            )
