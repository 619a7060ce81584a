"""`orgtui import` as a stranger runs it: every refusal says where, what, and what would be right."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import termios
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Timer

import pytest

from orgtui.files.organization_file import load_organization
from orgtui.rules.registry import known_rules
from tests.cli.running import Program

GOOD = "id,name,title,department,manager\n1,Ann,Head of Marketing,M,\n2,Bob,Content Editor,M,1\n"
ASKS = "id,name,title,department,status\n1,Ann,Head of Marketing,M,\n2,Bob,Editor,M,inactive\n"
BAD = "id,name,title,department,manager\n1,Ann,Head,M,\n2,Bob,Editor,M,Anna\n3,Cid,Editor,M,Zoe\n"
OTHERS = "name,job\nAnn,Head\n"


def text(folder: Path, content: str, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def people(path: Path) -> list[str | None]:
    return [each.name for each in load_organization(path, known_rules()).people.values()]


def test_a_dry_run_shows_the_tree_and_writes_nothing(orgtui: Program, tmp_path: Path) -> None:
    file = text(tmp_path, GOOD)
    ran = orgtui("import", file)
    assert ran.status == 0
    assert "M · Ann · 2 seats" in ran.out
    assert "A dry run: nothing was written; give `-o ORG` to write it." in ran.out
    assert list(tmp_path.iterdir()) == [file]


def test_written_with_its_record(orgtui: Program, tmp_path: Path) -> None:
    written = tmp_path / "m.toml"
    ran = orgtui("import", text(tmp_path, GOOD), "-o", written)
    assert (ran.status, people(written)) == (0, ["Ann", "Bob"])
    assert (tmp_path / "m.import.toml").exists()
    assert f"{written} is written: 2 seats in 1 team" in ran.out


def test_what_would_wake_the_rules_that_sleep(orgtui: Program, tmp_path: Path) -> None:
    written = tmp_path / "m.toml"
    out = orgtui("import", text(tmp_path, GOOD), "-o", written).out.splitlines()
    place = next(place for place, line in enumerate(out) if line.startswith("Some rules sleep"))
    counts = [int(re.search(r": (\d+) rule", line)[1]) for line in out[place + 1 :]]  # type: ignore[index]
    assert counts == sorted(counts, reverse=True)
    assert any(f"`orgtui import SHEET --into {written} --what goals`" in line for line in out)
    asleep = orgtui("check", written, "--format", "json").json["asleep"]
    assert counts[0] <= len(asleep)


def test_what_was_there_is_kept(orgtui: Program, tmp_path: Path) -> None:
    written = tmp_path / "m.toml"
    assert orgtui("import", text(tmp_path, GOOD), "-o", written).status == 0
    ran = orgtui("import", text(tmp_path, GOOD.replace("Bob", "Bea")), "-o", written)
    assert (ran.status, people(written)) == (0, ["Ann", "Bea"])
    assert people(tmp_path / "m.earlier-1.toml") == ["Ann", "Bob"]
    assert "is kept as" in ran.err


def test_never_over_a_file_of_another_kind(orgtui: Program, tmp_path: Path) -> None:
    other = text(tmp_path, "shopping = true\n", "list.toml")
    [line] = orgtui.refuses("import", text(tmp_path, GOOD), "-o", other)
    assert line == f"orgtui: {other} is there and is no organisation"
    assert other.read_text() == "shopping = true\n"


def test_errors_are_told_all_at_once_with_file_and_line(orgtui: Program, tmp_path: Path) -> None:
    ran = orgtui("import", text(tmp_path, BAD), "-o", tmp_path / "m.toml", "--yes")
    assert ran.status == 2
    assert [line.partition(": ")[0] for line in ran.err.splitlines()] == [
        *("people.csv:3", "people.csv:4", "2 errors")
    ]
    assert "the nearest is Ann" in ran.err
    assert not (tmp_path / "m.toml").exists()


def test_bad_rows_come_back_and_can_be_mended_and_imported(orgtui: Program, tmp_path: Path) -> None:
    ran = orgtui("import", text(tmp_path, BAD), "--format", "csv")
    assert ran.status == 2
    header, *rows = csv.reader(io.StringIO(ran.out))
    assert header == ["id", "name", "title", "department", "manager", "reason"]
    assert [row[0] for row in rows] == ["2", "3"]
    assert all(row[-1] for row in rows)
    mended = [["1", "Ann", "Head", "M", "", ""], *([*row[:4], "Ann", ""] for row in rows)]
    out = io.StringIO()
    csv.writer(out).writerows([header, *mended])
    assert orgtui("import", text(tmp_path, out.getvalue()), "-o", tmp_path / "m.toml").status == 0
    assert people(tmp_path / "m.toml") == ["Ann", "Bob", "Cid"]


@pytest.mark.parametrize(
    ("content", "arguments", "status", "outcome"),
    [
        (GOOD, (), 0, "imported"),
        (ASKS, (), 2, "asks"),
        (ASKS, ("--yes",), 0, "asks"),
        (BAD, ("--yes",), 2, "refused"),
    ],
)
def test_json_of_every_outcome(
    orgtui: Program, tmp_path: Path, content: str, arguments: tuple[str, ...], status: int, outcome: str
) -> None:
    written = tmp_path / "m.toml"
    ran = orgtui("import", text(tmp_path, content), "-o", written, "--format", "json", *arguments)
    assert (ran.status, ran.json["outcome"]) == (status, outcome)
    assert written.exists() == (status == 0)
    questions = [each for each in ran.json["problems"] if each["severity"] == "question"]
    assert bool(questions) == (outcome == "asks")
    assert all(each["default"] and each["options"] and each["line"] for each in questions)


def test_questions_without_a_terminal(orgtui: Program, tmp_path: Path) -> None:
    file, written = text(tmp_path, ASKS), tmp_path / "m.toml"
    ran = orgtui("import", file, "-o", written)
    assert ran.status == 2
    assert not written.exists()
    asked = [line for line in ran.err.splitlines() if "by default:" in line]
    assert len(asked) == 3
    assert all(line.startswith("people.csv:") for line in asked)
    assert "take the defaults with --yes" in ran.err
    assert orgtui("import", file, "-o", written, "--yes").status == 0
    assert people(written) == ["Ann"]


def test_json_with_text_that_may_not_be_printed(orgtui: Program, tmp_path: Path) -> None:
    ran = orgtui("import", text(tmp_path, GOOD.replace("Bob", "B\U000e0041\u202eb")), "--format", "json")
    assert ran.status == 2
    assert ran.json["people"][1]["name"] == "B\U000e0041\u202eb"


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--map", "boss=name"), "write "),
        (("--map", "manger=name"), "manger is no part; write manager"),
        (("--map", "manager"), "write a part and a column, such as manager=Boss"),
        (("--map", "manager=Chief"), "Chief"),
        (("--map", "title=salary"), "salary is private and never taken; name another column"),
        (("--encoding", "zorp"), "no encoding; write one such as gb18030"),
        (("--encoding", "base64"), "no encoding; write one such as gb18030"),
        (("--from", "json"), "people.csv:1: this is no JSON"),
        (("--from", "xlsx"), "people.csv:1: this is no spreadsheet that can be read"),
        (("--from", "pdf"), "csv"),
        (("--under", "Salez"), "there is no team Salez; there are M"),
        (("--today", "soon"), "write a date such as 2026-11-21"),
        (("--vocabulary", "/nowhere.toml"), "/nowhere.toml"),
    ],
    ids=lambda value: "=".join(value) if isinstance(value, tuple) else "",
)
def test_wrong_options(orgtui: Program, tmp_path: Path, option: tuple[str, ...], said: str) -> None:
    file = text(tmp_path, GOOD.replace("manager\n", "manager,salary\n"))
    lines = orgtui.refuses("import", file, "-o", tmp_path / "m.toml", *option)
    assert said in "\n".join(lines)
    assert list(tmp_path.iterdir()) == [file]


def test_options_that_are_right(orgtui: Program, tmp_path: Path) -> None:
    written = tmp_path / "m.toml"
    file = text(tmp_path, "wer,was,unter\nAnn,CMO,\nBob,Content Editor,Ann\n")
    maps = ("--map", "name=wer", "--map", "title=was", "--map", "manager=unter")
    assert orgtui("import", file, "-o", written, *maps, "--yes").status == 0
    assert people(written) == ["Ann", "Bob"]
    assert load_organization(written, known_rules()).functions
    assert orgtui("import", file, "-o", written, *maps, "--yes", "--no-functions").status == 0
    assert not load_organization(written, known_rules()).functions


def test_one_csv_a_team(orgtui: Program, tmp_path: Path) -> None:
    one = text(tmp_path, GOOD, "one.csv")
    two = text(
        tmp_path, "name,manager,id,title,department\nCid,1,3,Editor,Brand\nDee,9,4,Editor,Brand\n", "two.csv"
    )
    ran = orgtui("import", one, two)
    assert ran.status == 2
    assert ran.err.startswith("two.csv:3: Dee (4): the manager 9 is not in this file")


def test_pages_of_one_list(orgtui: Program, tmp_path: Path) -> None:
    def page(name: str, *users: Mapping[str, object]) -> Path:
        return text(tmp_path, json.dumps({"totalResults": 2, "Resources": list(users)}), name)

    extension = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
    ann = {"id": "1", "displayName": "Ann", "title": "CMO"}
    bob = {"id": "2", "displayName": "Bob", extension: {"manager": {"value": "1"}}}
    files = (page("1.json", ann), page("2.json", bob))
    ran = orgtui("import", *files, "--format", "json", "-o", tmp_path / "m.toml")
    assert [each["code"] for each in ran.json["problems"] if each["severity"] != "note"] == []
    assert ran.status == 0
    assert people(tmp_path / "m.toml") == ["Ann", "Bob"]


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "empty", "blank", "unreadable"])
def test_files_that_cannot_be_read(orgtui: Program, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "people.csv"
    match kind:
        case "folder":
            file.mkdir()
        case "pipe":
            os.mkfifo(file)
        case "empty":
            file.touch()
        case "blank":
            file.write_text("\n \n,,\n")
        case "unreadable":
            file.write_text(GOOD)
            file.chmod(0)
            if os.access(file, os.R_OK):
                pytest.skip("root may read everything")
    [line] = orgtui.refuses("import", file, "-o", tmp_path / "m.toml")
    assert "people.csv" in line
    assert not (tmp_path / "m.toml").exists()


def test_a_huge_file(orgtui: Program, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    with file.open("wb") as out:
        out.truncate(64 * 1024 * 1024 + 1)
    assert "is larger than 64 MiB" in orgtui.refuses("import", file)[0]


def test_the_library_for_spreadsheets_is_missing(
    orgtui: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    file = tmp_path / "people.xlsx"
    file.write_bytes(b"PK\x03\x04")
    [line] = orgtui.refuses("import", file)
    assert "pip install 'orgtui[office]'" in line


def test_answers_on_a_terminal(tmp_path: Path) -> None:
    file, written = text(tmp_path, ASKS), tmp_path / "m.toml"
    assert answered(["import", str(file), "-o", str(written)], "\n2\ny\nn\n") == 0
    assert people(written) == ["Ann", "Bob"]


def test_defaults_at_the_end_of_the_input_and_nothing_written(tmp_path: Path) -> None:
    file, written = text(tmp_path, ASKS), tmp_path / "m.toml"
    assert answered(["import", str(file), "-o", str(written)], "\x04\x04\x04\x04") == 0
    assert not written.exists()


def answered(arguments: list[str], typed: str) -> int:
    """The status of the command on a pseudo-terminal on which this is typed."""
    terminal, line = os.openpty()
    attributes = termios.tcgetattr(line)
    attributes[3] &= ~termios.ECHO
    termios.tcsetattr(line, termios.TCSANOW, attributes)
    with subprocess.Popen(
        [sys.executable, "-m", "orgtui", *arguments, "--today", "2026-11-21"],
        stdin=line,
        stdout=line,
        stderr=line,
    ) as program:
        os.close(line)
        overdue = Timer(60, program.kill)
        overdue.start()
        os.write(terminal, typed.encode())
        with suppress(OSError):  # how a terminal ends that nobody has open any more
            while os.read(terminal, 1 << 16):
                pass
        overdue.cancel()
    os.close(terminal)
    return program.returncode
