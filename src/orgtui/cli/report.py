"""Findings and metrics as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.api.checking import CheckedState, result_of
from orgtui.cli.words import as_json


def report_lines(checked: CheckedState) -> Iterator[str]:
    """The result of a check as `--format json` writes it."""
    yield as_json(result_of(checked).as_dict())
