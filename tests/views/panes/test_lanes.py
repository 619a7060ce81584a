"""The lanes: bars over stages, groups, coverage, and where data runs, runs unseen or breaks off."""

from __future__ import annotations

import pytest

from orgtui.model.records import Area, Department, Function, Handoff, Key, Stage, Team
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization, Set
from orgtui.views.base.cells import cell_len
from orgtui.views.base.marks import Comparison
from orgtui.views.base.row import Span
from orgtui.views.base.signs import ASCII, UNICODE, Signs
from orgtui.views.panes.lanes import Lanes
from orgtui.views.panes.stage_columns import heads
from tests.views.screen import apply, changed, line, organization, roles, scene, screen


def sample(*more: Function) -> Organization:
    return organization(
        Department("sales", "Sales"),
        Stage("awareness", "Awareness"),
        Stage("inquiry", "Inquiry"),
        Stage("mql", "MQL"),
        Stage("sal", "SAL"),
        Stage("sql", "SQL", owner="sales"),
        Stage("won", "Won", owner="sales"),
        Area("brand", "Brand and content"),
        Area("growth", "增长"),
        Team("marketing", "Marketing"),
        Team("brand", "Brand and content", parent="marketing"),
        Team("growth", "Growth", parent="marketing"),
        Team("empty", "Empty", parent="marketing"),
        Team("sdr", "SDR", parent="growth"),
        Function("content", "Content", "brand", "brand", ("awareness", "inquiry", "mql")),
        Function("pr", "PR", "brand", "brand", ("awareness",)),
        Function("sem", "搜索广告投放与优化", "growth", "growth", ("inquiry",)),
        Function("sdr", "SDR", "growth", "sdr", ("sal",)),
        Function("mining", "Mining", None, None, ("sal", "sql")),
        Handoff("content", "sdr"),
        Handoff("sdr", "department:sales", tracked=True),
        *more,
    )


class Workspace:
    """Lanes over an organisation, and changes made to both."""

    def __init__(self, now: Organization | None = None, signs: Signs = UNICODE) -> None:
        self.scene = scene(now or sample(), signs=signs)
        self.comparison = Comparison(self.scene.baseline, self.scene.organization)
        self.lanes = Lanes(self.scene, self.comparison)

    def make(self, *sets: Set) -> None:
        done = apply(self.scene, sets)
        self.comparison.update(done)
        self.lanes.patch(done)

    def change(self, table: str, key: Key, **fields: object) -> None:
        self.make(changed(self.scene.organization, table, key, **fields))

    def screen(self, width: int = 42) -> str:
        return screen(self.lanes, width)

    def data(self, width: int = 42) -> str:
        return line(self.lanes.row(self.lanes.headings - 1, width), width).split("data")[1].strip()


def test_functions_stand_in_the_order_of_the_tree_with_a_bar_over_their_stages() -> None:
    assert (
        Workspace().screen()
        == """
                     Awa Inq MQL SAL SQL Won
     functions        2   2   1   1  Sal Sal
     teams            1   2   1   1   –   –
     data            ──▶ ──▶ ╌╌▶ ──▶
   Brand and content
     Content         ███████████
     PR              ███
   Growth
     搜索广告投放与…     ███
   SDR
     SDR                         ███
   No team yet
     Mining                      ███████
"""
    )


def test_wide_panes_spell_stages_out() -> None:
    heading = line(Workspace().lanes.row(0, 98), 98).split()
    assert heading == ["Awareness", "Inquiry", "MQL", "SAL", "SQL", "Won"]


def test_narrow_panes_still_tell_lines_apart() -> None:
    assert (
        Workspace(signs=ASCII).screen(28)
        == """
             Aw In MQ SA SQ Wo
     functio~ 2  2  1  1 Sa Sa
     teams    1  2  1  1  -  -
     data    -> -> .> ->
   Brand and content
     Content ########
     PR      ##
   Growth
     搜索广~    ##
   SDR
     SDR              ##
   No team yet
     Mining           #####
"""
    )


def test_heads_give_way_then_stages_at_the_end_but_never_a_number() -> None:
    many = [Function(f"f{number}", f"Function {number}", None, "sdr", ("mql",)) for number in range(1000)]
    workspace = Workspace(sample(*many))
    heading, counts = (line(workspace.lanes.row(index, 28), 28).split() for index in (0, 1))
    assert heading[0] == "+1"
    assert counts[1:] == ["2", "2", "1001", "1", "Sa"]


def test_a_wide_pane_gives_names_what_they_need() -> None:
    workspace = Workspace()
    workspace.change("function", "pr", name="Press and analyst relations worldwide")
    assert "Press and analyst relations worldwide ███" in workspace.screen(70)
    workspace.change("function", "pr", name="PR")
    assert workspace.screen(70) == Workspace().screen(70), "what was wide once leaves nothing behind"


def test_what_is_cut_is_said_in_full() -> None:
    lanes = Workspace().lanes
    funnel = "Awareness › Inquiry › MQL › SAL › SQL: Sales › Won: Sales"
    assert [span.text for span in lanes.full(3)] == [funnel]
    assert [span.text for span in lanes.full(8)] == ["搜索广告投放与优化"]


def test_groups_by_area_follow_the_funnel() -> None:
    workspace = Workspace()
    assert workspace.lanes.next_view() == "area"
    assert [workspace.lanes.ref(index) for index in range(len(workspace.lanes))] == [
        None,
        None,
        None,
        "funnel:",
        "area:brand",
        "function:content",
        "function:pr",
        "area:growth",
        "function:sem",
        "function:sdr",
        None,
        "function:mining",
    ]
    workspace.change("function", "mining", area="brand")
    assert workspace.lanes.index_of(Ref("function:mining")) == 7
    assert workspace.lanes.next_view() == "team"


