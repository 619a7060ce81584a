"""The facts of a team, with fields to edit them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from orgtui.model.records import PERSON_PREFIX, TEAM_PREFIX, Cadence, Focus, Handoff, Team
from orgtui.model.sentence import Ref, sentence
from orgtui.rules.facts.goals import goals_inherited
from orgtui.rules.facts.handoffs import handoff_partners
from orgtui.rules.facts.teams import seats_below
from orgtui.views.base.ranked import leads_ranked, teams_ranked
from orgtui.views.base.scene import Scene
from orgtui.views.pages.facts.entries import in_order, record_entries, request_entries, text_entries
from orgtui.views.pages.facts.knowledge import connections_through, knowledge_links, place_in_web
from orgtui.views.pages.facts.pay import pay_of_team
from orgtui.views.pages.facts.remarks import targets_of
from orgtui.views.pages.fields import (
    DAY,
    TEXT,
    Field,
    MultipleChoice,
    as_choice,
    name_field,
    one_of_refs,
    one_of_words,
    set_or_clear,
    set_or_omit,
)
from orgtui.views.pages.listing import LabelledEntries, field_entries, listing
from orgtui.views.pages.page import Entry


def team_facts(scene: Scene, team: str) -> Iterator[LabelledEntries]:
    """The facts of a team by id; none if it does not exist."""
    record, view = scene.organization.teams.get(team), scene.view
    if record is None:
        return
    yield field_entries(scene, name_field("team", team, record.name, sentence("Name")))
    if record.parent is not None:
        yield field_entries(scene, _parent(scene, record))
    yield field_entries(scene, _lead(scene, record))
    if record.lead is not None:
        yield field_entries(scene, _acting(record), None if record.acting_until else scene.say("for good"))
    own, below = view.open_seats(team), seats_below(view, team)
    both = scene.say("{own}, {below} with the teams below", own=own, below=below)
    yield sentence("Seats"), text_entries(own if own == below else both)
    yield sentence("People"), record_entries(scene, "person", *in_order(scene, "person", view.members(team)))
    functions = in_order(scene, "function", view.functions_of(team))
    yield sentence("Functions"), record_entries(scene, "function", *functions)
    yield sentence("Teams"), record_entries(scene, "team", *in_order(scene, "team", view.children(team)))
    yield _goals(scene, record)
    inherited = goals_inherited(view, team) - set(record.goals)
    yield sentence("Goals from above"), record_entries(scene, "goal", *in_order(scene, "goal", inherited))
    yield field_entries(scene, _review(record))
    ends = [TEAM_PREFIX + team, *(PERSON_PREFIX + p for p in view.members(team))]
    yield knowledge_links(scene, Ref.to("team", team), ends)
    yield from place_in_web(scene, team)
    yield from connections_through(scene, team)
    yield sentence("Hands over with"), _partners(scene, team)
    yield _requests(scene, team)
    yield field_entries(scene, _tools(scene, record))
    yield from pay_of_team(scene, record)
    yield targets_of(scene, team)
    if record.focus is not None:
        yield from _focus(scene, team, record.focus)


def _parent(scene: Scene, record: Team) -> Field:
    return Field(
        "parent",
        sentence("Below"),
        one_of_refs(lambda: teams_ranked(scene, scene.view.functions_of(record.id), {record.id})),
        as_choice("team", record.parent),
        set_or_omit("move_team", "to", team=record.id),
    )


def _lead(scene: Scene, record: Team) -> Field:
    """The field for the lead, with the team's own people who cover its work first."""
    people = one_of_refs(
        lambda: leads_ranked(scene, record.id).refs,
        optional=True,
        notes=lambda: leads_ranked(scene, record.id, among=()).note,
    )
    return Field(
        "lead",
        sentence("Lead"),
        people,
        as_choice("person", record.lead),
        set_or_omit("set_lead", "person", team=record.id),
    )


def _acting(record: Team) -> Field:
    """The field for the last day of a lead who holds the team for a time only; without it, for good."""
    until = "" if record.acting_until is None else record.acting_until.isoformat()
    changes = set_or_omit("set_acting", "until", team=record.id)
    return Field("acting_until", sentence("Leads until"), DAY, until, changes)


def _goals(scene: Scene, record: Team) -> LabelledEntries:
    def entry(goal: str) -> Entry:
        drop = {"op": "drop_goal", "team": record.id, "goal": goal}
        field = Field(f"goal:{goal}", sentence("Goals"), None, removal=(drop,))
        return Entry(scene.name("goal", goal), Ref.to("goal", goal), field)

    free = one_of_refs(lambda: [ref for ref in scene.every("goal") if ref.id not in record.goals])
    take = set_or_omit("take_goal", "goal", team=record.id)
    more = Field("more-goals", sentence("take a goal"), free, changes=take)
    return listing(scene, sentence("Goals"), map(entry, record.goals), more)


def _review(record: Team) -> Field:
    return Field(
        "review",
        sentence("Review"),
        one_of_words(get_args(Cadence)),
        as_choice("word", record.review),
        set_or_omit("set_review", "review", team=record.id),
    )


def _requests(scene: Scene, team: str) -> LabelledEntries:
    """What a team asks departments for, with a line that adds a request."""

    def topic(department: str) -> Field:
        changes = set_or_omit("add_request", "topic", **{"from": team, "to": department})
        return Field("topic", sentence("About what?"), TEXT, changes=changes)

    departments = one_of_refs(lambda: scene.every("department"))
    more = Field("request", sentence("ask a department"), departments, follow_up=topic)
    asked = request_entries(scene, scene.view.requests_from(team), "department")
    return listing(scene, sentence("Asks"), asked, more)


def _tools(scene: Scene, record: Team) -> Field:
    return Field(
        "tools",
        sentence("Tools"),
        MultipleChoice(lambda: scene.every("tool")),
        tuple(Ref.to("tool", tool) for tool in record.tools),
        set_or_omit("set_tools", "tools", team=record.id),
    )


def _focus(scene: Scene, team: str, focus: Focus) -> Iterator[LabelledEntries]:
    """The facts of a focus team: its function, since when, its review and its exit."""
    yield sentence("Focus on"), record_entries(scene, "function", focus.function)
    yield sentence("Since"), text_entries(focus.since)
    review_on = "" if focus.review_on is None else focus.review_on.isoformat()
    for key, label, kind, now in (
        ("review_on", sentence("Looked at again on"), DAY, review_on),
        ("exit", sentence("Folded back when"), TEXT, focus.exit or ""),
    ):
        yield field_entries(scene, Field(key, label, kind, now, set_or_clear("set_focus", key, team=team)))


def _partners(scene: Scene, team: str) -> Iterator[Entry]:
    """The teams with handoffs from or to a team, with the numbers of all and of untracked handoffs."""
    view, organization = scene.view, scene.organization
    teams: dict[str, list[Handoff]] = {each: [] for each in handoff_partners(view, team)}
    for function in view.functions_of(team):
        for key in (*view.handoffs_from(function), *view.handoffs_to(function)):
            other = organization.functions.get(key[1] if key[0] == function else key[0])
            if other is not None and other.team in teams:
                teams[other.team].append(organization.handoffs[key])
    for other_team in in_order(scene, "team", teams):
        handoffs = teams[other_team]
        blind = sum(not each.tracked for each in handoffs)
        words = scene.say(
            "{team}: {handoffs:handoff|handoffs}, {blind} not tracked",
            team=Ref.to("team", other_team),
            handoffs=len(handoffs),
            blind=blind,
        )
        yield Entry(words, Ref.to("team", other_team))
