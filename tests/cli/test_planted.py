"""Links, pipes, folders and devices in the place of files: commands say so, wait for none, harm none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.running import Program
from tests.planted import PLANTS, Plant, a_dangling_link, a_link, in_time, what_stands
from tests.support import FOUR_DIVISIONS, SAMPLES

LINKS = (a_link, a_dangling_link)

TEAM = """\
format = 1
[organization]
name = "Team"
as_of = 2026-11-21
[files]
{files}
[[team]]
id = "team"
name = "Team"
"""


@pytest.fixture
def startup(tmp_path: Path) -> Path:
    return Path(shutil.copy(SAMPLES / "startup_a.toml", tmp_path / "startup_a.toml"))


@pytest.mark.parametrize("plant", PLANTS)
@pytest.mark.parametrize(
    "arguments", [("apply", "{org}", "{plan}", "-o"), ("fix", "{org}", "-o")], ids=["apply", "fix"]
)
def test_what_is_written_goes_over_no_such_thing(
    orgtui: Program, startup: Path, tmp_path: Path, plant: Plant, arguments: tuple[str, ...]
) -> None:
    target = tmp_path / "new.toml"
    plant(target)
    before = what_stands(tmp_path)
    given = [each.format(org=startup, plan=FOUR_DIVISIONS) for each in arguments]
    with in_time():
        ran = orgtui(*given, target)
    assert ran.status == 2
    assert "is not a regular file" in ran.err
    assert what_stands(tmp_path) == before


@pytest.mark.parametrize("plant", PLANTS)
@pytest.mark.parametrize("kind", ["people", "pay"])
def test_people_and_pay_come_from_no_such_thing(
    orgtui: Program, tmp_path: Path, plant: Plant, kind: str
) -> None:
    team = tmp_path / "team.toml"
    team.write_text(TEAM.format(files=f'{kind} = "{kind}.csv"'))
    plant(tmp_path / f"{kind}.csv")
    with in_time():
        (said,) = orgtui.refuses("check", team, "--with-pay")[-1:]
    assert "a link" in said if plant in LINKS else "not a regular file" in said


@pytest.mark.parametrize("plant", [each for each in PLANTS if each.values[0] not in LINKS])
def test_organisations_and_plans_come_from_no_such_thing(
    orgtui: Program, startup: Path, tmp_path: Path, plant: Plant
) -> None:
    bad = tmp_path / "bad.toml"
    plant(bad)
    for arguments in (("check", bad), ("check", startup, "--plan", bad), ("diff", bad, startup)):
        with in_time():
            (said,) = orgtui.refuses(*arguments)
        assert "not a regular file" in said
