"""Text that may not enter an organisation or its record is refused, with its line and whom it is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgtui.exchange.organization import path_key
from orgtui.exchange.record import dump_record, load_record
from orgtui.exchange.roster.teams import Unit
from orgtui.model.gate import NAME_LENGTH
from tests.exchange.rosters import imported, told, words

HEADER = "id,name,title,department,manager\n1,Ann,Head,M,\n"
ESC, LONG = "a\x1bb", "a" * 300


@pytest.mark.parametrize(
    ("row", "code"),
    [
        *((f"2,{text},x,M,1\n", code) for text, code in ((ESC, "text-refused"), (LONG, "text-too-long"))),
        *((f"2,Bob,{text},M,1\n", code) for text, code in ((ESC, "text-refused"), (LONG, "text-too-long"))),
        *((f"2,Bob,x,{text},1\n", code) for text, code in ((ESC, "text-refused"), (LONG, "text-too-long"))),
        *((f"{text},Bob,x,M,1\n", code) for text, code in ((ESC, "text-refused"), (LONG, "text-too-long"))),
    ],
)
def test_names_titles_teams_and_ids(row: str, code: str) -> None:
    proposal = imported(HEADER + row)
    assert told(proposal) == [(3, code, row.partition(",")[0])]
    assert proposal.organization is None


def test_every_refused_text_is_told_at_once() -> None:
    proposal = imported(HEADER + f"2,{ESC},{ESC},{ESC},1\n")
    assert len(proposal.errors) == 3
    assert "the name holds U+001B" in words(proposal)


def test_a_team_named_after_its_lead_has_a_name_that_fits() -> None:
    proposal = imported("id,name,manager\n1,Ann,\n2," + "B" * NAME_LENGTH + ",1\n3,Cid,2\n")
    assert [len(unit.name) for unit in proposal.roster.teams] == [len("Marketing"), NAME_LENGTH]


def test_paths_that_look_alike_are_told_from_each_other() -> None:
    root = Unit("M")
    names = [("A", "B/C"), ("A/B", "C"), ("A", "B", "C"), ("A\\", "B"), ("A\\/B",), ("/",), ()]
    units = []
    for path in names:
        unit = root
        for name in path:
            unit = Unit(name, unit)
        units.append(unit)
    assert len(set(map(path_key, units))) == len(names)


def test_a_record_loads_whatever_its_columns_are_called(tmp_path: Path) -> None:
    proposal = imported("id,name (\u200b),depart\u200bment,manager\n1,Ann,M,\n2,Bob,M,1\n")
    assert proposal.record is not None
    path = tmp_path / "department.import.toml"
    path.write_bytes(dump_record(proposal.record))
    record = load_record(path)
    assert record is not None
    assert imported("id,name,department,manager\n1,Ann,M,\n", columns=record.columns).organization is not None
