"""Schemas of the records, made from their type hints, and the words for what a schema refuses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from functools import cache, reduce
from operator import or_
from os.path import commonprefix
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from pydantic_core import CoreSchema, SchemaValidator, ValidationError
from pydantic_core import core_schema as cs
from pydantic_core.core_schema import TypedDictField

from orgtui.files.schema import kinds as k
from orgtui.files.schema.entries import key_of
from orgtui.files.schema.kinds import Kind
from orgtui.files.toml.document import Document
from orgtui.files.toml.problems import Path, Refusal, shown
from orgtui.model import records as r
from orgtui.model.sentence import Sentence, sentence

Place = tuple[str, ...]
"""A path without the places in lists: `("team", "focus", "function")`."""

KINDS: Mapping[tuple[type, str], Kind] = {
    (r.Stage, "volume"): k.AMOUNT,
    (r.Team, "pay_budget"): k.AMOUNT,
    (r.Function, "fte_needed"): k.AMOUNT,
    (r.Request, "per_month"): k.AMOUNT,
    (r.Function, "difficulty"): k.DIFFICULTY,
    (r.Person, "team"): k.reference("team"),
    (r.Request, "team"): k.reference("team"),
    (r.Request, "department"): k.reference("department"),
    (r.Focus, "function"): k.reference("function"),
    (r.Handoff, "source"): k.HANDOFF_END,
    (r.Handoff, "target"): k.HANDOFF_END,
    (r.Share, "source"): k.SHARE_END,
    (r.Share, "target"): k.SHARE_END,
    (r.Acceptance, "code"): k.CODE,
    (r.Person, "fte"): k.FTE,
    (r.Person, "functions"): k.SHARE,
    (r.Person, "learning"): k.SKILL,
}
"""What a field, or each entry of it, holds where its type alone does not say."""

KINDS_BY_NAME: Mapping[str, Kind] = {
    "format": k.FORMAT,
    "id": k.IDENTITY,
    "name": k.NAME,
    "skills": k.LEVEL,
}
KINDS_BY_TYPE: Mapping[object, Kind] = {
    str: k.TEXT,
    date: k.DATE,
    datetime: k.MOMENT,
    bool: k.TRUTH,
    int: k.WHOLE_NUMBER,
    float: k.NUMBER,
    r.Number: k.NUMBER,
    object: k.ANYTHING,
}

NEAREST_AMONG = 2_000
"""Among more known words than these, the nearest one is not looked for."""


class Schema:
    """What a file or a part of it may hold, and the words for what it may not.

    `make` builds the schema of pydantic with the methods below; it is called when first needed.
    """

    def __init__(self, make: Callable[[Schema], CoreSchema]) -> None:
        self._make = make
        self._validator: SchemaValidator | None = None
        self._keys: dict[Place, tuple[str, ...]] = {}
        self._kinds: dict[Place, Kind] = {}
        self._tables: dict[object, Mapping[str, int]] = {}

    def validate(self, document: Document, data: object, at: Path = ()) -> Any:
        """What the schema makes of `data`; None if it refuses it, with the reasons noted in the document."""
        if self._validator is None:
            self._validator = SchemaValidator(self._make(self))
        try:
            return self._validator.validate_python(data)
        except ValidationError as refused:
            for error in refused.errors(include_url=False):
                path = error["loc"]
                if path[-1:] == ("[key]",):
                    path = path[:-1]
                document.add((*at, *path), *self._words(error, path))
            return None
        finally:
            self._tables = {}
            k.forget_texts()

    def _shared(self, table: Mapping[str, int]) -> Mapping[str, int]:
        """One of equal tables: many people do the same work, or can do the same."""
        return self._tables.setdefault(tuple(table.items()), table)

    def _words(self, error: Any, path: Path) -> Refusal:
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
        keys = {each.name: key_of(record_type, each.name) for each in fields(record_type)}
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
        kind = KINDS.get((record_type, each.name)) or KINDS_BY_NAME.get(each.name)
        hint = hints_of(record_type)[each.name]
        value = self.value(hint, (*place, key_of(record_type, each.name)), kind)
        if each.default is not MISSING:
            return cs.with_default_schema(value, default=each.default)
        if each.default_factory is not MISSING:
            return cs.with_default_schema(value, default_factory=each.default_factory)
        return value

    def value(self, hint: Any, place: Place, kind: Kind | None = None) -> CoreSchema:
        """What a type hint says; `kind` is that of the value, or of each entry of a list or table."""
        arguments = get_args(hint)
        if get_origin(hint) is Annotated:
            return self.value(arguments[0], place, arguments[1])
        if NoneType in arguments:
            return self.value(reduce(or_, [each for each in arguments if each is not NoneType]), place, kind)
        if isinstance(hint, type) and is_dataclass(hint):
            return self.record(hint, place)
        if get_origin(hint) is Mapping:
            keys = k.SKILL if place[-1] == "skills" else k.TEXT
            table = cs.dict_schema(keys.checked(), self.value(arguments[1], place, kind))
            return cs.no_info_after_validator_function(self._shared, table) if arguments[1] is int else table
        if get_origin(hint) is Sequence or (get_origin(hint) is tuple and arguments[1] is ...):
            entries = self.value(arguments[0], place, kind)
            self._kinds[place] = k.LIST
            return cs.tuple_schema([entries], variadic_item_index=0)
        if get_origin(hint) is tuple:
            kind = k.pair_of(self.value(arguments[0], place))
        elif get_origin(hint) is Literal:
            kind = k.one_of(arguments)
        kind = kind or KINDS_BY_TYPE[hint]
        self._kinds[place] = kind
        return kind.checked()


@cache
def hints_of(record_type: type) -> dict[str, Any]:
    """The types of a dataclass's fields by name."""
    return get_type_hints(record_type, include_extras=True)


def missing(kind: Kind) -> Refusal:
    """What is said of a required value that is not there."""
    return sentence("this is missing"), kind.advice


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
