"""Values as TOML reads them back."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
import tomli
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from orgtui.files.toml.writing import key_value_lines, table
from orgtui.model.sentence import Ref
from tests.strategies import texts

values = st.recursive(
    texts
    | st.just("")
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.datetimes(timezones=st.none() | st.just(timezone(timedelta(hours=8)))),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts | st.just(""), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(texts, values, max_size=4))
def test_what_is_written_is_read(entries: dict[str, object]) -> None:
    assert tomli.loads(key_value_lines(entries)) == entries
    assert tomli.loads(table("[a]", entries)) == {"a": entries}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (1.0, "1.0"),
        (1e300, "1e+300"),
        ('a "b" \\ 王', '"a \\"b\\" \\\\ 王"'),
        (date(2026, 11, 21), "2026-11-21"),
        (datetime(2026, 11, 21, 10, 2, tzinfo=timezone(timedelta(hours=8))), "2026-11-21T10:02:00+08:00"),
        ({}, "{}"),
        ((), "[]"),
        ({"a.b": ("x", "y")}, '{ "a.b" = ["x", "y"] }'),
        (Ref("team:a"), '"team:a"'),
    ],
)
def test_form(value: object, text: str) -> None:
    assert key_value_lines({"key": value}) == f"key = {text}\n"


@pytest.mark.parametrize("value", [None, object(), {1}])
def test_what_toml_has_no_word_for(value: object) -> None:
    with pytest.raises(TypeError, match="TOML has no"):
        key_value_lines({"key": value})


@given(texts)
def test_text_is_written_as_tomli_w_writes_it(text: str) -> None:
    assert key_value_lines({"key": text}) == tomli_w.dumps({"key": text})
