"""`orgtui import FILE --into ORG --what …`, as a command."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgtui.cli.import_report import PROBLEMS_SHOWN
from orgtui.exchange.sheets.kinds import KINDS
from orgtui.files.organization_file import load_organization
from orgtui.rules.registry import known_rules
from tests.cli.running import Program
from tests.exchange.sheets.sheets import department
from tests.organizations import write_organization

SHEETS = {
    "skills": "name,Media,SEO\nXu Lei,4,expert\n",
    "functions": "name,function,share\nXu Lei,PR,50 %\nXu Lei,Content,0.5\n",
    "goals": "goal,metric,teams\nReach,Views,Brand\n",
    "handoffs": "from,to,what\nPR,Sales,news\n",
}


@pytest.fixture
def org(tmp_path: Path) -> Path:
    return write_organization(tmp_path / "org.toml", department())


def sheet(folder: Path, text: str) -> Path:
    path = folder / "sheet.csv"
    path.write_text(text)
    return path


@pytest.mark.parametrize("what", sorted(KINDS))
def test_it_is_shown_then_written_then_nothing_changes(org: Path, orgtui: Program, what: str) -> None:
    before = org.read_bytes()
    arguments = ("import", sheet(org.parent, SHEETS[what]), "--into", org, "--what", what)
    shown = orgtui(*arguments)
    assert (shown.status, shown.err, org.read_bytes()) == (
        0,
        "nothing was written; --yes writes it\n",
        before,
    )
    wrote = orgtui(*arguments, "--yes")
    assert (wrote.status, wrote.out.splitlines()[-1]) == (0, f"{org} is written")
    assert (org.parent / "org.earlier-1.toml").read_bytes() == before
    loaded = load_organization(org, known_rules())
    assert set(loaded.people) == set(department().people)
    after = org.read_bytes()
    again = orgtui(*arguments, "--yes")
    assert (again.status, again.out.splitlines()[-1], org.read_bytes()) == (0, "nothing changed", after)


def test_json(org: Path, orgtui: Program) -> None:
    file = sheet(org.parent, SHEETS["skills"])
    ran = orgtui("import", file, "--into", org, "--what", "skills", "--format", "json")
    changed = {"what": "skill", "op": "set_skill", "person": "xu"}
    assert ran.json == {
        "outcome": "imported",
        "organization": "Acme Marketing",
        "written": False,
        "read": {"encoding": "utf-8", "delimiter": ",", "header_line": 1},
        "mapping": {"name": "name", "columns": ["Media", "SEO"]},
        "counts": {"skill": 2},
        "changes": [
            {**changed, "says": "Xu Lei: media 3 → 4", "skill": "media", "level": 4},
            {**changed, "says": "Xu Lei: seo 0 → 5", "skill": "seo", "level": 5},
        ],
        "problems": [],
    }


def test_errors_are_told_with_file_line_and_whom(org: Path, orgtui: Program) -> None:
    before = org.read_bytes()
    bad = sheet(org.parent, "name,seo\nXu Lai,3\n王磊,3\nXu Lei,9\n")
    arguments = ("import", bad, "--into", org, "--what", "skills", "--yes")
    assert orgtui(*arguments).err.splitlines() == [
        'sheet.csv:2: Xu Lai: nobody is called "Xu Lai"; did you mean Xu Lei?',
        'sheet.csv:4: Xu Lei: seo: "9" is no level; write 0 to 5, or a word such as basic, advanced, expert',
        "2 errors: nothing was written",
    ]
    refused = orgtui(*arguments, "--format", "json")
    assert (refused.status, refused.json["outcome"], refused.json["changes"]) == (2, "refused", [])
    assert org.read_bytes() == before


def test_what_cannot_be_asked(org: Path, orgtui: Program) -> None:
    file = sheet(org.parent, "a,b\n1,2\n")
    assert orgtui.refuses("import", file, "--into", org, "--what", "handoffs") == [
        "orgtui: sheet.csv:1: no row within the first 50 is a header with from + to"
    ]
    assert orgtui.refuses("import", file, "--what", "skills") == [
        "orgtui: --what says what to take into an organisation: name it with --into"
    ]
    assert orgtui.refuses("import", file, "--into", org, "--what", "skills", "--map", "name=a") == [
        "orgtui: --map is for lists of people, not for --what"
    ]


def test_several_files_are_one_change(org: Path, orgtui: Program) -> None:
    first, second = org.parent / "a.csv", org.parent / "b.csv"
    first.write_text("name,seo\nXu Lei,3\n")
    second.write_text("name,copywriting\n王磊,2\n")
    ran = orgtui("import", first, second, "--into", org, "--what", "skills", "--format", "json")
    assert [change["person"] for change in ran.json["changes"]] == ["xu", "wang"]


def test_a_long_list_of_errors_is_told_in_part(org: Path, orgtui: Program) -> None:
    rows = "".join(f"Nobody {number},3\n" for number in range(PROBLEMS_SHOWN + 4))
    bad = sheet(org.parent, f"name,seo\n{rows}")
    ran = orgtui("import", bad, "--into", org, "--what", "skills")
    assert ran.err.splitlines()[-2:] == ["and 4 more", f"{PROBLEMS_SHOWN + 4} errors: nothing was written"]
