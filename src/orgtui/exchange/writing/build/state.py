"""A state of an organisation with what the principles say of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Protocol

from orgtui.engine.finding import Finding
from orgtui.engine.view import PlainView, View
from orgtui.locales import NameLookup, translate
from orgtui.model.sentence import Ref, Sentence
from orgtui.model.store import Organization, Set
from orgtui.rules.assessment import FindingReport, report_once
from orgtui.rules.inputs import Waves
from orgtui.rules.policy import FindingPolicy, options_for, selected_codes
from orgtui.rules.registry import catalogue
from orgtui.views.base.names import Names, name_of

Pay = Mapping[str, Decimal]
"""The yearly cost of each seat."""

SINGLE_HOLDER = "C203"


class Teams(Protocol):
    """A state of an organisation as far as its teams are told, judged or not."""

    @property
    def organization(self) -> Organization: ...

    @property
    def view(self) -> View: ...

    def name(self, kind: str, identity: str) -> str:
        """The name of a record."""
        ...


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state on the way, which is not judged."""

    organization: Organization
    view: View

    @classmethod
    def of(cls, organization: Organization, today: date) -> Snapshot:
        """An organisation as it is now; later changes to it do not show."""
        copied = organization.copy()
        return cls(copied, PlainView(copied, today, {}))

    def name(self, kind: str, identity: str) -> str:
        """The name of a record."""
        return name_of(self.organization, Ref.to(kind, identity))


@dataclass(frozen=True, slots=True)
class State:
    """A state with its findings; `found` is how many each rule has, also ignored and accepted ones.

    `single_holders` are the findings on skills that one person alone has, likewise. `names` gives the names
    of this state, and those of the other state for what is only there.
    """

    organization: Organization
    report: FindingReport
    found: Mapping[str, int]
    single_holders: Sequence[Finding]
    names: NameLookup

    @property
    def view(self) -> View:
        return self.report.view

    def name(self, kind: str, identity: str) -> str:
        """The name of a record."""
        return self.names(Ref.to(kind, identity))

    def author(self, who: str | None) -> str | None:
        """The name of somebody who stands in a file by id, or what stands there."""
        person = self.organization.people.get(who or "")
        return (person and person.name) or who

    def say(self, words: Sentence) -> str:
        """A sentence translated, with names for references."""
        return translate(words, self.names)


def judged(
    organization: Organization, other: Organization, today: date, waves: Waves | None, pay: Pay | None
) -> State:
    """Judge a state once, by all rules; `other` is the state with the names of what this one lacks."""
    options = options_for(organization.rules, pay, waves)
    policy = FindingPolicy(organization, today, options, selected_codes(organization.rules))
    report, findings = report_once(policy, catalogue().keys())
    found = Counter(dict.fromkeys(catalogue(), 0))
    found.update(each.code for each in findings)
    single = [each for each in findings if each.code == SINGLE_HOLDER and each.failure is None]
    return State(organization, report, found, single, Names(organization, other))


def without_budgets(organization: Organization) -> Organization:
    """A copy of an organisation in which no team has a pay budget."""
    copied = organization.copy()
    for team in organization.teams.values():
        if team.pay_budget is not None:
            copied.apply(Set("team", team.id, team, replace(team, pay_budget=None)))
    return copied
