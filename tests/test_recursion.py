"""No function follows data by calling itself: how deep an organisation is must not matter."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "orgtui"

ENGINE = "a derived value: the engine computes those that lie deep one after another, on every view"
BOUNDED = "tables and lists that are read lie no deeper than a limit, beyond which a file is refused"
TYPES = "follows types of the program, not data"
ONCE = "calls itself once, with something simpler"
LATER = "hands itself to the event loop, to be called once it has returned"

ALLOWED = {
    **dict.fromkeys(
        (
            *(
                f"rules/facts/teams.py {name}"
                for name in ("depth", "division", "functions_below", "seats_below")
            ),
            *(f"rules/facts/reporting.py {name}" for name in ("layer", "lead_at_or_above")),
            *(f"rules/facts/work.py {name}" for name in ("areas_below", "stages_below")),
            "rules/facts/funnel.py stages_connected_below",
            "rules/facts/goals.py goals_inherited",
            "rules/facts/home.py is_in_focus_line",
            "rules/facts/pay.py pay_below",
            *(
                f"rules/facts/measures.py {name}"
                for name in ("counted_below", "teams_below", "teams_with_targets")
            ),
        ),
        ENGINE,
    ),
    **dict.fromkeys(
        (
            "exchange/merge_results.py to_plain",
            "changes/base.py to_plain_data",
            "changes/replay.py _comparable",
            "exchange/record.py _escaped",
            "exchange/writing/json_state.py _plain",
            "files/toml/lines.py keys",
            "files/toml/lines.py value",
            "locales/__init__.py _format",
            "locales/__init__.py _quoted",
            "model/kinds.py _check_plain",
            "model/schema.py shown",
            "views/words/changes.py _in_words",
            "views/words/conflicts.py _value",
        ),
        BOUNDED,
    ),
    **dict.fromkeys(
        ("changes/codecs.py _writer", "files/json_schema.py _annotate_kinds", "model/schema.py value"), TYPES
    ),
    **dict.fromkeys(("session/presence.py _dump", "views/base/names.py name_of"), ONCE),
    "rules/succession.py _choices": ONCE,
    "views/pages/drawn_example.py _given": ONCE,
    **dict.fromkeys(("session/session.py _follow", "tui/screens/session.py run_command"), ONCE),
    **dict.fromkeys(
        (
            "tui/actions/carry/carry.py _go_through",
            "tui/actions/lifecycle/peers.py _poll",
        ),
        LATER,
    ),
    "changes/semantic_types.py semantic_type_of": TYPES,
    "changes/net.py _merged_at_once": "with halves of the steps, until these are few",
}
"""The functions that call themselves, with the reason why that ends soon."""


def names_called(function: ast.AST, first: str | None) -> Iterator[str]:
    """The functions that are called or handed over in one, and the methods of its own object."""
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == first:
            yield f"{first}.{node.attr}"


def recursive(path: Path) -> Iterator[str]:
    """The functions of a module that call themselves."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    methods = {
        id(each)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for each in node.body
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        first = node.args.args[0].arg if id(node) in methods and node.args.args else None
        name = node.name if first is None else f"{first}.{node.name}"
        called = (each for part in node.body for each in names_called(part, first))
        if name in called:
            yield f"{path.relative_to(SOURCE).as_posix()} {node.name}"


def test_no_function_calls_itself_on_data() -> None:
    found = {each for path in SOURCE.rglob("*.py") for each in recursive(path)}
    assert found == set(ALLOWED)
