"""The layers after the rules: severity, selection, sleeping rules, acceptances, and the words of findings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from orgtui.engine.finding import Finding, Identity
from orgtui.engine.view import View
from orgtui.model.records import Acceptance, Number, RuleSettings, Severity
from orgtui.model.sentence import N_, Money, Percent, Ref, Sentence, sentence
from orgtui.model.store import Organization
from orgtui.rules.facts.measures import PAY_METRICS, SHARE_METRICS
from orgtui.rules.facts.sharing import is_in_force
from orgtui.rules.inputs import NO_PLAN, FindingCounts, Payroll, Waves, payroll
from orgtui.rules.needs import NEEDS
from orgtui.rules.registry import CatalogueRule, catalogue, codes_matching

FAILED = N_("{rule} could not be evaluated here: {failure}")
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "advice")


def options_for(
    settings: RuleSettings, pay: Mapping[str, Decimal] | None = None, waves: Waves | None = None
) -> dict[type, object]:
    """The parameters of every rule by their type, `[rules.CODE]` over its defaults, with pay and waves."""
    by_type: dict[type, Any] = {
        Payroll: payroll(pay),
        Waves: waves or NO_PLAN,
        FindingCounts: FindingCounts(),
    }
    for each in catalogue().values():
        given = settings.parameters.get(each.code, {})
        kind = each.rule.options
        by_type[kind] = replace(by_type.get(kind) or kind(), **given)
    return by_type


def selected_codes(
    settings: RuleSettings, select: Iterable[str] | None = None, ignore: Iterable[str] = ()
) -> frozenset[str]:
    """The codes selected by `[rules]`, `select` and `ignore` (codes, names, families); ignoring wins."""

    def codes(words: Iterable[str]) -> set[str]:
        return {code for word in words for code in codes_matching(word)}

    chosen = set(catalogue())
    for words in (settings.select, select):
        if words:
            chosen &= codes(words)
    return frozenset(chosen - codes(settings.ignore) - codes(ignore))


@dataclass(slots=True)
class FindingPolicy:
    """Decides which findings of one organisation on one day are reported, and as what.

    `codes` are the selected rules, `options` the parameters of all rules by their type.
    """

    organization: Organization
    today: date
    options: dict[type, object]
    codes: frozenset[str]

    @property
    def has_pay(self) -> bool:
        """Whether pay is known."""
        return cast(Payroll, self.options[Payroll]).costs is not None

    def severity(self, code: str) -> Severity:
        """The severity of a rule's findings, as set in `[rules]` or by default."""
        return self.organization.rules.severity.get(code, catalogue()[code].severity)

    def asleep(self, view: View) -> dict[str, str]:
        """The selected rules that lack data, by code, with the first thing missing."""
        org = self.organization
        missing = {need for need, is_there in NEEDS.items() if not is_there(org, view)}
        headcount = org.count("headcount", "")
        sleeping = {}
        for each in _rules_with_needs(self.codes):
            for need in each.needs:
                if headcount < self._min_headcount(each) if need == "headcount" else need in missing:
                    sleeping[each.code] = need
                    break
        return sleeping

    def _min_headcount(self, each: CatalogueRule) -> int:
        return cast(int, getattr(self.options[each.rule.options], "min_headcount", 0))

    def acceptance(self, finding: Finding) -> Acceptance | None:
        """The acceptance of a finding that is in force today; None if there is none."""
        accepted = self.organization.acceptances.get((finding.code, *finding.subjects))
        if accepted is None or not is_in_force(accepted.until, self.today):
            return None
        return accepted

    def stale_acceptances(self, view: View, identities: Collection[Identity]) -> list[Acceptance]:
        """The acceptances that match none of `identities` though their rules ran, by code and subjects."""
        ran = self.codes - self.asleep(view).keys()
        stale = (
            accepted
            for accepted in self.organization.acceptances.values()
            if accepted.code in ran and (accepted.code, accepted.subjects) not in identities
        )
        return sorted(stale, key=lambda accepted: (accepted.code, accepted.subjects))


KINDS_OF_WORK = ("kind", "kind2")
"""The names in evidence of kinds of work, which are called as skills are."""


def message(finding: Finding) -> Sentence:
    """The sentence of a finding, with its evidence by name and its subjects by kind, as in `rule`."""
    if finding.failure is not None:
        return Sentence(FAILED, {"rule": finding.code, "failure": finding.failure})
    params: dict[str, object] = {"subjects": finding.subjects}
    for subject in finding.subjects:
        name, number = subject.kind, 1
        while name in params:
            number += 1
            name = f"{subject.kind}{number}"
        params[name] = subject
    says, known = catalogue()[finding.code].says, {**params, **finding.evidence}
    template = next(says[reason] for reason in says if all(word in known for word in reason.split()))
    return Sentence(template, params | shown_evidence(finding))


def shown_evidence(finding: Finding) -> dict[str, object]:
    """The evidence of a finding by name; amounts of money, parts of a whole, kinds of work
    and topics as such; a topic may be a skill."""
    money = catalogue()[finding.code].money
    metrics = {each.id for each in finding.subjects if each.kind == "metric"}
    if not metrics.isdisjoint(SHARE_METRICS):
        return {name: Percent(cast(Number, value)) for name, value in finding.evidence.items()}
    if not metrics.isdisjoint(PAY_METRICS):
        money = tuple(finding.evidence)

    def shown(name: str, value: object) -> object:
        if name in KINDS_OF_WORK:
            return Ref.to("kind", str(value))
        if name == "topic":
            return Ref.to("skill", str(value))
        return Money(cast(Number, value)) if name in money else value

    return {name: shown(name, value) for name, value in finding.evidence.items()}


def reason_for_fix(finding: Finding) -> Sentence:
    """The reason noted with a change that fixes a finding: its rule and its sentence."""
    return sentence(
        "{code} {name}: {message}",
        code=finding.code,
        name=catalogue()[finding.code].title,
        message=message(finding),
    )


def parameters_of(code: str, options: Mapping[type, object]) -> dict[str, object]:
    """A rule's parameters in force, by name."""
    settings = options[catalogue()[code].rule.options]
    return {each.name: getattr(settings, each.name) for each in fields(cast(Any, settings))}


@lru_cache
def _rules_with_needs(codes: frozenset[str]) -> tuple[CatalogueRule, ...]:
    """Those of some rules that may lack data, by code; every preview asks for them."""
    return tuple(catalogue()[code] for code in sorted(codes) if catalogue()[code].needs)
