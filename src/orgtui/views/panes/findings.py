"""The findings pane: findings as rows, gravest first; in a preview the affected ones are on top."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from orgtui.engine.finding import Identity
from orgtui.model.sentence import N_, Ref
from orgtui.rules.assessment import Difference, ReportedFinding
from orgtui.rules.policy import SEVERITIES, message
from orgtui.views.base.names import finding_ref
from orgtui.views.base.row import Row, Span
from orgtui.views.base.scene import Scene
from orgtui.views.panes.sorted_list import SortedList

Effect = Literal["gone", "new", "changed", "stands"]
"""What a preview does to a finding; one that stands is no longer found, and not mended."""

ACCEPTED = N_("(accepted)")
ACCEPTED_UNTIL = N_("(accepted until {until})")
NO_LONGER_ACCEPTED = N_("(was accepted until {until})")
FALLS_ASLEEP = N_("(falls asleep)")
TAKEN_OVER = N_("(taken over)")
NOT_MENDED = N_("(not mended)")
DATES_MIN_WIDTH = 70


class PreviewedFinding(NamedTuple):
    """A finding that a preview resolves, introduces or changes, as it is in the preview.

    `was` is its size before if it has another one; `why` says why it stands.
    """

    reported: ReportedFinding
    effect: Effect
    was: int | None = None
    why: str = ""


class FindingsList:
    """Findings sorted by severity, code and subjects, accepted ones at the end.

    `accepted` is the number of accepted findings.
    """

    def __init__(self, scene: Scene, reported: Mapping[Identity, ReportedFinding]) -> None:
        self.scene = scene
        self._reported: dict[Ref, ReportedFinding] = {
            finding_ref(each.identity): each for each in reported.values()
        }
        self._rows: SortedList[Ref] = SortedList((_key(each), ref) for ref, each in self._reported.items())
        self.accepted = sum(not each.counts for each in reported.values())
        self._preview_rows: SortedList[Ref] = SortedList()
        self._previewed: dict[Ref, PreviewedFinding] = {}
        self._hidden: list[int] = []

    # -- rows ----------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._preview_rows) + len(self._rows) - len(self._hidden)

    def ref(self, index: int) -> Ref:
        if index < len(self._preview_rows):
            return self._preview_rows[index]
        return self._rows[self._row_position(index - len(self._preview_rows))]

    def index_of(self, ref: Ref) -> int | None:
        previewed = self._preview_rows.index(ref)
        if previewed is not None:
            return previewed
        index = self._rows.index(ref)
        if index is None:
            return None
        return len(self._preview_rows) + index - bisect_right(self._hidden, index)

    def row(self, index: int, width: int) -> Row:
        ref = self.ref(index)
        previewed = self._previewed.get(ref)
        if previewed is None:
            return self._words(ref, self._reported[ref], width)
        return self._preview_words(ref, previewed)

    # -- findings of rows ----------------------------------------------------------------------

    def finding(self, ref: Ref) -> ReportedFinding | None:
        """The finding of a row; None if there is none."""
        previewed = self._previewed.get(ref)
        return self._reported.get(ref) if previewed is None else previewed.reported

    def refs_of_rule(self, code: str) -> list[Ref]:
        """The references of a rule's findings, in the order of rows."""
        refs = (self._rows[index] for index in range(len(self._rows)))
        return [ref for ref in refs if self._reported[ref].finding.code == code]

    # -- change --------------------------------------------------------------------------------

    def patch(self, difference: Difference) -> None:
        """Update by a difference in findings; ends a preview."""
        self.preview(None)
        for old, new in difference.pairs:
            self.accepted += _is_accepted(new) - _is_accepted(old)
            if new is not None:
                ref = finding_ref(new.identity)
                self._reported[ref] = new
                self._rows.put(ref, _key(new))
            elif old is not None:
                ref = finding_ref(old.identity)
                self._rows.drop(ref)
                self._reported.pop(ref, None)

    def preview(self, difference: Difference | None) -> None:
        """Show on top the findings that a change would affect; None ends the preview."""
        previewed = () if difference is None else _previewed(difference)
        self._previewed = {finding_ref(each.reported.identity): each for each in previewed}
        self._preview_rows = SortedList((_key(each.reported), ref) for ref, each in self._previewed.items())
        standing = (self._rows.index(ref) for ref in self._previewed)
        self._hidden = sorted(index for index in standing if index is not None)

    def _row_position(self, index: int) -> int:
        """The position among all findings of the one at `index` among those without a preview."""
        for passed in self._hidden:
            if passed > index:
                break
            index += 1
        return index

    # -- words ---------------------------------------------------------------------------------

    def _words(self, ref: Ref, reported: ReportedFinding, width: int) -> Row:
        sign, code = self.scene.signs.severity(reported.severity), reported.finding.code
        text = self.scene.translate(message(reported.finding))
        accepted = acceptance_words(self.scene, reported, dated=width >= DATES_MIN_WIDTH)
        right = (Span(accepted, "dim"),) if accepted else ()
        if reported.counts:
            return Row(ref, (Span(f"{sign} ", reported.severity), Span(f"{code} ", "dim"), Span(text)), right)
        return Row(ref, (Span(f"{sign} {code} {text}", "dim"),), right)

    def _preview_words(self, ref: Ref, previewed: PreviewedFinding) -> Row:
        reported, effect, was, why = previewed
        signs = self.scene.signs
        sign, text = signs.severity(reported.severity), self.scene.translate(message(reported.finding))
        if effect == "gone":
            told = Span(f"{sign} {reported.finding.code} {text}", "resolved")
            return Row(ref, (told,), (), Span(signs.gone, "better"))
        severity = Span(f"{sign} ", reported.severity)
        if effect == "stands":
            told = Span(f"{reported.finding.code} {text}")
            return Row(ref, (severity, told), (Span(self.scene.say(why), "dim"),), Span(signs.changed))
        told = Span(f"{reported.finding.code} {text}", "introduced")
        margin = Span(signs.new, "worse") if effect == "new" else Span(signs.changed)
        sizes = () if was is None else (size_change(self.scene, was, reported.finding.size),)
        return Row(ref, (severity, told), sizes, margin)


