"""Pins: what every suggestion leaves where it is, kept in the file of limits beside the organisation."""

from __future__ import annotations

from orgtui.advice.search.limits_file import limits_beside, limits_path, save_limits
from orgtui.files.toml.problems import InvalidFile
from orgtui.model.gate import escape_control_chars
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.model.system_errors import reason_of
from orgtui.tui.actions.context import selected_ref, session_of, workspace_of
from orgtui.tui.actions.pins import mark_pins, problems_of
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.base.row import Role
from orgtui.views.panes.team_contents import present_ref


def pin(screen: SessionScreen) -> None:
    """Keep the selected team, function or person where it is, or no longer."""
    screen.show_message(*turn_pin(screen, present_ref(selected_ref(screen))))


def turn_pin(screen: SessionScreen, ref: Ref) -> tuple[Sentence, Role]:
    """Pin something, or no longer, and write that; returns what to say of it."""
    session, organization = session_of(screen), workspace_of(screen).opened.organization_path
    path = limits_path(organization)
    file = escape_control_chars(path.name)
    try:
        limits = limits_beside(organization, session.baseline, session.organization)
        is_pinned = limits.has_pin(ref)
        turned = limits.without_pin(ref) if is_pinned else limits.with_pin(ref)
        kept = save_limits(path, turned)
    except InvalidFile as invalid:
        return problems_of(invalid), "error"
    except OSError as error:
        reason = reason_of(error)
        return sentence("{file} cannot be written: {reason}", file=file, reason=reason), "error"
    mark_pins(screen, turned)
    said = (
        N_("Suggestions may move {thing} again: {file} says so")
        if is_pinned
        else N_("Suggestions leave {thing} where it is: {file} says so")
    )
    told = sentence(said, thing=ref, file=file)
    for copy in kept:
        told = sentence("{said}; {copy}", said=told, copy=copy)
    return told, "plain"
