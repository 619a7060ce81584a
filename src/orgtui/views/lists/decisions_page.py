"""The page of what is decided about a plan: its status, the signatures, and what is left to review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from orgtui.model.days import clock
from orgtui.model.kinds import PlanStatus
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.views.base.cells import cell_len, pad
from orgtui.views.base.row import Span
from orgtui.views.base.scene import Scene
from orgtui.views.lists.review_page import LEFT
from orgtui.views.pages.page import INDENT, Line, Page, link_line, section, text_lines
from orgtui.views.words.decisions import STATUS_WORDS

DECISIONS = Ref("decisions:")
"""What the page is about."""
PLAN_STATUS = Ref("plan_status:")
"""What the line of the status leads to."""

NEXT_STATUSES: Mapping[PlanStatus, Sequence[PlanStatus]] = {
    "draft": ("proposed", "approved"),
    "proposed": ("draft", "approved"),
    "approved": ("proposed", "draft", "applied"),
    "applied": ("approved", "proposed", "draft"),
}
"""What a plan can become next, the mildest first."""


class Made(Protocol):
    """By whom and when something was decided, as far as it is known."""

    @property
    def who(self) -> str | None: ...
    @property
    def at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class PlanDecisions:
    """What is decided: the status, and `set` by whom and when; signatures by division, None for none.

    `left` has how many seats nobody has reviewed by division, None for those of the root, of `total` seats;
    `missed` is how many targets are missed.
    """

    status: PlanStatus
    set: Made | None
    signatures: Mapping[str, Made | None]
    left: Mapping[str | None, int]
    total: int
    missed: int = 0

    @property
    def unsigned(self) -> list[str]:
        """The divisions that are not signed."""
        return [division for division, signature in self.signatures.items() if signature is None]


def decisions_page(scene: Scene, decided: PlanDecisions, width: int) -> Page:
    """The status, which can be set from its line; each division with its signature; what is left, in all."""
    left, signed = sum(decided.left.values()), len(decided.signatures) - len(decided.unsigned)
    lines = [*_status(scene, decided)]
    count = {"signed": signed, "count": len(decided.signatures)}
    caption = scene.say(N_("Signatures  {signed} of {count:division|divisions}"), **count)
    lines += section(caption, _divisions(scene, decided))
    if not decided.signatures:
        said = sentence("No team directly under the top has functions or seats yet that could be signed")
        lines += [Line(), *text_lines(scene.translate(said), width, "dim")]
    counts = {"reviewed": decided.total - left, "total": decided.total}
    lines += [Line(), Line((Span(scene.say(N_("{reviewed} of {total} reviewed"), **counts), "heading"),))]
    if decided.missed:
        said = sentence("{missed:target is|targets are} missed", missed=decided.missed)
        lines += [Line(), Line((Span(scene.translate(said), "warning"),))]
    return Page(sentence("Decisions about the plan"), lines, DECISIONS)


def _status(scene: Scene, decided: PlanDecisions) -> Iterator[Line]:
    status = scene.say(STATUS_WORDS[decided.status])
    spans = [Span(scene.say("Status"), "dim"), Span(INDENT), Span(status, "heading")]
    if decided.set is not None and decided.set.who is not None:
        spans.append(Span(f" · {by_and_when(scene, decided.set)}", "dim"))
    yield link_line(scene, spans, PLAN_STATUS)
    words = tuple(Sentence(STATUS_WORDS[status]) for status in NEXT_STATUSES[decided.status])
    yield Line((Span(INDENT + scene.say("can become: {statuses}", statuses=words), "dim"),))


def _divisions(scene: Scene, decided: PlanDecisions) -> Iterator[Line]:
    names = {division: scene.name("team", division) for division in decided.signatures}
    width = max(map(cell_len, names.values()), default=0)
    for division, signature in decided.signatures.items():
        said = scene.say("not signed")
        if signature is not None:
            said = scene.say("signed by {said}", said=by_and_when(scene, signature))
        left = decided.left.get(division, 0)
        note = f"{INDENT}{scene.say(LEFT, left=left)}" if left else ""
        spans = (
            Span(f"{INDENT}{pad(names[division], width)}{INDENT}"),
            Span(said, "dim" if signature is None else "plain"),
            Span(note, "dim"),
        )
        yield link_line(scene, spans, Ref.to("team", division))


def by_and_when(scene: Scene, made: Made) -> str:
    """By whom and when, as far as it is known."""
    who = made.who or "?"
    return who if made.at is None else scene.say("{who}, {time}", who=who, time=clock(made.at))


def still_open(decided: PlanDecisions) -> Sentence | None:
    """What speaks against approving a plan as it is: divisions without signature, targets missed."""
    unsigned, missed = len(decided.unsigned), decided.missed
    if unsigned and missed:
        return sentence(
            "{unsigned:division is|divisions are} not signed, {missed:target is|targets are} missed",
            unsigned=unsigned,
            missed=missed,
        )
    if unsigned:
        return sentence("{unsigned:division is|divisions are} not signed", unsigned=unsigned)
    return sentence("{missed:target is|targets are} missed", missed=missed) if missed else None
