"""The words that are said by value are all in the table, and no others."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Literal, get_args, get_origin

from babel.messages.extract import extract_from_file

from orgtui.files.consistency import REFERENCES
from orgtui.locales import dynamic_messages
from orgtui.model import records
from orgtui.model.kinds import Kind
from orgtui.model.schema import hints_of
from orgtui.model.sentence import Sentence
from orgtui.model.store import RECORD_TYPES
from orgtui.rules.registry import catalogue

TYPES = vars(records).values()


def parts(hint: object) -> Iterator[object]:
    """A type with everything it is made of."""
    yield hint
    for each in (*get_args(hint), *getattr(hint, "__metadata__", ())):
        yield from parts(each)


def test_every_word_that_a_field_can_hold_is_in_the_table() -> None:
    assert {word for each in TYPES if get_origin(each) is Literal for word in get_args(each)} == {
        *dynamic_messages.CHOICES
    }


def test_every_field_of_a_record_is_in_the_table() -> None:
    assert {
        field.name
        for each in TYPES
        if isinstance(each, type) and is_dataclass(each)
        for field in fields(each)
    } == {*dynamic_messages.FIELDS}


def test_everything_that_a_reference_names_is_in_the_table() -> None:
    hints = [hint for each in RECORD_TYPES.values() for hint in hints_of(each).values()]
    given = [part.given.get("kind") for hint in hints for part in parts(hint) if isinstance(part, Kind)]
    named = {kind.template for kind in given if isinstance(kind, Sentence)}
    assert named
    assert {kind for *_, kind in REFERENCES} == {*dynamic_messages.KINDS}
    assert named <= {*dynamic_messages.KINDS}


def test_everything_that_rules_need_is_in_the_table() -> None:
    assert {need for rule in catalogue().values() for need in rule.needs} == {*dynamic_messages.NEEDS}


def test_the_standard_library_says_what_is_in_the_table() -> None:
    assert argparse.__file__ is not None
    said = {message for _, message, *_ in extract_from_file("python", argparse.__file__)}
    assert {*dynamic_messages.ARGPARSE} - said == set()
