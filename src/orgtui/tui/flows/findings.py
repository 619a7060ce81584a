"""Findings: fix them, or accept them with a reason."""

from __future__ import annotations

from orgtui.advice.fixes import TriedFix, fixes_for
from orgtui.changes.acceptances import Accept
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.rules.assessment import Judged
from orgtui.rules.verdicts import message
from orgtui.tui.flows.asking import type_change
from orgtui.tui.flows.changing import desk_of, make, session_of
from orgtui.tui.screens.choosing import Choose
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.row import Row, Span
from orgtui.views.scene import Scene


class FixRows:
    """Fixes as rows, each with the findings it would mend and bring."""

    def __init__(self, scene: Scene, fixes: list[TriedFix]) -> None:
        self.scene = scene
        self.fixes = fixes

    def __len__(self) -> int:
        return len(self.fixes)

    def ref(self, index: int) -> Ref | None:
        return Ref.to("fix", str(index))

    def row(self, index: int, width: int) -> Row:
        fix = self.fixes[index]
        title = Span(self.scene.word(fix.title))
        if not fix.changes:
            return Row(self.ref(index), (title,), (Span(self.scene.say("outside this plan"), "dim"),))
        signs, difference = self.scene.signs, fix.difference
        gone, new = len(difference.resolved), len(difference.introduced)
        balance = (
            Span(signs.signed(-gone), "better"),
            Span(f" {signs.signed(new)}", "worse" if new else "dim"),
        )
        return Row(self.ref(index), (title,), balance)

    def index_of(self, ref: Ref) -> int | None:
        return int(ref.id) if ref.kind == "fix" else None


def fix(screen: SessionScreen) -> None:
    """Choose among the fixes of a finding, each with what it would do."""
    judged = _here(screen)
    scene = desk_of(screen).scene
    fixes = fixes_for(session_of(screen).assessment, judged.finding)
    if not fixes:
        screen.tell(sentence("No fix is known for this finding; carry, add or accept it with A"))
        return
    words = [screen.word(each.title).casefold() for each in fixes]

    def find(typed: str) -> FixRows:
        return FixRows(
            scene, [each for each, said in zip(fixes, words, strict=True) if typed.casefold() in said]
        )

    def take(ref: Ref) -> Sentence | None:
        rows = find(prompt.typed)
        chosen = rows.fixes[int(ref.id)]
        if not chosen.changes:
            return sentence("This is for people to do, not for a plan")
        return make(screen, chosen.changes)

    prompt = Choose(screen.look, screen.word, message(judged.finding), find, take)
    screen.app.push_screen(prompt)


def accept(screen: SessionScreen) -> None:
    """Live with a finding, for a reason that is put on record."""
    judged = _here(screen)
    finding, by = judged.finding, session_of(screen).author
    type_change(
        screen,
        sentence("Why do we live with this? {finding}", finding=message(finding)),
        lambda why: [Accept(finding.code, finding.subjects, why, by)],
    )


def _here(screen: SessionScreen) -> Judged:
    here = screen.pane.ref
    judged = None if here is None else desk_of(screen).findings.finding(here)
    assert judged is not None
    return judged
