"""Teams come from columns of units, nested or as paths, else from who reports to whom."""

from __future__ import annotations

import pytest

from orgtui.exchange.problems import CannotRead
from orgtui.exchange.roster.teams import TEAM_LEVELS_MAX
from orgtui.locales import translate
from tests.exchange.rosters import imported, told, tree, words


@pytest.mark.parametrize(
    "written", ["Acme/M/Brand", "Acme / M / Brand", "Acme > M > Brand", "/Acme/M/Brand", "Acme - M - Brand"]
)
def test_a_path_gives_the_tree_cut_to_its_common_beginning(written: str) -> None:
    above = written.rpartition("Brand")[0].rstrip(" />-")
    proposal = imported(f"id,name,department,manager\n1,Ann,{above},\n2,Bob,{written},1\n3,Cid,{written},2\n")
    assert tree(proposal) == {"M": ("1", ["1"]), "M / Brand": ("2", ["2", "3"])}


def test_a_path_in_chinese_without_blanks() -> None:
    proposal = imported(
        "工号,姓名,部门,直属主管\n1,何思远,星河-市场部,\n2,王磊,星河-市场部-品牌组,何思远\n3,林悦,星河-市场部-品牌组,王磊\n"
    )
    assert tree(proposal) == {"市场部": ("1", ["1"]), "市场部 / 品牌组": ("2", ["2", "3"])}


def test_a_slash_in_a_name_is_no_path() -> None:
    proposal = imported("id,name,department,manager\n1,Ann,Web/SEO,\n2,Bob,PR/Events,1\n3,Cid,PR/Events,2\n")
    assert tree(proposal) == {"Web/SEO": ("1", ["1"]), "Web/SEO / PR/Events": ("2", ["2", "3"])}


def test_columns_nest_whatever_their_order() -> None:
    proposal = imported(
        """
        id,name,team,division,manager
        1,Ann,,M,
        2,Bob,Brand,M,1
        3,Cid,Brand,M,2
        4,Dee,Growth,M,1
        5,Eve,Growth,M,4
        """
    )
    assert tree(proposal) == {
        "M": ("1", ["1"]),
        "M / Brand": ("2", ["2", "3"]),
        "M / Growth": ("4", ["4", "5"]),
    }


def test_a_column_that_does_not_nest_is_left_out() -> None:
    proposal = imported(
        """
        id,name,department,group,manager
        1,Ann,M,Oslo,
        2,Bob,Brand,Oslo,1
        3,Cid,Brand,Rome,2
        4,Dee,Growth,Rome,1
        5,Eve,Growth,Oslo,4
        6,Fay,PR,Rome,1
        7,Gus,PR,Oslo,6
        """
    )
    assert set(tree(proposal)) == {"M", "M / Brand", "M / Growth", "M / PR"}


def test_a_unit_above_in_a_column_of_its_own() -> None:
    proposal = imported(
        "id,name,department,parent department,manager\n1,Ann,M,,\n2,Bob,Brand,M,1\n3,Cid,Brand,M,2\n"
    )
    assert tree(proposal) == {"M": ("1", ["1"]), "M / Brand": ("2", ["2", "3"])}


def test_a_flat_column_nests_by_managers() -> None:
    proposal = imported(
        """
        id,name,department,manager
        1,Ann,M,
        2,Bob,Brand,1
        3,Cid,Brand,2
        4,Dee,PR,3
        5,Eve,PR,4
        """
    )
    assert tree(proposal) == {
        "M": ("1", ["1"]),
        "M / Brand": ("2", ["2", "3"]),
        "M / Brand / PR": ("4", ["4", "5"]),
    }


def test_without_units_each_manager_has_a_team() -> None:
    proposal = imported(
        """
        name;job;boss
        Ann;CMO;
        Bob;Brand Lead;Ann
        Cid;Designer;Bob
        Dee;Assistant;Ann
        """
    )
    assert tree(proposal) == {
        "Marketing": ("row-2", ["row-2", "row-5"]),
        "Marketing / Brand": ("row-3", ["row-3", "row-4"]),
    }


def test_the_highest_title_heads_a_list_without_managers_wherever_it_stands() -> None:
    proposal = imported(
        """
        name,title,department
        Bob,Content Editor,Content
        Cid,Web Lead,Web
        Ann,CMO,M
        """
    )
    assert set(tree(proposal)) == {"M", "M / Content", "M / Web"}


def test_spellings_of_a_unit_become_one() -> None:
    proposal = imported(
        "id,name,department,manager\n1,Ann,M,\n2,Bob,Brand – PR,1\n3,Cid,brand -  pr,2\n4,Dee,Brand – PR,2\n"
    )
    assert set(tree(proposal)) == {"M", "M / Brand – PR"}
    assert (4, "team-spelled-otherwise", "3") in told(proposal, "note")


