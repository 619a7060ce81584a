"""A pane shows a window of rows, follows its cursor, and paints no more than what changed."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from textual.strip import Strip

from orgtui.model.sentence import Ref
from orgtui.tui.widgets.pane import Pane, window_top
from tests.tui.fakes import PLAIN, Listed, OneWidget, lines, numbered, repainted, strips

SIZE = (24, 6)


def pane_of(rows: Listed) -> tuple[Pane, OneWidget]:
    pane = Pane("teams", "1 Teams", rows, PLAIN)
    pane.active = True
    return pane, OneWidget(pane, SIZE)


async def test_shows_title_and_rows_with_text_kept_right() -> None:
    _, app = pane_of(Listed(["Brand", "王磊", "Growth"]))
    async with app.run_test(size=SIZE):
        assert lines(app.screen) == [
            " 1 Teams ───────────────",
            "    Brand              5",
            "    王磊               2",
            "    Growth             6",
            "",
            "",
        ]


async def test_words_only_the_rows_on_screen_however_many_there_are() -> None:
    rows = numbered(100_000)
    pane, app = pane_of(rows)
    async with app.run_test(size=SIZE):
        pane.move_to(50_000)
        assert set(rows.asked) <= {*range(5), *range(49_996, 50_001)}


async def test_a_step_repaints_two_lines() -> None:
    pane, app = pane_of(numbered(20))
    async with app.run_test(size=SIZE):
        repainted(pane)
        assert pane.move(1)
        assert {(region.y, region.height) for region in repainted(pane)} == {(1, 1), (2, 1)}


async def test_a_step_beyond_the_window_scrolls_by_one_and_words_one_row() -> None:
    rows = numbered(20)
    pane, app = pane_of(rows)
    async with app.run_test(size=SIZE):
        pane.move_to(4)
        rows.asked.clear()
        pane.move(1)
        assert (pane.top, pane.cursor, rows.asked) == (1, 5, [5])


async def test_a_related_row_repaints_the_gutter() -> None:
    pane, app = pane_of(numbered(20))
    async with app.run_test(size=SIZE):
        repainted(pane)
        pane.related = {Ref("team:row 2")}
        pane.repaint()
        assert {tuple(region) for region in repainted(pane)} == {(0, 3, 1, 1)}
        assert lines(app.screen)[3].startswith("›   row 2")


async def test_marks_are_said_by_signs() -> None:
    pane, app = pane_of(numbered(4))
    async with app.run_test(size=SIZE):
        pane.marked = {Ref("team:row 0")}
        pane.carried = {Ref("team:row 1")}
        pane.related = {Ref("team:row 0"), Ref("team:row 2")}
        pane.repaint()
        assert [line[:1] for line in lines(app.screen)[1:5]] == ["■", "▣", "›", " "]


async def test_new_words_repaint_only_rows_that_read_otherwise() -> None:
    rows = numbered(20)
    pane, app = pane_of(rows)
    async with app.run_test(size=SIZE):
        repainted(pane)
        rows.names[3] = "changed"
        pane.reload()
        assert {region.y for region in repainted(pane)} == {4}
        assert "changed" in lines(app.screen)[4]


async def test_cursor_stays_on_its_thing_when_rows_come_before_it() -> None:
    rows = numbered(20)
    pane, app = pane_of(rows)
    async with app.run_test(size=SIZE):
        pane.move_to(3)
        rows.names[:0] = ["a", "b"]
        pane.reload(keep=Ref("team:row 3"))
        assert pane.ref == "team:row 3"
        assert pane.cursor - pane.top == 3


async def test_cursor_lands_on_what_is_left() -> None:
    rows = numbered(20)
    pane, app = pane_of(rows)
    async with app.run_test(size=SIZE):
        pane.move_to(19)
        del rows.names[2:]
        pane.reload(keep=Ref("team:row 19"))
        assert (pane.cursor, pane.top, pane.ref) == (1, 0, "team:row 1")


async def test_no_rows_at_all() -> None:
    pane, app = pane_of(numbered(0))
    async with app.run_test(size=SIZE):
        assert not pane.move(1)
        assert pane.ref is None
        assert lines(app.screen)[1:] == [""] * 5


async def test_the_cursor_hides_where_the_keys_are_not() -> None:
    pane, app = pane_of(numbered(3))
    async with app.run_test(size=SIZE):

        def reversed_lines() -> list[int]:
            shown = strips(app.screen)
            return [y for y, strip in enumerate(shown) if any(s.style and s.style.reverse for s in strip)]

        assert reversed_lines() == [0, 1]
        pane.set_active(False)
        assert reversed_lines() == []


@given(
    top=st.integers(-40, 80),
    count=st.integers(0, 60),
    page=st.integers(1, 20),
    data=st.data(),
)
def test_the_window_shows_the_cursor_and_no_empty_end(
    top: int, count: int, page: int, data: st.DataObject
) -> None:
    cursor = data.draw(st.integers(0, max(0, count - 1)))
    found = window_top(top, cursor, page, count)
    assert 0 <= found <= cursor < found + page
    assert found + page <= max(count, page)
    shown = 0 <= top <= cursor < top + page and top + page <= max(count, page)
    assert found == top or not shown


async def test_whose_cursor_is_on_a_row_is_named_at_its_right() -> None:
    pane, app = pane_of(numbered(20))
    async with app.run_test(size=SIZE):
        before = lines(app.screen)
        repainted(pane)
        pane.show_peer_cursors({Ref("team:row 2"): "li", Ref("team:row 1000"): "wang"})
        assert {region.y for region in repainted(pane)} == {3}
        assert lines(app.screen)[3] == "    row 2          5 ◂li"
        pane.show_peer_cursors({Ref("team:row 2"): "li", Ref("team:row 1000"): "zhang"})
        assert repainted(pane) == set(), "nobody sees what is on a row far away"
        pane.show_peer_cursors({})
        assert lines(app.screen) == before


class Wrapping(Pane):
    """A pane that shows in several lines what is cut in one."""

    wraps = True


LONG = ["Brand", "a row that is much longer than one line has room for", "Growth", "Field", "SDR", "PR"]


async def test_a_wrapping_pane_shows_long_rows_below_themselves() -> None:
    pane = Wrapping("list", "List", Listed(LONG), PLAIN)
    pane.active = True
    app = OneWidget(pane, SIZE)
    async with app.run_test(size=SIZE):
        assert lines(app.screen)[1:] == [
            "    Brand              5",
            "    a row that is     52",
            "      much longer",
            "      than one line",
            "      has room for",
        ]
        assert [pane.line_of(index) for index in (0, 1, 2)] == [1, 2, 6]
        assert pane.lines_of(pane.rows, SIZE[0], 99) == 9
        pane.move_to(2)
        assert lines(app.screen)[-1] == "    Growth             6", "the whole row of the cursor is on screen"
        pane.move_to(1)
        assert lines(app.screen)[1].startswith("    a row that is")


async def test_the_row_of_the_cursor_is_on_screen_however_long_the_rows_are() -> None:
    chance = Random(7)
    pane = Wrapping(
        "list", "List", Listed([f"{at} " + "x " * chance.randint(0, 45) for at in range(12)]), PLAIN
    )
    pane.active = True
    app = OneWidget(pane, SIZE)
    async with app.run_test(size=SIZE):
        for step in (*[1] * 12, *[-1] * 12, *(chance.randint(-5, 5) for _ in range(40))):
            pane.move(step)
            shown = lines(app.screen)[1:]
            assert any(line.startswith(f"    {pane.cursor} ") for line in shown), (pane.cursor, shown)


async def test_what_is_cut_is_known_in_full() -> None:
    pane, app = pane_of(Listed(LONG))
    async with app.run_test(size=SIZE):
        assert not pane.cut_text
        pane.move_to(1)
        assert "".join(span.text for span in pane.cut_text) == f"{LONG[1]}  52"


async def test_a_cover_is_shown_over_the_last_lines() -> None:
    pane, app = pane_of(Listed(LONG[2:]))
    pane.cover = lambda width: [Strip([Segment("covered".ljust(width))])]
    async with app.run_test(size=SIZE):
        assert [line.strip() for line in lines(app.screen)[3:]] == [
            "SDR                3",
            "PR                 2",
            "covered",
        ]
