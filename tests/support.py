"""What tests of several layers need: random organisations as the program loads them."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

import pytest
from hypothesis import settings

from orgtui.files.organization_file import load_organization
from orgtui.model.store import Organization
from orgtui.rules.registry import known_rules
from tests.oracle.generate import random_document, to_toml

SAMPLES = Path(__file__).parents[1] / "sample_orgs"
"""The folder of the sample organisations and plans."""

STARTUP = SAMPLES / "startup_a.toml"
FOUR_DIVISIONS = SAMPLES / "startup_a.four-divisions.plan.toml"
"""A start-up cut too thin, and the plan that mends it."""


def examples(few: int, many: int) -> int:
    """How many examples of a law that takes long are tried: few in the suite, many in `make soak`."""
    return many if settings.get_current_profile_name() == "thorough" else few


def seeds(few: int, many: int) -> list[object]:
    """The seeds of a test that takes long, as its parameters: few in the suite, the rest in `make soak`."""
    return [*range(few), *at_length(*range(few, many))]


def at_length(*parameters: object) -> list[object]:
    """Parameters of a test that are tried in `make soak` only; a tuple is several of one case."""
    cases = [each if isinstance(each, tuple) else (each,) for each in parameters]
    return [pytest.param(*each, marks=pytest.mark.soak) for each in cases]


def calls_of(work: Callable[[], object]) -> int:
    """How many functions are called for some work: the same however busy the machine is."""
    calls = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


@cache
def _records(seed: int) -> Organization:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "organization.toml"
        path.write_text(to_toml(random_document(random.Random(seed), "small")), encoding="utf-8")
        return load_organization(path, known_rules())


def random_organization(seed: int) -> Organization:
    """A valid random organisation, the same for the same seed, free to be changed."""
    return _records(seed).copy()
