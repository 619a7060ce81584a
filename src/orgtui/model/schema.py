"""Schemas made from type hints and the kinds in them, without importing pydantic, and their words."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, time
from functools import cache, cached_property, reduce
from itertools import islice
from operator import or_
from os.path import commonprefix
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from pydantic_core import CoreSchema, SchemaValidator, ValidationError
from pydantic_core import core_schema as cs
from pydantic_core.core_schema import TypedDictField

from orgtui.model import kinds as k
from orgtui.model.gate import escape_control_chars, is_clean, refused_character
from orgtui.model.invalid import KeyPath
from orgtui.model.kinds import Kind
from orgtui.model.records import written_key
from orgtui.model.sentence import Refusal, Sentence, sentence

Place = tuple[str, ...]
"""A path without the places in lists: `("team", "focus", "function")`."""

NEAREST_AMONG = 2_000
"""Among more known words than these, the nearest one is not looked for."""


PROBLEMS_MAX = 300
"""After so many problems of a file no more are looked for, which is said."""


LONGER = 8
"""How much more is read of long lists as long as few problems are found."""


class Schema:
    """What plain data may hold, and the words for what it may not.

    `make` builds the schema of pydantic with the methods below; it is called when first needed.
    """

    def __init__(self, make: Callable[[Schema], CoreSchema]) -> None:
        self._make = make
        self._keys: dict[Place, tuple[str, ...]] = {}
        self._kinds: dict[Place, Kind] = {}

    def read(self, data: object) -> tuple[Any, list[tuple[KeyPath, Refusal]]]:
        """What the schema makes of `data`, and why it refuses it: then the value is None.

        At most one more problem than `PROBLEMS_MAX` is given. Pydantic always makes all of them, so with very
        many the beginning of long lists is read first.
        """
        validate, length = self._validate, PROBLEMS_MAX + 1
        while True:
            part = self._beginning(data, length)
            try:
                value = validate(part)
            except ValidationError as refused:
                if part is data or refused.error_count() > PROBLEMS_MAX:
                    return None, list(islice(self._refusals(refused), PROBLEMS_MAX + 1))
            else:
                if part is data:
                    return value, []
            length *= LONGER

    def _beginning(self, data: object, length: int) -> object:
        """A table with no more than so many entries of each of its lists and unknown keys; if there are no
        more, or nearly so, the data itself.
        """
        if not isinstance(data, dict):
            return data
        lists = {key: each for key, each in data.items() if isinstance(each, list)}
        if max(len(data), *map(len, lists.values()), 0) <= length * LONGER:
            return data
        known = self._keys.get((), ())
        unknown = islice((key for key in data if key not in known), length)
        kept = {*unknown, *known}
        return {
            key: each[:length] if isinstance(each, list) else each
            for key, each in data.items()
            if key in kept
        }

    @cached_property
    def _validate(self) -> Callable[[object], Any]:
        return SchemaValidator(self._make(self)).validate_python

    def _refusals(self, refused: ValidationError) -> Iterator[tuple[KeyPath, Refusal]]:
        for error in refused.errors(include_url=False):
            path = error["loc"]
            if path[-1:] == ("[key]",):
                path = path[:-1]
            yield path, self._words(error, path)

    def _words(self, error: Any, path: KeyPath) -> Refusal:
        value = shown(error["input"])
        place = tuple(step for step in path if isinstance(step, str))
        match error["type"]:
            case k.UNFIT:
                kind: Kind = error["ctx"]["kind"]
                return kind.refusal(value)
            case "missing":
                return missing(self._kinds[place])
            case "extra_forbidden" | "unexpected_keyword_argument":
                return sentence("this key is unknown here"), nearest(place[-1], self._keys[place[:-1]])
            case "tuple_type" | "list_type":
                return k.LIST.refusal(value)
            case _:
                return k.TABLE.refusal(value)

    # -- building ------------------------------------------------------------------------------

    def table(
        self, place: Place, entries: Mapping[str, TypedDictField], known: tuple[str, ...] = ()
    ) -> CoreSchema:
        """A table as a dict; `known` are all keys that may be written, unless they are just its entries."""
        self._keys[place] = known or tuple(entries)
        return cs.typed_dict_schema(dict(entries), extra_behavior="forbid")

    def record(self, record_type: type, place: Place) -> CoreSchema:
        """A table that becomes a record."""
        keys = {each.name: written_key(each) for each in fields(record_type)}
        self._keys[place] = tuple(keys.values())
        arguments = [
            cs.dataclass_field(
                each.name, self.field(record_type, each, place), validation_alias=keys[each.name]
            )
            for each in fields(record_type)
        ]
        return cs.dataclass_schema(
            record_type,
            cs.dataclass_args_schema(record_type.__name__, arguments, extra_behavior="forbid"),
            list(keys),
            slots=True,
        )

    def field(self, record_type: type, each: Field[Any], place: Place) -> CoreSchema:
        """The value of one field, or its default."""
        value = self.value(hints_of(record_type)[each.name], (*place, written_key(each)))
        if each.default is not MISSING:
            return cs.with_default_schema(value, default=each.default)
        if each.default_factory is not MISSING:
            return cs.with_default_schema(value, default_factory=each.default_factory)
        return value

    def value(self, hint: Any, place: Place) -> CoreSchema:
        """What a type hint says."""
        hint = of_values(hint)
        arguments = get_args(hint)
        if NoneType in arguments:
            return self.optional(self.value(reduce(or_, without_none(hint)), place))
        if isinstance(hint, type) and is_dataclass(hint):
            return self.record(hint, place)
        if get_origin(hint) is Mapping:
            keys, values = arguments
            return self.mapping(self.kind(kind_of(keys)), self.value(values, place), values)
        if get_origin(hint) is Sequence or (get_origin(hint) is tuple and arguments[1] is ...):
            entries = self.value(arguments[0], place)
            self._kinds[place] = k.LIST
            return cs.tuple_schema([entries], variadic_item_index=0)
        is_pair = get_origin(hint) is tuple
        kind = k.pair_of(self.value(arguments[0], place)) if is_pair else kind_of(hint)
        self._kinds[place] = kind
        return self.kind(kind)

    def optional(self, value: CoreSchema) -> CoreSchema:
        """A value that may be left out; files have no other way to say None."""
        return value

    def mapping(self, keys: CoreSchema, values: CoreSchema, hint: object) -> CoreSchema:
        """A table of any keys of one kind; `hint` is the type of its values."""
        return cs.dict_schema(keys, values)

    def kind(self, kind: Kind) -> CoreSchema:
        """A value of a kind."""
        return kind.checked()


class JsonSchema(Schema):
    """The schema of one value as JSON and other programs give it, for a type hint.

    Days and moments may be text, and text passes the gate here: there is no whole file that has passed it.
    """

    def __init__(self, hint: object) -> None:
        super().__init__(lambda schema: schema.value(hint, ()))

    def read(self, data: object) -> tuple[Any, list[tuple[KeyPath, Refusal]]]:
        value, refusals = super().read(data)
        if is_all_clean(data):
            return value, refusals
        hostile = dict(unclean(data))
        if not hostile:
            return value, refusals
        return None, [*hostile.items(), *(each for each in refusals if each[0] not in hostile)]

    def accepts(self, data: object) -> bool:
        """Whether nothing is wrong with a value."""
        return not self.read(data)[1]

    def optional(self, value: CoreSchema) -> CoreSchema:
        return cs.nullable_schema(value)

    def kind(self, kind: Kind) -> CoreSchema:
        return (kind.in_json or kind).checked()


@cache
def json_schema_of(hint: object) -> JsonSchema:
    """The schema of a type hint, built once."""
    return JsonSchema(hint)


# -- type hints ------------------------------------------------------------------------------------


@cache
def hints_of(record_type: type) -> dict[str, Any]:
    """The types of a dataclass's fields by name."""
    return get_type_hints(record_type, include_extras=True)


