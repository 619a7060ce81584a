"""What is marked in either state, who stands where, and what the web of knowledge and the funnel hold."""

from __future__ import annotations

from datetime import date

from orgtui.exchange.writing.build.whole import build_report
from orgtui.exchange.writing.report import Mark, Report, Structure
from orgtui.files.plan_file import PlanStep
from orgtui.model import records as r
from orgtui.model.store import Organization
from tests.exchange.writing.reports import TODAY, planned_on, sample_report, step
from tests.organizations import full_organization, small_organization

Marked = tuple[Mark | None, str | None]


def reported(baseline: Organization, *steps: PlanStep) -> Report:
    return build_report(baseline, planned_on(baseline, *steps), today=TODAY)


def link(op: str, source: str, target: str, topic: str) -> PlanStep:
    return PlanStep({"op": op, "from": source, "to": target, "topic": topic})


def seat_marks(structure: Structure) -> dict[str, Marked]:
    return {
        seat.id: (seat.mark, seat.elsewhere)
        for team in structure.teams
        for seat in team.seats
        if seat.mark is not None
    }


def work_marks(structure: Structure) -> dict[str, Marked]:
    return {
        work.id: (work.mark, work.elsewhere)
        for team in structure.teams
        for work in team.functions
        if work.mark is not None
    }


def team_marks(structure: Structure) -> dict[str, Marked]:
    return {team.id: (team.mark, team.elsewhere) for team in structure.teams if team.mark is not None}


def test_seats_that_move_are_marked_on_both_sides() -> None:
    report = reported(small_organization(), step(op="move_person", person="xu", to="growth"))
    assert seat_marks(report.before) == {"xu": ("moved", "Growth")}
    assert seat_marks(report.after) == {"xu": ("moved", "Brand")}


def test_seats_that_come_go_or_change() -> None:
    baseline = small_organization(
        r.Person("open", "brand", None, "Editor", "vacant"),
        r.Person("old", "brand", "Old Hand", state="closed"),
    )
    report = reported(
        baseline,
        step(op="add_seat", person="new", team="growth", name="Ann", title="SEO manager"),
        step(op="close_seat", person="xu"),
        step(op="fill_seat", person="open", name="Bo"),
        step(op="set_skill", person="zhang", skill="seo", level=3),
        step(op="set_lead", team="growth", person="new"),
    )
    assert seat_marks(report.before) == {"xu": ("gone", None)}
    changed: Marked = ("changed", None)
    assert seat_marks(report.after) == {"new": ("new", None), "open": changed, "wang": changed}
    assert [seat.id for seat in report.after.teams[-1].seats] == ["new", "wang"]
    assert report.after.teams[-1].lead == "Ann"
    assert {seat.id for team in report.before.teams for seat in team.seats}.isdisjoint(("old", "new"))
    assert {seat.id for team in report.after.teams for seat in team.seats}.isdisjoint(("old", "xu"))
    assert report.before.team("brand").seats[-1].name == "(vacant) Editor"  # type: ignore[union-attr]


def test_a_merged_team_goes_to_the_team_that_is_left_in_the_end() -> None:
    report = reported(
        full_organization(),
        step(op="merge_teams", team="social", into="pr"),
        step(op="merge_teams", team="pr", into="growth"),
        step(op="rename", kind="team", id="growth", name="Demand"),
    )
    gone: Marked = ("gone", "Demand")
    assert team_marks(report.before) == {"pr": gone, "social": gone}
    assert team_marks(report.after) == {"growth": ("changed", None)}
    assert work_marks(report.before) == {"press": ("moved", "Demand")}
    assert work_marks(report.after) == {"press": ("moved", "PR")}


def test_teams_that_are_dissolved_moved_and_made() -> None:
    report = reported(
        full_organization(),
        step(op="dissolve_team", team="social"),
        step(op="move_team", team="pr", to="growth"),
        step(op="create_team", team="web", name="Web", parent="growth"),
        step(op="take_goal", team="growth", goal="reach"),
    )
    assert team_marks(report.before) == {"social": ("gone", None), "pr": ("moved", "Growth")}
    assert team_marks(report.after) == {"pr": ("moved", "Brand"), "web": ("new", None)}


