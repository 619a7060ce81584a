"""The JSON Schemas accept whatever a file may hold, and refuse what is wrong wherever a schema can tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

import orgtui.changes.operations  # noqa: F401 - makes every operation known
from orgtui.changes.base import OPERATIONS
from orgtui.changes.parse import change_to_mapping
from orgtui.files import json_schema
from orgtui.files.json_schema import check_schema, organization_schema, plan_schema
from orgtui.files.organization_file import dump_organization, load_organization
from orgtui.model.store import Organization
from orgtui.rules.registry import known_rules
from tests.files.test_file_formats_page import EXAMPLE, PAGE
from tests.strategies import organizations
from tests.strategies_changes import changes
from tests.support import SAMPLES, STARTUP, examples

BAD = sorted((Path(__file__).parents[1] / "bad").glob("*.toml"))
TEMPLATES = Path(json_schema.__file__).parents[1] / "templates"
PLANS = sorted(SAMPLES.glob("*.plan.toml"))
ORGANIZATIONS = sorted({*SAMPLES.glob("*.toml"), *TEMPLATES.glob("*.toml")} - set(PLANS))

BEYOND_A_SCHEMA: Mapping[str, tuple[str, ...]] = {
    "two decimals of a binary number": ("more_than_two_decimals",),
    "ids that are taken, and entries that say the same": ("duplicate_ids", "twins"),
    "references to what is not there, or must not be meant": (
        *("unknown_references", "closed_lead", "two_focus_teams_on_one_function"),
        *("handoff_to_itself", "handoff_between_departments", "share_within_a_team"),
    ),
    "the shape of the tree of teams": (
        *("no_root", "no_team", "several_roots", "loop", "loop_of_one", "loop_of_all", "focus_on_root"),
    ),
    "what one key requires of another": ("missing_name_of_filled_seat", "people_twice"),
    "where files are": (
        *("pay_path_absolute", "pay_path_leaves", "people_missing", "people_path_absolute"),
        *("people_path_is_the_folder", "people_path_leaves", "people_path_leaves_midway"),
    ),
}
"""The defects that a schema cannot tell, by the reason."""


def as_json(data: Any) -> Any:
    """Data of a TOML file as JSON has it: dates are text."""
    if isinstance(data, dict):
        return {key: as_json(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_json(value) for value in data]
    return data.isoformat() if isinstance(data, date | time) else data


def parsed(data: bytes) -> Any:
    return as_json(tomli.loads(data.decode()))


def validator(schema: Mapping[str, Any]) -> Draft202012Validator:
    return Draft202012Validator(schema, format_checker=FormatChecker())


def wrong(schema: Draft202012Validator, data: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in schema.iter_errors(data)]


@pytest.fixture(scope="module")
def organization() -> Draft202012Validator:
    return validator(organization_schema(known_rules()))


@pytest.fixture(scope="module")
def startup() -> Organization:
    return load_organization(STARTUP, known_rules())


@pytest.fixture(scope="module")
def plan() -> Draft202012Validator:
    return validator(plan_schema(OPERATIONS))


SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "Organization": lambda: organization_schema(known_rules()),
    "Plan": lambda: plan_schema(OPERATIONS),
    "Check": lambda: check_schema(OPERATIONS),
}
"""By its title, how each is made."""


@pytest.mark.parametrize("title", SCHEMAS)
def test_each_is_a_schema(title: str) -> None:
    schema = SCHEMAS[title]()
    assert schema["title"] == title
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(schema)
    tables = [schema, *schema["$defs"].values()]
    assert all(table["additionalProperties"] is False for table in tables)
    assert all(table["title"] and table["description"] for table in tables)
    assert "null" not in str(schema) or schema["title"] == "Check"


@pytest.mark.parametrize("path", ORGANIZATIONS, ids=lambda path: path.stem)
def test_organizations_that_come_along_are_accepted(organization: Draft202012Validator, path: Path) -> None:
    assert wrong(organization, parsed(path.read_bytes())) == []


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_plans_that_come_along_are_accepted(plan: Draft202012Validator, path: Path) -> None:
    assert wrong(plan, parsed(path.read_bytes())) == []


def test_the_examples_are_accepted(organization: Draft202012Validator, plan: Draft202012Validator) -> None:
    examples = dict(EXAMPLE.findall(PAGE.read_text(encoding="utf-8")))
    assert wrong(organization, parsed(examples["acme.toml"].encode())) == []
    assert wrong(plan, parsed(examples["acme.plan.toml"].encode())) == []


@settings(max_examples=examples(30, 120), deadline=None)
@given(an_organization=organizations())
def test_every_organization_is_accepted(
    organization: Draft202012Validator, an_organization: Organization
) -> None:
    assert wrong(organization, parsed(dump_organization(an_organization))) == []


@settings(
    max_examples=examples(100, 400),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_every_change_is_accepted(
    plan: Draft202012Validator, startup: Organization, data: st.DataObject
) -> None:
    change = data.draw(changes(startup))
    head = {"name": "A", "organization": "A", "baseline": "sha256:" + "0" * 64}
    assert wrong(plan, as_json({"plan": head, "change": [change_to_mapping(change)]})) == []


@pytest.mark.parametrize("op", sorted(OPERATIONS))
def test_a_change_with_a_key_too_many_is_refused(plan: Draft202012Validator, op: str) -> None:
    head = {"name": "A", "organization": "A", "baseline": "sha256:" + "0" * 64}
    assert wrong(plan, {"plan": head, "change": [{"op": op, "explode": True}]})


def test_what_is_wrong_is_refused_wherever_a_schema_can_tell(organization: Draft202012Validator) -> None:
    accepted = set()
    for path in BAD:
        try:
            data = parsed(path.read_bytes())
        except (ValueError, RecursionError):
            continue  # no TOML, which is for parsers to say
        if organization.is_valid(data):
            accepted.add(path.stem)
    assert accepted == {name for names in BEYOND_A_SCHEMA.values() for name in names}
