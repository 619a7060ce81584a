"""Reshaping teams: rename, lead, split, merge, pull out and fold back."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from orgtui.changes.base import Change
from orgtui.changes.operations.focus import FoldBack
from orgtui.changes.operations.naming import Rename
from orgtui.changes.operations.teams import MergeTeams, SetLead
from orgtui.changes.parse import parse_change
from orgtui.model.days import days_after
from orgtui.model.sentence import Ref, sentence
from orgtui.rules.fixes.common import accompanying_people
from orgtui.tui.actions.asking import (
    choice_field,
    choose_change,
    day_field,
    fill_in,
    many_field,
    text_field,
    type_change,
)
from orgtui.tui.actions.context import selected_ref, session_of, workspace_of
from orgtui.tui.actions.edit.scored_teams import choose_team
from orgtui.tui.prompts.fields import Values
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.base.new_id import new_id
from orgtui.views.base.ranked import leads_ranked

FIRST_REVIEW = timedelta(days=90)
"""The default time until the first review of a new focus team."""


def rename(screen: SessionScreen) -> None:
    """Rename the selected record."""
    ref = selected_ref(screen)
    record = session_of(screen).organization.tables[ref.kind][ref.id]
    type_change(
        screen,
        sentence("Another name for {thing}", thing=ref),
        lambda name: [Rename(ref.kind, ref.id, name)],
        value=record.name or "",
    )


def lead(screen: SessionScreen) -> None:
    """Choose who leads a team: its own people who cover its work first."""
    team = selected_ref(screen)
    people, why = leads_ranked(workspace_of(screen).scene, team.id)
    choose_change(
        screen,
        sentence("Who leads {team}?", team=team),
        people,
        lambda person: [SetLead(team.id, person.id)],
        why,
    )


def split(screen: SessionScreen) -> None:
    """Split part of the selected team off as a sibling team."""
    team = selected_ref(screen)
    organization = session_of(screen).organization
    functions = [Ref.to("function", each) for each in _ordered(screen, "function", team.id)]
    people = [Ref.to("person", each) for each in _ordered(screen, "person", team.id)]
    heads, why = leads_ranked(workspace_of(screen).scene, team.id, among=people)
    going = [*functions, *people]
    marked = [ref for ref in screen.marked if ref in going]

    def of_kind(kind: str) -> list[Ref]:
        return [ref for ref in marked if ref.kind == kind]

    def proposal(values: Values) -> list[Change]:
        name = cast(str, values["name"])
        head = cast("Ref | None", values["lead"])
        written = {
            "op": "split_team",
            "team": team.id,
            "new": new_id(name, "team", organization.teams),
            "name": name,
            "functions": _ids(values["functions"]),
            "people": _ids(values["people"]),
        }
        return [parse_change(written | ({} if head is None else {"lead": head.id}))]

    fill_in(
        screen,
        sentence("Split {team}", team=team),
        [
            text_field(screen, "name", sentence("Name of the new team"), needed=True),
            many_field(
                screen,
                "functions",
                sentence("Functions that go"),
                functions,
                set(functions).intersection(marked),
            ),
            many_field(screen, "people", sentence("People who go"), people, set(people).intersection(marked)),
            choice_field(screen, "lead", sentence("Who leads it"), heads, note=why),
        ],
        sentence("Split it"),
        proposal,
    )


def merge(screen: SessionScreen) -> None:
    """Merge the selected team into another one, the most alike first."""
    team = selected_ref(screen)
    title = sentence("Merge {team} into which team?", team=team)
    choose_team(screen, title, team, lambda into: [MergeTeams(team.id, into)])


def pull_out_or_fold_back(screen: SessionScreen) -> None:
    """Pull the selected function out as a focus team below the root, or fold the selected focus team back."""
    ref = selected_ref(screen)
    if ref.kind == "function":
        _pull_out(screen, ref)
    else:
        fold_back(screen, ref)


def _pull_out(screen: SessionScreen, function: Ref) -> None:
    workspace = workspace_of(screen)
    organization = workspace.scene.organization
    along = [Ref.to("person", person) for person in accompanying_people(workspace.scene.view, function.id)]
    head = organization.teams[organization.root].lead
    work = (function.id,)
    heads, why = leads_ranked(workspace.scene, organization.functions[function.id].team or "", functions=work)

    def proposal(values: Values) -> list[Change]:
        name = cast(str, values["name"])
        chosen = cast("Ref | None", values["lead"])
        written = {
            "op": "pull_out",
            "function": function.id,
            "team": new_id(name, "team", organization.teams),
            "name": name,
            "review_on": values["review_on"],
            "exit": values["exit"],
            "people": _ids(values["people"]),
        }
        return [parse_change(written | ({} if chosen is None else {"lead": chosen.id}))]

    fill_in(
        screen,
        sentence("Pull {function} out as a focus team", function=function),
        [
            text_field(
                screen, "name", sentence("Name of the team"), workspace.scene.names(function), needed=True
            ),
            choice_field(
                screen,
                "lead",
                sentence("Who leads it"),
                heads,
                None if head is None else Ref.to("person", head),
                why,
            ),
            many_field(screen, "people", sentence("Who comes along"), workspace.scene.every("person"), along),
            day_field(
                screen,
                "review_on",
                sentence("Looked at again on"),
                days_after(organization.profile.as_of, FIRST_REVIEW).isoformat(),
                needed=True,
            ),
            text_field(screen, "exit", sentence("Folded back when"), needed=True),
        ],
        sentence("Pull it out"),
        proposal,
    )


def fold_back(screen: SessionScreen, team: Ref) -> None:
    """Fold a focus team back into another team, the most alike first."""
    title = sentence("Fold {team} back into which team?", team=team)
    choose_team(screen, title, team, lambda into: [FoldBack(team.id, into)])


def _ordered(screen: SessionScreen, kind: str, team: str) -> list[str]:
    """The functions or open seats of a team, in file order."""
    organization = session_of(screen).organization
    index = "functions_of" if kind == "function" else "members"
    return sorted(organization.index(index, team), key=organization.tables[kind].rank)


def _ids(refs: object) -> list[str]:
    return [ref.id for ref in cast("tuple[Ref, ...]", refs)]
