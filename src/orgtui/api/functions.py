"""The public functions of `orgtui`.

They never alter their arguments and never write files. Messages are in English unless the program sets
another language.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from orgtui.api.checking import check_state, require_known_rules, result_of
from orgtui.api.differences import Difference, differences, load_entries, organization_entries
from orgtui.api.errors import public_errors
from orgtui.api.organization import Organization, from_records, records_of
from orgtui.api.placing import place_all, things_to_place
from orgtui.api.results import CheckResult, MergeResult, Placement, Suggestions
from orgtui.api.state import state_with_plan
from orgtui.api.summary_check import require_matching_summary
from orgtui.api.user_error import UserError
from orgtui.files.disk.permissions import world_readable_warnings
from orgtui.files.organization_file import load_organization
from orgtui.locales import translate
from orgtui.model import store
from orgtui.model.sentence import sentence
from orgtui.rules.registry import known_rules

StrPath = str | os.PathLike[str]


def load(path: StrPath) -> Organization:
    """Read an organisation's file, and the people file that it names if it names one.

    Warns (UserWarning) of a file with pay in it or beside it that everybody on the computer can read. Raises
    OrgtuiError with every problem of the files, in the order of their lines.
    """
    with public_errors():
        return _loaded(path)


def check(
    organization: Organization | StrPath,
    plan: StrPath | None = None,
    *,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    today: date | None = None,
    with_pay: bool = False,
) -> CheckResult:
    """What the principles say of an organisation, as it is or with a plan applied.

    - `organization`: what `load` or `apply` gave, or the path of a file.
    - `plan`: the path of a plan for it; the metrics then have people moved and new managers as well.
    - `select`: codes, names or families of the rules to apply, all if None; `ignore`: those to leave out,
      even if selected. Whatever is selected, a finding and its fixes are the same.
    - `today`: the day to judge by, that of the organisation's file if None.
    - `with_pay`: read the pay file that the organisation names, and judge budgets.

    Raises OrgtuiError for a file with problems, a plan for another state of the organisation, a rule that is
    not known, and an empty `select`. Every fix is tried, which takes some seconds for 20,000 people.
    """
    selected, ignored = None if select is None else tuple(select), tuple(ignore)
    with public_errors():
        if selected == ():
            raise UserError(sentence("no rule is selected; leave the selection out to apply every rule"))
        require_known_rules((*(selected or ()), *ignored))
        there = _loaded(organization)
        state = state_with_plan(there.path, records_of(there), _optional_path(plan))
        checked = check_state(state, select=selected, ignore=ignored, today=today, with_pay=with_pay)
        return result_of(checked)


def places(
    organization: Organization | StrPath,
    things: Iterable[str] = (),
    plan: StrPath | None = None,
    *,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    today: date | None = None,
) -> tuple[Placement, ...]:
    """Where functions, teams and people could go: every team as a place, the best first.

    - `things`: written `function:sem`, `team:web` or `person:li-na`; all functions and then all teams below
      the root if none is named. Functions come with the people who mostly do them.
    - `organization`, `plan`, `select`, `ignore` and `today` as for `check`; findings of rules that are left
      out weigh nothing.

    Raises OrgtuiError as `check` does, and for a thing that is not there. A place takes milliseconds to try:
    some 20 seconds for one thing among the 3,000 teams of 20,000 people.
    """
    selected, ignored = None if select is None else tuple(select), tuple(ignore)
    with public_errors():
        if selected == ():
            raise UserError(sentence("no rule is selected; leave the selection out to apply every rule"))
        require_known_rules((*(selected or ()), *ignored))
        there = _loaded(organization)
        state = state_with_plan(there.path, records_of(there), _optional_path(plan))
        refs = things_to_place(state.organization, things)
        return tuple(place_all(state, refs, select=selected, ignore=ignored, today=today))


def suggest(
    organization: Organization | StrPath,
    plan: StrPath | None = None,
    *,
    limits: StrPath | None = None,
    keep: Iterable[str] = (),
    must: Iterable[str] = (),
    most: Mapping[str, int] | None = None,
    within: str | None = None,
    only: Literal["all", "structure", "agreements"] = "all",
    bold: bool = False,
    seconds: float = 10.0,
    asks: int | None = None,
    seed: int = 1,
    count: int = 5,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    today: date | None = None,
    with_pay: bool = False,
) -> Suggestions:
    """Search for better structures, within limits; see docs/suggest.md.

    - `plan`: a plan to go on from; its steps stay.
    - `limits`: a file of limits; that beside the organisation, if there is one, if None. `keep` (written
      `team:brand`, `person:li-na` or `function:sem`) and `must` (codes that find nothing in the end) add to
      it; `most` replaces its numbers: `{"touched": 6}`, also `moved`, `new_manager`, `new_teams`,
      `closed_teams` and `changes`.
    - `within`: the team in whose tree to search. `only`: who sits, works and leads where, or what people
      agree on. `bold`: also put together what has nothing in common.
    - `seconds` or, if given, `asks` (questions) end the search; the same `asks` and `seed` give the same
      answer on every computer. `count` is how many plans are told at most.
    - `organization`, `select`, `ignore`, `today` and `with_pay` as for `check`.

    Raises OrgtuiError as `check` does, for a file of limits with problems, and for words that are not known.
    """
    from orgtui.api.searching import Wishes, found

    wishes = Wishes(
        limits=_optional_path(limits),
        keep=tuple(keep),
        must=tuple(must),
        most=most or {},
        within=within,
        only=only,
        bold=bold,
        seconds=seconds,
        asks=asks,
        seed=seed,
        count=count,
        select=None if select is None else tuple(select),
        ignore=tuple(ignore),
        today=today,
        with_pay=with_pay,
    )
    with public_errors():
        there = _loaded(organization)
        return found(state_with_plan(there.path, records_of(there), _optional_path(plan)), wishes)


def apply(organization: Organization | StrPath, plan: StrPath) -> Organization:
    """The organisation that a plan leads to; nothing is written.

    `organization` as for `check`, `plan` the path of a plan for it. Raises OrgtuiError for a file with
    problems, a plan for another state of the organisation, a change that cannot be made, and a plan whose
    summary promises other numbers than its changes come to.
    """
    with public_errors():
        there = _loaded(organization)
        state = state_with_plan(there.path, records_of(there), Path(plan))
        require_matching_summary(state, Path(plan).name)
        return from_records(there.path, state.organization)


def diff(old: Organization | StrPath, new: Organization | StrPath) -> tuple[Difference, ...]:
    """How two organisations, or two plans, differ: by id, in the order of the old one, then what is new.

    Both are organisations (as for `check`) or both are paths of plans. Raises OrgtuiError for a file with
    problems, and for a plan beside an organisation.
    """
    with public_errors():
        if isinstance(old, Organization) or isinstance(new, Organization):
            before, after = (organization_entries(records_of(_loaded(each))) for each in (old, new))
        else:
            before, after = load_entries(Path(old), Path(new), _read)
        return tuple(differences(before, after))


def merge(
    base: StrPath,
    ours: StrPath,
    theirs: StrPath,
    *,
    organization: StrPath | None = None,
    take: Literal["ours", "theirs"] | Mapping[int, Literal["ours", "theirs"]] | None = None,
) -> MergeResult:
    """Merge two plans that come from a third by what their changes touch; see docs/plans.md.

    - `base`: an empty file where the plans have none in common.
    - `organization`: the path of its file, looked for beside `ours` if None.
    - `take`: the side to take in every conflict, or in single ones by their numbers. Elsewhere ours stays.

    Raises OrgtuiError with the problems of all files, for an organisation that is not in the state that one
    of the plans was made for, and for a plan that cannot be made on it.
    """
    from orgtui.api.merging import PlanFiles, merge_files

    with public_errors():
        return merge_files(
            PlanFiles(Path(base), Path(ours), Path(theirs)),
            _read,
            organization=_optional_path(organization),
            choose=lambda number: take.get(number) if isinstance(take, Mapping) else take,
        )


def _loaded(organization: Organization | StrPath) -> Organization:
    if isinstance(organization, Organization):
        return organization
    file = Path(organization)
    return from_records(file, _read(file))


def _optional_path(path: StrPath | None) -> Path | None:
    return None if path is None else Path(path)


def _read(file: Path) -> store.Organization:
    records = load_organization(file, known_rules())
    for warning in world_readable_warnings(file, records):
        warnings.warn(translate(warning), stacklevel=4)
    return records
