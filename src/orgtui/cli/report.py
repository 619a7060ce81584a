"""The result of a check as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.api.checking import CheckedState, result_of
from orgtui.cli.common import to_json, warn
from orgtui.model.sentence import N_, sentence


def report_lines(checked: CheckedState) -> Iterator[str]:
    """The result of a check as `--format json` writes it."""
    result = result_of(checked)
    if result.fixes_sought < len(result.findings):
        cut = N_(
            "fixes were looked for in the first {number} of {all:finding|findings}, which is work enough"
        )
        warn(sentence(cut, number=result.fixes_sought, all=len(result.findings)))
    yield to_json(result.as_dict())
