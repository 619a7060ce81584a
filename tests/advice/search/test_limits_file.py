"""The file of limits: every problem at once, what is written is read again, remarks are not lost."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgtui.advice.search.limits import Limits
from orgtui.advice.search.limits_file import (
    dump_limits,
    limits_beside,
    limits_path,
    load_limits,
    save_limits,
)
from orgtui.files.toml.problems import InvalidFile
from orgtui.locales import translate
from orgtui.model.sentence import Ref
from tests.advice.search.test_limits import limits as some_limits
from tests.organizations import full_organization
from tests.support import random_organization

BAD = """\
format = 2
[keep]
teams = ["brnd", "brand", "brand", 3]
people = "li"
functions = ["seo"]
together = [["seo"], ["seo", "content"], ["content", "seo"]]
apart = [["seo", "content", "content"]]
ops = ["split"]
foo = 1
[most]
touched = -1
moved = 1.5
[must]
resolve = ["P999", "X"]
price = "a"
"""

SAID = """\
1: format: 2 is no format this program knows; write format = 1
3: keep.teams[4]: 3 is no id; write the id of a team in quotes
3: keep.teams[1]: no team has the id "brnd"; the nearest known one is brand
3: keep.teams[3]: "brand" stands in this list twice; keep one of them
4: keep.people: "li" is no list; write a list in [ ]
6: keep.together[3]: ["content", "seo"] stands in this list twice; keep one of them
6: keep.together[1]: ["seo"] is no group; write a list of the ids of at least two functions
7: keep.apart[1][3]: "content" stands in this list twice; keep one of them
7: keep.apart[1]: content, seo are to be together and apart; keep one of them
8: keep.ops[1]: "split" is no operation; the nearest known one is split_team
9: keep.foo: this key is unknown here; the nearest known one is functions
11: most.touched: -1 is no number of things; write a whole number of 0 or more
12: most.moved: 1.5 is no number of things; write a whole number of 0 or more
14: must.resolve[1]: "P999" is no code of a rule; the nearest known one is P407
14: must.resolve[2]: "X" is no code of a rule; the nearest known one is S501
15: must.price: "a" is no amount; write a finite number of 0 or more, without quotes
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the limits of an organisation in a folder of one's own would be."""
    return limits_path(tmp_path / "acme.toml")


def test_every_problem_is_told_at_once_with_its_line(file: Path) -> None:
    file.write_text(BAD)
    with pytest.raises(InvalidFile) as refused:
        load_limits(file, full_organization())
    assert [str(each) for each in refused.value.problems] == [f"{file}:{line}" for line in SAID.splitlines()]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("keep = 3\n", "1: keep: 3 is no table; write a table of keys and values"),
        (
            "[keep]\nteams = [['brand']]\n",
            '2: keep.teams[1]: ["brand"] is no id; write the id of a team in quotes',
        ),
        (
            "[keep]\ntogether = ['seo', 'content']\n",
            '2: keep.together[1]: "seo" is no list; write a list in [ ]',
        ),
        ("[keep\n", "so this is not TOML"),
        (f"x = {'[' * 30}{']' * 30}\n", "lie more than 20 deep"),
        ('[keep]\nteams = ["brand\\u202e"]\n', "U+202E"),
        ("[most]\ntouched = true\n", "2: most.touched: true is no number of things"),
        ("[must]\nprice = nan\n", "2: must.price: nan is no amount"),
    ],
)
def test_what_is_no_file_of_limits(file: Path, text: str, said: str) -> None:
    file.write_text(text)
    with pytest.raises(InvalidFile) as refused:
        load_limits(file, full_organization())
    assert said in "\n".join(map(str, refused.value.problems))


