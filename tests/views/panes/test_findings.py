"""The findings: their order, acceptance, and what a preview would take and bring."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgtui.engine.finding import Finding
from orgtui.model.records import Acceptance, Severity, Stage, Team
from orgtui.model.sentence import Ref, Sentence
from orgtui.rules.assessment import Difference, ReportedFinding
from orgtui.rules.succession import Gone
from orgtui.views.base.signs import ASCII, UNICODE, Signs
from orgtui.views.panes.finding_filter import FindingFilter
from orgtui.views.panes.findings import FindingsList
from tests.views.screen import (
    apply,
    by_identity,
    changed,
    come,
    gone,
    line,
    organization,
    roles,
    scene,
    screen,
)


def said(severity: Severity, code: str, *subjects: str, **evidence: object) -> ReportedFinding:
    return ReportedFinding(Finding(code, tuple(map(Ref, subjects)), evidence), severity)


BROKEN = said("error", "P102", "stage:sal", "stage:sql")
THIN = said("warning", "P203", "team:design", seats=2, min_size=3)
THIN_TOO = said("warning", "P203", "team:pr", seats=1, min_size=3)
NO_VISION = said("warning", "P401")
BIG = said("advice", "P207", "team:web", seats=12, max_size=9)
ACCEPTED = replace(
    said("error", "P101", "stage:sql"),
    acceptance=Acceptance("P101", ("stage:sql",), "Sales will own it", until=date(2027, 3, 31)),
)


SAYS = {
    "P101": "Nobody works {stage}",
    "P102": "Nothing carries leads from {stage} to {stage2}: no function serves both, no handoff joins them",
    "P203": "{team} has {seats:seat|seats}; a team needs {min_size} to be more than a pair",
    "P207": "{team} has {seats:seat|seats}, more than {max_size}",
    "P302": "{team} is a focus team below another",
    "P401": "There is no vision",
}


@pytest.fixture(autouse=True)
def _own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Word findings here, so that the catalogue may word them otherwise."""

    def message(finding: Finding) -> Sentence:
        stages = [each for each in finding.subjects if each.kind == "stage"]
        params = {each.kind: each for each in finding.subjects[::-1]} | {"stage2": stages[-1:]}
        return Sentence(SAYS[finding.code], {**params, **finding.evidence})

    monkeypatch.setattr("orgtui.views.panes.findings.message", message)


def findings(*reported: ReportedFinding, signs: Signs = UNICODE) -> FindingsList:
    now = organization(
        Stage("sal", "SAL"),
        Stage("sql", "SQL"),
        Team("root", "Marketing"),
        Team("design", "Design", "root"),
        Team("pr", "公关", "root"),
        Team("web", "Web", "root"),
    )
    return FindingsList(scene(now, signs=signs), by_identity(*reported))


def test_the_gravest_come_first_and_accepted_ones_last() -> None:
    rows = findings(BIG, ACCEPTED, THIN_TOO, NO_VISION, THIN, BROKEN)
    assert (
        screen(rows, 76)
        == """
   ✖ P102 Nothing carries leads from SAL to SQL: no function serves both, no h…
   ▲ P203 Design has 2 seats; a team needs 3 to be more than a pair
   ▲ P203 公关 has 1 seat; a team needs 3 to be more than a pair
   ▲ P401 There is no vision
   ● P207 Web has 12 seats, more than 9
   ✖ P101 Nobody works SQL                          (accepted until 2027-03-31)
"""
    )
    assert roles(rows.row(5, 76)) == {
        "✖ P101 Nobody works SQL": "dim",
        "(accepted until 2027-03-31)": "dim",
    }


def test_signs_have_letters_in_ascii() -> None:
    shown = screen(findings(BIG, THIN, BROKEN, signs=ASCII), 76)
    assert [row.split()[:2] for row in shown.strip().splitlines()] == [
        ["E", "P102"],
        ["W", "P203"],
        ["A", "P207"],
    ]


def test_rows_are_found_by_what_they_stand_for() -> None:
    rows = findings(THIN, BROKEN)
    assert rows.ref(0) == "finding:P102 stage:sal stage:sql"
    assert rows.index_of(Ref("finding:P203 team:design")) == 1
    assert rows.index_of(Ref("finding:P203 team:web")) is None
    assert rows.finding(Ref("finding:P203 team:design")) == THIN


