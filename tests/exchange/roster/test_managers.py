"""Managers are found by id, e-mail, distinguished name and name; what cannot be told is an error."""

from __future__ import annotations

import pytest

from orgtui.locales import translate
from tests.exchange.rosters import imported, managers, told, words

HEADER = "id,name,preferred name,email,title,department,manager\n"
ANN = "1,Ann Ames,,ann@x.example,Head,M,\n"


@pytest.mark.parametrize(
    "written",
    [
        *("0007", "7", "7.0", "'0007"),
        *("bob@x.example", "BOB@x.example"),
        *("Bob Ball", "bob  ball", '"Ball, Bob"', "Ball Bob", "Bobby Ball", "Bobby"),
        *("Bob Ball (0007)", "Bob Ball（7）", "0007 - Bob Ball", "Bob Ball - 0007", "CORP\\Bob Ball"),
    ],
)
def test_a_manager_is_found(written: str) -> None:
    bob = "0007,Bob Ball,Bobby,bob@x.example,Lead,M,1\n"
    proposal = imported(HEADER + ANN + bob + f"3,Cid Cole,,cid@x.example,Editor,M,{written}\n")
    assert managers(proposal) == {"1": None, "0007": "1", "3": "0007"}
    assert told(proposal) == []


@pytest.mark.parametrize("written", ["", "0", "-1", "NO_MANAGER", "none", "N/A", "无", "-"])
def test_nobody_as_manager(written: str) -> None:
    proposal = imported(HEADER + f"1,Ann Ames,,,Head,M,{written}\n2,Bob Ball,,,Lead,M,1\n")
    assert managers(proposal) == {"1": None, "2": "1"}
    assert told(proposal) == []


def test_who_reports_to_itself_is_the_head() -> None:
    proposal = imported(HEADER + "1,Ann Ames,,,Head,M,1\n2,Bob Ball,,,Lead,M,1\n")
    assert managers(proposal) == {"1": None, "2": "1"}
    assert (2, "own-manager", "1") in told(proposal, "note")


def test_by_distinguished_name() -> None:
    proposal = imported(
        """
        DistinguishedName,sAMAccountName,Name,Title,Department,Manager
        "CN=Ann Ames,OU=M",ann,Ann Ames,Head,M,
        "CN=Bob Ball,OU=M",bob,Bob Ball,Lead,M,"CN=Ann Ames,OU=M"
        """
    )
    assert managers(proposal) == {"ann": None, "bob": "ann"}


def test_the_head_may_have_a_manager_outside() -> None:
    proposal = imported(HEADER + "1,Ann Ames,,,Head,M,Zoe Zorn\n2,Bob Ball,,,Lead,M,Ann Ames\n")
    assert managers(proposal) == {"1": None, "2": "1"}
    assert told(proposal) == []
    assert (2, "manager-outside", "1") in told(proposal, "note")


def test_unknown_and_ambiguous_managers_are_errors_with_the_nearest_name() -> None:
    proposal = imported(
        HEADER
        + ANN
        + "2,Bob Ball,,,Lead,M,1\n3,Bob Ball,,,Lead,M,1\n"
        + "4,Cid Cole,,,Editor,M,Bob Ball\n5,Dee Dunn,,,Editor,M,Ann Aimes\n"
    )
    assert told(proposal) == [(5, "manager-ambiguous", "4"), (6, "manager-unknown", "5")]
    assert "the nearest is Ann Ames" in words(proposal)
    assert proposal.organization is None


def test_the_nearest_chinese_name_sounds_alike() -> None:
    proposal = imported("工号,姓名,部门,汇报对象\n1,王磊,市场部,\n2,罗静,市场部,王雷\n")
    assert told(proposal) == [(3, "manager-unknown", "2")]
    assert "the nearest is 王磊" in words(proposal)


def test_a_loop_is_told_once_with_all_its_lines() -> None:
    proposal = imported(HEADER + ANN + "2,B,,,x,M,4\n3,C,,,x,M,2\n4,D,,,x,M,3\n")
    assert told(proposal) == [(3, "manager-loop", "2")]
    assert "2 B → 4 D → 3 C → 2 B" in words(proposal)
    assert "3, 5, 4" in words(proposal)


def test_a_second_root_is_asked_for() -> None:
    rows = HEADER + ANN + "2,Bob Ball,,,Lead,M,1\n3,Cid Cole,,,Editor,M,\n"
    assert told(imported(rows)) == [(4, "several-roots", "3")]
    assert managers(imported(rows))["3"] == "1"
    assert "3" not in managers(imported(rows, {"several-roots:3": "out"}))


def test_reports_of_who_left_go_to_the_next_manager() -> None:
    proposal = imported(
        """
        id,name,department,manager,status
        1,Ann Ames,M,,Active
        2,Bob Ball,M,1,Terminated
        3,Cid Cole,M,2,Active
        """
    )
    assert managers(proposal) == {"1": None, "3": "1"}
    assert told(proposal) == [(4, "manager-left", "3")]


def test_two_columns_of_managers_back_each_other_up() -> None:
    proposal = imported(
        """
        emp no,name,department,mgr no,manager
        1,Ann Ames,M,,
        2,Bob Ball,M,1,Ann Ames
        3,Cid Cole,M,,Bob Ball
        """
    )
    assert managers(proposal) == {"1": None, "2": "1", "3": "2"}


DISAGREE = """
    emp no,name,department,mgr no,manager
    1,Ann Ames,M,,
    2,Bob Ball,M,1,Ann Ames
    3,Cid Cole,M,1,Bob Ball
    4,Dee Dunn,M,,Bob Ball
"""


def test_columns_that_name_different_managers_are_asked_about() -> None:
    proposal = imported(DISAGREE)
    assert told(proposal) == [(1, "column-choice", None)]
    (question,) = [problem.question for problem in proposal.problems if problem.question is not None]
    labels = [
        each.label if isinstance(each.label, str) else translate(each.label) for each in question.options
    ]
    assert labels == ["mgr no: 2 managers found", "manager: 3 managers found"]
    assert managers(proposal) == {"1": None, "2": "1", "3": "2", "4": "2"}
    assert managers(imported(DISAGREE, {"column:manager": "mgr no"}))["3"] == "1"


def test_an_id_twice_is_refused() -> None:
    proposal = imported("id,name,department,manager\n1,Ann,M,\n2,Bob,M,1\n02,Cid,M,1\n")
    assert told(proposal) == [(4, "duplicate-id", "02")]


def test_people_may_share_a_position() -> None:
    proposal = imported(
        "position id,incumbent,department,manager position id\nP1,Ann,M,\nP2,Bob,M,P1\nP2,Cid,M,P1\n"
    )
    assert told(proposal) == []
    assert managers(proposal) == {"P1": None, "P2": "P1", "P2#2": "P1"}
