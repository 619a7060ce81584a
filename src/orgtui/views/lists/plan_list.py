"""The steps of a plan as rows, by wave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from orgtui.model.sentence import N_, Ref
from orgtui.views.base.cells import cell_len
from orgtui.views.base.row import Row, Span
from orgtui.views.base.scene import Scene
from orgtui.views.words.changes import PlanStep, describe_all, note_names

WAVE = N_("Wave {wave}")
CHANGES = N_("{changes:change|changes}")
NEW_MANAGERS = N_("{new_manager:person gets|people get} a new manager")


class PlanList:
    """Steps in order with reason and author, under a caption for each wave if there are several.

    A step that is made in several waves has a row in each. `new_managers` has how many people get a new
    manager in a wave, as far as it is known.
    """

    def __init__(
        self,
        scene: Scene,
        steps: Iterable[PlanStep],
        new_managers: Mapping[int, int] = MappingProxyType({}),
    ) -> None:
        self.scene = scene
        self._new_managers = new_managers
        self.show(steps)

    def show(self, steps: Iterable[PlanStep]) -> None:
        """Show other steps."""
        steps = list(steps)
        note_names(self.scene, (change for step in steps for change in step.changes))
        sizes: dict[int, int] = {}
        for step in steps:
            sizes[step.wave] = sizes.get(step.wave, 0) + 1
        self._sizes = sizes
        self._rows: list[PlanStep | int] = []
        wave = None
        for step in steps:
            if step.wave != wave and len(sizes) > 1:
                self._rows.append(step.wave)
            wave = step.wave
            self._rows.append(step)
        refs = reversed([*enumerate(map(_ref, self._rows))])
        self._index = {ref: index for index, ref in refs if ref is not None}
        self._digits = max((len(str(step.number)) for step in steps), default=1)

    def __len__(self) -> int:
        return len(self._rows)

    def ref(self, index: int) -> Ref | None:
        return _ref(self._rows[index])

    def index_of(self, ref: Ref) -> int | None:
        return self._index.get(ref)

    def row(self, index: int, width: int) -> Row:
        row = self._rows[index]
        if isinstance(row, int):
            words = self.scene.say(WAVE, wave=row)
            count = self.scene.say(CHANGES, changes=self._sizes[row])
            spans = [Span(words, "heading"), Span(f"  {count}", "dim")]
            if self._new_managers.get(row):
                said = self.scene.say(NEW_MANAGERS, new_manager=self._new_managers[row])
                spans.append(Span(f"  {said}", "dim"))
            return Row(None, tuple(spans))
        number = f"{row.number:>{self._digits}}  "
        did = describe_all(self.scene, row.changes)
        by = (Span(row.who, "dim"),) if row.who and cell_len(row.who) < width // 4 else ()
        why = f"  {self.scene.signs.reason} {row.why}" if row.why else ""
        return Row(_ref(row), (Span(number, "number"), Span(did), Span(why, "dim")), by)


def _ref(row: PlanStep | int) -> Ref | None:
    return None if isinstance(row, int) else Ref.to("step", str(row.number))
