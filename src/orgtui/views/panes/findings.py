"""The findings pane: findings as rows, gravest first; in a preview the affected ones are on top."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Literal, NamedTuple

from orgtui.engine.finding import Identity
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.model.store import Set
from orgtui.rules.assessment import Difference, ReportedFinding
from orgtui.rules.policy import SEVERITIES, message
from orgtui.views.base.finding_order import finding_order
from orgtui.views.base.matching import Query, Searched, natural, searched
from orgtui.views.base.names import finding_ref
from orgtui.views.base.row import Role, Row, Span, uncut
from orgtui.views.base.scene import Scene
from orgtui.views.panes.badges import teams_of
from orgtui.views.panes.finding_filter import Amount, Criteria, FindingFilter, rule_title
from orgtui.views.panes.sorted_list import SortedList
from orgtui.views.words.remarks import notes_in_full

Effect = Literal["gone", "new", "changed", "stands"]
"""What a preview does to a finding; one that stands is no longer found, and not mended."""

ACCEPTED = N_("(accepted)")
ACCEPTED_UNTIL = N_("(accepted until {until})")
NO_LONGER_ACCEPTED = N_("(was accepted until {until})")
FALLS_ASLEEP = N_("(falls asleep)")
TAKEN_OVER = N_("(taken over)")
NOT_MENDED = N_("(not mended)")
SOME_ACCEPTED = N_("{accepted} accepted")
NO_TEAM = N_("In no team")
DATES_MIN_WIDTH = 70

Grouping = Literal["", "rule", "team"]
GROUP = "group"


class PreviewedFinding(NamedTuple):
    """A finding that a preview resolves, introduces or changes, as it is in the preview.

    `was` is its size before if it has another one; `why` says why it stands.
    """

    reported: ReportedFinding
    effect: Effect
    was: int | None = None
    why: str = ""


class Grouped:
    """Some findings in groups, each below a head; a head is written `group:NAME`."""

    def __init__(self, groups: Mapping[Ref, Sequence[Ref]]) -> None:
        self.groups = groups
        self._rows = [row for head, refs in groups.items() for row in (head, *refs)]
        self._places = {row: place for place, row in enumerate(self._rows)}

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int) -> Ref:
        return self._rows[index]

    def index(self, ref: Ref) -> int | None:
        """The index of a row; None if it is absent."""
        return self._places.get(ref)


class FindingsList:
    """Findings, the gravest first, accepted ones at the end: all, or those that a filter lets through.

    `accepted` is the number of accepted findings, `grouping` by what they stand in groups. `new` says which
    findings are new since the baseline; nobody knows until it is set. Without `codes` each is in words only.
    """

    def __init__(
        self, scene: Scene, reported: Mapping[Identity, ReportedFinding], *, codes: bool = True
    ) -> None:
        self.scene = scene
        self.codes = codes
        self.filter = FindingFilter()
        self.grouping: Grouping = ""
        self.new: Callable[[], Collection[Identity]] = frozenset
        self.accepted = sum(not each.counts for each in reported.values())
        self._order = finding_order(scene.names)
        self._reported: dict[Ref, ReportedFinding] = {
            finding_ref(each.identity): each for each in reported.values()
        }
        self._all: SortedList[Ref] = SortedList(
            (self._order(each), ref) for ref, each in self._reported.items()
        )
        self._rows: SortedList[Ref] | Grouped = self._all
        self._texts: dict[Ref, Searched] = {}
        self._preview_rows: SortedList[Ref] = SortedList()
        self._previewed: dict[Ref, PreviewedFinding] = {}
        self._hidden: list[int] = []

    # -- rows ----------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._preview_rows) + len(self._rows) - len(self._hidden)

    def ref(self, index: int) -> Ref | None:
        row = self._row_at(index)
        return None if row.kind == GROUP else row

    def index_of(self, ref: Ref) -> int | None:
        previewed = self._preview_rows.index(ref)
        if previewed is not None:
            return previewed
        index = self._rows.index(ref)
        if index is None:
            return None
        return len(self._preview_rows) + index - bisect_right(self._hidden, index)

    def row(self, index: int, width: int) -> Row:
        ref = self._row_at(index)
        if ref.kind == GROUP:
            return self._head(ref)
        previewed = self._previewed.get(ref)
        if previewed is None:
            return self.words(ref, width)
        return self._preview_words(ref, previewed)

    def full(self, index: int) -> tuple[Span, ...]:
        """What a row says in full, and the notes on what its finding is about."""
        reported = self.finding(self._row_at(index))
        subjects = () if reported is None else reported.finding.subjects
        said = [span for span in uncut(self, index) if span.text.strip() != self.scene.signs.note]
        return (*said, *notes_in_full(self.scene, *subjects))

    def _row_at(self, index: int) -> Ref:
        if index < len(self._preview_rows):
            return self._preview_rows[index]
        return self._rows[self._row_position(index - len(self._preview_rows))]

    # -- findings of rows ----------------------------------------------------------------------

    def finding(self, ref: Ref) -> ReportedFinding | None:
        """The finding of a row; None if there is none."""
        previewed = self._previewed.get(ref)
        return self._reported.get(ref) if previewed is None else previewed.reported

    def refs_of_rule(self, code: str) -> list[Ref]:
        """The references of a rule's findings, in their order, whether a filter lets them through or not."""
        return [ref for ref in self._all if self._reported[ref].finding.code == code]

    # -- filter and groups ---------------------------------------------------------------------

    def filter_words(self, key: str) -> Sentence:
        """How many findings the filter lets through, what it is, and the key that shows all again."""
        return sentence(
            "{shown} of {total}: {wanted}   {key} shows all",
            shown=self.shown,
            total=self.total,
            wanted=tuple(self.filter.says()),
            key=key,
        )

    @property
    def total(self) -> int:
        """How many findings there are."""
        return len(self._all)

    @property
    def shown(self) -> int:
        """How many findings the filter lets through."""
        return len(self._rows) - (len(self._rows.groups) if isinstance(self._rows, Grouped) else 0)

    def show(self, wanted: FindingFilter, grouping: Grouping) -> None:
        """Show the findings that a filter lets through, in groups or not."""
        self.filter, self.grouping = wanted, grouping
        self._arrange()

    def fulfilling(self, wanted: FindingFilter) -> list[Ref]:
        """The findings that a filter lets through, in their order."""
        fits = Criteria(self.scene.organization, self.new).fits(wanted.criteria)
        found = [ref for ref in self._all if fits(self._reported[ref])]
        if not wanted.words:
            return found
        query = Query(wanted.words)
        return [ref for ref in found if query.fits(self._text(ref))]

    def offered(self, here: Ref | None, team: str | None) -> dict[Ref, Amount]:
        """The criteria to filter by, with how many findings fulfil each; see `Criteria.count`."""
        finding = None if here is None else self._reported.get(here)
        return Criteria(self.scene.organization, self.new).count(self._reported.values(), finding, team)

    def read_texts(self, findings: int) -> bool:
        """Prepare the texts of so many more findings for being searched; returns whether any were left."""
        unread = list(islice((ref for ref in self._reported if ref not in self._texts), findings))
        for ref in unread:
            self._text(ref)
        return bool(unread)

    def _text(self, ref: Ref) -> Searched:
        text = self._texts.get(ref)
        if text is None:
            finding = self._reported[ref].finding
            text = searched(f"{finding.code} {self.scene.translate(message(finding))}")
            self._texts[ref] = text
        return text

    def _arrange(self) -> None:
        """Arrange the rows anew by filter and grouping; ends a preview."""
        self.preview(None)
        if not self.filter and not self.grouping:
            self._rows = self._all
            return
        groups: dict[Ref, list[Ref]] = {}
        found = self.fulfilling(self.filter)
        if not self.grouping:
            self._rows = SortedList((self._order(self._reported[ref]), ref) for ref in found)
            return
        for ref in found:
            groups.setdefault(self._group_of(self._reported[ref]), []).append(ref)
        if self.grouping == "team":
            names = {head: self._group_name(head) for head in groups}
            groups = {head: groups[head] for head in sorted(groups, key=lambda head: natural(names[head]))}
        self._rows = Grouped(groups)

    def _group_of(self, reported: ReportedFinding) -> Ref:
        if self.grouping == "rule":
            return Ref.to(GROUP, reported.finding.code)
        teams = teams_of(self.scene.organization, reported.identity)
        return Ref.to(GROUP, teams[0] if teams else "")

    def _group_name(self, head: Ref) -> str:
        if self.grouping == "rule":
            return self.scene.translate(rule_title(head.id))
        return self.scene.name("team", head.id) if head.id else self.scene.say(NO_TEAM)

    # -- change --------------------------------------------------------------------------------

    def patch(self, difference: Difference, sets: Iterable[Set] = ()) -> None:
        """Update by a difference in findings and the assignments that led to it; ends a preview."""
        self.preview(None)
        for old, new in difference.pairs:
            self.accepted += _is_accepted(new) - _is_accepted(old)
            if new is not None:
                ref = finding_ref(new.identity)
                self._reported[ref] = new
                self._all.put(ref, self._order(new))
                self._texts.pop(ref, None)
            elif old is not None:
                ref = finding_ref(old.identity)
                self._all.drop(ref)
                self._reported.pop(ref, None)
                self._texts.pop(ref, None)
        self._rename({Ref.to(each.table, str(each.key)) for each in sets if _is_renamed(each)})
        if self.filter or self.grouping:
            self._arrange()

    def _rename(self, renamed: set[Ref]) -> None:
        """Put the findings about what was renamed at their places, and forget what was read of findings."""
        if not renamed:
            return
        self._texts = {}
        for ref, each in self._reported.items():
            if not renamed.isdisjoint(each.finding.subjects):
                self._all.put(ref, self._order(each))

    def preview(self, difference: Difference | None) -> None:
        """Show on top the findings that a change would affect; None ends the preview."""
        previewed = () if difference is None else _previewed(difference)
        self._previewed = {finding_ref(each.reported.identity): each for each in previewed}
        self._preview_rows = SortedList(
            (self._order(each.reported), ref) for ref, each in self._previewed.items()
        )
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

    def _head(self, head: Ref) -> Row:
        """The head of a group: what it stands for, and how many findings of each severity are in it."""
        assert isinstance(self._rows, Grouped)
        findings = [self._reported[ref] for ref in self._rows.groups[head]]
        counts = [
            (severity, sum(each.counts and each.severity == severity for each in findings))
            for severity in SEVERITIES
        ]
        right = [
            Span(f"  {self.scene.signs.severity(each)} {count}", each) for each, count in counts if count
        ]
        accepted = sum(not each.counts for each in findings)
        if accepted:
            right.append(Span("  " + self.scene.say(SOME_ACCEPTED, accepted=accepted), "dim"))
        code = (Span(f"{head.id} ", "dim"),) if self.grouping == "rule" else ()
        return Row(None, (*code, Span(self._group_name(head), "heading")), tuple(right))

    def words(self, ref: Ref, width: int) -> Row:
        """A finding as it is, as a row in `width` cells."""
        reported = self._reported[ref]
        sign, code = self.scene.signs.severity(reported.severity), self._code(reported)
        text = self.scene.translate(message(reported.finding))
        accepted = acceptance_words(self.scene, reported, dated=width >= DATES_MIN_WIDTH)
        note = self.scene.note_sign(*reported.finding.subjects)
        right = tuple(Span(words, "dim") for words in (accepted, note) if words)
        if reported.counts:
            coded: Role = "error" if reported.severity == "error" else "dim"
            return Row(ref, (Span(f"{sign} ", reported.severity), Span(code, coded), Span(text)), right)
        return Row(ref, (Span(f"{sign} {code}{text}", "dim"),), right)

    def _code(self, reported: ReportedFinding) -> str:
        """The code of a finding with a blank behind it, where codes are shown."""
        return f"{reported.finding.code} " if self.codes else ""

    def _preview_words(self, ref: Ref, previewed: PreviewedFinding) -> Row:
        reported, effect, was, why = previewed
        signs = self.scene.signs
        sign = signs.severity(reported.severity)
        text = self._code(reported) + self.scene.translate(message(reported.finding))
        if effect == "gone":
            told = Span(f"{sign} {text}", "resolved")
            return Row(ref, (told,), (), Span(signs.gone, "better"))
        severity = Span(f"{sign} ", reported.severity)
        if effect == "stands":
            told = Span(text)
            return Row(ref, (severity, told), (Span(self.scene.say(why), "dim"),), Span(signs.changed))
        told = Span(text, "introduced")
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


def _is_accepted(reported: ReportedFinding | None) -> bool:
    return reported is not None and not reported.counts


def _is_renamed(each: Set) -> bool:
    return bool(getattr(each.old, "name", None) != getattr(each.new, "name", None))
