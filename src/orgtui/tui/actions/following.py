"""Letting the cursors follow what was done: to what it made, moved or is about, in the panes that show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from orgtui.model.sentence import Ref
from orgtui.model.store import Set
from orgtui.session.session import Changed
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.commands.command import FINDINGS, READ, TEAMS, VIEWS
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.screens.workspace import SessionWorkspace
from orgtui.views.base.marks import PLACE_FIELD
from orgtui.views.base.names import finding_ref
from orgtui.views.words.changes import mentioned
from orgtui.views.words.deeds import MAKING, Deed
from orgtui.views.words.records import record_ref

Cursors = Mapping[str, Ref | None]
"""By pane, what its cursor is on."""


def cursors(screen: SessionScreen) -> Cursors:
    """What the cursor of each pane is on."""
    return {name: pane.ref for name, pane in screen.panes.items()}


def follow(screen: SessionScreen, deed: Deed, changed: Changed, left: Cursors) -> None:
    """Put the cursor of each pane on what a deed is about, if the pane shows it; else it stays.

    First comes what the deed brought into being or moved. What is only spoken of is gone to unless the
    cursor was on something that is spoken of too, or a page is read. Among findings one goes on, but back to
    those that a deed brings back. `left` are the cursors before it.
    """
    spoken_of = list(dict.fromkeys(ref for change in deed.changes for ref in mentioned(change)))
    placed = _placed(changed.sets, spoken_of)
    workspace = workspace_of(screen)
    for name in VIEWS:
        pane = screen.panes[name]
        stays = screen.mode.name == READ or (left[name] in spoken_of and left[name] == pane.ref)
        targets = placed if stays else [*placed, *spoken_of]
        shown = next((ref for ref in targets if _is_shown(workspace, name, ref)), None)
        if shown is not None:
            if name == TEAMS:
                workspace.tree.reveal(shown)
                pane.reload(pane.ref)
            pane.go_to(shown)
    back = next((ref for ref in _brought_back(deed, changed) if workspace.findings.finding(ref)), None)
    if back is not None:
        screen.panes[FINDINGS].go_to(back)
    screen.cursor_moved()


def _placed(sets: Sequence[Set], spoken_of: Sequence[Ref]) -> list[Ref]:
    """What assignments bring into being, then what they move: of both what is spoken of comes first."""
    made, moved = dict.fromkeys(_made(sets)), dict.fromkeys(_moved(sets))
    named = dict.fromkeys(spoken_of)
    return [
        *(ref for ref in named if ref in made),
        *(ref for ref in made if ref not in named),
        *(ref for ref in named if ref in moved),
    ]


def _made(sets: Sequence[Set]) -> Iterator[Ref]:
    return (record_ref(each.table, each.key) for each in sets if each.old is None and each.new is not None)


def _moved(sets: Sequence[Set]) -> Iterator[Ref]:
    for each in sets:
        field = PLACE_FIELD.get(each.table)
        if field is None or each.old is None or each.new is None:
            continue
        if getattr(each.old, field) != getattr(each.new, field):
            yield record_ref(each.table, each.key)


def _is_shown(workspace: SessionWorkspace, name: str, ref: Ref) -> bool:
    """Whether a pane has a row for something, which may be folded away."""
    tree = workspace.tree
    if name == TEAMS and (tree.view != "findings" or ref.kind == "team"):
        return ref.kind in PLACE_FIELD and ref.id in workspace.session.organization.tables[ref.kind]
    return workspace.rows[name].index_of(ref) is not None


def _brought_back(deed: Deed, changed: Changed) -> Iterator[Ref]:
    """The findings that are there again since something was taken back, or that count again."""
    yield from (finding_ref(each.identity) for each in changed.difference.no_longer_accepted)
    if deed.kind not in MAKING:
        yield from (finding_ref(each.identity) for each in changed.difference.introduced)
