from __future__ import annotations

from dataclasses import replace
from itertools import chain, pairwise

import pytest

from orgtui.exchange.writing.drawing.knowledge import LIST_PAGES_MOST, draw_knowledge
from orgtui.exchange.writing.drawing.shapes import Drawing
from orgtui.exchange.writing.report import (
    Knowledge,
    KnowledgeLink,
    KnowledgeTeam,
    Report,
    SingleHolder,
    Structure,
    Team,
)
from tests.exchange.writing.drawing.soundness import (
    assert_no_line_behind_boxes,
    assert_sound,
    squeezed,
    text_of,
)
from tests.exchange.writing.reports import EVERY_SIZE, HOSTILE, report_of, sample_report, spoken


@EVERY_SIZE
def test_nothing_overlaps_is_cut_or_too_small(people: int, language: str, is_hostile: bool) -> None:
    report = report_of(people, language, is_hostile=is_hostile)
    with spoken(language):
        drawn = both(report)
        for drawing in chain(*drawn):
            assert_sound(drawing)
            assert_no_line_behind_boxes(drawing)
        assert both(report) == drawn


@pytest.mark.parametrize(
    ("teams", "name"),
    [
        (2, "W" * 200),
        (16, "Team"),
        (16, "一二三四五六七八九十" * 3),
        (24, "W" * 200),
        (60, "Team"),
        (61, "Team"),
        pytest.param(60, "W" * 200, marks=pytest.mark.soak),
        pytest.param(61, "一二三四五六七八九十" * 3, marks=pytest.mark.soak),
    ],
)
def test_dense_webs_are_sound(teams: int, name: str) -> None:
    report = web_report(dense(teams, name), dense(teams, name, skip=3))
    for drawings in both(report):
        for drawing in drawings:
            assert_sound(drawing)


@pytest.mark.parametrize("teams", [2, 3, 8, 16, 24])
def test_no_line_of_a_readable_web_runs_behind_a_team(teams: int) -> None:
    report = web_report(dense(teams, "Team"), dense(teams, "Team", skip=3))
    for drawings in both(report):
        assert_no_line_behind_boxes(drawings[0])


def test_teams_stand_at_the_same_place_before_and_after() -> None:
    for report in (sample_report(), report_of(150), web_report(dense(20, "Team"), dense(20, "Team", skip=2))):
        (before, *_), (after, *_) = both(report)
        places = {box.id: (box.x, box.y, box.width, box.height) for box in before.boxes}
        shared = [box for box in after.boxes if box.id in places]
        assert shared
        assert all(places[box.id] == (box.x, box.y, box.width, box.height) for box in shared)


def test_every_topic_is_beside_its_line_or_in_the_list() -> None:
    knowledge = dense(20, "Team")
    told = squeezed(text_of(*both(web_report(knowledge, knowledge))[1]))
    topics = [topic for link in knowledge.links for topic in link.topics]
    assert topics
    assert [topic for topic in topics if squeezed(topic) not in told] == []


def test_hostile_names_are_there_whole() -> None:
    knowledge = Knowledge(
        tuple(KnowledgeTeam(f"t{number}", name, 0) for number, name in enumerate(HOSTILE)),
        tuple(
            KnowledgeLink(f"t{number}", f"t{number + 1}", (f"{name}!",))
            for number, name in enumerate(HOSTILE[:-1])
        ),
        (SingleHolder("=cmd|'/C calc'", "<script>", "]]>"),),
    )
    drawings = both(web_report(knowledge, knowledge))[1]
    for drawing in drawings:
        assert_sound(drawing)
    told = squeezed(text_of(*drawings))
    assert all(squeezed(name) in told for name in HOSTILE)
    assert squeezed("● =cmd|'/C calc': only <script>, ]]>") in told


def test_both_ways_has_two_arrows() -> None:
    link = KnowledgeLink("a", "b", ("seo",), both_ways=True)
    other = KnowledgeLink("b", "c", ("press",))
    knowledge = Knowledge(teams_named("a", "b", "c"), (link, other), ())
    (drawing,) = both(web_report(knowledge, knowledge))[1]
    arrows = {
        (each.source, each.target): (each.has_arrow_back, each.has_arrow) for each in drawing.connectors
    }
    assert arrows == {("a", "b"): (True, True), ("b", "c"): (False, True)}


