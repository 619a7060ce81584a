"""`orgtui doctor`: whether the files of a session are as they should be, and what to do if not."""

from __future__ import annotations

import errno
import fcntl
import glob
import os
import re
import shlex
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import monotonic, sleep, time

from orgtui.changes.parse import parse_change
from orgtui.cli.common import UserError, run_command
from orgtui.cli.parser import Parser
from orgtui.files.disk.permissions import world_readable_warnings
from orgtui.files.disk.reading import read_regular_file
from orgtui.files.disk.referenced_files import referenced_path
from orgtui.files.disk.writing import mode_for_new_file
from orgtui.files.organization_file import baseline_hash, load_organization
from orgtui.files.plan_file import load_plan
from orgtui.locales import translate
from orgtui.model.gate import escape_control_chars
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.model.system_errors import reason_of
from orgtui.rules.registry import known_rules
from orgtui.session.identity import name_of
from orgtui.session.log.authors import READ_MAX, Authors, author_files_of, refused
from orgtui.session.log.chain import HEAD_DIGITS, NOTHING_READ, Reading, read_lines
from orgtui.session.log.checkpoint import checkpoint_path_for, is_of, is_own, read_checkpoint
from orgtui.session.log.entries import InvalidEntry
from orgtui.session.log.file import log_path_for
from orgtui.session.log.rescue import rescue_files_beside
from orgtui.session.plan.opening import CannotOpen, file_hash, plan_path_for
from orgtui.session.presence import refused_beside
from orgtui.session.store import Entry, is_vouched
from orgtui.session.timeline.history import History
from orgtui.session.timeline.step import shown_author

LOCK_PATIENCE_S = 1.0
"""How long somebody may hold the lock on the log: others hold it while they write an entry."""

LOCK_RETRY_S = 0.01
"""Seconds between two looks at the lock."""

TEMPORARY_AGE_S = 60.0
"""Seconds after which a temporary file is stray: nobody writes for so long."""

CLOCK_TOLERANCE = timedelta(minutes=1)
"""How far ahead of the clock the time of an entry may be."""

OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a file and what to do; `mend` does it. What is not `wrong` is only good to know."""

    said: Sentence
    wrong: bool = True
    mend: Callable[[], object] | None = None


def run(arguments: list[str]) -> int:
    """Run the command; 0 nothing is wrong, 1 something is, 2 bad input."""
    options = make_parser().parse_args(arguments)
    return run_command(partial(_examine, options.organization, options.plan, options.fix))


def make_parser() -> Parser:
    """The parser of the arguments."""
    parser = Parser(
        "orgtui doctor",
        description=N_("Tell what is wrong with the files of a session and what to do; changes nothing."),
    )
    parser.add_argument("organization", metavar="ORG", type=Path, help=N_("organisation file"))
    parser.add_argument("--plan", metavar="PLAN", type=Path, help=N_("plan file, if not beside ORG"))
    parser.add_argument(
        "--fix", action="store_true", help=N_("set modes right and remove stray temporary files")
    )
    return parser


def _examine(organization: Path, plan: Path | None, fix: bool) -> int:
    if plan is None:
        try:
            plan, _ = plan_path_for(organization, watch=True)
        except CannotOpen as error:
            raise UserError(error.sentence) from error
    wrong = 0
    for remark in _remarks(organization, plan):
        said = remark.said
        if fix and remark.mend is not None:
            said, mended = _mended(remark)
            wrong += not mended
        else:
            wrong += remark.wrong
        print(escape_control_chars(translate(said)))
    if not wrong:
        print(translate(sentence("Nothing is wrong")))
    return 1 if wrong else 0


def _mended(remark: Remark) -> tuple[Sentence, bool]:
    """What to say once a remark is mended, and whether it could be."""
    assert remark.mend is not None
    try:
        remark.mend()
    except OSError as error:
        reason = reason_of(error)
        return sentence("{said} (not mended: {reason})", said=remark.said, reason=reason), False
    return sentence("{said} (mended)", said=remark.said), True


def _remarks(organization: Path, plan: Path) -> Iterator[Remark]:
    """Everything that is to be said, file by file."""
    loaded = load_organization(organization, known_rules())
    log = log_path_for(plan)
    named = [name for name in (loaded.files.people, loaded.files.pay) if name is not None]
    documents = [organization, *(Path(referenced_path(os.fspath(organization), name)) for name in named)]
    kept = rescue_files_beside(log)
    yield from _folder(plan.absolute().parent)
    for document in documents:
        yield from _modes(document, OTHERS_WRITE)
    for said in world_readable_warnings(organization, loaded):
        yield Remark(said)
    yield from _session_file(plan, OTHERS_WRITE)
    for file in (log, *kept):
        yield from _session_file(file, stat.S_IRWXG | stat.S_IRWXO)
    reading = NOTHING_READ
    if _is_regular(log):
        yield from _lock(log)
        data = read_regular_file(log)
        reading = read_lines(data)
        yield from _entries(log, data, reading, plan, organization, baseline_hash(loaded))
    for file in kept:
        yield _about(
            N_(
                "{file} holds changes that could not be written: "
                "`orgtui recover {quoted} -o PLAN`, then remove it"
            ),
            file,
        )
    for said in refused_beside(plan):
        yield Remark(sentence("{reason}; remove it while nobody is in", reason=said))
    yield from _stray(plan, [*documents, plan, checkpoint_path_for(log, os.geteuid())])
    if reading.entries:
        holds = N_("{file} holds {count:entry|entries}, head {head}")
        count, head = len(reading.entries), reading.last[:HEAD_DIGITS]
        yield Remark(sentence(holds, file=log, count=count, head=head), wrong=False)


def _about(template: str, file: Path, *, wrong: bool = True, **words: object) -> Remark:
    """A remark on a log, with its name as the command line takes it."""
    quoted = shlex.quote(os.fspath(file))
    return Remark(sentence(template, file=file, quoted=quoted, **words), wrong)


# -- modes, owners and links -----------------------------------------------------------------------


def _folder(folder: Path) -> Iterator[Remark]:
    if os.stat(folder).st_mode & stat.S_IWOTH:
        wrong = N_("{folder}: everybody may put files here; keep the plan in a folder of yours or your group")
        yield Remark(sentence(wrong, folder=folder))


def _session_file(file: Path, denied: int) -> Iterator[Remark]:
    """What is wrong with a file that sessions write: links, owner, mode."""
    try:
        status = os.lstat(file)
    except FileNotFoundError:
        return
    if not stat.S_ISREG(status.st_mode):
        wrong = N_("{file} is a link or no regular file, and is refused; put the file itself there")
        yield Remark(sentence(wrong, file=file))
        return
    if status.st_nlink > 1:
        wrong = N_("{file} has another name as well, by which others may change it; put a copy in its place")
        yield Remark(sentence(wrong, file=file))
    folder = os.stat(file.absolute().parent)
    if not folder.st_mode & stat.S_ISGID and status.st_uid not in (os.geteuid(), folder.st_uid):
        wrong = N_("{file} was made by {owner}; move it away unless you know why")
        yield Remark(sentence(wrong, file=file, owner=name_of(status.st_uid)))
    yield from _modes(file, denied)


def _modes(file: Path, denied: int) -> Iterator[Remark]:
    """Whether others have rights of `denied` that the folder does not share."""
    if not _is_regular(file):
        return
    mode = stat.S_IMODE(os.lstat(file).st_mode)
    extra = mode & denied & ~mode_for_new_file(os.fspath(file.absolute().parent))
    if extra:
        right, quoted = mode & ~extra, shlex.quote(os.fspath(file))
        template = (
            N_("{file}: others may write it; chmod {mode} {quoted}")
            if extra & OTHERS_WRITE
            else N_("{file}: others may read it; chmod {mode} {quoted}")
        )
        octal = f"{right:o}"
        said = Sentence(template, {"file": file, "mode": octal, "quoted": quoted})
        yield Remark(said, mend=partial(_chmod, file, right))


def _chmod(file: Path, mode: int) -> None:
    """Set the mode of a file, whatever stands at its path by now."""
    descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        os.fchmod(descriptor, mode)
    finally:
        os.close(descriptor)


def _is_regular(file: Path) -> bool:
    try:
        return stat.S_ISREG(os.lstat(file).st_mode)
    except FileNotFoundError:
        return False


# -- locks ---------------------------------------------------------------------------------------------


def _lock(log: Path) -> Iterator[Remark]:
    """Who holds the lock on the log for longer than an entry takes; blocks up to LOCK_PATIENCE_S seconds."""
    descriptor = os.open(log, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    deadline = monotonic() + LOCK_PATIENCE_S
    try:
        while _is_held(descriptor):
            if monotonic() >= deadline:
                said = N_("{file} is locked by {who}, so nobody can change anything; ask them to leave")
                yield Remark(sentence(said, file=log, who=_holders(os.fstat(descriptor).st_ino)))
                return
            sleep(LOCK_RETRY_S)
    except OSError as error:
        said = N_("{file} cannot be locked: {reason}; put the plan on a disk of this computer")
        yield Remark(sentence(said, file=log, reason=error.strerror))
    finally:
        os.close(descriptor)


def _is_held(descriptor: int) -> bool:
    """Whether somebody holds the lock; tried without waiting and given back at once."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EACCES):
            return True
        raise
    fcntl.flock(descriptor, fcntl.LOCK_UN)
    return False


