"""Bad usage and bad input are told in words with status 2; pipes stay plain and may close."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from orgtui import __version__
from orgtui.cli.main import COMMANDS
from orgtui.rules.registry import catalogue
from tests.cli.running import Program, process
from tests.support import FOUR_DIVISIONS, SAMPLES, STARTUP

CHINESE = SAMPLES / "startup_a.zh.toml"

# -- files -----------------------------------------------------------------------------------------------


def make_missing(path: Path) -> None:
    pass


def make_folder(path: Path) -> None:
    path.mkdir()


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def make_loop(path: Path) -> None:
    path.symlink_to(path)


def make_latin(path: Path) -> None:
    path.write_bytes(b'format = 1\nname = "caf\xe9"\n')


def make_broken(path: Path) -> None:
    path.write_text('format = 1\n[organization\nname = "A"\n', encoding="utf-8")


def make_deep(path: Path) -> None:
    path.write_text(f"format = 1\na = {'[' * 5000}{']' * 5000}\n", encoding="utf-8")


BAD = [make_missing, make_folder, make_pipe, make_device, make_loop, make_latin, make_broken, make_deep]


@pytest.mark.parametrize("make", BAD)
def test_a_file_that_cannot_be_read_is_told_where_and_why(
    orgtui: Program, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    bad, new = tmp_path / "bad.toml", tmp_path / "new.toml"
    make(bad)
    for arguments in (
        ("check", bad),
        ("check", STARTUP, "--plan", bad),
        ("apply", bad, FOUR_DIVISIONS, "-o", new),
        ("apply", STARTUP, bad, "-o", new),
        ("apply", STARTUP, bad, "-o", new, "--rebase"),
    ):
        lines = orgtui.refuses(*arguments)
        assert lines
        for line in lines:
            place, _, said = line.partition(": ")
            assert place.removeprefix(f"{bad}:").isdigit()
            assert "; " in said
    assert not new.exists()


def test_every_problem_of_a_file_is_told_at_once(orgtui: Program, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(
        'format = 1\n\n[organization]\nname = "A"\nas_of = 2026-11-21\n\n'
        '[[team]]\nid = "a"\nname = "A"\nlead = "nobody"\n\n'
        '[[team]]\nid = "b"\nname = "B \\u001b[31m"\nparents = "a"\n\n[rules]\nignore = ["P999"]\n',
        encoding="utf-8",
    )
    told = [line.split(": ")[0:2] for line in orgtui.refuses("check", bad)]
    assert told == [
        [f"{bad}:10", "team[1].lead (a)"],
        [f"{bad}:12", "team[2].parent (b)"],
        [f"{bad}:14", "team[2].name (b)"],
        [f"{bad}:15", "team[2].parents (b)"],
        [f"{bad}:18", "rules.ignore[1]"],
    ]


def test_every_problem_of_a_plan_is_told_at_once(orgtui: Program, tmp_path: Path) -> None:
    bad = tmp_path / "bad.plan.toml"
    text = FOUR_DIVISIONS.read_text(encoding="utf-8")
    text = text.replace('op = "take_goal"\nteam = "web"', 'op = "take_gaol"\nteam = "web"')
    text = text.replace('status = "proposed"', 'status = "maybe"')
    bad.write_text(text, encoding="utf-8")
    told = [line.split(": ")[1] for line in orgtui.refuses("check", STARTUP, "--plan", bad)]
    assert told == ["plan.status", "change[3].op"]


def test_names_of_files_that_would_drive_the_terminal_are_spelled_out(
    orgtui: Program, tmp_path: Path
) -> None:
    wild = tmp_path / "wild\x1b[31m.toml"
    assert len(orgtui.refuses("check", wild)) == 1
    wild.write_bytes(STARTUP.read_bytes())
    assert orgtui.refuses("check", wild, "--with-pay") == ["orgtui: wild\\x1b[31m.toml names no pay file"]


# -- usage -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("check", STARTUP, "extra"),
        ("check", STARTUP, "--format", "xml"),
        ("check", STARTUP, "--today", "tomorrow"),
        ("check", STARTUP, "--today", "2026-02-30"),
        ("check", STARTUP, "--fail-on", "P203"),
        ("check", STARTUP, "--unknown"),
        ("apply", STARTUP, FOUR_DIVISIONS),
        ("apply", STARTUP, "-o", "new.toml"),
        ("rule", "P203", "P204"),
        ("check", STARTUP, "--lang", "tlh"),
    ],
)
def test_wrong_usage_is_told_in_words(orgtui: Program, arguments: tuple[str | Path, ...]) -> None:
    lines = orgtui.refuses(*arguments)
    assert lines[-1].startswith("orgtui")
    assert len(lines) < 12


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself(orgtui: Program, command: str) -> None:
    ran = orgtui(command, "--help")
    assert ran.status == 0
    assert ran.out.startswith(f"usage: orgtui {command} ")
    assert ran.err == ""


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize("given", ["", ",", " ", "P1,,C2", "P1,", ",P1", "P1, ,C2"])
def test_a_list_with_an_empty_item_is_refused(orgtui: Program, option: str, given: str) -> None:
    said = orgtui.refuses("check", STARTUP, f"{option}={given}")[-1]
    assert said.endswith(
        f"argument {option}: an item of “{given}” is empty; write words with a comma between"
    )
    said = orgtui.refuses("--lang", "zh", "check", STARTUP, option, given)[-1]
    assert said.endswith(f"「{given}」里有空项；请用逗号分隔各项")


# -- rules -------------------------------------------------------------------------------------------------


def test_the_catalogue_lists_every_rule(orgtui: Program) -> None:
    lines = orgtui("rule").out.splitlines()
    assert [line.split()[:3] for line in lines] == [
        [code, each.severity, each.name] for code, each in catalogue().items()
    ]


@pytest.mark.parametrize("word", ["P203", "team-too-thin"])
def test_one_page_is_printed_by_code_or_name(orgtui: Program, word: str) -> None:
    ran = orgtui("rule", word)
    assert ran.status == 0
    assert ran.out.startswith("# P203 team-too-thin (warning)\n\n")
    for part in ("## What it checks", "## Why", "## Example bad", "## How to mend", "## Source"):
        assert part in ran.out


@pytest.mark.parametrize(
    ("word", "near"),
    [("P2", "P"), ("P209", "P20"), ("p203", "P203"), ("team-to-thin", "team-too-thin"), (" ", ""), ("", "")],
)
def test_a_rule_that_is_not_known_is_told_with_the_nearest(orgtui: Program, word: str, near: str) -> None:
    [said] = orgtui.refuses("rule", word)
    assert f'no rule is called "{word}"; the nearest is {near}' in said
    assert said.endswith(", and `orgtui rule` lists them all")


# -- processes ---------------------------------------------------------------------------------------------


def test_a_pipe_gets_plain_text_and_may_close_early() -> None:
    ran = process(f"orgtui check '{STARTUP}' --format json | head -1")
    assert (ran.returncode, ran.stdout, ran.stderr) == (1, "{\n", "")
    ran = process(f"orgtui check '{SAMPLES / 'healthy.toml'}' --format json | head -1")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "{\n", "")
    ran = process("orgtui rule | true")
    assert (ran.returncode, ran.stderr) == (0, "")


def test_no_colour_and_no_control_reaches_a_pipe() -> None:
    ran = process(f"orgtui check '{CHINESE}'", env={**os.environ, "FORCE_COLOR": "1"})
    assert ran.returncode == 1
    assert all(line.isprintable() for line in ran.stdout.splitlines())


def test_output_that_cannot_be_written_is_told() -> None:
    ran = process(f"orgtui check '{STARTUP}' --format json > /dev/full")
    assert ran.returncode == 2
    assert ran.stderr == "orgtui: the output cannot be written: No space left on device\n"
    ran = process(f"orgtui check '{STARTUP}' >&-")
    assert ran.returncode == 2
    assert ran.stderr == "orgtui: the output cannot be written: Bad file descriptor\n"


def test_where_the_output_has_no_unicode_it_is_spelled_out() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "ORGTUI_LANG": "en"}
    ran = process(f"orgtui check '{CHINESE}' --format json", env=environment)
    assert ran.stdout.isascii()
    assert ran.stderr == ""
    names = json.loads(ran.stdout)
    assert not names["organization"].isascii()
    ran = process(f"orgtui check '{CHINESE}'", env=environment)
    assert ran.stdout.isascii()
    assert (ran.returncode, ran.stderr) == (1, "")


def test_bad_input_is_told_on_standard_error_of_a_process(tmp_path: Path) -> None:
    ran = process(f"orgtui check '{tmp_path / 'missing.toml'}'")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == (
        f"{tmp_path / 'missing.toml'}:1: file: the file cannot be read (No such file or directory); "
        "name a file that is there and that you may read\n"
    )


def test_an_interrupted_command_ends_without_a_word(orgtui: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("orgtui.cli.check.load_state", interrupt)
    ran = orgtui("check", STARTUP)
    assert (ran.status, ran.out, ran.err) == (130, "", "")


def test_a_day_that_is_none_is_refused_with_one_that_is(orgtui: Program) -> None:
    said = orgtui.refuses("check", STARTUP, "--today", "2026-02-30")[-1]
    assert said.endswith("2026-02-30 is no date; write a date such as 2026-11-21")


def test_the_version_is_told(orgtui: Program) -> None:
    ran = orgtui("--version")
    assert (ran.status, ran.out) == (0, f"orgtui {__version__}\n")


def test_a_command_that_is_mistyped_is_no_organisation(orgtui: Program) -> None:
    for given in (["chek"], ["chek", "startup.toml"], ["chek", "--format", "json"]):
        said = orgtui.refuses(*given)[-1]
        assert said.endswith("there is no file and no command chek; the nearest command is check")
