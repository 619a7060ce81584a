"""Which key runs which command where; clashes and unknown names are told before anything starts."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from orgtui.model.gate import is_clean, spelled_out
from orgtui.model.sentence import Sentence, sentence
from orgtui.tui.commands.command import BROWSE, Command

_KEY = re.compile(r"\S|ctrl\+[a-z]|f([1-9]|1[0-2])|(ctrl\+)?(up|down|left|right|home|end|pageup|pagedown)")
_NAMED = frozenset({"tab", "shift+tab", "enter", "escape", "backspace", "space", "delete"})


class InvalidKeys(Exception):
    """Keys that cannot be used; `sentences` say why, one for each problem."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("; ".join(each.template for each in self.sentences))


class Keymap:
    """The commands by key; raises InvalidKeys if one key means two commands in one place."""

    def __init__(
        self, commands: Iterable[Command], keys: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        self.commands = tuple(commands)
        self.known = {command.id: command for command in self.commands}
        self.keys = {command.id: (keys or {}).get(command.id, command.keys) for command in self.commands}
        self._by_key: dict[str, list[Command]] = {}
        self._at: dict[tuple[str, str, str], Command] = {}
        clashes: dict[tuple[str, str, str], Sentence] = {}
        for command in self.commands:
            for key in self.keys[command.id]:
                self._by_key.setdefault(key, []).append(command)
                for place in ((key, pane, mode) for pane in command.panes for mode in command.modes):
                    other = self._at.setdefault(place, command)
                    if other is not command:
                        clashes[key, other.id, command.id] = sentence(
                            "Key {key} means both {one} and {other}", key=key, one=other.id, other=command.id
                        )
        if clashes:
            raise InvalidKeys(clashes.values())

    def command(self, key: str, pane: str, mode: str) -> Command | None:
        """What a key runs in a place."""
        return self._at.get((key, pane, mode))

    def elsewhere(self, key: str) -> Command | None:
        """A command that the key runs in some other place, in a pane rather than on a page."""
        commands = self._by_key.get(key, ())
        return next((each for each in commands if BROWSE in each.modes), next(iter(commands), None))

    def here(self, pane: str, mode: str) -> list[Command]:
        """The commands that work in a place, in the order of the registry."""
        return [command for command in self.commands if command.works_in(pane, mode)]

    def key(self, command: Command) -> str:
        """The key of a command that is shown to people."""
        return self.key_of(command.id)

    def key_of(self, identity: str) -> str:
        """The key that is shown to people of the command with an id."""
        keys = self.keys[identity]
        return shown(keys[0]) if keys else ""


def shown(key: str) -> str:
    """A key as people read it."""
    return {"up": "↑", "down": "↓", "left": "←", "right": "→", "escape": "esc"}.get(key, key)


def keymap_path(environ: Mapping[str, str] = os.environ) -> Path:
    """Where people keep keys of their own."""
    config = environ.get("XDG_CONFIG_HOME")
    return (Path(config) if config else Path.home() / ".config") / "orgtui" / "keys.toml"


def load_keymap(commands: Iterable[Command], path: Path) -> Keymap:
    """The registry's keys with those of a person's own file in their place.

    The file maps ids of commands to lists of keys. Raises InvalidKeys with every problem at once.
    """
    commands = tuple(commands)
    if not os.path.lexists(path):
        return Keymap(commands)
    import tomli

    from orgtui.files.disk.reading import read_text
    from orgtui.files.toml.problems import InvalidFile

    try:
        given = tomli.loads(read_text(path, through_links=False))
    except InvalidFile as invalid:
        raise InvalidKeys(sentence("{problem}", problem=str(each)) for each in invalid.problems) from invalid
    except ValueError as error:
        raise InvalidKeys([sentence("{file}: {reason}", file=path, reason=str(error))]) from error
    known = {command.id for command in commands}
    problems, keys = [], {}
    for identity, value in given.items():
        if identity not in known:
            problems.append(_unknown(spelled_out(identity), known))
        elif not isinstance(value, list) or not all(isinstance(key, str) and is_key(key) for key in value):
            problems.append(
                sentence('{command}: a list of keys is needed, such as ["u", "f2"]', command=identity)
            )
        else:
            keys[identity] = tuple(value)
    if problems:
        raise InvalidKeys(problems)
    return Keymap(commands, keys)


def is_key(name: str) -> bool:
    """Whether a key can be bound: what survives SSH, tmux and screen."""
    return is_clean(name) and (name in _NAMED or _KEY.fullmatch(name) is not None)


def _unknown(identity: str, known: Iterable[str]) -> Sentence:
    from difflib import get_close_matches

    nearest = get_close_matches(identity, known, n=1)
    if nearest:
        return sentence(
            "There is no command {command}; did you mean {nearest}?", command=identity, nearest=nearest[0]
        )
    return sentence("There is no command {command}", command=identity)
