"""The targets that are missed, in a few cells: by metric, team, number and bound."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from orgtui.engine.finding import Identity
from orgtui.model.sentence import N_
from orgtui.rules.assessment import Difference, ReportedFinding
from orgtui.rules.inputs import TARGET_MISSED
from orgtui.rules.policy import message
from orgtui.views.base.metric_labels import LABELS
from orgtui.views.base.scene import Scene
from orgtui.views.words.metrics import metric_text

Missed = Mapping[Identity, ReportedFinding]
"""The findings on targets that count, by identity."""

MISSED = N_("missed: {metric} {number}")
MISSED_IN_TEAM = N_("missed: {metric} in {team} {number}")
MISSED_SHORT = N_("missed {number}")

BEYOND: Mapping[str, str] = {"at_most": ">", "at_least": "<"}
"""By bound, on which side of it the number of a missed target is."""


def missed_among(reported: Iterable[ReportedFinding]) -> Missed:
    """The findings on targets among some, without those that are accepted."""
    return {each.identity: each for each in reported if each.finding.code == TARGET_MISSED and each.counts}


def missed_after(missed: Missed, difference: Difference) -> Missed:
    """The findings on targets after a difference."""
    after = dict(missed)
    for old, new in difference.pairs:
        if old is not None:
            after.pop(old.identity, None)
        if new is not None:
            after |= missed_among([new])
    return after


def missed_words(scene: Scene, missed: Missed, *, short: bool) -> str:
    """The first missed target with its number, and how many more there are; empty without any."""
    if not missed:
        return ""
    finding = next(iter(missed.values())).finding
    params = message(finding).params
    metric, *teams = finding.subjects
    bound = next(each for each in BEYOND if each in params)
    value, asked = (
        metric_text(metric.id, params[each], scene.names, scene.signs.nothing)  # type: ignore[arg-type]
        for each in ("value", bound)
    )
    more = f" +{len(missed) - 1}" if len(missed) > 1 else ""
    said = MISSED_SHORT if short else MISSED_IN_TEAM if teams else MISSED
    label, number = scene.say(LABELS[metric.id]), f"{value}{BEYOND[bound]}{asked}"
    return scene.say(said, metric=label, team=teams[0] if teams else "", number=number) + more
