"""Suggested plans and their steps as rows, and the words at the head of the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from orgtui.advice.search.plans import Progress, Step, Stopped, Suggestion
from orgtui.advice.search.reweighing import Weighed
from orgtui.changes.operations.focus import PullOut
from orgtui.changes.operations.teams import SplitTeam
from orgtui.locales import translate
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.rules.assessment import WEIGHTS, ReportedFinding
from orgtui.rules.policy import SEVERITIES, message
from orgtui.views.base.cells import cell_len
from orgtui.views.base.row import Role, Row, Span
from orgtui.views.base.scene import Scene

GAP = "  "

CODES_SHARE = 6
"""Codes have at most such a part of the width; the words above the keys name the gravest finding."""

COLUMNS = (N_("left"), N_("touched"), N_("changes"), N_("teams"))
"""The headings of the numbers of a plan; changes are those of structure and what people agree on."""


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """A plan on the page, with the steps left out by place, and what it comes to without them."""

    suggestion: Suggestion
    weighed: Weighed
    out: frozenset[int] = frozenset()

    @property
    def ref(self) -> Ref:
        return Ref.to("plan", self.suggestion.id)

    @property
    def kept(self) -> Mapping[int, Step]:
        """The steps that are neither left out nor refused, by place."""
        skipped = self.out | self.weighed.refused.keys()
        return {place: step for place, step in enumerate(self.suggestion.steps) if place not in skipped}

    @property
    def waves(self) -> list[int]:
        """The wave of each change that is kept; they count from 1 without a gap."""
        kept = [step.wave for step in self.kept.values() for _ in step.changes]
        numbers = {wave: number for number, wave in enumerate(sorted(set(kept)), start=1)}
        return [numbers[wave] for wave in kept]


def names_of(scene: Scene, plan: ShownPlan) -> Callable[[Ref], str]:
    """The names on screen, with those that a plan gives to the teams it makes."""
    new: dict[Ref, str] = {}
    for change in plan.suggestion.changes:
        match change:
            case SplitTeam(new=team, name=name) | PullOut(team=team, name=name):
                new[Ref.to("team", team)] = name
    return lambda ref: new.get(ref) or scene.names(ref)


class PlanRows:
    """Plans as rows under a heading: name, what it leaves, whom it touches, what it takes, teams.

    The one that is recommended has a sign in the margin.
    """

    def __init__(self, scene: Scene, plans: Sequence[ShownPlan], recommended: str | None = None) -> None:
        self.scene = scene
        self.plans = plans
        self.recommended = recommended
        self._numbers = [self._numbers_of(plan) for plan in plans]
        self._widths = [
            max(cell_len(self.scene.say(label)), *(cell_len(row[at]) for row in self._numbers))
            if self._numbers
            else 0
            for at, label in enumerate(COLUMNS)
        ]

    headings = 1

    def __len__(self) -> int:
        return self.headings + len(self.plans) if self.plans else 0

    def ref(self, index: int) -> Ref | None:
        return None if index < self.headings else self.plans[index - self.headings].ref

    def index_of(self, ref: Ref) -> int | None:
        return next((index for index in range(len(self)) if self.ref(index) == ref), None)

    def row(self, index: int, width: int) -> Row:
        if index < self.headings:
            labels = self._in_columns([self.scene.say(label) for label in COLUMNS])
            return Row(None, (Span(self.scene.say(N_("plan")), "dim"),), (Span(labels, "dim"),))
        place = index - self.headings
        plan = self.plans[place]
        name = self.scene.translate(plan.suggestion.name)
        number = Span(f"{place + 1} ", "number")
        is_recommended = plan.suggestion.id == self.recommended
        margin = Span(self.scene.signs.folded if is_recommended else "", "better")
        return Row(plan.ref, (number, Span(name)), (Span(self._in_columns(self._numbers[place])),), margin)

    def _in_columns(self, texts: Sequence[str]) -> str:
        return "".join(
            f"{GAP}{' ' * (width - cell_len(text))}{text}"
            for text, width in zip(texts, self._widths, strict=True)
        )

    def _numbers_of(self, plan: ShownPlan) -> list[str]:
        weighed, signs = plan.weighed, self.scene.signs
        left = weighed.left
        counts = [f"{signs.severity(each)}{getattr(left, each)}" for each in SEVERITIES]
        before, after = weighed.teams
        teams = str(after) if before == after else f"{before}{signs.becomes}{after}"
        return [
            f"{left.penalty}  {' '.join(counts)}",
            str(weighed.touched),
            f"{weighed.structure} + {weighed.agreements}",
            teams,
        ]


class StepRows:
    """The steps of a plan as rows, by wave if there are several; those left out are struck through."""

    def __init__(self, scene: Scene, plan: ShownPlan | None) -> None:
        self.scene = scene
        self.plan = plan
        steps = () if plan is None else plan.suggestion.steps
        waves = {step.wave for step in steps}
        self._rows: list[int | Step] = []
        wave = None
        for place, step in enumerate(steps):
            if step.wave != wave and len(waves) > 1:
                self._rows.append(step)
            wave = step.wave
            self._rows.append(place)

    def __len__(self) -> int:
        return len(self._rows)

    def ref(self, index: int) -> Ref | None:
        row = self._rows[index]
        return Ref.to("planned", str(row)) if isinstance(row, int) else None

    def index_of(self, ref: Ref) -> int | None:
        return next((index for index in range(len(self)) if self.ref(index) == ref), None)

    def row(self, index: int, width: int) -> Row:
        row = self._rows[index]
        if not isinstance(row, int):
            return Row(None, (Span(self.scene.say(N_("Wave {wave}"), wave=row.wave), "heading"),))
        assert self.plan is not None
        step, signs = self.plan.suggestion.steps[row], self.scene.signs
        is_out, is_refused = row in self.plan.out, row in self.plan.weighed.refused
        role: Role = "resolved" if is_out or is_refused else "plain"
        margin = signs.refused if is_refused and not is_out else signs.gone if is_out else ""
        title = Span(translate(step.title, names_of(self.scene, self.plan)), role)
        return Row(
            self.ref(index),
            (Span(f"{row + 1:>2} ", "number"), title),
            tuple(self._effects(step, width)),
            Span(margin, "worse"),
        )

    def step_at(self, index: int) -> int | None:
        """The place of the step of a row; a caption stands for the step below it."""
        return next((row for row in self._rows[index : index + 2] if isinstance(row, int)), None)

    def _effects(self, step: Step, width: int) -> list[Span]:
        """What a step mends and brings, by its weight and as many codes as leave room for its title."""
        room = width // CODES_SHARE
        balance = _weight(step.resolved) - _weight(step.introduced)
        spans = [Span(f"{GAP}{self.scene.signs.signed(balance)}", "better" if balance > 0 else "worse")]
        if step.resolved:
            spans.append(Span(f"{GAP}{self.scene.signs.gone}{self._codes(step.resolved, room)}", "better"))
        if step.introduced:
            spans.append(Span(f"{GAP}{self.scene.signs.new}{self._codes(step.introduced, room)}", "worse"))
        return spans

    def _codes(self, findings: Sequence[ReportedFinding], room: int) -> str:
        """The codes of findings, each once, several of one with their number, cut to some cells."""
        counted = Counter(each.finding.code for each in findings)
        codes = [code if number == 1 else f"{code}×{number}" for code, number in counted.items()]
        shown = [
            code
            for code, end in zip(codes, accumulate(len(code) + 1 for code in codes), strict=True)
            if end <= room
        ]
        return " ".join(shown if len(shown) == len(codes) else [*shown, self.scene.signs.ellipsis])


def _weight(findings: Sequence[ReportedFinding]) -> int:
    return sum(WEIGHTS[each.severity] for each in findings)


# -- sentences -----------------------------------------------------------------------------------------


def step_words(step: Step, refused: Sentence | None, is_out: bool) -> Sentence:
    """What a step mends and brings, or why it is not made."""
    if is_out:
        return sentence("Left out of the plan")
    if refused is not None:
        return sentence("Cannot be made without what is left out, or no longer: {reason}", reason=refused)
    gone, come = _gravest_of(step.resolved), _gravest_of(step.introduced)
    if step.resolved and step.introduced:
        return sentence("Brings {come}. Mends {gone}", gone=gone, come=come)
    if step.introduced:
        return sentence("Brings {come}", come=come)
    if step.resolved:
        return sentence("Mends {gone}", gone=gone)
    return sentence("Mends nothing by itself")


def _gravest_of(findings: Sequence[ReportedFinding]) -> Sentence:
    """The gravest of some findings in words, and how many there are."""
    ranked = sorted(findings, key=lambda each: (SEVERITIES.index(each.severity), each.identity))
    if not ranked:
        return sentence("nothing")
    first = ranked[0].finding
    told = sentence("{code} {message}", code=first.code, message=message(first))
    if len(ranked) == 1:
        return told
    return sentence("{count:finding|findings}, above all {finding}", count=len(ranked), finding=told)


STATUS: Mapping[str | None, str] = {
    None: N_("searching…"),
    "time": N_("done: time is up"),
    "done": N_("done: all tried"),
    "cancelled": N_("stopped"),
}
"""By why a search ended, how the head of the page says so."""


def head_words(
    scene: Scene, progress: Progress | None, stopped: Stopped | None, best: ShownPlan | None
) -> list[str]:
    """What the search has come to so far, the most important first; `stopped` is None while it goes on."""
    words = [scene.say(STATUS[stopped])]
    if progress is None:
        return words
    if best is not None:
        left = best.weighed.left
        counts = (f"{scene.signs.severity(each)}{getattr(left, each)}" for each in SEVERITIES)
        touched = scene.say(N_("{touched} touched"), touched=best.weighed.touched)
        words += [" ".join(counts), touched]
    if progress.proven:
        told = N_("proven to {changes:change|changes}")
        words.append(scene.say(told, changes=progress.proven))
    return [*words, scene.say(N_("{asked} asked"), asked=f"{progress.asked:,}")]


def nothing_found(progress: Progress | None, stopped: Stopped | None) -> list[Sentence]:
    """What is shown while there is no plan."""
    if stopped is None:
        return [sentence("Looking for a better structure…")]
    lines = [sentence("No better plan within the limits was found")]
    if progress is not None and progress.outside is not None:
        lines += [
            sentence("The best outside them: {name}", name=progress.outside.plan.name),
            *progress.outside.limits,
        ]
    return lines


def codes_mended(plan: ShownPlan) -> tuple[str, ...]:
    """The codes of what the steps that are kept mend, each once."""
    mended = (each for step in plan.kept.values() for each in step.resolved)
    return tuple(dict.fromkeys(each.finding.code for each in mended))