def test_functions_that_come_go_or_change() -> None:
    report = reported(
        full_organization(),
        step(op="add_function", function="video", name="Video", team="brand", stages=["awareness"]),
        step(op="remove_function", function="nurture"),
        step(op="set_stages", function="press", stages=["inquiry"]),
        step(op="set_function", function="seo", difficulty=4),
        step(op="move_function", function="events", to="growth"),
    )
    assert work_marks(report.before) == {"nurture": ("gone", None)}
    changed = {"video": ("new", None), "press": ("changed", None), "events": ("moved", None)}
    assert work_marks(report.after) == changed


def test_findings_at_a_team_are_those_of_the_team_its_functions_and_seats() -> None:
    before, after = sample_report().before, sample_report().after
    assert [(team.id, team.worst, team.findings) for team in before.teams][3:5] == [
        ("design", "warning", 3),
        ("web", "error", 6),
    ]
    assert {team.worst for team in after.teams} == {None}


def test_lanes_are_in_the_order_of_the_tree_with_functions_that_serve() -> None:
    funnel = reported(full_organization(), step(op="move_team", team="pr", to="growth")).after.funnel
    lanes = [(lane.team, [work.id for work in lane.functions]) for lane in funnel.lanes]
    assert lanes == [("brand", ["content"]), ("growth", ["seo"]), ("pr", ["press"]), ("auto", ["automation"])]
    stages = [(stage.id, stage.functions, stage.teams, stage.joint) for stage in funnel.stages]
    assert stages == [("awareness", 3, 3, "tracked"), ("inquiry", 2, 2, None)]


def test_links_of_knowledge_come_go_and_change() -> None:
    baseline = full_organization()
    report = reported(
        baseline,
        link("remove_share", "team:pr", "team:growth", "seo"),
        link("add_share", "team:growth", "team:brand", "keywords"),
        link("add_share", "team:social", "team:brand", "copy"),
    )
    before = {(each.source, each.target): each.mark for each in report.before.knowledge.links}
    assert before == {
        ("pr", "growth"): "gone",
        ("brand", "growth"): None,
        ("pr", "brand"): None,
        ("auto", "growth"): None,
    }
    after = {(each.source, each.target): each for each in report.after.knowledge.links}
    assert {pair: each.mark for pair, each in after.items()} == {
        ("brand", "growth"): "changed",
        ("pr", "brand"): None,
        ("auto", "growth"): None,
        ("social", "brand"): "new",
    }
    assert after["brand", "growth"].both_ways
    assert after["brand", "growth"].topics == ("seo", "keywords")


def test_islands_begin_with_the_largest_and_teams_alone_come_after() -> None:
    baseline = Organization(
        [
            r.Profile("Islands", TODAY),
            r.Team("root", "Root"),
            *(r.Team(each, each.upper(), "root") for each in "abcdef"),
            *(r.Function(f"f{each}", each, team=each) for each in "abcdef"),
            *(r.Share(f"team:{one}", f"team:{other}", "x") for one, other in ("de", "ab", "bc")),
            r.Share("team:f", "team:a", "x", until=date(2020, 1, 1)),
        ]
    )
    teams = build_report(baseline, None, today=TODAY).after.knowledge.teams
    assert [(each.id, each.island, each.is_isolated) for each in teams] == [
        *(("a", 0, False), ("b", 0, False), ("c", 0, False)),
        *(("d", 1, False), ("e", 1, False), ("f", 2, True)),
    ]


def test_a_single_holder_is_named_with_the_team() -> None:
    (holder,) = sample_report().before.knowledge.single_holders
    assert (holder.skill, holder.person, holder.team) == (
        "marketing-automation",
        "Zhao Xin",
        "Online promotion",
    )


def test_a_tree_of_any_depth_is_walked() -> None:
    depth = 1500
    baseline = Organization(
        [
            r.Profile("Deep", TODAY),
            r.Team("t0", "T0", lead="p0"),
            *(r.Team(f"t{number}", f"T{number}", f"t{number - 1}") for number in range(1, depth)),
            *(r.Person(f"p{number}", f"t{number}", f"P{number}") for number in range(depth)),
        ]
    )
    report = reported(baseline, step(op="set_lead", team="t0", person="p1", why="New head"))
    assert report.after.teams[-1].depth == depth - 1
    assert len(report.affected) == depth
    assert {each.why for each in report.affected} == {("New head",)}
