"""The menu of what can be removed: the selection as a whole, or something that belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from orgtui.changes.base import Change
from orgtui.changes.operations.acceptances import Unaccept
from orgtui.changes.operations.functions import RemoveFunction
from orgtui.changes.operations.goals import RemoveGoal
from orgtui.changes.operations.links import RemoveHandoff, RemoveShare
from orgtui.changes.operations.missions import EndMission
from orgtui.changes.operations.profile import SetOrganization
from orgtui.changes.operations.seats import CloseSeat, EmptySeat
from orgtui.changes.operations.teams import DissolveTeam
from orgtui.changes.parse import parse_change
from orgtui.model.sentence import Ref, sentence
from orgtui.tui.actions.apply import preview_proposal
from orgtui.tui.actions.asking import Action, choice_field, fill_in
from orgtui.tui.actions.context import selected_ref, session_of, workspace_of
from orgtui.tui.actions.edit.foretold import ask_to_close, choose_removal
from orgtui.tui.actions.edit.scored_teams import ScoredTeams, near_teams
from orgtui.tui.actions.edit.take_out import take_out
from orgtui.tui.actions.edit.teams import fold_back
from orgtui.tui.prompts.choosing import ChoicePrompt
from orgtui.tui.prompts.fields import Field, Values
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.widgets.choices import name_filter
from orgtui.views.base.names import acceptance_of, handoff_key, share_key, share_ref
from orgtui.views.base.ranked import successors_ranked
from orgtui.views.pages.inspector import facts_of


def remove(screen: SessionScreen) -> None:
    """Choose what to remove of the selection."""
    remove_from(screen, selected_ref(screen))


def remove_from(screen: SessionScreen, thing: Ref) -> None:
    """Choose what to remove of a record, or to remove it as a whole: the mildest first.

    What asks before it does anything is as mild as looking, and so comes before what is done at once.
    """
    whole = sorted(_whole(screen, thing), key=lambda action: action.ask is None)
    asking = [each for each in whole if each.ask is not None]
    actions = [*_mildly(screen, thing), *asking, *_parts(screen, thing), *whole[len(asking) :]]
    if actions:
        choose_removal(screen, thing, actions)
    else:
        screen.show_message(sentence("Nothing can be taken away here"))


def _parts(screen: SessionScreen, thing: Ref) -> Iterator[Action]:
    """The removable lines of the record's page."""
    for label, entries in facts_of(workspace_of(screen).scene, thing):
        for entry in entries:
            if entry.field is not None and entry.field.removal:
                what = f"{entry.before}{entry.text}"
                said = sentence("{label}: {what}", label=label, what=what)
                yield Action(said, changes=[parse_change(each) for each in entry.field.removal])


def _mildly(screen: SessionScreen, thing: Ref) -> Iterable[Action]:
    return _leave(screen, thing) if thing.kind == "person" else ()


def _whole(screen: SessionScreen, thing: Ref) -> Iterable[Action]:
    return WHOLE[thing.kind](screen, thing) if thing.kind in WHOLE else ()


# -- teams and seats -------------------------------------------------------------------------------


def _team(screen: SessionScreen, team: Ref) -> Iterator[Action]:
    record = session_of(screen).organization.teams[team.id]
    if record.focus is not None:
        yield Action(sentence("fold {team} back", team=team), partial(fold_back, screen, team))
    else:
        yield Action(sentence("dissolve {team}", team=team), partial(_dissolve, screen, team))


def _dissolve(screen: SessionScreen, team: Ref) -> None:
    """Ask where the team's people, functions and teams go, with the best place for all of them as default."""
    organization = session_of(screen).organization
    scored = ScoredTeams(screen, team, lambda to: [DissolveTeam(team.id, to, to, to)])
    best = scored.best(near_teams(workspace_of(screen).scene, team, scored.refs))
    proposed = None if best is None else Ref.to("team", best)

    def count(*indexes: str) -> int:
        return sum(len(organization.index(index, team.id)) for index in indexes)

    people, functions, children = count("members"), count("functions_of"), count("children")
    links = count("closed_members") + len(organization.index("shares_at", str(team)))
    requests = count("requests_from", "liaison_to")
    destinations = {
        "people_to": sentence("{people:person goes|people go} to", people=people)
        if people
        else sentence("Knowledge links go to"),
        "functions_to": sentence("{functions:function goes|functions go} to", functions=functions)
        if functions
        else sentence("Requests go to"),
        "children_to": sentence("{teams:team goes|teams go} below", teams=children),
    }
    held = {"people_to": people + links, "functions_to": functions + requests, "children_to": children}
    fields: list[Field] = [
        choice_field(screen, name, label, scored.refs, proposed, scored.note, needed=True)
        for name, label in destinations.items()
        if held[name]
    ]

    def proposal(values: Values) -> list[Change]:
        chosen = {name: ref.id for name, ref in values.items() if isinstance(ref, Ref)}
        return [DissolveTeam(team.id, **chosen)]

    fill_in(screen, sentence("Dissolve {team}", team=team), fields, sentence("Dissolve it"), proposal)


