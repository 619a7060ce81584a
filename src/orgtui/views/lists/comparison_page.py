"""The page that compares two states: numbers, findings, changes and new managers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from orgtui.locales import format_amount
from orgtui.model.records import Number
from orgtui.model.sentence import N_, Money, Ref, Sentence, sentence
from orgtui.rules.assessment import Difference, ReportedFinding
from orgtui.rules.facts.pay import amount, exceeds_budget
from orgtui.rules.facts.targets import TargetState
from orgtui.rules.policy import message
from orgtui.views.base.cells import cell_len, pad
from orgtui.views.base.finding_order import finding_order
from orgtui.views.base.marks import Comparison
from orgtui.views.base.row import Role, Span
from orgtui.views.base.scene import Scene
from orgtui.views.lists.difference_list import DifferenceList
from orgtui.views.pages.inspector import finding_lines
from orgtui.views.pages.page import INDENT, Line, Page, link_line, row_lines, section
from orgtui.views.panes.findings import size_change
from orgtui.views.words.changes import PlanStep, as_written, describe_all, note_names
from orgtui.views.words.metrics import LABELS, metric_text, verdict

if TYPE_CHECKING:
    from fractions import Fraction

Metrics = Mapping[str, Number | None]
ChangeMapping = Mapping[str, object]
"""A change as plan files hold it."""

NewManager = tuple[str, str | None, str | None]
"""A person, and their managers in the other state and now."""

Cost = tuple[str, "Fraction | int", "Fraction | int"]
"""A team with a budget, and its cost in the other state and now."""


@dataclass(frozen=True, slots=True)
class ComparedState:
    """One of the states compared: its name, its numbers, and the steps that lead to it."""

    name: Sentence
    metrics: Metrics
    steps: Sequence[PlanStep] = ()


def comparison_page(
    scene: Scene,
    comparison: Comparison,
    there: ComparedState,
    here: ComparedState,
    since: Difference,
    new_manager: Sequence[NewManager],
    costs: Sequence[Cost],
    width: int,
    targets: Sequence[TargetState] = (),
) -> Page:
    """The page that compares a state (`there`) with the current one (`here`), in `width` cells.

    `since` is how the findings here differ from those there; `scene` and `comparison` have the other
    state as their baseline.
    """
    mended, new = _gravest(scene, since.resolved), _gravest(scene, since.introduced)
    lines = [*_numbers(scene, there, here)]
    lines += section(scene.say("Targets"), _targets(scene, targets))
    lines += section(scene.say("Pay against budget"), (_cost(scene, each) for each in costs))
    counted = scene.say("{count:finding|findings} mended", count=len(mended))
    lines += section(counted, (_mended(scene, each) for each in mended))
    counted = scene.say("{count:new finding|new findings}", count=len(new))
    lines += section(counted, finding_lines(scene, new))
    for template, resized in (
        (N_("{count:finding|findings} smaller"), since.shrunk),
        (N_("{count:finding|findings} larger"), since.grown),
    ):
        place = finding_order(scene.names)
        ordered = sorted(resized, key=lambda each: place(each[1]))
        counted = scene.say(template, count=len(resized))
        lines += section(counted, (_resized(scene, *each) for each in ordered))
    counted, asleep = scene.say("Not checked any more, for want of data"), _gravest(scene, since.asleep)
    lines += section(counted, (replace(each, right=(), target=None) for each in finding_lines(scene, asleep)))
    for side, other in ((there, here), (here, there)):
        for wave, made in groupby(_only(side, other), key=lambda made: made[0].wave):
            caption = sentence("Changes of wave {wave}", wave=wave)
            if there.steps:
                caption = sentence("Only {plan}, wave {wave}", plan=side.name, wave=wave)
            lines += section(scene.translate(caption), _changes(scene, made))
    counted = scene.say("{count:person reports|people report} to somebody else", count=len(new_manager))
    lines += section(counted, (_manager(scene, each) for each in new_manager))
    lines += [Line(), *row_lines(scene, DifferenceList(scene, comparison), width)]
    return Page(sentence("{there} and {here}", there=there.name, here=here.name), lines)


def _only(side: ComparedState, other: ComparedState) -> Iterator[tuple[PlanStep, list[ChangeMapping]]]:
    """The changes of one state that the other does not have, by step."""
    known = [as_written(change) for step in other.steps for change in step.changes]
    for step in side.steps:
        changes = [written for written in map(as_written, step.changes) if written not in known]
        if changes:
            yield step, changes


def _cost(scene: Scene, cost: Cost) -> Line:
    team, was, now = cost
    budget = scene.organization.teams[team].pay_budget or 0
    words = scene.say("{pay} of {pay_budget}", pay=Money(amount(now)), pay_budget=Money(budget))
    then = f"{format_amount(amount(was))} {scene.signs.becomes} " if was != now else ""
    role: Role = "warning" if exceeds_budget(now, budget) else "plain"
    name = Span(f"{INDENT}{scene.name('team', team)}  ")
    return link_line(scene, (name, Span(then, "dim"), Span(words, role)), Ref.to("team", team))


def _gravest(scene: Scene, reported: Iterable[ReportedFinding]) -> list[ReportedFinding]:
    return sorted(reported, key=finding_order(scene.names))


def _numbers(scene: Scene, there: ComparedState, here: ComparedState) -> Iterator[Line]:
    before, now = there.metrics, here.metrics
    labels = {name: scene.say(label) for name, label in LABELS.items() if name in now}
    column = max(map(cell_len, labels.values())) + 2
    for name, label in labels.items():
        was, number = before.get(name, 0), now[name]
        nothing = scene.signs.nothing
        then, present = (metric_text(name, value, scene.names, nothing) for value in (was, number))
        role: Role = "dim" if was == number else verdict(name, was, number) or "introduced"
        change = f" {scene.signs.becomes} {present}" if was != number else ""
        yield Line(
            (
                Span(pad(label, column), "dim" if was == number else "plain"),
                Span(f"{then:>7}", "dim"),
                Span(change, role),
            )
        )


BOUNDS = {"at_most": N_("at most {number}"), "at_least": N_("at least {number}")}


def _targets(scene: Scene, targets: Sequence[TargetState]) -> Iterator[Line]:
    """Targets with what is asked for, the number there and now, and whether it is missed."""
    signs = scene.signs
    labels = [_target_label(scene, each) for each in targets]
    asked = [
        scene.say(BOUNDS[each.bound], number=metric_text(each.metric, each.asked, scene.names, signs.nothing))
        for each in targets
    ]
    columns = [max(map(cell_len, texts), default=0) + 2 for texts in (labels, asked)]
    for each, label, bound in zip(targets, labels, asked, strict=True):
        was, now = (
            metric_text(each.metric, one, scene.names, signs.nothing) for one in (each.before, each.now)
        )
        said, role = MISSED if each.is_missed else REACHED
        judged = () if each.now is None else (Span(f"  {scene.say(said)}", role),)
        spans = (
            Span(pad(label, columns[0])),
            Span(pad(bound, columns[1]), "dim"),
            Span(f"{was:>7} {signs.becomes} ", "dim"),
            Span(now),
            *judged,
        )
        yield Line(spans) if each.team is None else link_line(scene, spans, Ref.to("team", each.team))


def _target_label(scene: Scene, target: TargetState) -> str:
    label = scene.say(LABELS[target.metric])
    if target.team is None:
        return label
    return scene.say("{metric} in {team}", metric=label, team=Ref.to("team", target.team))


MISSED: tuple[str, Role] = (N_("missed"), "warning")
REACHED: tuple[str, Role] = (N_("reached"), "better")


def _mended(scene: Scene, reported: ReportedFinding) -> Line:
    sign, finding = scene.signs.severity(reported.severity), reported.finding
    return Line((Span(f"{sign} {finding.code} {scene.translate(message(finding))}", "resolved"),))


def _resized(scene: Scene, before: ReportedFinding, now: ReportedFinding) -> Line:
    """A finding that stays, with its sizes; it leads to the finding."""
    [line] = finding_lines(scene, [now])
    change = size_change(scene, before.finding.size, now.finding.size)
    return replace(line, right=(change, Span(" "), *line.right))


def _changes(scene: Scene, made: Iterable[tuple[PlanStep, list[ChangeMapping]]]) -> Iterator[Line]:
    made = list(made)
    note_names(scene, (change for _, changes in made for change in changes))
    for step, changes in made:
        why = f"  {scene.signs.reason} {step.why}" if step.why else ""
        did = Span(f"{INDENT}{describe_all(scene, changes)}")
        yield Line((did, Span(why, "dim")), (Span(step.who or "", "dim"),))


def _manager(scene: Scene, changed: NewManager) -> Line:
    person, then, now = changed
    was, here = (scene.name("person", each) if each else scene.signs.nothing for each in (then, now))
    words = Span(f"  {was} {scene.signs.becomes} {here}", "dim")
    return link_line(scene, (Span(INDENT + scene.name("person", person)), words), Ref.to("person", person))
