"""Taking the tour: a strip says what to do and waits until that has really happened."""

from __future__ import annotations

from orgtui.files.bundled import samples_for
from orgtui.files.scratch import make_scratch_copy
from orgtui.locales import current_language, translate
from orgtui.model.sentence import Sentence, sentence
from orgtui.model.system_errors import reason_of
from orgtui.tui.actions.carry.carry import clear_marks
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.actions.lifecycle.opening import open_other
from orgtui.tui.actions.tour.steps import FAREWELL, STEPS, Moment
from orgtui.tui.commands.command import BROWSE, CARRY, key_ref
from orgtui.tui.prompts.deciding import Answers, DecisionPrompt
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.base.row import Row, Span

POLL_S = 0.1
"""Seconds between two looks at what has happened without a key, such as the best place being found."""

GO, STAY = "go", "stay"

ESCAPES = sentence("{key} leaves the tour", key=key_ref("unmark"))
LEAVES = sentence("{key} leaves the tour", key=key_ref("end_tour"))
BY_MODE = {CARRY: sentence("{key} puts back", key=key_ref("put_back"))}


class Tour:
    """The tour on a screen, from its making to `end`; it waits for the session to be open."""

    def __init__(self, screen: SessionScreen) -> None:
        self.screen = screen
        self.step = 0
        self._begun: Moment | None = None
        self._timer = screen.set_interval(POLL_S, self.look)

    @property
    def is_over(self) -> bool:
        """Whether all steps have happened."""
        return self.step == len(STEPS)

    def look(self) -> None:
        """See what has happened, and go on to the step that is awaited now."""
        workspace = self.screen.workspace
        if workspace is None or self.is_over:
            return
        now = Moment.now(self.screen, workspace)
        if self._begun is None or self._begun.workspace is not workspace:
            self._begun = now
        while not self.is_over and STEPS[self.step].happened(self._begun, now):
            self.step += 1
            self._begun = now
        while not self.is_over and not STEPS[self.step].holds(now):
            self.step -= 1
            self._begun = now
        self.screen.show_tour()

    def end(self) -> None:
        """Take the strip away; nothing else changes."""
        self._timer.stop()
        self.screen.tour = None
        self.screen.show_tour()

    @property
    def words(self) -> Sentence:
        """What the strip says."""
        if self.is_over:
            return FAREWELL
        step = STEPS[self.step]
        return sentence(
            "Tour {number} of {count}, {name}: {says}",
            number=self.step + 1,
            count=len(STEPS),
            name=step.name,
            says=step.says,
        )

    @property
    def way_out(self) -> Row:
        """How to leave, at the right edge of the last line; nothing while a prompt has the keys."""
        screen = self.screen
        if screen.app.screen is not screen:
            return Row(None, ())
        hint = BY_MODE.get(screen.mode.name, LEAVES)
        if screen.mode.name == BROWSE and not screen.marked:
            hint = ESCAPES
        return Row(None, (), (Span(f" {self.screen.translate(hint)} ", "dim"),))


def begin_when_open(screen: SessionScreen) -> None:
    """Begin the tour; its steps wait until the session is open."""
    screen.tour = Tour(screen)
    screen.show_tour()


def take(screen: SessionScreen) -> None:
    """Begin the tour: here on an untouched sample, else on a copy that is opened for it."""
    workspace = workspace_of(screen)
    sample = samples_for(current_language())[0]
    opened = workspace.opened.organization_path
    if screen.tour is not None:
        screen.tour.end()
    if workspace.is_scratch and opened.name == sample.file and not workspace.session.has_steps:
        begin_when_open(screen)
        return
    lines = (translate(sentence("{file} is closed for it; every change is saved.", file=opened.name)),)
    answers = {
        GO: translate(sentence("Open a copy of the sample, and begin")),
        STAY: translate(sentence("Stay here")),
    }
    title = sentence("The tour is taken on a sample")

    def decided(answer: str | None) -> None:
        if answer != GO:
            return
        try:
            copy = make_scratch_copy(sample.file, sample.content)
        except OSError as error:
            reason = reason_of(error)
            screen.show_message(sentence("This cannot be kept: {reason}", reason=reason), "error")
            return
        left = sentence("{file} is under “Opened lately” on the start screen", file=opened.name)
        open_other(screen, copy, left)
        begin_when_open(screen)

    screen.app.push_screen(
        DecisionPrompt(screen.theme, screen.translate, title, Answers(lines, answers)), decided
    )


def clear_marks_or_leave(screen: SessionScreen) -> None:
    """Take all marks away; where there are none, leave the tour."""
    if screen.marked:
        clear_marks(screen)
    else:
        end(screen)


def end(screen: SessionScreen) -> None:
    """Leave the tour; only where one is taken."""
    assert screen.tour is not None
    screen.tour.end()