@pytest.mark.parametrize("width", [28, 40, 56, 74, 116])
def test_chinese_and_english_lines_are_equally_wide_up_to_the_bar(width: int) -> None:
    workspace = Workspace()
    columns = {
        cell_len(row.left[0].text)
        for row in (workspace.lanes.row(index, width) for index in range(len(workspace.lanes)))
        if len(row.left) > 1
    }
    assert len(columns) == 1
    assert all(
        sum(cell_len(span.text) for span in workspace.lanes.row(index, width).left) <= width
        for index in range(len(workspace.lanes))
    )


def test_data_runs_unseen_or_breaks_off_where_nobody_tracks_or_nothing_joins() -> None:
    workspace = Workspace()
    assert workspace.data() == "──▶ ──▶ ╌╌▶ ──▶"
    workspace.change("handoff", ("content", "sdr"), tracked=True)
    assert workspace.data() == "──▶ ──▶ ──▶ ──▶"
    workspace.make(
        Set("handoff", ("content", "sdr"), workspace.scene.organization.handoffs["content", "sdr"], None)
    )
    assert workspace.data() == "──▶ ──▶  ✖  ──▶"
    row = workspace.lanes.row(3, 42)
    assert roles(row)["✖"] == "error"
    workspace.make(Set("handoff", ("content", "sdr"), None, Handoff("content", "sdr")))
    workspace.change("function", "sdr", team="brand")
    assert workspace.data() == "──▶ ──▶ ──▶ ──▶", "an untracked handoff inside one team is not blind"


def test_a_stage_that_nobody_works_breaks_the_run_on_both_sides_and_counts_nought() -> None:
    workspace = Workspace()
    workspace.change("function", "sdr", stages=())
    assert workspace.data() == "──▶ ──▶  ✖   ✖"
    counts = workspace.lanes.row(1, 42)
    assert Span(" 0  ", "error") in counts.left


def test_moving_a_function_moves_its_lane_and_marks_it() -> None:
    workspace = Workspace()
    workspace.change("function", "pr", team="empty")
    assert "\n   Empty\n→    PR              ███\n" in workspace.screen()
    workspace.change("function", "pr", team="brand")
    assert "Empty" not in workspace.screen()
    workspace.change("team", "growth", parent="brand")
    assert workspace.lanes.index_of(Ref("team:growth")) == 7
    workspace.change("function", "pr", team="empty")
    assert _teams(workspace) == ["team:brand", "team:growth", "team:sdr", "team:empty"]
    workspace.change("team", "growth", parent="empty")
    assert _teams(workspace) == ["team:brand", "team:empty", "team:growth", "team:sdr"]


def _teams(workspace: Workspace) -> list[Ref]:
    refs = [workspace.lanes.ref(index) for index in range(len(workspace.lanes))]
    return [ref for ref in refs if ref is not None and ref.kind == "team"]


def test_ascii_signs() -> None:
    workspace = Workspace(signs=ASCII)
    workspace.change("handoff", ("sdr", "department:sales"), tracked=False)
    assert workspace.data() == "--> --> ..> ..>"
    assert "###########" in workspace.screen()


def test_stages_whose_names_begin_alike_are_told_apart() -> None:
    stages = [Stage("a", "Sales accepted"), Stage("b", "Sales qualified"), Stage("c", "Won")]
    assert heads(stages, [4, 4, 4]) == ["SA", "SQ", "Won"]
    assert heads([Stage("x", "认知"), Stage("y", "询盘留资")], [4, 4]) == ["认知", "询盘"]
    alike = [Stage("one", "Stage of one"), Stage("two", "Stage of two"), Stage("two-b", "Stage of two")]
    assert heads(alike, [5, 5, 5]) == ["SOO", "two", "two-b"]
    assert heads([Stage("x-1", "Stage"), Stage("x-2", "Stage")], [2, 2]) == ["1", "2"]


def test_the_short_form_in_brackets_is_what_stands_above_a_stage() -> None:
    stages = [
        Stage("m", "Marketing qualified lead (MQL)"),
        Stage("s", "销售合格线索（SQL）"),
        Stage("w", "Won"),
    ]
    assert heads(stages, [3, 3, 3]) == ["MQL", "SQL", "Won"]
    assert heads(stages, [30, 19, 3]) == [stage.name for stage in stages]
    assert heads(stages, [2, 2, 2]) == ["MQ", "SQ", "Wo"]


def test_a_head_that_is_cut_says_so_unless_it_is_an_abbreviation() -> None:
    stages = [Stage("x", "Awareness"), Stage("y", "询盘留资"), Stage("z", "SQL")]
    assert heads(stages, [8, 6, 3]) == ["Awarene…", "询盘…", "SQL"]
    assert heads(stages, [4, 5, 3]) == ["Awa…", "询盘…", "SQL"]
    assert heads(stages, [3, 3, 3]) == ["Awa", "询…", "SQL"]
    assert heads(stages, [8, 4, 3], "~") == ["Awarene~", "询盘", "SQL"]


def test_without_stages_and_functions_there_are_no_rows() -> None:
    assert len(Workspace(organization(Team("marketing", "Marketing"))).lanes) == 0


def test_without_stages_functions_are_still_listed() -> None:
    workspace = Workspace(organization(Team("m", "Marketing"), Function("seo", "SEO", team="m")))
    assert "   Marketing\n     SEO\n" in workspace.screen()
