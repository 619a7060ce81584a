"""Merging a plan beside the one that is open with it, into a new plan."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from orgtui.changes.refusal import Refused
from orgtui.exchange.merging import Merging, Plans
from orgtui.files.plan_file import Plan
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.model.store import Organization
from orgtui.session.plan.folding import plan_of
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.actions.look.comparing import read_plan
from orgtui.tui.actions.look.new_plan import ask_name, write_and_open
from orgtui.tui.actions.look.other_plans import plan_ref
from orgtui.tui.actions.merging.conflicts import Deciding, Ends, Outcome
from orgtui.tui.commands.command import key_ref
from orgtui.tui.prompts.reader import ReadMode
from orgtui.tui.screens.merging import ConflictScreen
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.lists.plans_page import BASELINE


def merge_in(screen: SessionScreen) -> None:
    """Merge the plan on the line and the one that is open; conflicts are asked, and a new plan is written.

    Both come from a third plan that is marked, else from the baseline.
    """
    workspace = workspace_of(screen)
    assert isinstance(screen.mode, ReadMode)
    reader = screen.mode.reader
    theirs, here = reader.line.target, plan_ref(workspace.opened.plan_path)
    assert theirs is not None
    bases = [ref for ref in reader.marked if ref not in (theirs, here)]
    if workspace.is_scratch:
        screen.show_message(sentence("Keep the copy of the sample first: {keep}", keep=key_ref("keep")))
    elif theirs in (BASELINE, here):
        screen.show_message(sentence("Put the cursor on another plan, to merge it with the one that is open"))
    elif len(bases) > 1:
        said = sentence("Mark only the plan that both come from: take the marks of the others away")
        screen.show_message(said, "error")
    else:
        plans = _plans(screen, theirs, bases[0] if bases else BASELINE)
        if isinstance(plans, Sentence):
            screen.show_message(plans, "error")
        else:
            _ask(screen, plans, Path(theirs.id), bases[0] if bases else BASELINE)


def _plans(screen: SessionScreen, theirs: Ref, base: Ref) -> Plans | Sentence:
    """The plans that are merged, all under the name of the one that is open, or what is wrong with one."""
    try:
        ours = plan_of(workspace_of(screen).opened)
    except Refused as impossible:
        return impossible.sentence
    read: list[Plan | None] = []
    for ref in (base, theirs):
        plan = None if ref == BASELINE else read_plan(screen, Path(ref.id))
        if isinstance(plan, Sentence):
            return plan
        read.append(None if plan is None else replace(plan.plan, name=ours.name))
    assert read[1] is not None
    return Plans(read[0], ours, read[1])


def _ask(screen: SessionScreen, plans: Plans, theirs: Path, base: Ref) -> None:
    """Show the conflicts, and then ask what the new plan is called."""
    workspace = workspace_of(screen)
    called = workspace.opened.plan_path.name, theirs.name

    def read(baseline: Organization) -> Merging:
        return Merging(baseline.copy(), plans, called)

    def begin(shown: ConflictScreen) -> Deciding:
        def then_say(why: Sentence) -> None:
            screen.app.pop_screen()
            screen.show_message(why, "error")

        ends = Ends(partial(_name, screen, shown), lambda: _close(screen), then_say)
        deciding = Deciding(shown, partial(read, workspace.session.baseline), ends)
        deciding.begin()
        return deciding

    heading = sentence("orgtui   Ours: {ours}   theirs: {theirs}", ours=called[0], theirs=called[1])
    if base != BASELINE:
        heading = sentence(
            "orgtui   Ours: {ours}   theirs: {theirs}   both come from {base}",
            ours=called[0],
            theirs=called[1],
            base=Path(base.id).name,
        )
    screen.app.push_screen(ConflictScreen(screen.keymap, screen.theme, screen.translate(heading), begin))


def _close(screen: SessionScreen) -> None:
    screen.app.pop_screen()


def _name(screen: SessionScreen, shown: ConflictScreen, outcome: Outcome) -> None:
    """Ask for the name of the new plan above the conflicts, write it and go on with it."""
    title = sentence("What is the merged plan called? Both others stay as they are")

    def named(name: str | None) -> None:
        if name is not None:
            screen.app.call_later(_write, screen, shown, replace(outcome.merged.plan, name=name))

    ask_name(screen, title, named)


def _write(screen: SessionScreen, shown: ConflictScreen, plan: Plan) -> None:
    refusal = write_and_open(screen, plan, before=lambda: _close(screen))
    if refusal is not None:
        shown.show_message(refusal, "error")
