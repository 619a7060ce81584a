"""Every number and day at its limits: commands end in words, and sums stay exact."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import Program

EXTREMES = """format = 1
[organization]
name = "Case"
vision = "V"
as_of = 9999-12-31
review_on = 0001-01-01
[files]
pay = "pay.csv"
[[department]]
id = "d"
name = "D"
[[team]]
id = "t"
name = "T"
lead = "p"
pay_budget = 1e308
goals = ["g"]
[[team]]
id = "u"
name = "U"
parent = "t"
pay_budget = 9223372036854775807
[[team]]
id = "w"
name = "W"
parent = "t"
pay_budget = 5e-324
[team.focus]
function = "f"
review_on = 9999-12-31
[[function]]
id = "f"
name = "F"
team = "w"
difficulty = 5
[[person]]
id = "p"
name = "P"
team = "t"
functions = { f = 1.0 }
[[person]]
id = "q"
name = "Q"
team = "u"
fte = 0.0
[[goal]]
id = "g"
name = "G"
target = -1e308
[[request]]
from = "t"
to = "d"
topic = "x"
per_month = 1.7e308
[[request]]
from = "u"
to = "d"
topic = "x"
per_month = 1.7e308
[[request]]
from = "w"
to = "d"
topic = "x"
per_month = 9223372036854775807
"""
PAY = "person,annual_cost\np,999999999999999.25\nq,999999999999999.5\n"


@pytest.fixture
def extremes(tmp_path: Path) -> Path:
    path = tmp_path / "extremes.toml"
    path.write_text(EXTREMES, encoding="utf-8")
    (tmp_path / "pay.csv").write_text(PAY, encoding="utf-8")
    for each in tmp_path.iterdir():
        each.chmod(0o600)
    return path


@pytest.mark.parametrize("today", ["0001-01-01", "9999-12-31"])
def test_checks_at_both_ends_of_time(extremes: Path, capsys: pytest.CaptureFixture[str], today: str) -> None:
    ran = Program(capsys)("check", extremes, "--format", "json", "--with-pay", "--today", today)
    assert ran.status in (0, 1), ran.err
    assert ran.json["metrics"]["pay"] == 1999999999999998.75
    assert ran.json["metrics"]["fte"] == 1


def test_what_mends_it_can_be_applied_and_compared(
    extremes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program, plan, after = (
        Program(capsys),
        extremes.with_name("a.plan.toml"),
        extremes.with_name("after.toml"),
    )
    assert program("fix", extremes, "--decisions", "-o", plan).status == 0
    assert program("apply", extremes, plan, "-o", after).status == 0
    assert program("diff", extremes, after, "--format", "json").status in (0, 1)
