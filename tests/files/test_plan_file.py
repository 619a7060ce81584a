"""Plans: what is read, what is refused, and the bytes that are written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgtui.files.plan_file import Plan, PlannedWave, PlanStep, Summary, SummaryFinding, dump_plan, load_plan
from orgtui.files.toml.problems import InvalidFile
from orgtui.model.invalid import InvalidChange
from orgtui.model.sentence import sentence
from tests.strategies import ids, optional, texts

BASELINE = "sha256:" + "0123456789abcdef" * 4
HEAD = f"""format = 1

[plan]
name = "Four divisions"
organization = "Startup A Marketing"
baseline = "{BASELINE}"
"""
WRITTEN = f"""format = 1

[plan]
name = "Four divisions"
organization = "Startup A Marketing"
baseline = "{BASELINE}"
author = "chen"
created = 2026-11-21T10:02:11+08:00
status = "proposed"
review_on = 2027-02-21

[[wave]]
number = 1
name = "One voice"
on = 2027-01-04

[[wave]]
number = 2

[[change]]
op = "move_function"
function = "content"
to = "brand"
people = ["zhang-wei"]
was = {{ team = "community", people = {{ zhang-wei = "community" }} }}
why = "One voice from brand message to lead content"
by = "chen"
at = 2026-11-21T10:05:40+08:00

[[change]]
op = "accept"
code = "P204"
subjects = ["team:web", "function:sem"]
why = "Wang Lei takes the SEM course"
by = "chen"
until = 2027-03-31
wave = 2

