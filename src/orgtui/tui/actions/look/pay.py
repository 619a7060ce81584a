"""Showing and hiding pay on this screen; it is read on request and stored nowhere else."""

from __future__ import annotations

import resource
from collections.abc import Mapping
from decimal import Decimal

from orgtui.files.disk.referenced_files import referenced_path
from orgtui.files.pay_csv import load_pay
from orgtui.files.toml.problems import InvalidFile
from orgtui.model.sentence import N_, sentence
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.commands.command import key_ref
from orgtui.tui.screens.session import SessionScreen


def toggle_pay(screen: SessionScreen) -> None:
    """Show or hide what teams and people are paid; shown pay also turns core dumps off."""
    workspace = workspace_of(screen)
    if workspace.scene.shows_pay:
        _take(screen, None)
        screen.show_message(sentence("Pay is hidden"))
        return
    named = workspace.session.organization.files.pay
    assert named is not None  # the command needs a pay file
    try:
        pay = load_pay(
            referenced_path(workspace.opened.organization_path, named), workspace.session.organization
        )
    except InvalidFile as invalid:
        problem = sentence("{problem}", problem=str(invalid.problems[0]))
        screen.show_message(problem, "error")
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold it
    _take(screen, pay)
    shown = N_("Pay is shown on this screen only, in % of a budget; {key} hides it")
    screen.show_message(sentence(shown, key=key_ref("pay")))


def _take(screen: SessionScreen, pay: Mapping[str, Decimal] | None) -> None:
    """Update everything shown, including the baseline's numbers, with or without pay."""
    workspace = workspace_of(screen)
    screen.apply_update(workspace.set_pay(pay))
    workspace.load_baseline_numbers()
    screen.header.reload()
