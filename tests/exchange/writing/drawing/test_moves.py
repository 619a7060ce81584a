"""Lines of moves: one a seat, then one a pair of boxes, then none."""

from __future__ import annotations

from orgtui.exchange.writing.drawing.moves import MOST_LINES, Spot, Spots, move_lines
from orgtui.exchange.writing.drawing.slots import STATES
from orgtui.exchange.writing.report import Structure
from tests.exchange.writing.handmade import seat, structure, team


def moving(people: int, teams: int) -> tuple[Structure, Structure, Spots]:
    """People who all move from one team to some others in turn, and where everything stands."""
    names = [f"to {number}" for number in range(teams)]
    seats = [seat(f"p{number}", mark="moved") for number in range(people)]
    before = structure([team("all", None), team("from", "all", seats)])
    after = structure(
        [team("all", None), *(team(name, "all", seats[at::teams]) for at, name in enumerate(names))]
    )
    kinds = [*(("team", name) for name in ("from", *names)), *(("seat", each.id) for each in seats)]
    spot = Spot(0, 100, 0, 100)
    return before, after, {state: dict.fromkeys(kinds, spot) for state in STATES}


def test_each_seat_has_a_line_up_to_the_limit() -> None:
    assert len(move_lines(*moving(MOST_LINES, 1))) == MOST_LINES


def test_beyond_it_each_pair_of_teams_has_one_that_is_thicker_for_more_people() -> None:
    few, many = move_lines(*moving(MOST_LINES + 1, 8)), move_lines(*moving(MOST_LINES + 17, 8))
    assert len(few) == len(many) == 8
    assert few[0].width < many[0].width


def test_beyond_that_many_pairs_there_are_none() -> None:
    assert len(move_lines(*moving(2 * MOST_LINES, MOST_LINES))) == MOST_LINES
    assert move_lines(*moving(2 * MOST_LINES, MOST_LINES + 1)) == []
