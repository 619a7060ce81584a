"""Adding people and open seats, in one form, wherever the cursor is; and filling a seat."""

from __future__ import annotations

from typing import cast

from orgtui.changes.base import Change
from orgtui.changes.operations.teams import SetLead
from orgtui.changes.parse import parse_change
from orgtui.model.invalid import InvalidChange
from orgtui.model.sentence import Ref, sentence
from orgtui.model.store import Organization
from orgtui.tui.actions.apply import MISSING
from orgtui.tui.actions.asking import (
    ADD,
    choice_field,
    fill_in,
    number_field,
    text_field,
    type_change,
    word_field,
    yes_no_field,
)
from orgtui.tui.actions.context import session_of, workspace_of
from orgtui.tui.actions.edit.noted_skills import NotedSkills
from orgtui.tui.prompts.fields import Values
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.base.new_id import new_id

EMPTY = ("planned", "vacant")
"""The states of a seat without a holder; the first is the default."""

TEAM_KEY = {"team": "id", "person": "team", "function": "team"}
"""By kind of record, the key that names the team it is or belongs to."""

A_NAME_WOULD_DO = sentence("a seat has a title, or the name of who sits there")


def person(screen: SessionScreen, here: Ref) -> None:
    """Add a person, or an open seat while nobody is found: to a team, a person's or a function's.

    Where there is no team to go by, it is asked for.
    """
    scene = workspace_of(screen).scene
    team = _team_of(scene.organization, here)
    functions = scene.every("function")
    if team is not None:
        functions.sort(key=lambda ref: scene.organization.functions[ref.id].team != team.id)

    function_field = choice_field(
        screen, "function", sentence("Function"), functions, here if here.kind == "function" else None
    )
    noted = NotedSkills(screen, lambda: _ids(function_field.answer))

    def proposal(values: Values) -> list[Change]:
        name, title, into, function = (values[key] for key in ("name", "title", "team", "function"))
        of_team = "" if into is None else cast(Ref, into).id
        if not name and not title:
            raise InvalidChange([(("title",), MISSING, A_NAME_WOULD_DO)])
        identity = new_id(str(name or title), "seat", scene.organization.people)
        skills, listed = noted.levels(
            cast("tuple[str, ...]", values["skills"]), _ids(cast("Ref | None", function))
        )
        written = {
            "op": "add_seat",
            "person": identity,
            "team": of_team,
            "title": title,
            "name": name,
            "state": "filled" if name else values["state"],
            "fte": values["fte"],
            "functions": {} if function is None else {cast(Ref, function).id: values["functions"]},
            "skills": skills,
        }
        leads = [SetLead(of_team, identity)] if values["lead"] else []
        return [parse_change(written), *leads, *map(parse_change, listed)]

    fill_in(
        screen,
        sentence("A new person or open seat"),
        [
            text_field(screen, "name", sentence("Name, empty while nobody is found")),
            text_field(screen, "title", sentence("Title")),
            function_field,
            number_field(
                screen,
                "functions",
                sentence("Share of a week"),
                "1",
                shown=lambda values: values["function"] is not None,
            ),
            noted.field("skills"),
            yes_no_field(screen, "lead", sentence("Leads the team")),
            choice_field(screen, "team", sentence("Team"), scene.every("team"), team, needed=True),
            number_field(screen, "fte", sentence("FTE, 0 to 1"), "1", needed=True),
            word_field(
                screen,
                "state",
                sentence("While nobody is found"),
                EMPTY,
                EMPTY[0],
                shown=lambda values: not values["name"],
            ),
        ],
        ADD,
        proposal,
    )


def holder(screen: SessionScreen, seat: Ref) -> None:
    """Fill a vacant or planned seat."""
    type_change(
        screen,
        sentence("Who sits in {person}?", person=seat),
        lambda name: [parse_change({"op": "fill_seat", "person": seat.id, "name": name})],
    )


def is_open(screen: SessionScreen, seat: Ref) -> bool:
    """Whether nobody sits in a seat that is there."""
    return session_of(screen).organization.people[seat.id].state in EMPTY


def _ids(ref: Ref | None) -> tuple[str, ...]:
    return () if ref is None else (ref.id,)


def _team_of(organization: Organization, here: Ref) -> Ref | None:
    """The team that a reference is, or belongs to; None if there is none, or it is gone."""
    record = organization.tables[here.kind].get(here.id) if here.kind in TEAM_KEY else None
    team = None if record is None else getattr(record, TEAM_KEY[here.kind])
    return None if team is None else Ref.to("team", team)
