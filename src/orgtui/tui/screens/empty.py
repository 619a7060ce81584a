"""Notes in empty panes: what would be there, and which key adds it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.tui.commands.command import FINDINGS, FUNNEL, KNOWLEDGE, TEAMS, key_ref
from orgtui.tui.widgets.pane import headings_of
from orgtui.views.base.row import UNCUT, Row, Rows, Span, full_text
from orgtui.views.knowledge.drawn import drawing_of

if TYPE_CHECKING:
    from orgtui.tui.screens.workspace import SessionWorkspace
    from orgtui.views.knowledge.picture import Drawing

Notes = Sequence[Sentence]

ADDED_TO_TEAMS = sentence(
    "{teams}, then {add} on a team adds one", teams=key_ref("teams"), add=key_ref("add")
)


class WithNotes:
    """Rows, with notes below them while there is nothing to show."""

    def __init__(self, rows: Rows, notes: Callable[[], Notes], translate: Callable[[Sentence], str]) -> None:
        self.rows = rows
        self.notes = notes
        self.translate = translate

    def __len__(self) -> int:
        return len(self.rows) + len(self.notes())

    @property
    def headings(self) -> int:
        """How many of the first rows do not scroll."""
        return headings_of(self.rows)

    @property
    def drawing(self) -> Drawing | None:
        """The picture that is shown in place of the rows."""
        return drawing_of(self.rows) if len(self.rows) else None

    def ref(self, index: int) -> Ref | None:
        return self.rows.ref(index) if index < len(self.rows) else None

    def index_of(self, ref: Ref) -> int | None:
        return self.rows.index_of(ref)

    def row(self, index: int, width: int) -> Row:
        above = len(self.rows)
        if index < above:
            return self.rows.row(index, width)
        return Row(None, (Span(self.translate(self.notes()[index - above]), "dim"),))

    def full(self, index: int) -> tuple[Span, ...]:
        """What a row says in full."""
        if index < len(self.rows):
            return full_text(self.rows, index)
        return self.row(index, UNCUT).left


def with_notes(workspace: SessionWorkspace, translate: Callable[[Sentence], str], pane: str) -> Rows:
    """The rows of a pane, with notes about what would be there while it is empty."""
    notes: dict[str, Callable[[], Notes]] = {
        TEAMS: lambda: _teams(workspace),
        FUNNEL: lambda: _funnel(workspace),
        KNOWLEDGE: lambda: _knowledge(workspace),
        FINDINGS: lambda: _findings(workspace),
    }
    return WithNotes(workspace.rows[pane], notes[pane], translate)


def _teams(workspace: SessionWorkspace) -> Notes:
    organization = workspace.session.organization
    if len(organization.teams) > 1 or organization.people or organization.functions:
        return ()
    return (
        sentence("Nobody works here yet"),
        sentence("{add} adds a team, seat or function", add=key_ref("add")),
    )


def _funnel(workspace: SessionWorkspace) -> Notes:
    if len(workspace.lanes) > workspace.lanes.headings:
        return ()
    notes = (sentence("No functions yet"), ADDED_TO_TEAMS)
    return notes if workspace.lanes.headings else (*notes, sentence("Stages are listed in the file"))


def _knowledge(workspace: SessionWorkspace) -> Notes:
    return () if len(workspace.links) else (sentence("No knowledge links yet"), ADDED_TO_TEAMS)


def _findings(workspace: SessionWorkspace) -> Notes:
    if len(workspace.findings) or workspace.session.has_pending_rules:
        return ()
    if workspace.findings.filter:
        return (sentence("None of the {count:finding|findings} fits", count=workspace.findings.total),)
    asleep = len(workspace.session.assessment.asleep)
    if not asleep:
        return (sentence("Nothing to mend"),)
    silent = sentence(
        "{asleep:rule has|rules have} no data to judge by; `orgtui check` lists them", asleep=asleep
    )
    return (sentence("Nothing to mend"), silent)
