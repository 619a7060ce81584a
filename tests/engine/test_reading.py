"""What a finding rests on: the cells its rule read, told without disturbing the graph."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from orgtui.engine.engine import Engine
from orgtui.engine.evidence import Read, RecordingView
from orgtui.engine.finding import Finding
from orgtui.engine.graph import TrackingView
from orgtui.engine.rule import entities, evaluate_rule
from orgtui.model.records import Function, Goal, Person, Pillar, Profile, Share, Stage, Team
from orgtui.model.sentence import Ref
from orgtui.model.store import RECORD_TYPES, Organization, Set
from orgtui.rules.policy import options_for
from orgtui.rules.registry import catalogue
from tests.support import random_organization

TODAY = date(2026, 11, 21)
SMALL = (
    Profile("Acme", TODAY),
    Pillar("scale", "Scale"),
    Stage("mql", "MQL"),
    Team("marketing", "Marketing", lead="chen"),
    Team("web", "Web", "marketing", lead="li"),
    Function("seo", "SEO", team="web", stages=("mql",), skills={"seo": 3}),
    Person("chen", "marketing", "Chen"),
    Person("li", "web", "Li", functions={"seo": 30}),
    Person("xu", "web", "Xu", state="vacant"),
    Person("old", "web", "Old", state="closed"),
    Goal("pipeline", "Pipeline"),
)


def engine_of(organization: Organization) -> Engine:
    rules = [each.rule for each in catalogue().values()]
    return Engine(organization, rules, TODAY, options_for(organization.rules))


def reads(engine: Engine, code: str, *subjects: str) -> list[Read]:
    return engine.reads(engine.findings[code, tuple(map(Ref, subjects))])


def test_a_count_rests_on_the_records_it_counts() -> None:
    read = reads(engine_of(Organization(SMALL)), "P203", "team:web")
    assert Read("team", "web", "parent") in read
    assert Read("person", "li", "team") in read
    assert Read("person", "xu", "state") in read
    assert not [each for each in read if each.key in ("old", "chen")]


def test_what_was_sought_in_vain_is_told() -> None:
    engine = engine_of(Organization(SMALL))
    assert reads(engine, "S101", "pillar:scale") == [Read("pillar", "scale", ""), Read("goal", "", "")]
    assert Read("share", "", "") in reads(engine, "C201", "team:web")


def test_links_are_read_by_being_there() -> None:
    share = Share("team:web", "team:marketing", "seo")
    read = reads(engine_of(Organization((*SMALL, share))), "C206", "share:team:web>team:marketing>seo")
    assert Read("share", ("team:web", "team:marketing", "seo"), "every") in read
    assert Read("share", "", "") not in read


def test_a_finding_of_an_earlier_state_rests_on_nothing() -> None:
    organization = Organization(SMALL)
    engine = engine_of(organization)
    finding = engine.findings["S101", (Ref("pillar:scale"),)]
    goal = organization.goals["pipeline"]
    engine.update([Set("goal", "pipeline", goal, Goal("pipeline", "Pipeline", pillar="scale"))])
    assert engine.reads(finding) == []
    assert engine.reads(Finding("P999", (), {})) == []


@pytest.mark.parametrize("seed", range(0, 60, 7))
def test_asked_once_more_a_rule_says_the_same(seed: int) -> None:
    organization = random_organization(seed)
    engine = engine_of(organization)
    engine.evaluate_pending()
    assert isinstance(engine.view, TrackingView)
    for number, rule in enumerate(engine.rules):
        for key in entities(organization, rule.on):
            said = evaluate_rule(rule, RecordingView(engine.view), key, engine.options)
            node = engine._entities[rule.on][key]  # what was said before, in the order it was said
            assert said == node.findings.get(number, ()), rule.code


@pytest.mark.parametrize("seed", range(0, 60, 7))
def test_every_finding_rests_on_cells_that_are_there(seed: int) -> None:
    organization = random_organization(seed)
    engine = engine_of(organization)
    engine.evaluate_pending()
    assert engine.findings
    known = {(table, each.name) for table, kind in RECORD_TYPES.items() for each in fields(kind)}
    for finding in engine.findings.values():
        read = engine.reads(finding)
        assert read, finding
        assert len(set(read)) == len(read)
        for table, key, field in read:
            assert not key or key in organization.tables[table].rows()
            assert not field or (table, field) in known
