"""The keymap: which key runs which command in which pane and mode, checked for clashes when loaded."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from orgtui.home import config_folder
from orgtui.locales import translate
from orgtui.model.gate import is_clean
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.tui.commands.command import BROWSE, Command

_KEY = re.compile(r"\S|ctrl\+[a-z]|f([1-9]|1[0-2])|(ctrl\+)?(up|down|left|right|home|end|pageup|pagedown)")
LIST = '["u", "f2"]'
"""An example of a list of keys, for messages."""

_NAMED = frozenset({"tab", "shift+tab", "enter", "escape", "backspace", "space", "delete"})


@dataclass(frozen=True, slots=True)
class KeyProblem:
    """A problem with the keys of some commands (by id), with what to do about it."""

    commands: tuple[str, ...]
    sentence: Sentence


class InvalidKeys(Exception):
    """Raised for keys that cannot be used, with all problems found."""

    def __init__(self, problems: Iterable[KeyProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(each.template for each in self.sentences))

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(each.sentence for each in self.problems)


class Keymap:
    """Commands by key, pane and mode.

    `keys` replaces the keys of commands by id. Raises InvalidKeys if a key has two commands in one place, or
    if a place has no key to leave it.
    """

    def __init__(
        self, commands: Iterable[Command], keys: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        self.commands = tuple(commands)
        self.by_id = {command.id: command for command in self.commands}
        self.keys = {command.id: (keys or {}).get(command.id, command.keys) for command in self.commands}
        self._by_key: dict[str, list[Command]] = {}
        self._at: dict[tuple[str, str, str], Command] = {}
        clashes: dict[tuple[str, str, str], KeyProblem] = {}
        for command in self.commands:
            for key in self.keys[command.id]:
                self._by_key.setdefault(key, []).append(command)
                for place in ((key, pane, mode) for pane in command.panes for mode in command.modes):
                    other = self._at.setdefault(place, command)
                    if other is not command:
                        clashes[key, other.id, command.id] = _clash(key, other.id, command.id)
        problems = [*clashes.values(), *self._places_without_way_out()]
        if problems:
            raise InvalidKeys(problems)

    def _places_without_way_out(self) -> Iterator[KeyProblem]:
        """A problem for each of `EXIT_COMMANDS` without a key; suggests one for the first command."""
        for ways, wrong in EXIT_COMMANDS:
            if self.by_id.keys() >= set(ways) and not any(self.keys[way] for way in ways):
                line = f'{ways[0]} = ["{self._free_key(self.by_id[ways[0]])}"]'
                yield KeyProblem(ways, _wrong(wrong, sentence("write {line}", line=line)))

    def _free_key(self, command: Command) -> str:
        """A key that is free wherever a command works: a default one of it, else a function key."""
        places = [(pane, mode) for pane in command.panes for mode in command.modes]
        keys = (*command.keys, *(f"f{number}" for number in range(1, 13)))
        return next((key for key in keys if not any((key, *place) in self._at for place in places)), "f1")

    def command(self, key: str, pane: str, mode: str) -> Command | None:
        """The command of a key in a pane and mode, if any."""
        return self._at.get((key, pane, mode))

    def command_elsewhere(self, key: str) -> Command | None:
        """A command that the key has in another place, in a pane rather than on a page."""
        commands = self._by_key.get(key, ())
        return next((each for each in commands if BROWSE in each.modes), next(iter(commands), None))

    def commands_in(self, pane: str, mode: str) -> list[Command]:
        """The commands that work in a pane and mode, in the order of the registry."""
        return [command for command in self.commands if command.works_in(pane, mode)]

    def key_of(self, identity: str) -> str:
        """The label of a command's first key, by the command's id; empty if it has none."""
        keys = self.keys[identity]
        return key_label(keys[0]) if keys else ""

    def key_names(self, command: Command) -> str:
        """The labels of all keys of a command."""
        return " ".join(map(key_label, self.keys[command.id]))

    def name(self, ref: Ref) -> str:
        """The text for a `key_ref`: the key of the command, or its label in the palette if it has none."""
        label = Sentence(self.by_id[ref.id].label)
        return self.key_of(ref.id) or translate(sentence("“{command}”", command=label))


EXIT_COMMANDS = (
    (("leave",), sentence("no key is left to leave with")),
    (("palette", "help"), sentence("no key is left to find the other commands with")),
    (("close", "back", "palette"), sentence("no key is left to leave a page with")),
    (
        ("suggest_close", "suggest_leave", "palette"),
        sentence("no key is left to leave the suggestions with"),
    ),
    (("put_back", "drop", "palette"), sentence("no key is left to put down with what is carried")),
)
"""Groups of commands of which at least one needs a key, each with the problem if none has one."""


def key_label(key: str) -> str:
    """A key as shown on screen."""
    return {"up": "↑", "down": "↓", "left": "←", "right": "→", "escape": "esc"}.get(key, key)


def keymap_path(environ: Mapping[str, str] = os.environ) -> Path:
    """The path of the user's file of keys."""
    return config_folder(environ) / "keys.toml"


