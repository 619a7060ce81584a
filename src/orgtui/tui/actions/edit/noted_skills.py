"""Several skills noted in one line of a form, each at the level that is most likely."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from functools import cache
from typing import cast

from orgtui.changes.base import Change
from orgtui.changes.operations.seats import SetSkill
from orgtui.changes.parse import parse_change
from orgtui.model.sentence import Ref, sentence
from orgtui.tui.actions.asking import choice_name, fill_in, or_typed
from orgtui.tui.actions.context import session_of, workspace_of
from orgtui.tui.prompts.fields import Among, Field, Values
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.widgets.choices import Choices, name_filter
from orgtui.views.pages.facts.skills import USEFUL, identified
from orgtui.views.pages.fields import CREATE, NEW, ChangeMapping, NewName

EXAMPLE = sentence("at level {level}, or what the function needs", level=USEFUL)


NOTE = sentence("Note them")


class NotedSkills:
    """Skills by name, there already or new, each at the level that some functions need or at `USEFUL`.

    `functions` returns the ids of those functions now; the skills that they need come first. Skills of `had`
    are not among the choices.
    """

    def __init__(
        self, screen: SessionScreen, functions: Callable[[], tuple[str, ...]], had: Container[str] = ()
    ) -> None:
        self.screen = screen
        self.functions = functions
        self.known = workspace_of(screen).scene.skills()
        self.free = [ref for ref in self.known if ref.id not in had]
        self._find_for = cache(self._finder)
        """By functions, finds skills by a typed text."""

    def field(self, name: str, *, needed: bool = False) -> Field:
        among = Among(or_typed(self.screen, self._find, CREATE), self._name, several=True)
        example = self.screen.translate(EXAMPLE)
        return Field(name, sentence("Skills"), (), among, needed, example, read=_chosen)

    def levels(
        self, skills: Iterable[str], functions: tuple[str, ...]
    ) -> tuple[Mapping[str, int], list[ChangeMapping]]:
        """Levels by id of the skills that were chosen, and the changes that list new ones."""
        needed = self._needed(functions)
        identities, listed = identified(skills, (ref.id for ref in self.known))
        return {skill: needed.get(skill, USEFUL) for skill in identities}, listed

    def _needed(self, functions: tuple[str, ...]) -> Mapping[str, int]:
        """The highest levels that functions need, by id of the skill."""
        known = workspace_of(self.screen).scene.organization.functions
        needed: dict[str, int] = {}
        for function in functions:
            for skill, level in known[function].skills.items() if function in known else ():
                if level:
                    needed[skill] = max(level, needed.get(skill, 0))
        return needed

    def _name(self, skill: Ref) -> str:
        """A chosen skill with its level."""
        return f"{choice_name(self.screen, skill)} {self._needed(self.functions()).get(skill.id, USEFUL)}"

    def _find(self, typed: str) -> Choices:
        return self._find_for(self.functions())(typed)

    def _finder(self, functions: tuple[str, ...]) -> Callable[[str], Choices]:
        needed = self._needed(functions)

        def note(skill: Ref) -> str:
            level = needed.get(skill.id)
            return self.screen.translate(sentence("needed at level {level}", level=level)) if level else ""

        needed_first = sorted(self.free, key=lambda ref: ref.id not in needed)
        return name_filter(workspace_of(self.screen).scene, needed_first, note)


def note_skills(screen: SessionScreen, person: Ref) -> None:
    """Note several skills of a person, as one step."""
    record = session_of(screen).organization.people[person.id]
    functions = tuple(record.functions)
    had = {skill for skill, level in record.skills.items() if level}
    noted = NotedSkills(screen, lambda: functions, had)

    def proposal(values: Values) -> list[Change]:
        levels, listed = noted.levels(cast("tuple[str, ...]", values["skills"]), functions)
        return [
            *(SetSkill(person.id, skill, level) for skill, level in levels.items()),
            *map(parse_change, listed),
        ]

    title, field = sentence("Skills of {person}", person=person), noted.field("skills", needed=True)
    fill_in(screen, title, [field], NOTE, proposal)


def _chosen(skills: tuple[Ref, ...]) -> tuple[str, ...]:
    return tuple(NewName(ref.id) if ref.kind == NEW else ref.id for ref in skills)
