"""The targets of a restructuring in both states, and the notes on what a report tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from orgtui.exchange.writing.build.part import Part
from orgtui.exchange.writing.build.state import State
from orgtui.exchange.writing.report import AimedNumber, Metric, Remark
from orgtui.locales import translate
from orgtui.metrics import PAY_METRICS
from orgtui.model.records import Number
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.rules.facts.measures import SEVERITY_METRICS
from orgtui.rules.facts.targets import TargetState, target_states
from orgtui.rules.inputs import TARGET_MISSED
from orgtui.views.base.signs import UNICODE
from orgtui.views.words.metrics import LABELS, metric_text

BOUNDS: Mapping[str, str] = {"at_most": N_("at most {number}"), "at_least": N_("at least {number}")}


def targets_of(
    before: State, after: State, metrics: Iterable[Metric], limit: Part | None, *, has_pay: bool
) -> tuple[AimedNumber, ...]:
    """The targets of the state after, of a part only those of its teams; those on pay only with pay.

    `metrics` are those of the whole organisation.
    """
    was = {each.key: each.before for each in metrics}
    told = target_states(after.view, before.view, was | _counted_without(before, was))
    return tuple(
        _in_words(after, each)
        for each in told
        if (has_pay or each.metric not in PAY_METRICS)
        and (limit is None or (each.team is not None and limit.has(each.team)))
    )


def _counted_without(before: State, was: Mapping[str, Number | None]) -> dict[str, Number | None]:
    """The number of findings as severe as those on targets, without these: no target counts itself."""
    metric = SEVERITY_METRICS[before.report.policy.severity(TARGET_MISSED)]
    reported = before.report.reported.values()
    missed = sum(1 for each in reported if each.finding.code == TARGET_MISSED and each.counts)
    return {metric: (was.get(metric) or 0) - missed}


def _in_words(after: State, target: TargetState) -> AimedNumber:
    def text(number: Number | None) -> str:
        return metric_text(target.metric, number, after.names, UNICODE.nothing)

    label = translate(Sentence(LABELS[target.metric]))
    if target.team is not None:
        team = Ref.to("team", target.team)
        label = after.say(sentence("{metric} in {team}", metric=label, team=team))
    asked = translate(Sentence(BOUNDS[target.bound], {"number": text(target.asked)}))
    is_missed = None if target.now is None else target.is_missed
    return AimedNumber(label, asked, text(target.before), text(target.now), is_missed)


def notes_of(after: State, limit: Part | None) -> Iterator[Remark]:
    """The notes of the state after, in their order; of a part those on what is in it."""
    for note in after.organization.notes.values():
        on = Ref(note.on)
        if limit is None or limit.is_about([on]):
            yield Remark(after.names(on), note.text, after.author(note.by), note.at)
