"""A value is judged alike wherever it comes from: a file, a change, a session log, a type of pydantic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from math import inf, nan, nextafter
from pathlib import Path
from typing import Annotated, Any

import pytest
import tomli_w
from pydantic import TypeAdapter, ValidationError

from orgtui.advice.search.limits_file import load_limits
from orgtui.changes.parse import parse_change
from orgtui.files.organization_file import load_organization
from orgtui.files.plan_file import load_plan
from orgtui.files.toml.problems import InvalidFile
from orgtui.model import kinds as k
from orgtui.model.invalid import InvalidChange
from orgtui.model.kinds import Kind
from orgtui.model.schema import JsonSchema
from orgtui.rules.registry import known_rules
from orgtui.session.log.chain import as_stored
from orgtui.session.log.entries import InvalidEntry, check_entry

Written = dict[str, Any]
Judge = Callable[[Any], bool]

HASH = "sha256:" + "0" * 64


# -- where values come from --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kinds")


def organization(**tables: Any) -> Written:
    """An organisation of two teams, with some tables of its own."""
    return {
        "organization": {"name": "A", "as_of": date(2026, 11, 21)},
        "team": [{"id": "root", "name": "Root"}, {"id": "x", "name": "X", "parent": "root"}],
        "department": [{"id": "x", "name": "X"}],
        "function": [{"id": "x", "name": "X"}, {"id": "other", "name": "Other"}],
        "tool": [{"id": "x", "name": "X"}],
        **tables,
    }


def person(**fields: Any) -> Written:
    return organization(person=[{"id": "li", "name": "Li", "team": "x", **fields}])


def team(**fields: Any) -> Written:
    return organization(
        team=[{"id": "root", "name": "Root"}, {"id": "x", "name": "X", "parent": "root", **fields}]
    )


def plan(head: Written | None = None, **tables: Any) -> Written:
    return {"plan": {"name": "A", "organization": "A", "baseline": HASH, **(head or {})}, **tables}


def step(**said: Any) -> Written:
    return plan(change=[{"op": "end_mission", "mission": "x", **said}])


def signed(entry: str, **said: Any) -> Written:
    return {"entry": entry, "by": "chen", "at": "2026-11-21T10:00:00Z", **said}


def done(**said: Any) -> Written:
    return signed("do", **{"changes": [{}], "was": [{}], **said})


def begin(**said: Any) -> Written:
    head = {"format": 1, "baseline": HASH, "plan": None, "file": "a.toml", "organization": "A"}
    return {"entry": "begin", **head, **said}


# -- who judges --------------------------------------------------------------------------------------


def loads(folder: Path, written: Written) -> bool:
    """Whether a file is taken, of an organisation, of a plan or of limits."""
    path = folder / "written.toml"
    path.write_bytes(tomli_w.dumps({"format": 1, **written}).encode())
    try:
        if "plan" in written:
            load_plan(path, lambda change: change)
        elif "most" in written:
            load_limits(path)
        else:
            load_organization(path, known_rules())
    except InvalidFile:
        return False
    return True


def parses(written: Written) -> bool:
    try:
        parse_change(written)
    except InvalidChange:
        return False
    return True


def enters(written: Written) -> bool:
    """Whether an entry may stand in a log, which has dates as text."""
    try:
        check_entry(as_stored(written))
    except InvalidEntry:
        return False
    return True


def adapts(kind: Kind) -> Judge:
    """Whether pydantic takes a value where the kind stands in a type."""
    adapter: TypeAdapter[Any] = TypeAdapter(Annotated[Any, kind])

    def judge(value: Any) -> bool:
        try:
            adapter.validate_python(value)
        except ValidationError:
            return False
        return True

    return judge


Way = Callable[[Any], Written]

FILES: Mapping[Kind, Way] = {
    k.TEXT: lambda value: organization(tool=[{"id": "x", "name": "X", "purpose": value}]),
    k.NAME: lambda value: organization(tool=[{"id": "x", "name": value}]),
    k.IDENTITY: lambda value: organization(tool=[{"id": value, "name": "X"}]),
    k.SKILL: lambda value: person(learning=[value]),
    k.REFERENCE: lambda value: team(tools=[value]),
    k.HANDOFF_END: lambda value: organization(handoff=[{"from": "other", "to": value}]),
    k.SHARE_END: lambda value: organization(share=[{"from": "team:root", "to": value, "topic": "x"}]),
    k.CODE: lambda value: organization(accept=[{"code": value, "subjects": [], "why": "so"}]),
    k.NOTED: lambda value: organization(note=[{"on": value, "text": "so"}]),
    k.METRIC: lambda value: organization(target=[{"metric": value, "at_most": 1}]),
    k.SUBJECT: lambda value: organization(accept=[{"code": "P203", "subjects": [value], "why": "so"}]),
    k.COUNT: lambda value: {"most": {"touched": value}},
    k.BASELINE: lambda value: plan({"baseline": value}),
    k.NUMBER: lambda value: organization(goal=[{"id": "g", "name": "G", "target": value}]),
    k.AMOUNT: lambda value: team(pay_budget=value),
    k.FTE_NEEDED: lambda value: organization(function=[{"id": "x", "name": "X", "fte_needed": value}]),
    k.WHOLE_NUMBER: lambda value: plan(summary={"people_moved": value}),
    k.LEVEL: lambda value: person(skills={"seo": value}),
    k.DIFFICULTY: lambda value: organization(function=[{"id": "x", "name": "X", "difficulty": value}]),
    k.WAVE: lambda value: step(wave=value),
    k.FORMAT: lambda value: organization(format=value),
    k.TRUTH: lambda value: organization(goal=[{"id": "g", "name": "G", "core": value}]),
    k.FTE: lambda value: person(fte=value),
    k.SHARE: lambda value: person(functions={"x": value}),
    k.DATE: lambda value: organization(mission=[{"id": "m", "name": "M", "until": value}]),
    k.MOMENT: lambda value: plan({"created": value}),
    k.REPLACED: lambda value: step(was={"it": value}),
}
CHANGES: Mapping[Kind, Way] = {
    k.TEXT: lambda value: {"op": "set_goal", "goal": "g", "metric": value},
    k.NAME: lambda value: {"op": "rename", "kind": "team", "id": "x", "name": value},
    k.IDENTITY: lambda value: {"op": "start_mission", "mission": value, "name": "M"},
    k.SKILL: lambda value: {"op": "fill_seat", "person": "li", "learning": [value]},
    k.REFERENCE: lambda value: {"op": "set_tools", "team": "x", "tools": [value]},
    k.HANDOFF_END: lambda value: {"op": "add_handoff", "from": "other", "to": value},
    k.SHARE_END: lambda value: {"op": "add_share", "from": "team:root", "to": value, "topic": "x"},
    k.CODE: lambda value: {"op": "accept", "code": value, "subjects": [], "why": "so"},
    k.SUBJECT: lambda value: {"op": "accept", "code": "P203", "subjects": [value], "why": "so"},
    k.NOTED: lambda value: {"op": "note", "on": value, "text": "so"},
    k.METRIC: lambda value: {"op": "set_target", "metric": value, "at_most": 1},
    k.NUMBER: lambda value: {"op": "set_goal", "goal": "g", "target": value},
    k.AMOUNT: lambda value: {"op": "set_budget", "team": "x", "pay_budget": value},
    k.FTE_NEEDED: lambda value: {"op": "set_function", "function": "x", "fte_needed": value},
    k.LEVEL: lambda value: {"op": "set_skill", "person": "li", "skill": "seo", "level": value},
    k.DIFFICULTY: lambda value: {"op": "set_function", "function": "x", "difficulty": value},
    k.TRUTH: lambda value: {"op": "set_goal", "goal": "g", "core": value},
    k.FTE: lambda value: {"op": "fill_seat", "person": "li", "fte": value},
    k.SHARE: lambda value: {"op": "fill_seat", "person": "li", "functions": {"x": value}},
    k.ASSIGNED_SHARE: lambda value: {"op": "assign", "person": "li", "function": "x", "share": value},
    k.DATE: lambda value: {"op": "start_mission", "mission": "m", "name": "M", "until": value},
}
LOG: Mapping[Kind, Way] = {
    k.TEXT: lambda value: done(why=value),
    k.NAME: lambda value: begin(name=value),
    k.BASELINE: lambda value: begin(baseline=value),
    k.WAVE: lambda value: done(wave=value),
    k.POSITION: lambda value: signed("drop", step=value),
    k.FORMAT: lambda value: begin(format=value),
    k.DATE: lambda value: begin(review_on=value),
    k.MOMENT: lambda value: done(at=value),
    k.REPLACED: lambda value: done(was=[{"it": value}]),
}
OF_A_SHAPE = {k.ANYTHING, k.LIST, k.TABLE}
"""What gives its words to whole lists and tables."""

KINDS = {name: value for name, value in vars(k).items() if isinstance(value, Kind)}

# -- values at and around the limits -----------------------------------------------------------------

WHOLE = sorted(
    {limit + by for limit in (-(2**63), 0, 1, 5, 100, 2**63 - 1, 2**64, 10**30) for by in (-1, 0, 1)}
)
FRACTIONS = (
    *(-0.0, 0.0, 0.01, 0.07, 0.29, 0.5, 0.505, 0.57, 0.995, 1.0, 1.01, 2.0, 5.0, -0.01, -1.0, 1e308, -1e308),
    *(nextafter(0, 1), nextafter(1, 0), nextafter(1, 2), nextafter(0.29, 1), 5e-324, 2.0**63, nan, inf, -inf),
)
SHAPES: tuple[Any, ...] = (True, False, [], {}, [1], {"a": 1}, time(10))
TEXTS = (
    *(
        "x",
        "0",
        "x.y_z-1",
        "-x",
        ".x",
        "X",
        "x y",
        "x\n",
        "é",
        "王磊",
        "a\u200db",
        "team:x",
        "person:",
        "squad:x",
    ),
    *("team:", "team", "topic:free text", "department:x", "department:", "department:X", "function:x"),
    *("P203", "P2033", "P20", "p203", "X203", HASH, HASH[:-1], HASH + "0", HASH.upper(), HASH + "\n"),
    *(
        "x" * 200,
        "x" * 201,
        "王" * 200,
        "王" * 201,
        "\x1b[31m",
        "a\x85b",
        "a\u202eb",
        "a\u200bb",
        "\U000e0041",
    ),
)
DAYS = (date.min, date(2026, 2, 28), date.max)
MOMENTS = (
    *(datetime.min, datetime(2026, 11, 21, 10, 0, 0, 1), datetime.max, datetime(2026, 11, 21, tzinfo=UTC)),
    datetime(2026, 11, 21, 10, tzinfo=timezone(timedelta(hours=23, minutes=59))),
    datetime(2026, 11, 21, 10, tzinfo=timezone(-timedelta(hours=23, minutes=59))),
)


def nested(depth: int) -> list[Any]:
    """A list in a list and so on."""
    value: list[Any] = []
    for _ in range(depth - 1):
        value = [value]
    return value


VALUES: tuple[Any, ...] = (
    "span_max",
    *WHOLE,
    *FRACTIONS,
    *SHAPES,
    *TEXTS,
    *DAYS,
    *MOMENTS,
    nested(17),
    nested(18),
    nested(19),
)

MISSING_THINGS = {
    k.REFERENCE: {"0", "x.y_z-1", "p203", "team", "span_max", "x" * 200, "x" * 201},
    k.HANDOFF_END: {"0", "x.y_z-1", "p203", "team", "span_max", "x" * 200, "x" * 201},
}
"""Well-formed ids of nothing that is there: only a whole file can refuse them."""


def may_differ(kind: Kind, judge: str, value: Any) -> bool:
    """Whether a judge need not agree: a file knows what is there, and JSON has no dates but as text."""
    if isinstance(value, str):
        return value in MISSING_THINGS.get(kind, ())
    return judge == "log" and kind in (k.TEXT, k.NAME) and isinstance(value, date | time)


def judged_otherwise(kind: Kind, judges: Mapping[str, Judge]) -> dict[str, dict[str, bool]]:
    """The values about which the judges of a kind differ."""
    differing = {}
    for value in VALUES:
        policy = {name: judge(value) for name, judge in judges.items() if not may_differ(kind, name, value)}
        if len(set(policy.values())) > 1:
            differing[repr(value)] = policy
    return differing


@pytest.mark.parametrize("name", sorted(KINDS.keys() - {name for name in KINDS if KINDS[name] in OF_A_SHAPE}))
def test_a_value_is_judged_alike_everywhere(name: str, folder: Path) -> None:
    kind = KINDS[name]
    judges: dict[str, Judge] = {"json": JsonSchema(Annotated[Any, kind]).accepts}
    if kind in FILES:
        judges["file"] = lambda value: loads(folder, FILES[kind](value))
    if kind in CHANGES:
        judges["change"] = lambda value: parses(CHANGES[kind](value))
    if kind in LOG:
        judges["log"] = lambda value: enters(LOG[kind](value))
    assert len(judges) > 1
    assert judged_otherwise(kind, judges) == {}
    accepted = [value for value in VALUES if judges["json"](value)]
    assert accepted
    assert len(accepted) < len(VALUES)


@pytest.mark.parametrize("name", sorted(KINDS))
def test_pydantic_takes_what_a_file_takes(name: str) -> None:
    """Hostile characters left aside: they are asked of whole values, before their kinds."""
    kind = KINDS[name]
    hostile = JsonSchema(Annotated[Any, k.ANYTHING]).accepts
    adapted, judge = adapts(kind), JsonSchema(Annotated[Any, kind]).accepts
    assert [repr(value) for value in VALUES if hostile(value) and adapted(value) != judge(value)] == []


def test_dates_are_text_in_json_alone(folder: Path) -> None:
    for kind, text in ((k.DATE, "2026-11-21"), (k.MOMENT, "2026-11-21T10:00:00+08:00")):
        assert enters(LOG[kind](text))
        assert not loads(folder, FILES[kind](text))
    for wrong in ("2026-02-30", "20261121", "2026-W47-6", "2026-11-21T10", "٢٠٢٦-١١-٢١"):
        assert not enters(LOG[k.DATE](wrong))
        assert not parses(CHANGES[k.DATE](wrong))
        assert not enters(LOG[k.MOMENT](wrong))
