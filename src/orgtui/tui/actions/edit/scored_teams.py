"""Teams to choose from, those with the work most like first, and the best as soon as they are weighed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from time import perf_counter

from orgtui.advice.fit import WORDS
from orgtui.advice.places import Places
from orgtui.changes.base import Change
from orgtui.model.sentence import Ref, Sentence
from orgtui.rules.fixes.common import functions_in
from orgtui.tui.actions.asking import choose_change
from orgtui.tui.actions.context import session_of, workspace_of
from orgtui.tui.prompts.choosing import ChoicePrompt
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.widgets.choices import name_filter
from orgtui.views.base.ranked import teams_ranked
from orgtui.views.base.scene import Scene

SCORED_MAX = 24
"""So many teams have a score, those at the top of the list: twice what is seen at once."""

NEAR_MAX = 8
"""So many teams are weighed to propose one of them."""

SLICE_S, PAUSE_S = 0.004, 0.002
"""Seconds of weighing between two pauses, and of a pause for keys and painting."""

ChangesTo = Callable[[str], Sequence[Change]]
"""The changes of choosing a team, by its id."""


class ScoredTeams:
    """The other teams for a team that goes into one of them; scores are those of the present state."""

    def __init__(self, screen: SessionScreen, team: Ref, changes: ChangesTo) -> None:
        self.screen = screen
        self.team = team
        self.changes = changes
        self.refs = others_ranked(workspace_of(screen).scene, team)
        self._places = self._unweighed()

    def note(self, ref: Ref) -> str:
        """The score of a team and how the other one fits there; nothing as long as it is not known."""
        if self._revision != session_of(self.screen).revision:
            self._places = self._unweighed()
        place = self._places.known.get(ref.id)
        if place is None:
            return ""
        signs = workspace_of(self.screen).scene.signs
        if place.refusal is not None:
            return signs.refused
        return f"{signs.signed(place.score)} {self.screen.translate(WORDS[place.fit])}"

    def weigh_beside(self, prompt: ChoicePrompt) -> None:
        """Weigh the teams at the top of the list in slices, as long as the prompt is open."""
        self.screen.set_timer(PAUSE_S, partial(self._slice, prompt))

    def best(self, teams: Sequence[str]) -> str | None:
        """The best of some teams to choose; None if none can be chosen."""
        for _ in self._places.weigh(teams):
            pass
        return next((team for team in self._places.ranked if team in teams), None)

    def _slice(self, prompt: ChoicePrompt) -> None:
        if not prompt.is_attached:
            return
        ends, places = perf_counter() + SLICE_S, self._places
        unknown = [ref.id for ref in islice(self.refs, SCORED_MAX) if ref.id not in places.known]
        for _ in places.weigh(unknown):
            if perf_counter() > ends:
                break
        if unknown:
            prompt.list.show(prompt.find(prompt.typed))
            self.weigh_beside(prompt)
        elif prompt.list.cursor == 0:  # nobody has begun to choose
            prompt.find = name_filter(workspace_of(self.screen).scene, self._by_worth(), self.note)
            prompt.list.show(prompt.find(prompt.typed))
            prompt.list.move_to(0)
            prompt.cursor_moved()

    def _by_worth(self) -> list[Ref]:
        """The teams that were weighed, the best first and the impossible last, then the others."""
        ranks = {team: rank for rank, team in enumerate(self._places.ranked)}
        top = sorted(self.refs[:SCORED_MAX], key=lambda ref: ranks.get(ref.id, len(ranks)))
        return [*top, *self.refs[SCORED_MAX:]]

    def _unweighed(self) -> Places:
        session = session_of(self.screen)
        self._revision = session.revision
        teams = [ref.id for ref in self.refs if ref.id in session.organization.teams]
        return Places(session.assessment, self.changes, teams, (self.team,))


def others_ranked(scene: Scene, team: Ref) -> list[Ref]:
    """All teams but one, those whose work is most like its work first."""
    return teams_ranked(scene, functions_in(scene.view, team.id), {team.id})


def choose_team(screen: SessionScreen, title: Sentence, team: Ref, changes: ChangesTo) -> None:
    """Ask for another team, which leads to changes; the likeliest first, with scores."""
    scored = ScoredTeams(screen, team, changes)
    prompt = choose_change(screen, title, scored.refs, lambda into: changes(into.id), scored.note)
    scored.weigh_beside(prompt)


def near_teams(scene: Scene, team: Ref, ranked: Sequence[Ref]) -> list[str]:
    """The teams that may take over from one: the one above, those beside it, the first of all `ranked`."""
    record, view = scene.organization.teams[team.id], scene.view
    above = [] if record.parent is None else [record.parent]
    beside = sorted(view.children(record.parent)) if record.parent is not None else []
    alike = [ref.id for ref in islice(ranked, NEAR_MAX)]
    found = dict.fromkeys((*above, *alike, *islice(beside, NEAR_MAX)))
    return [each for each in found if each != team.id]
