"""Lines of text as the rows of a pane or a prompt."""

from __future__ import annotations

from collections.abc import Sequence

from orgtui.model.sentence import Ref
from orgtui.views.base.row import Row, Span


class Notes:
    """Lines of text as rows without a reference."""

    def __init__(self, lines: Sequence[Sequence[Span]] = ()) -> None:
        self.lines = lines

    def __len__(self) -> int:
        return len(self.lines)

    def ref(self, index: int) -> Ref | None:
        return None

    def row(self, index: int, width: int) -> Row:
        return Row(None, tuple(self.lines[index]))

    def index_of(self, ref: Ref) -> int | None:
        return None