def _holders(inode: int) -> object:
    """The users and processes that hold a lock on a file, as far as the system tells."""
    holders = []
    for line in _lines(Path("/proc/locks")):
        words = line.split()
        if "->" not in words and words[1:2] == ["FLOCK"] and words[5].rpartition(":")[2] == str(inode):
            process = Path("/proc", words[4])
            command = next(iter(_lines(process / "comm")), "?")
            try:
                user = name_of(os.stat(process).st_uid)
            except OSError:
                user = "?"
            said = N_("{user}, process {process} ({command})")
            holders.append(sentence(said, user=user, process=words[4], command=command))
    return tuple(holders) or sentence("somebody")


def _lines(file: Path) -> list[str]:
    """The lines of a file of the system; none if it does not tell."""
    try:
        return file.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return []


# -- the log, and the plan against it --------------------------------------------------------------


def _entries(
    log: Path, data: bytes, reading: Reading, plan: Path, organization: Path, baseline: str
) -> Iterator[Remark]:
    history = History()
    entries = Authors(log).attributed(reading.entries, reading.hashes, os.lstat(log))
    for number, entry in enumerate(entries, start=1):
        try:
            history.apply(entry)
        except InvalidEntry as invalid:
            said = N_(
                "{file}: entry {number}: {reason}; make a plan of what stands before it: "
                "`orgtui recover {quoted} -o PLAN`"
            )
            yield _about(said, log, number=number, reason=invalid.sentence)
            return
    if reading.broken is not None:
        said = N_(
            "{file} is broken after entry {number}; make a plan of what stands before it: "
            "`orgtui recover {quoted} -o PLAN`"
        )
        yield _about(said, log, number=len(reading.entries))
        return
    if reading.end < len(data):
        said = N_("{file}: the last line was not written to its end and is passed over; that is harmless")
        yield Remark(sentence(said, file=log), wrong=False)
    yield from _checkpoint(log, data)
    yield from _authors(log, entries)
    yield from _clock(log, history)
    if history.baseline is not None:
        yield from _plan_against(history, log, plan, organization, baseline)


def _checkpoint(log: Path, lines: bytes) -> Iterator[Remark]:
    """Whether the checkpoint of this user is one, and of these lines."""
    file = checkpoint_path_for(log, os.geteuid())
    try:
        status = os.lstat(file)
    except FileNotFoundError:
        return
    if not is_own(status):
        said = N_("{file} is not a file that you alone can have written, and is passed over; remove it")
        yield Remark(sentence(said, file=file))
    elif not is_of(read_checkpoint(log), lines):
        said = N_("{file} no longer fits the log or this program, and is passed over; that is harmless")
        yield Remark(sentence(said, file=file), wrong=False)


