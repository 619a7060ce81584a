"""A plan as sentences, one a line, for `git diff` and other programs that compare text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path

from orgtui.changes.base import to_plain_data
from orgtui.changes.parse import parse_change
from orgtui.cli.common import UserError
from orgtui.cli.git import GitFailed, git
from orgtui.files.disk.reading import read_text
from orgtui.files.organization_beside import names_for, organizations_beside
from orgtui.files.organization_file import load_organization
from orgtui.files.plan_file import Plan, PlanTable, load_plan
from orgtui.files.toml.problems import InvalidFile
from orgtui.locales import NameLookup, join_list, translate
from orgtui.model.sentence import N_, Ref, sentence
from orgtui.model.store import Organization
from orgtui.rules.registry import known_rules
from orgtui.views.base.names import name_of
from orgtui.views.words.changes import describe, mentioned

OTHER_PARTS = frozenset((*(each.name for each in fields(PlanTable)), "steps", "summary"))
"""The fields of a plan that are not lists of entries of their own."""


def sentence_lines(path: Path, organization: Path | None) -> Iterator[str]:
    """A plan as sentences; a file that is no plan, or has problems, as it is.

    Names are those of the organisation if one is named, or found in the repository or beside the plan;
    otherwise those that the plan itself gives, and ids.
    """
    try:
        plan = load_plan(path, parse_change)
    except InvalidFile:
        yield from read_text(str(path)).splitlines()
        return
    yield from plan_lines(plan, _names(plan, _organization(path, organization)))


def plan_lines(plan: Plan, names: NameLookup) -> Iterator[str]:
    """The head of a plan, then its other parts entry by entry, then its changes wave by wave."""
    for each in fields(PlanTable):
        value = getattr(plan, each.name)
        if value is not None:
            yield f"{each.name}: {to_plain_data(value)}"
    for each in fields(Plan):
        if each.name not in OTHER_PARTS:
            for entry in getattr(plan, each.name):
                said = to_plain_data(entry)
                assert isinstance(said, Mapping)
                yield f"{each.name}: {join_list(f'{key} {value}' for key, value in said.items())}"
    wave = 0
    for step in plan.steps:
        if step.wave != wave:
            wave = step.wave
            yield ""
            yield translate(sentence(N_("wave {number}"), number=wave))
        yield f"- {translate(describe(step.change, step.was), names)}"
        if step.why is not None:
            said = sentence("because “{why}”", why=step.why)
            yield f"  {translate(said)}"


def _organization(plan: Path, named: Path | None) -> Organization | None:
    """The named organisation, else the one of the plan if it can be found and read; None if not."""
    if named is not None:
        return load_organization(named, known_rules())
    for file in _candidates(plan):
        try:
            return load_organization(file, known_rules())
        except InvalidFile:
            continue
    return None


def _candidates(plan: Path) -> list[Path]:
    """Files that may be the organisation of a plan: in a repository those called so, else those beside it.

    Git hands over copies of plans, under their own names, in folders elsewhere.
    """
    names = list(names_for(plan.name))
    try:
        root = Path(git(Path(), "rev-parse", "--show-toplevel").removesuffix("\n"))
        listed = git(root, "ls-files", "-z", "--", *(f":(top,glob)**/{name}" for name in names))
    except (GitFailed, UserError):
        return organizations_beside(plan)
    files = [root / each for each in listed.split("\0") if each]
    return [mine[0] for name in names if len(mine := [each for each in files if each.name == name]) == 1]


def _names(plan: Plan, organization: Organization | None) -> NameLookup:
    """Names as the organisation has them, else as the plan gives them to what it makes, else ids."""
    given: dict[Ref, str] = {}
    for step in plan.steps:
        change = parse_change(step.change)
        name = getattr(change, "name", None) or getattr(change, "title", None)
        if isinstance(name, str):
            for ref in mentioned(change):
                given.setdefault(ref, name)
    nobody = Organization(()) if organization is None else organization

    def named(ref: Ref) -> str:
        return name_of(nobody, ref, passing=given)

    return named
