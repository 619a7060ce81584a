"""What the keys do among suggestions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from orgtui.files.toml.problems import InvalidFile
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.tui.actions.asking import Action, choose_action
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.actions.pins import problems_of, show_pins
from orgtui.tui.actions.suggesting.comparing import compare_plan
from orgtui.tui.actions.suggesting.flow import suggest as suggest
from orgtui.tui.actions.suggesting.flow import suggesting
from orgtui.tui.actions.suggesting.pinning import turn_pin
from orgtui.tui.commands.command import CARRIED_KINDS
from orgtui.tui.screens.session import SessionScreen


def open_steps(screen: SessionScreen) -> None:
    """Put the cursor among the steps of the chosen plan."""
    suggesting(screen).page.turn_to(True)


def turn_step(screen: SessionScreen) -> None:
    """Leave the step under the cursor out, or take it in again."""
    suggesting(screen).page.turn_step()


def stop_or_close(screen: SessionScreen) -> None:
    """Stop the search; if it is over go back to the plans; from there close."""
    mode = suggesting(screen)
    if mode.stop():
        return
    if mode.page.in_steps:
        mode.page.turn_to(False)
    else:
        mode.page.dismiss(None)


def close(screen: SessionScreen) -> None:
    """Close the page; nothing has changed."""
    suggesting(screen).page.dismiss(None)


def take(screen: SessionScreen) -> None:
    """Take the chosen plan."""
    suggesting(screen).take()


def choose_comparison(screen: SessionScreen) -> None:
    """Compare the chosen plan with now or with another plan."""
    page = suggesting(screen).page
    chosen = page.chosen
    if chosen is None:
        return
    others = [plan for plan in page.plans if plan is not chosen]
    now = Action(sentence("now"), partial(compare_plan, screen, None, chosen))
    plans = [
        Action(sentence("{plan}", plan=plan.suggestion.name), partial(compare_plan, screen, plan, chosen))
        for plan in others
    ]
    title = sentence("Compare {plan} with what?", plan=chosen.suggestion.name)
    choose_action(screen, title, [now, *plans])


def keep(screen: SessionScreen) -> None:
    """Choose what of the step under the cursor is kept where it is, and search again."""
    page = suggesting(screen).page
    plan, step = page.chosen, page.step
    if plan is None or step is None:
        return
    named = [
        ref
        for ref in dict.fromkeys(_refs_in(plan.suggestion.steps[step].title))
        if ref.kind in CARRIED_KINDS and workspace_of(screen).exists(ref)
    ]
    if not named:
        screen.show_message(sentence("This step names no team, function or person"))
        return
    actions = [Action(sentence("{thing}", thing=ref), partial(_keep, screen, ref)) for ref in named]
    choose_action(screen, sentence("Keep what where it is?"), actions)


def _keep(screen: SessionScreen, ref: Ref) -> None:
    mode = suggesting(screen)
    told, role = turn_pin(screen, ref)
    if role != "error":
        try:
            mode.search_again(show_pins(screen))
        except InvalidFile as invalid:
            told, role = problems_of(invalid), "error"
    screen.show_message(told, role)


def _refs_in(said: Sentence) -> Iterator[Ref]:
    """The references that a sentence names, in the order of its parameters."""
    due: list[object] = list(said.params.values())
    while due:
        value = due.pop(0)
        if isinstance(value, Ref):
            yield value
        elif isinstance(value, Sentence):
            due = [*value.params.values(), *due]
        elif isinstance(value, (tuple, list)):
            due = [*value, *due]
