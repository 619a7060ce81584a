"""All views together, over the sample organisation and the plan that mends it, step by step and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from orgtui.changes.parse import parse_change
from orgtui.files.organization_file import load_organization
from orgtui.files.plan_file import load_plan
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization, Set, inverse
from orgtui.rules.assessment import Assessment
from orgtui.rules.registry import known_rules
from orgtui.views.base.cells import cell_len
from orgtui.views.knowledge.picture import Looks
from orgtui.views.panes.links import VIEWS, Links
from orgtui.views.panes.tree import TeamTree
from orgtui.views.scoreboard import count_by_severity, sizes
from orgtui.views.words.changes import describe
from orgtui.views.words.fits import Worth
from orgtui.views.workspace import Workspace
from tests.views.screen import screen

SAMPLES = Path(__file__).parents[2] / "sample_orgs"
LANGUAGES = ("", ".zh")


@pytest.fixture(scope="module", params=LANGUAGES)
def baseline(request: pytest.FixtureRequest) -> Organization:
    return load_organization(SAMPLES / f"startup_a{request.param}.toml", known_rules())


def planned() -> Iterator[list[Set]]:
    """The assignments of each step of the sample plan, for an organisation that takes them one by one."""
    organization = load_organization(SAMPLES / "startup_a.toml", known_rules())
    plan = load_plan(SAMPLES / "startup_a.four-divisions.plan.toml", parse_change)
    for step in plan.steps:
        sets = parse_change(step.change).compile(organization)
        for each in sets:
            organization.apply(each)
        yield sets


class Session:
    """A workspace over an assessed organisation, changed step by step."""

    def __init__(self, baseline: Organization) -> None:
        self.baseline = baseline
        self.assessment = Assessment(baseline.copy(), baseline.profile.as_of)
        self.assessment.evaluate_pending()
        self.workspace = self.fresh()

    def fresh(self) -> Workspace:
        """A workspace made for the current state."""
        reported = self.assessment.reported.values()
        return Workspace(
            self.baseline,
            self.assessment,
            ("Startup A",),
            count_by_severity(reported),
            sizes(self.assessment.view),
        )

    def make(self, sets: list[Set]) -> None:
        difference = self.assessment.update(sets)
        self.workspace.update(sets, difference, sizes(self.assessment.view))
        settled = self.assessment.evaluate_pending()
        self.workspace.update([], settled, sizes(self.assessment.view))

    def do(self, written: dict[str, object]) -> list[Set]:
        sets = parse_change(written).compile(self.assessment.organization)
        self.make(sets)
        return sets


def shown(workspace: Workspace, width: int = 60) -> str:
    """Everything in the workspace but what depends on when it was made."""
    unfolded(workspace.tree)
    panes = screen(workspace.tree, width) + screen(workspace.lanes, width)
    for _ in VIEWS:
        panes += screen(workspace.links, width) + drawn(workspace.links, width)
        workspace.links.next_view()
    return panes + screen(workspace.findings, 100)


def drawn(links: Links, width: int) -> str:
    """The picture in the knowledge pane while it shows one."""
    drawing = links.drawing
    if drawing is None:
        return ""
    picture = drawing.picture(width, 0)
    looks = Looks(None, lambda ref: " ", lambda ref: "")
    lines = (drawing.pieces(picture, line, looks) for line in range(len(picture.lines)))
    return "\n".join("".join(piece.span.text for piece in line) for line in lines)


def unfolded(tree: TeamTree) -> None:
    index = 0
    while index < len(tree):
        tree.unfold(tree.ref(index))
        index += 1


def test_a_patched_desk_is_a_desk_made_afresh_at_every_step_of_the_plan_and_back() -> None:
    session = Session(load_organization(SAMPLES / "startup_a.toml", known_rules()))
    before = shown(session.workspace)
    done: list[Set] = []
    for number, sets in enumerate(planned()):
        session.make(sets)
        done += sets
        if number % 5 == 0:
            assert shown(session.workspace) == shown(session.fresh()), f"after step {number + 1}"
    assert shown(session.workspace) == shown(session.fresh())
    assert session.workspace.scoreboard.counts == count_by_severity(session.assessment.reported.values())
    session.make(inverse(done))
    assert shown(session.workspace) == before


def test_every_step_of_the_plan_can_be_said() -> None:
    session = Session(load_organization(SAMPLES / "startup_a.toml", known_rules()))
    plan = load_plan(SAMPLES / "startup_a.four-divisions.plan.toml", parse_change)
    words = [session.workspace.scene.translate(describe(step.change, step.was)) for step in plan.steps]
    assert all("{" not in each and len(each) > 8 for each in words)
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("width", [20, 34, 40, 76, 116])
def test_no_line_is_wider_than_its_pane(baseline: Organization, width: int) -> None:
    workspace = Session(baseline).workspace
    for rows in (workspace.tree, workspace.lanes, workspace.links, workspace.findings):
        lines = screen(rows, width).splitlines()
        assert max(map(cell_len, lines)) <= 3 + width


def test_a_preview_leaves_everything_as_it_was(baseline: Organization) -> None:
    session = Session(baseline)
    workspace = session.workspace
    before = shown(workspace), workspace.scoreboard.words(120)
    change = parse_change({"op": "merge_teams", "team": "design", "into": "content"})
    sets = change.compile(session.assessment.organization)
    preview = session.assessment.preview(sets, sizes)
    workspace.preview(preview.difference, preview.answer)
    workspace.show_balances({Ref("team:content"): Worth(preview.difference.balance, "home")})
    assert shown(workspace) != before[0]
    assert workspace.scoreboard.words(120) != before[1]
    workspace.end_preview()
    assert (shown(workspace), workspace.scoreboard.words(120)) == before


def test_a_selected_finding_lights_its_subjects(baseline: Organization) -> None:
    workspace = Session(baseline).workspace
    refs = map(workspace.findings.ref, range(len(workspace.findings)))
    thin = next(ref for ref in refs if ref is not None and "P203" in ref)
    assert {ref.kind for ref in workspace.related(thin)} == {"team"}
    assert thin in workspace.related(next(iter(workspace.related(thin))))
