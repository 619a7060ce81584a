"""Pay on screen: read when asked for, shown beside its budgets, and gone without a trace."""

from __future__ import annotations

import resource
from datetime import date
from pathlib import Path

import pytest

from orgtui.changes.refusal import Refused
from orgtui.files.disk.csv_cells import read_rows
from orgtui.model import records as r
from orgtui.session.plan.opening import open_session
from tests.changes.world import change
from tests.organizations import TODAY, write_small
from tests.tui.small import Driver, opened

PAY = "person,annual_cost\nchen,1000000\nli,700100\nzhang,200000\nxu,300000.50\nwang,654321\n"
AMOUNTS = ("654,321", "654321", "1,200,100", "2,854,421", "200,000", "700,100")


def write(folder: Path, pay: str = PAY) -> None:
    small = write_small(
        folder,
        r.Profile("Acme Marketing", TODAY, "Everybody thinks of us first", date(2027, 2, 21), "CNY"),
        r.Files(pay="pay.csv"),
        r.Team("brand", "Brand", "marketing", "li", ("coverage",), "weekly", 2000000),
        r.Team("growth", "Growth", "marketing", "wang", (), "weekly", 500000),
    )
    (folder / "pay.csv").write_text(pay, "utf-8")
    for path in (small, folder / "pay.csv"):
        path.chmod(0o600)


def row(driver: Driver, name: str) -> str:
    return next(row.rstrip() for row in driver.team_rows() if f" {name} " in row)


async def test_it_is_read_when_asked_for_and_hidden_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path)
    read: list[object] = []

    def noted(file: str, *others: object) -> object:
        read.append(file)
        return read_rows(file, *others)  # type: ignore[arg-type]

    monkeypatch.setattr("orgtui.files.pay_csv.read_rows", noted)
    async with opened(tmp_path) as driver:
        before = driver.lines
        assert read == []
        assert not any(amount in driver.text for amount in AMOUNTS)
        await driver.press("$")
        assert read == [str(tmp_path / "pay.csv")]
        assert driver.said == "Pay is shown on this screen only, in % of a budget; $ hides it"
        assert row(driver, "Growth").endswith("131%  1 ▲3")
        assert row(driver, "Brand").endswith("60%  3 ▲1")
        assert row(driver, "Marketing").endswith("2,854,422  5")
        assert "▲ S401 The seats of Growth cost CNY 654,321 a year; its budget is CNY 500,000" in driver.text
        await driver.press("z")
        assert row(driver, "Growth").endswith("654,321/500,000  1 ▲3")
        assert row(driver, "Brand").endswith("1,200,100/2,000,000  3 ▲1")
        await driver.press("z")
        assert "was" not in driver.lines[0]
        await driver.press("$")
        assert driver.said == "Pay is hidden"
        assert not any(amount in driver.text for amount in (*AMOUNTS, "S401"))
        assert driver.lines[:-1] == before[:-1]
        assert driver.workspace.session.assessment.policy.has_pay is False


async def test_pages_tell_it_only_while_it_is_shown(tmp_path: Path) -> None:
    write(tmp_path)
    async with opened(tmp_path) as driver:
        for shown in (False, True, False):
            for ref, told in (("team:growth", "CNY 654,321"), ("person:zhang", "CNY 200,000")):
                await driver.go(ref)
                await driver.press("enter")
                assert (told in driver.text) is shown
                assert ("Pay a year" in driver.text) is shown
                await driver.press("escape")
            await driver.press("$")


