"""`orgtui schema`: print the JSON Schema of a file or of output."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import orgtui.changes.operations  # noqa: F401 - makes every operation known
from orgtui.changes.base import OPERATIONS
from orgtui.changes.plan_operations import PLAN_OPERATIONS
from orgtui.cli.common import run_command, to_json
from orgtui.cli.parser import Parser
from orgtui.exchange.writing.json_schema import export_schema
from orgtui.files.json_schema import (
    check_schema,
    import_schema,
    organization_schema,
    plan_schema,
    suggest_schema,
)
from orgtui.model.sentence import N_
from orgtui.rules.registry import known_rules

SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "organization": lambda: organization_schema(known_rules()),
    "plan": lambda: plan_schema(OPERATIONS),
    "check": lambda: check_schema({**OPERATIONS, **PLAN_OPERATIONS}),
    "import": import_schema,
    "export": lambda: export_schema(known_rules()),
    "suggest": lambda: suggest_schema(OPERATIONS),
}
"""The functions that make the schemas, by name."""


def run(arguments: list[str]) -> int:
    """Run the command; prints one schema."""
    options = make_parser().parse_args(arguments)
    return run_command(partial(_print, options.schema))


def make_parser() -> Parser:
    """The parser of the arguments."""
    parser = Parser("orgtui schema", description=N_("The JSON Schema of a file, for editors and programs."))
    parser.add_argument(
        "schema",
        choices=SCHEMAS,
        help=N_(
            "an organisation file, a plan file, what check, import or suggest --format json writes, "
            "or what export --to json does"
        ),
    )
    return parser


def _print(of: str) -> int:
    print(to_json(SCHEMAS[of]()))
    return 0
