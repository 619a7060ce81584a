"""Functions told by titles and units, with the vocabulary as data."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgtui.exchange.roster.vocabulary import load_vocabulary
from orgtui.files.toml.problems import InvalidFile
from tests.exchange.rosters import imported, vocabulary

TOLD = {
    "SEO Specialist": "seo",
    "Senior SEO Manager": "seo",
    "SEO专员": "seo",
    "SEM投放": "sem",
    "信息流投放优化师": "sem",
    "Paid Media Specialist": "sem",
    "Performance Marketing Manager": "sem",
    "SEA/SEM Managerin": "sem",
    "Copywriter": "content",
    "Content Strategist": "content",
    "Redakteurin": "content",
    "文案编辑": "content",
    "内容营销经理": "content",
    "Graphic Designer": "design",
    "Grafikdesignerin": "design",
    "平面设计师": "design",
    "视频剪辑": "design",
    "视频号运营": "social",
    "新媒体运营": "social",
    "Social Media Manager": "social",
    "Community Manager": "social",
    "PR Manager": "pr",
    "Pressereferent": "pr",
    "媒介经理": "pr",
    "Head of Communications": "pr",
    "Events Manager": "events",
    "Veranstaltungsmanager": "events",
    "活动执行": "events",
    "会展策划": "events",
    "Field Marketing Manager": "field",
    "区域市场经理": "field",
    "Partner Marketing Manager": "partner",
    "渠道市场经理": "partner",
    "Product Marketing Manager": "pmm",
    "产品市场经理": "pmm",
    "Account-Based Marketing Manager": "abm",
    "大客户营销": "abm",
    "Marketing Automation Manager": "automation",
    "Email Marketing Specialist": "automation",
    "线索培育（营销自动化）": "automation",
    "Marketing Operations Manager": "mops",
    "数据分析师": "mops",
    "Sales Development Representative": "sdr",
    "BDR": "sdr",
    "线索清洗专员": "sdr",
    "Website Manager": "web",
    "官网运营": "web",
    "Brand Manager": "brand",
    "品牌经理": "brand",
    "Sales Enablement Manager": "enablement",
    "Customer Marketing Manager": "customer",
}
VAGUE = (
    *(
        "Marketing Specialist",
        "Marketing Manager",
        "Marketing Assistant",
        "Office Manager",
        "Director",
        "Intern",
    ),
    *(
        "CMO",
        "VP Marketing",
        "市场专员",
        "市场经理",
        "市场总监",
        "总经理助理",
        "Marketing Referentin",
        "Project Manager",
    ),
    *("Preparation Manager", "Semiconductor Expert", "Webber", "项目经理", "Growth Lead"),
)


@pytest.mark.parametrize(("title", "function"), TOLD.items(), ids=str)
def test_titles_that_tell(title: str, function: str) -> None:
    found = vocabulary().function_of(title)
    assert found is not None
    assert found.id == function


@pytest.mark.parametrize("title", VAGUE)
def test_vague_titles_tell_nothing(title: str) -> None:
    assert vocabulary().function_of(title) is None


ROWS = """
    id,name,title,department,manager,fte
    1,Ann,CMO,M,,1
    2,Bob,Head of Content,Content,1,1
    3,Cid,Copywriter,Content,2,0.5
    4,Dee,Specialist,Content,2,1
    5,Eve,Head of Web,Web,1,1
    6,Fay,Editor,Web,5,0.4
    7,Gus,Marketing Specialist,M,1,1
"""


def test_functions_rest_on_seats_and_leads_get_none() -> None:
    proposal = imported(ROWS)
    assert proposal.organization is not None
    (content,) = proposal.functions.functions
    assert [member.entry.name for member in content.seats] == ["Cid", "Dee", "Fay"]
    assert content.team.name == "Content"
    assert {key: dict(person.functions) for key, person in proposal.organization.people.rows().items()} == {
        "1": {},
        "2": {},
        "3": {"content": 50},
        "4": {"content": 100},
        "5": {},
        "6": {"content": 40},
        "7": {},
    }
    assert [member.entry.name for member in proposal.functions.not_told] == ["Gus"]


def test_without_functions() -> None:
    proposal = imported(ROWS, with_functions=False)
    assert proposal.organization is not None
    assert not proposal.organization.functions
    assert not proposal.organization.stages


def test_an_own_vocabulary(tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    file.write_text(
        '[[function]]\nid = "seo"\nname = "Search"\nwords = ["find*"]\nwords_zh = ["搜", "-搜狐"]\n'
    )
    own = load_vocabulary(file)
    for title, told in (("Findability", True), ("Pathfinder", False), ("搜索", True), ("搜狐", False)):
        assert (own.function_of(title) is not None) is told


def test_every_problem_of_an_own_vocabulary_is_told(tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    file.write_text(
        '[[function]]\nid = "Seo"\nname = "x"\narea = "nowhere"\nwrods = []\n\n[[stage]]\nid = "a"\n'
    )
    with pytest.raises(InvalidFile) as invalid:
        load_vocabulary(file)
    assert [(problem.line, problem.key) for problem in invalid.value.problems] == [
        (2, "function[1].id"),
        (5, "function[1].wrods"),
        (7, "stage[1].name"),
    ]
