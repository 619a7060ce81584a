"""The page of keys in the documentation; run as a module, with a language, it prints `docs/keys.md`."""

from __future__ import annotations

import sys

from orgtui.locales import current_language, join_list, set_language, translate
from orgtui.locales.language import ENGLISH
from orgtui.model.sentence import N_, Sentence
from orgtui.tui.commands.browsing import COMMANDS
from orgtui.tui.commands.command import (
    BROWSE,
    CARRY,
    EVERYWHERE,
    IMPORT,
    IN_SESSION,
    MERGE,
    MODES,
    PANES,
    READ,
    START,
    SUGGEST,
    TITLES,
    Command,
)
from orgtui.tui.commands.keymap import key_label

TITLE = N_("Keys")
INTRODUCTION = N_(
    "Letters, digits, arrows, F-keys and ctrl+letter only: they survive SSH, tmux and screen. `?` shows "
    "the keys of the pane you are in, `:` finds a command by its name."
)
COLUMNS = (N_("key"), N_("what it does"), N_("where"), N_("id"))
OWN_KEYS = N_("Keys of your own")
OWN_FILE = N_(
    "`~/.config/orgtui/keys.toml` (or `$XDG_CONFIG_HOME/orgtui/keys.toml`) gives commands other keys, by "
    "their id:"
)
EXAMPLE = """\
```toml
undo = ["u", "f2"]
```"""
WITHOUT_KEY = N_(
    "A command with an empty list has no key: the palette runs it, and sentences call it by its name "
    "there. Prompts keep their own keys; `esc` and `ctrl+c` close each of them. `ctrl+q` is free for "
    "`leave`, and so is `ctrl+c` once `interrupt` has another key or none."
)
REFUSED = N_(
    "Refused at start, each with its line, are unknown ids, keys that would mean two things in one place, "
    "and files that leave no key to get out with: `leave` needs one, and of each of these groups one "
    "command does: `palette` and `help`; `close`, `back` and `palette`; `suggest_close`, `suggest_leave` "
    "and `palette`; `put_back`, `drop` and `palette`."
)
IN_OTHER_LANGUAGE = {ENGLISH: "[简体中文](keys.zh.md)", "zh_CN": "[English](keys.md)"}


def page() -> str:
    """The page as Markdown, in the current language."""
    title, own = translate(Sentence(TITLE)), translate(Sentence(OWN_KEYS))
    paragraphs = [
        f"# {title}",
        IN_OTHER_LANGUAGE[current_language()],
        translate(Sentence(INTRODUCTION)),
        _table(),
        f"## {own}",
        translate(Sentence(OWN_FILE)),
        EXAMPLE,
        translate(Sentence(WITHOUT_KEY)),
        translate(Sentence(REFUSED)),
    ]
    return "\n\n".join(paragraphs) + "\n"


def _table() -> str:
    head = " | ".join(translate(Sentence(each)) for each in COLUMNS)
    return "\n".join((f"| {head} |", "| --- | --- | --- | --- |", *map(_line, COMMANDS)))


def _line(command: Command) -> str:
    keys = " ".join(f"`{key_label(key)}`" for key in command.keys)
    return f"| {keys} | {translate(Sentence(command.help))} | {_where(command)} | {command.id} |"


def _where(command: Command) -> str:
    where = [] if command.panes == PANES else [translate(TITLES[pane]) for pane in command.panes]
    if command.modes in WHEN:
        where.append(translate(Sentence(WHEN[command.modes])))
    everywhere = EVERYWHERE_IN_WORDS if command.modes == EVERYWHERE else IN_THE_PANES
    return join_list(where) or translate(Sentence(everywhere))


EVERYWHERE_IN_WORDS, IN_THE_PANES = N_("everywhere"), N_("in the panes")

WHEN = {
    (BROWSE,): N_("while not carrying"),
    (CARRY,): N_("while carrying"),
    (READ,): N_("on a page"),
    (BROWSE, READ): N_("while not carrying, on a page"),
    IN_SESSION: N_("in the panes, on a page"),
    (SUGGEST,): N_("among suggestions"),
    (IMPORT,): N_("while importing"),
    (MERGE,): N_("while deciding conflicts"),
    (START,): N_("on the start screen"),
    (*MODES, START): N_("in the panes, on the start screen"),
}
"""By the modes in which a command works, how the page says so; modes left out are not mentioned."""


if __name__ == "__main__":
    set_language(next(iter(sys.argv[1:]), ENGLISH))
    print(page(), end="")
