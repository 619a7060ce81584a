"""Opening a session: where its plan and log are, and whether they agree."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Set
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from orgtui.changes.refusal import Refused
from orgtui.files.disk.permissions import world_readable_warnings
from orgtui.files.disk.reading import read_regular_file
from orgtui.files.disk.state_folder import make_private_folder, state_folder
from orgtui.files.disk.trust import distrust, vouched_by_owner
from orgtui.files.organization_file import baseline_hash, load_organization
from orgtui.files.plan_file import Baseline
from orgtui.files.schema.entries import record_to_entry
from orgtui.model.gate import safe_name
from orgtui.model.sentence import N_, Sentence, SentenceError, sentence
from orgtui.model.store import Organization
from orgtui.rules.assessment import Assessment
from orgtui.rules.facts.waves import no_waves
from orgtui.rules.registry import known_rules
from orgtui.session.log.chain import as_stored
from orgtui.session.log.entries import FORMAT, InvalidEntry
from orgtui.session.log.file import log_beside
from orgtui.session.plan.decided import Signed, signed_as_is, signed_in
from orgtui.session.plan.on_disk import OnDisk
from orgtui.session.session import Session
from orgtui.session.store import (
    Entry,
    LogBusy,
    LogError,
    LogReplaced,
    LogUnusable,
    SessionStore,
    SignedEntry,
    StoreFor,
)
from orgtui.session.timeline.history import History
from orgtui.session.timeline.state import NO_STEPS, NetSteps
from orgtui.session.timeline.step import vouched_authors

if TYPE_CHECKING:
    from orgtui.files.plan_file import Plan, PlanStep


ATTEMPTS = 5
"""How often opening is tried while others rotate the log."""


LOCK_TIMEOUT_S = 10.0
"""How long to wait for the log on opening: longer than in a session, where a user waits for a key."""


class CannotOpen(SentenceError):
    """The session cannot be opened; `sentence` says why and what to do."""


@dataclass(frozen=True, slots=True)
class StalePlan:
    """A plan for another state of its organisation, and the files it was found in.

    `plan_hash` is that of the plan file, `entries` the number of those in the log, which `store_for` opens;
    `vouched` are the names of authors in the plan that are vouched for, `signed` what was signed.
    """

    plan: Plan
    plan_path: Path
    plan_hash: str | None
    entries: int
    store_for: StoreFor
    vouched: Set[str]
    signed: Signed


class OrganizationChanged(CannotOpen):
    """The changes were made to another state of the organisation; they can be rebased onto this one."""

    def __init__(self, said: Sentence, stale: StalePlan) -> None:
        super().__init__(said)
        self.stale = stale


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """An open session with its files and its store; `notices` are shown to the user once."""

    session: Session
    organization_path: Path
    plan_path: Path
    plan: Plan | None
    baseline_hash: str
    on_disk: OnDisk
    store: SessionStore
    notices: tuple[Sentence, ...] = ()


def plan_path_for(organization: Path, *, watch: bool = False) -> tuple[Path, Sentence | None]:
    """The default path of the plan of an organisation, with a notice if it is not beside it.

    With `watch` it is always beside it, where others keep theirs. Raises CannotOpen if no folder is writable.
    """
    beside = organization.with_name(f"{organization.name.removesuffix('.toml')}.plan.toml")
    if watch or os.access(beside.parent, os.W_OK):
        return beside, None
    state = state_folder()
    try:
        make_private_folder(state)
    except OSError as error:
        wrong = N_("neither {folder} nor {state} can be written; name a place for the plan with --plan")
        raise CannotOpen(sentence(wrong, folder=beside.parent, state=state)) from error
    origin = hashlib.sha256(os.fsencode(organization.resolve())).hexdigest()[:8]
    path = state / f"{beside.name.removesuffix('.plan.toml')}-{origin}.plan.toml"
    notice = sentence(
        "{folder} cannot be written; the plan is kept in {path}", folder=beside.parent, path=path
    )
    return path, notice


def open_session(
    organization_path: Path,
    plan_path: Path | None = None,
    today: date | None = None,
    loaded: Callable[[Organization], None] = lambda organization: None,
    *,
    watch: bool = False,
    store_for: StoreFor = log_beside,
) -> OpenedSession:
    """Open an organisation with its plan and log; `loaded` gets the organisation before it is assessed.

    With `watch` nothing is written, and no right to write is needed. Blocks for up to LOCK_TIMEOUT_S seconds
    while others write. Raises InvalidFile for a file with problems, CannotOpen if the files do not agree.
    """
    notices: list[Sentence] = []
    on_disk = OnDisk(organization_path)
    baseline = load_organization(organization_path, known_rules())
    on_disk.include(baseline.files.people)
    notices += world_readable_warnings(organization_path, baseline)
    loaded(baseline)
    if plan_path is None:
        plan_path, notice = plan_path_for(organization_path, watch=watch)
        notices += [] if notice is None else [notice]
    if plan_path.is_symlink():
        raise CannotOpen(sentence("{plan} is a link; name the plan file itself", plan=plan_path))
    store = store_for(plan_path, watch=watch)
    with ExitStack() as unless_opened:
        unless_opened.callback(store.close)
        files = _Files(
            organization_path, plan_path, store, store_for, baseline_hash(baseline), baseline, watch
        )
        try:
            history, beginning, net = files.reconcile()
        except LogError as error:
            raise CannotOpen(error.sentence) from error
        except InvalidEntry as invalid:
            broken = sentence("{log} cannot be used: {reason}", log=store.name, reason=invalid.sentence)
            raise CannotOpen(broken) from invalid
        assess = partial(Assessment, today=today or baseline.profile.as_of, waves=no_waves(baseline))
        try:
            session = Session(baseline, assess, store, history, beginning, files.read_only, net)
        except Refused as refusal:
            wrong = N_("{plan} cannot be replayed: {reason}")
            raise CannotOpen(sentence(wrong, plan=plan_path.name, reason=refusal.sentence)) from refusal
        unless_opened.pop_all()
    notices += files.notices if store.unverified is None else [*files.notices, store.unverified]
    return OpenedSession(
        session,
        organization_path,
        plan_path,
        files.plan,
        files.baseline,
        on_disk,
        store,
        tuple(notices),
    )


def file_hash(path: Path) -> str | None:
    """The hash of a plan file as logs record it; None if there is no file."""
    try:
        return hash_of(read_regular_file(path))
    except FileNotFoundError:
        return None


def hash_of(data: bytes) -> str:
    """The hash of the bytes of a plan file as logs record it: SHA-256 in hexadecimal."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


