"""A family of rules is one module and one line: what is read elsewhere of rules is read from the rules."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from types import ModuleType

import pytest

from orgtui.engine.finding import Violation, violation
from orgtui.engine.view import View
from orgtui.files.organization_file import load_organization
from orgtui.model.sentence import Money, Ref
from orgtui.rules import registry
from orgtui.rules.assessment import report_findings
from orgtui.rules.pages import all_pages
from orgtui.rules.policy import message
from orgtui.rules.registry import catalogue, chapters, codes_matching, known_rules, rule
from tests.support import STARTUP

MODULE = "orgtui.rules.catalogue.z9_example"
CACHED = (catalogue, chapters, known_rules)


@pytest.fixture
def family(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A family of one rule, which stands in the table of families."""
    catalogue()  # rules join the catalogue once, when their module is imported
    monkeypatch.setattr(registry, "_RULES", dict(registry._RULES))  # so that the example leaves no trace
    monkeypatch.setattr(registry, "FAMILIES", (*registry.FAMILIES, MODULE.rpartition(".")[2]))
    module = ModuleType(MODULE)
    module.CHAPTERS = {"Z9": "Examples"}  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, MODULE, module)
    for each in CACHED:
        each.cache_clear()

    @rule(
        "Z901",
        "costly-example",
        "advice",
        on="team",
        needs=("stages",),
        money=("price",),
        says="{team} costs {price}",
    )
    def costly_example(view: View, team: str, _: object) -> Iterator[Violation]:
        """An example costs money.

        ## What it checks
        Nothing.
        """
        yield violation(Ref.to("team", team), price=1200)

    yield
    monkeypatch.undo()
    for each in CACHED:
        each.cache_clear()


@pytest.mark.usefixtures("family")
def test_a_new_family_speaks_without_an_edit_elsewhere() -> None:
    organization = load_organization(STARTUP, known_rules())
    report = report_findings(organization, date(2026, 11, 21), select=["Z9"])
    assert {finding.finding.code for finding in report.reported.values()} == {"Z901"}
    assert len(report.reported) == len(organization.teams)


@pytest.mark.usefixtures("family")
def test_a_new_family_is_named_worded_and_documented() -> None:
    assert list(codes_matching("Z9")) == list(codes_matching("costly-example")) == ["Z901"]
    assert "Z9" in known_rules().families
    page = "\n".join(all_pages())
    assert "# Z9 Examples" in page
    assert "An example costs money." in page
    organization = load_organization(STARTUP, known_rules())
    first = next(
        iter(report_findings(organization, date(2026, 11, 21), select=["Z901"]).reported.values())
    ).finding
    assert message(first).params["price"] == Money(1200)
