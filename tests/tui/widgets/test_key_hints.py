"""Which hints of keys are shown where not all have room."""

from __future__ import annotations

import pytest

from orgtui.tui.widgets.key_hints import Hint, fitting

HINTS = [Hint(" a add ", True), Hint(" L lead ", False), Hint(" x fix ", True), Hint(" u undo ", False, True)]


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (30, " a add  L lead  x fix  u undo "),
        (29, " a add  x fix  u undo "),
        (15, " a add  u undo "),
        (14, " u undo "),
        (7, ""),
    ],
)
def test_what_stays_is_first_then_what_works_and_all_in_its_order(width: int, shown: str) -> None:
    assert "".join(hint.words for hint in fitting(HINTS, width)) == shown


def test_what_does_not_work_now_is_dim() -> None:
    assert [hint.span.role for hint in fitting(HINTS, 99)] == ["plain", "dim", "plain", "dim"]
