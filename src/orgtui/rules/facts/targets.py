"""Targets, with the numbers of two states: what was asked for, what it was, what it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from orgtui.engine.view import View
from orgtui.model.records import Number
from orgtui.rules.facts.measures import measured
from orgtui.rules.facts.numbers import is_more


@dataclass(frozen=True, slots=True)
class TargetState:
    """A target of the organisation, or of a team and all below it; `asked` is its bound.

    `before` and `now` are None where the metric has no value; it is not missed then.
    """

    metric: str
    team: str | None
    bound: str
    asked: Number
    before: Number | None
    now: Number | None

    @property
    def is_missed(self) -> bool:
        """Whether the number is on the wrong side of the bound."""
        return is_missed(self.bound, self.asked, self.now)


def is_missed(bound: str, asked: Number, value: Number | None) -> bool:
    """Whether a number is on the wrong side of a bound; one without value is not judged."""
    if value is None:
        return False
    return is_more(value, asked) if bound == "at_most" else is_more(asked, value)


def target_states(view: View, there: View, before: Mapping[str, Number | None]) -> Iterator[TargetState]:
    """The targets of a state, in order, compared with another one.

    `before` are the metrics of the whole organisation there, without the findings of the rule on targets.
    """
    for metric, team, bound in view.targets():
        target = view.target((metric, team, bound))
        asked = None if target is None else target.at_most if bound == "at_most" else target.at_least
        if asked is not None:
            then = measured(there, metric, team) if team else before.get(metric)
            now = measured(view, metric, team or None)
            yield TargetState(metric, team or None, bound, asked, then, now)
