"""The examples of rules, as organisations and what the rule finds in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from orgtui.engine.finding import Finding
from orgtui.engine.rule import evaluate
from orgtui.engine.view import PlainView
from orgtui.files.organization_file import parse_organization
from orgtui.model.store import Organization
from orgtui.rules.facts.waves import waves_of
from orgtui.rules.inputs import Waves
from orgtui.rules.policy import options_for
from orgtui.rules.registry import CatalogueRule, known_rules

PAY = Decimal(100_000)
"""What every seat of an example costs a year."""


@dataclass(frozen=True, slots=True)
class Example:
    """An organisation, what it was before the plan of the example, and what the rule finds in it."""

    organization: Organization
    baseline: Organization
    view: PlainView
    findings: Sequence[Finding]


def example_of(rule: CatalogueRule, organization: str, plan: str = "") -> Example:
    """The example that the text of an organisation makes, and that of a plan which follows it."""
    baseline = parse_organization(organization, known_rules())
    now, waves = baseline.copy(), Waves()
    if plan:
        now, waves = _planned(baseline, plan)
    pay = dict.fromkeys(now.people, PAY)
    findings, view = evaluate(now, [rule.rule], now.profile.as_of, options_for(now.rules, pay, waves))
    return Example(now, baseline, view, findings)


def _planned(baseline: Organization, plan: str) -> tuple[Organization, Waves]:
    """The organisation after a plan, and what its waves do to reporting lines."""
    import tomli

    from orgtui.changes.parse import parse_change

    now, steps = baseline.copy(), []
    for entry in tomli.loads(plan)["change"]:
        wave = entry.pop("wave")
        sets = parse_change(entry).compile(now)
        for each in sets:
            now.apply(each)
        steps.append((wave, sets))
    return now, waves_of(baseline, steps)
