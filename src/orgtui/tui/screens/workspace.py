"""A session with everything that is shown of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from orgtui.changes.base import Change
from orgtui.engine.view import PlainView, View
from orgtui.locales import say
from orgtui.model.records import Person
from orgtui.model.sentence import Ref, sentence
from orgtui.model.store import Organization
from orgtui.rules.assessment import Preview
from orgtui.session.plan.opening import Opened, open_session
from orgtui.session.session import Changed
from orgtui.tui.commands.command import FINDINGS, FUNNEL, KNOWLEDGE, TEAMS
from orgtui.views.base.marks import Comparison
from orgtui.views.base.row import Rows
from orgtui.views.base.scene import Scene
from orgtui.views.base.signs import ASCII, UNICODE, Signs
from orgtui.views.panes.badges import Badges
from orgtui.views.panes.tree import TeamTree
from orgtui.views.scoreboard import Sizes, count_by_severity, counts_after, sizes
from orgtui.views.workspace import Workspace


class SessionWorkspace(Workspace):
    """The views over one session, and what its changes would do."""

    def __init__(self, opened: Opened, *, ascii_only: bool) -> None:
        session = opened.session
        assessment = session.assessment
        organization, plan = session.baseline.profile.name, opened.plan
        super().__init__(
            session.baseline,
            assessment,
            (organization,) if plan is None else (organization, plan.name),
            count_by_severity(assessment.reported.values()),
            sizes(assessment.view, len(session.moved)),
            _signs(ascii_only),
        )
        self.opened = opened
        self.changed_on_disk = False
        self._title = self.scoreboard.title
        self.session = session
        self.rows: Mapping[str, Rows] = {
            TEAMS: self.tree,
            FUNNEL: self.lanes,
            KNOWLEDGE: self.links,
            FINDINGS: self.findings,
        }

    def apply_update(self, changed: Changed) -> None:
        """Take in what changed, in every view."""
        now = sizes(self.session.assessment.view, len(self.session.moved))
        self.update(changed.sets, changed.difference, now)

    def mark_changed_on_disk(self, changed: bool) -> None:
        """Say in the header whether the organisation's file is another one now."""
        self.changed_on_disk = changed
        mark = (say(sentence("changed on disk")),) if changed else ()
        self.scoreboard.title = (*self._title, *mark)

    def set_pay(self, pay: Mapping[str, Decimal] | None) -> Changed:
        """Show what people are paid on this screen, or forget it; the log and the plan never hear of it."""
        difference = self.session.assessment.set_pay(pay)
        self.scene.shows_pay = pay is not None
        return Changed(self.session.revision, (), difference)

    def load_baseline_numbers(self) -> None:
        """Read the numbers of the baseline, which the header compares with."""
        back = self.session.since_baseline(sizes)
        self.scoreboard.baseline_counts = counts_after(self.scoreboard.counts, back.difference)
        self.scoreboard.baseline_sizes = back.answer

    def preview_changes(self, changes: Sequence[Change], *, graph_lane: bool = False) -> Preview[Sizes]:
        """What changes would do to findings and numbers; raises Refused."""
        people = {str(cell[1]) for change in changes for cell in change.registers() if cell[0] == "person"}
        return self.session.preview(changes, lambda view: self._sizes(view, people), graph_lane=graph_lane)

    def _sizes(self, view: View, people: Collection[str]) -> Sizes:
        """The numbers of a state in which only `people` may sit elsewhere than now."""
        elsewhere = sum(1 for person in people if self._is_moved(person, view.person(person)))
        return sizes(view, len(self.session.moved.difference(people)) + elsewhere)

    def _is_moved(self, person: str, now: Person | None) -> bool:
        before = self.session.baseline.people.get(person)
        if before is None or now is None or not before.state == now.state == "filled":
            return False
        return before.team != now.team

    def exists(self, ref: Ref) -> bool:
        """Whether something is in the organisation now, and not closed."""
        record = self.session.organization.tables[ref.kind].get(ref.id)
        return record is not None and getattr(record, "state", "") != "closed"

    def team_of(self, ref: Ref | None) -> str | None:
        """The team that a row stands for or stands in; None if it has none."""
        organization = self.session.organization
        if ref is None:
            return None
        if ref.kind == "team":
            return ref.id if ref.id in organization.teams else None
        if ref.kind in ("function", "person"):
            record = organization.tables[ref.kind].get(ref.id)
            return None if record is None else record.team
        return None


def open_workspace(
    organization: Path,
    plan: Path | None,
    loaded: Callable[[Organization], None],
    *,
    watch: bool,
    ascii_only: bool,
) -> SessionWorkspace:
    """Read and judge an organisation with its plan, to `watch` it or to work on it; `loaded` sees it before
    it is judged.

    Raises InvalidFile for a file with problems, CannotOpen if files do not fit together.
    """
    return SessionWorkspace(
        open_session(organization, plan, loaded=loaded, watch=watch), ascii_only=ascii_only
    )


def preliminary_rows(organization: Organization, *, ascii_only: bool) -> Rows:
    """The team tree of an organisation that is not judged yet."""
    view = PlainView(organization, organization.profile.as_of, {})
    scene = Scene(organization, organization, view, _signs(ascii_only))
    return TeamTree(scene, Comparison(organization, organization), Badges(organization, {}))


def _signs(ascii_only: bool) -> Signs:
    return ASCII if ascii_only else UNICODE
