"""`orgtui import FILE --into ORG`: the next export, as a command."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgtui.changes.parse import parse_change
from orgtui.cli import import_into
from orgtui.cli.import_into import CHANGES_SHOWN
from orgtui.exchange.record import record_path
from orgtui.exchange.updating import COUNTED
from orgtui.files.organization_file import load_organization, save_organization
from orgtui.model.records import Files
from orgtui.model.store import Set
from orgtui.rules.registry import known_rules
from orgtui.session.plan.opening import open_session
from orgtui.session.plan.rebasing import SessionRebase, has_finding_in, reload_if_changed
from tests.cli.running import Program
from tests.exchange.imports import HEADER, NOVEMBER, having
from tests.session.sessions import moved

DECEMBER = having(
    "4,Xu Lei,PR lead,Growth,3,1", "9,Zhao Yan,Event manager,Events,8,1", without=("5",)
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, orgtui: Program) -> Path:
    """A folder with the organisation of November and the export of December."""
    written(tmp_path / "november.csv", NOVEMBER)
    written(tmp_path / "december.csv", DECEMBER)
    made = orgtui(
        "import", tmp_path / "november.csv", "-o", tmp_path / "org.toml", "--yes", "--today", "2026-11-21"
    )
    assert made.status == 0
    return tmp_path


def written(path: Path, rows: tuple[str, ...], header: str = HEADER) -> Path:
    path.write_text("\n".join((header, *rows, "")))
    return path


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_difference_is_shown_and_nothing_is_written(folder: Path, orgtui: Program) -> None:
    before = files(folder)
    ran = orgtui("import", folder / "december.csv", "--into", folder / "org.toml", "--today", "2026-12-21")
    assert ran.status == 0
    assert "1 joined, 1 left, 1 moved, 1 with a new manager, 1 with a new title, a new day\n" in ran.out
    assert "  Xu Lei from Brand to Growth\n" in ran.out
    assert ran.err == "nothing was written; --yes writes it\n"
    assert files(folder) == before


def test_it_is_written_and_the_earlier_files_are_kept(folder: Path, orgtui: Program) -> None:
    before = files(folder)
    ran = orgtui("import", folder / "december.csv", "--into", folder / "org.toml", "--yes")
    assert ran.status == 0
    assert ran.out.endswith("org.toml is written\n")
    after = files(folder)
    assert after["org.earlier-1.toml"] == before["org.toml"]
    assert after["org.earlier-1.import.toml"] == before["org.import.toml"]
    assert orgtui("check", folder / "org.toml").status in (0, 1)


def test_the_same_file_again_changes_no_byte(folder: Path, orgtui: Program) -> None:
    arguments = ("import", folder / "december.csv", "--into", folder / "org.toml", "--yes")
    orgtui(*arguments, "--today", "2026-12-21")
    before = files(folder)
    ran = orgtui(*arguments, "--today", "2026-12-24")
    assert (ran.status, ran.out.splitlines()[-1], ran.err) == (0, "nothing changed", "")
    assert files(folder) == before


def test_json_says_what_changed(folder: Path, orgtui: Program) -> None:
    ran = orgtui(
        *("import", folder / "december.csv", "--into", folder / "org.toml"),
        *("--format", "json", "--today", "2026-11-21"),
    )
    assert list(ran.json) == [
        *("outcome", "organization", "written", "read", "mapping", "counts", "changes", "problems"),
    ]
    assert (ran.json["outcome"], ran.json["written"]) == ("imported", False)
    assert ran.json["counts"] == {"joined": 1, "left": 1, "moved": 1, "new-manager": 1, "retitled": 1}
    assert ran.json["changes"] == [
        {
            "what": "joined",
            "says": "Zhao Yan in Events, on Events",
            "op": "add_seat",
            "person": "9",
            "team": "events",
            "name": "Zhao Yan",
            "title": "Event manager",
            "functions": {"events": 1.0},
        },
        {"what": "left", "says": "Zhang Wei of Brand", "op": "remove_seat", "person": "5"},
        {
            "what": "moved",
            "says": "Xu Lei from Brand to Growth",
            "op": "move_person",
            "person": "4",
            "to": "growth",
        },
        {"what": "new-manager", "says": "Xu Lei: Li Na → Wang Wei", "person": "4", "from": "2", "to": "3"},
        {
            "what": "retitled",
            "says": "Xu Lei: PR manager → PR lead",
            "op": "set_seat",
            "person": "4",
            "title": "PR lead",
        },
    ]  # fmt: skip
    assert set(ran.json["counts"]) <= set(COUNTED)
    wrote = orgtui(
        "import", folder / "december.csv", "--into", folder / "org.toml", "--format", "json", "--yes"
    )
    assert wrote.json["written"]
    again = orgtui(
        "import", folder / "december.csv", "--into", folder / "org.toml", "--format", "json", "--yes"
    )
    assert (again.json["outcome"], again.json["written"], again.json["changes"]) == ("unchanged", False, [])


def test_columns_that_were_named_need_no_naming_again(tmp_path: Path, orgtui: Program) -> None:
    header = "nr,who,what,crew,boss"
    rows = ("1,Chen Jing,CMO,Marketing,", "2,Li Na,PR manager,Brand,1")
    file = written(tmp_path / "a.csv", rows, header)
    named = [f"--map={each}" for each in ("id=nr", "name=who", "title=what", "team=crew", "manager=boss")]
    assert orgtui("import", file, "-o", tmp_path / "org.toml", "--yes", *named).status == 0
    later = written(tmp_path / "b.csv", (*rows, "3,Xu Lei,PR lead,Brand,1"), header)
    ran = orgtui("import", later, "--into", tmp_path / "org.toml", "--format", "json")
    assert ran.json["counts"] == {"joined": 1}


def test_a_column_that_is_gone_is_told_and_what_it_held_stays(folder: Path, orgtui: Program) -> None:
    rows = tuple(",".join([row.split(",")[0], row.split(",")[1], *row.split(",")[3:]]) for row in DECEMBER)
    file = written(folder / "b.csv", rows, "id,name,department,manager id,fte")
    ran = orgtui("import", file, "--into", folder / "org.toml", "--format", "json")
    assert "retitled" not in ran.json["counts"]
    assert "column-gone" in [problem["code"] for problem in ran.json["problems"]]


def test_only_what_is_new_is_asked(tmp_path: Path, orgtui: Program) -> None:
    header = "name,title,department"
    rows = ("Chen Jing,CMO,Marketing", "Li Na,Head of Brand,Brand", "Xu Lei,Clerk,Brand")
    file = written(tmp_path / "a.csv", rows, header)
    assert orgtui("import", file, "-o", tmp_path / "org.toml", "--yes").status == 0
    into = ("--into", tmp_path / "org.toml", "--format", "json")
    same = written(tmp_path / "b.csv", (*rows, "He Yi,Clerk,Brand"), header)
    assert orgtui("import", same, *into).json["outcome"] == "imported"
    more = written(tmp_path / "c.csv", (*rows, "He Yi,Head of Events,Events"), header)
    ran = orgtui("import", more, *into)
    assert (ran.status, ran.json["outcome"]) == (2, "asks")
    assert [p["key"] for p in ran.json["problems"] if p["severity"] == "question"] == ["lead:Events"]
    # The lead that was chosen has left: it is asked again.
    gone = written(tmp_path / "d.csv", (rows[0], "Ma Jun,Head of Brand,Brand", rows[2]), header)
    ran = orgtui("import", gone, *into)
    assert [p["key"] for p in ran.json["problems"] if p["severity"] == "question"] == ["lead:Brand"]


def test_no_functions_then_none_now(tmp_path: Path, orgtui: Program) -> None:
    november, december = written(tmp_path / "a.csv", NOVEMBER), written(tmp_path / "b.csv", DECEMBER)
    orgtui("import", november, "-o", tmp_path / "org.toml", "--yes", "--no-functions")
    ran = orgtui("import", december, "--into", tmp_path / "org.toml", "--format", "json", "--yes")
    assert "functions" not in ran.json["changes"][0]
    assert "[[function]]" not in (tmp_path / "org.toml").read_text()


@pytest.mark.parametrize("answer", [True, False])
def test_on_a_terminal_it_is_asked(
    folder: Path, orgtui: Program, monkeypatch: pytest.MonkeyPatch, answer: bool
) -> None:
    monkeypatch.setattr(import_into, "can_ask", lambda: True)
    monkeypatch.setattr(import_into, "confirm", lambda _: answer)
    before = (folder / "org.toml").read_bytes()
    assert orgtui("import", folder / "december.csv", "--into", folder / "org.toml").status == 0
    assert ((folder / "org.toml").read_bytes() != before) == answer


# -- bad input -----------------------------------------------------------------------------------


def test_errors_of_the_file_are_told_with_lines_and_nothing_is_written(folder: Path, orgtui: Program) -> None:
    bad = written(folder / "bad.csv", ("1,Chen Jing,CMO,Marketing,9,1", "1,Li Na,CMO,Brand,1,much"))
    before = files(folder)
    ran = orgtui("import", bad, "--into", folder / "org.toml", "--yes")
    assert ran.status == 2
    assert [line.split(":")[1] for line in ran.err.splitlines()[:-1]] == ["3", "3"]
    assert ran.err.splitlines()[-1] == "2 errors: nothing was written"
    assert files(folder) == before
    assert (
        orgtui("import", bad, "--into", folder / "org.toml", "--format", "json").json["outcome"] == "refused"
    )


def test_names_that_only_look_alike_are_refused(folder: Path, orgtui: Program) -> None:
    bad = written(folder / "bad.csv", having("8,Jos\u00e9,Head,Events,1,1", "9,Jose\u0301,Clerk,Brand,2,1"))
    before = files(folder)
    ran = orgtui("import", bad, "--into", folder / "org.toml", "--yes")
    assert (ran.status, "looks like another name" in ran.err) == (2, True)
    assert files(folder) == before


def test_where_there_is_nothing_to_change(folder: Path, orgtui: Program) -> None:
    file, none = folder / "december.csv", folder / "none.toml"
    assert orgtui.refuses("import", file, "--into", none) == [
        f"orgtui: {none} is not there; make it with --output, and give what comes later --into it"
    ]
    both = orgtui.refuses("import", file, "--into", folder / "org.toml", "-o", folder / "new.toml")
    assert both == ["orgtui: --output makes an organisation, --into changes one: give one of the two"]


def test_a_record_with_problems_is_told(folder: Path, orgtui: Program) -> None:
    record = record_path(folder / "org.toml")
    record.write_text(record.read_text().replace('4 = "4"', '4 = "Not An Id"'))
    assert (
        "org.import.toml:19: people.4: "
        in orgtui.refuses("import", folder / "december.csv", "--into", folder / "org.toml")[0]
    )


def test_who_changes_the_organisation_meanwhile_is_not_overwritten(
    folder: Path, orgtui: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "org.toml"

    def meanwhile(_: object) -> bool:
        path.write_text(path.read_text().replace("Chen Jing", "Chen Jin"))
        return True

    monkeypatch.setattr(import_into, "can_ask", lambda: True)
    monkeypatch.setattr(import_into, "confirm", meanwhile)
    ran = orgtui("import", folder / "december.csv", "--into", path)
    assert (ran.status, "was changed meanwhile" in ran.err) == (2, True)
    assert "Chen Jin" in path.read_text()


# -- an open session -----------------------------------------------------------------------------


def test_an_open_session_notices_and_asks_only_about_who_left(folder: Path, orgtui: Program) -> None:
    opened = open_session(folder / "org.toml")
    opened.session.do(moved("6", "brand"))
    opened.session.do(moved("5", "growth"))
    assert orgtui("import", folder / "december.csv", "--into", folder / "org.toml", "--yes").status == 0
    assert opened.on_disk.has_changed()
    there = reload_if_changed(opened)
    assert there is not None
    rebase = SessionRebase(opened, there, has_finding_in(there.organization))
    conflict = rebase.conflict()
    assert conflict is not None
    assert conflict.conflict.step.change == parse_change({"op": "move_person", "person": "5", "to": "growth"})
    assert conflict.conflict.refused is not None
    rebase.leave_out(conflict.number)
    assert rebase.conflict() is None
    rebase.save()
    opened.session.close()
    again = open_session(folder / "org.toml")
    assert again.session.organization.people["6"].team == "brand"
    assert "9" in again.session.organization.people
    again.session.close()


def test_a_record_can_be_read_whatever_columns_hold(tmp_path: Path, orgtui: Program) -> None:
    rows = ("1,Chen Jing,Marketing,", "2,Li Na,Brand,")
    file = written(tmp_path / "a\u202e.csv", rows, "id,name,department,\u202emanager id")
    into = tmp_path / "org.toml"
    assert orgtui("import", file, "-o", into, "--yes").status == 0
    ran = orgtui("import", file, "--into", into, "--yes")
    assert (ran.status, ran.out.splitlines()[-1]) == (0, "nothing changed")


def test_people_in_a_file_of_their_own_stay_there(folder: Path, orgtui: Program) -> None:
    path = folder / "org.toml"
    organization = load_organization(path, known_rules())
    organization.apply(Set("files", "", None, Files(people="people.csv")))
    save_organization(organization, path)
    assert orgtui("import", folder / "december.csv", "--into", path, "--yes").status == 0
    assert "[[person]]" not in path.read_text()
    assert "Zhao Yan" in (folder / "people.csv").read_text()
    assert "Zhao Yan" not in (folder / "people.earlier-1.csv").read_text()


def test_a_long_difference_is_told_in_part(folder: Path, orgtui: Program) -> None:
    more = tuple(f"{100 + each},Person {each},Clerk,Brand,2,1" for each in range(CHANGES_SHOWN + 7))
    file = written(folder / "more.csv", (*NOVEMBER, *more))
    ran = orgtui("import", file, "--into", folder / "org.toml", "--today", "2026-11-21")
    assert "  and 7 more" in ran.out.splitlines()
    assert len([line for line in ran.out.splitlines() if line.startswith("  Person")]) == CHANGES_SHOWN


def test_nothing_private_is_written(folder: Path, orgtui: Program) -> None:
    header = HEADER + ",email,salary,phone,birth date"
    rows = tuple(f"{row},canary{row[0]}@x.com,canary9000,canary555,1990-01-01" for row in DECEMBER)
    file = written(folder / "b.csv", rows, header)
    ran = orgtui("import", file, "--into", folder / "org.toml", "--yes")
    assert ran.status == 0
    file.unlink()
    assert not [name for name, data in files(folder).items() if b"canary" in data or b"1990" in data]
    assert "canary" not in ran.out + ran.err
