"""Handoffs: a row each, from one function or department to another."""

from __future__ import annotations

from orgtui.exchange.sheets.cells import truth_of
from orgtui.exchange.sheets.table import layout
from orgtui.exchange.sheets.taking import Lookups, Taking, differences
from orgtui.model.records import DEPARTMENT_PREFIX
from orgtui.model.schema import shown
from orgtui.model.sentence import N_, Ref, sentence

LAYOUT = layout(
    {
        "from": "from, source, giver, from function, von, abgebend, 从, 来源, 交出方, 上游, 交出职能",
        "to": "to, target, receiver, to function, an, nach, empfänger, 到, 去向, 接收方, 下游, 接收职能",
        "what": "what, deliverable, content, handed over, was, inhalt, übergabe, 内容, 交接内容, 交付物",
        "tracked": (
            "tracked, tracking, is tracked, nachverfolgt, verfolgt, 追踪, 可追踪, 是否追踪, 是否可追踪"
        ),
        "sla": "sla, service level, time limit, deadline, frist, 时限, 时效",
    },
    "from",
    "to",
)
COUNTED = {
    "handoff-new": N_("{count:new handoff|new handoffs}"),
    "handoff": N_("{count:handoff|handoffs} changed"),
}


def read(taking: Taking, lookups: Lookups) -> None:
    """Plan new handoffs, and what is said otherwise of those that are here."""
    table, handoffs = taking.table, lookups.organization.handoffs
    lines: dict[tuple[str, str], int] = {}
    columns = {part: taking.header(part) for part in table.columns}
    for row in table.rows:
        named = [table.cell(row, part) for part in ("from", "to")]
        about = " → ".join(each or "?" for each in named)
        ends = []
        for part, cell in zip(("from", "to"), named, strict=True):
            if cell:
                ends.append(taking.find(lookups.handoff_ends, row, cell, taking.header(part), about))
            else:
                says = sentence("{column} is empty", column=taking.header(part))
                taking.tell(row, "error", "no-end", says, about)
        values: dict[str, object] = {key: cell for key in ("what", "sla") if (cell := table.cell(row, key))}
        tracked = table.cell(row, "tracked")
        if tracked:
            values["tracked"] = truth_of(tracked)
            if values["tracked"] is None:
                says = sentence(
                    "{column}: {cell} cannot be read; {right}",
                    column=taking.header("tracked"),
                    cell=shown(tracked),
                    right=sentence("write yes or no"),
                )
                taking.tell(row, "error", "tracked-unreadable", says, about)
                continue
        if len(ends) < 2 or ends[0] is None or ends[1] is None:
            continue
        key = ends[0], ends[1]
        first = lines.setdefault(key, row.line)
        if first != row.line:
            says = sentence("{handoff} stands in line {line} already", handoff=about, line=first)
            taking.tell(row, "error", "handoff-twice", says, about)
            continue
        said = {"source": _ref(key[0]), "target": _ref(key[1])}
        there = handoffs.get(key)
        if there is None:
            says = sentence("{source} to {target}", **said)
            taking.plan(
                "handoff-new",
                row,
                about,
                {"op": "add_handoff", "from": key[0], "to": key[1], **values},
                says,
                columns,
            )
            continue
        changed = {name: value for name, value in values.items() if getattr(there, name) != value}
        if changed:
            changes = differences(there, changed)
            says = sentence("{source} to {target}: {changes}", **said, changes=changes)
            # An operation that says nothing of tracking would begin it.
            written = {
                "op": "track_handoff",
                "from": key[0],
                "to": key[1],
                "tracked": there.tracked,
                **changed,
            }
            taking.plan("handoff", row, about, written, says, columns)


def _ref(end: str) -> Ref:
    return Ref(end) if end.startswith(DEPARTMENT_PREFIX) else Ref.to("function", end)
