"""The baseline against now, and the principles with their counts, as pages."""

from __future__ import annotations

from datetime import date

from orgtui.metrics import MEASURES, PAY_METRICS, SEVERITY_METRICS
from orgtui.model.records import Acceptance, Area
from orgtui.model.sentence import sentence
from orgtui.rules.assessment import Assessment, Difference
from orgtui.rules.facts.targets import TargetState
from orgtui.rules.registry import catalogue
from orgtui.views.base.marks import Comparison
from orgtui.views.base.scene import Scene
from orgtui.views.lists.comparison_page import ComparedState, comparison_page
from orgtui.views.pages.page import Page
from orgtui.views.pages.principles import MISSING_INPUTS, principle_page, principles_page, rule_counts
from orgtui.views.words.metrics import FEWER_IS_BETTER, LABELS, MORE_IS_BETTER
from tests.views.lists.test_plan_list import Step
from tests.views.reading import LIVED_WITH, ONLY_THIN, WIDTH, assessed, department, scene_of, shown, targets
from tests.views.screen import changed, line, roles

STEPS = [
    Step(1, [{"op": "move_person", "person": "zhang", "to": "web"}], "One voice", "chen"),
    Step(2, [{"op": "rename", "kind": "team", "id": "web", "name": "Web"}], wave=2),
]


def moved() -> tuple[Assessment, Scene, Difference]:
    """The department after Zhang Wei has moved, and what that did."""
    assessment = assessed(department(ONLY_THIN))
    scene = scene_of(assessment)
    made = assessment.update([changed(assessment.organization, "person", "zhang", team="web")])
    return assessment, scene, made


def board(scene: Scene, since: Difference) -> Page:
    there = ComparedState(
        sentence("The baseline"),
        {"teams": 3, "span_median": 2.5, "errors": 0, "shared_goal_share": None, "pairs": 1},
    )
    here = ComparedState(
        sentence("now"),
        {
            "teams": 3,
            "span_median": 1200,
            "errors": 2,
            "shared_goal_share": 0.5,
            "pairs": 0,
            "people_moved": 1,
        },
        STEPS,
    )
    comparison = Comparison(scene.baseline, scene.organization)
    return comparison_page(scene, comparison, there, here, since, [("zhang", "li", "wang")], [], WIDTH)


def test_the_board_compares_numbers_findings_changes_and_managers() -> None:
    _, scene, since = moved()
    assert (
        shown(board(scene, since), scene)
        == """
The baseline and now
   Teams                                 3
   Pairs of teams that must agree        1 → 0
   Median span of control              2.5 → 1,200
   Teams with a shared goal              – → 50%
   Errors                                0 → 2
   People moved                          0 → 1

   1 finding mended
   -▲ P203 网站 has 2 seats; a team needs 3 to be more than a pair-

   1 finding larger
   ▲ P203 Brand has 1 seat; a team needs 3 to be more than a p… 1→2 ›

   Changes of wave 1
     moved Zhang Wei to 网站  — One voice                        chen

   Changes of wave 2
     renamed 网站 to Web

   1 person reports to somebody else
     Zhang Wei  Li → 王磊                                           ›

   People  1 change
→    Zhang Wei  Brand → 网站                                        ›
"""
    )


def test_of_two_plans_the_board_tells_what_each_alone_does() -> None:
    _, scene, since = moved()
    both, only = STEPS
    there = ComparedState(sentence("Two divisions"), {"teams": 4}, [both])
    here = ComparedState(sentence("now"), {"teams": 3}, [both, only])
    comparison = Comparison(scene.baseline, scene.organization)
    told = shown(comparison_page(scene, comparison, there, here, since, [], [], WIDTH), scene)
    assert told.startswith("\nTwo divisions and now\n   Teams        4 → 3\n")
    assert "Only now, wave 2\n     renamed 网站 to Web\n" in told
    assert "moved Zhang Wei" not in told, "both do it"


def test_what_is_new_leads_to_its_finding_and_people_to_themselves() -> None:
    _, scene, since = moved()
    page = board(scene, Difference(tuple((new, old) for old, new in since.pairs)))
    assert "1 new finding" in shown(page, scene)
    assert [each for each in targets(page) if each] == [
        "finding:P203 team:web",
        "finding:P203 team:brand",
        "person:zhang",
        "person:zhang",
    ]


def test_numbers_say_whether_they_are_better() -> None:
    _, scene, since = moved()
    page = board(scene, since)
    told = [roles(page.row(index, WIDTH)) for index in range(6)]
    assert [list(each.values())[-1] for each in told] == [
        "dim",
        "better",
        "introduced",
        "introduced",
        "worse",
        "introduced",
    ]


def test_every_metric_has_a_name() -> None:
    of_plans = ("people_moved", "new_manager", "reviewed")
    assert list(LABELS) == [*MEASURES, *SEVERITY_METRICS.values(), *of_plans, *PAY_METRICS]
    assert LABELS.keys() >= FEWER_IS_BETTER | MORE_IS_BETTER


