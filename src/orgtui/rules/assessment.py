"""The findings of an organisation as they are reported: for one state, or kept up to date.

The finding policy is applied to what rules find: findings of rules that are not selected or asleep are left
out, each finding has its severity, and accepted findings are marked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from orgtui.engine.engine import Engine
from orgtui.engine.finding import Delta, DeltaBuilder, Finding, Identity
from orgtui.engine.rule import evaluate, evaluate_rule
from orgtui.engine.view import View
from orgtui.model.records import Severity
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization, Set, inverse, sets_between
from orgtui.rules.difference import WEIGHTS as WEIGHTS
from orgtui.rules.difference import Difference as Difference
from orgtui.rules.difference import Pair
from orgtui.rules.difference import ReportedFinding as ReportedFinding
from orgtui.rules.facts.measures import PAY_METRICS, counted_rules, finding_counts
from orgtui.rules.facts.pay import pay_below
from orgtui.rules.inputs import (
    CHANGE_SHOCK,
    NO_PLAN,
    TARGET_MISSED,
    FindingCounts,
    Payroll,
    Waves,
    payroll,
)
from orgtui.rules.needs import PAY
from orgtui.rules.policy import FindingPolicy, options_for, selected_codes
from orgtui.rules.registry import catalogue
from orgtui.rules.succession import what_is_gone

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Preview(Generic[T]):
    """What changes would do, and what the caller read in that state.

    `has_pending_rules` says that rules of the graph lane are affected too and were not evaluated;
    `evaluated` is the number of entities whose rules were. `sets` are the assignments of the changes.
    """

    difference: Difference
    answer: T
    has_pending_rules: bool
    evaluated: int
    sets: Sequence[Set] = ()


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
        self.add(findings)

    def add(self, findings: Iterable[Finding]) -> None:
        """Report more findings."""
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
    policy = FindingPolicy(organization, today, options, codes)
    counted = counted_rules(_target_metrics(organization), ()) if TARGET_MISSED in codes else set()
    return report_once(policy, codes | counted)[0]


def report_once(policy: FindingPolicy, codes: Collection[str]) -> tuple[FindingReport, list[Finding]]:
    """Evaluate rules once, by code, the one on targets after all that it counts.

    Returns what is reported, and everything that was found.
    """
    organization = policy.organization
    rules = [catalogue()[code].rule for code in sorted(codes) if code != TARGET_MISSED]
    findings, view = evaluate(organization, rules, policy.today, policy.options)
    report = FindingReport(organization, policy, view, findings)
    if TARGET_MISSED in codes:
        found = Counter(each.code for each in findings)
        metrics = _target_metrics(organization)
        policy.options[FindingCounts] = finding_counts(metrics, found.__getitem__, report.count)
        missed = evaluate_rule(catalogue()[TARGET_MISSED].rule, view, "", policy.options)
        report.add(missed)
        findings += missed
    return report, findings


def _target_metrics(organization: Organization) -> set[str]:
    return {metric for metric, _, _ in organization.targets}


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
    codes = {code}
    if code == TARGET_MISSED:
        metrics = {Ref(each).id for each in subjects[:1]} & _target_metrics(organization)
        if not policy.has_pay and not metrics.isdisjoint(PAY_METRICS):
            return None
        codes |= counted_rules(metrics, policy.codes)
    there = replace(policy, organization=organization, options=dict(policy.options))
    report, found = report_once(there, codes)
    needs = report.asleep.get(code)
    if needs is not None:
        return None if needs == PAY else False
    return (code, subjects) in {each.identity for each in found}


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
        self._counting = Counter(each.severity for each in self.reported.values() if each.counts)
        self._recount()

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
        difference = self._update_reported(self.engine.update(sets), sets)
        self._recount()
        return difference

    def evaluate_pending(self) -> Difference:
        """Evaluate the pending rules of the graph lane."""
        difference = self._update_reported(self.engine.evaluate_pending(), [])
        if self._recount():
            missed = self._update_reported(self.engine.evaluate_pending(), [])
            difference = difference.followed_by(missed)
        return difference

    def update_waves(self, waves: Waves) -> Difference:
        """Set the waves of the plan, and evaluate the rules that read them."""
        self._options[Waves] = waves
        difference = self._update_reported(self.engine.reevaluate(CHANGE_SHOCK), [])
        return difference.followed_by(self._reevaluate_targets())

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
        difference = self._update_reported(self.engine.rederive(pay_below), [])
        return difference.followed_by(self._reevaluate_targets())

    def _reevaluate_targets(self) -> Difference:
        """Evaluate the rule on targets, if there are any, after something changed that it does not track."""
        if not self.organization.targets:
            return Difference()
        self._recount()
        self.engine.reevaluate(TARGET_MISSED)
        return self.evaluate_pending()

    def _recount(self) -> bool:
        """Bring up to date how many findings there are; the rule on targets is pending if that changed."""
        by_code = self.engine.by_code
        counts = self._finding_counts(lambda code: len(by_code[code]), self._counting)
        if counts == self._options[FindingCounts]:
            return False
        self._options[FindingCounts] = counts
        self.engine.reevaluate(TARGET_MISSED)
        return True

    def _finding_counts(self, found: Callable[[str], int], counting: Counter[Severity]) -> FindingCounts:
        """The counts that the targets there are now need."""
        return finding_counts(_target_metrics(self.organization), found, counting.__getitem__)

    def preview(
        self,
        sets: Iterable[Set],
        answer: Callable[[View], T],
        *,
        graph_lane: bool = False,
        is_judged: bool = True,
    ) -> Preview[T]:
        """What assignments would resolve and introduce, without keeping them.

        `answer` is called with the view of the previewed state. With `graph_lane` the rules of that lane are
        evaluated too. Without `is_judged` the difference only holds what is found and no longer found.
        Raises `StaleSet` if an assignment does not fit the state.
        """
        return self._preview(sets, answer, graph_lane=graph_lane, is_judged=is_judged)

    def preview_waves(self, waves: Waves) -> Difference:
        """What other waves of the plan, which leads to the same state, would do to the findings."""
        return self._preview((), lambda _: None, graph_lane=True, waves=waves).difference

    def preview_baseline(self, baseline: Organization, answer: Callable[[View], T]) -> Preview[T]:
        """The difference from the baseline to here, and what the caller reads in the baseline.

        The baseline has no plan: findings on one are introduced.
        """
        sets = sets_between(self.organization, baseline)
        back = self._preview(sets, answer, graph_lane=True, waves=NO_PLAN)
        pairs = tuple((before, now) for now, before in back.difference.pairs)
        fell_asleep, woke = back.difference.woke, back.difference.fell_asleep
        forth = self._judged(pairs, inverse(sets), fell_asleep, woke, self.view, self.reported.get)
        return replace(back, difference=forth)

    def _preview(
        self,
        sets: Iterable[Set],
        answer: Callable[[View], T],
        *,
        graph_lane: bool,
        waves: Waves | None = None,
        is_judged: bool = True,
    ) -> Preview[T]:
        """See `preview`; with `waves`, as if these were those of the plan."""
        sets = list(sets)
        counts_change = False

        def compare(view: View, delta: Delta) -> tuple[Difference, T]:
            nonlocal counts_change
            asleep = self.policy.asleep(view)
            if waves is not None:
                with self._options_set({Waves: waves}):
                    shocks = evaluate_rule(catalogue()[CHANGE_SHOCK].rule, view, "", self._options)
                delta = _with(delta, CHANGE_SHOCK, self.engine.by_code[CHANGE_SHOCK].values(), shocks)
            if self.organization.targets:
                counts = self._counts_after(
                    delta, self._difference(delta, sets, asleep, view, is_judged=False)
                )
                counts_change = counts != self._options[FindingCounts]
                if graph_lane:
                    read = self._options[Waves] if waves is None else waves
                    with self._options_set({FindingCounts: counts, Waves: read}):
                        missed = evaluate_rule(catalogue()[TARGET_MISSED].rule, view, "", self._options)
                    delta = _with(delta, TARGET_MISSED, self.engine.by_code[TARGET_MISSED].values(), missed)
            return self._difference(delta, sets, asleep, view, is_judged), answer(view)

        preview = self.engine.preview(sets, compare, graph_lane=graph_lane)
        difference, answered = preview.answer
        is_waiting = preview.has_pending_rules or (counts_change and not graph_lane)
        return Preview(difference, answered, is_waiting, preview.evaluated, sets)

    def since(self, other: Assessment) -> Difference:
        """How the findings here differ from those of another state, with all rules evaluated in both."""
        identities = dict.fromkeys((*self.reported, *other.reported))
        both = ((other.reported.get(each), self.reported.get(each)) for each in identities)
        pairs = tuple((then, now) for then, now in both if then != now)
        sets = sets_between(other.organization, self.organization)
        fell_asleep = frozenset(self.asleep.keys() - other.asleep.keys())
        woke = frozenset(other.asleep.keys() - self.asleep.keys())
        return self._judged(pairs, sets, fell_asleep, woke, self.view, self.reported.get)

    def judge(self, difference: Difference, sets: Sequence[Set]) -> Difference:
        """The difference that several steps made together, judged by the assignments of all of them.

        Steps that followed one another have each been judged alone: what one took out of sight another may
        have mended.
        """
        fell_asleep, woke = difference.fell_asleep, difference.woke
        return self._judged(difference.pairs, sets, fell_asleep, woke, self.view, self.reported.get)

    def _counts_after(self, delta: Delta, difference: Difference) -> FindingCounts:
        """How many findings there are after a difference, as far as targets are on such numbers."""
        come, gone = (Counter(each.code for each in side) for side in (delta.introduced, delta.resolved))
        by_code = self.engine.by_code
        counting = _counting_after(self._counting, difference)
        return self._finding_counts(lambda code: len(by_code[code]) + come[code] - gone[code], counting)

    @contextmanager
    def _options_set(self, options: Mapping[type, object]) -> Iterator[None]:
        """Let rules read other options in the context."""
        known = {kind: self._options[kind] for kind in options}
        self._options |= options
        try:
            yield
        finally:
            self._options |= known

    def _update_reported(self, delta: Delta, sets: list[Set]) -> Difference:
        """Bring the reported findings up to date with a delta of the engine and the assignments made."""
        asleep = self.policy.asleep(self.engine.view)
        difference = self._difference(delta, sets, asleep, self.engine.view)
        self.asleep = asleep
        self._counting = _counting_after(self._counting, difference)
        for old, new in difference.pairs:
            if new is not None:
                self.reported[new.identity] = new
            elif old is not None:
                del self.reported[old.identity]
        return difference

    def _difference(
        self, delta: Delta, sets: list[Set], asleep: Mapping[str, str], view: View, is_judged: bool = True
    ) -> Difference:
        """How reported findings change by `delta`, by acceptances in `sets`, and by rules that fall asleep or
        wake up; `asleep` and `view` are those after. `is_judged` as in `preview`."""
        now: dict[Identity, Finding | None] = {finding.identity: None for finding in delta.resolved}
        now |= {finding.identity: finding for finding in (*delta.introduced, *delta.changed)}
        for each in sets:
            if each.table == "accept":
                identity = (each.key[0], tuple(each.key[1:]))
                now.setdefault(identity, self.engine.findings.get(identity))
        for code in asleep.keys() ^ self.asleep.keys():
            for identity, finding in self.engine.by_code[code].items():
                now.setdefault(identity, finding)
        changed: dict[Identity, Pair] = {}
        for identity, finding_now in now.items():
            old = self.reported.get(identity)
            new = None if finding_now is None else self._report(finding_now, asleep)
            if old != new:
                changed[identity] = old, new

        def reported_after(identity: Identity) -> ReportedFinding | None:
            return changed[identity][1] if identity in changed else self.reported.get(identity)

        fell_asleep = frozenset(asleep.keys() - self.asleep.keys())
        woke = frozenset(self.asleep.keys() - asleep.keys())
        if not is_judged:
            return Difference(tuple(changed.values()), fell_asleep, woke)
        return self._judged(tuple(changed.values()), sets, fell_asleep, woke, view, reported_after)

    def _judged(
        self,
        pairs: tuple[Pair, ...],
        sets: Sequence[Set],
        fell_asleep: frozenset[str],
        woke: frozenset[str],
        view: View,
        reported_after: Callable[[Identity], ReportedFinding | None],
    ) -> Difference:
        """A difference with what became of the findings that are no longer found; `view` is that after."""
        lost, shrunk = [], []
        for old, new in pairs:
            if old is None or not old.counts or old.finding.code in fell_asleep:
                continue
            if new is None:
                lost.append(old.finding)
            elif new.finding.size < old.finding.size:
                shrunk.append(old.finding)
        if not lost and not shrunk:
            return Difference(pairs, fell_asleep, woke)
        gone = what_is_gone(lost, shrunk, sets, view, lambda identity: reported_after(identity) is not None)
        return Difference(pairs, fell_asleep, woke, gone)


def _with(delta: Delta, code: str, before: Iterable[Finding], after: Iterable[Finding]) -> Delta:
    """A delta with other findings of one rule."""
    builder = DeltaBuilder()
    builder.replace(tuple(before), tuple(after))
    of_rule = builder.delta()
    resolved, introduced, changed = (
        (*(each for each in side if each.code != code), *others)
        for side, others in (
            (delta.resolved, of_rule.resolved),
            (delta.introduced, of_rule.introduced),
            (delta.changed, of_rule.changed),
        )
    )
    return Delta(resolved, introduced, changed)


def _counting_after(counting: Counter[Severity], difference: Difference) -> Counter[Severity]:
    """How many findings of each severity count after a difference, without those of the rule on targets."""
    after = counting.copy()
    for old, new in difference.pairs:
        for reported, sign in ((old, -1), (new, 1)):
            if reported is not None and reported.counts and reported.finding.code != TARGET_MISSED:
                after[reported.severity] += sign
    return after