# -- whether plan and log agree --------------------------------------------------------------------


@dataclass(slots=True)
class _Files:
    """The files of a session that is being opened; `baseline` is the hash of the organisation."""

    organization_path: Path
    plan_path: Path
    store: SessionStore
    store_for: StoreFor
    baseline: str
    organization: Organization
    watch: bool
    plan: Plan | None = None
    notices: list[Sentence] = field(default_factory=list)
    read_only: Sentence | None = None
    signed: Signed = field(default_factory=dict)

    def reconcile(self) -> tuple[History, Entry | None, NetSteps]:
        """The history that log and plan agree on, and the first entry of a log that has yet to be begun.

        With what its first steps come to, if a checkpoint says it and they are still as they were.

        Others are kept from writing meanwhile if this session may write. Raises LogError or InvalidEntry for
        a log that cannot be used, CannotOpen if log and plan contradict each other.
        """
        for _ in range(ATTEMPTS):
            try:
                with self._locked_if_writable() as is_open:
                    self.plan = _plan_at(
                        self.plan_path, Baseline(self.organization, self.baseline), self.watch
                    )
                    history, net = self._read() if is_open else (History(), NO_STEPS)
                    missing = self.store.missing() if is_open else None
                    self.notices += [] if missing is None else [missing]
                    history, beginning = self._agreed(history)
                    return history, beginning, net if net.count == history.resumed else NO_STEPS
            except LogReplaced:
                self.store.reset()
        raise LogError(self._message(N_("{log} is busy: others are writing; try again")))

    @contextmanager
    def _locked_if_writable(self) -> Iterator[bool]:
        """Keep others from writing, or make the session read-only; yields whether there is a log."""
        if self.watch:
            self.read_only = sentence("You are watching; without --watch you can change things, too")
        with ExitStack() as holding:
            is_open = self.store.open()
            if is_open:
                self.read_only = self.read_only or self.store.unwritable
            if is_open and self.read_only is None:
                try:
                    holding.enter_context(self.store.exclusive(LOCK_TIMEOUT_S))
                except LogUnusable as error:
                    self.read_only = error.sentence
                except LogBusy as busy:
                    waited = N_("{reason}; until you open this again you can only look")
                    self.read_only = sentence(waited, reason=busy.sentence)
            yield is_open

    def _message(self, template: str) -> Sentence:
        """A sentence with the names of the files."""
        names = {
            "log": self.store.name,
            "plan": self.plan_path.name,
            "organization": self.organization_path.name,
        }
        return Sentence(template, names)

    def _read(self) -> tuple[History, NetSteps]:
        """The history in the log, resumed from a checkpoint if one holds, and what that says of its steps."""
        resumed = self.store.resume(self.baseline)
        entries = self.store.read()
        if resumed is None:
            return History.of(entries), NO_STEPS
        history = History.resume(resumed.said["history"], resumed.load)
        history.extend(entries, resumed.count)
        return history, NetSteps.read(resumed.said)

    def _agreed(self, history: History) -> tuple[History, Entry | None]:
        """The history in the log if it agrees with the plan; otherwise one that begins with the plan."""
        plan_hash = None if self.plan is None else file_hash(self.plan_path)
        self.signed = signed_in(history.decisions)
        if history.baseline is None:
            return self._begin_with_plan(plan_hash)
        if history.baseline != self.baseline:
            if self.read_only or (history.unfolded if self.plan else history.has_content):
                wrong = N_(
                    "{log} holds changes to another state of {organization}; "
                    "bring that state back, or move {log} away to begin anew"
                )
                if self.read_only or plan_hash not in (None, history.plan, history.folding):
                    raise CannotOpen(self._message(wrong))
                raise OrganizationChanged(
                    self._message(wrong),
                    self._stale_plan(self._plan_in_log(), plan_hash, vouched_authors(history.active())),
                )
        elif self.plan is None:
            if history.plan is not None and history.has_content:
                history.unfolded = True
                self.notices.append(self._message(N_("{plan} is gone; its changes are taken from {log}")))
            return history, None
        elif plan_hash == history.plan or self.read_only is not None:
            return history, None
        elif plan_hash == history.folding:
            history.apply({"entry": "folded", "plan": plan_hash})
            return history, None
        elif history.unfolded:
            wrong = N_(
                "{log} holds changes that {plan} does not, and {plan} was changed since; "
                "move one of them away to go on with the other"
            )
            raise CannotOpen(self._message(wrong))
        begun = self._begin_with_plan(plan_hash)
        kept = self.store.rotate()
        said = N_(
            "{plan} is no longer what the last session left; the steps of that session are kept in {kept}"
        )
        self.notices.append(sentence(said, plan=self.plan_path.name, kept=kept))
        return begun

    def _plan_in_log(self) -> Plan:
        """The plan in the log."""
        from orgtui.session.plan.recovery import recover

        recovered = recover(self.store.contents(), safe_name(self.organization_path.name))
        return replace(recovered.plan, signoffs=recovered.signoffs)

    def _stale_plan(self, plan: Plan, plan_hash: str | None, vouched: Set[str]) -> StalePlan:
        return StalePlan(
            plan, self.plan_path, plan_hash, self.store.count, self.store_for, vouched, self.signed
        )

    def _begin_with_plan(self, plan_hash: str | None) -> tuple[History, Entry]:
        """A history that begins with the steps of the plan, and the first entry of its log."""
        if self.plan is not None and self.plan.baseline != self.baseline:
            wrong = N_(
                "{plan} was made for another state of {organization}; "
                "`orgtui apply --rebase` shows what no longer holds"
            )
            vouched = vouched_by_owner(self.plan_path)
            raise OrganizationChanged(self._message(wrong), self._stale_plan(self.plan, plan_hash, vouched))
        signed = self._signed_in_plan()
        begin: dict[str, object] = {
            "entry": "begin",
            "format": FORMAT,
            "baseline": self.baseline,
            "plan": plan_hash,
            "file": safe_name(self.organization_path.name),
            "organization": self.organization.profile.name,
        }
        if self.plan is not None:
            head = {name: getattr(self.plan, name) for name in HEAD}
            begin |= {name: value for name, value in head.items() if value is not None}
            if self.plan.waves:
                begin["waves"] = [record_to_entry(wave) for wave in self.plan.waves]
            if self.plan.reviews:
                begin["reviews"] = [record_to_entry(review) for review in self.plan.reviews]
            if signed:
                begin["signoffs"] = [
                    {**record_to_entry(each), "division": signed[each.team]} for each in self.plan.signoffs
                ]
            begin["steps"] = [_entry_of(step) for step in self.plan.steps]
        entry = as_stored(begin)
        return History.of([SignedEntry(entry, self.store.author)]), entry

    def _signed_in_plan(self) -> Signed:
        """What the plan signs; one that accepts what is not found is refused, as `apply` does.

        That is asked once, of the plan: a log keeps what was accepted even if the finding is undone later.
        Raises CannotOpen.
        """
        if self.plan is None:
            return {}
        accepts = any(step.change["op"] == "accept" for step in self.plan.steps)
        if not accepts and not self.plan.signoffs:
            return {}
        from orgtui.session.plan.planned import CannotApply, made_from

        try:
            made = made_from(self.organization, self.plan, self.plan_path)
        except CannotApply as refusal:
            raise CannotOpen(refusal.sentence) from refusal
        return signed_as_is(self.plan, made.organization)


HEAD = ("name", "author", "created", "status", "review_on")
"""The fields of a plan that its log keeps, so that the plan can be recovered from the log alone."""


def _entry_of(step: PlanStep) -> Entry:
    said = {key: getattr(step, key) for key in ("change", "was", "why", "by", "at", "wave")}
    return {key: value for key, value in said.items() if value is not None}


def _plan_at(path: Path, baseline: Baseline, watch: bool) -> Plan | None:
    if not os.path.lexists(path):
        return None
    from orgtui.changes.parse import parse_change
    from orgtui.files.plan_file import load_plan

    trust = partial(distrust, to_read=watch)
    return load_plan(path, parse_change, baseline=baseline, follow_symlinks=False, distrust=trust)