def test_new_and_gone_links_differ_in_sign_and_line() -> None:
    teams = teams_named("a", "b", "c")
    before = Knowledge(teams, (KnowledgeLink("a", "b", ("seo",), mark="gone"),), ())
    after = Knowledge(teams, (KnowledgeLink("b", "c", ("press",), mark="new"),), ())
    (was,), (now,) = both(web_report(before, after))
    assert (was.connectors[0].style, was.connectors[0].width) == ("dashed", 1.0)
    assert now.connectors[0].style == "solid"
    assert now.connectors[0].width > 1.0
    assert "− seo" in text_of(was)
    assert "+ press" in text_of(now)
    assert "+ new, thick line" in text_of(now)
    assert "− ended, dashed line" in text_of(was)


def test_islands_isolated_teams_and_single_holders_are_named() -> None:
    teams = (
        *teams_named("a", "b", "c"),
        KnowledgeTeam("d", "Field", 1),
        KnowledgeTeam("e", "Events", 1),
        KnowledgeTeam("f", "Partners", 2, is_isolated=True),
    )
    links = (
        KnowledgeLink("a", "b", ("seo",)),
        KnowledgeLink("b", "c", ("seo",)),
        KnowledgeLink("d", "e", ("fairs",)),
    )
    knowledge = Knowledge(teams, links, (SingleHolder("SEO", "Wang Lei", "Online promotion"),))
    (drawing,) = both(web_report(knowledge, knowledge))[1]
    told = text_of(drawing)
    assert "▲ island: Field, Events" in told
    assert "● SEO: only Wang Lei, Online promotion" in told
    assert {box.id: box.style for box in drawing.boxes} == {
        **dict.fromkeys("abc", "solid"),
        **dict.fromkeys("de", "dashed"),
        "f": "dotted",
    }
    partners = next(box for box in drawing.boxes if box.id == "f")
    assert [words.text for words in partners.words] == ["Partners", "shares nothing"]
    assert "1 island" in drawing.alt


def test_a_team_that_the_other_state_alone_has_leaves_its_place_free() -> None:
    before = Knowledge(teams_named("a", "b"), (KnowledgeLink("a", "b", ("seo",)),), ())
    after = Knowledge(teams_named("b", "c"), (KnowledgeLink("b", "c", ("seo",)),), ())
    (was,), (now,) = both(web_report(before, after))
    assert {box.id for box in was.boxes} == {"a", "b"}
    assert {box.id for box in now.boxes} == {"b", "c"}


