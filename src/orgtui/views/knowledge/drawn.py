"""Whether rows are shown as a picture; what draws it is imported once one is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgtui.views.base.row import Rows

if TYPE_CHECKING:
    from orgtui.views.knowledge.picture import Drawing


def drawing_of(rows: Rows) -> Drawing | None:
    """The picture that rows are shown as now, by their `drawing`; None while they are shown as rows.

    Asked for each key: looking the attribute up is far quicker than asking a protocol whether it is there.
    """
    drawing: Drawing | None = getattr(rows, "drawing", None)
    return drawing
