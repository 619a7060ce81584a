"""Filtering the findings, searching them by words, and showing them in groups."""

from __future__ import annotations

from dataclasses import replace

from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.actions.look.searching import read_ahead
from orgtui.tui.commands.command import FINDINGS, TEAMS
from orgtui.tui.commands.prompt_keys import PROMPT_KEYS
from orgtui.tui.prompts.choosing import ChoicePrompt
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.widgets.choices import Choice, Choices
from orgtui.views.base.matching import Query, highlighted, searched
from orgtui.views.base.row import Row
from orgtui.views.panes.finding_filter import (
    ACCEPTED,
    RULE,
    Amount,
    FindingFilter,
    criterion_says,
    rule_title,
)
from orgtui.views.panes.findings import FindingsList, Grouping

GROUPINGS: tuple[tuple[Grouping, Sentence], ...] = (
    ("", sentence("Findings, the gravest first")),
    ("rule", sentence("Findings by principle")),
    ("team", sentence("Findings by team")),
)

ALL = Ref("filter:none")
CHOOSE = sentence("type to find   {take} shows only these, again: no longer   {close} closes", **PROMPT_KEYS)
SEARCH = sentence("type words   {take} shows only what fits   {close} closes", **PROMPT_KEYS)


def choose(screen: SessionScreen) -> None:
    """Ask by what to filter the findings; a criterion that is on is taken off again."""
    workspace = workspace_of(screen)
    findings, wanted = workspace.findings, workspace.findings.filter
    team = workspace.team_of(screen.panes[TEAMS].ref)
    counts = findings.offered(screen.panes[FINDINGS].ref, team)
    counts |= dict.fromkeys((each for each in wanted.criteria if each not in counts), Amount(0, 0))
    names = {each: _name(screen, each) for each in counts}
    notes = {each: _amount_said(screen, amount) for each, amount in counts.items()}
    notes |= {ACCEPTED: str(counts[ACCEPTED].accepted)} if ACCEPTED in counts else {}
    if wanted:
        names = {ALL: screen.translate(sentence("show all again")), **names}
        everything = Amount(findings.total - findings.accepted, findings.accepted)
        notes[ALL] = _amount_said(screen, everything)
    texts = {each: searched(name) for each, name in names.items()}
    mark = screen.theme.glyphs.marked

    def find(typed: str) -> Choices:
        query = Query(typed)
        return Choices(
            [
                Choice(
                    each,
                    highlighted(names[each], typed),
                    notes[each],
                    mark if each in wanted.criteria else "",
                )
                for each, text in texts.items()
                if query.fits(text)
            ]
        )

    def take(criterion: Ref | None) -> None:
        if criterion is not None:
            _show(screen, FindingFilter() if criterion == ALL else wanted.turned(criterion))

    title = sentence("Which findings are to be shown?")
    prompt = ChoicePrompt(screen.theme, screen.translate, title, find)
    prompt.hint = CHOOSE
    screen.app.push_screen(prompt, take)


def _amount_said(screen: SessionScreen, amount: Amount) -> str:
    """The number of findings that count, as the header has it, and of those that are accepted."""
    if not amount.accepted:
        return str(amount.counting)
    accepted = screen.translate(sentence("{accepted} accepted", accepted=amount.accepted))
    return f"{amount.counting}  {accepted}" if amount.counting else accepted


def _name(screen: SessionScreen, criterion: Ref) -> str:
    name = screen.translate(criterion_says(criterion))
    return f"{name}  {screen.translate(rule_title(criterion.id))}" if criterion.kind == RULE else name


class Matching:
    """The findings that fit what is typed, as rows."""

    def __init__(self, findings: FindingsList, refs: list[Ref]) -> None:
        self.findings = findings
        self.refs = refs

    def __len__(self) -> int:
        return len(self.refs)

    def ref(self, index: int) -> Ref:
        return self.refs[index]

    def row(self, index: int, width: int) -> Row:
        return self.findings.words(self.refs[index], width)

    def index_of(self, ref: Ref) -> int | None:
        return next((index for index, each in enumerate(self.refs) if each == ref), None)


def search(screen: SessionScreen) -> None:
    """Ask for words, and show only the findings in which all of them are."""
    findings = workspace_of(screen).findings
    others = replace(findings.filter, words="")

    def find(typed: str) -> Matching:
        return Matching(findings, findings.fulfilling(replace(others, words=typed)))

    def take(ref: Ref | None) -> None:
        if ref is not None:
            _show(screen, replace(others, words=prompt.typed), ref)

    prompt = ChoicePrompt(screen.theme, screen.translate, sentence("Find among the findings"), find)
    prompt.hint = SEARCH
    screen.app.push_screen(prompt, take)
    read_ahead(prompt, findings.read_texts)


def group(screen: SessionScreen) -> None:
    """Show the findings in the next of the groupings."""
    findings = workspace_of(screen).findings
    at = next(number for number, (name, _) in enumerate(GROUPINGS) if name == findings.grouping)
    grouping, says = GROUPINGS[(at + 1) % len(GROUPINGS)]
    findings.show(findings.filter, grouping)
    screen.reload_findings(screen.pane.ref)
    screen.show_message(says)


def show_all(screen: SessionScreen) -> None:
    """Show all findings again."""
    _show(screen, FindingFilter())


def _show(screen: SessionScreen, wanted: FindingFilter, at: Ref | None = None) -> None:
    """Show the findings that a filter lets through, with the cursor on one of them."""
    findings, kept = workspace_of(screen).findings, at or screen.panes[FINDINGS].ref
    findings.show(wanted, findings.grouping)
    screen.reload_findings(kept)
