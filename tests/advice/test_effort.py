"""The search for fixes is bounded in counted work, and says where it stops."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

import pytest

from orgtui.advice.fixes import SETS_MAX, Effort, fixes_for
from orgtui.api import checking
from orgtui.locales import translate
from orgtui.model.records import Function, Person, Team
from orgtui.model.store import Organization
from orgtui.rules.assessment import Assessment
from tests.cli.running import Program
from tests.engine.random_sets import TODAY
from tests.organizations import write_small
from tests.views.screen import organization


def crowd(people: int) -> Organization:
    """One team with many people, each the only holder of a skill, and one below it."""
    return organization(
        Team("t", "T", None, "p0"),
        Team("u", "U", "t"),
        Function("f", "F", team="t", skills={"seo": 3}),
        *(
            Person(f"p{n}", "t", f"P {n}", functions={"f": 5}, skills={f"s{n}": 3, "seo": 4})
            for n in range(people)
        ),
    )


def work(people: int) -> tuple[int, list[list[str]]]:
    """The work of looking for the fixes of everything found, and the titles of the fixes of each."""
    assessment = Assessment(crowd(people), TODAY)
    assessment.evaluate_pending()
    effort = Effort()
    titles = [
        [translate(fix.title) for fix in fixes_for(assessment, each.finding, effort)]
        for _, each in sorted(assessment.reported.items())
        if not effort.is_spent
    ]
    return Effort().left - effort.left, titles


MANY = 2 * SETS_MAX + 100


@cache
def of_many() -> tuple[int, list[list[str]]]:
    """The work and the titles for so many people that one fix is too large."""
    return work(MANY)


def test_a_fix_of_too_many_entries_is_not_tried_which_is_said() -> None:
    _, titles = of_many()
    told = f"Go in smaller steps: a fix that changes more than {SETS_MAX} entries is not tried"
    assert any(told in each for each in titles)


def test_the_work_does_not_grow_with_the_square_of_a_team() -> None:
    few, _ = work(MANY // 4)
    many, _ = of_many()
    assert many <= 6 * few


def test_the_same_work_finds_the_same() -> None:
    assert work(100) == work(100)


def test_a_check_says_where_the_search_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path, program = write_small(tmp_path), Program(capsys)
    whole = program("check", path, "--format", "json").json
    assert whole["fixes_sought"] == len(whole["findings"])
    monkeypatch.setattr(checking, "Effort", partial(Effort, 1))
    ran = program("check", path, "--format", "json")
    sought, number = ran.json["fixes_sought"], len(whole["findings"])
    assert 0 < sought < number
    assert ran.json["findings"][:sought] == whole["findings"][:sought]
    assert not any(each["fixes"] for each in ran.json["findings"][sought:])
    assert f"fixes were looked for in the first {sought} of {number} findings" in ran.err
