"""The workspace: all views over one organisation, updated together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from orgtui.model.records import Severity
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization, Set
from orgtui.rules.assessment import Assessment, Difference
from orgtui.views.base.marks import Comparison
from orgtui.views.base.scene import Scene
from orgtui.views.base.signs import UNICODE, Signs
from orgtui.views.lists.find import NameIndex
from orgtui.views.panes.badges import Badges
from orgtui.views.panes.findings import FindingsList
from orgtui.views.panes.lanes import Lanes
from orgtui.views.panes.links import Links
from orgtui.views.panes.related import related
from orgtui.views.panes.tree import Balances, TeamTree
from orgtui.views.scoreboard import Counts, Scoreboard, Sizes


class Workspace:
    """The view-models of the panes and the header, updated once for each change."""

    def __init__(
        self,
        baseline: Organization,
        assessment: Assessment,
        title: Sequence[str],
        was: Counts,
        was_sizes: Sizes,
        signs: Signs = UNICODE,
    ) -> None:
        self.scene = Scene(assessment.organization, baseline, assessment.view, signs)
        reported = assessment.reported
        self.comparison = Comparison(baseline, assessment.organization)
        self.badges = Badges(assessment.organization, reported)
        self.tree = TeamTree(self.scene, self.comparison, self.badges)
        self.lanes = Lanes(self.scene, self.comparison)
        self.links = Links(self.scene, self.comparison, reported, self._worst)
        self.findings = FindingsList(self.scene, reported)
        self.scoreboard = Scoreboard(self.scene, title, reported.values(), was, was_sizes)
        self.name_index = NameIndex(self.scene)

    def update(self, sets: Iterable[Set], difference: Difference, now: Sizes) -> None:
        """Update all views by the assignments made, the difference in findings, and the new numbers."""
        sets = list(sets)
        self.scene.names.note(sets)
        self.comparison.update(sets)
        self.tree.balances = None
        self.tree.patch(sets, self.badges.update(sets, difference))
        self.lanes.patch(sets)
        self.links.patch(sets, difference)
        self.findings.patch(difference, sets)
        self.scoreboard.patch(difference, now)
        self.name_index.patch(sets)

    def preview(self, difference: Difference, previewed: Sizes) -> None:
        """Show the findings and numbers that a change would lead to."""
        self.findings.preview(difference)
        self.scoreboard.preview(difference, previewed)

    def show_balances(self, balances: Balances | None) -> None:
        """Show balances in the margin of the tree; None shows the marks of change again."""
        self.tree.balances = balances

    def end_preview(self) -> None:
        """End the preview and show the current state."""
        self.findings.preview(None)
        self.scoreboard.end_preview()
        self.tree.balances = None

    def _worst(self, ref: Ref) -> Severity | None:
        """The gravest severity of the findings about something."""
        badge = self.badges.on(ref)
        return None if badge is None else badge.severity

    def related(self, ref: Ref) -> frozenset[Ref]:
        """What is related to a selection and highlighted in the other panes."""
        reported = self.findings.finding(ref)
        subjects = () if reported is None else reported.finding.subjects
        return related(self.scene.organization, self.badges, ref, subjects)