async def test_a_budget_can_be_set_where_nobody_s_pay_is_known(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("team:growth")
        await driver.press("enter")
        assert "Pay budget" in driver.text
        assert "Pay a year" not in driver.text


async def test_comparing_puts_it_against_budgets(tmp_path: Path) -> None:
    write(tmp_path)
    async with opened(tmp_path, size=(120, 60)) as driver:
        await driver.go("person:zhang")
        await driver.press("m", "m")
        await driver.type("Growth")
        await driver.press("enter", "enter")
        await driver.until(lambda: bool(driver.workspace.session.steps))
        await driver.press("c", "enter")
        assert "Pay" not in driver.text
        await driver.press("escape", "$", "c", "enter")
        assert "Pay a year" in driver.text
        assert "Growth  654,321 → CNY 854,321 of CNY 500,000" in driver.text
        assert "Brand  1,200,100.50 → CNY 1,000,100.50 of CNY 2,000,000" in driver.text


async def test_a_move_is_judged_by_it_before_it_is_made(tmp_path: Path) -> None:
    write(tmp_path, PAY.replace("wang,654321", "wang,400000"))
    async with opened(tmp_path) as driver:
        await driver.press("$")
        assert "S401" not in driver.text
        await driver.go("person:zhang")
        await driver.press("m", "m")
        await driver.type("Growth")
        await driver.press("enter")
        await driver.until(lambda: "S401 The seats of Growth cost CNY 600,000" in driver.text)
        await driver.press("enter")
        await driver.until(lambda: "120%  2" in row(driver, "Growth"))
        await driver.press("u")
        await driver.until(lambda: "80%" in row(driver, "Growth"))
        assert "S401" not in driver.text


async def test_a_pay_file_with_problems_is_told_and_nothing_is_shown(tmp_path: Path) -> None:
    write(tmp_path, "person,annual_cost\nwho,1\n")
    async with opened(tmp_path) as driver:
        await driver.press("$")
        assert "person (who)" in driver.said
        assert not driver.workspace.scene.shows_pay


async def test_without_a_pay_file_the_key_makes_one(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.press("$")
        assert "Pay file beside small.toml" in driver.text
        await driver.press("enter")
        made = tmp_path / "small.pay.csv"
        assert made.read_text("utf-8").splitlines()[:2] == ["person,annual_cost", "chen,0"]
        assert made.stat().st_mode & 0o777 == 0o600
        assert driver.said.startswith("Made small.pay.csv with 5 seats at 0")
        made.write_text(PAY, "utf-8")
        await driver.press("$")
        assert driver.workspace.scene.shows_pay
        await driver.press("$", "$")
        assert driver.workspace.scene.shows_pay, "it is asked for once"


async def test_a_pay_file_elsewhere_is_refused(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("$, ctrl+u, '../pay.csv, enter")
        assert "the path leaves the folder of this file" in driver.text
        assert not driver.workspace.scene.shows_pay


async def test_files_that_everybody_can_read_are_warned_of_when_opened(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "pay.csv").chmod(0o644)
    async with opened(tmp_path) as driver:
        await driver.until(lambda: "Before you begin" in driver.text)
        assert "everybody on this computer can read" in driver.text
        await driver.press("escape")
        assert "Before you begin" not in driver.text


async def test_shown_pay_is_neither_logged_nor_planned(tmp_path: Path) -> None:
    write(tmp_path)
    async with opened(tmp_path) as driver:
        await driver.press("$")
        await driver.go("person:zhang")
        await driver.press("m", "m")
        await driver.type("Growth")
        await driver.press("enter", "enter")
        await driver.until(lambda: bool(driver.workspace.session.steps))
        await driver.press("q")
    plan = (tmp_path / "small.plan.toml").read_text("utf-8")
    log = (tmp_path / "small.plan.log").read_text("utf-8")
    assert "[summary]" in plan
    for text in (plan, log):
        assert "move_person" in text
        assert "S401" not in text
        assert not any(amount in text for amount in AMOUNTS)


async def test_a_cost_that_is_accepted_is_accepted_for_everybody(tmp_path: Path) -> None:
    write(tmp_path)
    async with opened(tmp_path) as driver:
        other = open_session(tmp_path / "small.toml").session
        accept = change("accept", code="S401", subjects=["team:growth"], why="Until spring", by="chen")
        with pytest.raises(Refused):
            driver.workspace.session.do([accept])
        await driver.press("$")
        driver.workspace.session.do([accept])
        assert driver.workspace.session.assessment.accepted() == 1
        other.catch_up()
        assert ("S401", "team:growth") in other.organization.acceptances
        assert other.assessment.accepted() == 0
        assert not other.assessment.policy.has_pay
        other.close()
        await driver.press("q")
    plan = (tmp_path / "small.plan.toml").read_text("utf-8")
    assert 'why = "Until spring"' in plan
    assert not any(amount in plan for amount in AMOUNTS)


async def test_while_it_is_shown_no_core_is_dumped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path)
    limits: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr(resource, "setrlimit", lambda *limit: limits.append(limit))
    async with opened(tmp_path) as driver:
        assert limits == []
        await driver.press("$")
        assert limits == [(resource.RLIMIT_CORE, (0, 0))]
