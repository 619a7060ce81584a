"""A wave of a plan: what its caption says, and the page of who moves and who gets a new manager in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.rules.assessment import ReportedFinding
from orgtui.views.base.row import Span
from orgtui.views.base.scene import Scene
from orgtui.views.pages.inspector import finding_lines
from orgtui.views.pages.page import INDENT, Line, Page, link_line, section, text_lines

NEW_MANAGERS = N_("{new_manager:person gets|people get} a new manager")

Moved = tuple[str, str, str]
"""A person, and the team before and after."""
NewManager = tuple[str, str | None, str | None]
"""A person, and the manager before and after."""


@dataclass(frozen=True, slots=True)
class WaveFacts:
    """What is said of a wave: name and day, who moves, how many get a new manager, and if it is a shock."""

    name: str | None = None
    on: date | None = None
    moved: Sequence[Moved] = ()
    new_managers: int = 0
    shock: ReportedFinding | None = None

    @property
    def is_described(self) -> bool:
        """Whether the wave has a name or a day."""
        return self.name is not None or self.on is not None


def wave_ref(wave: int) -> Ref:
    """The reference to a wave."""
    return Ref.to("wave", str(wave))


def wave_title(wave: int, facts: WaveFacts) -> Sentence:
    """A wave with its name and its day."""
    said = sentence("Wave {wave}", wave=wave)
    for each in (facts.name, facts.on):
        if each is not None:
            said = sentence("{told} · {more}", told=said, more=each)
    return said


def wave_page(
    scene: Scene, wave: int, facts: WaveFacts, new_managers: Sequence[NewManager], width: int
) -> Page:
    """All who move in a wave and all who get a new manager, each a line that leads to the person."""
    lines = [] if facts.shock is None else [Line(), *finding_lines(scene, [facts.shock])]
    moved = scene.say(N_("{count:person moves|people move}"), count=len(facts.moved))
    lines += section(moved, (_changed(scene, "team", each) for each in facts.moved))
    led = scene.say(NEW_MANAGERS, new_manager=len(new_managers))
    lines += section(led, (_changed(scene, "person", each) for each in new_managers))
    if not lines:
        said = sentence("Nobody moves in this wave, and nobody gets a new manager")
        lines = [Line(), *text_lines(scene.translate(said), width, "dim")]
    return Page(wave_title(wave, facts), lines[1:], wave_ref(wave))


def _changed(scene: Scene, kind: str, changed: tuple[str, str | None, str | None]) -> Line:
    person = Ref.to("person", changed[0])
    before, after = (scene.signs.nothing if each is None else scene.name(kind, each) for each in changed[1:])
    words = f"{INDENT}{before} {scene.signs.becomes} {after}"
    return link_line(scene, (Span(INDENT), Span(scene.names(person)), Span(words, "dim")), person)