def test_a_preview_shows_on_top_what_would_go_and_what_would_come() -> None:
    rows = findings(BIG, THIN, BROKEN)
    worse = said("advice", "P207", "team:web", seats=13, max_size=9)
    rows.preview(Difference((*gone(THIN).pairs, *come(THIN_TOO).pairs, (BIG, worse))))
    assert (
        screen(rows, 76)
        == """
−  -▲ P203 Design has 2 seats; a team needs 3 to be more than a pair-
+  ▲ P203 公关 has 1 seat; a team needs 3 to be more than a pair
~  ● P207 Web has 13 seats, more than 9
   ✖ P102 Nothing carries leads from SAL to SQL: no function serves both, no h…
"""
    )
    assert [rows.index_of(Ref(str(rows.ref(index)))) for index in range(len(rows))] == [0, 1, 2, 3]
    assert rows.finding(Ref("finding:P203 team:pr")) == THIN_TOO
    rows.preview(None)
    assert screen(rows, 76) == screen(findings(BIG, THIN, BROKEN), 76)


def test_a_preview_tells_from_which_size_to_which_and_why_a_finding_stands() -> None:
    big = said("advice", "P207", "team:web", seats=12, max_size=9)
    big, bigger = (replace(big, finding=replace(big.finding, size=size)) for size in (3, 4))
    gone_with = Gone(heirs={THIN.identity: THIN_TOO.identity}, hidden=frozenset({NO_VISION.identity}))
    pairs = ((big, bigger), *gone(THIN, BROKEN, NO_VISION).pairs, *come(THIN_TOO).pairs)
    rows = findings(big, THIN, BROKEN, NO_VISION)
    rows.preview(Difference(pairs, fell_asleep=frozenset({"P102"}), gone=gone_with))
    told = [line(rows.row(index, 90), 90).split() for index in range(len(rows))]
    assert [(words[0], words[2]) for words in told] == [
        *(("~", code) for code in ("P102", "P203", "P203", "P401", "P207")),
    ]
    assert [" ".join(words[-2:]) for words in told] == [
        "(falls asleep)",
        "(taken over)",
        "a pair",
        "(not mended)",
        "9 3→4",
    ]
    rows = findings(bigger, signs=ASCII)
    rows.preview(Difference(((bigger, big),)))
    assert line(rows.row(0, 60), 60).startswith("~  A P207 ")
    assert line(rows.row(0, 60), 60).endswith(" 4->3")
    assert roles(rows.row(0, 60))["4->3"] == "better"


def test_a_finding_that_would_be_accepted_would_go() -> None:
    rows = findings(THIN)
    accepted = replace(THIN, acceptance=Acceptance("P203", ("team:design",), "Two hires in May"))
    rows.preview(Difference(((THIN, accepted),)))
    assert line(rows.row(0, 76), 76).startswith("−")
    rows.patch(Difference(((THIN, accepted),)))
    assert line(rows.row(0, 76), 76).endswith("(accepted)")


def test_a_commit_ends_the_preview() -> None:
    rows = findings(THIN)
    rows.preview(gone(THIN))
    rows.patch(gone(THIN))
    assert len(rows) == 0


SEVERITY_OF: dict[str, Severity] = {"P302": "error", "P203": "warning", "P207": "advice"}
JUDGED = st.builds(
    lambda code, team, seats, accepted: ReportedFinding(
        Finding(
            code, (Ref(f"team:{team}"), Ref("stage:sql")), {"seats": seats, "min_size": 3, "max_size": 9}
        ),
        SEVERITY_OF[code],
        Acceptance(code, (f"team:{team}",), "so be it") if accepted else None,
    ),
    st.sampled_from(sorted(SEVERITY_OF)),
    st.sampled_from("abcde"),
    st.integers(1, 3),
    st.booleans(),
)
STATES = st.lists(JUDGED, max_size=8, unique_by=lambda each: each.identity)


def between(before: list[ReportedFinding], after: list[ReportedFinding]) -> Difference:
    old, new = by_identity(*before), by_identity(*after)
    pairs = ((old.get(identity), new.get(identity)) for identity in dict.fromkeys([*old, *new]))
    return Difference(tuple(pair for pair in pairs if pair[0] != pair[1]))


