"""The page of keys in the documentation; run as a module it prints `docs/keys.md`."""

from __future__ import annotations

from orgtui.tui.commands.browsing import COMMANDS
from orgtui.tui.commands.command import (
    BROWSE,
    CARRY,
    EVERYWHERE,
    IMPORT,
    IN_SESSION,
    MODES,
    PANES,
    READ,
    START,
    SUGGEST,
    TITLES,
    Command,
)
from orgtui.tui.commands.keymap import key_label

HEAD = """\
# Keys

Letters, digits, arrows, F-keys and ctrl+letter only: they survive SSH, tmux and screen. `?` shows the keys of
the pane you are in, `:` finds a command by its name.

| key | what it does | where | id |
| --- | --- | --- | --- |
"""

TAIL = """
## Keys of your own

`~/.config/orgtui/keys.toml` (or `$XDG_CONFIG_HOME/orgtui/keys.toml`) gives commands other keys, by their id:

```toml
undo = ["u", "f2"]
```

A command with an empty list has no key: the palette runs it, and sentences call it by its name there. Prompts
keep their own keys; `esc` and `ctrl+c` close each of them. `ctrl+q` is free for `leave`, and so is `ctrl+c`
once `interrupt` has another key or none.

Refused at start, each with its line, are unknown ids, keys that would mean two things in one place, and files
that leave no key to get out with: `leave` needs one, and of each of these groups one command does: `palette`
and `help`; `close`, `back` and `palette`; `suggest_close`, `suggest_leave` and `palette`; `put_back`, `drop`
and `palette`.
"""


def page() -> str:
    """The page as Markdown."""
    return HEAD + "".join(map(_line, COMMANDS)) + TAIL


def _line(command: Command) -> str:
    keys = " ".join(f"`{key_label(key)}`" for key in command.keys)
    return f"| {keys} | {command.help} | {_where(command)} | {command.id} |\n"


def _where(command: Command) -> str:
    where = [] if command.panes == PANES else [TITLES[pane].template for pane in command.panes]
    if command.modes in WHEN:
        where.append(WHEN[command.modes])
    return ", ".join(where) or ("everywhere" if command.modes == EVERYWHERE else "in the panes")


WHEN = {
    (BROWSE,): "while not carrying",
    (CARRY,): "while carrying",
    (READ,): "on a page",
    (BROWSE, READ): "while not carrying, on a page",
    IN_SESSION: "in the panes, on a page",
    (SUGGEST,): "among suggestions",
    (IMPORT,): "while importing",
    (START,): "on the start screen",
    (*MODES, START): "in the panes, on the start screen",
}
"""By the modes in which a command works, how the page says so; modes left out are not mentioned."""


if __name__ == "__main__":
    print(page(), end="")
