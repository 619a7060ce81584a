"""Everything known about what the cursor is on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from orgtui.locales import listed
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.rules.verdicts import message
from orgtui.rules.vocabulary import layer, manager, seats_below, span_of_control
from orgtui.tui.flows.changing import desk_of
from orgtui.tui.flows.teams import here
from orgtui.tui.notes import Notes
from orgtui.tui.screens.prompts import Show
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.cells import cell_len, pad
from orgtui.views.row import Span
from orgtui.views.scene import Scene
from orgtui.views.team_contents import present

Fact = tuple[Sentence, str | None]
"""What is told, and what it is; without a value it is left out."""


def inspect(screen: SessionScreen) -> None:
    """Show everything known about this, with the findings about it."""
    desk, ref = desk_of(screen), present(here(screen))
    facts = FACTS.get(ref.kind, _no_facts)(desk.scene, ref.id)
    told = [(screen.word(label), value) for label, value in facts if value]
    width = max((cell_len(label) for label, _ in told), default=0) + 2
    lines = [(Span(pad(label, width), "dim"), Span(value)) for label, value in told]
    for judged in desk.session.assessment.judged.values():
        if ref in judged.finding.subjects and judged.counts:
            sign = desk.scene.signs.severity(judged.severity)
            said = screen.word(message(judged.finding))
            lines.append((Span(f"{sign} {judged.finding.code} ", judged.severity), Span(said)))
    screen.app.push_screen(Show(screen.look, screen.word, sentence("{thing}", thing=ref), Notes(lines)))


def _team(scene: Scene, team: str) -> Iterator[Fact]:
    record = scene.organization.teams.get(team)
    if record is None:
        return
    yield sentence("Below"), record.parent and scene.name("team", record.parent)
    yield sentence("Lead"), record.lead and scene.name("person", record.lead)
    own, below = scene.view.open_seats(team), seats_below(scene.view, team)
    both = scene.say("{own}, {below} with the teams below", own=own, below=below)
    yield sentence("Seats"), str(own) if own == below else both
    yield sentence("Functions"), _names(scene, "function", scene.organization.index("functions_of", team))
    yield sentence("Goals"), _names(scene, "goal", record.goals)
    yield sentence("Review"), record.review and scene.say(record.review)
    yield sentence("Tools"), _names(scene, "tool", record.tools)
    if record.focus is not None:
        yield sentence("Focus on"), scene.name("function", record.focus.function)
        yield sentence("Looked at again on"), str(record.focus.review_on or "")
        yield sentence("Folded back when"), record.focus.exit


def _function(scene: Scene, function: str) -> Iterator[Fact]:
    record = scene.organization.functions.get(function)
    if record is None:
        return
    yield sentence("Team"), record.team and scene.name("team", record.team)
    yield sentence("Area"), record.area and scene.name("area", record.area)
    yield sentence("Stages"), _names(scene, "stage", record.stages)
    yield sentence("Skills needed"), _levels(record.skills)
    yield sentence("State"), scene.say(record.state)
    yield sentence("Difficulty"), scene.say("{difficulty} of 5", difficulty=record.difficulty)
    yield sentence("Breakthrough"), scene.say("yes") if record.breakthrough else None
    shares = {each: scene.organization.people[each].functions for each in scene.view.performers(function)}
    done = (f"{scene.name('person', each)} {of[function] / 100:g}" for each, of in shares.items())
    yield sentence("Done by"), listed(sorted(done))
    yield sentence("Hands over to"), _ends(scene, (each[1] for each in scene.view.handoffs_from(function)))
    yield sentence("Takes from"), _ends(scene, (each[0] for each in scene.view.handoffs_to(function)))


def _person(scene: Scene, person: str) -> Iterator[Fact]:
    record = scene.organization.people.get(person)
    if record is None:
        return
    boss = manager(scene.view, person)
    yield sentence("Title"), record.title
    yield sentence("Team"), scene.name("team", record.team)
    yield sentence("Reports to"), boss and scene.name("person", boss)
    yield sentence("Leads"), _names(scene, "team", scene.organization.index("led_by", person))
    yield sentence("Reports"), str(span_of_control(scene.view, person) or "")
    yield sentence("Layer"), str(layer(scene.view, person))
    yield sentence("FTE"), f"{record.fte / 100:g}"
    shares = (f"{scene.name('function', each)} {share / 100:g}" for each, share in record.functions.items())
    yield sentence("Functions"), listed(shares)
    yield sentence("Skills"), _levels(record.skills)
    yield sentence("Learning"), listed(record.learning)
    yield sentence("Missions"), _names(scene, "mission", scene.view.missions_with(person))


def _no_facts(scene: Scene, identity: str) -> Iterator[Fact]:
    yield from ()


FACTS: Mapping[str, Callable[[Scene, str], Iterator[Fact]]] = {
    "team": _team,
    "function": _function,
    "person": _person,
}


def _names(scene: Scene, kind: str, ids: Iterable[str]) -> str:
    return listed(sorted(scene.name(kind, each) for each in ids))


def _ends(scene: Scene, ends: Iterable[str]) -> str:
    refs = (Ref(end) if ":" in end else Ref.to("function", end) for end in ends)
    return listed(sorted(map(scene.names, refs)))


def _levels(skills: Mapping[str, int]) -> str:
    return listed(f"{skill} {level}" for skill, level in skills.items())
