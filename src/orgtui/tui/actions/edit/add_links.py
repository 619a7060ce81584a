"""Adding knowledge links and handoffs."""

from __future__ import annotations

from typing import cast

from orgtui.changes.base import Change
from orgtui.changes.operations.links import AddShare
from orgtui.changes.parse import parse_change
from orgtui.model.sentence import Ref, sentence
from orgtui.tui.actions.asking import ADD, choice_field, fill_in, text_field, yes_no_field
from orgtui.tui.actions.context import session_of, workspace_of
from orgtui.tui.prompts.fields import Values
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.base.names import share_key


def back(screen: SessionScreen, link: Ref) -> Change:
    """The change that adds a knowledge link in the opposite direction."""
    source, target, topic = key = share_key(link)
    record = session_of(screen).organization.shares[key]
    return AddShare(target, source, topic, record.how, record.every, record.until)


def handoff(screen: SessionScreen, stage: Ref, following: Ref) -> None:
    """Ask for a handoff from one stage to the next, and add it."""
    scene = workspace_of(screen).scene

    def first(of: Ref) -> list[Ref]:
        """Functions and departments, those that work on the stage first."""
        owner = scene.organization.stages[of.id].owner
        near = {*(Ref.to("function", each) for each in scene.view.serving(of.id)), Ref(f"department:{owner}")}
        return sorted(scene.every("function", "department"), key=lambda ref: ref not in near)

    def proposal(values: Values) -> list[Change]:
        written = {
            "op": "add_handoff",
            "from": _end(values["from"]),
            "to": _end(values["to"]),
            "what": values["what"],
            "tracked": values["tracked"],
        }
        return [parse_change(written)]

    fill_in(
        screen,
        sentence("A handoff from {stage} to {following}", stage=stage, following=following),
        [
            choice_field(screen, "from", sentence("From"), first(stage), needed=True),
            choice_field(screen, "to", sentence("To"), first(following), needed=True),
            text_field(screen, "what", sentence("What is handed over")),
            yes_no_field(screen, "tracked", sentence("Tracked"), value=True),
        ],
        ADD,
        proposal,
    )


def _end(ref: object) -> str:
    """An end of a handoff as plans write it; empty if none was chosen."""
    end = cast("Ref | None", ref)
    return "" if end is None else end.id if end.kind == "function" else str(end)
