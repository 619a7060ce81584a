"""Opening a session: where its plan and log lie, and what they say of each other."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from orgtui.changes.refusal import Refused
from orgtui.files.exposure import exposures
from orgtui.files.organization_file import baseline_hash, load_organization
from orgtui.files.reading import regular_bytes
from orgtui.files.state_folder import make_private, state_folder
from orgtui.model.sentence import Sentence, sentence
from orgtui.model.store import Organization
from orgtui.rules.a201_change_shock import Waves
from orgtui.rules.assessment import Assessment
from orgtui.rules.registry import known_rules
from orgtui.session.entries import FORMAT, InvalidEntry
from orgtui.session.history import History
from orgtui.session.identity import user_name
from orgtui.session.log import ChangeLog, Entry, LogError
from orgtui.session.session import Session

if TYPE_CHECKING:
    from orgtui.files.plan_file import Plan, PlanStep


class CannotOpen(Exception):
    """The session cannot be opened; `sentence` says why and what to do."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(said.template)
        self.sentence = said


@dataclass(frozen=True, slots=True)
class Opened:
    """A session with its places; `notices` are told to the user once."""

    session: Session
    organization_path: Path
    plan_path: Path
    plan: Plan | None
    baseline_hash: str
    notices: tuple[Sentence, ...] = ()


def plan_path_for(organization: Path) -> tuple[Path, Sentence | None]:
    """Where a session without `--plan` keeps its plan, and a notice if that is elsewhere.

    Raises CannotOpen if there is no such place.
    """
    beside = organization.with_name(f"{organization.name.removesuffix('.toml')}.plan.toml")
    if os.access(beside.parent, os.W_OK):
        return beside, None
    state = state_folder()
    try:
        make_private(state)
    except OSError as error:
        wrong = "neither {folder} nor {state} can be written; name a place for the plan with --plan"
        raise CannotOpen(sentence(wrong, folder=beside.parent, state=state)) from error
    origin = hashlib.sha256(os.fsencode(organization.resolve())).hexdigest()[:8]
    path = state / f"{beside.name.removesuffix('.plan.toml')}-{origin}.plan.toml"
    notice = sentence(
        "{folder} cannot be written; the plan is kept in {path}", folder=beside.parent, path=path
    )
    return path, notice


def log_path_for(plan: Path) -> Path:
    """The log beside a plan: `NAME.plan.log` for `NAME.plan.toml`."""
    return plan.with_name(f"{plan.name.removesuffix('.toml')}.log")


def open_session(
    organization_path: Path,
    plan_path: Path | None = None,
    today: date | None = None,
    loaded: Callable[[Organization], None] = lambda organization: None,
) -> Opened:
    """Open an organisation with its plan and what its log holds; `loaded` sees it before it is judged.

    Raises files' InvalidFile for a file with problems, CannotOpen if files do not fit together.
    """
    notices: list[Sentence] = []
    baseline = load_organization(organization_path, known_rules())
    notices += exposures(organization_path, baseline)
    loaded(baseline)
    if plan_path is None:
        plan_path, notice = plan_path_for(organization_path)
        notices += [] if notice is None else [notice]
    if plan_path.is_symlink():
        raise CannotOpen(sentence("{plan} is a link; name the plan file itself", plan=plan_path))
    log = ChangeLog(log_path_for(plan_path))
    with ExitStack() as unless_opened:
        unless_opened.callback(log.close)
        try:
            log.take()
            files = _Files(organization_path, plan_path, log, baseline_hash(baseline), _plan_at(plan_path))
            history, beginning = _history(files)
        except LogError as error:
            raise CannotOpen(error.sentence) from error
        except InvalidEntry as invalid:
            broken = sentence("{log} cannot be used: {reason}", log=log.path.name, reason=invalid.sentence)
            raise CannotOpen(broken) from invalid
        assessment = Assessment(baseline.copy(), today or baseline.profile.as_of, waves=Waves())
        try:
            session = Session(baseline, assessment, log, history, beginning, user_name())
        except Refused as refusal:
            wrong = "{plan} cannot be replayed: {reason}"
            raise CannotOpen(sentence(wrong, plan=plan_path.name, reason=refusal.sentence)) from refusal
        unless_opened.pop_all()
    notices += files.notices
    return Opened(session, organization_path, plan_path, files.plan, files.baseline, tuple(notices))


