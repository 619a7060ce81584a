"""The result of a check as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.api.checking import CheckedState, result_of
from orgtui.cli.common import to_json


def report_lines(checked: CheckedState) -> Iterator[str]:
    """The result of a check as `--format json` writes it."""
    yield to_json(result_of(checked).as_dict())
