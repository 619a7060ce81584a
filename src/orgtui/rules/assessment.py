"""The findings of an organisation as they are reported: for one state, or kept up to date.

The finding policy is applied to what rules find: findings of rules that are not selected or asleep are left
out, each finding has its severity, and accepted findings are marked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from orgtui.engine.engine import Engine
from orgtui.engine.finding import Delta, Finding, Identity
from orgtui.engine.rule import evaluate
from orgtui.engine.view import View
from orgtui.model.records import Acceptance, Severity
from orgtui.model.store import Organization, Set, sets_between
from orgtui.rules.facts.pay import pay_below
from orgtui.rules.inputs import CHANGE_SHOCK, Payroll, Waves, payroll
from orgtui.rules.needs import PAY
from orgtui.rules.policy import FindingPolicy, options_for, selected_codes
from orgtui.rules.registry import catalogue

T = TypeVar("T")

WEIGHTS: Mapping[Severity, int] = {"error": 9, "warning": 3, "advice": 1}
"""The weight of a finding in a balance, by severity."""


@dataclass(frozen=True, slots=True)
class ReportedFinding:
    """A finding with its severity, and its acceptance if it was accepted."""

    finding: Finding
    severity: Severity
    acceptance: Acceptance | None = None

    @property
    def identity(self) -> Identity:
        """What makes it the same finding in two states."""
        return self.finding.identity

    @property
    def counts(self) -> bool:
        """Whether it counts: it is not accepted."""
        return self.acceptance is None


@dataclass(frozen=True, slots=True)
class Difference:
    """How two states differ: pairs of a finding before and after, None where it is not reported."""

    pairs: tuple[tuple[ReportedFinding | None, ReportedFinding | None], ...] = ()

    @property
    def resolved(self) -> list[ReportedFinding]:
        """The findings that counted and no longer do, as they were."""
        return [old for old, new in self.pairs if old and old.counts and not (new and new.counts)]

    @property
    def introduced(self) -> list[ReportedFinding]:
        """The findings that count and did not before, as they are."""
        return [new for old, new in self.pairs if new and new.counts and not (old and old.counts)]

    @property
    def accepted(self) -> list[ReportedFinding]:
        """The findings that counted and are accepted now; they are among those resolved."""
        return [new for old, new in self.pairs if old and new and old.counts and not new.counts]

    @property
    def no_longer_accepted(self) -> list[ReportedFinding]:
        """The findings that were accepted and count again; they are among those introduced."""
        return [new for old, new in self.pairs if old and new and new.counts and not old.counts]

    @property
    def balance(self) -> int:
        """The weight of what is resolved minus the weight of what is introduced: above 0 is better."""
        resolved = sum(WEIGHTS[each.severity] for each in self.resolved)
        return resolved - sum(WEIGHTS[each.severity] for each in self.introduced)

    def followed_by(self, later: Difference) -> Difference:
        """This difference and a later one together."""
        both: dict[Identity, tuple[ReportedFinding | None, ReportedFinding | None]] = {}
        for old, new in (*self.pairs, *later.pairs):
            known = new or old
            if known is not None:
                first, _ = both.get(known.identity, (old, None))
                both[known.identity] = (first, new)
        return Difference(tuple((old, new) for old, new in both.values() if old != new))

    def __bool__(self) -> bool:
        return bool(self.pairs)


@dataclass(frozen=True, slots=True)
class Preview(Generic[T]):
    """What changes would do, and what the caller read in that state.

    `has_pending_rules` says that rules of the graph lane are affected too and were not evaluated;
    `evaluated` is the number of entities whose rules were.
    """

    difference: Difference
    answer: T
    has_pending_rules: bool
    evaluated: int


class FindingReport:
    """A state of an organisation with its reported findings, by identity.

    `asleep` holds the selected rules that lack data, by code, with the first thing missing.
    """

    def __init__(
        self, organization: Organization, policy: FindingPolicy, view: View, findings: Iterable[Finding]
    ) -> None:
        self.organization = organization
        self.policy = policy
        self.view = view
        self.asleep = policy.asleep(view)
        self.reported: dict[Identity, ReportedFinding] = {}
        for finding in findings:
            reported = self._report(finding, self.asleep)
            if reported is not None:
                self.reported[finding.identity] = reported

    def count(self, severity: Severity) -> int:
        """How many findings of a severity count."""
        return sum(1 for each in self.reported.values() if each.severity == severity and each.counts)

    def accepted(self) -> int:
        """How many findings are accepted."""
        return sum(1 for each in self.reported.values() if not each.counts)

    def _report(self, finding: Finding, asleep: Mapping[str, str]) -> ReportedFinding | None:
        """A finding as it is reported; None if its rule is not selected or asleep."""
        if finding.code not in self.policy.codes or finding.code in asleep:
            return None
        return ReportedFinding(finding, self.policy.severity(finding.code), self.policy.acceptance(finding))


def report_findings(
    organization: Organization,
    today: date,
    *,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    waves: Waves | None = None,
    pay: Mapping[str, Decimal] | None = None,
) -> FindingReport:
    """Evaluate one state once; takes a third of the time of an assessment.

    `select` and `ignore` are codes, names and families of rules, beside those of the organisation. `pay` is
    what each seat costs a year; None if it is not known.
    """
    options = options_for(organization.rules, pay, waves)
    codes = selected_codes(organization.rules, select, ignore)
    rules = [catalogue()[code].rule for code in sorted(codes)]
    findings, view = evaluate(organization, rules, today, options)
    policy = FindingPolicy(organization, today, options, codes)
    return FindingReport(organization, policy, view, findings)


def may_be_found(
    organization: Organization, code: str, subjects: tuple[str, ...], waves: Waves | None = None
) -> bool:
    """Whether a rule finds something about subjects in an organisation on its own day, or might if pay were
    known. Evaluates that rule alone.
    """
    rules = organization.rules
    policy = FindingPolicy(
        organization, organization.profile.as_of, options_for(rules, None, waves), selected_codes(rules)
    )
    return _is_found(policy, organization, code, subjects) is not False


def _is_found(
    policy: FindingPolicy, organization: Organization, code: str, subjects: tuple[str, ...]
) -> bool | None:
    """Whether a rule that is selected and awake finds something about subjects in a state.

    None if that cannot be told as long as pay is not known.
    """
    if code not in policy.codes:
        return False
    found, view = evaluate(organization, [catalogue()[code].rule], policy.today, policy.options)
    needs = replace(policy, organization=organization).asleep(view).get(code)
    if needs is not None:
        return None if needs == PAY else False
    return any(each.subjects == subjects for each in found)


class Assessment(FindingReport):
    """An organisation with its reported findings, kept up to date as it changes.

    From then on only the assessment may change the organisation. Its parameters are those of
    `report_findings`. Rules of the graph lane are pending until `evaluate_pending`.
    """

    def __init__(
        self,
        organization: Organization,
        today: date,
        *,
        select: Iterable[str] | None = None,
        ignore: Iterable[str] = (),
        waves: Waves | None = None,
        pay: Mapping[str, Decimal] | None = None,
    ) -> None:
        self._options = options = options_for(organization.rules, pay, waves)
        rules = [each.rule for each in catalogue().values()]
        codes = selected_codes(organization.rules, select, ignore)
        policy = FindingPolicy(organization, today, options, codes)
        self.engine = Engine(organization, rules, today, options)
        super().__init__(organization, policy, self.engine.view, self.engine.findings.values())

    @property
    def has_pending_rules(self) -> bool:
        """Whether rules of the graph lane have yet to be evaluated on the present state."""
        return self.engine.has_pending_rules

    def has_finding(self, organization: Organization, code: str, subjects: tuple[str, ...]) -> bool:
        """Whether a rule that is selected and awake finds something about subjects in a state."""
        return _is_found(self.policy, organization, code, subjects) is True

    def may_be_found(self, organization: Organization, code: str, subjects: tuple[str, ...]) -> bool:
        """Whether a rule finds something about subjects in a state, or might if pay were known."""
        return _is_found(self.policy, organization, code, subjects) is not False

    def update(self, sets: Iterable[Set]) -> Difference:
        """Make assignments; rules of the graph lane are left pending.

        Raises `StaleSet` if an assignment does not fit the state.
        """
        sets = list(sets)
        return self._update_reported(self.engine.update(sets), sets)

    def evaluate_pending(self) -> Difference:
        """Evaluate the pending rules of the graph lane."""
        return self._update_reported(self.engine.evaluate_pending(), [])

    def update_waves(self, waves: Waves) -> Difference:
        """Set the waves of the plan, and evaluate the rule that reads them."""
        self._options[Waves] = waves
        return self._update_reported(self.engine.reevaluate(CHANGE_SHOCK), [])

    def set_pay(self, pay: Mapping[str, Decimal] | None) -> Difference:
        """Set what each seat costs a year; None makes it unknown, and the rule on budgets falls asleep."""
        return self._set_payroll(payroll(pay))

    def copy_pay(self, other: Assessment) -> None:
        """Set what each seat costs to what another assessment has."""
        self._set_payroll(other._options[Payroll])

    @contextmanager
    def without_pay(self) -> Iterator[None]:
        """Report as if pay were unknown in the context, so that no file written there depends on it."""
        known = self._options[Payroll]
        self._set_payroll(Payroll())
        try:
            yield
        finally:
            self._set_payroll(known)

    def _set_payroll(self, known: object) -> Difference:
        if known == self._options[Payroll]:
            return Difference()
        self._options[Payroll] = known
        return self._update_reported(self.engine.rederive(pay_below), [])

    def preview(
        self, sets: Iterable[Set], answer: Callable[[View], T], *, graph_lane: bool = False
    ) -> Preview[T]:
        """What assignments would resolve and introduce, without keeping them.

        `answer` is called with the view of the previewed state. With `graph_lane` the rules of that lane are
        evaluated too. Raises `StaleSet` if an assignment does not fit the state.
        """
        sets = list(sets)

        def compare(view: View, delta: Delta) -> tuple[Difference, T]:
            asleep = self.policy.asleep(view)
            return self._difference(delta, sets, asleep), answer(view)

        preview = self.engine.preview(sets, compare, graph_lane=graph_lane)
        difference, answered = preview.answer
        return Preview(difference, answered, preview.has_pending_rules, preview.evaluated)

    def preview_baseline(self, baseline: Organization, answer: Callable[[View], T]) -> Preview[T]:
        """What going back to the baseline would do; findings on waves are resolved there, as it has none."""
        back = self.preview(sets_between(self.organization, baseline), answer, graph_lane=True)
        shocks = [each for each in self.reported.values() if each.finding.code == CHANGE_SHOCK]
        gone = [(each, None) for each in shocks]
        others = [pair for pair in back.difference.pairs if not any(map(_is_shock, pair))]
        return replace(back, difference=Difference((*others, *gone)))

    def _update_reported(self, delta: Delta, sets: list[Set]) -> Difference:
        """Bring the reported findings up to date with a delta of the engine and the assignments made."""
        asleep = self.policy.asleep(self.engine.view)
        difference = self._difference(delta, sets, asleep)
        self.asleep = asleep
        for old, new in difference.pairs:
            if new is not None:
                self.reported[new.identity] = new
            elif old is not None:
                del self.reported[old.identity]
        return difference

    def _difference(self, delta: Delta, sets: list[Set], asleep: Mapping[str, str]) -> Difference:
        """How reported findings change by `delta`, by acceptances in `sets`, and by rules that fall asleep or
        wake up."""
        now: dict[Identity, Finding | None] = {finding.identity: None for finding in delta.resolved}
        now |= {finding.identity: finding for finding in (*delta.introduced, *delta.changed)}
        for each in sets:
            if each.table == "accept":
                identity = (each.key[0], tuple(each.key[1:]))
                now.setdefault(identity, self.engine.findings.get(identity))
        for code in asleep.keys() ^ self.asleep.keys():
            for identity, finding in self.engine.by_code[code].items():
                now.setdefault(identity, finding)
        pairs = []
        for identity, finding_now in now.items():
            old = self.reported.get(identity)
            new = None if finding_now is None else self._report(finding_now, asleep)
            if old != new:
                pairs.append((old, new))
        return Difference(tuple(pairs))


def _is_shock(reported: ReportedFinding | None) -> bool:
    return reported is not None and reported.finding.code == CHANGE_SHOCK
