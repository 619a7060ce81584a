"""Goals: a row each, with what is measured, the target, the pillar and the teams that hold it."""

from __future__ import annotations

from collections.abc import Callable

from orgtui.exchange.roster.ids import new_id, slug
from orgtui.exchange.rows import Row
from orgtui.exchange.sheets.cells import cadence_of, list_of, number_of, truth_of
from orgtui.exchange.sheets.table import layout
from orgtui.exchange.sheets.taking import Lookups, Taking, differences
from orgtui.model.schema import shown
from orgtui.model.sentence import N_, Ref, Sentence, sentence

LAYOUT = layout(
    {
        "id": "id, goal id, goal no, ziel-id, 目标编号, 编号",
        "name": "goal, goal name, name, objective, ziel, zielname, 目标, 目标名称, 名称",
        "metric": (
            "metric, kpi, measure, indicator, key result, kennzahl, messgröße, 指标, 衡量指标, 关键结果"
        ),
        "target": "target, target value, zielwert, sollwert, 目标值, 指标值",
        "pillar": "pillar, strategic pillar, säule, strategische säule, 战略支柱, 支柱, 战略",
        "review": "review, cadence, rhythm, review cadence, rhythmus, überprüfung, 复盘, 复盘频率, 频率",
        "evaluated": (
            "evaluated, in evaluation, evaluation, beurteilt, beurteilung, 考核, 纳入考核, 是否考核"
        ),
        "core": "core, core goal, kernziel, 核心, 核心目标, 是否核心",
        "teams": (
            "teams, team, owner team, held by, responsible teams, verantwortliche teams, "
            "团队, 负责团队, 承担团队, 责任团队, 部门, 责任部门"
        ),
    },
    "id, name",
    "metric, target, pillar, review, evaluated, core, teams",
)
COUNTED = {
    "goal-new": N_("{count:new goal|new goals}"),
    "goal": N_("{count:goal|goals} changed"),
    "goal-team": N_("{count:team|teams} with one more goal"),
}

_READERS: dict[str, tuple[Callable[[str], object], Sentence]] = {
    "target": (number_of, sentence("write a number")),
    "review": (cadence_of, sentence("write weekly, monthly, quarterly or yearly")),
    "evaluated": (truth_of, sentence("write yes or no")),
    "core": (truth_of, sentence("write yes or no")),
}
"""How the cells are read that are no text, and what is right there."""


def read(taking: Taking, lookups: Lookups) -> None:
    """Plan new goals, what is said otherwise of those that are here, and who holds them besides."""
    table, goals = taking.table, lookups.organization.goals
    lines: dict[str, int] = {}
    for row in table.rows:
        identity, name = table.cell(row, "id"), table.cell(row, "name")
        about = name or identity or None
        if not about:
            taking.tell(row, "error", "no-goal", sentence("the row names no goal"))
            continue
        goal = lookups.goals.get(identity) if identity else None
        goal = goal or (lookups.goals.get(name) if name else None)
        made = goal or new_id(lambda each: each in goals or each in lines, identity, name, fallback="goal")
        same = goal or slug(identity or name)
        first = lines.setdefault(same, row.line)
        if first != row.line:
            says = sentence("{goal} stands in line {line} already", goal=about, line=first)
            taking.tell(row, "error", "goal-twice", says, about)
            continue
        values = _values(taking, lookups, row, about)
        holders = [
            taking.find(lookups.teams, row, each, taking.header("teams"), about)
            for each in list_of(table.cell(row, "teams"))
        ]
        if values is None:
            continue
        if goal is None:
            if not _plan_new(taking, row, made, name, values, about):
                continue
        else:
            _plan_changes(taking, row, goal, name, values, about)
        for team in holders:
            if team is not None and made not in taking.organization.teams[team].goals:
                says = sentence("{team}: {goal}", team=Ref.to("team", team), goal=Ref.to("goal", made))
                taking.plan("goal-team", row, about, {"op": "take_goal", "team": team, "goal": made}, says)


def _values(taking: Taking, lookups: Lookups, row: Row, about: str) -> dict[str, object] | None:
    """The values of a row by key; blank cells say nothing. None, with errors, if one cannot be read."""
    values: dict[str, object] = {}
    is_good = True
    for part in ("metric", "target", "pillar", "review", "evaluated", "core"):
        cell = taking.table.cell(row, part)
        if not cell:
            continue
        value: object = cell
        if part == "pillar":
            value = taking.find(lookups.pillars, row, cell, taking.header(part), about)
            is_good = is_good and value is not None
        elif part in _READERS:
            reader, right = _READERS[part]
            value = reader(cell)
            if value is None:
                says = sentence(
                    "{column}: {cell} cannot be read; {right}",
                    column=taking.header(part),
                    cell=shown(cell),
                    right=right,
                )
                taking.tell(row, "error", f"{part}-unreadable", says, about)
                is_good = False
        values[part] = value
    return values if is_good else None


def _columns(taking: Taking) -> dict[str, str]:
    return {part: taking.header(part) for part in taking.table.columns}


def _plan_new(taking: Taking, row: Row, goal: str, name: str, values: dict[str, object], about: str) -> bool:
    written = {"op": "add_goal", "goal": goal, "name": name, **values}
    return taking.plan("goal-new", row, about, written, sentence("{goal}", goal=name), _columns(taking))


def _plan_changes(
    taking: Taking, row: Row, goal: str, name: str, values: dict[str, object], about: str
) -> None:
    there = taking.organization.goals[goal]
    if name and name != there.name and slug(name) != goal and taking.table.cell(row, "id"):
        values = {"name": name, **values}
    changed = {key: value for key, value in values.items() if getattr(there, key) != value}
    if changed:
        changes = differences(there, changed)
        says = sentence("{goal}: {changes}", goal=Ref.to("goal", goal), changes=changes)
        taking.plan("goal", row, about, {"op": "set_goal", "goal": goal, **changed}, says, _columns(taking))