[summary]
before = {{ errors = 4, pairs = 28 }}
after = {{ errors = 0, pairs = 10 }}
resolved = [{{ code = "P105", subjects = ["area:growth"] }}]
introduced = []
people_moved = 11
new_manager = 9
"""


def accepts_all(change: Mapping[str, object]) -> object:
    return change


def refuses(change: Mapping[str, object]) -> object:
    """Knows `merge` alone, with a `team` that is text."""
    problems = []
    if change.get("op") != "merge":
        problems.append((("op",), sentence("no such operation"), sentence("write merge")))
    if not isinstance(change.get("team"), str):
        problems.append((("team",), sentence("no team"), sentence("write one")))
    if problems:
        raise InvalidChange(problems)
    return change


def load(folder: Path, text: str) -> Plan:
    path = folder / "a.plan.toml"
    path.write_text(text, encoding="utf-8")
    return load_plan(path, accepts_all)


def said(folder: Path, text: str) -> list[str]:
    path = folder / "a.plan.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidFile) as caught:
        load_plan(path, refuses)
    return [str(each).removeprefix(f"{path}:") for each in caught.value.problems]


def test_a_plan_and_its_bytes(tmp_path: Path) -> None:
    plan = load(tmp_path, WRITTEN)
    assert dump_plan(plan).decode() == WRITTEN
    assert plan.created == datetime(2026, 11, 21, 10, 2, 11, tzinfo=timezone(timedelta(hours=8)))
    assert plan.steps[0].change == {
        "op": "move_function",
        "function": "content",
        "to": "brand",
        "people": ["zhang-wei"],
    }
    assert plan.steps[0].was == {"team": "community", "people": {"zhang-wei": "community"}}
    assert [step.wave for step in plan.steps] == [1, 2]
    assert plan.waves == (PlannedWave(1, "One voice", date(2027, 1, 4)), PlannedWave(2))
    assert plan.summary is not None
    assert plan.summary.before == {"errors": 4, "pairs": 28}


def test_an_acceptance_gives_its_reason_itself(tmp_path: Path) -> None:
    step = load(tmp_path, WRITTEN).steps[1]
    assert step.change["why"] == step.why == "Wang Lei takes the SEM course"
    assert step.change["by"] == step.by == "chen"


def test_what_is_absent(tmp_path: Path) -> None:
    plan = load(tmp_path, HEAD)
    assert plan == Plan("Four divisions", "Startup A Marketing", BASELINE)
    assert plan.status == "draft"


def test_every_problem_at_once(tmp_path: Path) -> None:
    assert said(
        tmp_path,
        'format = 2\nchagne = 1\n[plan]\nname = ""\nbaseline = "sha256:…"\ncreated = 2026-11-21\n'
        'status = "done"\nreview = 2027-02-21\n'
        '[[change]]\nop = "merge"\nteam = "a"\nwave = 0\nwas = 3\nat = "now"\n'
        '[[change]]\nop = "moved"\nwave = 2\nwhy = "a\\u202e"\n'
        '[[change]]\nop = "merge"\nteam = "b"\nwave = 1\n'
        '[[change]]\nop = "merge"\nteam = "c"\n'
        "[summary]\npeople_moved = true\nbefore = { errors = nan }\nresolved = [{ code = 1 }]\nafter = 3\n",
    ) == [
        "1: format: 2 is no format this program knows; write format = 1",
        "2: chagne: this key is unknown here; the nearest known one is change",
        "3: plan.organization: this is missing; write text in quotes, not only spaces",
        "4: plan.name: this is missing; write text of 1 to 200 characters in quotes",
        '5: plan.baseline: "sha256:…" is no hash of an organisation; '
        "write sha256: and 64 digits 0 to 9, a to f",
        "6: plan.created: 2026-11-21 is no point in time; "
        "write one such as 2026-11-21T10:02:11+08:00, without quotes",
        '7: plan.status: "done" is not one of the words known here; write draft, proposed, approved, applied',
        "8: plan.review: this key is unknown here; the nearest known one is review_on",
        "12: change[1].wave: 0 is no wave; write a whole number of 1 or more",
        "13: change[1].was: 3 is no table; write a table of keys and values",
        '14: change[1].at: "now" is no point in time; '
        "write one such as 2026-11-21T10:02:11+08:00, without quotes",
        "15: change[2].team: no team; write one",
        "16: change[2].op: no such operation; write merge",
        "18: change[2].why: U+202E (right-to-left override) at character 2 may not stand in text; "
        "take it out",
        "22: change[3].wave: wave 1 comes after wave 2; "
        "put the changes of a wave together, the waves in order",
        "23: change[4].wave: wave 1 comes after wave 2; "
        "put the changes of a wave together, the waves in order",
        "27: summary.people_moved: true is no whole number that can be used; "
        "write a whole number of at most 64 bits, without quotes",
        "28: summary.before.errors: nan is no number that can be used; "
        "write a finite number of at most 64 bits, without quotes",
        "29: summary.resolved[1].code: 1 is no text; write text in quotes, not only spaces",
        "29: summary.resolved[1].subjects: this is missing; write a list in [ ]",
        "30: summary.after: 3 is no table; write a table of keys and values",
    ]


def test_a_change_that_is_no_table(tmp_path: Path) -> None:
    assert said(tmp_path, "change = [3]\n" + HEAD) == [
        "1: change[1]: 3 is no table; write a table of keys and values"
    ]


def test_waves_described_wrongly(tmp_path: Path) -> None:
    assert said(
        tmp_path,
        HEAD
        + '[[wave]]\nname = "One voice"\n'
        + '[[wave]]\nnumber = 2\non = "soon"\n'
        + "[[wave]]\nnumber = 0\nday = 2027-01-04\n"
        + "[[wave]]\nnumber = 2\n"
        + '[[wave]]\nnumber = true\nname = " "\n'
        + "[[wave]]\nnumber = 2.0\n",
    ) == [
        "7: wave[1].number: this is missing; write a whole number of 1 or more",
        '11: wave[2].on: "soon" is no date; write a date such as 2026-11-21, without quotes',
        "13: wave[3].number: 0 is no wave; write a whole number of 1 or more",
        "14: wave[3].day: this key is unknown here; the nearest known one is name",
        "15: wave[4]: wave[2] describes the same wave; keep one of them",
        "18: wave[5].number: true is no wave; write a whole number of 1 or more",
        "21: wave[6].number: 2.0 is no wave; write a whole number of 1 or more",
    ]
    assert said(tmp_path, "wave = 3\n" + HEAD) == ["1: wave: 3 is no list; write a list in [ ]"]


def test_an_empty_file_names_what_is_missing(tmp_path: Path) -> None:
    assert [line.split(":")[1].strip() for line in said(tmp_path, "")] == [
        "plan.name",
        "plan.organization",
        "plan.baseline",
    ]


def test_depth_within_was(tmp_path: Path) -> None:
    deep = HEAD + f'[[change]]\nop = "merge"\nteam = "a"\nwas = {{ a = {"[" * 20}{"]" * 20} }}\n'
    (problem,) = said(tmp_path, deep)
    assert problem.startswith("10: change[1].was.a[1]")
    assert "tables and lists lie more than 20 deep here" in problem


moments = st.datetimes(
    datetime(2000, 1, 1),
    datetime(2099, 1, 1),
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=-9, minutes=-30))]),
)
plain = st.recursive(
    texts | st.integers(-5, 5) | st.booleans() | st.dates(date(2000, 1, 1)),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(ids, inner, max_size=2),
    max_leaves=4,
)
fields = st.dictionaries(
    ids.filter(lambda key: key not in ("was", "why", "by", "at", "wave")), plain, max_size=3
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    waves = sorted(draw(st.lists(st.integers(1, 3), max_size=3)))
    findings = st.lists(
        st.builds(SummaryFinding, texts, st.lists(texts, max_size=2).map(tuple)), max_size=2
    ).map(tuple)
    numbers = st.dictionaries(ids, st.integers(0, 99) | st.floats(0, 1), max_size=2)
    return Plan(
        name=draw(texts),
        organization=draw(texts),
        baseline=BASELINE,
        author=draw(optional(texts)),
        created=draw(optional(moments)),
        status=draw(st.sampled_from(("draft", "proposed", "approved", "applied"))),
        review_on=draw(optional(st.dates(date(2000, 1, 1)))),
        steps=tuple(
            PlanStep(
                change={"op": draw(ids), **draw(fields)},
                was=draw(fields),
                why=draw(optional(texts)),
                by=draw(optional(texts)),
                at=draw(optional(moments)),
                wave=wave,
            )
            for wave in waves
        ),
        waves=tuple(
            PlannedWave(number, draw(optional(texts)), draw(optional(st.dates(date(2000, 1, 1)))))
            for number in draw(st.lists(st.integers(1, 9), max_size=3, unique=True))
        ),
        summary=draw(
            optional(
                st.builds(Summary, numbers, numbers, findings, findings, st.integers(0, 9), st.integers(0, 9))
            )
        ),
    )


@settings(max_examples=80, deadline=None)
@given(plans())
def test_plans_lose_nothing(tmp_path_factory: pytest.TempPathFactory, plan: Plan) -> None:
    path = tmp_path_factory.mktemp("plan") / "a.plan.toml"
    path.write_bytes(dump_plan(plan))
    again = load_plan(path, accepts_all)
    assert again == plan
    assert dump_plan(again) == dump_plan(plan)
