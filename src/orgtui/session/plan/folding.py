"""Folding a session into its plan file: its net changes and their summary."""

from __future__ import annotations

from collections.abc import Callable

from orgtui.changes.refusal import Refused
from orgtui.files.disk.writing import replace_file
from orgtui.files.plan_file import Plan, dump_plan
from orgtui.model.gate import safe_name
from orgtui.model.sentence import SentenceError, sentence
from orgtui.model.system_errors import reason_of
from orgtui.session.log.checkpoint import is_long
from orgtui.session.plan.decided import with_decisions
from orgtui.session.plan.opening import OpenedSession, file_hash, hash_of
from orgtui.session.plan.outcome import net_plan
from orgtui.session.store import Entry, LogError


class CannotFold(SentenceError):
    """The plan file was not written; `sentence` says why. Everything is still in the log."""


def fold(opened: OpenedSession) -> bool:
    """Write the plan file if steps have changed since it was written; returns whether it was.

    Raises CannotFold if it cannot be, or was changed by somebody else meanwhile.
    """
    session = opened.session
    try:
        writable = session.read_only is None
        session.catch_up()
        if writable and session.read_only is not None:
            raise CannotFold(session.read_only)
        if not session.unfolded or not writable:
            return False
        entry_count, data = session.entry_count, dump_plan(plan_of(opened))
        with session.exclusive() as note:
            if not session.unfolded:
                return False
            if session.entry_count != entry_count:
                data = dump_plan(plan_of(opened))
            write_plan(opened, data, note)
    except OSError as error:
        reason = reason_of(error)
        unwritten = sentence("{plan} cannot be written: {reason}", plan=opened.plan_path.name, reason=reason)
        raise CannotFold(unwritten) from error
    except (LogError, Refused) as error:
        raise CannotFold(error.sentence) from error
    return True


def write_plan(opened: OpenedSession, data: bytes, note: Callable[[Entry], None]) -> None:
    """Replace the plan file, unless anybody else than a session on this log has changed it.

    Only inside `exclusive`. Raises CannotFold, OSError or LogError.
    """
    path, plan = opened.plan_path, hash_of(data)
    if file_hash(path) not in opened.session.known_plans:
        raise CannotFold(sentence("{plan} was changed by somebody else and is left as it is", plan=path.name))
    note({"entry": "folding", "plan": plan})
    replace_file(path, data)
    note({"entry": "folded", "plan": plan})


def plan_of(opened: OpenedSession) -> Plan:
    """The plan of a session: the net changes of its active steps, with their summary."""
    session, head = opened.session, opened.plan
    if head is None:
        first = session.first_step
        head = Plan(
            name=safe_name(opened.plan_path.name.removesuffix(".toml").removesuffix(".plan")),
            organization=session.baseline.profile.name,
            baseline=opened.baseline_hash,
            author=session.author if first is None else first.by,
            created=None if first is None else first.at,
        )
    head = with_decisions(head, session.decisions, session.signatures)
    if is_long(session.entry_count):
        session.net_earlier()
    session.evaluate_pending()
    return net_plan(head, session.baseline, session.assessment, session.steps_to_net())