def test_the_example_of_the_documentation_is_read(file: Path) -> None:
    file.write_text(
        "format = 1\n"
        "[keep] # what stays\n"
        'teams = ["brand"]\n'
        'people = ["wu"]\n'
        'managers = ["li"]\n'
        'leads = ["growth"]\n'
        'functions = ["seo"]\n'
        'together = [["seo", "content"]]\n'
        'not_leads = ["wu"]\n'
        'ops = ["split_team"]\n'
        "[most]\n"
        "touched = 12\n"
        "new_manager = 0\n"
        "[must]\n"
        'resolve = ["P404", "P102"]\n'
        "price = 2\n"
    )
    assert load_limits(file, full_organization()) == Limits(
        keep_teams=("brand",),
        keep_people=("wu",),
        keep_managers=("li",),
        keep_leads=("growth",),
        keep_functions=("seo",),
        together=(("seo", "content"),),
        not_leads=("wu",),
        ops=("split_team",),
        most_touched=12,
        most_new_manager=0,
        must_resolve=("P404", "P102"),
        price=2,
    )


@given(data=st.data(), seed=st.integers(0, 150))
@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, seed: int
) -> None:
    organization = random_organization(seed)
    limits = data.draw(some_limits(organization))
    if any(len(set(one) & set(other)) > 1 for one in limits.together for other in limits.apart):
        return
    path = tmp_path_factory.mktemp("limits") / "acme.limits.toml"
    assert save_limits(path, limits) == []
    assert load_limits(path, organization) == limits
    written = path.read_bytes()
    pin = Ref.to("team", organization.root)
    if not limits.has_pin(pin):
        assert save_limits(path, limits.with_pin(pin)) == []
        assert load_limits(path, organization).has_pin(pin)
        assert save_limits(path, limits.with_pin(pin).without_pin(pin)) == []
    assert path.read_bytes() == written == dump_limits(limits)


def test_remarks_are_kept_in_a_copy_which_is_told_once(file: Path) -> None:
    remarked = b'format = 1\n\n[keep]\nteams = ["brand"] # our jewel\n'
    file.write_bytes(remarked)
    limits = load_limits(file, full_organization()).with_pin(Ref.to("person", "wu"))
    (said,) = save_limits(file, limits)
    copy = file.with_name("acme.earlier-1.limits.toml")
    assert str(copy) in translate(said)
    assert copy.read_bytes() == remarked
    assert save_limits(file, limits) == []
    assert load_limits(file, full_organization()) == limits


def test_a_new_file_is_private_and_a_broken_one_is_not_replaced(file: Path) -> None:
    save_limits(file, Limits(keep_teams=("brand",)))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_text("[keep\n")
    with pytest.raises(InvalidFile):
        save_limits(file, Limits())
    assert file.read_text() == "[keep\n"


def test_limits_beside_an_organisation(file: Path, tmp_path: Path) -> None:
    organization = full_organization()
    beside = tmp_path / "acme.toml"
    assert limits_beside(beside, organization) == Limits()
    save_limits(file, Limits(keep_teams=("pr",)))
    assert limits_beside(beside, organization) == Limits(keep_teams=("pr",))
    file.chmod(0o666)
    with pytest.raises(InvalidFile, match="can be written by others"):
        limits_beside(beside, organization)
    elsewhere = tmp_path / "elsewhere.toml"
    os.replace(file, elsewhere)
    file.symlink_to(elsewhere)
    with pytest.raises(InvalidFile, match="the file is a link"):
        limits_beside(beside, organization)
    file.unlink()
    file.symlink_to(tmp_path / "nothing")
    with pytest.raises(InvalidFile):
        limits_beside(beside, organization)


def test_what_only_the_plan_has_may_be_kept(file: Path) -> None:
    organization, planned = full_organization(), full_organization()
    del organization.tables["team"]._rows["social"]
    file.write_text('[keep]\nteams = ["social"]\n')
    assert load_limits(file, planned, organization).keep_teams == ("social",)
    with pytest.raises(InvalidFile, match="no team has the id"):
        load_limits(file, organization)
