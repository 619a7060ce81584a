"""What `orgtui import` says of a file: who is meant by name, how it was read in words people use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from orgtui.exchange.reading.delimited import DELIMITERS
from orgtui.exchange.words import DELIMITER_WORDS, FORMAT_WORDS
from tests.cli.running import Program
from tests.exchange.rosters import FIXTURES

EXPORTS = sorted(set(FIXTURES.iterdir()) - set(FIXTURES.glob("*.expected.json")))
TODAY = ("--today", "2026-11-21")


@pytest.mark.parametrize("file", EXPORTS, ids=lambda file: file.stem)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_nothing_of_the_inside_is_shown(orgtui: Program, file: Path, language: str) -> None:
    said = orgtui("import", file, "--yes", *TODAY, "--lang", language)
    text = said.out + said.err
    assert file.name in text.splitlines()[0]
    assert not re.search(r"utf-8-sig|cp1252|gb18030|: nodes|: nested|urn:|row-\d|None|\{\w*\}", text)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("Employee ID,Name,Manager ID\n1,Ann,\n2,Bo,9\n3,Cy,1\n", "t.csv:3: Bo (2): the manager 9 is not"),
        ("Name,Title,Manager\nAnn,Head,\nBo,Artist,Zed Zulu\nCy,,Ann\n", "t.csv:3: Bo: the manager Zed"),
        ("Employee ID,Name,Title,Manager ID\n1,Ann,,\n2,,Artist,1\n", "t.csv:3: Artist (2): a vacant seat"),
        ("Employee ID,Name,Manager ID\n1,Ann,\n2,,1\n", "t.csv:3: 2: a vacant seat"),
        ("Employee ID,Name,Manager ID\n1,Ann,2\n2,Bo,1\n", "t.csv:2: 1 Ann → 2 Bo → 1 Ann report to each"),
        (
            "Employee ID,Name,Manager\n1,Bo Li,\n2,Al Yu,Bo Li\n3,Al Yu,Bo Li\n4,Cy Wu,Al Yu\n",
            "t.csv:5: Cy Wu (4): the manager Al Yu may be one of 2 people: 2 in line 3, 3 in line 4; write",
        ),
    ],
)
def test_people_are_called_by_name(orgtui: Program, tmp_path: Path, table: str, said: str) -> None:
    (tmp_path / "t.csv").write_text(table)
    ran = orgtui("import", tmp_path / "t.csv", "--yes", *TODAY)
    assert any(line.startswith(said) for line in (ran.out + ran.err).splitlines()), ran.out + ran.err


@pytest.mark.parametrize(
    ("data", "how"),
    [
        ("Name,Title\nAnn,Head\n".encode("utf-8-sig"), "UTF-8 with byte order mark, separated by commas"),
        ("Name;Title\nJürgen;Head\n".encode("cp1252"), "Windows-1252, separated by semicolons"),
        ("姓名\t职务\n王磊\t主管\n".encode("gb18030"), "GB18030, separated by tabs"),
        ("Name|Title\nAnn|Head\n".encode("utf-16"), "UTF-16, separated by vertical bars"),
    ],
)
def test_how_it_was_read_is_told(orgtui: Program, tmp_path: Path, data: bytes, how: str) -> None:
    (tmp_path / "t.csv").write_bytes(data)
    first = orgtui("import", tmp_path / "t.csv", "--yes", *TODAY).out.splitlines()[0]
    assert first == f"t.csv: {how}; header in line 1"


def test_every_way_of_reading_has_words() -> None:
    assert set(DELIMITERS) == set(DELIMITER_WORDS)
    assert set(FORMAT_WORDS) >= {"nested", "nodes", "scim"}


def test_functions_are_named_in_the_language_spoken(orgtui: Program) -> None:
    file = FIXTURES / "bamboohr-report.csv"
    assert "function Events in Events" in orgtui("import", file, "--yes", *TODAY).out
    assert "职能「活动会展」" in orgtui("import", file, "--yes", *TODAY, "--lang", "zh_CN").out


def test_the_help_names_every_part(orgtui: Program) -> None:
    said = " ".join(orgtui("import", "--help").out.split())
    assert "PART is one of: id, name, first_name" in said
