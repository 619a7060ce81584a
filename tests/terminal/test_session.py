"""A session on a real pseudo-terminal, as people drive it."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import pytest
import tomli

from tests.organizations import SMALL, write_small
from tests.support import at_length
from tests.terminal.driving import NARROW_TITLES, be_ready, move_zhang_to_growth
from tests.terminal.prepared import orgtui


@pytest.mark.parametrize(("columns", "rows"), [(60, 16), *at_length((80, 24), (120, 40)), (200, 60)])
def test_start(tmp_path: Path, columns: int, rows: int) -> None:
    with orgtui(write_small(tmp_path), columns=columns, rows=rows) as terminal:
        be_ready(terminal)
        assert terminal.lines[0].startswith(" Acme Marketing   ✖ 1  ▲ 5  ● 1")
        assert terminal.lines[1].startswith(" 1 Teams ──")
        assert terminal.lines[-1].endswith("? help")
        assert max(map(len, terminal.lines)) <= columns
        terminal.press("q")
        assert terminal.ends() == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["small.toml"], "looking leaves no trace"


def test_resize(tmp_path: Path) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        wide = terminal.lines
        terminal.resize(80, 24)
        terminal.until(lambda: terminal.lines[1] == NARROW_TITLES)
        terminal.resize(40, 10)
        terminal.until("60 × 16 is needed")
        terminal.resize(120, 40)
        terminal.until(lambda: terminal.lines == wide)


def test_carry_with_preview_drop_undo_quit_reopen(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    with orgtui(path) as terminal:
        be_ready(terminal)
        move_zhang_to_growth(terminal)
        terminal.until("▲ 5→7")
        terminal.until("−7   ▾ Growth")
        terminal.until(" +  ▲ P203 Brand has 2 seats")
        terminal.press("escape")
        terminal.until("✖ 1  ▲ 5  ● 1")
        terminal.until_gone("−7   ▾ Growth")
        move_zhang_to_growth(terminal)
        terminal.press("enter")
        terminal.until("Moved Zhang Wei to Growth: 4 new findings; 1 finding smaller")
        terminal.until("moved 1")
        terminal.until(" →        Zhang Wei")
        terminal.press("u")
        terminal.until("Took back")
        terminal.until_gone("moved 1")
        terminal.press("ctrl+r")
        terminal.until("Did again")
        terminal.press("q")
        assert terminal.ends() == 0
    plan = tomli.loads((tmp_path / "small.plan.toml").read_text("utf-8"))
    assert [(change["op"], change["person"], change["to"]) for change in plan["change"]] == [
        ("move_person", "zhang", "growth")
    ]
    with orgtui(path) as terminal:
        terminal.until("was 1/5/1")
        assert terminal.lines[0].startswith(" Acme Marketing › small   ✖ 1  ▲ 7  ● 2")
        assert "moved 1" in terminal.lines[0]


def test_nothing_is_lost_by_kill_9(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    with orgtui(path) as terminal:
        be_ready(terminal)
        move_zhang_to_growth(terminal)
        terminal.press("enter")
        terminal.until("Moved Zhang Wei to Growth: 4 new findings; 1 finding smaller")
        terminal.kill(signal.SIGKILL)
        assert terminal.ends() == 128 + signal.SIGKILL
    assert not (tmp_path / "small.plan.toml").exists()
    with orgtui(path) as terminal:
        terminal.until("moved 1")
        terminal.press("u")
        terminal.until("Took back: moved Zhang Wei to Growth · 4 findings mended, 1 new")


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_signals_put_the_plan_away(tmp_path: Path, number: signal.Signals) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        move_zhang_to_growth(terminal)
        terminal.press("enter")
        terminal.until("Moved Zhang Wei to Growth: 4 new findings; 1 finding smaller")
        terminal.kill(number)
        assert terminal.ends() == 128 + number
    assert 'op = "move_person"' in (tmp_path / "small.plan.toml").read_text("utf-8")


def test_a_line_that_drops_puts_the_plan_away(tmp_path: Path) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        move_zhang_to_growth(terminal)
        terminal.press("enter")
        terminal.until("Moved Zhang Wei to Growth: 4 new findings; 1 finding smaller")
        terminal.hang_up()
        assert terminal.ends() == 128 + signal.SIGHUP
    assert 'op = "move_person"' in (tmp_path / "small.plan.toml").read_text("utf-8")


def test_names_are_shown_as_they_are_and_send_nothing(tmp_path: Path) -> None:
    names = ["[red]Content[/] [@click=app.quit]x", "]52;c;aGk= \\\\e[31m", "🧑‍🤝‍🧑 Zoë é ｗｉｄｅ"]
    path = write_small(tmp_path)
    text = SMALL
    for old, new in zip(["Content", "Zhang Wei", "Xu Lei"], names, strict=True):
        text = text.replace(f'name = "{old}"', f'name = "{new}"')
    path.write_text(text, "utf-8")
    with orgtui(path, columns=200) as terminal:
        be_ready(terminal)
        shown = "\n".join(terminal.lines)
        assert "[red]Content[/] [@click=app.quit]x" in shown
        assert "]52;c;aGk= \\e[31m" in shown
        placed = re.sub(rb"\x1b\[\d+G", b"", bytes(terminal.raw))  # after an emoji the cursor is placed
        assert names[2].encode() in placed
        assert b"\x1b]52" not in terminal.raw
        assert b"\x1b[31m" not in terminal.raw


def test_a_file_with_problems_lists_them_and_sends_none_of_it(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    hostile = SMALL.replace('name = "PR"', 'name = "PR\\u001b]52;c;aGk=\\u0007"').replace(
        '"chen"', '"chne"', 1
    )
    path.write_text(hostile, "utf-8")
    with orgtui(path) as terminal:
        terminal.until("2 problems to mend before this can be opened")
        terminal.until("small.toml:")
        terminal.press("escape")
        assert terminal.ends() == 2
        assert b"\x1b]52" not in terminal.raw
        assert sum("small.toml:" in line for line in terminal.lines) >= 2, "told again where it can be copied"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with orgtui(tmp_path / "nothing.toml") as terminal:
        terminal.until("1 problem to mend")
        terminal.press("escape")
        assert terminal.ends() == 2


def test_idle_sends_nothing(tmp_path: Path) -> None:
    """Whatever comes after the first second of silence would be a clock or a cursor that blinks."""
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        terminal.settle()
        sent = len(terminal.raw)
        assert not terminal.hears_anything(1.0)
        assert len(terminal.raw) == sent


def test_ascii_and_no_colour(tmp_path: Path) -> None:
    with orgtui(write_small(tmp_path), "--ascii", environment={"NO_COLOR": "1"}) as terminal:
        be_ready(terminal)
        terminal.press("m", "?")
        terminal.until("Keys in Teams")
        assert all(line.replace("王磊", "").isascii() for line in terminal.lines)
        assert terminal.lines[1].startswith(" 1 Teams")
        assert not re.search(rb"\x1b\[[0-9;]*(3[0-7]|9[0-7]|38;|48;)[0-9;]*m", terminal.raw)


def test_no_mouse_unless_asked_and_then_presses_only(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    with orgtui(path) as terminal:
        be_ready(terminal)
        assert not re.search(rb"\x1b\[\?(9|100[0-36]|1015)h", terminal.raw)
    with orgtui(path, "--mouse") as terminal:
        be_ready(terminal)
        assert re.findall(rb"\x1b\[\?(9|100[0-36]|1015)h", terminal.raw) == [b"1000", b"1006"]
        row = next(number for number, line in enumerate(terminal.lines, start=1) if "▾ Growth" in line)
        terminal.press(f"\x1b[<0;10;{row}M", f"\x1b[<0;10;{row}m")
        terminal.until("│›     SEO")
        terminal.press("m")
        terminal.until("▣ Growth › Growth")
        terminal.press("escape", "q")
        assert terminal.ends() == 0
        sent = bytes(terminal.raw)
        assert sent.rfind(b"?1000l") > sent.rfind(b"?1000h")
