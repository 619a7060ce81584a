"""The steps of an import: it is read, each question is asked, what comes of it is shown, then written."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from orgtui.exchange.importing import ImportOptions, Proposal, Source, propose
from orgtui.exchange.problems import CannotRead, ImportProblem, OfficeMissing
from orgtui.exchange.progress import Cancelled, Phase, Progress
from orgtui.exchange.rows import SheetChoice
from orgtui.exchange.saving import CannotOpenSource, save_import
from orgtui.files.replacing import cannot_write, why_not_replace
from orgtui.home import expand_home
from orgtui.locales import translate
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.tui.actions.importing.pages import (
    Asked,
    answer_ref,
    failure_page,
    preview_page,
    problem_options,
    question_page,
    reading_page,
    working_page,
)
from orgtui.tui.commands.command import IMPORT, key_ref
from orgtui.tui.prompts.deciding import Answers, DecisionPrompt
from orgtui.tui.prompts.keys import keys_prompt
from orgtui.tui.prompts.path import PATH_MAX_CHARACTERS
from orgtui.tui.prompts.prompt import TextPrompt
from orgtui.tui.screens.importing import ImportScreen, Steps
from orgtui.tui.screens.paged import Step
from orgtui.views.lists.start_list import from_home

T = TypeVar("T")

TYPED_AHEAD_S = 0.5
"""Seconds for which keys that are typed ahead wait for a step; the key that ends long work waits as long."""

WORKING = sentence("{back} ends it; nothing is written", back=key_ref("import_back"))
READ = sentence(
    "{go_on} goes on   {back} another file   {leave} leaves   {help} help",
    go_on=key_ref("import_go_on"),
    back=key_ref("import_back"),
    leave=key_ref("import_leave"),
    help=key_ref("help"),
)
FAILED = sentence(
    "{back} another file   {leave} leaves", back=key_ref("import_back"), leave=key_ref("import_leave")
)
ASKING = sentence(
    "{go_on} takes it   {defaults} takes all defaults   {back} back   {help} help",
    go_on=key_ref("import_go_on"),
    defaults=key_ref("import_defaults"),
    back=key_ref("import_back"),
    help=key_ref("help"),
)
PREVIEW = sentence(
    "{go_on} writes it   {functions} with or without functions   {back} back   {help} help",
    go_on=key_ref("import_go_on"),
    functions=key_ref("import_functions"),
    back=key_ref("import_back"),
    help=key_ref("help"),
)


@dataclass(frozen=True, slots=True)
class Read:
    """What was read and what it comes to so far."""

    sources: Sequence[Source]
    sheets: Sequence[SheetChoice]
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class Request:
    """What is imported: its name, how to read it (blocks), and where it is written by default."""

    name: str
    read: Callable[[ImportOptions], tuple[Sequence[Source], Sequence[SheetChoice]]]
    output: Path
    options: ImportOptions


@dataclass(frozen=True, slots=True)
class Ends:
    """What follows an import.

    `again`: another file is to be chosen; `left`: nothing; `written`: a file is to be opened, with a message.
    """

    again: Callable[[], None]
    left: Callable[[], None]
    written: Callable[[Path, Sentence], None]


@dataclass(slots=True)
class Job:
    """Work in a thread; once `is_cancelled` it ends at its next step, and its result does not count."""

    is_cancelled: bool = False
    begun_at: float = field(default_factory=time.monotonic)


@dataclass(frozen=True, slots=True)
class Visited:
    """A step that was shown: a question, or the pages before and after the questions (None)."""

    proposal: Proposal
    problem: ImportProblem | None = None
    is_preview: bool = False


@dataclass(slots=True)
class ImportSteps:
    """The state of an import and its steps; implements `orgtui.tui.screens.importing.Steps`."""

    screen: ImportScreen
    request: Request
    ends: Ends
    options: ImportOptions = field(init=False)
    job: Job | None = None
    read: Read | None = None
    answers: dict[str, str] = field(default_factory=dict)
    visited: list[Visited] = field(default_factory=list)
    failed: bool = False

    def __post_init__(self) -> None:
        self.options = self.request.options

    def begin(self) -> None:
        """Read what is imported, and show how it was read; returns at once."""
        self._work(self._read, self._was_read)

    @property
    def is_working(self) -> bool:
        """Whether work began less than `TYPED_AHEAD_S` ago; after that keys reach what is shown meanwhile."""
        return self.job is not None and time.monotonic() - self.job.begun_at < TYPED_AHEAD_S

    # -- the commands ------------------------------------------------------------------------------

    def go_on(self, answer: Ref | None) -> None:
        if self.job is not None or self.failed or not self.visited:
            return
        here = self.visited[-1]
        if here.proposal.errors:
            self.screen.show_message(
                sentence("Correct the file first; {back} chooses it again", back=key_ref("import_back"))
            )
        elif here.is_preview:
            self._ask_output()
        else:
            if here.problem is not None and answer is not None:
                self._take(here.problem, int(answer.id))
            self._ask_next()

    def back(self) -> None:
        if self.job is not None:
            self.job.is_cancelled = True
            self.job = None
            if self.visited:
                self._show_last()
            else:
                self.ends.again()
        elif len(self.visited) < 2:
            self.ends.again()
        else:
            self.visited.pop()
            problem = self.visited[-1].problem
            if problem is not None and problem.question is not None:
                self._show_last(self.answers.pop(problem.question.key, None))
            else:
                self._show_last()

    def take_defaults(self) -> None:
        if self.job is not None or not self.visited:
            return
        here = self.visited[-1]
        questions = here.proposal.open_questions(self.answers)
        if here.proposal.errors or here.is_preview or not questions:
            self.screen.show_message(sentence("Nothing is asked here"))
            return
        for problem in questions:
            assert problem.question is not None
            self.answers[problem.question.key] = problem.question.default
        self._ask_next()

    def turn_functions(self) -> None:
        if self.job is not None or not self.visited or not self.visited[-1].is_preview:
            self.screen.show_message(sentence("Functions are proposed with what comes of it, the last step"))
            return
        self.options = replace(self.options, with_functions=not self.options.with_functions)
        self._work(self._propose, self._was_previewed_again)

    def leave(self) -> None:
        if self.job is not None:
            self.job.is_cancelled = True
        self.ends.left()

    # -- work in a thread --------------------------------------------------------------------------

    def _work(self, act: Callable[[Progress], T], then: Callable[[T], None]) -> None:
        """Run `act` in a worker thread and then `then` in the event loop, unless it is cancelled."""
        job = self.job = Job()
        self._show_progress(job, "rows", 0)

        def progress(phase: Phase, rows: int) -> None:
            if job.is_cancelled:
                raise Cancelled
            self.screen.call_later(self._show_progress, job, phase, rows)

        def work() -> None:
            try:
                result = act(progress)
            except Cancelled:
                return
            except CannotRead as error:
                said = sentence("line {line}: {problem}", line=error.line, problem=translate(error.sentence))
                self.screen.call_later(self._fail, job, said)
            except (CannotOpenSource, OfficeMissing) as error:
                self.screen.call_later(self._fail, job, error.sentence)
            else:
                self.screen.call_later(self._finish, job, partial(then, result))

        self.screen.run_worker(work, thread=True, group="import", description=N_("read what is imported"))

    def _show_progress(self, job: Job, phase: Phase, rows: int) -> None:
        if job is self.job:
            self.screen.update(Step(partial(working_page, self.request.name, phase, rows), WORKING))

    def _finish(self, job: Job, then: Callable[[], None]) -> None:
        if job is self.job:
            self.job = None
            then()

    def _fail(self, job: Job, why: Sentence) -> None:
        if job is self.job:
            self.job = None
            self.failed = True
            self.screen.show(Step(partial(failure_page, self.request.name, why), FAILED))

    def _read(self, progress: Progress) -> Read:
        options = replace(self.options, progress=progress)
        sources, sheets = self.request.read(options)
        return Read(sources, sheets, propose(sources, sheets, options, {}))

    def _propose(self, progress: Progress) -> Proposal:
        assert self.read is not None
        options = replace(self.options, progress=progress)
        return propose(self.read.sources, self.read.sheets, options, dict(self.answers))

    # -- from step to step -------------------------------------------------------------------------

    def _was_read(self, read: Read) -> None:
        self.read = read
        self.visited.append(Visited(read.proposal))
        self._show_last()

    def _take(self, problem: ImportProblem, number: int) -> None:
        assert problem.question is not None
        self.answers[problem.question.key] = problem_options(problem)[number].value

    def _ask_next(self) -> None:
        """Ask what is still open; once nothing is, propose with the answers."""
        proposal = self.visited[-1].proposal
        questions = proposal.open_questions(self.answers)
        if questions:
            self._visit(Visited(proposal, questions[0]))
        else:
            self._work(self._propose, self._was_proposed)

    def _was_proposed(self, proposal: Proposal) -> None:
        """Show what comes of it, or what the answers raised anew."""
        if proposal.errors:
            self._visit(Visited(proposal))
        elif questions := proposal.open_questions(self.answers):
            self._visit(Visited(proposal, questions[0]))
        else:
            self._visit(Visited(proposal, is_preview=True))

    def _was_previewed_again(self, proposal: Proposal) -> None:
        self.visited[-1] = Visited(proposal, is_preview=True)
        self.screen.update(self._step())

    def _visit(self, visited: Visited) -> None:
        self.visited.append(visited)
        self._show_last()

    def _show_last(self, answer: str | None = None) -> None:
        self.screen.show(self._step(answer))

    def _step(self, answer: str | None = None) -> Step:
        here = self.visited[-1]
        if here.is_preview:
            return Step(partial(preview_page, here.proposal, self.options), PREVIEW)
        if here.problem is None:
            keys = FAILED if here.proposal.errors else READ
            return Step(partial(reading_page, self.request.name, here.proposal), keys)
        number = sum(each.problem is not None for each in self.visited)
        count = number - 1 + len(here.proposal.open_questions(self.answers))
        values = [option.value for option in problem_options(here.problem)]
        chosen = answer_ref(values.index(answer) if answer in values else 0)
        asked = Asked(here.problem, number, count)
        page = partial(question_page, asked, here.proposal)
        return Step(page, ASKING, asks=True, chosen=chosen)

    # -- writing -----------------------------------------------------------------------------------

    def _ask_output(self) -> None:
        prompt = TextPrompt(
            self.screen.theme,
            translate,
            sentence("Where is it written? ~ stands for your home folder"),
            value=from_home(self.request.output),
            accept=lambda text: why_not_replace(expand_home(text), "organization"),
        )
        prompt.entry.max_length = PATH_MAX_CHARACTERS
        self.screen.app.push_screen(prompt, self._output_given)

    def _output_given(self, text: str | None) -> None:
        if text is None:
            return
        output = expand_home(text)
        if not os.path.lexists(output):
            self._write(output)
            return
        answers = {
            "replace": translate(sentence("replace it; what is in it is kept beside it")),
            "other": translate(sentence("write to another file")),
        }
        title = sentence("{file} is there already", file=from_home(output))
        prompt = DecisionPrompt(self.screen.theme, translate, title, Answers((), answers))
        self.screen.app.push_screen(prompt, partial(self._replace, output))

    def _replace(self, output: Path, answer: str | None) -> None:
        if answer == "replace":
            self._write(output)
        elif answer == "other":
            self._ask_output()

    def _write(self, output: Path) -> None:
        """Write the organisation and open it; blocks while it is written."""
        proposal = self.visited[-1].proposal
        try:
            kept = save_import(proposal, output)
        except OSError as error:
            self.screen.show_message(cannot_write(output, error), "error")
            return
        says = sentence(
            "{file} is written: {people:seat|seats} in {teams:team|teams}",
            file=output.name,
            people=len(proposal.roster.members),
            teams=proposal.roster.team_count,
        )
        if kept:
            told = " ".join(map(translate, kept))
            says = sentence("{written}; {kept}", written=translate(says), kept=told)
        self.ends.written(output, says)


def go_on(screen: ImportScreen) -> None:
    """Take the answer under the cursor, or go on to the next step."""
    _steps(screen).go_on(screen.answer)


def back(screen: ImportScreen) -> None:
    """Go back to the step before, or end what is being read."""
    _steps(screen).back()


def take_defaults(screen: ImportScreen) -> None:
    """Answer all questions that are left by their defaults."""
    _steps(screen).take_defaults()


def turn_functions(screen: ImportScreen) -> None:
    """Propose functions, or no longer."""
    _steps(screen).turn_functions()


def leave(screen: ImportScreen) -> None:
    """Leave the import; nothing is written."""
    _steps(screen).leave()


def show_keys(screen: ImportScreen) -> None:
    """Show what every key does while something is imported."""
    title = sentence("Keys while importing")
    screen.app.push_screen(keys_prompt(screen.keymap, screen.theme, IMPORT, title))


def _steps(screen: ImportScreen) -> Steps:
    assert screen.steps is not None
    return screen.steps
