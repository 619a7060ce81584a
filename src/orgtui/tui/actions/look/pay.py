"""Showing and hiding pay on this screen; it is read on request and stored nowhere else."""

from __future__ import annotations

import os
import resource
from collections.abc import Mapping
from decimal import Decimal

from orgtui.files.disk.csv_cells import write_rows
from orgtui.files.disk.referenced_files import path_refusal, referenced_path
from orgtui.files.disk.writing import create_file
from orgtui.files.pay_csv import COLUMNS, load_pay
from orgtui.files.toml.problems import InvalidFile
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.model.system_errors import reason_of
from orgtui.tui.actions.asking import ask_text
from orgtui.tui.actions.context import session_of, workspace_of
from orgtui.tui.commands.command import key_ref
from orgtui.tui.screens.session import SessionScreen

ONLY_FOR_OWNER = 0o600
"""The mode of a pay file that is made here."""


def toggle_pay(screen: SessionScreen) -> None:
    """Show or hide what teams and people are paid; shown pay also turns core dumps off.

    Where the organisation names no pay file, asks for one, and makes it if it is not there.
    """
    workspace = workspace_of(screen)
    if workspace.scene.shows_pay:
        _take(screen, None)
        screen.show_message(sentence("Pay is hidden"))
        return
    named = workspace.session.organization.files.pay or workspace.pay_file
    if named is None:
        _ask_for_file(screen)
        return
    problem = _show(screen, named)
    if problem is not None:
        screen.show_message(problem, "error")


def _show(screen: SessionScreen, named: str) -> Sentence | None:
    """Show the pay in a file of the organisation's folder; returns what is wrong with it."""
    workspace = workspace_of(screen)
    try:
        pay = load_pay(
            referenced_path(workspace.opened.organization_path, named), workspace.session.organization
        )
    except InvalidFile as invalid:
        return sentence("{problem}", problem=str(invalid.problems[0]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold it
    _take(screen, pay)
    shown = N_("Pay is shown on this screen only, in % of a budget; {key} hides it")
    screen.show_message(sentence(shown, key=key_ref("pay")))
    return None


def _ask_for_file(screen: SessionScreen) -> None:
    """Ask for a pay file in the organisation's folder: shows it, or makes it with every seat at 0."""
    workspace = workspace_of(screen)
    organization = workspace.opened.organization_path
    name = os.path.basename(organization)

    def accept(named: str) -> Sentence | None:
        refusal = path_refusal(organization, named)
        if refusal is not None:
            return sentence("{wrong}; {right}", wrong=refusal[0], right=refusal[1])
        is_there = os.path.exists(referenced_path(organization, named))
        problem = _show(screen, named) if is_there else _make(screen, named)
        if problem is None:
            workspace.pay_file = named
        return problem

    asked = N_("Pay file beside {file}: a CSV with person and annual_cost; made if it is not there")
    ask_text(screen, sentence(asked, file=name), accept, f"{name.removesuffix('.toml')}.pay.csv")


def _make(screen: SessionScreen, named: str) -> Sentence | None:
    """Make a pay file with every open seat at 0, for its owner only; returns why it cannot be made."""
    baseline = session_of(screen).baseline
    people = [each.id for each in baseline.people.values() if each.state != "closed"]
    path = referenced_path(workspace_of(screen).opened.organization_path, named)
    try:
        create_file(path, write_rows([COLUMNS, *((person, "0") for person in people)]), ONLY_FOR_OWNER)
    except OSError as error:
        return sentence("{file} cannot be made: {reason}", file=named, reason=reason_of(error))
    made = N_(
        "Made {file} with {people:seat|seats} at 0: write there what each costs a year, then {key} shows it"
    )
    screen.show_message(sentence(made, file=named, people=len(people), key=key_ref("pay")))
    return None


def _take(screen: SessionScreen, pay: Mapping[str, Decimal] | None) -> None:
    """Update everything shown, including the baseline's numbers, with or without pay."""
    workspace = workspace_of(screen)
    screen.apply_update(workspace.set_pay(pay))
    workspace.load_baseline_numbers()
    screen.header.reload()
