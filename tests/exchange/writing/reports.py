"""Reports that tests of all formats use: of the sample organisation, and of made-up ones of any size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from orgtui.exchange.writing.build.whole import build_report
from orgtui.exchange.writing.report import Report
from orgtui.files.organization_file import baseline_hash, load_organization
from orgtui.files.plan_file import Plan, PlannedWave, PlanStep
from orgtui.locales import current_language, set_language
from orgtui.model import records as r
from orgtui.model.store import Organization
from orgtui.rules.registry import known_rules
from orgtui.session.plan.planned import AppliedPlan, apply_plan, made_from

SAMPLES = Path(__file__).parents[3] / "sample_orgs"
TODAY = date(2026, 11, 21)

HOSTILE = (
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "a|b|c",
    "\"quoted\" 'and' `ticked`",
    "=cmd|' /C calc'!A0",
    "]]> & <![CDATA[",
    "--> <!-- end",
    "{{ 7*7 }} {% raw %} ${x} \\n %s",
    "مرحبا بالعالم",
    "👩‍💻 team 🚀",
    "一二三四五六七八九十" * 20,
    "W" * 200,
    "@sum(1) +1 -1",
    "end; style A fill:#f00 %% --- :::",
    "**bold** _it_ # h1 ~~~",
)
"""Names that a format has to show as they are."""

EVERY_SIZE = pytest.mark.parametrize(
    ("people", "language", "is_hostile"),
    [
        *(
            (people, language, is_hostile)
            for people in (5, 30, 150)
            for language, is_hostile in (("en", False), ("zh_CN", False), ("en", True))
        ),
        (1000, "en", False),
        pytest.param(1000, "zh_CN", False, marks=pytest.mark.soak),
        pytest.param(1000, "en", True, marks=pytest.mark.soak),
    ],
)
"""Organisations of every size; the largest in Chinese and with hostile names only at length."""

_NAMES: Mapping[str, tuple[Sequence[str], Sequence[str], Sequence[str], Sequence[str]]] = {
    "en": (
        ("Chen", "Li", "Wang", "Sophie", "Jonas", "Maria", "Amir", "Yuki", "Olga", "Peter", "Nia"),
        ("Jing", "Na", "Lei", "Brandt", "Okafor", "Lindqvist", "Rossi", "Tanaka", "Petrova"),
        ("Content", "Search", "Events", "Design", "Partners", "Regional", "Media", "Lead care", "Insights"),
        ("Writer", "Campaign manager", "Designer", "Analyst", "Event manager", "Specialist"),
    ),
    "zh_CN": (
        ("陈", "李", "王", "欧阳", "刘", "赵", "孙", "周", "吴", "郑", "冯"),
        ("静", "娜", "磊", "小雨", "明", "志强", "婷婷", "海涛", "雪"),
        ("内容", "搜索", "活动", "设计", "渠道合作", "区域市场", "媒体", "线索培育", "洞察"),
        ("内容编辑", "投放经理", "设计师", "数据分析师", "活动经理", "市场专员"),
    ),
}


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """Speak a language in the context: `en` or `zh_CN`."""
    before = current_language()
    set_language(language)
    try:
        yield
    finally:
        set_language(before)


def sample(language: str = "en") -> tuple[Organization, AppliedPlan]:
    """Startup A with its plan for four divisions, in English or Chinese."""
    infix = "" if language == "en" else ".zh"
    path = SAMPLES / f"startup_a{infix}.toml"
    baseline = load_organization(path, known_rules())
    return baseline, apply_plan(baseline, path, SAMPLES / f"startup_a.four-divisions{infix}.plan.toml")


@cache
def sample_report(language: str = "en", *, has_plan: bool = True, part: str | None = None) -> Report:
    """The report of Startup A, in English or Chinese (`zh_CN`)."""
    with spoken(language):
        baseline, planned = sample(language)
        return build_report(baseline, planned if has_plan else None, today=TODAY, part=part)


@cache
def report_of(
    people: int,
    language: str = "en",
    *,
    is_hostile: bool = False,
    has_plan: bool = True,
    part: str | None = None,
) -> Report:
    """The report of a made-up organisation of about as many people, with a plan of three waves."""
    with spoken(language):
        baseline, planned = made_up(people, language, is_hostile=is_hostile)
        return build_report(baseline, planned if has_plan else None, today=TODAY, part=part)


def made_up(
    people: int, language: str = "en", *, is_hostile: bool = False
) -> tuple[Organization, AppliedPlan]:
    """A made-up organisation of about as many people, and a plan for it that does something of every kind."""
    baseline = _organization(people, language, is_hostile)
    waves = (
        PlannedWave(1, "Breakthrough" if language == "en" else "先突破", date(2027, 1, 4)),
        PlannedWave(2, on=date(2027, 2, 1)),
    )
    name = "Fewer teams" if language == "en" else "减少团队"
    return baseline, planned_on(baseline, *_steps(baseline, language), name=name, waves=waves)


def planned_on(
    baseline: Organization, *steps: PlanStep, name: str = "Plan", waves: tuple[PlannedWave, ...] = ()
) -> AppliedPlan:
    """A plan of some steps, proposed by chen, applied to its baseline."""
    created = datetime(2026, 11, 21, 9, tzinfo=UTC)
    plan = Plan(
        name,
        baseline.profile.name,
        baseline_hash(baseline),
        "chen",
        created,
        "proposed",
        steps=steps,
        waves=waves,
    )
    return made_from(baseline, plan, Path("made-up.plan.toml"))


def step(wave: int = 1, why: str | None = None, **change: object) -> PlanStep:
    """A step of a plan by its operation and fields."""
    return PlanStep(change, why=why, by="chen", wave=wave)


def _organization(people: int, language: str, is_hostile: bool) -> Organization:
    """Teams of about six, each below another one of at most six; the first seats lead the teams."""
    given, family, works, titles = _NAMES[language]
    teams = max(3, people // 6)
    skills = max(7, teams // 2)

    def name(number: int, plain: str) -> str:
        return HOSTILE[number % len(HOSTILE)] if is_hostile else plain

    def person(number: int) -> r.Person:
        own = given[number % len(given)], family[number // len(given) % len(family)]
        called = name(number, "".join(own) if language == "zh_CN" else " ".join(own))
        is_lead, team = number < teams, f"t{number % teams}"
        state: r.SeatState = "filled"
        if not is_lead and number % 17 == 0:
            state = "vacant"
        elif not is_lead and number % 29 == 0:
            state = "planned"
        return r.Person(
            f"p{number}",
            team,
            called if state == "filled" else None,
            name(number + 3, titles[number % len(titles)]),
            state,
            60 if number % 13 == 5 else 100,
            {} if is_lead or number % teams == 0 else {f"f{number % teams}": 100},
            {f"s{number % teams % skills}": 2 + number % 3},
        )

    def team(number: int) -> r.Team:
        called = works[number % len(works)] + (f" {number // len(works) + 1}" if number > len(works) else "")
        if not number:
            called = "Marketing" if language == "en" else "市场部"
        parent = None if number == 0 else f"t{(number - 1) // 6}"
        goals = ("pipeline",) if number % 3 == 0 else ("reach",)
        return r.Team(f"t{number}", name(number + 1, called), parent, f"p{number}", goals, "monthly")

    def function(number: int) -> r.Function:
        called, stage = works[number % len(works)], number % 4
        stages = (f"stage{stage}", f"stage{stage + 1}") if number % 3 else (f"stage{stage}",)
        needs = {f"s{number % skills}": 3}
        return r.Function(
            f"f{number}", name(number + 5, called), f"a{number % 4}", f"t{number}", stages, needs
        )

    stages = ("Awareness", "Inquiry", "MQL", "SAL", "SQL")
    areas = ("Brand and content", "Growth", "Events and field", "Business development")
    if language == "zh_CN":
        stages = ("知晓", "询盘", "MQL", "SAL", "SQL")
        areas = ("品牌与内容", "线索与增长", "活动与区域", "商务拓展")
    return Organization(
        [
            r.Profile(name(0, "Made-up Marketing" if language == "en" else "样例市场部"), TODAY, "First"),
            r.Department("sales", name(7, "Sales" if language == "en" else "销售部")),
            *(r.Stage(f"stage{at}", name(at, stage)) for at, stage in enumerate(stages)),
            *(r.Area(f"a{at}", name(at + 2, area)) for at, area in enumerate(areas)),
            *(team(number) for number in range(teams)),
            *(function(number) for number in range(1, teams)),
            *(person(number) for number in range(people)),
            r.Person("gone", "t1", name(9, "Old Hand"), "Advisor", "closed"),
            r.Goal("pipeline", "Pipeline", core=True),
            r.Goal("reach", "Reach"),
            *(
                r.Handoff(f"f{number}", f"f{number + 1}", "leads", number % 2 == 0)
                for number in range(1, teams - 1)
            ),
            r.Handoff("f1", "department:sales", "leads", tracked=True),
            *(
                r.Share(
                    f"team:t{number}",
                    f"team:t{number + 1}",
                    name(number, f"s{number % skills}"),
                    every="weekly",
                )
                for number in range(1, teams - 1)
                if number % 4
            ),
        ]
    )


def _steps(baseline: Organization, language: str) -> Iterator[PlanStep]:
    """Steps of three waves: as many of each kind as the organisation is large."""
    teams, people = len(baseline.teams), len(baseline.people) - 1
    is_large, made = teams >= 5, list[tuple[int, Mapping[str, object]]]()
    for number in range(max(1, people // 20)):
        person, to = teams + (number * 11) % (people - teams), (number * 7) % teams
        if f"t{to}" != baseline.people[f"p{person}"].team and person % 13 != 2:
            made.append((1, {"op": "move_person", "person": f"p{person}", "to": f"t{to}"}))
    added = "Editor in chief" if language == "en" else "主编"
    made.append((1, {"op": "add_seat", "person": "added", "team": "t1", "title": added, "state": "vacant"}))
    focus = {
        "op": "pull_out",
        "function": "f2",
        "team": "focus",
        "name": "Automation" if language == "en" else "营销自动化",
        "lead": "p0",
        "review_on": date(2027, 5, 31),
        "exit": "It runs",
        "people": [f"p{people - 1}"],
    }
    made.append((1, focus))
    if is_large:
        gone = [teams - 1 - 2 * number for number in range(max(1, teams // 12))]
        for number in gone:
            made.append((2, {"op": "merge_teams", "team": f"t{number}", "into": f"t{number - 1}"}))
        last = max(2, gone[-1] - 3)
        parts = dict.fromkeys(("people_to", "functions_to"), "t0")
        made.append((2, {"op": "dissolve_team", "team": f"t{last}", **parts}))
        vacant = next((each.id for each in baseline.people.values() if each.state == "vacant"), None)
        if vacant is not None:
            made.append((3, {"op": "close_seat", "person": vacant}))
        made.append((3, {"op": "set_lead", "team": "t1", "person": f"p{teams + 1}"}))
    renamed = "Story studio" if language == "en" else "故事工坊"
    made.append((3, {"op": "rename", "kind": "team", "id": "t1", "name": renamed}))
    why = "One voice from press to white paper" if language == "en" else "从新闻稿到白皮书，一个声音"
    for number, (wave, change) in enumerate(made):
        yield step(wave, f"{why} ({number + 1})" if number % 3 else None, **change)
