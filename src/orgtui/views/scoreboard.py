"""The header: numbers of findings, teams, pairs and moved people, now and in the baseline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from orgtui.engine.view import View
from orgtui.metrics import pairs, teams
from orgtui.model.records import Severity
from orgtui.model.sentence import N_
from orgtui.rules.assessment import Difference, ReportedFinding
from orgtui.rules.policy import SEVERITIES
from orgtui.views.base.cells import cell_len, clip
from orgtui.views.base.row import Role, Span
from orgtui.views.base.scene import Scene
from orgtui.views.words.missed import Missed, missed_after, missed_among, missed_words
from orgtui.views.words.plan_header import HeaderNote

Counts = Mapping[Severity, int]

WAS = N_("was")
TEAMS = N_("teams")
PAIRS = N_("pairs")
MOVED = N_("moved")

GAP = "   "
SHORT_GAP = " "
TITLE_MIN_WIDTH = 8

PRIORITY = ("findings", "missed", "status", "reviewed", "was", "moved", "teams", "pairs", "wave")
"""Which pieces are kept first where even a short title and short gaps leave no room for all."""


class Sizes(NamedTuple):
    """The numbers of a state that the header shows beside its findings.

    `pairs` are pairs of teams that must coordinate; `moved` are people in another team than in the baseline.
    """

    teams: int
    pairs: int
    moved: int = 0


def sizes(view: View, moved: int = 0) -> Sizes:
    """The numbers of a state; `moved` people are in another team than in the baseline."""
    return Sizes(teams(view), pairs(view), moved)


def count_by_severity(reported: Iterable[ReportedFinding]) -> dict[Severity, int]:
    """The number of findings that count (are not accepted), by severity."""
    counts: dict[Severity, int] = dict.fromkeys(SEVERITIES, 0)
    for each in reported:
        counts[each.severity] += each.counts
    return counts


def counts_after(counts: Counts, difference: Difference) -> dict[Severity, int]:
    """The number of findings that count, by severity, after a difference is applied."""
    after = dict(counts)
    for old, new in difference.pairs:
        if old is not None and old.counts:
            after[old.severity] -= 1
        if new is not None and new.counts:
            after[new.severity] += 1
    return after


def counts_before(counts: Counts, difference: Difference) -> dict[Severity, int]:
    """The number of findings that counted, by severity, before a difference was applied."""
    return counts_after(counts, Difference(tuple((new, old) for old, new in difference.pairs)))


class Scoreboard:
    """The numbers of the baseline, of the current state and of a preview, as one line.

    `title` names what is open, from general to specific; `peers` are texts about who is here, of which the
    first that fits is shown; `decisions` are what is decided about the plan.
    """

    def __init__(
        self,
        scene: Scene,
        title: Sequence[str],
        reported: Iterable[ReportedFinding],
        was: Counts,
        was_sizes: Sizes,
    ) -> None:
        self.scene = scene
        self.title = tuple(title)
        self.peers: Sequence[str] = ()
        self.decisions: Sequence[HeaderNote] = ()
        self.baseline_counts = was
        self.baseline_sizes = was_sizes
        reported = list(reported)
        self.missed: Missed = missed_among(reported)
        self.counts: Counts = count_by_severity(reported)
        self.sizes = was_sizes
        self._preview: tuple[Counts, Sizes, Missed] | None = None

    def patch(self, difference: Difference, now: Sizes) -> None:
        """Update by the difference in findings and the numbers of the new state."""
        self.counts = counts_after(self.counts, difference)
        self.missed = missed_after(self.missed, difference)
        self.sizes = now
        self._preview = None

    def preview(self, difference: Difference, previewed: Sizes) -> None:
        """Show the numbers that a change would lead to."""
        missed = missed_after(self.missed, difference)
        self._preview = (counts_after(self.counts, difference), previewed, missed)

    def end_preview(self) -> None:
        self._preview = None

    def words(self, width: int) -> tuple[Span, ...]:
        """The header in exactly `width` cells; if short, the title gives way, then who is here."""
        title = f" {self.scene.signs.within} ".join(self.title)
        numbers = self._in_full(width - 1 - cell_len(title)) or self._numbers(
            width - 1 - min(cell_len(title), TITLE_MIN_WIDTH)
        )
        room = width - 1 - _width(numbers)
        present = self._present(room - min(cell_len(title), max(TITLE_MIN_WIDTH, width // 4)))
        named = Span(f" {clip(title, room - _width(present), self.scene.signs.ellipsis)}", "heading")
        gap = Span(" " * (width - _width((named, *numbers, *present))))
        return (named, *numbers, gap, *present)

    def _in_full(self, room: int) -> tuple[Span, ...]:
        """All numbers with what they are of, if they fit beside the whole title; else nothing."""
        pieces = (*self._pieces(GAP, short=False), *self._decided(False))
        spans = tuple(span for _, piece in pieces for span in piece)
        return spans if _width(spans) <= room else ()

    def _numbers(self, room: int) -> tuple[Span, ...]:
        """All numbers in `room` cells: if short, in fewer words, closer, then without the last."""
        for gap, is_short in ((GAP, False), (GAP, True), (SHORT_GAP, True)):
            pieces = {**dict(self._pieces(gap, short=True)), **dict(self._decided(is_short))}
            if sum(map(_width, pieces.values())) <= room:
                return tuple(span for piece in pieces.values() for span in piece)
        kept: list[str] = []
        for name in PRIORITY:
            if name in pieces and (not kept or _width(pieces[name]) <= room):
                kept.append(name)
                room -= _width(pieces[name])
        return tuple(span for name, piece in pieces.items() if name in kept for span in piece)

    def _pieces(self, gap: str, *, short: bool) -> Iterator[tuple[str, tuple[Span, ...]]]:
        counts, now, missed = self._preview or (self.counts, self.sizes, self.missed)
        yield "findings", (Span(gap), *self._findings(counts))
        if missed:
            role: Role = "warning" if missed == self.missed else "introduced"
            yield "missed", (Span(gap), Span(missed_words(self.scene, missed, short=short), role))
        if self.baseline_counts != counts:
            was = "/".join(str(self.baseline_counts[severity]) for severity in SEVERITIES)
            yield "was", (Span(f"{gap}{self.scene.say(WAS)} {was}", "dim"),)
        before, here = self.baseline_sizes, self.sizes
        yield "teams", (Span(gap), self._number(TEAMS, before.teams, here.teams, now.teams))
        yield "pairs", (Span("  "), self._number(PAIRS, before.pairs, here.pairs, now.pairs))
        if now.moved or here.moved:
            role = "introduced" if now.moved != here.moved else "plain"
            yield "moved", (Span("  "), Span(f"{self.scene.say(MOVED)} {now.moved}", role))

    def _decided(self, is_short: bool) -> Iterator[tuple[str, tuple[Span, ...]]]:
        for note in self.decisions:
            yield note.name, (Span("  "), Span(note.short if is_short else note.words, note.role))

    def _present(self, room: int) -> tuple[Span, ...]:
        """Who is here, in the first text that fits into `room` cells."""
        wordings = (Span(f"{GAP}{words} ") for words in self.peers)
        return next(((each,) for each in wordings if cell_len(each.text) <= room), ())

    def _findings(self, counts: Counts) -> Iterator[Span]:
        signs = self.scene.signs
        for severity in SEVERITIES:
            here, then = self.counts[severity], counts[severity]
            gap = "" if severity == SEVERITIES[-1] else "  "
            yield Span(f"{signs.severity(severity)} ", severity)
            if here == then:
                yield Span(f"{here}{gap}", "number")
            else:
                yield Span(f"{here}{signs.becomes}{then}{gap}", "better" if then < here else "worse")

    def _number(self, label: str, before: int, here: int, now: int) -> Span:
        change = str(now) if now == before else f"{before}{self.scene.signs.becomes}{now}"
        return Span(f"{self.scene.say(label)} {change}", "introduced" if now != here else "plain")


def _width(spans: Iterable[Span]) -> int:
    return sum(cell_len(span.text) for span in spans)
