"""How to make changes in an organisation, and what refuses them."""

from __future__ import annotations

from typing import Any

import pytest

from orgtui.changes.base import Change, Refused
from orgtui.changes.parse import parse_change
from orgtui.locales import translate
from orgtui.model.store import Organization
from tests.changes.loading import assert_loads


def change(op: str, **fields: Any) -> Change:
    """A change as it is written; `source` and `target` stand for the keys from and to."""
    keys = {"source": "from", "target": "to"} if op.endswith(("_handoff", "_share")) else {}
    return parse_change({"op": op, **{keys.get(name, name): value for name, value in fields.items()}})


def make(organization: Organization, op: str, **fields: Any) -> Organization:
    """The organisation after a change, which could be loaded."""
    there = organization.copy()
    for each in change(op, **fields).compile(there):
        there.apply(each)
    assert_loads(there)
    return there


def refusal(organization: Organization, op: str, **fields: Any) -> str:
    """Why a change is refused."""
    with pytest.raises(Refused) as refused:
        change(op, **fields).compile(organization)
    return translate(refused.value.sentence)
