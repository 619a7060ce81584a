"""Small organisations for rules to be asked about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from orgtui.engine.finding import Finding
from orgtui.engine.rule import evaluate
from orgtui.files.organization_file import load_organization
from orgtui.model import records as r
from orgtui.model.records import Record
from orgtui.model.store import Organization
from orgtui.rules.policy import options_for
from orgtui.rules.registry import catalogue, known_rules

TODAY = date(2026, 11, 21)


def loaded(text: str) -> Organization:
    """The organisation in the text of a file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "organization.toml"
        path.write_text(text, encoding="utf-8")
        return load_organization(path, known_rules())


def built(*records: Record, **parameters: dict[str, object]) -> Organization:
    """An organisation of these records under a root `marketing`, with rule parameters by code."""
    given = (r.Profile("Example", TODAY, vision="One"), r.Team("marketing", "Marketing"))
    return Organization((*given, *records, r.RuleSettings(parameters=parameters)))


def findings(organization: Organization, codes: Iterable[str] | None = None) -> list[Finding]:
    """What the rules of these codes find, whether or not they are awake."""
    rules = [catalogue()[code].rule for code in (catalogue() if codes is None else codes)]
    return evaluate(organization, rules, organization.profile.as_of, options_for(organization.rules))[0]


def speaks_of(code: str, organization: Organization) -> set[tuple[str, ...]]:
    """The subjects that one rule speaks of."""
    said = findings(organization, [code])
    assert not [each for each in said if each.failure]
    return {tuple(each.subjects) for each in said}
