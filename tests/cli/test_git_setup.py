"""Plans in a real git repository: set up, merged, compared, and as it was before."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from orgtui.changes.parse import parse_change
from orgtui.files.plan_file import load_plan
from tests.cli.running import Program
from tests.cli.test_merge import GOAL, MERGE, MOVE, REVIEW, ops, write_plan
from tests.organizations import write_small

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

SOURCE = Path(__file__).parents[2] / "src"


class Repository:
    """A git repository with a folder in which an organisation and its plan lie."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self.plan = top / "a b" / "small.plan.toml"

    def git(self, *arguments: str, status: int = 0) -> str:
        ran = subprocess.run(["git", *arguments], cwd=self.top, capture_output=True, text=True, check=False)
        assert ran.returncode == status, ran.stdout + ran.stderr
        return ran.stdout + ran.stderr

    def commit(self, *changes: Mapping[str, object], **head: str) -> None:
        write_plan(self.plan, *changes, **head)
        self.git("commit", "--quiet", "--all", "--message", "plan")

    def branch(self, called: str, *changes: Mapping[str, object], **head: str) -> None:
        """A branch off the first commit with another state of the plan."""
        self.git("checkout", "--quiet", "-b", called, "start")
        self.commit(*changes, **head)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, orgtui: Program) -> Repository:
    """A repository that is set up, with a plan of one change; the present folder."""
    for name in [each for each in os.environ if each.startswith("GIT_")]:
        monkeypatch.delenv(name)
    user = {
        f"GIT_{who}_{what}": "t@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    for key, value in {
        **user,
        "GIT_CONFIG_NOSYSTEM": "1",
        "HOME": str(tmp_path),
        "PYTHONPATH": str(SOURCE),
    }.items():
        monkeypatch.setenv(key, value)
    there = Repository(tmp_path / "repository")
    there.plan.parent.mkdir(parents=True)
    write_small(there.plan.parent)
    write_plan(there.plan, REVIEW)
    there.git("init", "--quiet")
    monkeypatch.chdir(there.plan.parent)
    assert orgtui("git-setup").status == 0
    there.git("add", ".")
    there.git("commit", "--quiet", "--message", "start")
    there.git("tag", "start")
    return there


def test_it_says_what_it_writes_and_takes_exactly_that_back(repository: Repository, orgtui: Program) -> None:
    config, attributes = repository.top / ".git" / "config", repository.top / ".gitattributes"
    assert orgtui("git-setup").out == "nothing to do: this repository is as wanted\n"
    assert orgtui("git-setup", "--undo").status == 0
    assert not attributes.exists()
    assert "orgtui" not in config.read_text("utf-8")
    assert orgtui("git-setup", "--undo").out == "nothing to do: this repository is as wanted\n"
    for before in (b"", b"*.png binary\n", b"*.png binary"):
        attributes.write_bytes(before)
        settings = config.read_bytes()
        told = orgtui("git-setup").out.splitlines()
        assert told[:2] == [f"writes to {attributes}:", "  *.plan.toml merge=orgtui diff=orgtui"]
        written = repository.git("config", "--local", "--list").splitlines()
        said = [line.strip().replace(" = ", "=", 1) for line in told if " = " in line]
        assert {line.partition("=")[0] for line in said} == {
            "merge.orgtui.name",
            "merge.orgtui.driver",
            "diff.orgtui.textconv",
            "merge.orgtui.line-written",
        }
        assert set(said) <= set(written)
        taken = orgtui("git-setup", "--undo").out.splitlines()
        assert [line for line in taken if " = " in line] == [line for line in told if " = " in line]
        assert (attributes.read_bytes() if attributes.exists() else b"") == before
        assert config.read_bytes() == settings


def test_what_others_set_under_its_keys_is_told_and_brought_back(
    repository: Repository, orgtui: Program
) -> None:
    assert orgtui("git-setup", "--undo").status == 0
    driver, config = "merge.orgtui.driver", repository.top / ".git" / "config"
    repository.git("config", "--local", driver, "ours %A")
    before = config.read_bytes()
    assert orgtui("git-setup", "--undo").out == "nothing to do: this repository is as wanted\n"
    told = orgtui("git-setup").out.splitlines()
    place = told.index("in the place of, which --undo brings back:")
    assert told[place + 1] == f"  {driver} = ours %A"
    assert " merge %O %A %B" in repository.git("config", "--local", driver)
    assert orgtui("git-setup").out == "nothing to do: this repository is as wanted\n"
    repository.git("config", "--local", driver, "/elsewhere/orgtui merge %O %A %B -o %A --path %P")
    assert orgtui("git-setup").status == 0, "the program has moved"
    told = orgtui("git-setup", "--undo").out.splitlines()
    assert told[told.index("brings back:") + 1] == f"  {driver} = ours %A"
    assert repository.git("config", "--local", driver) == "ours %A\n"
    assert sorted(config.read_bytes().split()) == sorted(before.split())


