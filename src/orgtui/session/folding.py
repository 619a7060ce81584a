"""Folding a session into its plan file: net changes, and what they come to."""

from __future__ import annotations

from orgtui.changes.step import Step
from orgtui.files.plan_file import Plan, dump_plan
from orgtui.files.writing import replace_file
from orgtui.model.gate import as_name
from orgtui.model.sentence import Sentence, sentence
from orgtui.session.log import LogError
from orgtui.session.opening import Opened, file_hash, hash_of
from orgtui.session.outcome import net_plan


class CannotFold(Exception):
    """The plan file was not written; `sentence` says why. The log still holds everything."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(said.template)
        self.sentence = said


def fold(opened: Opened) -> bool:
    """Write the plan file if the log holds something that it does not; returns whether it was written.

    Raises CannotFold if it cannot be, or was changed by somebody else meanwhile.
    """
    session, path = opened.session, opened.plan_path
    if not session.unfolded or session.read_only is not None:
        return False
    data = dump_plan(plan_of(opened))
    try:
        if file_hash(path) not in (None, session.plan):
            raise CannotFold(
                sentence("{plan} was changed by somebody else and is left as it is", plan=path.name)
            )
        session.folding(hash_of(data))
        replace_file(path, data)
        session.folded(hash_of(data))
    except OSError as error:
        reason = error.strerror or str(error)
        unwritten = sentence("{plan} cannot be written: {reason}", plan=path.name, reason=reason)
        raise CannotFold(unwritten) from error
    except LogError as error:
        raise CannotFold(error.sentence) from error
    return True


def plan_of(opened: Opened) -> Plan:
    """The plan that a session has come to: net changes with their summary."""
    session = opened.session
    head = opened.plan or Plan(
        name=as_name(opened.plan_path.name.removesuffix(".toml").removesuffix(".plan")),
        organization=session.baseline.profile.name,
        baseline=opened.baseline_hash,
        author=session.author,
        created=session.began,
    )
    steps = [
        Step(change, {}, step.why, step.by, step.at, step.wave)
        for step in session.steps
        for change in step.changes
    ]
    session.settle()
    return net_plan(head, session.baseline, session.assessment, steps)