def size_change(scene: Scene, was: int, now: int) -> Span:
    """How the size of a finding changes: `3→2`."""
    return Span(f"{was}{scene.signs.becomes}{now}", "better" if now < was else "worse")


def _previewed(difference: Difference) -> Iterator[PreviewedFinding]:
    """What a difference does to each finding."""
    mended = {each.identity for each in difference.resolved}
    new = {each.identity for each in difference.introduced}
    was = {after.identity: before for before, after in (*difference.shrunk, *difference.grown)}
    for before, after in difference.pairs:
        if after is not None and after.counts:
            identity = after.identity
            size = was[identity].finding.size if identity in was else None
            yield PreviewedFinding(after, "new" if identity in new else "changed", size)
        elif before is not None and before.counts and before.identity not in mended:
            yield PreviewedFinding(before, "stands", None, _why_it_stands(difference, before))
        elif (shown := after or before) is not None:
            yield PreviewedFinding(shown, "gone")


def _why_it_stands(difference: Difference, lost: ReportedFinding) -> str:
    if lost.finding.code in difference.fell_asleep:
        return FALLS_ASLEEP
    return TAKEN_OVER if lost.identity in difference.gone.heirs else NOT_MENDED


def acceptance_words(scene: Scene, reported: ReportedFinding, *, dated: bool) -> str:
    """The note on a finding's acceptance, or on one that has expired; empty if there was none.

    `dated`: with the day on which the acceptance expires.
    """
    if reported.acceptance is None:
        finding = reported.finding
        ended = scene.organization.acceptances.get((finding.code, *finding.subjects))
        return "" if ended is None else scene.say(NO_LONGER_ACCEPTED, until=ended.until)
    if dated and reported.acceptance.until is not None:
        return scene.say(ACCEPTED_UNTIL, until=reported.acceptance.until)
    return scene.say(ACCEPTED)


def _counts(reported: ReportedFinding | None) -> bool:
    return reported is not None and reported.counts


def _is_accepted(reported: ReportedFinding | None) -> bool:
    return reported is not None and not reported.counts


def _key(reported: ReportedFinding) -> tuple[object, ...]:
    accepted = reported.acceptance is not None
    return accepted, SEVERITIES.index(reported.severity), reported.finding.code, reported.finding.subjects
