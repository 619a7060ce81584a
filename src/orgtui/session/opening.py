"""Opening a session: where its plan and log lie, and what they say of each other."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from orgtui.changes.refusal import Refused
from orgtui.files.organization_file import baseline_hash, load_organization
from orgtui.model.sentence import Sentence, sentence
from orgtui.rules.assessment import Assessment
from orgtui.rules.registry import known_rules
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
    """Where a session without `--plan` keeps its plan, and a notice if that is elsewhere."""
    beside = organization.with_name(f"{organization.name.removesuffix('.toml')}.plan.toml")
    if os.access(beside.parent, os.W_OK):
        return beside, None
    state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "orgtui"
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    origin = hashlib.sha256(str(organization.resolve()).encode()).hexdigest()[:8]
    path = state / f"{beside.name.removesuffix('.plan.toml')}-{origin}.plan.toml"
    notice = sentence(
        "{folder} cannot be written; the plan is kept in {path}", folder=beside.parent, path=path
    )
    return path, notice


def log_path_for(plan: Path) -> Path:
    """The log beside a plan: `NAME.plan.log` for `NAME.plan.toml`."""
    return plan.with_name(f"{plan.name.removesuffix('.toml')}.log")


def open_session(organization_path: Path, plan_path: Path | None = None, today: date | None = None) -> Opened:
    """Open an organisation with its plan and what its log holds beyond it.

    Raises files' InvalidFile for a file with problems, CannotOpen if files do not fit together.
    """
    notice = None
    if plan_path is None:
        plan_path, notice = plan_path_for(organization_path)
    baseline = load_organization(organization_path, known_rules())
    hashed = baseline_hash(baseline)
    plan = _plan_at(plan_path)
    plan_hash = file_hash(plan_path) if plan is not None else None
    if plan is not None and plan.baseline != hashed:
        raise CannotOpen(
            sentence(
                "{plan} was made for another state of {organization}; "
                "`orgtui apply --rebase` shows what no longer holds",
                plan=plan_path.name,
                organization=organization_path.name,
            )
        )
    log = ChangeLog(log_path_for(plan_path))
    try:
        history, beginning = _history(log, hashed, plan, plan_hash, plan_path)
    except LogError as error:
        raise CannotOpen(error.sentence) from error
    assessment = Assessment(baseline.copy(), today or baseline.profile.as_of)
    try:
        session = Session(baseline, assessment, log, history, beginning, user_name())
    except Refused as refusal:
        raise CannotOpen(
            sentence("{plan} cannot be replayed: {reason}", plan=plan_path.name, reason=refusal.sentence)
        ) from refusal
    notices = () if notice is None else (notice,)
    return Opened(session, organization_path, plan_path, plan, hashed, notices)


def _plan_at(path: Path) -> Plan | None:
    if not path.exists():
        return None
    from orgtui.changes.parse import parse_change
    from orgtui.files.plan_file import load_plan

    return load_plan(path, parse_change)


def _history(
    log: ChangeLog, hashed: str, plan: Plan | None, plan_hash: str | None, plan_path: Path
) -> tuple[History, list[Entry]]:
    """What the log says if it goes with the plan; otherwise the plan's steps, to be logged first."""
    entries = log.read()
    if entries:
        log.take()
        history = History.of(entries)
        if history.baseline == hashed and plan_hash in (history.plan, None):
            return history, []
        if history.unfolded:
            raise CannotOpen(
                sentence(
                    "{log} holds changes that {plan} does not, and {plan} was changed since; "
                    "move one of them away to go on with the other",
                    log=log.path.name,
                    plan=plan_path.name,
                )
            )
        log.set_aside("old")
    beginning: list[Entry] = [{"entry": "begin", "format": 1, "baseline": hashed, "plan": plan_hash}]
    if plan is not None:
        beginning += [_imported(step) for step in plan.steps]
    return History.of(beginning), beginning


def _imported(step: PlanStep) -> Entry:
    said: Mapping[str, object] = {
        "entry": "do",
        "imported": True,
        "changes": [step.change],
        "why": step.why,
        "by": step.by,
        "at": step.at.isoformat() if isinstance(step.at, datetime) else None,
        "wave": step.wave,
    }
    return {key: value for key, value in said.items() if value is not None}


def file_hash(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    return "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
