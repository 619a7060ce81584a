"""Schemas of files and of parts of them, which add the problems they find to the document."""

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
    """A pool of valid texts of one kind, such as ids, so that equal ones share memory."""

    def __init__(self, schema: CoreSchema) -> None:
        self._check: Callable[[str], object] = SchemaValidator(schema).validate_python

    def __missing__(self, text: str) -> str:
        self._check(text)
        return self.setdefault(text, text)


class FileSchema(Schema):
    """The schema of a file or of a part of it."""

    def __init__(self, make: Callable[[Schema], CoreSchema]) -> None:
        super().__init__(make)
        self._text_pools: dict[str, TextPool] = {}
        self._tables: dict[object, Mapping[str, int]] = {}

    def validate(self, document: Document, data: object, at: KeyPath = ()) -> Any:
        """The value of `data`; None, with the problems added to the document, if it is invalid."""
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
        """The schema of a kind of value; references are checked later, for the whole file."""
        if not kind.repeats:
            return kind.checked()
        schema = k.TEXT.schema if kind.refers else kind.schema
        texts = self._text_pools.setdefault(cast(Any, schema)["pattern"], TextPool(schema))
        text = cs.str_schema(strict=True)
        return kind.checked(cs.no_info_after_validator_function(texts.__getitem__, text))

    def mapping(self, keys: CoreSchema, values: CoreSchema, hint: object) -> CoreSchema:
        """The schema of a table; equal tables of shares or levels, of which there are many, share memory."""
        table = cs.dict_schema(keys, values)
        if get_origin(hint) is Annotated and get_args(hint)[0] is int:
            return cs.no_info_after_validator_function(self._pooled, table)
        return table

    def _pooled(self, table: Mapping[str, int]) -> Mapping[str, int]:
        return self._tables.setdefault(tuple(table.items()), table)
