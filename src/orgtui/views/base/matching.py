"""How typed letters find names: without case and accents, in either width, by pinyin and by initials.

Every list that one may type into matches by this module. Names are prepared once (`searched`),
what is typed once a key (`Query`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from threading import Lock, Thread
from typing import Generic, NamedTuple, TypeVar

from orgtui.views.base.row import Span

T = TypeVar("T")

_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
)
"""Letters that are read as others, but that Unicode does not take apart."""

_NEXT = "[a-z/]* +(?:[a-z]*/)*"
"""A pattern for the rest of a syllable or word up to the next one, in any of its readings."""

_LATIN = re.compile("[a-z0-9]+(?: [a-z0-9]+)*")

_DIGITS = re.compile(r"(\d+)")


def folded(text: str) -> str:
    """A text as it is compared: without case, accents and width, however it is composed."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text).casefold().translate(_UNDECOMPOSED)
    return "".join(each for each in parts if not unicodedata.combining(each))


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts texts as people do: by the numbers in them, so that Team 2 comes before Team 10."""
    parts = filter(None, _DIGITS.split(folded(text)))
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


class Searched(NamedTuple):
    """A text prepared for being searched: folded, and spelled in Latin letters.

    In the spelling a space stands before each word and each Chinese character, `/` between its readings.
    """

    plain: str
    spelled: str


@lru_cache(maxsize=1 << 16)
def searched(text: str) -> Searched:
    """Prepare a text; the first Chinese one loads the table of readings."""
    plain = folded(text)
    return Searched(plain, f" {plain.translate(_SPELLING)}")


class Query:
    """What is typed to find something."""

    def __init__(self, typed: str) -> None:
        self.text = " ".join(folded(typed).split())
        spelled = self.text.replace("'", " ").strip()
        self._spelling = _spelling_pattern(spelled) if _LATIN.fullmatch(spelled) else None
        self._words = [self] if " " not in self.text else [Query(word) for word in self.text.split()]

    def rank(self, name: Searched, rest: str = "") -> int | None:
        """How well a name fits, 0 best: it begins so, a word does, contains it, is spelled so, `rest` has it.

        `rest` are further texts, folded, such as id and title. None if nothing fits.
        """
        if self.text in name.plain:
            if name.plain.startswith(self.text):
                return 0
            return 1 if f" {self.text}" in name.plain else 2
        if self._spelling is not None and self._spelling(name.spelled) is not None:
            return 3
        return 4 if self.text in rest else None

    def fits(self, text: Searched) -> bool:
        """Whether each of its words is somewhere in a text."""
        return all(word.rank(text) is not None for word in self._words)

    def place(self, text: str) -> tuple[int, int] | None:
        """Where a text first fits, as start and end; None if it does not."""
        if not self.text:
            return None
        plain = [folded(each) for each in text]
        start = "".join(plain).find(self.text)
        if start >= 0:
            return _original(plain, start, start + len(self.text))
        spelled = [" ", *(each.translate(_SPELLING) for each in plain)]
        found = None if self._spelling is None else self._spelling("".join(spelled))
        if found is None:
            return None
        first, last = _original(spelled, found.start() + 1, found.end())
        return first - 1, last - 1


class Finder(Generic[T]):
    """Finds things by name; what is typed on is looked for only among what was found before.

    `texts` are the names of things, and further texts, folded, such as id and title.
    """

    def __init__(self, texts: Mapping[T, tuple[Searched, str]]) -> None:
        self.texts = texts
        self._before = ""
        self._found: Iterable[T] = texts

    def forget(self) -> None:
        """To be called once the texts are others."""
        self._before, self._found = "", self.texts

    def find(self, typed: str) -> list[T]:
        """The things that fit, the best first, else in their order; all for no text."""
        query = Query(typed)
        near = self._found if query.text.startswith(self._before) else self.texts
        ranks = {thing: rank for thing in near if (rank := query.rank(*self.texts[thing])) is not None}
        self._before, self._found = query.text, ranks
        return sorted(ranks, key=ranks.__getitem__)


def _original(parts: list[str], start: int, end: int) -> tuple[int, int]:
    """From which part to which the characters from `start` to `end` reach.

    What has no character of its own, such as an accent, goes with the part before.
    """
    origins = [number for number, part in enumerate(parts) for _ in part]
    last = origins[end - 1] + 1
    while last < len(parts) and not parts[last]:
        last += 1
    return origins[start], last


@cache
def _spelling_pattern(letters: str) -> Callable[[str], re.Match[str] | None]:
    """Finds what is spelled so: letter by letter, after each of which the next word or syllable may begin.

    So `wanglei`, `wlei` and `wl` are all found in ` wang/yu lei `; a space goes on with the next in any case.
    """
    words = (f"(?:{_NEXT})?".join(word) for word in letters.split())
    return re.compile("[ /]" + _NEXT.join(words)).search


class _Spelling(dict[int, str]):
    """By code point, a folded character in Latin letters; what is neither letter nor digit is a space."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        known = "" if character.isascii() else _readings().get(point, "")
        plain = "/".join(dict.fromkeys(folded(known).split(",")))
        self[point] = spelled = f" {plain} " if plain else character if character.isalnum() else " "
        return spelled


_SPELLING = _Spelling()


_LOADING = Lock()


def _readings() -> Mapping[int, str]:
    """The table of readings; waits for another thread that is loading it."""
    with _LOADING:
        return _table()


@cache
def _table() -> Mapping[int, str]:
    """The readings of Chinese characters by code point, the commonest first, separated by commas.

    Loads that one table of pypinyin: with its phrases it would take four times as long.
    """
    package = find_spec("pypinyin")
    assert package is not None
    spec = PathFinder.find_spec("pinyin_dict", package.submodule_search_locations)
    assert spec is not None
    assert spec.loader is not None
    table = module_from_spec(spec)
    spec.loader.exec_module(table)
    readings: Mapping[int, str] = table.pinyin_dict
    return readings


def prepare() -> None:
    """Load the table of readings in a thread, before it is needed for the first key."""
    if _table.cache_info().currsize == 0:
        Thread(target=_readings, daemon=True).start()


def highlighted(name: str, typed: str) -> tuple[Span, ...]:
    """A name in which the place is highlighted where it fits what is typed."""
    place = Query(typed).place(name)
    if place is None:
        return (Span(name),)
    start, end = place
    spans = (Span(name[:start]), Span(name[start:end], "match"), Span(name[end:]))
    return tuple(span for span in spans if span.text)
