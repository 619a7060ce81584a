"""Standard streams that are full, closed or not UTF-8: what is not written is told, by status at least."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

import pytest

from orgtui.changes.parse import parse_change
from orgtui.files.organization_file import load_organization
from orgtui.files.plan_file import load_plan
from orgtui.rules.registry import known_rules
from orgtui.session.plan.opening import open_session
from tests.cli import running
from tests.cli.prepared import process
from tests.organizations import write_small
from tests.session.sessions import renamed, write_department
from tests.support import FOUR_DIVISIONS, SAMPLES, STARTUP, at_length

CHINESE = SAMPLES / "startup_a.zh.toml"
FULL = "orgtui: the output cannot be written: No space left on device\n"
CLOSED = "orgtui: the output cannot be written: Bad file descriptor\n"

PRINTING = [
    "--help",
    "rule P203",
    "schema plan",
    f"check '{STARTUP}'",
    f"check '{STARTUP}' --format json",
    f"apply '{STARTUP}' '{FOUR_DIVISIONS}' -o -",
    f"fix '{STARTUP}' -o -",
    *at_length(
        "--version",
        "check --help",
        "rule",
        f"check '{STARTUP}' --format sarif",
        f"check '{STARTUP}' --format github",
        f"diff '{STARTUP}' '{STARTUP}'",
    ),
]
REFUSED = [
    "check /missing.toml",
    "diff /missing.toml /missing.toml",
    "apply /missing.toml /missing.toml -o /new.toml",
    "fix /missing.toml -o /new.toml",
    "recover /missing.log -o /new.toml",
    "rule P999",
    "schema nothing",
    "check --unknown",
    "check",
    "--lang xx",
    f"'{STARTUP}' </dev/null",
]


@pytest.mark.parametrize("command", PRINTING)
def test_output_on_a_full_disk_or_closed_is_told(command: str) -> None:
    for where, told in ((">/dev/full", FULL), (">&-", CLOSED)):
        ran = process(f"orgtui {command} {where}")
        assert (ran.returncode, ran.stdout) == (2, "")
        assert ran.stderr == told or (command.startswith("fix") and ran.stderr.endswith(f"\n{told}"))


@pytest.mark.parametrize("command", REFUSED)
@pytest.mark.parametrize("where", ["2>&-", *at_length("2>/dev/full")])
def test_errors_that_cannot_be_told_keep_their_status_and_leave_the_output_alone(
    command: str, where: str
) -> None:
    ran = process(f"orgtui {command} {where}")
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", "")


def test_every_stream_may_be_closed() -> None:
    ran = running.process(f"orgtui check '{STARTUP}' <&- >&- 2>&-")
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", "")
    ran = running.process(f"orgtui '{STARTUP}' <&-")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("orgtui: orgtui needs a terminal")


def test_a_file_is_not_written_in_the_place_of_a_closed_stream(tmp_path: Path) -> None:
    """What else writes to standard error, were it the C library, does not reach a file of ours."""
    new = tmp_path / "new.toml"
    ran = running.process(f"orgtui apply '{STARTUP}' '{FOUR_DIVISIONS}' -o '{new}' <&- >&- 2>&-")
    assert ran.returncode == 0
    assert load_organization(new, known_rules()).teams


@pytest.mark.parametrize("encoding", ["gbk", *at_length("utf-16", "ascii", "latin-1")])
@pytest.mark.parametrize(
    "command",
    [
        f"check '{CHINESE}' --format json",
        f"check '{CHINESE}' --format sarif",
        f"diff '{STARTUP}' '{CHINESE}' --format json",
        "schema organization",
    ],
)
def test_json_is_plain_ascii_where_the_output_is_not_utf_8(command: str, encoding: str) -> None:
    printed = printed_as(command, encoding)
    assert printed.isascii()
    assert json.loads(printed) == json.loads(printed_as(command, "utf-8"))


@cache
def printed_as(command: str, encoding: str) -> str:
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    return running.process(f"orgtui {command}", env=environment, encoding=encoding).stdout


def test_a_file_is_written_whole_though_nothing_can_be_printed_about_it(tmp_path: Path) -> None:
    """The error says that it is there, and what it took the place of; a reader that goes away is no error."""
    opened = open_session(write_department(tmp_path))
    opened.session.do(renamed("pr", "Press"))
    log = opened.plan_path.with_name(opened.plan_path.name.replace(".toml", ".log"))
    elsewhere = tmp_path / "elsewhere.toml"
    text = STARTUP.read_text(encoding="utf-8")
    elsewhere.write_text(text.replace('"Online promotion"', '"Web and ads"'), encoding="utf-8")
    for command, status, told in (
        (f"fix '{write_small(tmp_path)}'", 0, ""),
        (f"recover '{log}'", 0, ""),
        (f"apply '{elsewhere}' '{FOUR_DIVISIONS}' --rebase", 1, "1 no longer as planned\n{new} is written\n"),
    ):
        new = tmp_path / "new.toml"
        ran = process(f"orgtui {command} -o '{new}'")
        assert (ran.returncode, ran.stdout != "") == (status, True)
        written = new.read_bytes()
        for where, error in ((">/dev/full", FULL), (">&-", CLOSED)):
            new.unlink()
            ran = process(f"orgtui {command} -o '{new}' {where}")
            said = f"{error.removesuffix(chr(10))}; {new} is written all the same\n"
            assert (ran.returncode, ran.stdout) == (2, "")
            assert ran.stderr.endswith(told.format(new=new) + said)
            assert len(new.read_bytes()) == len(written)
        new.unlink()
        ran = process(f"orgtui {command} -o '{new}' | true")
        assert (new.exists(), "cannot be written" in ran.stderr) == (True, False)
        new.unlink()
    opened.session.close()


def test_what_was_replaced_is_told_also_if_the_rest_cannot_be(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.toml"
    text = STARTUP.read_text(encoding="utf-8")
    elsewhere.write_text(text.replace('"Online promotion"', '"Web and ads"'), encoding="utf-8")
    ran = process(f"orgtui apply '{elsewhere}' '{FOUR_DIVISIONS}' --rebase -o '{elsewhere}' >/dev/full")
    assert ran.returncode == 2
    kept = tmp_path / "elsewhere.earlier-1.toml"
    assert f"what was in {elsewhere} is kept as {kept}\n" in ran.stderr
    assert ran.stderr.endswith(f"{elsewhere} is written all the same\n")


# -- `-o -` ------------------------------------------------------------------------------------------------


def test_an_organisation_is_written_to_standard_output(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    new = tmp_path / "new.toml"
    plan = SAMPLES / "startup_a.four-divisions.zh.plan.toml"
    for more in ("", "--rebase"):
        command = f"orgtui apply '{CHINESE}' '{plan}' {more} -o"
        ran = running.process(f"{command} -", env=environment, cwd=tmp_path, encoding="utf-8")
        assert ran.returncode == 0
        assert list(tmp_path.iterdir()) == []
        process(f"{command} '{new}'")
        assert ran.stdout == new.read_text(encoding="utf-8")
        new.unlink()


def test_what_is_told_beside_it_goes_to_standard_error(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.toml"
    text = STARTUP.read_text(encoding="utf-8")
    elsewhere.write_text(text.replace('"Online promotion"', '"Web and ads"'), encoding="utf-8")
    new = tmp_path / "new.toml"
    ran = process(f"orgtui apply '{elsewhere}' '{FOUR_DIVISIONS}' --rebase -o - >'{new}'")
    assert ran.returncode == 1
    assert ran.stderr.startswith("change 22 (rename) made over something else:\n")
    assert load_organization(new, known_rules()).teams


def test_a_plan_is_written_to_standard_output(tmp_path: Path) -> None:
    plan, named = tmp_path / "piped.plan.toml", tmp_path / "named.plan.toml"
    ran = process(f"orgtui fix '{STARTUP}' -o - >'{plan}'")
    assert ran.returncode == 0
    told = process(f"orgtui fix '{STARTUP}' -o '{named}'")
    assert f"{ran.stderr}{named} is written\n" == told.stdout
    changes = [[step.change for step in load_plan(each, parse_change).steps] for each in (plan, named)]
    assert changes[0] == changes[1] != []
    assert load_plan(plan, parse_change).name == "startup_a"


def test_a_log_is_recovered_to_standard_output(tmp_path: Path) -> None:
    opened = open_session(write_department(tmp_path))
    opened.session.do(renamed("pr", "Press"))
    log = opened.plan_path.with_name(opened.plan_path.name.replace(".toml", ".log"))
    plan = tmp_path / "piped.plan.toml"
    ran = process(f"orgtui recover '{log}' -o - >'{plan}'")
    opened.session.close()
    assert (ran.returncode, ran.stderr) == (0, "2 entries read, 1 change written to -\n")
    assert len(load_plan(plan, parse_change).steps) == 1


def test_a_file_may_be_called_a_dash(tmp_path: Path) -> None:
    ran = process(f"orgtui apply '{STARTUP}' '{FOUR_DIVISIONS}' -o ./-", cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (0, "")
    assert [each.name for each in tmp_path.iterdir()] == ["-"]
