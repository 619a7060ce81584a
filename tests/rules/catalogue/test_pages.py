"""Every page of the catalogue: its headings, its numbers, and both of its examples executed."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from decimal import Decimal

import pytest

from orgtui.changes.parse import parse_change
from orgtui.engine.finding import Finding
from orgtui.engine.rule import evaluate
from orgtui.locales import translate
from orgtui.model.store import Organization
from orgtui.rules.facts.waves import waves_of
from orgtui.rules.inputs import Waves
from orgtui.rules.policy import FindingPolicy, message, options_for
from orgtui.rules.registry import catalogue
from tests.rules.organizations import loaded

HEADINGS = ["What it checks", "Why", "Example bad", "Example good", "How to mend", "Options", "Source"]
EVERY_CODE = pytest.mark.parametrize("code", catalogue())


def sections(code: str) -> dict[str, str]:
    """A page by heading; its first sentence is under the empty one."""
    parts = re.split(r"^## (.+)$", catalogue()[code].page, flags=re.MULTILINE)
    return {"": parts[0].strip()} | {
        heading: text.strip() for heading, text in zip(parts[1::2], parts[2::2], strict=True)
    }


def example(code: str, kind: str) -> tuple[Organization, Waves]:
    """The organisation of an example, and what the plan that may follow it does to reporting lines."""
    text = sections(code)[f"Example {kind}"]
    organization, *plan = re.findall(r"^```toml\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
    baseline = loaded(organization)
    if not plan:
        return baseline, Waves()
    planned = tomllib.loads(plan[0])["change"]
    steps = [(each.pop("wave"), parse_change(each).compile(baseline)) for each in planned]
    return baseline, waves_of(baseline, steps)


def said(code: str, organization: Organization, waves: Waves) -> list[Finding]:
    """What one rule says of an organisation, where it must be awake; every seat costs 100,000 a year."""
    pay = dict.fromkeys(organization.people, Decimal(100_000))
    options = options_for(organization.rules, pay, waves)
    today = organization.profile.as_of
    found, view = evaluate(organization, [catalogue()[code].rule], today, options)
    policy = FindingPolicy(organization, today, options, frozenset({code}))
    assert policy.asleep(view) == {}
    assert [each.failure for each in found if each.failure] == []
    return found


@EVERY_CODE
def test_the_page_has_its_headings_in_order(code: str) -> None:
    page = sections(code)
    has_options = bool(fields(catalogue()[code].rule.options))
    assert list(page) == ["", *(each for each in HEADINGS if each != "Options" or has_options)]
    assert re.fullmatch(r"[A-Z][^\n]*\.", page[""])
    assert all(page.values())


@EVERY_CODE
def test_the_page_gives_every_parameter_with_its_default(code: str) -> None:
    for parameter in fields(catalogue()[code].rule.options):
        default = parameter.default
        shown = f"{default}" if type(default) in (int, float) else ""
        assert f"`{parameter.name}` (default {shown}" in sections(code)["Options"]


@EVERY_CODE
def test_the_bad_example_makes_the_rule_speak(code: str) -> None:
    found = said(code, *example(code, "bad"))
    assert found
    for each in found:
        words = translate(message(each))
        assert "{" not in words
        assert "None" not in words


@EVERY_CODE
def test_the_good_example_keeps_it_silent(code: str) -> None:
    assert said(code, *example(code, "good")) == []
