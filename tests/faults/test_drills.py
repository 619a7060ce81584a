"""Processes that die at work, and many that work at once: nothing acknowledged is lost, all end equal."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.damage import damage_files
from tests.faults.drills import Crowd, kill_one_after_another, work_as_users, work_together
from tests.users import AS_ROOT, LI, WANG


@pytest.mark.parametrize("count", [50, pytest.param(200, marks=pytest.mark.soak)])
def test_kills_lose_nothing_that_was_acknowledged(tmp_path: Path, count: int) -> None:
    kills = kill_one_after_another(tmp_path, count, seed=1)
    assert kills.acknowledged > 5 * count
    assert kills.lost == 0


@pytest.mark.parametrize(("processes", "seconds"), [(4, 2), pytest.param(8, 8, marks=pytest.mark.soak)])
def test_many_at_once_with_kills_end_with_the_same(tmp_path: Path, processes: int, seconds: int) -> None:
    crowd = work_together(tmp_path, processes, seconds=seconds, seed=1, least=100)
    assert crowd.acknowledged >= 100
    assert crowd.killed > 0
    assert crowd == Crowd(processes, crowd.killed, crowd.acknowledged, lost=0, replicas=processes, states=1)


@AS_ROOT
def test_two_users_in_a_folder_of_their_group_end_with_the_same() -> None:
    with TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name) / "folder"
        folder.mkdir()
        crowd = work_as_users(folder, (LI, WANG), 4, seconds=3, seed=1)
    assert crowd.acknowledged > 10
    assert crowd == Crowd(4, crowd.killed, crowd.acknowledged, lost=0, replicas=4, states=1)


def test_damaged_files_are_read_or_refused_in_words(tmp_path: Path) -> None:
    damage = damage_files(tmp_path, 60, seed=3)
    assert damage.failures == ()
    assert damage.refused > 30
