"""The header: the numbers then, now and as they would be, in as many cells as there are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orgtui.model.records import Acceptance, Team
from orgtui.rules.assessment import Difference
from orgtui.views.base.cells import cell_len
from orgtui.views.base.signs import ASCII, UNICODE, Signs
from orgtui.views.scoreboard import Scoreboard, Sizes, count_by_severity, counts_after, sizes
from orgtui.views.words.plan_header import HeaderNote
from tests.views.screen import come, gone, organization, reported, scene

ERRORS = [reported("error", "P101", f"stage:{number}") for number in range(4)]
WARNINGS = [reported("warning", "P203", f"team:{number}") for number in range(21)]
ADVICE = [reported("advice", "P207", f"team:{number}") for number in range(6)]
ALL = [*ERRORS, *WARNINGS, *ADVICE]


def scoreboard(signs: Signs = UNICODE) -> Scoreboard:
    title = ("Startup A Marketing", "Four divisions")
    here = scene(organization(Team("root", "Marketing")), signs=signs)
    board = Scoreboard(here, title, ALL, count_by_severity(ALL), Sizes(teams=9, pairs=36))
    board.peers = ("chen +1",)
    return board


def mended(signs: Signs = UNICODE) -> Scoreboard:
    board = scoreboard(signs)
    board.patch(Difference((*gone(*ERRORS[:2]).pairs, *gone(*WARNINGS[:7]).pairs)), Sizes(6, 15, moved=11))
    return board


def text(board: Scoreboard, width: int) -> str:
    return "".join(span.text for span in board.words(width))


def words(board: Scoreboard, width: int) -> str:
    return " ".join(text(board, width).split())


def test_at_first_there_is_nothing_to_compare() -> None:
    assert text(scoreboard(), 100) == (
        " Startup A Marketing › Four divisions   ✖ 4  ▲ 21  ● 6   teams 9  pairs 36                  chen +1 "
    )


def test_later_it_says_what_was() -> None:
    assert words(mended(), 120) == (
        "Startup A Marketing › Four divisions ✖ 2 ▲ 14 ● 6 was 4/21/6 teams 9→6 pairs 36→15 moved 11 chen +1"
    )


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (100, "Startup A Marketing › Four divisi… ✖ 2 ▲ 14 ● 6 was 4/21/6 teams 9→6 pairs 36→15 moved 11"),
        (80, "Startup A Mar… ✖ 2 ▲ 14 ● 6 was 4/21/6 teams 9→6 pairs 36→15 moved 11"),
        (60, "Startup A Ma… ✖ 2 ▲ 14 ● 6 was 4/21/6 teams 9→6 moved 11"),
        (40, "Startup A Ma… ✖ 2 ▲ 14 ● 6 was 4/21/6"),
    ],
)
def test_on_a_short_line_the_title_and_who_is_here_give_way_to_numbers(width: int, shown: str) -> None:
    assert words(mended(), width) == shown
    assert cell_len(text(mended(), width)) == width


def test_who_is_here_is_said_in_the_longest_wording_that_fits() -> None:
    board = mended()
    board.peers = ("+chen +li +zhang +wang +zhao", "+5")
    assert words(board, 130).endswith("moved 11 +chen +li +zhang +wang +zhao")
    assert words(board, 100).endswith("moved 11 +5")
    assert cell_len(text(board, 100)) == 100


def test_no_number_is_left_out_of_a_preview_at_the_usual_least_width() -> None:
    board = mended()
    board.preview(gone(*ERRORS[2:3]), Sizes(10, 45, moved=12))
    assert words(board, 80).endswith("✖ 2→1 ▲ 14 ● 6 was 4/21/6 teams 9→10 pairs 36→45 moved 12")
    assert cell_len(text(board, 80)) == 80


def test_a_preview_shows_the_numbers_as_they_would_be() -> None:
    board = mended()
    now = text(board, 120)
    board.preview(
        Difference((*gone(ERRORS[2]).pairs, *come(reported("advice", "C103", "team:x")).pairs)),
        Sizes(5, 10, moved=12),
    )
    assert words(board, 120) == (
        "Startup A Marketing › Four divisions ✖ 2→1 ▲ 14 ● 6→7 was 4/21/6"
        " teams 9→5 pairs 36→10 moved 12 chen +1"
    )
    meant = {span.text.strip(): span.role for span in board.words(120)}
    assert (meant["2→1"], meant["14"], meant["6→7"]) == ("better", "number", "worse")
    board.end_preview()
    assert text(board, 120) == now


def test_ascii_signs() -> None:
    assert "E 2  W 14  A 6   was 4/21/6   teams 9->6" in text(mended(ASCII), 120)


def test_accepted_findings_do_not_count() -> None:
    accepted = replace(ERRORS[0], acceptance=Acceptance("P101", ("stage:0",), "Sales will own it"))
    assert count_by_severity([*ALL[1:], accepted]) == {"error": 3, "warning": 21, "advice": 6}
    assert counts_after(count_by_severity(ALL), Difference(((ERRORS[0], accepted),)))["error"] == 3


def test_sizes_are_read_from_a_state() -> None:
    now = scene(organization(Team("root", "R"), *(Team(name, name, "root") for name in "abc")))
    assert sizes(now.view, moved=2) == Sizes(teams=3, pairs=3, moved=2)


def test_what_is_decided_is_said_in_few_words_where_room_is_short_and_goes_last() -> None:
    board = mended()
    board.decisions = (
        HeaderNote("status", "approved", "approved"),
        HeaderNote("reviewed", "37 of 52 reviewed", "rev. 37/52"),
        HeaderNote("wave", "changes go into wave 2", "wave 2"),
    )
    assert "moved 11 approved 37 of 52 reviewed changes go into wave 2" in words(board, 160)
    assert words(board, 110).endswith("moved 11 approved rev. 37/52 wave 2")
    assert words(board, 80).endswith("was 4/21/6 teams 9→6 moved 11 approved rev. 37/52")
    assert cell_len(text(board, 80)) == 80
