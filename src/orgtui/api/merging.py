"""Merging the plans in three files: they are read, and the organisation that they are for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from orgtui.api.user_error import UserError
from orgtui.changes.merge import Choose
from orgtui.changes.parse import parse_change
from orgtui.exchange.merge_results import MergeResult
from orgtui.exchange.merging import Merging, Plans
from orgtui.files.organization_beside import organizations_beside
from orgtui.files.organization_file import baseline_hash
from orgtui.files.plan_file import Plan, load_plan
from orgtui.files.toml.problems import InvalidFile, Problem
from orgtui.model.sentence import N_, sentence
from orgtui.model.store import Organization

ReadOrganization = Callable[[Path], Organization]


class PlanFiles(NamedTuple):
    """The files of plans to be merged, and where the plan belongs if these are copies, as git makes them."""

    base: Path
    ours: Path
    theirs: Path
    belongs: Path | None = None

    def called(self) -> tuple[str, str, str]:
        """What the files are called in messages: copies by the plan that they are copies of."""
        if self.belongs is None:
            return str(self.base), str(self.ours), str(self.theirs)
        return f"{self.belongs} (base)", f"{self.belongs} (ours)", f"{self.belongs} (theirs)"


def load_plans(files: PlanFiles) -> Plans:
    """Load three plans; an empty file is no base. Raises InvalidFile with the problems of all of them."""
    problems: list[Problem] = []
    loaded: list[Plan | None] = []
    for path, called in zip((files.base, files.ours, files.theirs), files.called(), strict=True):
        try:
            is_none = path == files.base and path.exists() and not path.stat().st_size
            loaded.append(None if is_none else load_plan(path, parse_change))
        except InvalidFile as invalid:
            problems += (replace(each, file=called) for each in invalid.problems)
    if problems:
        raise InvalidFile(problems)
    base, ours, theirs = loaded
    assert ours is not None
    assert theirs is not None
    return Plans(base, ours, theirs)


def organization_for(plans: Plans, beside: Path, named: Path | None, read: ReadOrganization) -> Organization:
    """The organisation that plans are for: the named one, or that beside a plan in their state.

    Raises UserError if it is not there in the state for which one of the plans was made, InvalidFile for one
    with problems that was named.
    """
    wanted = {plans.ours.baseline, plans.theirs.baseline}
    if named is not None:
        organization = read(named)
        if baseline_hash(organization) in wanted:
            return organization
        other = N_("both plans were made for another state of {organization}; name that state with --org")
        raise UserError(sentence(other, organization=named.name))
    for file in organizations_beside(beside):
        try:
            organization = read(file)
        except InvalidFile:
            continue
        if baseline_hash(organization) in wanted:
            return organization
    nowhere = N_(
        "no organisation beside {plan} is in the state that it was made for; name it, as it was, with --org"
    )
    raise UserError(sentence(nowhere, plan=beside.name))


def read_merging(files: PlanFiles, read: ReadOrganization, organization: Path | None = None) -> Merging:
    """Read the plans in three files and the organisation, the named one or that beside the plan.

    Raises InvalidFile, UserError, and CannotApply for a plan that cannot be made on its own baseline.
    """
    plans = load_plans(files)
    baseline = organization_for(plans, files.belongs or files.ours, organization, read)
    return Merging(baseline, plans, files.called()[1:])


def merge_files(
    files: PlanFiles,
    read: ReadOrganization,
    *,
    organization: Path | None = None,
    choose: Choose = lambda number: None,
) -> MergeResult:
    """Merge the plans in three files and tell what came of it; raises as `read_merging`."""
    merging = read_merging(files, read, organization)
    return merging.tell(merging.merge(choose))
