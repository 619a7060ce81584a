"""What shells complete, the help by purpose, and the manual page."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from orgtui.cli.guide import EXAMPLES, PURPOSES
from orgtui.cli.main import COMMANDS
from orgtui.cli.manual import page
from tests.cli.prepared import asks
from tests.cli.running import Program
from tests.support import STARTUP

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an organisation and the program in `bin`."""
    shutil.copy(STARTUP, tmp_path / "acme.toml")
    (tmp_path / "broken.toml").write_text("[", "utf-8")
    program = tmp_path / "bin" / "orgtui"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m orgtui "$@"\n', "utf-8")
    program.chmod(0o755)
    return tmp_path


def completed(folder: Path, line: str) -> list[str]:
    """What fits a line that is being typed, as the scripts ask for it."""
    asking = {
        "COMP_LINE": line,
        "COMP_POINT": str(len(line.encode())),
        "COMP_TYPE": "9",
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": "\n",
        "_ARGCOMPLETE_SHELL": "fish",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(folder / "said"),
    }
    done = subprocess.run(
        ["sh", "-c", f"exec {asks()}"],
        env={**os.environ, **asking},
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("", "")
    return [each.partition("\t")[0].strip() for each in (folder / "said").read_text("utf-8").split("\n")]


@pytest.mark.parametrize(
    ("line", "fitting"),
    [
        ("orgtui ch", ["check"]),
        ("orgtui ac", ["acme.toml"]),
        ("orgtui check --fo", ["--format"]),
        ("orgtui check acme.toml --format s", ["sarif"]),
        ("orgtui --lang zh places acme.toml function:se", ["function:sem", "function:seo"]),
        ("orgtui places acme.toml team:web person:lin", ["person:lin-yue"]),
        ("orgtui export acme.toml --only par", ["partners"]),
        ("orgtui suggest acme.toml --keep team:sd", ["team:sdr"]),
        ("orgtui check acme.toml --select P101,P40", [f"P101,P40{number}" for number in range(1, 8)]),
        ("orgtui rule team-too-t", ["team-too-thin"]),
        ("orgtui export acme.toml --to html,pp", ["html,pptx"]),
        ("orgtui completion f", ["fish"]),
        ("orgtui places broken.toml team:", [""]),
        ("orgtui places nowhere.toml team:", [""]),
    ],
)
def test_what_fits(folder: Path, line: str, fitting: list[str]) -> None:
    assert completed(folder, line) == fitting


def test_every_command_is_offered(folder: Path) -> None:
    assert set(completed(folder, "orgtui ")) >= COMMANDS.keys()


def test_bash_takes_the_script(folder: Path) -> None:
    script = f"""
        PATH="{folder}/bin:$PATH"
        eval "$(orgtui completion bash)"
        COMP_WORDS=(orgtui places acme.toml function:sem) COMP_CWORD=3 COMP_TYPE=9
        COMP_LINE='orgtui places acme.toml per' COMP_POINT=27
        _python_argcomplete orgtui
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True, check=True)
    assert "person:lin-yue" in done.stdout.split()


@pytest.mark.parametrize(
    ("shell", "says"), [("zsh", "#compdef orgtui"), ("fish", "complete --command orgtui")]
)
def test_the_other_scripts_are_theirs(orgtui: Program, folder: Path, shell: str, says: str) -> None:
    script = orgtui("completion", shell).out
    assert says in script
    if shutil.which(shell):
        (folder / "script").write_text(script, "utf-8")
        subprocess.run([shell, "-n", "script"], cwd=folder, check=True)


def test_every_command_has_one_purpose_and_an_example(orgtui: Program) -> None:
    assert PURPOSES.keys() == COMMANDS.keys()
    assert EXAMPLES.keys() == {"", *COMMANDS}
    for name, example in EXAMPLES.items():
        assert example.startswith(f"orgtui {name}".rstrip())
        said = orgtui(*filter(None, [name]), "--help").out
        assert " ".join(said.split()).endswith(f"example: {example}")
    for language, purpose in (("en", "sessions on a server:"), ("zh", "服务器上的会话")):
        said = orgtui("--help", "--lang", language).out
        assert purpose in said
        assert max(map(len, said.splitlines())) <= 100


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="other versions word the same otherwise")
def test_the_manual_page_is_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert (ROOT / "docs" / "orgtui.1").read_text("utf-8") == page(), "run make docs"


def test_the_manual_page_can_be_read() -> None:
    man = shutil.which("groff")
    if man is None:
        pytest.skip("no groff")
    done = subprocess.run(
        [man, "-Kutf8", "-man", "-Tutf8", "-ww", ROOT / "docs" / "orgtui.1"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    assert "restructure a marketing organisation" in " ".join(done.stdout.split())