def file_hash(path: Path) -> str | None:
    """The SHA-256 of a file's bytes; None if nothing is there."""
    try:
        return hash_of(regular_bytes(path))
    except FileNotFoundError:
        return None


def hash_of(data: bytes) -> str:
    """The SHA-256 of what a plan file holds, as logs name it."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


# -- what the files say of each other --------------------------------------------------------------


@dataclass(slots=True)
class _Files:
    """The files of a session as they are found: `baseline` is the hash of the organisation."""

    organization_path: Path
    plan_path: Path
    log: ChangeLog
    baseline: str
    plan: Plan | None
    notices: list[Sentence] = field(default_factory=list)

    def told(self, template: str) -> Sentence:
        """A sentence about the files by name."""
        names = {
            "log": self.log.path.name,
            "plan": self.plan_path.name,
            "organization": self.organization_path.name,
        }
        return Sentence(template, names)


def _plan_at(path: Path) -> Plan | None:
    if not os.path.lexists(path):
        return None
    from orgtui.changes.parse import parse_change
    from orgtui.files.plan_file import load_plan

    return load_plan(path, parse_change, through_links=False)


def _history(files: _Files) -> tuple[History, list[Entry]]:
    """What the log says if it goes with the plan; otherwise the plan's steps, to be logged first."""
    history = History.of(files.log.read())
    plan_hash = None if files.plan is None else file_hash(files.plan_path)
    if history.baseline is None:
        return _begun(files, plan_hash)
    if history.baseline != files.baseline:
        if history.unfolded if files.plan else history.active():
            wrong = (
                "{log} holds changes to another state of {organization}; "
                "bring that state back, or move {log} away to begin anew"
            )
            raise CannotOpen(files.told(wrong))
    elif files.plan is None:
        if history.plan is not None and history.active():
            history.unfolded = True
            files.notices.append(files.told("{plan} is gone; its changes are taken from {log}"))
        return history, []
    elif plan_hash == history.plan:
        return history, []
    elif plan_hash == history.folding:
        folded: Entry = {"entry": "folded", "plan": plan_hash}
        history.take(folded)
        return history, [folded]
    elif history.unfolded:
        wrong = (
            "{log} holds changes that {plan} does not, and {plan} was changed since; "
            "move one of them away to go on with the other"
        )
        raise CannotOpen(files.told(wrong))
    begun = _begun(files, plan_hash)
    kept = files.log.set_aside("old")
    said = "{plan} is no longer what the last session left; the steps of that session are kept in {kept}"
    files.notices.append(sentence(said, plan=files.plan_path.name, kept=kept.name))
    return begun


def _begun(files: _Files, plan_hash: str | None) -> tuple[History, list[Entry]]:
    """The history of a session that begins with its plan, and the entries that say so."""
    if files.plan is not None and files.plan.baseline != files.baseline:
        wrong = (
            "{plan} was made for another state of {organization}; "
            "`orgtui apply --rebase` shows what no longer holds"
        )
        raise CannotOpen(files.told(wrong))
    begin: Entry = {"entry": "begin", "format": FORMAT, "baseline": files.baseline, "plan": plan_hash}
    steps = () if files.plan is None else files.plan.steps
    beginning = [begin, *map(_imported, steps)]
    return History.of(beginning), beginning


def _imported(step: PlanStep) -> Entry:
    said: Mapping[str, object] = {
        "entry": "do",
        "imported": True,
        "changes": [step.change],
        "why": step.why,
        "by": step.by,
        "at": None if step.at is None else step.at.isoformat(),
        "wave": step.wave,
    }
    return {key: value for key, value in said.items() if value is not None}
