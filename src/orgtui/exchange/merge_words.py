"""The conflicts of a merge in plain values and in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import is_dataclass

from orgtui.changes import merge as changes
from orgtui.changes.base import to_plain_data
from orgtui.changes.merge_effects import EXISTS
from orgtui.changes.parse import change_to_mapping
from orgtui.changes.step import Step
from orgtui.exchange.merge_results import ConflictSide, LostSignature, MergeConflict, TouchedValue
from orgtui.files.schema.entries import record_to_entry
from orgtui.locales import join_list, translate
from orgtui.model.records import WRITTEN, Key
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.model.store import RECORD_TYPES, Organization
from orgtui.session.plan.merging import MergedPlan, PartConflict
from orgtui.views.base.names import accept_ref, name_of
from orgtui.views.words.changes import TOGETHER, describe, mentioned
from orgtui.views.words.records import FIELD_KINDS, NO, WORDS, YES, field_label

NOTHING = N_("nothing")
WITH_WAVE = N_("{said} (wave {wave})")
WITH_REASON = N_("{said}, because “{why}”")


class MergeWords:
    """Words for conflicts; names are looked for in several states of an organisation, the first first."""

    def __init__(self, states: Sequence[Organization]) -> None:
        self._states = states

    def name(self, ref: Ref) -> str:
        """The name of a reference in the first state that knows it; else its id."""
        names = (name_of(state, ref) for state in self._states)
        return next((name for name in names if name != ref.id), ref.id)

    def conflicts(self, merged: MergedPlan) -> Iterator[MergeConflict]:
        """All conflicts, numbered from 1: in changes, in other parts of the plan, then what is left out."""
        own = merged.changes.conflicts
        for number, conflict in enumerate(own, start=1):
            yield self._of_changes(number, conflict)
        for number, part in enumerate(merged.parts, start=len(own) + 1):
            yield self._of_part(number, part)
        for number, left_out in enumerate(merged.changes.left_out, start=merged.asked + 1):
            yield self._of_changes(number, left_out)

    def unsigned(self, merged: MergedPlan) -> Iterator[LostSignature]:
        """The signatures that do not hold any more."""
        for signed in merged.unsigned:
            team = Ref.to("team", signed.team)
            said = sentence(
                "the signature of {team} by {by} is taken away, as the division changes",
                team=team,
                by=signed.by or "?",
            )
            yield LostSignature(str(team), signed.by, translate(said, self.name))

    def _of_changes(self, number: int, conflict: changes.MergeConflict) -> MergeConflict:
        steps = (*conflict.base, *conflict.ours, *conflict.theirs)
        touched = [each for each in conflict.touched if each.cell.part != EXISTS]
        subjects = [_ref(each.cell.table, each.cell.key) for each in touched]
        subjects += [ref for step in steps for ref in mentioned(step.change)][: 0 if touched else None]
        return MergeConflict(
            number=number,
            about=tuple(dict.fromkeys(map(str, subjects))),
            base=self._side(conflict.base),
            ours=self._side(conflict.ours),
            theirs=self._side(conflict.theirs),
            touched=tuple(map(self._touched, touched)),
            reason=None if conflict.reason is None else translate(conflict.reason, self.name),
            kept=conflict.kept,
            settled=conflict.settled,
        )

    def _of_part(self, number: int, part: PartConflict) -> MergeConflict:
        base, ours, theirs = (
            ConflictSide(self._plain_words(each), (), _plain(each))
            for each in (part.base, part.ours, part.theirs)
        )
        reason = None if part.reason is None else translate(part.reason, self.name)
        return MergeConflict(
            number, (".".join(part.path),), base, ours, theirs, (), reason, part.kept, part.settled
        )

    def _side(self, steps: Sequence[Step]) -> ConflictSide:
        said = TOGETHER.join(translate(_said(step), self.name) for step in steps)
        return ConflictSide(said or translate(Sentence(NOTHING)), tuple(map(_written, steps)))

    def _touched(self, touched: changes.Touched) -> TouchedValue:
        table, key, (field, member) = touched.cell
        ref, sides = _ref(table, key), (touched.base, touched.ours, touched.theirs)
        label = translate(field_label(field))
        if member is not None:
            label = f"{label} {self._value_words(field, member)}"
        values = [_value(table, field, member, each) for each in sides]
        base, ours, theirs = values
        said = sentence(
            "{thing}, {key}: base {base}, ours {ours}, theirs {theirs}",
            thing=ref,
            key=label,
            **dict(
                zip(
                    ("base", "ours", "theirs"),
                    (self._value_words(field, each) for each in values),
                    strict=True,
                )
            ),
        )
        name = field if member is None else f"{field}.{member}"
        return TouchedValue(str(ref), name, base, ours, theirs, translate(said, self.name))

    def _value_words(self, field: str, value: object) -> str:
        if value is None:
            return "–"
        if isinstance(value, bool):
            return translate(Sentence(YES if value else NO))
        if isinstance(value, str) and field in WORDS:
            return translate(Sentence(value))
        if isinstance(value, str) and FIELD_KINDS.get(field):
            return self.name(Ref.to(FIELD_KINDS[field], value))
        return self._plain_words(value)

    def _plain_words(self, value: object) -> str:
        plain = _plain(value)
        if plain is None:
            return translate(Sentence(NOTHING))
        if isinstance(plain, Mapping):
            return join_list(f"{key} {each}" for key, each in plain.items())
        return str(plain)


def _said(step: Step) -> Sentence:
    """What a step does, with its wave if that is not the first and its reason if there is one."""
    said = describe(step.change, step.was)
    if step.wave > 1:
        said = sentence(WITH_WAVE, said=said, wave=step.wave)
    return said if step.why is None else sentence(WITH_REASON, said=said, why=step.why)


def _written(step: Step) -> Mapping[str, object]:
    """A step as plans write it, without what it replaced and who made it."""
    about = {"wave": step.wave if step.wave > 1 else None, "why": step.why}
    return {
        **change_to_mapping(step.change),
        **{key: each for key, each in about.items() if each is not None},
    }


def _ref(table: str, key: Key) -> Ref:
    if table == "profile":
        return Ref.to("organization", "")
    if isinstance(key, str):
        return Ref.to(table, key)
    return accept_ref(key) if table == "accept" else Ref.to(table, ">".join(key))


def _value(table: str, field: str, member: object, value: object) -> object:
    """A part of a record as files hold it."""
    convert = WRITTEN.get((RECORD_TYPES[table], field))
    if value is None or convert is None:
        return _plain(value)
    if isinstance(member, str) and value is not True:
        written = convert({member: value})
        return written[member] if isinstance(written, Mapping) else written
    return _plain(convert(value))


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return record_to_entry(value)
    return to_plain_data(value)