def test_large_organisations_are_told_by_division_with_counts() -> None:
    knowledge = dense(120, "Team")
    parents = ["root" if number % 30 == 0 else f"t{number // 30 * 30}" for number in range(120)]
    teams = [plain_team("root"), *(plain_team(f"t{at}", parent) for at, parent in enumerate(parents))]
    drawings = both(web_report(knowledge, knowledge, teams))[1]
    first = drawings[0]
    assert {box.id for box in first.boxes} == {"t0", "t30", "t60", "t90"}
    assert "30 teams" in text_of(first)
    counted = sum(
        int(words.text) for words in first.words if words.text.isdecimal() and words.anchor == "middle"
    )
    across = sum(int(link.source[1:]) // 30 != int(link.target[1:]) // 30 for link in knowledge.links)
    assert counted == across


@pytest.mark.parametrize("size", [2, pytest.param(3, marks=pytest.mark.soak)])
def test_many_islands_fit(size: int) -> None:
    ids = [f"t{number}" for number in range(60)]
    teams = tuple(KnowledgeTeam(each, f"{each} " + "W" * 90, at // size) for at, each in enumerate(ids))
    links = tuple(
        KnowledgeLink(one, other, ("seo",))
        for at, (one, other) in enumerate(pairwise(ids))
        if at // size == (at + 1) // size
    )
    knowledge = Knowledge(teams, links, ())
    report = web_report(knowledge, knowledge)
    drawings = draw_knowledge(report, report.after, "after")
    for drawing in drawings:
        assert_sound(drawing)
    assert len(drawings[0].connectors) == len(links)


def test_what_is_left_out_is_said() -> None:
    knowledge = dense(200, "Team")
    report = web_report(knowledge, knowledge)
    (drawing, *_) = draw_knowledge(report, report.after, "after")
    assert len(drawing.boxes) == 60
    assert "The 140 with the fewest links are left out." in text_of(drawing)


def test_many_single_holders_go_on_on_pages_of_their_own_and_the_rest_is_counted() -> None:
    holders = tuple(SingleHolder(f"skill {number}", "Li Na", "Brand") for number in range(3000))
    knowledge = Knowledge(teams_named("a", "b"), (KnowledgeLink("a", "b", ("seo",)),), holders)
    drawings = both(web_report(knowledge, knowledge))[1]
    assert len(drawings) == LIST_PAGES_MOST + 1
    for drawing in drawings:
        assert_sound(drawing)
    told = text_of(*drawings)
    shown = told.count("● skill")
    assert 100 < shown < 3000
    assert f"and {3000 - shown} more" in told


def test_only_single_holders_make_a_picture_too() -> None:
    knowledge = Knowledge((), (), (SingleHolder("SEO", "Wang Lei", "Growth"),))
    (drawing,) = both(web_report(knowledge, knowledge))[1]
    assert_sound(drawing)
    assert "SEO: only Wang Lei, Growth" in text_of(drawing)


def test_without_knowledge_there_is_no_picture() -> None:
    empty = Knowledge((), (), ())
    assert both(web_report(empty, empty)) == ((), ())


def test_deep_trees_are_no_problem() -> None:
    knowledge = dense(120, "Team")
    teams = [plain_team("root"), *(plain_team(f"t{n}", f"t{n - 1}" if n else "root") for n in range(20_000))]
    drawings = both(web_report(knowledge, knowledge, teams))[1]
    assert "120 teams" in text_of(drawings[0])


@pytest.mark.parametrize("part", ["automation", "content"])
def test_a_part_that_only_one_state_has_is_sound(part: str) -> None:
    for drawings in both(sample_report(part=part)):
        assert drawings
        for drawing in drawings:
            assert_sound(drawing)


def both(report: Report) -> tuple[tuple[Drawing, ...], tuple[Drawing, ...]]:
    return draw_knowledge(report, report.before, "before"), draw_knowledge(report, report.after, "after")


def teams_named(*ids: str) -> tuple[KnowledgeTeam, ...]:
    return tuple(KnowledgeTeam(each, each.upper(), 0) for each in ids)


def plain_team(identity: str, parent: str | None = None) -> Team:
    return Team(identity, identity, parent, 0 if parent is None else 1, None, None, 0, (), ())


def dense(count: int, name: str, skip: int = 0) -> Knowledge:
    """A web in which each team shares with three others; `skip` leaves out every so many links."""
    links = [
        KnowledgeLink(
            f"t{number}",
            f"t{(number + step) % count}",
            (f"topic {number} {step}", "landing pages") if number % 4 == 0 else (f"topic {number} {step}",),
            both_ways=number % 3 == 0,
            mark="new" if number % 5 == 0 else "changed" if number % 7 == 0 else None,
        )
        for number in range(count)
        for step in (1, 3, 7)
        if step < count
    ]
    kept = [link for number, link in enumerate(links) if not skip or number % skip]
    return Knowledge(
        tuple(KnowledgeTeam(f"t{number}", f"{name} {number}", 0) for number in range(count)), tuple(kept), ()
    )


def web_report(before: Knowledge, after: Knowledge, teams: list[Team] | None = None) -> Report:
    """A report with some webs; without `teams`, all teams of both are right below the root."""
    report = sample_report()
    ids = dict.fromkeys(team.id for each in (before, after) for team in each.teams)
    tree = tuple(teams or [plain_team("root"), *(plain_team(each, "root") for each in ids)])

    def structure(knowledge: Knowledge, like: Structure) -> Structure:
        return replace(like, teams=tree, knowledge=knowledge)

    return replace(report, before=structure(before, report.before), after=structure(after, report.after))