def test_a_line_that_came_with_the_repository_stays(repository: Repository, orgtui: Program) -> None:
    repository.git("config", "--local", "--unset", "merge.orgtui.line-written")
    before = (repository.top / ".gitattributes").read_bytes()
    assert orgtui("git-setup", "--undo").status == 0
    assert orgtui("git-setup").status == 0
    assert orgtui("git-setup", "--undo").status == 0
    assert (repository.top / ".gitattributes").read_bytes() == before


def test_it_refuses_outside_of_a_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, orgtui: Program
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    said = f"orgtui: {tmp_path} lies in no git repository; go to one, or make one with `git init`"
    assert orgtui.refuses("git-setup") == [said]
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv("PATH", str(tmp_path))
    assert orgtui.refuses("git-setup") == ["orgtui: git is not installed"]


def test_git_merges_independent_changes(repository: Repository, orgtui: Program) -> None:
    repository.branch("theirs", REVIEW, MOVE)
    repository.branch("ours", REVIEW, GOAL)
    repository.git("merge", "--quiet", "--message", "merged", "theirs")
    assert ops(repository.plan) == ["set_review", "move_person", "take_goal"]
    assert repository.git("status", "--porcelain") == ""
    assert orgtui("apply", "small.toml", repository.plan, "-o", "-").status == 0


def test_git_marks_a_conflict_and_ours_stays(repository: Repository, orgtui: Program) -> None:
    repository.branch("theirs", REVIEW, MOVE, name="Theirs")
    repository.branch("ours", REVIEW, MERGE)
    told = repository.git("merge", "theirs", status=1)
    assert "Xu Lei, team: base Brand, ours Growth, theirs Marketing" in told
    assert "CONFLICT" in told
    assert repository.git("status", "--porcelain") == 'UU "a b/small.plan.toml"\n'
    assert ops(repository.plan) == ["set_review", "merge_teams"]
    assert load_plan(repository.plan, parse_change).name == "Theirs"
    assert "conflict 1: ours stays" in repository.git("checkout", "--merge", "--", str(repository.plan)), (
        "once more"
    )
    stages = []
    for number, name in enumerate(("base", "ours", "theirs"), start=1):
        stages.append(repository.top.parent / name)
        stages[-1].write_text(repository.git("show", f":{number}:a b/small.plan.toml"), "utf-8")
    ran = orgtui("merge", *stages, "-o", "small.plan.toml", "--path", "small.plan.toml", "--take", "1=theirs")
    assert ran.status == 0
    assert ops(repository.plan) == ["set_review", "move_person"]
    repository.git("commit", "--quiet", "--all", "--message", "merged")


def test_git_leaves_ours_where_a_plan_cannot_be_read(repository: Repository) -> None:
    repository.branch("theirs", REVIEW, {"op": "move"})
    repository.branch("ours", REVIEW, MERGE)
    before = repository.plan.read_bytes()
    told = repository.git("merge", "theirs", status=1)
    assert "small.plan.toml (theirs):" in told
    assert "CONFLICT" in told
    assert repository.plan.read_bytes() == before


def test_plans_that_begin_on_two_branches_are_merged(repository: Repository) -> None:
    for branch, change in (("theirs", MOVE), ("ours", GOAL)):
        repository.git("checkout", "--quiet", "-b", branch, "start")
        write_plan(repository.plan.with_name("small.new.plan.toml"), change)
        repository.git("add", ".")
        repository.git("commit", "--quiet", "--message", "new")
    repository.git("merge", "--quiet", "--message", "merged", "theirs")
    assert ops(repository.plan.with_name("small.new.plan.toml")) == ["move_person", "take_goal"]


def test_git_diff_shows_sentences(repository: Repository) -> None:
    write_plan(repository.plan, REVIEW, {**MOVE, "why": "Closer to the head", "wave": 2})
    told = repository.git("diff").splitlines()
    assert [line for line in told if line[0] in "+-" and line[1:3] not in ("--", "++")] == [
        "+",
        "+wave 2",
        "+- moved Xu Lei to Marketing",
        "+  because “Closer to the head”",
    ]
    repository.plan.with_name("small.toml").unlink()
    assert "+- moved xu to marketing" in repository.git("diff", "--", "*.plan.toml"), "ids stand for names"
    repository.plan.write_text("no plan\n", "utf-8")
    assert "+no plan" in repository.git("diff", "--", "*.plan.toml")
    repository.git("checkout", "--quiet", "--", ".")
    assert (
        repository.git("log", "-p", "--format=", "start").count("- set the review of Growth to monthly") == 1
    )