def of_values(hint: Any) -> Any:
    """A type hint without annotations that say nothing about valid values, such as what an id stands for."""
    if get_origin(hint) is Annotated and not any(isinstance(each, Kind) for each in hint.__metadata__):
        return hint.__origin__
    return hint


def kind_of(hint: Any) -> Kind:
    """The kind that a type hint names."""
    if get_origin(hint) is Annotated:
        return next(each for each in hint.__metadata__ if isinstance(each, Kind))
    if get_origin(hint) is Literal:
        return k.one_of(get_args(hint))
    return k.KIND_OF_TYPE[hint]


def without_none(hint: Any) -> list[Any]:
    """The members of a union but None."""
    return [each for each in get_args(hint) if each is not NoneType]


# -- words -----------------------------------------------------------------------------------------


def missing(kind: Kind) -> Refusal:
    """What is said of a required value that is not there."""
    return sentence("this is missing"), kind.advice


def character_refused(text: str) -> Refusal:
    """What is wrong and right about text that holds a character which may not enter."""
    return (
        sentence("{character} may not stand in text", character=refused_character(text) or ""),
        sentence("take it out"),
    )


def unclean(value: Any) -> Iterator[tuple[KeyPath, Refusal]]:
    """Every text within a value, keys included, that may not enter, however deep."""
    waiting: list[tuple[KeyPath, Any]] = [((), value)]
    while waiting:
        path, value = waiting.pop()
        for text in (path[-1] if path else None, value):
            if isinstance(text, str) and not is_clean(text):
                yield path, character_refused(text)
        if isinstance(value, Mapping):
            waiting += [((*path, str(key)), each) for key, each in reversed(list(value.items()))]
        elif isinstance(value, list | tuple):
            waiting += [((*path, place), value[place]) for place in range(len(value) - 1, -1, -1)]


def is_all_clean(value: object) -> bool:
    """Whether every text within a value, keys included, may enter, however deep."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            if not is_clean(value):
                return False
        elif isinstance(value, Mapping):
            waiting += map(str, value)
            waiting += value.values()
        elif isinstance(value, list | tuple):
            waiting += value
    return True


def nearest(word: str, known: Collection[str]) -> Sentence:
    """Name the known word that is most like `word`, however little."""
    return sentence("the nearest known one is {nearest}", nearest=closest(word, known, 0.0))


def closest(word: str, known: Collection[str], alike: float = 0.6) -> str | None:
    """The known word that is most like `word`; None if none is at least so much `alike`, 0 to 1."""
    return _closest(word, tuple(known), alike) if len(known) <= NEAREST_AMONG else None


@cache
def _closest(word: str, known: tuple[str, ...], alike: float) -> str | None:
    from difflib import SequenceMatcher, get_close_matches

    def likeness(known_word: str) -> tuple[float, int]:
        same_start = len(commonprefix([known_word, word]))  # noqa: RUF071 - words, not paths
        return SequenceMatcher(None, known_word, word).ratio(), same_start

    return max(get_close_matches(word, known, 9, alike), key=likeness, default=None)


def shown(value: object) -> str:
    """A value as a person recognises it: short, text in quotes, safe to show."""
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return _short(f"[{', '.join(map(shown, value[:10]))}]")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return escape_control_chars(json.dumps(_short(value), ensure_ascii=False))
    if isinstance(value, int) and value.bit_length() > 64:
        return f"an integer of {value.bit_length()} bits"
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
