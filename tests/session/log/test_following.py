"""Following what others wrote costs by what they wrote, never by that times what had been written before."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from orgtui.rules.assessment import Assessment
from orgtui.session.session import Session
from orgtui.session.store import Entry
from orgtui.session.timeline.history import History
from orgtui.session.timeline.state import State
from tests.session.sessions import moved, renamed, state_hash, team_name
from tests.session.sharing import Join, news, why_not

WHOLE = [(History, "copy"), (History, "active"), (State, "plan_transition"), (Assessment, "update")]
"""What goes through the whole history or judges a state."""

AT = "2026-01-05T09:00:00+00:00"

NOBODY = {"op": "move_person", "person": "nobody", "to": "growth"}

WRONG: Entry = {"entry": "do", "changes": [NOBODY], "was": [{}], "by": "wu", "at": AT}
"""A step that cannot be made."""


def counted(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> Counter[str]:
    """How often an act goes through everything."""
    calls: Counter[str] = Counter()

    def counting(owner: type, name: str) -> Callable[..., Any]:
        real = getattr(owner, name)

        def call(*args: Any, **options: Any) -> Any:
            calls[f"{owner.__name__}.{name}"] += 1
            return real(*args, **options)

        return call

    with monkeypatch.context() as patch:
        for owner, name in WHOLE:
            patch.setattr(owner, name, counting(owner, name))
        act()
    return calls


def lines_run(act: Callable[[], object]) -> int:
    """How many lines of Python an act runs."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        act()
    finally:
        sys.settrace(before)
    return count


def rename_often(session: Session, count: int) -> None:
    for number in range(count):
        session.do(renamed("pr", f"Press {number}"))


@pytest.mark.parametrize("entries", [1, 60])
def test_any_number_of_entries_is_taken_in_at_once(
    join: Join, monkeypatch: pytest.MonkeyPatch, entries: int
) -> None:
    chen, li = join("chen"), join("li")
    rename_often(chen, entries)
    assert counted(monkeypatch, li.catch_up) == {
        "History.copy": 1,
        "History.active": 1,
        "State.plan_transition": 1,
        "Assessment.update": 1,
    }
    assert state_hash(li.organization) == state_hash(chen.organization)
    assert li.steps == chen.steps


@pytest.mark.parametrize("entries", [1, 60])
def test_an_act_takes_in_any_number_of_entries_at_once(
    join: Join, monkeypatch: pytest.MonkeyPatch, entries: int
) -> None:
    chen, li = join("chen"), join("li")
    rename_often(chen, entries)
    calls = counted(monkeypatch, lambda: li.do(renamed("growth", "Demand")))
    assert calls["Assessment.update"] == 2  # what others did, and the act
    assert calls["History.copy"] == 2
    assert calls["State.plan_transition"] == 3  # the act is planned before and after, too
    assert team_name(li, "pr") == f"Press {entries - 1}"


def test_of_many_entries_the_one_is_named_that_stands_in_the_way(join: Join) -> None:
    chen, li, wu = join("chen"), join("li"), join("wu")
    rename_often(chen, 3)
    wu.do([*moved("xu", "growth")])
    rename_often(chen, 3)
    said = why_not(lambda: li.do([*moved("xu", "growth")]))
    assert said.startswith("wu changed xu at TIME")
    assert li.steps == chen.steps
    assert state_hash(li.organization) == state_hash(chen.organization)
    assert li.do(renamed("growth", "Demand")).news == ()
    chen.catch_up()
    assert state_hash(li.organization) == state_hash(chen.organization)


def test_an_entry_that_others_took_back_in_time_is_in_nobody_s_way(join: Join) -> None:
    chen, li = join("chen"), join("li")
    rename_often(chen, 1)
    wrong = {**WRONG, "by": "chen"}
    dropped = {"entry": "drop", "step": 2, "by": "chen", "at": AT}
    chen._store.write(lambda _: [wrong, dropped])
    assert why_not(lambda: li.do(renamed("nowhere", "Press"))) == "There is no team nowhere"
    assert li.read_only is None
    assert [step.number for step in li.steps] == [1]
    li.do(renamed("growth", "Demand"))
    assert state_hash(join("wu").organization) == state_hash(li.organization)


@pytest.mark.parametrize("change", [NOBODY, {"op": "no operation"}])
def test_what_stands_before_an_entry_that_cannot_be_followed_is_taken_in(
    join: Join, change: dict[str, str]
) -> None:
    chen, li = join("chen"), join("li")
    rename_often(chen, 3)
    chen._store.write(lambda _: [{**WRONG, "changes": [change]}])
    changed = li.catch_up()
    assert news(changed) == [("chen", "do", number) for number in (1, 2, 3)]
    assert team_name(li, "pr") == "Press 2"
    assert li.read_only is not None
    assert li.catch_up() is None


# -- one entry -----------------------------------------------------------------------------------------


def done(history: History, by: str) -> Entry:
    change = {"op": "rename", "kind": "team", "id": "pr", "name": f"Press {len(history.steps)}"}
    return {"entry": "do", "changes": [change], "was": [{"name": "PR"}], "by": by, "at": AT}


def turned(kind: str, act: int, by: str) -> Entry:
    return {"entry": kind, "act": act, "by": by, "at": AT}


def begun(acts: int, undone: int = 0) -> History:
    """A history of acts by chen, of which the last are undone."""
    history = History()
    baseline = f"sha256:{0:064}"
    begin = {"entry": "begin", "format": 1, "baseline": baseline, "plan": None}
    history.apply({**begin, "file": "team.toml", "organization": "Team"})
    for _ in range(acts):
        history.apply(done(history, "chen"))
    for number in range(undone):
        history.apply(turned("undo", acts - number, "chen"))
    return history


ENTRIES: dict[str, tuple[Callable[[int], History], Callable[[History, int], Entry]]] = {
    "do": (begun, lambda history, count: done(history, "chen")),
    "do beside what somebody undid": (
        lambda count: begun(count, count - 1),
        lambda history, count: done(history, "li"),
    ),
    "undo": (begun, lambda history, count: turned("undo", count, "chen")),
    "redo": (lambda count: begun(count, count - 1), lambda history, count: turned("redo", 2, "chen")),
}


@pytest.mark.parametrize("kind", ENTRIES)
def test_an_entry_costs_the_same_however_long_the_history_is(kind: str) -> None:
    build, following = ENTRIES[kind]
    costs = []
    for count in (10, 200):
        history = build(count)
        entry = following(history, count)
        history.copy().apply(entry)
        costs.append(lines_run(lambda history=history, entry=entry: history.apply(entry)))  # type: ignore[misc]
    short, long = costs
    assert long <= short + 5