def _authors(log: Path, entries: Sequence[Entry]) -> Iterator[Remark]:
    """The names that nothing vouches for, and the files that should and do not."""
    for file, uid in author_files_of(log):
        reason = refused(file, uid)
        if reason is not None:
            said = N_("{reason}; it does not vouch for what {user} wrote; move it away")
            yield Remark(sentence(said, reason=reason, user=name_of(uid)))
        elif os.lstat(file).st_size > READ_MAX:
            said = N_("{file}: only the last {size} MiB are read; earlier names get a question mark")
            yield Remark(sentence(said, file=file, size=READ_MAX >> 20), wrong=False)
    marked = [
        (number, str(by))
        for number, entry in enumerate(entries, start=1)
        if (by := entry.get("by")) is not None and not is_vouched(entry, by)
    ]
    if marked:
        said = N_(
            "{file}: nothing vouches for the names in {count:entry|entries}, first in {number} ({by}); "
            "they are shown with a question mark"
        )
        number, by = marked[0]
        shown = shown_author(by, is_vouched=False)
        told = sentence(said, file=log, count=len(marked), number=number, by=shown)
        yield Remark(told, wrong=False)


def _clock(log: Path, history: History) -> Iterator[Remark]:
    limit = datetime.now(UTC) + CLOCK_TOLERANCE
    ahead = [step for step in history.steps.values() if step.at is not None and step.at > limit]
    if ahead:
        said = N_(
            "{file}: change {number} by {by} is from the future ({time}), as are {more} after it; "
            "set the clock of this computer or of theirs"
        )
        first = ahead[0]
        yield Remark(
            sentence(
                said, file=log, number=first.number, by=first.who, time=str(first.at), more=len(ahead) - 1
            )
        )


def _plan_against(
    history: History, log: Path, plan: Path, organization: Path, baseline: str
) -> Iterator[Remark]:
    """Whether a session would open on log and plan; problems of the plan file raise InvalidFile."""
    files = {"file": log, "plan": plan, "organization": organization}
    present = file_hash(plan) if _is_regular(plan) else None
    if present is not None:
        load_plan(plan, parse_change)
    if history.baseline != baseline and history.active():
        said = N_("{file} holds changes to another state of {organization}; opening asks to take them over")
        yield Remark(Sentence(said, files))
    if present is None:
        if history.plan is not None and history.active():
            said = N_("{plan} is gone; open {organization} and leave, which writes it again from {file}")
            yield Remark(Sentence(said, files))
        elif history.unfolded:
            said = N_("{plan} is not written yet; open {organization} and leave, which writes it from {file}")
            yield Remark(Sentence(said, files), wrong=False)
    elif present not in (history.plan, history.folding):
        if history.unfolded:
            said = N_("{plan} was changed, and {file} holds changes that it does not; move one of them away")
            yield Remark(Sentence(said, files))
        else:
            said = N_("{plan} was changed since the last session; opening goes on from it and keeps {file}")
            yield Remark(Sentence(said, files), wrong=False)
    elif history.unfolded:
        said = N_("{file} holds changes that {plan} does not; open {organization} and leave to write them")
        yield Remark(Sentence(said, files), wrong=False)


# -- stray files -----------------------------------------------------------------------------------


def _stray(plan: Path, files: list[Path]) -> Iterator[Remark]:
    """Temporary files that a killed process left, and logs of earlier plans."""
    log = log_path_for(plan)
    for folder in dict.fromkeys(file.absolute().parent for file in files):
        starts = "|".join(re.escape(file.name[:60]) for file in files if file.absolute().parent == folder)
        temporary = re.compile(rf"\.(?:{starts})\.[0-9a-f]{{16}}")
        for found in sorted(folder.iterdir()):
            if temporary.fullmatch(found.name) and _is_old(found):
                said = N_("{file} was left by a process that was ended; remove it")
                yield Remark(sentence(said, file=found), mend=found.unlink)
    for found in sorted(log.absolute().parent.glob(f"{glob.escape(log.name)}.old*")):
        said = N_(
            "{file} holds the steps of an earlier plan; remove it or make a plan of it: "
            "`orgtui recover {quoted} -o PLAN`"
        )
        yield _about(said, found, wrong=False)


def _is_old(file: Path) -> bool:
    try:
        return time() - os.lstat(file).st_mtime > TEMPORARY_AGE_S
    except FileNotFoundError:  # its process is still at work
        return False
