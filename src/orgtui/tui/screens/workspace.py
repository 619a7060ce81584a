"""The views over an open session."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from orgtui.changes.base import Change
from orgtui.engine.finding import Identity
from orgtui.engine.view import PlainView, View
from orgtui.files.scratch import is_scratch_copy
from orgtui.locales import translate
from orgtui.model.records import Person
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.model.store import Organization
from orgtui.rules.assessment import Preview
from orgtui.session.plan.opening import OpenedSession, open_session
from orgtui.session.session import Changed
from orgtui.tui.commands.command import FINDINGS, FUNNEL, KNOWLEDGE, TEAMS
from orgtui.views.base.marks import Comparison
from orgtui.views.base.names import finding_ref
from orgtui.views.base.row import Rows
from orgtui.views.base.scene import Scene
from orgtui.views.base.signs import ASCII, UNICODE, Signs
from orgtui.views.panes.badges import Badges
from orgtui.views.panes.tree import TeamTree
from orgtui.views.scoreboard import Sizes, count_by_severity, counts_before, sizes
from orgtui.views.words.plan_header import decisions_in_header
from orgtui.views.workspace import Workspace

if TYPE_CHECKING:
    from orgtui.session.plan.beside import PlanSeen


class SessionWorkspace(Workspace):
    """The views over one session, kept up to date with it, and previews of changes.

    `is_scratch`: it is on a scratch copy of a sample; `kept_as` is the file of one's own that it was kept as.
    """

    def __init__(self, opened: OpenedSession, *, ascii_only: bool) -> None:
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
        self.is_scratch = is_scratch_copy(opened.organization_path)
        self.kept_as: Path | None = None
        self.changed_on_disk = False
        self.examples_as_files = False  # on the pages of principles
        self.plans: dict[Path, PlanSeen | Sentence] = {}  # others beside this one, or why not, as last read
        self.pay_file: str | None = None  # in the folder of an organisation that names none
        self._title = self.scoreboard.title
        self.session = session
        self.scene.reviews = lambda: session.reviews
        self.show_decisions()
        self.findings.new = self._new_since_the_baseline
        self.rows: Mapping[str, Rows] = {
            TEAMS: self.tree,
            FUNNEL: self.lanes,
            KNOWLEDGE: self.links,
            FINDINGS: self.findings,
        }

    def apply_update(self, changed: Changed) -> None:
        """Bring every view up to date with a change of the session."""
        now = sizes(self.session.assessment.view, len(self.session.moved))
        self.update(changed.sets, changed.difference, now)
        self.show_decisions()

    def show_decisions(self) -> None:
        """Bring the header up to date with what is decided about the plan."""
        session, reviews = self.session, self.session.reviews
        waves = {*session.sets_by_wave, *session.waves}
        self.scoreboard.decisions = decisions_in_header(
            self.scene,
            session.status,
            (reviews.reviewed, reviews.total) if reviews.has_begun else None,
            session.present_wave if len(waves) > 1 or session.waves else None,
        )

    @staticmethod
    def without_accepted(refs: Iterable[Ref], changed: Changed) -> list[Ref]:
        """References to findings without those that a change accepts, which are shown elsewhere then."""
        accepted = {finding_ref(each.identity) for each in changed.difference.accepted}
        return [ref for ref in refs if ref not in accepted]

    def mark_changed_on_disk(self, changed: bool) -> None:
        """Show in the header whether the organisation's file has changed on disk."""
        self.changed_on_disk = changed
        mark = (translate(sentence("changed on disk")),) if changed else ()
        self.scoreboard.title = (*self._title, *mark)

    def set_pay(self, pay: Mapping[str, Decimal] | None) -> Changed:
        """Use pay by person on this screen, or no pay any more; it is never written to the log or the plan.

        Returns the change to show.
        """
        difference = self.session.assessment.set_pay(pay)
        self.scene.shows_pay = pay is not None
        return Changed(self.session.revision, (), difference)

    def load_baseline_numbers(self) -> None:
        """Compute the baseline's numbers and finding counts, with which the header compares."""
        since = self.session.since_baseline(sizes)
        self.scoreboard.baseline_counts = counts_before(self.scoreboard.counts, since.difference)
        self.scoreboard.baseline_sizes = since.answer

    def _new_since_the_baseline(self) -> set[Identity]:
        since = self.session.since_baseline(lambda _: None).difference
        return {each.identity for each in since.introduced}

    def preview_changes(self, changes: Sequence[Change], *, graph_lane: bool = False) -> Preview[Sizes]:
        """The findings and numbers that changes would lead to; raises Refused.

        With `graph_lane`, rules over the whole team graph are evaluated too, which takes longer.
        """
        people = {str(cell[1]) for change in changes for cell in change.write_set() if cell[0] == "person"}
        preview = self.session.preview(changes, lambda view: self._sizes(view, people), graph_lane=graph_lane)
        self.scene.names.note(preview.sets)
        return preview

    def _sizes(self, view: View, people: Collection[str]) -> Sizes:
        """The numbers of a state in which at most `people` are in other teams than now."""
        elsewhere = sum(1 for person in people if self._is_moved(person, view.person(person)))
        return sizes(view, len(self.session.moved.difference(people)) + elsewhere)

    def _is_moved(self, person: str, now: Person | None) -> bool:
        before = self.session.baseline.people.get(person)
        if before is None or now is None or not before.state == now.state == "filled":
            return False
        return before.team != now.team

    def exists(self, ref: Ref) -> bool:
        """Whether a record is in the organisation and not closed."""
        record = self.session.organization.tables[ref.kind].get(ref.id)
        return record is not None and getattr(record, "state", "") != "closed"

    def team_of(self, ref: Ref | None) -> str | None:
        """The team that a reference is or belongs to; None if there is none."""
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
    """Read and check an organisation with its plan; blocks, so it is called off the event loop.

    `loaded` is called with the organisation before it is checked; with `watch` the session is read-only.
    Raises InvalidFile for a file with problems, CannotOpen if files do not fit together.
    """
    return SessionWorkspace(
        open_session(organization, plan, loaded=loaded, watch=watch), ascii_only=ascii_only
    )


def preliminary_rows(organization: Organization, *, ascii_only: bool) -> Rows:
    """The team tree of an organisation that has not been checked yet, without findings."""
    view = PlainView(organization, organization.profile.as_of, {})
    scene = Scene(organization, organization, view, _signs(ascii_only))
    return TeamTree(scene, Comparison(organization, organization), Badges(organization, {}))


def _signs(ascii_only: bool) -> Signs:
    return ASCII if ascii_only else UNICODE
