"""All views of one session over one organisation, kept in step with it and with each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
    """What the panes and the header show; patched once for each change that was made."""

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
        self.links = Links(self.scene, self.comparison, reported)
        self.findings = FindingsList(self.scene, reported)
        self.scoreboard = Scoreboard(self.scene, title, reported.values(), was, was_sizes)
        self.name_index = NameIndex(self.scene)

    def update(self, sets: Iterable[Set], difference: Difference, now: Sizes) -> None:
        """Take in assignments that were made, how the findings differ now, and the numbers of the state."""
        sets = list(sets)
        self.comparison.update(sets)
        self.tree.balances = None
        self.tree.patch(sets, self.badges.update(sets, difference))
        self.lanes.patch(sets)
        self.links.patch(sets, difference)
        self.findings.patch(difference)
        self.scoreboard.patch(difference, now)
        self.name_index.patch(sets)

    def preview(self, difference: Difference, previewed: Sizes) -> None:
        """Show what a change would do to the findings and the numbers."""
        self.findings.preview(difference)
        self.scoreboard.preview(difference, previewed)

    def show_balances(self, balances: Balances | None) -> None:
        """Show in the tree's margin what each place would do; None for the marks of change."""
        self.tree.balances = balances

    def end_preview(self) -> None:
        """Show what is, no longer what would be."""
        self.findings.preview(None)
        self.scoreboard.end_preview()
        self.tree.balances = None

    def related(self, ref: Ref) -> frozenset[Ref]:
        """What belongs to a selection and lights up in the other panes."""
        reported = self.findings.finding(ref)
        subjects = () if reported is None else reported.finding.subjects
        return related(self.scene.organization, self.badges, ref, subjects)
