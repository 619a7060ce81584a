"""Tree and lanes patched step by step are those made afresh, whatever moved, went or came."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from orgtui.model.records import Function, Person, Team
from orgtui.model.sentence import Ref
from orgtui.model.store import Set
from orgtui.rules.assessment import Difference
from orgtui.views.base.marks import Comparison
from orgtui.views.base.row import Row, Rows
from orgtui.views.panes.badges import Badges
from orgtui.views.panes.lanes import Lanes
from orgtui.views.panes.outline import Outline
from orgtui.views.panes.tree import VIEWS, TeamTree
from tests.support import examples
from tests.views.screen import apply, changed, come, gone, organization, reported, scene

TEAMS = ("root", "a", "b", "c", "d", "e")
PEOPLE = tuple(f"p{number}" for number in range(6))
FUNCTIONS = tuple(f"f{number}" for number in range(4))


@given(st.lists(st.integers(0, 6), max_size=12), st.sets(st.integers(0, 12)))
def test_positions_and_rows_are_each_others_inverse(parents: list[int], closed: set[int]) -> None:
    outline = Outline()
    below: dict[int, list[int]] = {}
    for number, parent in enumerate(parents):
        below.setdefault(min(parent, number), []).append(number + 1)

    def fill(number: int) -> None:
        ref = Ref.to("team", str(number))
        branch = outline.branch(ref) if number else outline.top
        assert branch is not None
        leaves = [Ref.to("person", f"{number}.{leaf}") for leaf in range(number % 3)]
        outline.fill(branch, leaves, [Ref.to("team", str(child)) for child in below.get(number, ())])
        outline.set_open(branch, number == 0 or number not in closed)
        for child in below.get(number, ()):
            fill(child)

    fill(0)
    shown = [place.ref for place in outline]
    assert len(outline) == len(shown)
    assert [outline.at(index).ref for index in range(len(outline))] == shown
    for number in range(len(parents) + 1):
        for ref in (Ref.to("team", str(number)), Ref.to("person", f"{number}.0")):
            assert outline.index_of(ref) == (shown.index(ref) if ref in shown else None)


def all_rows(rows: Rows) -> list[Row]:
    return [rows.row(index, 40) for index in range(len(rows))]


class Patching(RuleBasedStateMachine):
    """Random changes and folds; after each, the patched views are what they would be made afresh."""

    def __init__(self) -> None:
        super().__init__()
        self.scene = scene(
            organization(
                *(Team(key, key, parent=None if key == "root" else "root") for key in TEAMS),
                *(Function(key, key, team="a") for key in FUNCTIONS),
                *(Person(key, "b", key) for key in PEOPLE),
            )
        )
        self.reported = [
            reported("error", "S205", "person:p0"),
            reported("warning", "P201", "function:f0", "function:f1"),
            reported("warning", "P403", "team:a", "team:c"),
            reported("advice", "S305", "team:d", "person:p1"),
        ]
        self.shown = {each.identity: each for each in self.reported[:2]}
        self.badges = Badges(self.scene.organization, self.shown)
        self.comparison = Comparison(self.scene.baseline, self.scene.organization)
        self.tree = TeamTree(self.scene, self.comparison, self.badges)
        self.lanes = Lanes(self.scene, self.comparison)

    def make(self, *sets: Set, difference: Difference | None = None) -> None:
        done = apply(self.scene, sets)
        self.comparison.update(done)
        self.tree.patch(done, self.badges.update(done, difference or Difference()))
        self.lanes.patch(done)

    def set(self, table: str, key: str, **fields: object) -> None:
        if key in self.scene.organization.tables[table]:
            self.make(changed(self.scene.organization, table, key, **fields))

    @rule(person=st.sampled_from(PEOPLE), team=st.sampled_from(TEAMS), closed=st.booleans())
    def move_person(self, person: str, team: str, closed: bool) -> None:
        if team in self.scene.organization.teams:
            self.set("person", person, team=team, state="closed" if closed else "filled")

    @rule(function=st.sampled_from(FUNCTIONS), team=st.sampled_from(TEAMS) | st.none())
    def move_function(self, function: str, team: str | None) -> None:
        if team is None or team in self.scene.organization.teams:
            self.set("function", function, team=team)

    @rule(team=st.sampled_from(TEAMS[1:]), parent=st.sampled_from(TEAMS))
    def move_team(self, team: str, parent: str) -> None:
        teams = self.scene.organization.teams
        above: str | None = parent if parent in teams else team
        while above is not None and above != team:
            above = teams[above].parent
        if above is None:
            self.set("team", team, parent=parent)

    @rule(team=st.sampled_from(TEAMS[1:]))
    def dissolve(self, team: str) -> None:
        now = self.scene.organization
        if team not in now.teams:
            return
        parent = now.teams[team].parent
        self.make(
            *[changed(now, "person", key, team=parent) for key in PEOPLE if now.people[key].team == team],
            *[changed(now, "function", k, team=parent) for k in FUNCTIONS if now.functions[k].team == team],
            *[changed(now, "team", key, parent=parent) for key in now.index("children", team)],
            Set("team", team, now.teams[team], None),
        )

    @rule(team=st.sampled_from((*TEAMS[1:], "new")), parent=st.sampled_from(TEAMS))
    def create(self, team: str, parent: str) -> None:
        if team not in self.scene.organization.teams and parent in self.scene.organization.teams:
            self.make(Set("team", team, None, Team(team, team, parent)))

    @rule(number=st.integers(0, 3))
    def find_or_mend(self, number: int) -> None:
        each = self.reported[number]
        if self.shown.pop(each.identity, None):
            self.make(difference=gone(each))
        else:
            self.shown[each.identity] = each
            self.make(difference=come(each))

    @rule(index=st.integers(0, 30))
    def toggle(self, index: int) -> None:
        if index < len(self.tree):
            ref = self.tree.ref(index)
            if not self.tree.fold(ref):
                self.tree.unfold(ref)

    @rule()
    def next_view(self) -> None:
        self.tree.next_view()

    @invariant()
    def patched_is_made_afresh(self) -> None:
        badges = Badges(self.scene.organization, self.shown)
        comparison = Comparison(self.scene.baseline, self.scene.organization)
        fresh = TeamTree(self.scene, comparison, badges)
        fresh.copy_folding(self.tree)
        for _ in range(VIEWS.index(self.tree.view) or len(VIEWS)):
            fresh.next_view()
        assert all_rows(self.tree) == all_rows(fresh)
        assert all_rows(self.lanes) == all_rows(Lanes(self.scene, comparison))
        refs = [self.tree.ref(index) for index in range(len(self.tree))]
        assert len(set(refs)) == len(refs)
        assert [self.tree.index_of(ref) for ref in refs] == list(range(len(refs)))


def test_what_was_below_a_team_shows_at_its_old_place_when_it_goes_for_good() -> None:
    state = Patching()
    state.move_team("b", "c")
    state.tree.unfold(Ref("was:team:b"))
    state.patched_is_made_afresh()
    state.dissolve("b")
    state.patched_is_made_afresh()


TestPatching = Patching.TestCase
TestPatching.settings = settings(max_examples=examples(25, 120), stateful_step_count=25, deadline=None)
