"""Every entrance for text: what could drive a terminal is refused there, or made visible, and never shown."""

from __future__ import annotations

import json
import os
import pwd
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from orgtui.changes.parse import parse_change
from orgtui.changes.refusal import Refused
from orgtui.files.disk.recent import add_recent, recent_files
from orgtui.files.organization_file import load_organization
from orgtui.files.pay_csv import load_pay
from orgtui.files.plan_file import load_plan
from orgtui.files.toml.problems import InvalidFile
from orgtui.locales import translate
from orgtui.model.gate import is_clean, redact_control_chars
from orgtui.model.invalid import InvalidChange
from orgtui.rules.registry import known_rules
from orgtui.session.identity import user_name
from orgtui.session.log.chain import BEFORE, line_hash
from orgtui.session.log.file import log_path_for
from orgtui.session.plan.opening import open_session
from orgtui.tui.commands.browsing import COMMANDS
from orgtui.tui.commands.keymap import InvalidKeys, load_keymap
from tests.cli.running import Program
from tests.session.sessions import notices, refusal, renamed, write_department

HOSTILE = {
    "escape": "\x1b[2J",
    "clipboard": "\x1b]52;c;cm0gLXJm\x07",
    "c1": "\x9b31m",
    "bidi": "\u202egpj",
    "zero width": "a\u200bb",
    "soft hyphen": "a\u00adb",
    "filler": "\u3164",
    "joiner": "a\u200db",
    "selector": "a\ufe0f",
    "tag": "\U000e0041",
    "line": "a\u2028b",
    "surrogate": "\udcff",
}


@pytest.fixture(params=HOSTILE.values(), ids=list(HOSTILE))
def evil(request: pytest.FixtureRequest) -> str:
    text: str = request.param
    return text


def escaped(text: str) -> str:
    """A text as the escapes of TOML; a lone surrogate has none that is read."""
    return "".join(f"\\U{ord(each):08x}" for each in text)


def told(act: Callable[[], object]) -> list[str]:
    """What is said of something that is refused."""
    try:
        act()
    except InvalidFile as invalid:
        return [str(each) for each in invalid.problems]
    except InvalidKeys as invalid:
        return [translate(each) for each in invalid.sentences]
    except InvalidChange as invalid:
        return [translate(each) for _, wrong, right in invalid.problems for each in (wrong, right)]
    except Refused as refused:
        return [translate(refused.sentence)]
    raise AssertionError("it was let in")


def assert_told(act: Callable[[], object]) -> None:
    said = told(act)
    assert said
    assert all(map(is_clean, said)), said


TEAM = """\
format = 1
organization = {{ name = "Team", as_of = 2026-11-21 }}
team = [{{ id = "team", name = {name} }}]
{more}
"""


def write(folder: Path, name: str = '"Team"', more: str = "") -> Path:
    path = folder / "team.toml"
    path.write_text(TEAM.format(name=name, more=more), "utf-8")
    return path


def test_a_name_in_the_organisation(tmp_path: Path, evil: str) -> None:
    assert_told(lambda: load_organization(write(tmp_path, f'"{escaped(evil)}"'), known_rules()))


ALIKE = 'department = [{ id = "pr", name = "PR  and media" }, { id = "hr", name = "PR and media" }]'


def test_two_names_that_look_alike_are_refused(tmp_path: Path) -> None:
    said = told(lambda: load_organization(write(tmp_path, more=ALIKE), known_rules()))
    assert [each.split(": ", 1)[1] for each in said] == [
        'department[2].name (hr): "PR and media" looks like another name and is not the same; '
        'write it as "PR  and media"'
    ]
    opened = open_session(write_department(tmp_path))
    team = opened.session.organization.teams["pr"]
    for change in (
        {"op": "rename", "kind": "team", "id": "brand", "name": f"{team.name} "},
        {"op": "create_team", "team": "new", "parent": team.parent, "name": f"{team.name} "},
    ):
        [refused] = told(lambda change=change: opened.session.do([parse_change(change)]))  # type: ignore[misc]
        assert "looks like another name" in refused
    opened.session.do(renamed("brand", team.name))
    opened.session.close()


def test_a_key_and_an_id_in_the_organisation(tmp_path: Path, evil: str) -> None:
    for more in (f'"{escaped(evil)}" = 1', f'tool = [{{ id = "{escaped(evil)}", name = "A" }}]'):
        assert_told(lambda more=more: load_organization(write(tmp_path, more=more), known_rules()))  # type: ignore[misc]


@pytest.mark.parametrize("column", range(9))
def test_a_cell_of_the_people(tmp_path: Path, evil: str, column: int) -> None:
    path = write(tmp_path, more='files = { people = "people.csv" }')
    cells = ["li", "Li", "Title", "team", "filled", "1", "", "seo:3", "seo"]
    cells[column] += evil
    header = "id,name,title,team,state,fte,functions,skills,learning\n"
    data = f"{header}{','.join(cells)}\n".encode("utf-8", "surrogatepass")
    (tmp_path / "people.csv").write_bytes(data)
    assert_told(lambda: load_organization(path, known_rules()))


@pytest.mark.parametrize("row", ["li{evil},1", "li,1{evil}", "li,1,{evil}"])
def test_a_cell_of_the_pay(tmp_path: Path, evil: str, row: str) -> None:
    organization = load_organization(write(tmp_path), known_rules())
    pay = tmp_path / "pay.csv"
    pay.write_bytes(f"person,annual_cost\n{row.format(evil=evil)}\n".encode("utf-8", "surrogatepass"))
    assert_told(lambda: load_pay(pay, organization))


