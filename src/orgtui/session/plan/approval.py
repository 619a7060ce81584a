"""Who approved a plan file, or said that it is applied, as its log tells."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path

from orgtui.files.disk.reading import DistrustedFile, read_regular_file
from orgtui.files.disk.trust import distrust
from orgtui.files.plan_file import Plan
from orgtui.model.kinds import LOCKED
from orgtui.model.sentence import Sentence
from orgtui.session.log.chain import read_lines
from orgtui.session.log.entries import InvalidEntry
from orgtui.session.log.file import log_path_for
from orgtui.session.timeline.decisions import STATUS, Decided, why_locked
from orgtui.session.timeline.history import History


def why_plan_is_locked(plan: Plan, path: Path) -> Sentence | None:
    """Why the plan in a file takes no changes, by whom and since when if its log tells; None if it does."""
    if plan.status not in LOCKED:
        return None
    said = _said_in_log(path)
    if said is None or said.decision.topic != STATUS:
        return why_locked(plan.status)
    return why_locked(plan.status, said.who, said.at)


def _said_in_log(path: Path) -> Decided | None:
    """What the log of a plan says of its status; None if there is no log that can be read."""
    with suppress(OSError, DistrustedFile, InvalidEntry):
        data = read_regular_file(log_path_for(path), distrust=partial(distrust, to_read=True))
        return History.of(read_lines(data).entries).decisions.of(STATUS)
    return None
