"""A file with more problems than anybody reads: the first are told, then that there are more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from orgtui.changes.parse import parse_change
from orgtui.files.organization_file import load_organization
from orgtui.files.pay_csv import load_pay
from orgtui.files.plan_file import load_plan
from orgtui.files.schema.organization import ORGANIZATION, OrganizationFile
from orgtui.files.toml import lines
from orgtui.files.toml.problems import InvalidFile
from orgtui.model.schema import PROBLEMS_MAX, Schema
from orgtui.rules.registry import known_rules
from tests.organizations import TODAY
from tests.views.screen import organization

TOP = """format = 1
[organization]
name = "Case"
vision = "V"
as_of = 2026-11-21
review_on = 2027-02-21
[[team]]
id = "t"
name = "T"
"""


def problems(folder: Path, rest: str) -> list[str]:
    path = folder / "many.toml"
    path.write_text(TOP + rest, encoding="utf-8")
    with pytest.raises(InvalidFile) as raised:
        load_organization(path, known_rules())
    return list(map(str, raised.value.problems))


@pytest.mark.parametrize(
    "line",
    [
        "unknown_{0} = 1\n",
        '[[person]]\nid = "P {0}"\n',
        '[[person]]\nid = "p{0}"\nname = "P"\nteam = "x{0}"\n',
    ],
    ids=["unknown keys", "wrong values", "references to nothing"],
)
def test_many_problems_end_with_and_more(tmp_path: Path, line: str) -> None:
    told = problems(tmp_path, "".join(map(line.format, range(20 * PROBLEMS_MAX))))
    assert len(told) == PROBLEMS_MAX + 1
    assert not any("and more" in each for each in told[:-1])
    assert f"and more: only the first {PROBLEMS_MAX} problems are looked for" in told[-1]


def test_as_many_as_are_looked_for_are_all(tmp_path: Path) -> None:
    told = problems(tmp_path, "".join(f"unknown_{number} = 1\n" for number in range(PROBLEMS_MAX)))
    assert len(told) == PROBLEMS_MAX
    assert not any("and more" in each for each in told)


def test_problems_of_a_people_file_are_told_once(tmp_path: Path) -> None:
    rows = "".join(f"P {n},P,T,t,,,,,\n" for n in range(20 * PROBLEMS_MAX))
    header = "id,name,title,team,state,fte,functions,skills,learning\n"
    (tmp_path / "people.csv").write_text(header + rows, encoding="utf-8")
    told = problems(tmp_path, '[files]\npeople = "people.csv"\n')
    assert len(told) == len(set(told)) == PROBLEMS_MAX + 1
    assert "and more" in told[-1]


def test_cells_of_a_people_file_that_cannot_be_read_are_told_once(tmp_path: Path) -> None:
    rows = "".join(f"p{n},P,T,t,,,wrong,,\n" for n in range(20 * PROBLEMS_MAX))
    header = "id,name,title,team,state,fte,functions,skills,learning\n"
    (tmp_path / "people.csv").write_text(header + rows, encoding="utf-8")
    told = problems(tmp_path, '[files]\npeople = "people.csv"\n')
    assert len(told) == len(set(told)) == PROBLEMS_MAX + 1
    assert "and more" in told[-1]


def test_many_problems_of_a_pay_file_end_with_how_many_more(tmp_path: Path) -> None:
    path = tmp_path / "pay.csv"
    path.write_text("person,annual_cost\n" + "x,-1\n" * PROBLEMS_MAX, encoding="utf-8")
    with pytest.raises(InvalidFile) as raised:
        load_pay(path, organization())
    told = list(map(str, raised.value.problems))
    assert len(told) == PROBLEMS_MAX + 1
    assert f"and {PROBLEMS_MAX} more problems; correct these" in told[-1]


def test_many_wrong_changes_of_a_plan_end_with_and_more(tmp_path: Path) -> None:
    path = tmp_path / "many.plan.toml"
    head = f'[plan]\nname = "P"\norganization = "O"\nbaseline = "sha256:{"0" * 64}"\n'
    path.write_text("format = 1\n" + head + '[[change]]\nop = "nothing"\n' * 20 * PROBLEMS_MAX)
    with pytest.raises(InvalidFile) as raised:
        load_plan(path, parse_change)
    told = list(map(str, raised.value.problems))
    assert len(told) == PROBLEMS_MAX + 1
    assert "and more" in told[-1]


def test_only_the_first_of_many_wrong_values_are_worded() -> None:
    rows = [{"id": f"P {n}"} for n in range(100 * PROBLEMS_MAX)]
    read: list[int] = []

    class Counted(Schema):
        @property
        def _validate(self) -> Any:
            def validate(data: Any) -> None:
                read.append(len(data["person"]))
                ORGANIZATION._validate(data)

            return validate

    counted = Counted(lambda schema: schema.record(OrganizationFile, ()))
    ORGANIZATION._validate  # noqa: B018 - builds what the words of problems are taken from
    counted._keys, counted._kinds = ORGANIZATION._keys, ORGANIZATION._kinds
    profile = {"name": "N", "vision": "V", "as_of": TODAY}
    _, refusals = counted.read({"organization": profile, "person": rows})
    assert len(refusals) == PROBLEMS_MAX + 1
    assert read == [PROBLEMS_MAX + 1]


def test_lines_are_found_without_parsing_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[int] = []
    positions = lines._positions

    def counted(source: bytes, *, is_cut: bool) -> Any:
        parsed.append(len(source))
        return positions(source, is_cut=is_cut)

    monkeypatch.setattr(lines, "_positions", counted)
    text = "".join(f'[[person]]\nid = "P {n}"\n' for n in range(100_000))
    found = lines.line_numbers(text, [("person", 1, "id"), ("person", 2, "name")])
    assert found == {("person", 1, "id"): 4, ("person", 2, "name"): 5}
    assert 0 < sum(parsed) <= lines.BEGINNING_BYTES
    assert lines.line_numbers(text, [("person", 99_999, "id")]) == {("person", 99_999, "id"): 200_000}


def test_a_beginning_that_is_cut_within_a_text_is_read_up_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "BEGINNING_BYTES", 40)
    text = 'a = 1\nb = """\n' + "[[x]]\n[y\n" * 200 + '"""\n[[person]]\nid = 1\n'
    assert lines.line_numbers(text, [("b",), ("person", 0, "id")]) == {("b",): 2, ("person", 0, "id"): 405}
