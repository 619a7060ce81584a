"""The pages of the plans beside an organisation: all with their numbers, and one with its changes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from orgtui.metrics import SEVERITY_METRICS
from orgtui.model.kinds import PlanStatus
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.views.base.cells import cell_len, clip, pad
from orgtui.views.base.row import Role, Span
from orgtui.views.base.scene import Scene
from orgtui.views.lists.plan_list import CHANGES, PlanList
from orgtui.views.lists.plan_page import step_lines
from orgtui.views.lists.wave_page import NEW_MANAGERS
from orgtui.views.pages.page import Line, Page, link_line, row_lines, text_lines
from orgtui.views.words.changes import ChangeMapping, PlanStep, as_written
from orgtui.views.words.decisions import STATUS_WORDS
from orgtui.views.words.plan_header import REVIEWED

PLANS = Ref("plans:")
BASELINE = Ref.to("plan", "")
"""The state that all plans begin from, among them."""

GAP = "  "
NAME_WIDTH_MAX = 30
"""Cells for the name of a plan; the file's name stands on its page in full."""

READ = sentence("being read")


@dataclass(frozen=True, slots=True)
class PlanNumbers:
    """What a plan comes to: numbers by severity and people, `None` of what the baseline does not have.

    `reviewed` is how many of the seats `to_review` have a verdict.
    """

    counts: Mapping[str, float]
    moved: int | None = None
    new_manager: int | None = None
    changes: int | None = None
    reviewed: int | None = None
    to_review: int = 0


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """A plan in the list; without `numbers` it is still being read, or cannot be for a `problem`.

    `last` says by whom and when it was changed last.
    """

    ref: Ref
    name: str
    status: PlanStatus | None = None
    numbers: PlanNumbers | None = None
    last: Sentence | None = None
    problem: Sentence | None = None
    is_here: bool = False


def plans_page(scene: Scene, organization: str, entries: Sequence[PlanEntry], width: int) -> Page:
    """The plans of an organisation, a line each: name, status, numbers, last change."""
    names = max((cell_len(each.name) for each in entries), default=0)
    columns = _Columns(
        min(names, NAME_WIDTH_MAX),
        max(cell_len(scene.say(word)) for word in STATUS_WORDS.values()),
        {
            name: max((len(f"{each.numbers.counts[name]:,}") for each in entries if each.numbers), default=1)
            for name in SEVERITY_METRICS.values()
        },
    )
    lines = [_line(scene, each, columns) for each in entries]
    if len(entries) <= 2:
        said = N_("There is no other plan beside this one yet: add one to try another idea")
        lines += [Line(), *text_lines(scene.say(said), width, "dim")]
    return Page(sentence("The plans of {organization}", organization=organization), lines, PLANS)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Widths in cells: of names, of a status, and of the number of each severity."""

    name: int
    status: int
    counts: Mapping[str, int]


def _line(scene: Scene, entry: PlanEntry, columns: _Columns) -> Line:
    name = clip(entry.name, columns.name, scene.signs.ellipsis)
    status = "" if entry.status is None else scene.say(STATUS_WORDS[entry.status])
    head = (
        Span(pad(name, columns.name), "heading" if entry.is_here else "plain"),
        Span(GAP + pad(status, columns.status), "dim"),
    )
    if entry.numbers is None:
        said = READ if entry.problem is None else entry.problem
        role: Role = "dim" if entry.problem is None else "error"
        return Line((*head, Span(GAP + scene.translate(said), role)), target=_readable(entry))
    spans = [*head, *_counts(scene, entry.numbers, columns.counts)]
    told = [*_numbers(scene, entry.numbers)]
    if entry.last is not None:
        told.append(scene.translate(entry.last))
    if entry.is_here:
        told.append(scene.say(N_("open here")))
    return link_line(scene, (*spans, Span(GAP + " · ".join(told), "dim")), entry.ref)


def _readable(entry: PlanEntry) -> Ref | None:
    return None if entry.problem is not None else entry.ref


def _counts(scene: Scene, numbers: PlanNumbers, widths: Mapping[str, int]) -> Iterator[Span]:
    for severity, name in SEVERITY_METRICS.items():
        number = numbers.counts[name]
        role: Role = severity if number else "dim"
        yield Span(f"{GAP}{scene.signs.severity(severity)} {number:>{widths[name]},}", role)


def _numbers(scene: Scene, numbers: PlanNumbers) -> Iterator[str]:
    if numbers.changes is not None:
        yield scene.say(CHANGES, changes=numbers.changes)
    if numbers.moved is not None:
        yield scene.say(N_("{number:person moved|people moved}"), number=numbers.moved)
    if numbers.reviewed:
        yield scene.say(REVIEWED, reviewed=numbers.reviewed, total=numbers.to_review)
    if numbers.new_manager:
        yield scene.say(NEW_MANAGERS, new_manager=numbers.new_manager)


def other_plan_page(
    scene: Scene,
    entry: PlanEntry,
    file: str,
    steps: Sequence[PlanStep],
    here: Collection[PlanStep],
    width: int,
) -> Page:
    """The changes of another plan, each a line that leads to its page; those that are `here` too say so."""
    head = [] if entry.numbers is None else _numbers(scene, entry.numbers)
    status = [] if entry.status is None else [scene.say(STATUS_WORDS[entry.status])]
    last = [] if entry.last is None else [scene.translate(entry.last)]
    lines = [*text_lines(" · ".join((file, *status, *head, *last)), width, "dim"), Line()]
    known = [as_written(change) for step in here for change in step.changes]
    lines += [
        _their_line(scene, line, entry.ref, steps, known)
        for line in row_lines(scene, PlanList(scene, steps), width)
    ]
    return Page(sentence("{plan}", plan=entry.name), lines, entry.ref)


def _their_line(
    scene: Scene, line: Line, plan: Ref, steps: Sequence[PlanStep], known: Sequence[ChangeMapping]
) -> Line:
    if line.target is None or line.target.kind != "step":
        return replace(line, right=(), target=None)
    number = int(line.target.id)
    step = next(each for each in steps if each.number == number)
    right = line.right
    if all(as_written(change) in known for change in step.changes):
        right = (Span(scene.say(N_("in your plan")), "resolved"), Span(GAP), *right)
    return replace(line, right=right, target=their_step(plan, number))


def their_step(plan: Ref, number: int) -> Ref:
    """A change of another plan."""
    return Ref.to("their_step", f"{number} {plan.id}")


def number_and_plan(step: Ref) -> tuple[int, Ref]:
    """The number of a change of another plan, and that plan."""
    number, _, plan = step.id.partition(" ")
    return int(number), Ref.to("plan", plan)


def their_step_page(scene: Scene, plan: str, step: PlanStep, about: Ref, width: int) -> Page:
    """Everything that a change of another plan says."""
    title = sentence("Change {number} of {plan}", number=step.number, plan=plan)
    return Page(title, step_lines(scene, step, width), about)
