"""The facts about pay budgets, and about pay while it is shown."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.model.records import Team
from orgtui.model.sentence import Money, sentence
from orgtui.rules.facts.pay import amount, pay_below, pay_of
from orgtui.views.base.scene import Scene
from orgtui.views.pages.facts.entries import text_entries
from orgtui.views.pages.fields import NUMBER, Field, set_or_omit
from orgtui.views.pages.listing import LabelledEntries, field_entries


def pay_of_team(scene: Scene, team: Team) -> Iterator[LabelledEntries]:
    """The pay budget of a team, and its yearly cost while pay is shown."""
    if scene.shows_pay:
        cost = amount(pay_below(scene.view, team.id))
        yield sentence("Pay a year"), text_entries(scene.say("{value}", value=Money(cost)))
    yield field_entries(scene, *_budget(scene, team))


def _budget(scene: Scene, team: Team) -> tuple[Field, str | None]:
    """The field for a team's pay budget, and its text."""
    budget, label = team.pay_budget, sentence("Pay budget")
    set_budget = set_or_omit("set_budget", "pay_budget", team=team.id)
    field = Field("pay_budget", label, NUMBER, "" if budget is None else str(budget), set_budget)
    return field, None if budget is None else scene.say("{value}", value=Money(budget))


def pay_of_person(scene: Scene, person: str) -> Iterator[LabelledEntries]:
    """The yearly pay of a person, while pay is shown."""
    if scene.shows_pay:
        cost = amount(pay_of(scene.view, person))
        yield sentence("Pay a year"), text_entries(scene.say("{value}", value=Money(cost)))