def test_every_principle_has_its_count_now_and_before() -> None:
    assessment, scene, since = moved()
    page = principles_page(scene, assessment, rule_counts(assessment, since), 100)
    told = {
        target.id: line(page.row(index, 100), 100)
        for index, target in enumerate(targets(page))
        if target is not None
    }
    assert sorted(told) == list(catalogue())
    assert told["P203"].startswith("   ▲ P203 team-too-thin  ")
    assert told["P203"].endswith(" 3 → 2 ›")
    assert told["P402"].endswith(" 0 ›")


def test_why_a_principle_is_silent() -> None:
    assessment = assessed(department())
    scene = scene_of(assessment)
    told = shown(principles_page(scene, assessment, rule_counts(assessment, Difference()), 100), scene, 100)
    assert "asleep: needs pay ›" in told
    assert "asleep: needs kinds of functions ›" in told
    assert "asleep: needs kinds of functions" in shown(
        principle_page(scene, assessment, "P202", WIDTH), scene
    )
    ignoring = assessed(department(ONLY_THIN))
    told = shown(principle_page(scene_of(ignoring), ignoring, "P202", WIDTH), scene)
    assert "\n   ignored\n" in told


def test_what_would_wake_a_principle_has_words_for_every_want() -> None:
    wants = {need for rule in catalogue().values() for need in rule.needs}
    assert set(MISSING_INPUTS) == wants
    assessment = assessed(department())
    told = shown(principle_page(scene_of(assessment), assessment, "P105", WIDTH), scene_of(assessment))
    assert "asleep: needs areas" in told
    few = assessed(department(Area("brand", "Brand")))
    assert "asleep: needs 10 open seats" in shown(
        principle_page(scene_of(few), few, "P105", WIDTH), scene_of(few)
    )


def test_acceptances_that_match_nothing_are_told_with_the_principles() -> None:
    stale = Acceptance("P207", ("team:web",), "It is split in spring", until=date(2027, 3, 31))
    assessment = assessed(department(LIVED_WITH, stale))
    scene = scene_of(assessment)
    page = principles_page(scene, assessment, rule_counts(assessment, Difference()), 100)
    told = shown(page, scene, 100)
    told = " ".join(told.split())
    assert told.endswith("Accepted, but not found any more P207 网站 — It is split in spring ›")
    assert [each.id for each in targets(page) if each][-1] == "P207"


def test_the_page_of_a_principle_has_its_findings_parameters_and_reasons() -> None:
    assessment = assessed(department(ONLY_THIN, LIVED_WITH))
    scene = scene_of(assessment)
    page = principle_page(scene, assessment, "P203", WIDTH)
    told = shown(page, scene)
    assert told.startswith("""
P203 team-too-thin (warning)
   A team is too small to be one.

   Findings
   ▲ P203 Design has 0 seats; a team needs 3 to be more than a pair ›
   ▲ P203 网站 has 2 seats; a team needs 3 to be more than a pair   ›
   ▲ P203 Brand has 2 seats; a team needs 3 to be more … (accepted) ›

   Parameters
     min_size  3

   What it checks
   A team below the root that itself holds a function or an open
   seat, and is no focus team, has fewer than `min_size` open seats,
   those of teams below it included. Vacant and planned seats count.
""")
    assert (
        """
   Example bad
   ▾ Marketing                                                2
▲    ▾ Design                                              2 ▲1
         Li Na
         Wang Lei
▲  Design has 2 seats; a team needs 3 to be more than a pair
"""
        in told
    )
    as_files = shown(principle_page(scene, assessment, "P203", WIDTH, as_files=True), scene)
    assert '\n       { id = "marketing", name = "Marketing" },\n' in as_files, "examples keep their lines"
    assert told.rstrip().endswith("(Neale, in Fortune 2006 on team size).")


def test_every_page_can_be_read() -> None:
    assessment = assessed(department())
    scene = scene_of(assessment)
    for code in catalogue():
        told = shown(principle_page(scene, assessment, code, WIDTH), scene)
        assert "What it checks" in told
        assert "```" not in told


def test_targets_say_what_is_asked_what_it_was_and_whether_it_is_missed() -> None:
    _, scene, since = moved()
    reached = [
        TargetState("span_max", None, "at_most", 8, 11, 9),
        TargetState("headcount", "brand", "at_least", 3, None, 4),
        TargetState("pay", None, "at_most", 100, None, None),
    ]
    here = ComparedState(sentence("now"), {"teams": 3})
    comparison = Comparison(scene.baseline, scene.organization)
    page = comparison_page(scene, comparison, here, here, since, [], [], WIDTH, reached)
    said = shown(page, scene)
    lines = [" ".join(line.split()) for line in said.splitlines()]
    begin = lines.index("Targets")
    assert [line.rpartition("at ")[2] for line in lines[begin + 1 : begin + 4]] == [
        "most 8 11 → 9 missed",
        "least 3 – → 4 reached ›",
        "most 100 – → –",
    ]
    assert "in Brand" in lines[begin + 2]
