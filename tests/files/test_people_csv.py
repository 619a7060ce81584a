"""People in a file of their own: what is read, what is refused, where it is written."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgtui.files.disk.csv_cells import escape_formula, unescape_formula
from orgtui.files.organization_file import dump_organization, load_organization, save_organization
from orgtui.files.people_csv import read_people, write_people
from orgtui.files.toml.problems import InvalidFile
from orgtui.model.store import Organization
from orgtui.rules.registry import known_rules
from tests.strategies import organizations

HEADER = "id,name,title,team,state,fte,functions,skills,learning\n"
ORGANIZATION = (
    'format = 1\n[organization]\nname = "A"\nas_of = 2026-11-21\n[files]\npeople = "people.csv"\n'
    '[[team]]\nid = "a"\nname = "A"\nlead = "li"\n'
    '[[function]]\nid = "seo"\nname = "SEO"\n[[function]]\nid = "sem"\nname = "SEM"\n'
)


def load(folder: Path, people: str | bytes, organization: str = ORGANIZATION) -> Organization:
    (folder / "org.toml").write_text(organization, encoding="utf-8")
    (folder / "people.csv").write_bytes(people.encode() if isinstance(people, str) else people)
    return load_organization(folder / "org.toml", known_rules())


def said(folder: Path, people: str | bytes, organization: str = ORGANIZATION) -> list[str]:
    """What is said of an organisation and its people file, without the folder."""
    with pytest.raises(InvalidFile) as caught:
        load(folder, people, organization)
    return [str(each).removeprefix(f"{folder}/") for each in caught.value.problems]


def test_people(tmp_path: Path) -> None:
    organization = load(
        tmp_path,
        '\ufeff"state",id,name,title,team,fte,functions,skills,learning\r\n'
        'filled,li,李娜,"Head, brand",a,0.5,seo:0.5;sem:0,seo:4;analytics:3,automation;seo\r\n'
        "\r\n"
        "vacant,v,,,a,,,,\r\n",
    )
    li, vacant = organization.people.values()
    assert (li.name, li.title, li.fte, li.functions) == ("李娜", "Head, brand", 50, {"seo": 50, "sem": 0})
    assert (li.skills, li.learning) == ({"seo": 4, "analytics": 3}, ("automation", "seo"))
    assert (vacant.state, vacant.name, vacant.fte) == ("vacant", None, 100)
    assert vacant.functions == {}


def test_the_same_people_inline_have_the_same_canonical_form(tmp_path: Path) -> None:
    here = load(tmp_path, HEADER + "li,Li Na,,a,,0.8,seo:0.25,seo:4,\n")
    inline = tmp_path / "inline.toml"
    inline.write_text(
        ORGANIZATION.replace('[files]\npeople = "people.csv"\n', "")
        + '[[person]]\nid = "li"\nname = "Li Na"\nteam = "a"\nfte = 0.8\n'
        "functions = { seo = 0.25 }\nskills = { seo = 4 }\n"
    )
    assert dump_organization(here) == dump_organization(load_organization(inline, known_rules()))


def test_every_problem_of_the_rows(tmp_path: Path) -> None:
    assert said(
        tmp_path,
        HEADER + "li,Li,,a,filled,1.5,seo:0.5;sem:x,seo:6,seo;seo\n"
        'Li,"two\nlines",,b,gone,,soe:1,,\n'
        "li,Li,,a\n"
        "v,,,a,filled,half,seo,seo:3;seo:4,;\n"
        ",Li,,,closed,0.333,:1,SEO:2,a b\n",
    ) == [
        "people.csv:2: fte (li): 1.5 is no FTE of one seat; "
        "write a number from 0 to 1 with at most two decimals",
        'people.csv:2: functions.sem (li): "x" is no share of a week; '
        "write a number from 0 to 1 with at most two decimals",
        "people.csv:2: skills.seo (li): 6 is no skill level; write a whole number from 0 to 5",
        'people.csv:2: learning[2] (li): "seo" stands in this list twice; keep one of them',
        "people.csv:3: name (Li): U+000A (control character) at character 4 may not stand in text; "
        "take it out",
        'people.csv:3: id (Li): "Li" is no id; '
        "write small letters, digits and . _ - in quotes, a letter or digit first",
        'people.csv:3: state (Li): "gone" is not one of the words known here; '
        "write filled, vacant, planned, closed",
        'people.csv:3: team (Li): no team has the id "b"; write the id of one in this file',
        'people.csv:3: functions.soe (Li): no function has the id "soe"; the nearest known one is seo',
        "people.csv:5: person[3]: the row does not fit the header; write 9 cells",
        'people.csv:6: functions (v): "seo" is no pair; write pairs such as seo:0.5;sem:0.5',
        'people.csv:6: skills.seo (v): "seo" stands here twice; keep one of them',
        'people.csv:6: fte (v): "half" is no FTE of one seat; '
        "write a number from 0 to 1 with at most two decimals",
        'people.csv:6: learning[1] (v): "" is no id; '
        "write small letters, digits and . _ - in quotes, a letter or digit first",
        'people.csv:6: learning[2] (v): "" is no id; '
        "write small letters, digits and . _ - in quotes, a letter or digit first",
        "people.csv:6: name (v): this is missing; write text of 1 to 200 characters in quotes",
        "people.csv:7: id: this is missing; "
        "write small letters, digits and . _ - in quotes, a letter or digit first",
        "people.csv:7: team: this is missing; write the id of a team in quotes",
        "people.csv:7: fte: 0.333 is no FTE of one seat; "
        "write a number from 0 to 1 with at most two decimals",
        'people.csv:7: functions."": "" is no text; write text in quotes, not only spaces',
        'people.csv:7: skills.SEO: "SEO" is no id; '
        "write small letters, digits and . _ - in quotes, a letter or digit first",
        'people.csv:7: learning[1]: "a b" is no id; '
        "write small letters, digits and . _ - in quotes, a letter or digit first",
    ]


def test_problems_of_both_files_at_once(tmp_path: Path) -> None:
    problems = said(tmp_path, HEADER + "li,,,a,,,,,\n", ORGANIZATION + "leed = 1\n")
    assert [each.rsplit(":", 1)[0] for each in problems] == [
        "org.toml:17: function[2].leed (sem)",
        "people.csv:2: name (li)",
    ]


def test_duplicates_name_the_later_row(tmp_path: Path) -> None:
    assert said(tmp_path, HEADER + "li,Li,,a,,,,,\n\nli,Li,,a,,,,,\n") == [
        'people.csv:4: id (li): the id "li" is taken; person[1] (li) has it: choose another'
    ]


@pytest.mark.parametrize(
    "header",
    [
        "",
        "id,name,title,team,state,fte,functions,skills\n",
        HEADER.replace("\n", ",pay\n"),
        HEADER.replace("title", "name"),
        HEADER.upper(),
    ],
)
def test_a_wrong_header_is_one_problem(tmp_path: Path, header: str) -> None:
    (problem,) = said(tmp_path, header + "li,Li,,a,,,,\n")
    assert problem.startswith("people.csv:1: file: the header is ")
    assert problem.endswith("; write id,name,title,team,state,fte,functions,skills,learning, in any order")


def test_text_that_is_no_csv_is_one_problem(tmp_path: Path) -> None:
    (problem,) = said(tmp_path, HEADER + 'li,"Li,,a,,,,,\n')
    assert problem.startswith("people.csv:2: file: this is not CSV")


def test_other_encodings_are_one_problem(tmp_path: Path) -> None:
    way_out = "save it as UTF-8 (in Excel as “CSV UTF-8”), or convert it with iconv -f"
    for name in ("李娜", "王喆"):
        (problem,) = said(tmp_path, HEADER.encode() + f"li,{name},,a,,,,,\n".encode("gbk"))
        assert problem.startswith(
            "people.csv:2: file: byte 59 of the file is not UTF-8; it looks like GB18030; "
        )
        assert problem.endswith(f"{way_out} GB18030 -t UTF-8 {tmp_path}/people.csv > NEW")
    (problem,) = said(tmp_path, (HEADER + "li,李娜,,a,,,,,\n").encode("utf-16"))
    assert problem.startswith("people.csv:1: file: byte 1 of the file is not UTF-8; it looks like UTF-16; ")
    for name in ("Léa", "Zoë Müller", "Bjørn Ås"):
        (problem,) = said(tmp_path, HEADER.encode() + f"li,{name},,a,,,,,\n".encode("latin-1"))
        assert problem.endswith("of the file is not UTF-8; save it as UTF-8")


@pytest.mark.parametrize(
    ("delimiter", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars"), ("，", "Chinese commas")]
)
def test_another_delimiter_is_named(tmp_path: Path, delimiter: str, name: str) -> None:
    assert said(tmp_path, HEADER.replace(",", delimiter) + "li\n") == [
        f"people.csv:1: file: the columns are separated by {name}; save it as CSV with commas"
    ]


def test_rows_and_columns_that_hold_nothing_are_passed_over(tmp_path: Path) -> None:
    header = HEADER.replace("title", "title,").replace("\n", ", ,\n")
    organization = load(
        tmp_path,
        f"{header}li,Li,Head,,a,,,,,, ,\n,,,,,,,,,,,\n , ,\n,,,,,,,,,,,,,,,,\nwang,Wang,,,a,,,,,,,,,,\n",
    )
    assert [(each.id, each.title) for each in organization.people.values()] == [
        ("li", "Head"),
        ("wang", None),
    ]


def test_what_stands_in_a_column_without_header_is_refused(tmp_path: Path) -> None:
    header = HEADER.replace("title", "title,")
    row_refused = "the row does not fit the header; write 9 cells"
    assert said(tmp_path, f"{header}li,Li,,,a,,,,,\nbo,Bo,,x,a,,,,,\n,,\nwang,Wang,,,a,,,,,,x\nwu,Wu\n") == [
        f"people.csv:{line}: person[{number}]: {row_refused}" for number, line in ((2, 3), (3, 5), (4, 6))
    ]


def test_a_file_that_is_not_there_is_one_problem(tmp_path: Path) -> None:
    (tmp_path / "org.toml").write_text(ORGANIZATION)
    with pytest.raises(InvalidFile) as caught:
        load_organization(tmp_path / "org.toml", known_rules())
    assert [(each.line, each.key) for each in caught.value.problems] == [(6, "files.people")]


@pytest.mark.parametrize("where", ["people.csv", "folder"])
def test_links_are_refused(tmp_path: Path, where: str) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    (outside / "people.csv").write_text(HEADER)
    if where == "folder":
        (inside / "folder").symlink_to(outside)
        text = ORGANIZATION.replace("people.csv", "folder/people.csv")
        wrong = "the path leaves the folder of this file; keep the file in that folder"
    else:
        (inside / "people.csv").symlink_to(outside / "people.csv")
        text, wrong = ORGANIZATION, "the file is a link; put the file itself here"
    (inside / "org.toml").write_text(text)
    with pytest.raises(InvalidFile) as caught:
        load_organization(inside / "org.toml", known_rules())
    assert str(caught.value) == f"{inside}/org.toml:6: files.people: {wrong}"


def test_pipes_are_refused(tmp_path: Path) -> None:
    (tmp_path / "org.toml").write_text(ORGANIZATION)
    os.mkfifo(tmp_path / "people.csv")
    with pytest.raises(InvalidFile, match=r"files\.people: this is not a regular file"):
        load_organization(tmp_path / "org.toml", known_rules())


def test_a_file_in_a_folder_below(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "people.csv").write_text(HEADER + "li,Li,,a,,,,,\n")
    (tmp_path / "org.toml").write_text(ORGANIZATION.replace("people.csv", "data/people.csv"))
    assert list(load_organization(tmp_path / "org.toml", known_rules()).people) == ["li"]


@settings(max_examples=40, deadline=None)
@given(organizations())
def test_rows_lose_nothing(organization: Organization) -> None:
    people = list(organization.people.values())
    data = write_people(people)
    rows = read_people("people.csv", data.decode())
    assert rows.refusals == []
    with TemporaryDirectory() as folder:
        path = Path(folder, "organization.toml")
        path.write_bytes(dump_organization(organization))
        again = load_organization(path, known_rules())
    assert list(again.people.values()) == people
    assert [entry and entry["id"] for entry in rows.entries] == [person.id for person in people]


class TestSaving:
    """Where the people go when an organisation is saved."""

    def test_on_its_own_place_both_files_are_replaced(self, tmp_path: Path) -> None:
        organization = load(tmp_path, HEADER + "li,Li,,a,,,,,\n")
        save_organization(organization, tmp_path / "org.toml")
        assert sorted(each.name for each in tmp_path.iterdir()) == ["org.toml", "people.csv"]
        assert load_organization(tmp_path / "org.toml", known_rules()) == organization
        assert (tmp_path / "people.csv").read_text() == HEADER + "li,Li,,a,,,,,\n"

    def test_beside_another_organisation_its_people_stay(self, tmp_path: Path) -> None:
        organization = load(tmp_path, HEADER + "li,Li,,a,,,,,\n")
        before = (tmp_path / "people.csv").read_bytes()
        (tmp_path / "people.csv").write_bytes(before + b"\n")
        save_organization(organization, tmp_path / "new.toml")
        assert (tmp_path / "people.csv").read_bytes() == before + b"\n"
        assert 'people = "new.people.csv"' in (tmp_path / "new.toml").read_text()
        again = load_organization(tmp_path / "new.toml", known_rules())
        assert list(again.people.values()) == list(organization.people.values())

    def test_in_another_folder_the_name_is_kept(self, tmp_path: Path) -> None:
        organization = load(tmp_path, HEADER + "li,Li,,a,,,,,\n")
        (tmp_path / "elsewhere").mkdir()
        save_organization(organization, tmp_path / "elsewhere" / "new.toml")
        assert sorted(each.name for each in (tmp_path / "elsewhere").iterdir()) == ["new.toml", "people.csv"]


@given(st.text(alphabet="'=+-@\ta1 ", max_size=6))
def test_guarded_cells_come_back(cell: str) -> None:
    assert unescape_formula(escape_formula(cell)) == cell
    assert escape_formula(cell)[:1] not in ("=", "+", "-", "@", "\t")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("-Ann", "'-Ann"),
        ("'=x", "''=x"),
        ("''@x", "'''@x"),
        ("'quoted'", "'quoted'"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_guards(cell: str, written: str) -> None:
    assert escape_formula(cell) == written
    assert unescape_formula(written) == cell


def test_names_that_look_like_formulas(tmp_path: Path) -> None:
    row = 'li,"\'=HYPERLINK(""x"")",\'-x,a,,,,,\n'
    (li,) = load(tmp_path, HEADER + row).people.values()
    assert (li.name, li.title) == ('=HYPERLINK("x")', "-x")
    assert write_people([li]).decode() == HEADER + row
