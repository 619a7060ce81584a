"""Leads: by a flag, a label, who manages in the team, and asked by title where nothing else tells."""

from __future__ import annotations

import pytest

from tests.exchange.rosters import imported, told, tree


@pytest.mark.parametrize("flag", ["yes", "TRUE", "1", "是", "Ja", "Bob", "2"])
def test_a_flag_or_a_name_says_who_leads(flag: str) -> None:
    no = flag if flag in ("Bob", "2") else "no"
    proposal = imported(f"id,name,department,leader\n1,Ann,M,{no}\n2,Bob,M,{flag}\n")
    assert tree(proposal) == {"M": ("2", ["1", "2"])}


def test_who_manages_in_the_team_and_is_managed_from_outside() -> None:
    proposal = imported("id,name,department,manager\n1,Ann,M,\n2,Bob,T,1\n3,Cid,T,2\n4,Dee,T,3\n")
    assert tree(proposal)["M / T"][0] == "2"


def test_nobody_leads_where_nobody_manages() -> None:
    proposal = imported(
        "id,name,title,department,manager\n1,Ann,CMO,M,\n2,Bob,Team Lead,T,1\n3,Cid,Editor,T,1\n"
    )
    assert tree(proposal)["M / T"] == (None, ["2", "3"])
    assert told(proposal) == []


@pytest.mark.parametrize(
    "title",
    [
        "Head of Brand",
        "Brand Lead",
        "VP Brand",
        "Brand Director",
        "品牌负责人",
        "品牌总监",
        "Teamleiterin Marke",
    ],
)
def test_titles_are_asked_where_nothing_else_tells(title: str) -> None:
    rows = f"id,name,title,department\n1,Ann,CMO,M\n2,Bob,{title},M/Brand\n3,Cid,Editor,M/Brand\n"
    assert told(imported(rows)) == [
        (1, "lead-from-title", "1"),
        (1, "lead-from-title", "2"),
        (1, "no-managers", None),
    ]
    assert tree(imported(rows))["M / Brand"][0] == "2"
    assert tree(imported(rows, {"lead:Brand": "3"}))["M / Brand"][0] == "3"
    assert tree(imported(rows, {"lead:Brand": "-"}))["M / Brand"][0] is None


@pytest.mark.parametrize(
    "title", ["Assistant to the Head", "Lead Generation Specialist", "总监助理", "Editor"]
)
def test_titles_that_only_sound_like_it(title: str) -> None:
    proposal = imported(
        f"id,name,title,department\n1,Ann,CMO,M\n2,Bob,{title},M/Brand\n3,Cid,Editor,M/Brand\n"
    )
    assert tree(proposal)["M / Brand"][0] is None


def test_two_with_equal_titles_are_not_guessed_between() -> None:
    proposal = imported("id,name,title,department\n1,Ann,CMO,M\n2,Bob,Brand Lead,M/B\n3,Cid,Web Lead,M/B\n")
    assert tree(proposal)["M / B"][0] is None


def test_a_vacant_seat_may_lead() -> None:
    proposal = imported(
        """
        position id,incumbent,position title,department,manager position id
        P1,Ann,CMO,M,
        P2,,Lead,T,P1
        P3,Cid,Editor,T,P2
        """
    )
    assert tree(proposal)["M / T"] == ("P2", ["P2", "P3"])
