"""Where commands write: nothing of another kind is lost, nor what somebody planned."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.running import Program
from tests.cli.test_apply import put_people_aside
from tests.support import FOUR_DIVISIONS, STARTUP


@pytest.mark.parametrize("held", ["person,annual_cost\nli-na,1\n", "[plan]\n", "\x00"])
def test_an_organisation_is_not_put_over_something_else(orgtui: Program, tmp_path: Path, held: str) -> None:
    other = tmp_path / "other"
    other.write_text(held, encoding="utf-8")
    for rebase in ((), ("--rebase",)):
        said = orgtui.refuses("apply", STARTUP, FOUR_DIVISIONS, "-o", other, *rebase)
        assert said == [f"orgtui: {other} is there and is no organisation"]
    assert other.read_text(encoding="utf-8") == held


def test_a_plan_is_not_put_over_something_else(orgtui: Program, tmp_path: Path) -> None:
    other = Path(shutil.copy(STARTUP, tmp_path))
    assert orgtui.refuses("fix", STARTUP, "-o", other) == [f"orgtui: {other} is there and is no plan"]
    assert other.read_bytes() == STARTUP.read_bytes()


def test_an_organisation_may_take_the_place_of_the_one_it_comes_from(orgtui: Program, tmp_path: Path) -> None:
    own = Path(shutil.copy(STARTUP, tmp_path))
    kept = tmp_path / "startup_a.earlier-1.toml"
    ran = orgtui("apply", own, FOUR_DIVISIONS, "-o", own)
    assert (ran.status, ran.err) == (
        0,
        f"{own} is written\norgtui: what was in {own} is kept as {kept}\n",
    )
    assert own.read_bytes() != STARTUP.read_bytes() == kept.read_bytes()


def test_any_organisation_and_its_people_are_kept_where_others_take_their_place(
    orgtui: Program, tmp_path: Path
) -> None:
    other, people = tmp_path / "other.toml", tmp_path / "people.csv"
    put_people_aside(STARTUP, other)
    before = [each.read_bytes() for each in (people, other)]
    ran = orgtui("apply", other, FOUR_DIVISIONS, "-o", other, "--rebase")
    kept = [tmp_path / "people.earlier-1.csv", tmp_path / "other.earlier-1.toml"]
    assert ran.status == 0
    assert ran.err.splitlines()[1:] == [
        f"{other} is written",
        *(
            f"orgtui: what was in {each} is kept as {copy}"
            for each, copy in zip((people, other), kept, strict=True)
        ),
    ]
    assert [each.read_bytes() for each in kept] == before


@pytest.mark.parametrize(
    "arguments", [("fix", STARTUP), ("apply", STARTUP, FOUR_DIVISIONS)], ids=["fix", "apply"]
)
def test_an_empty_file_is_filled(orgtui: Program, tmp_path: Path, arguments: tuple[str | Path, ...]) -> None:
    new = tmp_path / "new.toml"
    new.touch()
    assert orgtui(*arguments, "-o", new).status == 0
    assert new.stat().st_size > 0


@pytest.mark.parametrize("suffixes", [".plan.toml", ""])
def test_the_plan_that_fixes_take_the_place_of_is_kept(
    orgtui: Program, tmp_path: Path, suffixes: str
) -> None:
    plan = Path(shutil.copy(FOUR_DIVISIONS, tmp_path / f"team{suffixes}"))
    earlier = [tmp_path / f"team.earlier-{number}{suffixes}" for number in (1, 2)]
    for kept in earlier:
        ran = orgtui("fix", STARTUP, "-o", plan)
        assert (ran.status, ran.err) == (0, f"orgtui: the plan that was in {plan} is kept as {kept}\n")
        assert kept.read_bytes() == FOUR_DIVISIONS.read_bytes()
        shutil.copy(FOUR_DIVISIONS, plan)
    assert sorted(tmp_path.iterdir()) == sorted([plan, *earlier])


def test_fixes_that_go_on_from_a_plan_or_make_the_same_again_leave_no_other(
    orgtui: Program, tmp_path: Path
) -> None:
    plan = tmp_path / "team.plan.toml"
    for going_on in ((), (), ("--plan", plan), ("--plan", plan, "--decisions")):
        assert orgtui("fix", STARTUP, *going_on, "-o", plan).err == ""
    assert list(tmp_path.iterdir()) == [plan]