@pytest.mark.parametrize("form", ["5010 {name}", "5010 - {name}", "{name} (5010)"])
def test_codes_of_units_are_cut_off(form: str) -> None:
    m, brand = form.format(name="M"), form.format(name="Brand").replace("5010", "5020")
    proposal = imported(f"id,name,org unit,manager\n1,Ann,{m},\n2,Bob,{brand},1\n3,Cid,{brand},2\n")
    assert set(tree(proposal)) == {"M", "M / Brand"}


def test_several_units_are_asked_for() -> None:
    rows = """
        id,name,department,manager
        1,Ann,Co/M,
        2,Bob,Co/M/A,1
        3,Cid,Co/M/A,2
        4,Dee,Co/M/B,1
        5,Eve,Co/M/B,4
        6,Fay,"Co/M/A,Co/M/B",2
    """
    assert told(imported(rows)) == [(7, "several-teams", "6")]
    assert tree(imported(rows))["M / A"][1] == ["2", "3", "6"]
    assert tree(imported(rows, {"several-teams:6": "Co/M/B"}))["M / B"][1] == ["4", "5", "6"]


def test_leads_named_in_the_label_of_the_unit_above_them() -> None:
    proposal = imported(
        """
        Employee ID,Worker,Supervisory Organization,Manager
        1,Ann Ames,Board (Zoe Zorn),Zoe Zorn (0)
        2,Bob Ball,M (Ann Ames),Ann Ames (1)
        3,Cid Cole,Brand (Bob Ball),Bob Ball (2)
        """
    )
    assert tree(proposal) == {"M": ("1", ["1", "2"]), "M / Brand": ("2", ["3"])}


def test_who_reports_past_the_lead_is_told() -> None:
    proposal = imported("id,name,department,manager\n1,Ann,M,\n2,Bob,Brand,1\n3,Cid,Brand,2\n4,Dee,Brand,1\n")
    assert tree(proposal)["M / Brand"] == ("2", ["2", "3", "4"])
    assert (5, "reports-elsewhere", "4") in told(proposal, "note")
    assert "reports to Ann, yet Bob leads Brand" in words(proposal)


def test_one_unit_of_a_whole_company() -> None:
    rows = """
        id,name,department,manager
        1,Zoe,Co,
        2,Ann,Co/M,1
        3,Bob,Co/M/Brand,2
        4,Cid,Co/M/Brand,3
        5,Sal,Co/Sales,1
        6,Sue,Co/Sales,5
    """
    assert tree(imported(rows, under="M")) == {"M": ("2", ["2"]), "M / Brand": ("3", ["3", "4"])}


def below_one_another(count: int, header: str, row: str) -> bytes:
    """A file of people of whom each reports to the one before."""
    rows = [row.format(n=n, above=n - 1 if n else "") for n in range(count)]
    return "\n".join((header, *rows)).encode()


CHAINS = pytest.mark.parametrize(
    ("header", "row"),
    [
        ("id,name,department,manager", "{n},n{n},t{n},{above}"),
        ("id,name,manager", "{n},n{n},{above}"),
        ("id,name,department,parent department,manager", "{n},n{n},t{n},t{above},{above}"),
    ],
    ids=["units", "managers", "units above"],
)


@CHAINS
def test_teams_below_one_another_up_to_the_limit(header: str, row: str) -> None:
    proposal = imported(below_one_another(TEAM_LEVELS_MAX - 1, header, row))
    assert proposal.organization is not None
    assert len(proposal.organization.teams) >= TEAM_LEVELS_MAX - 3


@CHAINS
def test_20000_teams_below_one_another_are_refused(header: str, row: str) -> None:
    with pytest.raises(CannotRead) as refused:
        imported(below_one_another(20_000, header, row))
    assert "more than 200 teams deep" in translate(refused.value.sentence)
    assert refused.value.line > TEAM_LEVELS_MAX


@pytest.mark.parametrize("people", [5_000, pytest.param(20_000, marks=pytest.mark.soak)])
@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("id,name,department,manager", "{n},n{n},,{above}"),
        ("id,name,department,status,manager", "{n},n{n},M,terminated,{above}"),
    ],
    ids=["without unit", "leavers"],
)
def test_managers_above_one_another(header: str, row: str, people: int) -> None:
    last = "{n},Zoe,M,active,{above}" if "status" in header else "{n},Zoe,M,{above}"
    lines = [last.format(n=n, above=people - 1) for n in range(people, 2 * people)]
    proposal = imported(below_one_another(people, header, row) + "\n".join(("", *lines)).encode())
    assert proposal.organization is not None


def test_two_teams_of_one_name_beside_each_other_are_told_apart() -> None:
    proposal = imported(
        """
        id,name,division,department,manager
        1,Ann,M,,
        2,Bob,M,Brand (50010),1
        3,Cid,M,Brand,1
        4,Dee,M,Brand (50010),2
        5,Eve,M,Brand,3
        """
    )
    assert proposal.organization is not None
    assert set(tree(proposal)) == {"M", "M / Brand", "M / Brand (2)"}
    assert len(proposal.organization.teams) == 3
    assert [code for _, code, _ in told(proposal, "note")] == ["team-name-twice"]
