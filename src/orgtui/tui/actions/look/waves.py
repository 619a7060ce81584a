"""The waves of the plan: what is said of each, its page, its name and its day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from orgtui.changes.refusal import Refused
from orgtui.model.kinds import Day
from orgtui.model.schema import json_schema_of
from orgtui.model.sentence import Sentence, sentence
from orgtui.rules.inputs import CHANGE_SHOCK, Waves
from orgtui.session.plan.waves import movers, states_around
from orgtui.session.session import Session
from orgtui.session.timeline.deciding import described_wave
from orgtui.tui.actions.apply import Seen, decide
from orgtui.tui.actions.asking import day_field, text_field
from orgtui.tui.actions.context import selected_ref, session_of
from orgtui.tui.actions.edit import teams
from orgtui.tui.prompts.fields import Values
from orgtui.tui.prompts.forms import Form, Problem
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.screens.workspace import SessionWorkspace
from orgtui.views.lists.wave_page import WaveFacts, wave_page, wave_ref, wave_title
from orgtui.views.pages.page import Page


def waves_of_plan(session: Session) -> Mapping[int, WaveFacts]:
    """What is said of each wave that has changes, a name or a day."""
    counted, by_wave = session.assessment.view.options(Waves).by_number, session.sets_by_wave
    shocks = {
        subject.id: each
        for each in session.assessment.reported.values()
        if each.finding.code == CHANGE_SHOCK
        for subject in each.finding.subjects
    }
    facts = {}
    for wave in sorted({*by_wave, *session.waves}):
        described, count = session.waves.get(wave), counted.get(wave)
        facts[wave] = WaveFacts(
            None if described is None else described.name,
            None if described is None else described.on,
            movers(by_wave.get(wave, ())),
            0 if count is None else count.new_manager,
            shocks.get(str(wave)),
        )
    return facts


def page_of_wave(workspace: SessionWorkspace, wave: int, width: int) -> Page:
    """The page of a wave as of now."""
    session = workspace.session
    facts = waves_of_plan(session).get(wave, WaveFacts())
    new_managers = states_around(session, wave).new_managers()
    return wave_page(workspace.scene, wave, facts, new_managers, width)


def rename(screen: SessionScreen) -> None:
    """Ask for another name of what is selected, of a wave for its name and its day."""
    ref = selected_ref(screen)
    if ref.kind == "wave":
        _describe(screen, int(ref.id))
    else:
        teams.rename(screen)


def _describe(screen: SessionScreen, wave: int) -> None:
    """Show a form for the name and the day of a wave; both may be empty."""
    described, seen = session_of(screen).waves.get(wave), Seen.now(screen)
    name, on = (None, None) if described is None else (described.name, described.on)
    fields = [
        text_field(screen, "name", sentence("Name of the wave"), name or ""),
        day_field(screen, "on", sentence("Announced on"), "" if on is None else on.isoformat()),
    ]

    def accept(values: Values) -> Problem | None:
        read = _read_day(values)
        if isinstance(read, Problem):
            return read
        called = str(values["name"]) or None
        try:
            decision = described_wave(wave, called, read)
        except Refused as refusal:
            return Problem(refusal.sentence, "name")
        refused = decide(
            screen, decision, lambda session: session.describe_wave(wave, called, read, seen.told), seen=seen
        )
        return None if refused is None else Problem(refused)

    def preview(values: Values) -> Sentence:
        read = _read_day(values)
        if isinstance(read, Problem):
            return read.why
        return wave_title(wave, WaveFacts(str(values["name"]) or None, read))

    title = sentence("Name and day of {wave}; both may be empty", wave=wave_ref(wave))
    screen.app.push_screen(
        Form(screen.theme, screen.translate, title, fields, sentence("Keep name and day"), accept, preview)
    )


def _read_day(values: Values) -> date | Problem | None:
    """The day in a form, None for an empty one, or what is wrong with it."""
    if not values["on"]:
        return None
    day, refused = json_schema_of(Day).read(values["on"])
    if not refused:
        assert isinstance(day, date)
        return day
    wrong, right = refused[0][1]
    return Problem(sentence("{wrong}; {right}", wrong=wrong, right=right), "on")
