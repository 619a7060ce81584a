"""Schemas of whole files and of parts of them: they note what they refuse in the document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, cast, get_args, get_origin

from pydantic_core import CoreSchema, SchemaValidator
from pydantic_core import core_schema as cs

from orgtui.files.toml.document import Document
from orgtui.files.toml.problems import KeyPath
from orgtui.model import kinds as k
from orgtui.model.kinds import Kind
from orgtui.model.schema import Schema


class TextPool(dict[str, str]):
    """Text of one kind that many entries have in common, such as ids: one of each is kept."""

    def __init__(self, schema: CoreSchema) -> None:
        self._check: Callable[[str], object] = SchemaValidator(schema).validate_python

    def __missing__(self, text: str) -> str:
        self._check(text)
        return self.setdefault(text, text)


class FileSchema(Schema):
    """What a file or a part of it may hold."""

    def __init__(self, make: Callable[[Schema], CoreSchema]) -> None:
        super().__init__(make)
        self._text_pools: dict[str, TextPool] = {}
        self._tables: dict[object, Mapping[str, int]] = {}

    def validate(self, document: Document, data: object, at: KeyPath = ()) -> Any:
        """What the schema makes of `data`; None if it refuses it, with the reasons noted in the document."""
        try:
            value, refusals = self.read(data)
        finally:
            self._tables.clear()
            for texts in self._text_pools.values():
                texts.clear()
        for path, refusal in refusals:
            document.add_problem((*at, *path), *refusal)
        return value

    def kind(self, kind: Kind) -> CoreSchema:
        """A value of a kind; whether there is what it refers to is asked of the whole file."""
        if not kind.repeats:
            return kind.checked()
        schema = k.TEXT.schema if kind.refers else kind.schema
        texts = self._text_pools.setdefault(cast(Any, schema)["pattern"], TextPool(schema))
        text = cs.str_schema(strict=True)
        return kind.checked(cs.no_info_after_validator_function(texts.__getitem__, text))

    def mapping(self, keys: CoreSchema, values: CoreSchema, hint: object) -> CoreSchema:
        """A table; many people do the same work, or can do the same: one of equal tables is kept."""
        table = cs.dict_schema(keys, values)
        if get_origin(hint) is Annotated and get_args(hint)[0] is int:
            return cs.no_info_after_validator_function(self._pooled, table)
        return table

    def _pooled(self, table: Mapping[str, int]) -> Mapping[str, int]:
        return self._tables.setdefault(tuple(table.items()), table)
