"""Leads for a time and assistants: set, moved to another day, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from orgtui.changes.base import Change
from orgtui.changes.operations.seats import SetAssistant
from orgtui.changes.operations.teams import SetActing
from orgtui.changes.parse import parse_change
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.tui.actions.asking import DAY_EXAMPLE, Action, choose_action, type_change
from orgtui.tui.actions.context import selected_ref, session_of
from orgtui.tui.commands.command import key_ref
from orgtui.tui.screens.session import SessionScreen


def acting(screen: SessionScreen) -> None:
    """Say until when a lead leads the team, or confirm them; of a person, in each team that they lead."""
    ref = selected_ref(screen)
    actions = [*actions_on_lead(screen, ref)]
    if actions:
        choose_action(screen, sentence("The lead of {thing}", thing=ref), actions)
    elif ref.kind == "team":
        said = sentence("{team} has no lead yet: {lead} chooses one", team=ref, lead=key_ref("lead"))
        screen.show_message(said)
    else:
        screen.show_message(sentence("{person} leads no team", person=ref))


def assistant(screen: SessionScreen) -> None:
    """Make a seat an assistant's, which counts in no span, or no longer."""
    ref = selected_ref(screen)
    choose_action(screen, sentence("{thing}", thing=ref), [assistant_action(screen, ref)])


def actions_on_lead(screen: SessionScreen, thing: Ref) -> Iterator[Action]:
    """What can be made of the lead of a team, or of a person in each team that they lead."""
    organization = session_of(screen).organization
    led = organization.index("led_by", thing.id) if thing.kind == "person" else [thing.id]
    for key in sorted(led, key=organization.teams.rank):
        record = organization.teams[key]
        if record.lead is None:
            continue
        team, lead = Ref.to("team", key), Ref.to("person", record.lead)
        until = "" if record.acting_until is None else record.acting_until.isoformat()
        said = (
            N_("{person} leads {team} for a time only") if not until else N_("{person} leads {team} longer")
        )
        if until:
            confirm = sentence("confirm {person} as lead of {team} for good", person=lead, team=team)
            yield Action(confirm, changes=[SetActing(key)])
        ask = partial(_ask_until, screen, team, lead, until)
        yield Action(sentence(said, person=lead, team=team), ask, note=_ends(until))


def assistant_action(screen: SessionScreen, person: Ref) -> Action:
    """Making a seat an assistant's, or no longer."""
    is_one = session_of(screen).organization.people[person.id].assistant
    said = (
        N_("no assistant any more: counts in the span") if is_one else N_("an assistant: counts in no span")
    )
    return Action(sentence(said), changes=[SetAssistant(person.id, not is_one)])


def _ends(until: str) -> Sentence | None:
    return sentence("until {until}", until=until) if until else None


def _ask_until(screen: SessionScreen, team: Ref, lead: Ref, until: str) -> None:
    title = sentence(
        "{person} leads {team} through which day? Such as {day}", person=lead, team=team, day=DAY_EXAMPLE
    )

    def changes(typed: str) -> list[Change]:
        return [parse_change({"op": "set_acting", "team": team.id, "until": typed.strip()})]

    type_change(screen, title, changes, until)
