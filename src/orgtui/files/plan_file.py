"""Plan files: an immutable baseline and an ordered list of changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Literal

from orgtui.files.disk.reading import DistrustOf, read_text
from orgtui.files.schema.entries import record_to_entry
from orgtui.files.schema.schema import FileSchema
from orgtui.files.toml import writing as toml
from orgtui.files.toml.document import Document
from orgtui.files.toml.problems import format_path
from orgtui.model.invalid import InvalidChange
from orgtui.model.kinds import AnyNumber, Day, Format, Hash, Moment, Name, Replaced, Text, Wave
from orgtui.model.sentence import sentence

PlanStatus = Literal["draft", "proposed", "approved", "applied"]

SHARED_KEYS: Mapping[str, tuple[str, ...]] = {"accept": ("why", "by"), "note": ("by", "at")}
"""Keys of a step that are fields of the change as well, by operation."""


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A change as it is written, with what it replaced and why it was made.

    `change` is `op` with the operation's own fields; changes of one wave are announced and done together.
    """

    change: Mapping[str, object]
    was: Replaced = field(default_factory=dict)
    why: Text | None = None
    by: Text | None = None
    at: Moment | None = None
    wave: Wave = 1


@dataclass(frozen=True, slots=True)
class PlannedWave:
    """What a wave is called, and the day on which it is announced."""

    number: Wave
    name: Name | None = None
    on: Day | None = None


@dataclass(frozen=True, slots=True)
class SummaryFinding:
    """A finding as a summary names it."""

    code: Text
    subjects: Sequence[Text]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a plan comes to: numbers before and after, findings resolved and introduced."""

    before: Mapping[Text, AnyNumber] = field(default_factory=dict)
    after: Mapping[Text, AnyNumber] = field(default_factory=dict)
    resolved: Sequence[SummaryFinding] = ()
    introduced: Sequence[SummaryFinding] = ()
    people_moved: int = 0
    new_manager: int = 0


@dataclass(frozen=True, slots=True)
class PlanTable:
    """The `[plan]` table; `organization` and `baseline` name the state that the changes begin from."""

    name: Name
    organization: Text
    baseline: Hash
    author: Text | None = None
    created: Moment | None = None
    status: PlanStatus = "draft"
    review_on: Day | None = None


@dataclass(frozen=True, slots=True)
class Plan(PlanTable):
    """A plan: an ordered list of changes to a baseline; `waves` are those that are described."""

    steps: tuple[PlanStep, ...] = ()
    summary: Summary | None = None
    waves: tuple[PlannedWave, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A whole plan file."""

    plan: PlanTable
    format: Format = 1
    wave: tuple[PlannedWave, ...] = ()
    change: tuple[Mapping[str, object], ...] = ()
    summary: Summary | None = None


PLAN = FileSchema(lambda schema: schema.record(PlanFile, ()))
STEP = FileSchema(lambda schema: schema.record(PlanStep, ()))
STEP_KEYS = tuple(each.name for each in fields(PlanStep) if each.name != "change")


def load_plan(
    path: str | os.PathLike[str],
    parse_change: Callable[[Mapping[str, object]], object],
    *,
    follow_symlinks: bool = True,
    distrust: DistrustOf | None = None,
) -> Plan:
    """Load a plan; each change is checked by `parse_change`, which raises InvalidChange.

    A file for which `distrust` gives a reason is refused. Raises InvalidFile with every problem of the file,
    in the order of its lines.
    """
    file = os.fspath(path)
    document = Document(file, read_text(file, follow_symlinks=follow_symlinks, distrust=distrust))
    document.check_depth()
    document.data.setdefault("plan", {})
    whole: PlanFile | None = PLAN.validate(document, document.data)
    steps = tuple(_steps(document, parse_change))
    _check_waves(document)
    if whole is None or not document.is_valid:
        raise document.invalid_file()
    return Plan(
        **{each.name: getattr(whole.plan, each.name) for each in fields(PlanTable)},
        steps=steps,
        summary=whole.summary,
        waves=whole.wave,
    )


def dump_plan(plan: Plan) -> bytes:
    """A plan in canonical form: the same bytes for the same plan."""
    head = {each.name: getattr(plan, each.name) for each in fields(PlanTable)}
    text = toml.key_value_lines({"format": 1})
    text += toml.table("[plan]", {key: value for key, value in head.items() if value is not None})
    for wave in plan.waves:
        text += toml.table("[[wave]]", record_to_entry(wave))
    for step in plan.steps:
        step_fields = record_to_entry(step)
        change = step_fields.pop("change")
        shared = SHARED_KEYS.get(change["op"], ())
        said = {key: value for key, value in step_fields.items() if key not in shared}
        text += toml.table("[[change]]", {**change, **said})
    if plan.summary is not None:
        said = {each.name: getattr(plan.summary, each.name) for each in fields(Summary)}
        for key in ("resolved", "introduced"):
            said[key] = [record_to_entry(finding) for finding in said[key]]
        text += toml.table("[summary]", said)
    return text.encode()


def _check_waves(document: Document) -> None:
    """Add a problem for each wave that is described a second time."""
    waves = document.data.get("wave")
    first: dict[int, int] = {}
    for place, written in enumerate(waves if isinstance(waves, list) else ()):
        number = written.get("number") if isinstance(written, dict) else None
        if type(number) is int and first.setdefault(number, place) != place:
            document.add_problem(
                ("wave", place),
                sentence("{wave} describes the same wave", wave=format_path(("wave", first[number]))),
                sentence("keep one of them"),
            )


def _steps(document: Document, parse_change: Callable[[Mapping[str, object]], object]) -> Iterator[PlanStep]:
    """The valid steps; problems of the others are added to the document."""
    changes = document.data.get("change")
    latest = 1
    for place, written in enumerate(changes if isinstance(changes, list) else ()):
        if not isinstance(written, dict):
            continue
        shared = SHARED_KEYS.get(str(written.get("op")), ())
        change = {key: value for key, value in written.items() if key in shared or key not in STEP_KEYS}
        step_fields = {key: written[key] for key in STEP_KEYS if key in written}
        step: PlanStep | None = STEP.validate(document, {"change": {}, **step_fields}, at=("change", place))
        try:
            parse_change(change)
        except InvalidChange as invalid:
            for path, wrong, right in invalid.problems:
                document.add_problem(("change", place, *path), wrong, right)
        if step is None:
            continue
        if step.wave < latest:
            document.add_problem(
                ("change", place, "wave"),
                sentence("wave {wave} comes after wave {latest}", wave=step.wave, latest=latest),
                sentence("put the changes of a wave together, the waves in order"),
            )
        latest = max(latest, step.wave)
        yield replace(step, change=change)
