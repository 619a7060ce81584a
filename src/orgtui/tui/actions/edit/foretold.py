"""What a removal would lead to, in words: for menus as rows, for a question as lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from orgtui.changes.base import Change, Refused
from orgtui.changes.operations.seats import CloseSeat
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.rules.policy import message
from orgtui.tui.actions.apply import Seen, make_changes
from orgtui.tui.actions.asking import Action
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.actions.outcome_words import preview_outcome
from orgtui.tui.commands.command import NAMED_KINDS
from orgtui.tui.prompts.deciding import Answers, DecisionPrompt
from orgtui.tui.prompts.preview_choice import PreviewChoicePrompt
from orgtui.tui.prompts.prompt import box_text_width
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.widgets.choices import label_filter
from orgtui.tui.widgets.notes import Notes
from orgtui.views.base.cells import wrapped
from orgtui.views.base.row import Role, Rows, Span
from orgtui.views.base.scene import Scene
from orgtui.views.panes.findings import FindingsList

FINDINGS_MAX = 6
"""How many findings a question names at most."""

REMOVAL_TITLES: Mapping[str, Sentence] = {
    "share": sentence("Remove a knowledge link"),
    "handoff": sentence("Remove a handoff"),
    "accept": sentence("Take back an acceptance"),
    "step": sentence("Take a change out of the plan"),
}
"""By kind of what has no parts, what its menu is for; the menu itself names it."""

ASKS_FIRST = sentence("It asks first; nothing is changed yet")

KEEP, CLOSE = "keep", "close"


def choose_removal(screen: SessionScreen, thing: Ref, actions: Sequence[Action]) -> None:
    """Show a menu of removals from a record, with what each would do in words.

    Those that ask first do so when chosen; the menu closes when the record is gone.
    """
    if len(actions) == 1 and actions[0].ask is not None:
        actions[0].ask()
        return
    seen = Seen.now(screen)
    labels = {Ref.to("action", str(at)): screen.translate(each.label) for at, each in enumerate(actions)}
    taken: set[Ref] = set()

    def accept(ref: Ref) -> Sentence | None:
        action = actions[int(ref.id)]
        taken.add(ref)
        refusal = make_changes(screen, action.changes, seen) if action.ask is None else None
        if refusal is not None:
            taken.clear()
        return refusal

    def show(ref: Ref | None) -> Rows:
        changes = () if ref is None else actions[int(ref.id)].changes
        if changes:
            return outcome_rows(screen, changes)
        return Notes(()) if ref is None else _lines(screen, ASKS_FIRST, "dim")

    def go_on(ref: Ref | None) -> None:
        ask = None if ref is None else actions[int(ref.id)].ask
        if ask is not None:
            ask()

    def is_there() -> bool:
        return bool(taken) or thing.kind not in NAMED_KINDS or workspace_of(screen).exists(thing)

    title = REMOVAL_TITLES.get(thing.kind, sentence("Remove from {thing}", thing=thing))
    prompt = PreviewChoicePrompt(
        screen.theme, screen.translate, title, label_filter(labels), accept, show, is_there
    )
    screen.app.push_screen(prompt, go_on)


def outcome_rows(screen: SessionScreen, changes: Sequence[Change]) -> Rows:
    """The findings that changes would mend and bring; a sentence if there are none or they cannot be made."""
    workspace = workspace_of(screen)
    try:
        difference = workspace.preview_changes(changes).difference
    except Refused as refusal:
        return _lines(screen, refusal.sentence, "error")
    findings = FindingsList(workspace.scene, {}, codes=False)
    findings.preview(difference)
    return findings if len(findings) else _lines(screen, preview_outcome(difference), "dim")


def _lines(screen: SessionScreen, words: Sentence, role: Role) -> Rows:
    width = box_text_width(screen.app.size.width)
    return Notes([(Span(line, role),) for line in wrapped(screen.translate(words), width)])


# -- closing a seat --------------------------------------------------------------------------------


def ask_to_close(screen: SessionScreen, change: CloseSeat) -> None:
    """Say what follows from closing a seat, and close it if that is what is wanted."""
    seen, width = Seen.now(screen), box_text_width(screen.app.size.width)
    scene, person = workspace_of(screen).scene, Ref.to("person", change.person)
    try:
        introduced = workspace_of(screen).preview_changes([change]).difference.introduced
    except Refused as refusal:
        screen.show_message(refusal.sentence, "error")
        return
    said = [*consequences(scene, change)]
    said += [
        sentence("New: {finding}", finding=message(each.finding)) for each in islice(introduced, FINDINGS_MAX)
    ]
    if len(introduced) > FINDINGS_MAX:
        said.append(sentence("and {more} more", more=len(introduced) - FINDINGS_MAX))
    answers = {
        KEEP: screen.translate(sentence("leave it as it is")),
        CLOSE: screen.translate(sentence("close the seat of {person}", person=person)),
    }

    def decided(answer: str | None) -> None:
        refusal = make_changes(screen, [change], seen) if answer == CLOSE else None
        if refusal is not None:
            screen.show_message(refusal, "error")

    lines = [line for each in said for line in wrapped(screen.translate(each), width)]
    title = sentence("Close the seat of {person}?", person=person)
    screen.app.push_screen(
        DecisionPrompt(screen.theme, screen.translate, title, Answers(lines, answers)), decided
    )


def consequences(scene: Scene, change: CloseSeat) -> Iterator[Sentence]:
    """What happens to the person, the work, the teams and the links of a seat that is closed."""
    organization, view = scene.organization, scene.view
    seat, person = organization.people[change.person], Ref.to("person", change.person)
    yield sentence("{person} leaves {team}, and the seat goes", person=person, team=Ref.to("team", seat.team))
    alone = [each for each in seat.functions if set(view.performers(each)) == {change.person}]
    if alone:
        functions = tuple(Ref.to("function", each) for each in alone)
        yield sentence("Nobody does {functions} then", functions=functions)
    shared = tuple(Ref.to("function", each) for each in seat.functions if each not in alone)
    if shared:
        yield sentence("Others do {functions} alone then", functions=shared)
    led = tuple(Ref.to("team", each) for each in view.led_by(change.person))
    if led and change.lead_to is not None:
        yield sentence("{person} leads {teams}", person=Ref.to("person", change.lead_to), teams=led)
    missions = tuple(Ref.to("mission", each) for each in view.missions_with(change.person))
    if missions:
        yield sentence("{missions} goes on without {person}", missions=missions, person=person)
    links = len(view.shares_at(str(person)))
    if links:
        yield sentence("{links:knowledge link goes|knowledge links go} too", links=links)
