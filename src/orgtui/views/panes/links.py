"""The knowledge pane: knowledge links as a list, a matrix or a web, and the findings about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple

from orgtui.engine.finding import Identity
from orgtui.model.indexes import normalized_topic
from orgtui.model.records import Severity, Share
from orgtui.model.sentence import N_, Ref
from orgtui.model.store import Set
from orgtui.rules.assessment import Difference, ReportedFinding
from orgtui.rules.facts.sharing import is_in_force, live_teams, share_end_team
from orgtui.rules.policy import SEVERITIES
from orgtui.views.base.cells import cell_len, clip, pad
from orgtui.views.base.marks import Comparison, Mark
from orgtui.views.base.names import finding_ref, share_ref
from orgtui.views.base.row import UNCUT, Row, Span
from orgtui.views.base.scene import Scene
from orgtui.views.knowledge.picture import Drawing
from orgtui.views.knowledge.web import Web
from orgtui.views.panes.matrix import Matrix
from orgtui.views.panes.sorted_list import SortedList
from orgtui.views.panes.tree import MARK_ROLES
from orgtui.views.words.remarks import notes_in_full

LinksView = Literal["list", "matrix", "web"]

VIEWS: tuple[LinksView, ...] = ("list", "matrix", "web")
"""A list of links followed by findings, a matrix of teams, or a picture of them."""

SHORT_TEMPLATES: Mapping[str, str] = {
    "C201": N_("no link: {team}"),
    "C202": N_("island: {subjects}"),
    "C203": N_("one holder: {skill}  {person}"),
    "C301": N_("asked twice: {topic}  {department}"),
}
"""By code, short templates for the findings shown in this pane."""

ENDED = N_("ended")

TOPIC_MIN_WIDTH = 8
PAIR_MAX_WIDTH = 48
FREQUENCY_WIDTH = 9
COLUMNS_MIN_WIDTH = 48

ShareKey = tuple[str, str, str]


class Link(NamedTuple):
    """Two ends and a topic: one row, for one or both directions."""

    one: str
    other: str
    topic: str


def _no_findings(about: Ref) -> Severity | None:
    return None


class Links:
    """Knowledge links as rows, followed by findings about them.

    `worst` is the gravest severity of the findings about something.
    """

    def __init__(
        self,
        scene: Scene,
        comparison: Comparison,
        reported: Mapping[Identity, ReportedFinding],
        worst: Callable[[Ref], Severity | None] = _no_findings,
    ) -> None:
        self.scene = scene
        self.comparison = comparison
        self._view: LinksView = "list"
        self._matrix: Matrix | None = None
        self._web = Web(scene, comparison, worst)
        self._shares: dict[Link, dict[ShareKey, None]] = {}
        self._rows: dict[Ref, Link] = {}
        self._links: SortedList[Link] = SortedList()
        self._findings: SortedList[Ref] = SortedList()
        self._reported: dict[Ref, ReportedFinding] = {}
        for key in scene.organization.shares:
            self._add(key)
        for each in reported.values():
            self._find(each)

    # -- rows ----------------------------------------------------------------------------------

    def __len__(self) -> int:
        rows = self._other_rows()
        if rows is not None:
            return len(rows)
        return len(self._links) + len(self._findings)

    @property
    def headings(self) -> int:
        """How many of the first rows do not scroll: the column numbers of the matrix."""
        return self._table().headings if self._view == "matrix" else 0

    @property
    def drawing(self) -> Drawing | None:
        """The picture while the web is shown."""
        return self._web if self._view == "web" else None

    def ref(self, index: int) -> Ref | None:
        rows = self._other_rows()
        if rows is not None:
            return rows.ref(index)
        if index < len(self._links):
            return share_ref(next(iter(self._shares[self._links[index]])))
        return self._findings[index - len(self._links)]

    def index_of(self, ref: Ref) -> int | None:
        rows = self._other_rows()
        if rows is not None:
            return rows.index_of(ref)
        if ref.kind == "finding":
            index = self._findings.index(ref)
            return None if index is None else len(self._links) + index
        link = self._rows.get(ref)
        return None if link is None else self._links.index(link)

    def row(self, index: int, width: int) -> Row:
        rows = self._other_rows()
        if rows is not None:
            return rows.row(index, width)
        if index < len(self._links):
            return self._link_row(self._links[index], width)
        return self._finding_row(self._findings[index - len(self._links)])

    def full(self, index: int) -> tuple[Span, ...]:
        """The whole names and topic of a link, a finding, or a team of the matrix."""
        rows = self._other_rows()
        if rows is not None:
            return rows.full(index)
        if index < len(self._links):
            row = self._link_row(self._links[index], UNCUT)
            pair, topic = row.left
            link = (Span(pair.text.rstrip(), pair.role), topic, Span("  "), *row.right)
            return (*link, *notes_in_full(self.scene, *self._refs(self._links[index])))
        return self._finding_row(self._findings[index - len(self._links)]).left

    # -- views ---------------------------------------------------------------------------------

    @property
    def view(self) -> LinksView:
        return self._view

    def next_view(self) -> LinksView:
        """Switch between list, matrix and web."""
        self._view = VIEWS[(VIEWS.index(self._view) + 1) % len(VIEWS)]
        return self._view

    # -- change --------------------------------------------------------------------------------

    def patch(self, sets: Iterable[Set], difference: Difference) -> None:
        """Update by the assignments made and the difference in findings."""
        for each in sets:
            if each.table == "share":
                key: ShareKey = each.key  # type: ignore[assignment]
                if each.new is None:
                    self._drop(key)
                else:
                    self._add(key)
            elif each.table == "person":
                for key in self.scene.organization.index("shares_at", f"person:{each.key}"):
                    self._add(key)
            if each.table in ("share", "person", "team", "function"):
                self._matrix = None
                self._web.patch()
        for old, new in difference.pairs:
            if old is not None:
                self._findings.drop(finding_ref(old.identity))
            if new is not None:
                self._find(new)

    # -- contents ------------------------------------------------------------------------------

    def _add(self, key: ShareKey) -> None:
        share = self.scene.organization.shares.get(key)
        if share is None:
            return
        link = _link(key)
        self._shares.setdefault(link, {})[key] = None
        self._rows[share_ref(key)] = link
        self._links.put(link, (*sorted(self._ranks((link.one, link.other))), link.topic))

    def _drop(self, key: ShareKey) -> None:
        link = self._rows.pop(share_ref(key), None)
        if link is None:
            return
        shares = self._shares[link]
        shares.pop(key, None)
        if not shares:
            del self._shares[link]
            self._links.drop(link)

    def _ranks(self, ends: tuple[str, str]) -> list[int]:
        """The positions in the file of the teams of two ends."""
        teams, view = self.scene.organization.teams, self.scene.view
        return [teams.rank(share_end_team(view, end) or "") for end in ends]

    def _find(self, reported: ReportedFinding) -> None:
        if reported.finding.code in SHORT_TEMPLATES and reported.counts:
            ref = finding_ref(reported.identity)
            self._reported[ref] = reported
            self._findings.put(ref, (SEVERITIES.index(reported.severity), reported.finding.code))

    # -- words ---------------------------------------------------------------------------------

    def _link_row(self, link: Link, width: int) -> Row:
        shares = [self.scene.organization.shares[key] for key in self._shares[link]]
        signs = self.scene.signs
        source, target = min(((each.source, each.target) for each in shares), key=self._ranks)
        goes_both_ways = any(each.source == target for each in shares)
        sign = signs.both_ways if goes_both_ways else signs.one_way
        frequency = self._frequency(shares)
        note = self.scene.note_sign(*self._refs(link))
        in_columns = width >= COLUMNS_MIN_WIDTH
        room = width - (FREQUENCY_WIDTH if in_columns else cell_len(frequency)) - 1 - cell_len(note)
        most = min(PAIR_MAX_WIDTH, room * 2 // 3) if in_columns else room - TOPIC_MIN_WIDTH
        pair = self._pair(source, sign, target, max(most, room - cell_len(shares[0].topic) - 2))
        if in_columns:
            pair = pad(pair, most)
        topic = clip(self.scene.name("skill", shares[0].topic), room - cell_len(pair) - 2, signs.ellipsis)
        is_live = any(live_teams(self.scene.view, key) is not None for key in self._shares[link])
        return Row(
            share_ref(next(iter(self._shares[link]))),
            (Span(pair, "plain" if is_live else "dim"), Span(f"  {topic}{note}", "dim")),
            (Span(frequency, "dim"),),
            self._margin(link),
        )

    def _refs(self, link: Link) -> list[Ref]:
        """The references to the directions of a link."""
        return list(map(share_ref, self._shares[link]))

    def _frequency(self, shares: Iterable[Share]) -> str:
        """How often knowledge is shared, or that the link has ended."""
        return "/".join(dict.fromkeys(map(self._frequency_of, shares)))

    def _frequency_of(self, share: Share) -> str:
        if not is_in_force(share.until, self.scene.view.today):
            return self.scene.say(ENDED)
        return self.scene.signs.nothing if share.every is None else self.scene.say(share.every)

    def _pair(self, source: str, sign: str, target: str, width: int) -> str:
        """Two ends in at most `width` cells; a long name uses the space that a short one leaves."""
        ellipsis = self.scene.signs.ellipsis
        one, other = self.scene.names(Ref(source)), self.scene.names(Ref(target))
        room = width - cell_len(sign) - 2
        half = room // 2
        one = clip(one, max(half, room - cell_len(other)), ellipsis)
        return f"{one} {sign} {clip(other, room - cell_len(one), ellipsis)}"

    def _margin(self, link: Link) -> Span:
        marks = {self.comparison.mark("share", key) for key in self._shares[link]}
        if marks == {None}:
            return Span("")
        mark: Mark = "new" if marks == {"new"} else "changed"
        return Span(getattr(self.scene.signs, mark), MARK_ROLES[mark])

    def _finding_row(self, ref: Ref) -> Row:
        reported = self._reported[ref]
        finding = reported.finding
        params = {subject.kind: subject for subject in finding.subjects}
        text = self.scene.say(SHORT_TEMPLATES[finding.code], subjects=finding.subjects, **params)
        sign = self.scene.signs.severity(reported.severity)
        return Row(ref, (Span(f"{sign} ", reported.severity), Span(text)))

    def _other_rows(self) -> Matrix | Web | None:
        """The rows of the view that is shown; None for the list."""
        return None if self._view == "list" else self._table() if self._view == "matrix" else self._web

    def _table(self) -> Matrix:
        if self._matrix is None:
            self._matrix = Matrix(self.scene)
        return self._matrix


def _link(key: ShareKey) -> Link:
    source, target, topic = key
    return Link(min(source, target), max(source, target), normalized_topic(topic))
