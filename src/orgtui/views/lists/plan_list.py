"""The steps of a plan as rows, by wave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from orgtui.model.sentence import N_, Ref, Sentence
from orgtui.views.base.cells import cell_len
from orgtui.views.base.row import Row, Span
from orgtui.views.base.scene import Scene
from orgtui.views.lists.wave_page import NEW_MANAGERS, WaveFacts, wave_ref, wave_title
from orgtui.views.words.changes import PlanStep, describe_all, note_names

CHANGES = N_("{changes:change|changes}")
MOVES = N_("moves: {people}")
MOVES_MORE = N_("moves: {people}, +{more}")

NAMED_MAX = 40
"""So many names are said in full; the page of the wave has all."""

MARGIN = "   "
"""Before the names below a caption."""


@dataclass(frozen=True, slots=True)
class _Movers:
    """The row below a caption, with who moves in the wave."""

    wave: int


class PlanList:
    """Steps in order with reason and author, under a caption for each wave if there are several.

    A step that is made in several waves has a row in each. `waves` has what is said of a wave, as far as it
    is known; one that has a name or a day has a caption in any case.
    """

    def __init__(
        self,
        scene: Scene,
        steps: Iterable[PlanStep],
        waves: Mapping[int, WaveFacts] = MappingProxyType({}),
    ) -> None:
        self.scene = scene
        self._waves = waves
        self.show(steps)

    def show(self, steps: Iterable[PlanStep]) -> None:
        """Show other steps."""
        steps = list(steps)
        note_names(self.scene, (change for step in steps for change in step.changes))
        by_wave: dict[int, list[PlanStep]] = {}
        for step in steps:
            by_wave.setdefault(step.wave, []).append(step)
        described = [wave for wave, facts in self._waves.items() if facts.is_described]
        for wave in described:
            by_wave.setdefault(wave, [])
        has_captions = len(by_wave) > 1 or bool(described)
        self._sizes = {wave: len(made) for wave, made in by_wave.items()}
        self._rows: list[PlanStep | _Movers | int] = []
        for wave, made in sorted(by_wave.items()):
            if has_captions:
                self._rows += self._captions(wave)
            self._rows += made
        refs = reversed([*enumerate(map(_ref, self._rows))])
        self._index = {ref: index for index, ref in refs if ref is not None}
        self._digits = max((len(str(step.number)) for step in steps), default=1)

    def _captions(self, wave: int) -> Iterator[_Movers | int]:
        yield wave
        if wave in self._waves and self._waves[wave].moved:
            yield _Movers(wave)

    def __len__(self) -> int:
        return len(self._rows)

    def ref(self, index: int) -> Ref | None:
        return _ref(self._rows[index])

    def index_of(self, ref: Ref) -> int | None:
        return self._index.get(ref)

    def row(self, index: int, width: int) -> Row:
        row = self._rows[index]
        if isinstance(row, int):
            return Row(_ref(row), tuple(self._caption(row)))
        if isinstance(row, _Movers):
            return Row(None, (Span(MARGIN), Span(self._movers(row.wave, width - len(MARGIN)), "dim")))
        number = f"{row.number:>{self._digits}}  "
        did = describe_all(self.scene, row.changes)
        by = (Span(row.who, "dim"),) if row.who and cell_len(row.who) < width // 4 else ()
        why = f"  {self.scene.signs.reason} {row.why}" if row.why else ""
        return Row(_ref(row), (Span(number, "number"), Span(did), Span(why, "dim")), by)

    def _caption(self, wave: int) -> Iterator[Span]:
        facts = self._waves.get(wave, WaveFacts())
        yield Span(self.scene.translate(wave_title(wave, facts)), "heading")
        yield Span(f" · {self.scene.say(CHANGES, changes=self._sizes[wave])}", "dim")
        if facts.new_managers:
            yield Span(f" · {self.scene.say(NEW_MANAGERS, new_manager=facts.new_managers)}", "dim")
        if facts.shock is not None:
            severity = facts.shock.severity
            sign = f"{self.scene.signs.severity(severity)} {facts.shock.finding.code}"
            yield Span(f" · {sign}", severity if facts.shock.counts else "dim")

    def in_full(self, index: int, width: int) -> Sentence | None:
        """All who move in the wave of a caption, as far as its row in `width` cells only counts them."""
        row = self._rows[index]
        if not isinstance(row, int) or row not in self._waves:
            return None
        moved = self._waves[row].moved
        said = _named([Ref.to("person", person) for person, *_ in moved[:NAMED_MAX]], len(moved[NAMED_MAX:]))
        fits = cell_len(self.scene.translate(said)) <= width - len(MARGIN)
        return None if fits or not moved else said

    def _movers(self, wave: int, room: int) -> str:
        """Who moves in a wave, in `room` cells: names that do not fit are counted."""
        moved = [Ref.to("person", person) for person, *_ in self._waves[wave].moved]
        words = self.scene.translate(_named(moved[:1], len(moved) - 1))
        for count in range(2, len(moved) + 1):
            longer = self.scene.translate(_named(moved[:count], len(moved) - count))
            if cell_len(longer) > room:
                break
            words = longer
        return words


def _named(people: list[Ref], more: int) -> Sentence:
    """Who moves, and how many more."""
    named = tuple(people)
    return (
        Sentence(MOVES_MORE, {"people": named, "more": more}) if more else Sentence(MOVES, {"people": named})
    )


def _ref(row: PlanStep | _Movers | int) -> Ref | None:
    if isinstance(row, _Movers):
        return None
    return wave_ref(row) if isinstance(row, int) else Ref.to("step", str(row.number))
