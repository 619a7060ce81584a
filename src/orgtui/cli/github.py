"""Findings as workflow commands of GitHub Actions, which show them at their lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orgtui.api.checking import CheckedState
from orgtui.cli.finding_locations import locate_findings, relative_to_cwd
from orgtui.model.records import Severity
from orgtui.rules.registry import catalogue

COMMANDS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "advice": "notice"}

IN_MESSAGES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
IN_PROPERTIES = IN_MESSAGES | str.maketrans({":": "%3A", ",": "%2C"})


def github_lines(checked: CheckedState) -> Iterator[str]:
    """A line for each finding that is not accepted."""
    for each in locate_findings(checked):
        if not each.reported.counts:
            continue
        code = each.reported.finding.code
        properties = {
            "file": relative_to_cwd(each.location.file).as_posix(),
            "line": str(each.location.line),
            "title": f"{code} {catalogue()[code].name}",
        }
        listed = ",".join(f"{key}={value.translate(IN_PROPERTIES)}" for key, value in properties.items())
        yield f"::{COMMANDS[each.reported.severity]} {listed}::{each.words.translate(IN_MESSAGES)}"
