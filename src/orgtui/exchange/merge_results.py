"""What came of a merge of plans, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, Literal

from orgtui.model.records import Severity


@dataclass(frozen=True, slots=True)
class ConflictSide:
    """What one plan says in a conflict: in words, and as plans write it.

    `changes` are those that the conflict is about, `value` what stands in a part that is no change.
    """

    words: str
    changes: tuple[Mapping[str, object], ...]
    value: object = None


@dataclass(frozen=True, slots=True)
class TouchedValue:
    """A value that both plans changed: of what (`person:li-na`), under which key, and what each says."""

    subject: str
    key: str
    base: object
    ours: object
    theirs: object
    message: str


@dataclass(frozen=True, slots=True)
class MergeConflict:
    """What two plans that come from a third both changed, or what cannot be made together.

    `about` names the things (`team:web`), or the part of the plan (`plan.name`). `reason` says why where the
    two did not change the same. `kept` is the side that stands in the merged plan, None if neither does;
    `settled` whether there is nothing to choose, or somebody chose.
    """

    number: int
    about: tuple[str, ...]
    base: ConflictSide
    ours: ConflictSide
    theirs: ConflictSide
    touched: tuple[TouchedValue, ...]
    reason: str | None
    kept: Literal["ours", "theirs"] | None
    settled: bool


@dataclass(frozen=True, slots=True)
class MergeFinding:
    """A finding of the merged plan."""

    code: str
    severity: Severity
    subjects: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class LostSignature:
    """A signature of a division that is not as it was signed any more: which team, who, in words."""

    team: str
    by: str | None
    message: str


@dataclass(frozen=True, slots=True)
class MergeResult:
    """Two plans that come from a third one, merged.

    `plan` is the text of its file, `changes` how many it has, `from_ours` and `from_theirs` how many each
    side changed against the base that stand in it, `unsettled` how many conflicts wait for a choice.
    `before` (of the baseline), `ours`, `theirs` and `merged` count findings by severity; `introduced` are
    those that the baseline has not, `together` those of them that come of neither plan alone. `unsigned` are
    the signatures that do not hold any more.
    """

    plan: str
    changes: int
    from_ours: int
    from_theirs: int
    conflicts: tuple[MergeConflict, ...]
    unsettled: int
    before: Mapping[str, int]
    ours: Mapping[str, int]
    theirs: Mapping[str, int]
    merged: Mapping[str, int]
    introduced: tuple[MergeFinding, ...]
    together: tuple[MergeFinding, ...]
    unsigned: tuple[LostSignature, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The same in dicts and lists without the plan, as `orgtui merge --format json` writes it."""
        return {each.name: to_plain(getattr(self, each.name)) for each in fields(self) if each.name != "plan"}


def to_plain(value: Any) -> Any:
    """A result in dicts, lists and what JSON has; dates are ISO text."""
    if isinstance(value, Mapping):
        return {key: to_plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(each) for each in value]
    if is_dataclass(value):
        return {each.name: to_plain(getattr(value, each.name)) for each in fields(value)}
    return value.isoformat() if isinstance(value, date) else value
