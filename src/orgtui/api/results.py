"""The results of checking, placing and suggesting as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Literal

from orgtui.exchange.merge_results import ConflictSide as ConflictSide
from orgtui.exchange.merge_results import LostSignature as LostSignature
from orgtui.exchange.merge_results import MergeConflict as MergeConflict
from orgtui.exchange.merge_results import MergeFinding as MergeFinding
from orgtui.exchange.merge_results import MergeResult as MergeResult
from orgtui.exchange.merge_results import TouchedValue as TouchedValue
from orgtui.exchange.merge_results import to_plain

Severity = Literal["error", "warning", "advice"]
Applicability = Literal["safe", "decision", "hint"]
Fit = Literal["home", "kin", "neutral", "stranger"]


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
    write them: `{"op": "merge_teams", "team": "pr", "into": "brand"}`. One is about the plan itself:
    `{"op": "set_wave", "changes": [3, 4], "wave": 2}` puts its third and fourth change into wave 2.
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
        return {each.name: to_plain(getattr(self, each.name)) for each in fields(self)}


@dataclass(frozen=True, slots=True)
class FindingKey:
    """What makes a finding the same one in two states: its code, and its subjects written `kind:id`."""

    code: str
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A team as a place: how it fits there, and what moving it there would resolve and introduce.

    `balance` weighs what is resolved against what is introduced, `score` adds what the fit counts, and places
    are ranked by it, from 1. Where it cannot go `refusal` says why, and these three are None.
    """

    team: str
    rank: int | None
    balance: int | None
    fit: Fit
    score: int | None
    why: str
    resolved: tuple[FindingKey, ...]
    introduced: tuple[FindingKey, ...]
    refusal: str | None


@dataclass(frozen=True, slots=True)
class Placement:
    """Every place for one thing, written `kind:id`: by rank, then those where it cannot go, in file order."""

    what: str
    places: tuple[Place, ...]

    def as_dict(self) -> dict[str, Any]:
        """The same in dicts and lists, as `orgtui places --format json` writes it."""
        return {each.name: to_plain(getattr(self, each.name)) for each in fields(self)}


@dataclass(frozen=True, slots=True)
class SuggestedStep:
    """Changes of a suggestion that belong together, with what they resolve and introduce after those before.

    `kind` tells who sits, works and leads where from what people agree on. `changes` are as plans write them.
    """

    title: str
    kind: Literal["structure", "agreement"]
    wave: int
    changes: tuple[Mapping[str, object], ...]
    resolved: tuple[FindingKey, ...]
    introduced: tuple[FindingKey, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A plan that was found: what it leaves and what it costs.

    `penalty` is 9 for each error, 3 for each warning and 1 for each advice that is left; `left` names these
    findings. `cost` has `changes`, of which `agreements` move nobody, `touched` people (another team or
    manager), `moved`, `new_manager`, `teams_closed`, `teams_new` and `new_leads`.
    """

    id: str
    name: str
    penalty: int
    error: int
    warning: int
    advice: int
    cost: Mapping[str, int]
    steps: tuple[SuggestedStep, ...]
    left: tuple[FindingKey, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What a search found: the plans that nobody can beat, the lowest penalty first; none if now is best.

    `before` is the penalty now, `asked` how many questions were asked, `proven` up to how many moves
    everything was tried; `stopped` is `time` or `done` (nothing left to try). `recommended` is the id of one
    of the plans, None without any.
    """

    before: int
    asked: int
    proven: int
    stopped: str | None
    recommended: str | None
    plans: tuple[Suggestion, ...]
    _as_dict: Mapping[str, Any] = field(repr=False, compare=False)

    def as_dict(self) -> dict[str, Any]:
        """The same in dicts and lists, as `orgtui suggest --format json` writes it."""
        return {**self._as_dict}
