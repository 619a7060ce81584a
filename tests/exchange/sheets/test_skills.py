"""Levels of skills from sheets, with a column a skill or a row a skill."""

from __future__ import annotations

import pytest

from orgtui.exchange.problems import CannotRead
from orgtui.exchange.roster.columns import HEADER_WITHIN
from orgtui.exchange.sheets.cells import level_of
from orgtui.exchange.sheets.lookup import NEAREST_FOR
from tests.exchange.sheets.sheets import errors, notes, says, taken

SHEETS = [
    (("name,Media,SEO", "Xu Lei,4,2", "王磊,,5"),
     ["Xu Lei: media 3 → 4", "Xu Lei: seo 0 → 2", "王磊: seo 0 → 5"]),
    (("name,skill,level", "Xu Lei,Media,4", "Xu Lei,SEO,2"), ["Xu Lei: media 3 → 4", "Xu Lei: seo 0 → 2"]),
    (("姓名,技能,等级", "王磊,文案,精通"), ["王磊: wen-an 0 → 5"]),
    (("Mitarbeiter,Fähigkeit,Niveau", "Xu Lei,SEO,Grundkenntnisse"), ["Xu Lei: seo 0 → 2"]),
    (("Exported on Monday", "", "Employee ID,Full name,SEO", "xu,,3"), ["Xu Lei: seo 0 → 3"]),
    (("first name,last name,seo", "Lei,Xu,3"), ["Xu Lei: seo 0 → 3"]),
    (("name,seo", '"Xu, Lei",3'), ["Xu Lei: seo 0 → 3"]),
    (("name,seo", "Xu Lei (xu),3"), ["Xu Lei: seo 0 → 3"]),
    (("name,seo", "Xu Lei,3", "Average,3"), ["Xu Lei: seo 0 → 3"]),
    (("id,name,seo", "unknown,Xu Lei,3"), ["Xu Lei: seo 0 → 3"]),
    (("id,seo", "0042,3"), ["Xu Lei: seo 0 → 3"]),
    (("name,media,seo", "Xu Lei,3,0"), []),
    (("name,media,seo", "Xu Lei,-,n/a", "王磊,/,1"), ["王磊: seo 0 → 1"]),
    (("name,media", "Xu Lei,0"), ["Xu Lei: media 3 → 0"]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "changes"), SHEETS)
def test_what_differs_is_taken(rows: tuple[str, ...], changes: list[str]) -> None:
    found = taken("skills", *rows, other_ids={"42": "xu"})
    assert errors(found) == []
    assert says(found) == changes
    assert taken("skills", *rows, into=found.organization, other_ids={"42": "xu"}).changes == ()


@pytest.mark.parametrize(
    ("cell", "level"),
    [
        *(("0", 0), ("5", 5), ("3.0", 3), ("L4", 4), ("Level 2", 2), ("3/5", 3), ("4级", 4), ("★★★☆☆", 3)),
        *(("basic", 2), ("Advanced", 4), ("EXPERT", 5), ("基础", 2), ("熟练", 4), ("精通", 5), ("无", 0)),
        *(("6", None), ("3.5", None), ("-1", None), ("good enough", None), ("4/10", None), ("", None)),
    ],
)
def test_levels(cell: str, level: int | None) -> None:
    assert level_of(cell) == level


def test_everything_wrong_is_told_at_once() -> None:
    found = taken(
        *(
            "skills",
            "name,skill,level",
            "Li Na,seo,3",
            "Gao Fei,seo,3",
            "Xu Lay,seo,3",
            ",seo,3",
            "Xu Lei,,3",
        ),
        *("Xu Lei,seo,much", "Xu Lei,media,2", "Xu Lei,media,4", "Xu Lei,★,2"),
    )
    assert errors(found) == [
        '2 Li Na: "Li Na" may be any of li, li-2: write the id',
        '3 Gao Fei: nobody is called "Gao Fei"',
        '4 Xu Lay: nobody is called "Xu Lay"; did you mean Xu Lei?',
        "5 -: the row does not say whom it is about",
        "6 -: the row names no skill",
        '7 Xu Lei: seo: "much" is no level; write 0 to 5, or a word such as basic, advanced, expert',
        "9 Xu Lei: media: 4 here, 2 in line 8",
        '10 -: no id can be made of the skill "★"',
    ]


def test_two_columns_that_would_be_one_skill() -> None:
    assert errors(taken("skills", "name,C++,C#", "Xu Lei,3,4")) == ["2 -: C# and C++ would be one skill, c"]


def test_what_is_not_read_and_what_is_new_is_told() -> None:
    found = taken("skills", "name,title,salary,notes,Media,Öffentlichkeit", "Xu Lei,PR,9000,shy,3,2")
    assert notes(found) == [
        "not read: title, salary",
        "notes holds no levels of a skill; not read",
        "Öffentlichkeit is a new skill, offentlichkeit",
    ]


def test_the_nearest_name_is_looked_for_within_limits() -> None:
    rows = (f"Xu Lay,s{number},3" for number in range(NEAREST_FOR + 2))
    told = errors(taken("skills", "name,skill,level", *rows))
    assert [each.endswith("did you mean Xu Lei?") for each in told] == [True] * NEAREST_FOR + [False] * 2


def test_a_header_must_stand_within_the_first_rows() -> None:
    before = ("Exported",) * HEADER_WITHIN
    with pytest.raises(CannotRead):
        taken("skills", *before, "name,skill,level", "Xu Lei,seo,3")
    assert says(taken("skills", *before[1:], "name,skill,level", "Xu Lei,seo,3")) == ["Xu Lei: seo 0 → 3"]
