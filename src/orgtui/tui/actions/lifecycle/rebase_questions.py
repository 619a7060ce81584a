"""The questions of a rebase: whether to do it, and how to resolve each conflict."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from orgtui.locales import translate
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.session.identity import user_name
from orgtui.session.plan.opening import OrganizationChanged, StalePlan
from orgtui.session.plan.rebasing import (
    CannotRebase,
    NumberedConflict,
    PlanRebase,
    Rebase,
    has_finding_in,
    reload_organization,
)
from orgtui.session.timeline.step import shown_author
from orgtui.tui.actions.lifecycle.on_disk import call_in_event_loop
from orgtui.tui.prompts.deciding import Answers, DecisionPrompt
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.base.cells import wrapped
from orgtui.views.base.names import Names
from orgtui.views.words.changes import describe
from orgtui.views.words.conflicts import conflict_lines

KEEP, LEAVE_OUT = "keep", "leave-out"
TAKE_OVER, LEAVE_ALONE = "take-over", "leave-alone"


class RebaseCallbacks(NamedTuple):
    """Called after the last answer with a message: the rebase was cancelled, refused or done."""

    given_up: Callable[[Sentence], None]
    refused: Callable[[Sentence], None]
    done: Callable[[Sentence], None]


# -- a plan that cannot be opened ------------------------------------------------------------------


def offer_rebase(
    screen: SessionScreen, organization: Path, other: OrganizationChanged, ends: RebaseCallbacks
) -> None:
    """Ask whether to rebase a plan made for another state of the organisation onto the current one."""
    title = sentence(
        "{plan} was made for another state of {organization}",
        plan=other.stale.plan_path.name,
        organization=organization.name,
    )
    answers = {
        TAKE_OVER: sentence("Take its {count:change|changes} over", count=len(other.stale.plan.steps)),
        LEAVE_ALONE: sentence("Leave everything as it is"),
    }
    rows = Answers([], {answer: translate(words) for answer, words in answers.items()})

    def decided(answer: str | None) -> None:
        if answer == TAKE_OVER:
            in_background(screen, partial(_begin_with_plan, screen, organization, other.stale, ends))
        else:
            ends.given_up(other.sentence)

    screen.app.push_screen(DecisionPrompt(screen.theme, translate, title, rows), decided)


def _begin_with_plan(
    screen: SessionScreen, organization: Path, stale: StalePlan, ends: RebaseCallbacks
) -> None:
    there = reload_organization(organization)
    rebasing = PlanRebase(stale, there, has_finding_in(there.organization))
    call_in_event_loop(screen, partial(ask_conflicts, screen, rebasing, ends))


# -- questions -------------------------------------------------------------------------------------


def in_background(screen: SessionScreen, work: Callable[[], None]) -> None:
    """Run `work` in a worker thread; a later call cancels an earlier one."""
    screen.run_worker(
        work,
        thread=True,
        exclusive=True,
        group="file",
        description=N_("read and judge what the organisation has become"),
    )


def ask_conflicts(screen: SessionScreen, rebasing: Rebase, ends: RebaseCallbacks) -> None:
    """Ask about the next conflict; if there is none, finish the rebase."""
    numbered = rebasing.conflict()
    if numbered is None:
        _take_over(rebasing, ends)
        return
    question = _question(screen, rebasing, numbered)
    screen.app.push_screen(question, partial(_decided, screen, rebasing, numbered, ends))


def _question(screen: SessionScreen, rebasing: Rebase, numbered: NumberedConflict) -> DecisionPrompt:
    number, conflict = numbered
    step, names = conflict.step, Names(rebasing.organization, rebasing.before)
    by = None if step.by is None else shown_author(step.by, step.by in rebasing.vouched)
    title = sentence(
        "Change {number} of {count}: {by} {did}",
        number=number,
        count=rebasing.count,
        by=sentence("you") if by in (None, user_name()) else by,
        did=describe(step.change, step.was),
    )
    leave_out = {LEAVE_OUT: translate(sentence("Leave this change out"))}
    over_that = {KEEP: translate(sentence("Make it all the same"))}
    answers = leave_out if conflict.refused is not None else {**over_that, **leave_out}
    room = screen.size.width * 3 // 5
    lines = [part for line in conflict_lines(conflict, names) for part in wrapped(line, room)]
    return DecisionPrompt(screen.theme, partial(translate, names=names), title, Answers(lines, answers))


def _decided(
    screen: SessionScreen,
    rebasing: Rebase,
    numbered: NumberedConflict,
    ends: RebaseCallbacks,
    answer: str | None,
) -> None:
    if answer is None:
        ends.given_up(sentence("Nothing was changed"))
        return
    (rebasing.keep if answer == KEEP else rebasing.leave_out)(numbered.number)
    ask_conflicts(screen, rebasing, ends)


def _take_over(rebasing: Rebase, ends: RebaseCallbacks) -> None:
    try:
        rebasing.save()
    except CannotRebase as refused:
        ends.refused(refused.sentence)
        return
    said = N_("{made} of {count:change|changes} taken over to what the organisation's file says now")
    ends.done(sentence(said, made=rebasing.made, count=rebasing.count))
