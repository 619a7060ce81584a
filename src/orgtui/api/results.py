"""The result of a check as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, Literal

Severity = Literal["error", "warning", "advice"]
Applicability = Literal["safe", "decision", "hint"]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Why a finding is accepted, by whom, and through which day; None for a day means without end."""

    why: str
    by: str | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Fix:
    """A way to mend a finding, tried: it takes the finding away and adds no error.

    `safe` moves nobody, a `decision` does, a `hint` has no changes and is for people. `changes` are as plans
    write them: `{"op": "merge_teams", "team": "pr", "into": "brand"}`.
    """

    title: str
    applicability: Applicability
    changes: tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says of its subjects.

    `subjects` are written `kind:id`, `size` says how much is wrong (at least 1, in the unit of the rule),
    `evidence` holds the numbers of the message by name. `accepted` is None for a finding that counts.
    `fixes` begin with the best.
    """

    code: str
    name: str
    severity: Severity
    subjects: tuple[str, ...]
    size: int
    message: str
    evidence: Mapping[str, object]
    accepted: Acceptance | None
    fixes: tuple[Fix, ...]


@dataclass(frozen=True, slots=True)
class Asleep:
    """A rule that lacks the data it judges by, and the first thing missing."""

    code: str
    needs: str


@dataclass(frozen=True, slots=True)
class StaleAccept:
    """An acceptance of the organisation's file that matches no finding any more."""

    code: str
    subjects: tuple[str, ...]
    why: str
    by: str | None
    until: date | None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What the principles say of an organisation called `organization`, judged on the day `today`.

    `findings` are sorted by code and subjects, `counts` has how many count by severity and how many are
    `accepted`, `metrics` every metric by name (None where there is nothing to divide). `fixes_sought` is the
    number of findings, from the first, in which fixes were looked for: fewer than all only where that would
    be too much work.
    """

    organization: str
    today: date
    findings: tuple[Finding, ...]
    counts: Mapping[str, int]
    asleep: tuple[Asleep, ...]
    stale_accepts: tuple[StaleAccept, ...]
    metrics: Mapping[str, int | float | None]
    fixes_sought: int

    def as_dict(self) -> dict[str, Any]:
        """The same in dicts and lists, as `orgtui check --format json` writes it; dates are ISO text."""
        return {each.name: _plain(getattr(self, each.name)) for each in fields(self)}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return value.isoformat() if isinstance(value, date) else value
