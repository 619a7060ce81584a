"""Taking a session over to what its organisation has become on disk, asking about each conflict."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from orgtui.files.problems import InvalidFile
from orgtui.locales import say
from orgtui.model.sentence import sentence
from orgtui.session.rebasing import CannotRebase, Numbered, Rebase, finds_in, newer
from orgtui.tui.flows.changing import desk_of
from orgtui.tui.flows.on_disk import later, tell_on_disk
from orgtui.tui.flows.opening import reopen
from orgtui.tui.notes import Notes
from orgtui.tui.screens.deciding import Answers, Decide
from orgtui.tui.screens.prompts import Show
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.session_desk import SessionDesk
from orgtui.views.cells import wrapped
from orgtui.views.change_words import describe
from orgtui.views.conflict_words import conflict_lines
from orgtui.views.names import Names
from orgtui.views.row import Span

KEEP, LEAVE_OUT = "keep", "leave out"


def rebase(screen: SessionScreen) -> None:
    """Take what was changed over to what the organisation has become on disk."""
    screen.tell(sentence("reading…"))
    screen.run_worker(
        partial(_begin, screen, desk_of(screen)),
        thread=True,
        exclusive=True,
        group="looking at the file",
        description="read and judge what the organisation has become",
    )


def _begin(screen: SessionScreen, desk: SessionDesk) -> None:
    try:
        there = newer(desk.opened)
    except InvalidFile as invalid:
        later(screen, partial(_show_problems, screen, invalid))
        return
    if there is None:
        later(screen, partial(tell_on_disk, screen, desk, False, sentence("It says the same as before")))
        return
    finds = finds_in(there.organization)

    def ask() -> None:
        if screen.desk is desk:
            screen.hush()
            _ask(screen, Rebase(desk.opened, there, finds))

    later(screen, ask)


def _show_problems(screen: SessionScreen, invalid: InvalidFile) -> None:
    screen.hush()
    said = sentence("{count:problem|problems} to mend before it can be used", count=len(invalid.problems))
    rows = Notes([(Span(str(each).removeprefix(f"{Path(each.file).parent}/")),) for each in invalid.problems])
    screen.app.push_screen(Show(screen.look, screen.word, said, rows))


def _ask(screen: SessionScreen, rebasing: Rebase) -> None:
    """Ask about the next conflict; without one, take the session over."""
    numbered = rebasing.conflict()
    if numbered is None:
        _take_over(screen, rebasing)
        return
    screen.app.push_screen(
        _question(screen, rebasing, numbered), partial(_decided, screen, rebasing, numbered)
    )


def _question(screen: SessionScreen, rebasing: Rebase, numbered: Numbered) -> Decide:
    number, conflict = numbered
    names = Names(rebasing.organization, rebasing.opened.session.organization)
    title = sentence(
        "Change {number} of {count}: you {did}",
        number=number,
        count=rebasing.count,
        did=describe(conflict.step.change, conflict.step.was),
    )
    leave_out = {LEAVE_OUT: say(sentence("Leave this change out"))}
    over_that = {KEEP: say(sentence("Make it all the same"))}
    answers = leave_out if conflict.refused is not None else {**over_that, **leave_out}
    room = screen.size.width * 3 // 5
    lines = [part for line in conflict_lines(conflict, names) for part in wrapped(line, room)]
    rows = Answers(lines, answers)
    return Decide(screen.look, partial(say, names=names), title, rows)


def _decided(screen: SessionScreen, rebasing: Rebase, numbered: Numbered, answer: str | None) -> None:
    if answer is None:
        screen.tell(sentence("Nothing was changed"))
        return
    (rebasing.keep if answer == KEEP else rebasing.leave_out)(numbered.number)
    _ask(screen, rebasing)


def _take_over(screen: SessionScreen, rebasing: Rebase) -> None:

    try:
        rebasing.take_over()
    except CannotRebase as refused:
        screen.tell(refused.sentence, "error")
        return
    reopen(
        screen,
        sentence(
            "{made} of {count:change|changes} taken over to what {file} says now",
            made=rebasing.made,
            count=rebasing.count,
            file=rebasing.opened.organization_path.name,
        ),
    )