@given(STATES, STATES, STATES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_list_patched_is_the_list_made_afresh(
    before: list[ReportedFinding], previewed: list[ReportedFinding], after: list[ReportedFinding]
) -> None:
    rows = findings(*before)
    rows.preview(between(before, previewed))
    assert {rows.ref(index) for index in range(len(rows))} == {
        *(findings(each).ref(0) for each in (*before, *previewed))
    }
    assert [rows.index_of(Ref(str(rows.ref(index)))) for index in range(len(rows))] == list(range(len(rows)))
    rows.patch(between(before, after))
    assert screen(rows, 100) == screen(findings(*after), 100)


MANY = [said("warning", "P203", f"team:team-{number}", seats=2, min_size=3) for number in range(1, 13)]


def many() -> FindingsList:
    teams = [Team(f"team-{number}", f"Team {number}", "root") for number in range(1, 13)]
    now = organization(Stage("sal", "SAL"), Stage("sql", "SQL"), Team("root", "Marketing"), *teams)
    return FindingsList(scene(now), by_identity(*MANY, BROKEN, ACCEPTED, NO_VISION))


def shown(rows: FindingsList) -> list[str]:
    return [str(rows.ref(index) or "") for index in range(len(rows))]


def test_team_2_comes_before_team_10() -> None:
    teams = [each.id.partition(":")[2] for each in map(Ref, shown(many())) if "P203" in each]
    assert teams == [f"team-{number}" for number in range(1, 13)]


def test_what_is_renamed_goes_to_its_place() -> None:
    rows = many()
    done = apply(rows.scene, [changed(rows.scene.organization, "team", "team-2", name="Team 99")])
    rows.patch(Difference(), done)
    assert [each for each in shown(rows) if "P203" in each][-1] == "finding:P203 team:team-2"


@pytest.mark.parametrize(
    ("criteria", "words", "count"),
    [
        (["severity:error"], "", 2),
        (["severity:error", "severity:warning"], "", 15),
        (["rule:P203"], "", 12),
        (["rule:P203", "severity:error"], "", 0),
        (["rule:P203", "team:team-7"], "", 1),
        (["team:root"], "", 12),
        (["accepted:yes"], "", 1),
        (["accepted:no", "severity:error"], "", 1),
        (["since:baseline"], "", 1),
        ([], "TEAM 1 seats", 4),
        ([], "p102", 1),
        (["severity:warning"], "vision", 1),
    ],
)
def test_a_filter_lets_one_of_each_kind_through(criteria: list[str], words: str, count: int) -> None:
    rows = many()
    rows.new = lambda: {BROKEN.identity}
    rows.show(FindingFilter(tuple(map(Ref, criteria)), words), "")
    assert (rows.shown, rows.total, len(rows)) == (count, 15, count)
    assert all(rows.index_of(Ref(ref)) == index for index, ref in enumerate(shown(rows)))


def test_a_filter_follows_changes() -> None:
    rows = many()
    rows.show(FindingFilter((Ref("severity:error"),)), "")
    rows.patch(Difference(((BROKEN, None), (None, said("error", "P101", "stage:sal")))))
    assert shown(rows) == ["finding:P101 stage:sal", "finding:P101 stage:sql"]
    rows.show(FindingFilter(), "")
    assert len(rows) == rows.total == 15


def test_groups_have_heads_with_counts() -> None:
    rows = findings(BIG, ACCEPTED, THIN_TOO, NO_VISION, THIN, BROKEN)
    rows.show(FindingFilter(), "team")
    assert (
        screen(rows, 76)
        == """
   Design                                                                   ▲ 1
   ▲ P203 Design has 2 seats; a team needs 3 to be more than a pair
   In no team                                              ✖ 1  ▲ 1  1 accepted
   ✖ P102 Nothing carries leads from SAL to SQL: no function serves both, no h…
   ▲ P401 There is no vision
   ✖ P101 Nobody works SQL                          (accepted until 2027-03-31)
   Web                                                                      ● 1
   ● P207 Web has 12 seats, more than 9
   公关                                                                     ▲ 1
   ▲ P203 公关 has 1 seat; a team needs 3 to be more than a pair
"""
    )


def test_a_preview_stands_above_groups_and_filters() -> None:
    rows = many()
    rows.show(FindingFilter((Ref("rule:P203"),)), "rule")
    rows.preview(Difference(((MANY[0], None), (BROKEN, None))))
    assert shown(rows)[:3] == ["finding:P102 stage:sal stage:sql", "finding:P203 team:team-1", ""]
    assert len(rows) == 2 + 1 + 11
    rows.preview(None)
    assert len(rows) == 13


def test_the_criteria_that_the_cursors_suggest_come_first() -> None:
    counts = many().offered(Ref("finding:P203 team:team-3"), "team-3")
    offered = {str(criterion): count for criterion, count in counts.items()}
    assert list(offered.items())[:4] == [
        ("severity:error", (1, 1)),
        ("severity:warning", (13, 0)),
        ("rule:P203", (12, 0)),
        ("team:team-3", (1, 0)),
    ]
    assert offered["team:root"] == (12, 0)
    assert "since:baseline" not in offered