def _leave(screen: SessionScreen, person: Ref) -> Iterator[Action]:
    if session_of(screen).organization.people[person.id].state == "filled":
        said = sentence("{person} leaves; the seat stays open", person=person)
        yield Action(said, changes=[EmptySeat(person.id)])


def _seat(screen: SessionScreen, person: Ref) -> Iterator[Action]:
    organization = session_of(screen).organization
    state = organization.people[person.id].state
    if state == "closed":
        return
    close = sentence("close the seat of {person}", person=person)
    change = CloseSeat(person.id)
    if organization.index("led_by", person.id):
        yield Action(close, partial(_close, screen, person))
    elif state == "filled":
        yield Action(close, partial(ask_to_close, screen, change), [change])
    else:
        yield Action(close, changes=[change])


def _close(screen: SessionScreen, person: Ref) -> None:
    """Close the seat of a lead; asks for a successor, then once more."""
    scene = workspace_of(screen).scene
    others, why = successors_ranked(scene, person.id)

    def chosen(successor: Ref | None) -> None:
        if successor is not None:
            ask_to_close(screen, CloseSeat(person.id, successor.id))

    title = sentence("Who leads in place of {person}?", person=person)
    prompt = ChoicePrompt(
        screen.theme,
        screen.translate,
        title,
        name_filter(scene, others, why),
        preview=lambda successor: preview_proposal(screen, lambda: [CloseSeat(person.id, successor.id)]),
    )
    screen.app.push_screen(prompt, chosen)


# -- without further questions ---------------------------------------------------------------------


def _function(screen: SessionScreen, function: Ref) -> Iterator[Action]:
    yield Action(sentence("give {function} up", function=function), changes=[RemoveFunction(function.id)])


def _goal(screen: SessionScreen, goal: Ref) -> Iterator[Action]:
    yield Action(sentence("give the goal {goal} up", goal=goal), changes=[RemoveGoal(goal.id)])


def _mission(screen: SessionScreen, mission: Ref) -> Iterator[Action]:
    yield Action(sentence("end the mission {mission}", mission=mission), changes=[EndMission(mission.id)])


def _pillar(screen: SessionScreen, pillar: Ref) -> Iterator[Action]:
    pillars = session_of(screen).organization.pillars.values()
    others = SetOrganization(pillars=tuple(each for each in pillars if each.id != pillar.id))
    yield Action(sentence("give the pillar {pillar} up", pillar=pillar), changes=[others])


def _handoff(screen: SessionScreen, handoff: Ref) -> Iterator[Action]:
    change = RemoveHandoff(*handoff_key(handoff))
    yield Action(sentence("remove the handoff {handoff}", handoff=handoff), changes=[change])


def _link(screen: SessionScreen, link: Ref) -> Iterator[Action]:
    """Remove the link, or the one in the opposite direction, which has the same row."""
    source, target, topic = key = share_key(link)
    shares = session_of(screen).organization.shares
    for each in (key, (target, source, topic)):
        if each in shares:
            said = sentence("remove the link {link}", link=share_ref(each))
            yield Action(said, changes=[RemoveShare(*each)])


def _acceptance(screen: SessionScreen, accepted: Ref) -> Iterator[Action]:
    record = acceptance_of(session_of(screen).organization, accepted)
    if record is not None:
        said = sentence("no longer live with {accepted}", accepted=accepted)
        yield Action(said, changes=[Unaccept(record.code, record.subjects)])


def _step(screen: SessionScreen, step: Ref) -> Iterator[Action]:
    yield Action(sentence("take the change out of the plan"), partial(take_out, screen, [step]))


def _by_id(screen: SessionScreen, thing: Ref) -> Iterator[Action]:
    """Remove what only its id names; refused in words while something needs it."""
    change = parse_change({"op": f"remove_{thing.kind}", thing.kind: thing.id})
    yield Action(sentence("remove {thing}", thing=thing), changes=[change])


WHOLE: Mapping[str, Callable[[SessionScreen, Ref], Iterable[Action]]] = {
    "team": _team,
    "person": _seat,
    "function": _function,
    "goal": _goal,
    "mission": _mission,
    "pillar": _pillar,
    "handoff": _handoff,
    "share": _link,
    "accept": _acceptance,
    "step": _step,
    **dict.fromkeys(("department", "stage", "area", "skill", "tool"), _by_id),
}
"""By kind of record, the actions that remove it as a whole."""