PLAN = """\
format = 1
[plan]
name = {name}
organization = "Team"
baseline = "sha256:{zeros}"
[[change]]
op = "rename"
kind = "team"
id = "team"
name = {to}
why = {why}
by = {by}
"""


@pytest.mark.parametrize("place", ["name", "to", "why", "by"])
def test_a_text_in_a_plan(tmp_path: Path, evil: str, place: str) -> None:
    said = dict.fromkeys(("name", "to", "why", "by"), '"A"') | {place: f'"{escaped(evil)}"'}
    plan = tmp_path / "a.plan.toml"
    plan.write_text(PLAN.format(zeros="0" * 64, **said), "utf-8")
    assert_told(lambda: load_plan(plan, parse_change))


def log_with(folder: Path, place: str, text: str) -> Path:
    """A department whose log ends with an entry that somebody else wrote, `text` in one place of it."""
    path = write_department(folder)
    opened = open_session(path)
    opened.session.do(renamed("pr", "Press"))
    opened.session.close()
    change = {"op": "rename", "kind": "team", "id": "pr", "name": text if place == "change" else "Media"}
    entry: dict[str, object] = {"entry": "do", "changes": [change], "why": "A", "by": "li"}
    entry |= {"at": "2026-11-21T10:00:00+08:00", "was": [{"name": "Press"}], "wave": 1}
    if place != "change":
        entry[place if place != "key" else text] = text
    log = log_path_for(opened.plan_path)
    lines = log.read_bytes().splitlines()
    lines.append(json.dumps({BEFORE: line_hash(lines[-1]), **entry}).encode())
    log.write_bytes(b"\n".join((*lines, b"")))
    return path


@pytest.mark.parametrize("place", ["why", "by", "at", "entry", "change", "key"])
def test_an_entry_of_another_session(tmp_path: Path, evil: str, place: str) -> None:
    assert is_clean(refusal(log_with(tmp_path, place, evil)))


@pytest.mark.parametrize("place", ["why", "by", "change"])
def test_an_entry_of_another_session_is_let_in_without(tmp_path: Path, place: str) -> None:
    open_session(log_with(tmp_path, place, "王磊")).session.close()


@pytest.mark.parametrize("field", ["name", "kind", "id"])
def test_an_answer_to_a_prompt(tmp_path: Path, evil: str, field: str) -> None:
    opened = open_session(write_department(tmp_path))
    change = {"op": "rename", "kind": "team", "id": "pr", "name": "Press", field: evil}
    assert_told(lambda: opened.session.do([parse_change(change)]))
    opened.session.do(renamed("pr", "Press"))
    assert_told(lambda: opened.session.say_why(1, evil))
    opened.session.close()


@pytest.mark.parametrize("line", ['"{evil}" = ["x"]', 'undo = ["{evil}"]', '"{evil}" = 3'])
def test_own_keys(tmp_path: Path, evil: str, line: str) -> None:
    file = tmp_path / "keys.toml"
    file.write_text(line.format(evil=escaped(evil)), "utf-8")
    assert_told(lambda: load_keymap(COMMANDS, file))


def test_the_list_of_files_opened_lately(tmp_path: Path, evil: str) -> None:
    file = tmp_path / "recent.toml"
    file.write_text(f'paths = ["/{escaped(evil)}"]', "utf-8")
    assert_told(lambda: recent_files(file))
    file.unlink()
    add_recent(Path(f"/{evil}.toml"), file)
    assert not file.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "{evil}.toml"),
        ("check", "a.toml", "{evil}"),
        ("check", "a.toml", "--select", "{evil}"),
        ("check", "a.toml", "--today", "{evil}"),
        ("check", "a.toml", "--format", "{evil}"),
        ("check", "a.toml", "--lang", "{evil}"),
        ("apply", "{evil}", "{evil}", "-o", "{evil}"),
        ("fix", "{evil}", "-o", "{evil}"),
        ("diff", "{evil}", "{evil}"),
        ("rule", "{evil}"),
        ("{evil}", "{evil}"),
        ("--{evil}",),
    ],
)
def test_an_argument(capsys: pytest.CaptureFixture[str], evil: str, arguments: tuple[str, ...]) -> None:
    ran = Program(capsys)(*(each.format(evil=evil) for each in arguments))
    assert ran.status == 2
    assert all(map(is_clean, ran.err.split("\n"))), ran.err


def test_the_name_of_the_user(monkeypatch: pytest.MonkeyPatch, evil: str) -> None:
    monkeypatch.setattr(pwd, "getpwuid", lambda _: SimpleNamespace(pw_name=evil))
    assert user_name() == str(os.getuid())


def test_the_name_of_a_file_becomes_the_name_of_its_plan(tmp_path: Path, evil: str) -> None:
    from orgtui.session.plan.folding import fold

    path = write_department(tmp_path).rename(tmp_path / f"team{evil}.toml")
    opened = open_session(path)
    opened.session.do(renamed("pr", "Press"))
    fold(opened)
    opened.session.close()
    again = open_session(path)
    again.session.close()
    assert again.plan is not None
    assert is_clean(again.plan.name)
    assert all(is_clean(redact_control_chars(each)) for each in notices(again))


@pytest.mark.parametrize("format_", ["text", "json", "sarif", "github"])
def test_the_name_of_a_file_in_a_report(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, evil: str, format_: str
) -> None:
    folder = tmp_path / f"a{evil}"
    folder.mkdir()
    path = write_department(folder).rename(folder / f"team{evil}.toml")
    ran = Program(capsys)("check", path, "--format", format_)
    assert ran.status in (0, 1)
    assert all(map(is_clean, ran.out.split("\n")))
    if format_ in ("json", "sarif"):
        json.loads(ran.out)