def load_keymap(commands: Iterable[Command], path: Path) -> Keymap:
    """The keymap with the default keys, overridden by the user's file if it exists.

    The file maps ids of commands to lists of keys. Raises InvalidKeys with all problems, each with its line.
    """
    commands = tuple(commands)
    if not os.path.lexists(path):
        return Keymap(commands)
    import tomli

    from orgtui.files.disk.reading import read_text
    from orgtui.files.toml.problems import InvalidFile

    try:
        text = read_text(path, follow_symlinks=False)
        given = tomli.loads(text)
    except InvalidFile as invalid:
        raise InvalidKeys(_as_written(str(each)) for each in invalid.problems) from invalid
    except ValueError as error:
        raise InvalidKeys([_as_written(f"{path}: {error}")]) from error
    try:
        return Keymap(commands, _own_keys(given, frozenset(command.id for command in commands)))
    except InvalidKeys as invalid:
        raise InvalidKeys(_in_file(path, text, given, invalid.problems)) from None


def _own_keys(given: Mapping[str, object], known: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """The keys in a file by command id; raises InvalidKeys for unknown ids and malformed lists."""
    problems, keys = [], {}
    for identity, value in given.items():
        if identity not in known:
            problems.append(_unknown(identity, known))
        elif not isinstance(value, list) or not all(
            isinstance(key, str) and is_bindable_key(key) for key in value
        ):
            wrong, right = (
                sentence("this is no list of keys"),
                sentence("write a list such as {keys}", keys=LIST),
            )
            problems.append(KeyProblem((identity,), _wrong(wrong, right)))
        else:
            keys[identity] = tuple(value)
    if problems:
        raise InvalidKeys(problems)
    return keys


def _in_file(
    path: Path, text: str, given: Mapping[str, object], problems: Iterable[KeyProblem]
) -> Iterator[KeyProblem]:
    """Problems of keys as problems of the file, with line and key."""
    from orgtui.files.toml.lines import line_numbers
    from orgtui.files.toml.problems import Problem, format_path

    for each in problems:
        place = (next(command for command in each.commands if command in given),)
        line = line_numbers(text, [place])[place]
        yield _as_written(str(Problem(str(path), line, format_path(place), each.sentence)), each.commands)


def _as_written(problem: str, commands: tuple[str, ...] = ()) -> KeyProblem:
    return KeyProblem(commands, sentence("{problem}", problem=problem))


def is_bindable_key(name: str) -> bool:
    """Whether a key can be bound: only keys that work through SSH, tmux and screen."""
    return is_clean(name) and (name in _NAMED or _KEY.fullmatch(name) is not None)


def _unknown(identity: str, known: Iterable[str]) -> KeyProblem:
    from difflib import get_close_matches

    nearest = get_close_matches(identity, known, n=1)
    right = sentence("nothing in this file needs that: take it out")
    if nearest:
        right = sentence("did you mean {nearest}?", nearest=nearest[0])
    return KeyProblem((identity,), _wrong(sentence("there is no such command"), right))


def _clash(key: str, one: str, other: str) -> KeyProblem:
    wrong = sentence("key {key} means both {one} and {other}", key=key_label(key), one=one, other=other)
    return KeyProblem((other, one), _wrong(wrong, sentence("give one of them another key")))


def _wrong(wrong: Sentence, right: Sentence) -> Sentence:
    return Sentence("{wrong}; {right}", {"wrong": wrong, "right": right})
