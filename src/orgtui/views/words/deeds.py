"""What was just done, in a sentence: changes made, taken back, made again or taken out of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from orgtui.changes.base import Change
from orgtui.changes.plan_operations import Decision
from orgtui.locales import current_language, translate
from orgtui.locales.language import ENGLISH
from orgtui.model.sentence import N_, Count, Ref, Sentence, sentence
from orgtui.model.store import Organization
from orgtui.views.base.scene import Scene
from orgtui.views.words.changes import TOGETHER, describe
from orgtui.views.words.decisions import describe_decision

DeedKind = Literal[
    "do", "redo", "restore", "undo", "drop", "place", "unplace", "decide", "redecide", "undecide"
]
"""What became of changes: `restore` takes back a `drop`, which took them out of the plan, and `unplace` a
`place`, which put them into another wave. A decision about the plan is made, made again and taken back."""

DEEDS: Mapping[DeedKind, str] = {
    "do": N_("{did}"),
    "redo": N_("Did again: {did}"),
    "restore": N_("Took back into the plan: {did}"),
    "undo": N_("Took back: {did}"),
    "drop": N_("Taken out of the plan: {did}"),
    "place": N_("In the other wave again: {did}"),
    "unplace": N_("Back in the wave before: {did}"),
    "decide": N_("{did}"),
    "redecide": N_("Did again: {did}"),
    "undecide": N_("Took back: {did}"),
}

MAKING: frozenset[DeedKind] = frozenset(("do", "redo", "restore"))
"""The deeds that make the changes."""
PLACING: frozenset[DeedKind] = frozenset(("place", "unplace"))
"""The deeds before and after which the changes are made; the others unmake them."""

COUNTS: Mapping[str, str] = {
    "person": N_("{count:person|people}"),
    "team": N_("{count:team|teams}"),
    "function": N_("{count:function|functions}"),
    "goal": N_("{count:goal|goals}"),
    "stage": N_("{count:stage|stages}"),
    "area": N_("{count:area|areas}"),
    "department": N_("{count:department|departments}"),
    "mission": N_("{count:mission|missions}"),
    "skill": N_("{count:skill|skills}"),
    "tool": N_("{count:tool|tools}"),
}
"""By kind of record, how several are counted."""

NAMED_MAX = 2
"""So many things that share a sentence are named; more are counted."""

SENTENCES_MAX = 2
"""So many sentences are said of what was done at once; further changes are counted."""


class Deed:
    """Changes, or a `decision`, and what became of them, to be made between calls of `before` and `after`.

    Names are those of the state in which the changes are yet to be made, as who left has none in the other;
    what only the changes made has its name from the other state.
    """

    def __init__(
        self, kind: DeedKind, changes: Sequence[Change] = (), decision: Decision | None = None
    ) -> None:
        self.kind = kind
        self.changes = changes
        self.decision = decision
        self._told: list[Sentence] = []
        self._names: list[Mapping[Ref, str]] = []

    def before(self, scene: Scene) -> None:
        """Note what words need of the state before the deed."""
        if self.kind in MAKING:
            self._tell(scene.organization)
        self._note_names(scene)

    def after(self, scene: Scene) -> Sentence:
        """What was done, to be called in the state after it."""
        if self.decision is not None:
            said = translate(describe_decision(self.decision), scene.names)
            return Sentence(
                DEEDS[self.kind], {"did": _as_a_sentence(said) if self.kind == "decide" else said}
            )
        if self.kind in PLACING:
            self._told = [describe(each) for each in self.changes]
        elif self.kind not in MAKING:
            self._tell(scene.organization)
        self._note_names(scene)
        names = self._names if self.kind in MAKING else self._names[::-1]
        did = _did(_in_few_words(self._told), names, scene)
        return Sentence(DEEDS[self.kind], {"did": _as_a_sentence(did) if self.kind == "do" else did})

    def _tell(self, unchanged: Organization) -> None:
        self._told = [describe(each, each.replaced_values(unchanged)) for each in self.changes]

    def _note_names(self, scene: Scene) -> None:
        refs = {ref for each in self._told or map(describe, self.changes) for ref in _refs(each)}
        self._names.append({ref: scene.names(ref) for ref in refs})


def _did(told: Sequence[Sentence], names: Sequence[Mapping[Ref, str]], scene: Scene) -> str:
    """The sentences in one line; further ones than there is room for are counted."""

    def name(ref: Ref) -> str:
        known = (each[ref] for each in names if ref in each)
        return next((found for found in known if found != ref.id), None) or scene.names(ref)

    words = [translate(each, name) for each in told]
    did, more = TOGETHER.join(words[:SENTENCES_MAX]), len(words) - SENTENCES_MAX
    if more <= 0:
        return did
    return translate(sentence("{did}, and {more:more change|more changes}", did=did, more=more))


def _as_a_sentence(did: str) -> str:
    """What was done with a capital where the language has them: templates begin with a verb."""
    return did[:1].upper() + did[1:] if current_language() == ENGLISH else did


def _in_few_words(told: Iterable[Sentence]) -> list[Sentence]:
    """The sentences, those that differ in one thing only as one about all of these things."""
    groups: list[list[Sentence]] = []
    for each in told:
        group = next((group for group in groups if _differing([*group, each]) is not None), None)
        if group is None:
            groups.append([each])
        else:
            group.append(each)
    return [_shortened(_joined(group)) for group in groups]


def _joined(group: Sequence[Sentence]) -> Sentence:
    """One sentence about all things in which those of a group differ."""
    first, key = group[0], _differing(group)
    if key is None:
        return first
    return Sentence(first.template, {**first.params, key: tuple(each.params[key] for each in group)})


def _differing(group: Sequence[Sentence]) -> str | None:
    """The only parameter in which sentences differ from the first of them; None if there is none.

    It refers to the same kind of thing in all of them.
    """
    keys = {_difference(group[0], each) for each in group[1:]}
    return keys.pop() if len(keys) == 1 else None


def _difference(one: Sentence, other: Sentence) -> str | None:
    """The only parameter in which two sentences differ, if it refers to the same kind of thing in both."""
    if one.template != other.template or one.params.keys() != other.params.keys():
        return None
    keys = [key for key in one.params if one.params[key] != other.params[key]]
    if len(keys) != 1:
        return None
    this, that = one.params[keys[0]], other.params[keys[0]]
    is_alike = isinstance(this, Ref) and isinstance(that, Ref) and this.kind == that.kind in COUNTS
    return keys[0] if is_alike else None


def _shortened(told: Sentence) -> Sentence:
    """A sentence in which lists of many things are counted."""
    return Sentence(told.template, {key: _counted(value) for key, value in told.params.items()})


def _counted(value: object) -> object:
    match value:
        case Sentence():
            return _shortened(value)
        case tuple() if len(value) > NAMED_MAX and isinstance(value[0], Ref):
            kinds = {each.kind for each in value}
            kind = kinds.pop()
            if not kinds and kind in COUNTS:
                return Count(COUNTS[kind], {"count": len(value)})
    return value


def _refs(told: Sentence) -> Iterator[Ref]:
    """What a sentence refers to."""
    left: list[object] = [told]
    while left:
        match left.pop():
            case Ref() as ref:
                yield ref
            case Sentence(params=params):
                left += params.values()
            case tuple() as several:
                left += several
