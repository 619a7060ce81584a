"""Plan files: an immutable baseline and an ordered list of changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from orgtui.files.disk.reading import DistrustOf, read_text
from orgtui.files.schema.entries import record_to_entry
from orgtui.files.schema.schema import FileSchema
from orgtui.files.toml import writing as toml
from orgtui.files.toml.document import Document
from orgtui.files.toml.problems import format_path
from orgtui.model.invalid import InvalidChange
from orgtui.model.kinds import (
    AnyNumber,
    Day,
    Format,
    Hash,
    Id,
    Moment,
    Name,
    Replaced,
    Text,
    Verdict,
    Wave,
)
from orgtui.model.kinds import PlanStatus as PlanStatus
from orgtui.model.schema import closest, shown
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.model.store import Organization

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
class SeatReview:
    """The decision about one seat."""

    person: Id
    verdict: Verdict
    by: Text | None = None
    at: Moment | None = None


@dataclass(frozen=True, slots=True)
class Signoff:
    """A division whose part of the plan was signed; any later change in it takes the signature away."""

    team: Id
    by: Text | None = None
    at: Moment | None = None


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
    """A plan: an ordered list of changes to a baseline; `waves` are those that are described.

    `reviews` has the verdicts that people gave, at most one a seat; a seat that a change touches needs none.
    `signoffs` has the divisions that are signed as they are with all steps.
    """

    steps: tuple[PlanStep, ...] = ()
    summary: Summary | None = None
    waves: tuple[PlannedWave, ...] = ()
    reviews: tuple[SeatReview, ...] = ()
    signoffs: tuple[Signoff, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A whole plan file."""

    plan: PlanTable
    format: Format = 1
    wave: tuple[PlannedWave, ...] = ()
    review: tuple[SeatReview, ...] = ()
    signoff: tuple[Signoff, ...] = ()
    change: tuple[Mapping[str, object], ...] = ()
    summary: Summary | None = None


PLAN = FileSchema(lambda schema: schema.record(PlanFile, ()))
STEP = FileSchema(lambda schema: schema.record(PlanStep, ()))
STEP_KEYS = tuple(each.name for each in fields(PlanStep) if each.name != "change")

ONE_FOR_EACH: Mapping[str, tuple[str, str]] = {
    "wave": ("number", N_("{entry} describes the same wave")),
    "review": ("person", N_("{entry} is about the same seat")),
    "signoff": ("team", N_("{entry} signs the same division")),
}
"""The tables that have at most one entry for a thing: the key that names it, and what is said of another."""

NEW_SEATS: Mapping[str, str] = {"add_seat": "person"}
NEW_TEAMS: Mapping[str, str] = {"create_team": "team", "split_team": "new", "pull_out": "team"}
"""The operations that bring seats and teams into being, each with the key of their id."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The organisation that plans are read for, and its hash."""

    organization: Organization
    hash: str


def load_plan(
    path: str | os.PathLike[str],
    parse_change: Callable[[Mapping[str, object]], object],
    *,
    baseline: Baseline | None = None,
    follow_symlinks: bool = True,
    distrust: DistrustOf | None = None,
) -> Plan:
    """Load a plan; each change is checked by `parse_change`, which raises InvalidChange.

    Whose seat is reviewed and which team is signed is checked if the plan was made for `baseline`.

    A file for which `distrust` gives a reason is refused. Raises InvalidFile with every problem of the file,
    in the order of its lines.
    """
    file = os.fspath(path)
    document = Document(file, read_text(file, follow_symlinks=follow_symlinks, distrust=distrust))
    document.check_depth()
    document.data.setdefault("plan", {})
    whole: PlanFile | None = PLAN.validate(document, document.data)
    steps = tuple(_steps(document, parse_change))
    for table, (key, said) in ONE_FOR_EACH.items():
        _check_one_for_each(document, table, key, said)
    if baseline is not None and _baseline_of(document) == baseline.hash:
        _check_known(document, baseline.organization)
    if whole is None or not document.is_valid:
        raise document.invalid_file()
    return Plan(
        **{each.name: getattr(whole.plan, each.name) for each in fields(PlanTable)},
        steps=steps,
        summary=whole.summary,
        waves=whole.wave,
        reviews=whole.review,
        signoffs=whole.signoff,
    )


def dump_plan(plan: Plan) -> bytes:
    """A plan in canonical form: the same bytes for the same plan."""
    head = {each.name: getattr(plan, each.name) for each in fields(PlanTable)}
    text = toml.key_value_lines({"format": 1})
    text += toml.table("[plan]", {key: value for key, value in head.items() if value is not None})
    described = {"wave": plan.waves, "review": plan.reviews, "signoff": plan.signoffs}
    for name, entries in described.items():
        for entry in entries:
            text += toml.table(f"[[{name}]]", record_to_entry(entry))
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


def _check_one_for_each(document: Document, table: str, key: str, said: str) -> None:
    """Add a problem for each further entry of a table about the same thing, as which `key` names it."""
    first: dict[object, int] = {}
    for place, written in _tables(document, table):
        thing = written.get(key)
        if type(thing) in (int, str) and first.setdefault(thing, place) != place:
            document.add_problem(
                (table, place),
                Sentence(said, {"entry": format_path((table, first[thing]))}),
                sentence("keep one of them"),
            )


def _baseline_of(document: Document) -> object:
    """The hash of what a plan was made for, as it is written."""
    head = document.data["plan"]
    return head.get("baseline") if isinstance(head, dict) else None


def _check_known(document: Document, baseline: Organization) -> None:
    """Add a problem for each seat and team that neither the baseline nor the plan has."""
    people, teams = set(baseline.people), set(baseline.teams)
    for _, change in _tables(document, "change"):
        op = str(change.get("op"))
        people.add(change.get(NEW_SEATS.get(op, "")))
        teams.add(change.get(NEW_TEAMS.get(op, "")))
    for table, key, known in (("review", "person", people), ("signoff", "team", teams)):
        for place, written in _tables(document, table):
            named = written.get(key)
            if isinstance(named, str) and named not in known:
                close = closest(named, [each for each in known if isinstance(each, str)])
                document.add_problem(
                    (table, place, key),
                    sentence("no {kind} has the id {id}", kind=sentence(key), id=shown(named)),
                    sentence("the nearest known one is {nearest}", nearest=close)
                    if close
                    else sentence("write the id of one that the organisation has"),
                )


def _tables(document: Document, name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The entries of a table with their places; what is no table is passed over."""
    entries = document.data.get(name)
    for place, written in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(written, dict):
            yield place, written


def _steps(document: Document, parse_change: Callable[[Mapping[str, object]], object]) -> Iterator[PlanStep]:
    """The valid steps; problems of the others are added to the document."""
    latest = 1
    for place, written in _tables(document, "change"):
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
