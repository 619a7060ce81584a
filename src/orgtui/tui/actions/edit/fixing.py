"""Choosing a fix of a finding, with a preview of each in all panes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from orgtui.advice.fit import WORDS
from orgtui.advice.fixes import PreviewedFix, fixes_for
from orgtui.changes.compile import compile_all
from orgtui.changes.refusal import Refused
from orgtui.engine.finding import Finding
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.model.store import Set
from orgtui.rules.assessment import Difference
from orgtui.rules.policy import message, reason_for_fix
from orgtui.session.store import LogError
from orgtui.tui.actions.apply import Seen, make_changes, put_into_wave
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.actions.edit.accepting import selected_finding
from orgtui.tui.actions.preview import PreviewDisplay
from orgtui.tui.commands.command import VIEWS, key_ref
from orgtui.tui.prompts.preview_choice import PreviewChoicePrompt
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.base.marks import PLACE_FIELD
from orgtui.views.base.matching import Query, searched
from orgtui.views.base.names import end_ref
from orgtui.views.base.row import Row, Rows, Span
from orgtui.views.base.scene import Scene
from orgtui.views.panes.findings import FindingsList
from orgtui.views.panes.tree import MARK_ROLES
from orgtui.views.words.records import record_ref

ENDS: Mapping[str, Callable[[str], Ref]] = {"handoff": end_ref, "share": Ref}
"""By table of links, how to make a reference from an end; a link's key begins with its two ends."""


MOVES = N_("moves {people:person|people}")
NEW_MANAGER = N_("new manager for {people:person|people}")
AGREEMENT = N_("an agreement, nobody moves")


class FixRows:
    """Fixes as rows, each with whom it moves, and how many findings it would resolve, introduce and resize.

    `shown` are the indexes of the fixes to show.
    """

    def __init__(self, scene: Scene, fixes: Sequence[PreviewedFix], shown: Sequence[int]) -> None:
        self.scene = scene
        self.fixes = fixes
        self.shown = shown

    def __len__(self) -> int:
        return len(self.shown)

    def ref(self, index: int) -> Ref | None:
        return Ref.to("fix", str(self.shown[index]))

    def row(self, index: int, width: int) -> Row:
        fix, signs = self.fixes[self.shown[index]], self.scene.signs
        title = Span(self.scene.translate(fix.title))
        if not fix.can_be_made:
            return Row(self.ref(index), (title,), (Span(self.scene.say("outside this plan"), "dim"),))
        gone, new = len(fix.difference.resolved), len(fix.difference.introduced)
        counts = (
            *self._mark(fix),
            self._reach(fix),
            Span(signs.signed(-gone), "better"),
            Span(f" +{new}", "worse" if new else "dim"),
            *self._sizes(fix.difference),
        )
        return Row(self.ref(index), (title,), counts)

    def _sizes(self, difference: Difference) -> tuple[Span, ...]:
        """How many findings stay and become smaller (`~−1`) or larger (`~+1`)."""
        signs, changes = self.scene.signs, []
        shrunk, grown = len(difference.shrunk), len(difference.grown)
        if shrunk:
            changes.append(Span(f" {signs.changed}{signs.signed(-shrunk)}", "better"))
        if grown:
            changes.append(Span(f" {signs.changed}{signs.signed(grown)}", "worse"))
        return tuple(changes)

    def _mark(self, fix: PreviewedFix) -> tuple[Span, ...]:
        """The word that warns of a fix that moves something to where nothing is like it."""
        if not fix.moves_to_strangers:
            return ()
        return (Span(f"{self.scene.translate(WORDS['stranger'])} ", "worse"),)

    def _reach(self, fix: PreviewedFix) -> Span:
        """Whom a fix moves or gives another manager, with a sign; or that people need only agree on it."""
        sign = self.scene.signs.moved
        if fix.moved:
            return Span(f"{sign} {self.scene.say(MOVES, people=fix.moved)}  ", MARK_ROLES["moved"])
        if fix.new_managers:
            return Span(
                f"{sign} {self.scene.say(NEW_MANAGER, people=fix.new_managers)}  ", MARK_ROLES["moved"]
            )
        return Span(f"{self.scene.say(AGREEMENT)}  ", "dim")

    def index_of(self, ref: Ref) -> int | None:
        return next((index for index in range(len(self)) if self.ref(index) == ref), None)


class FixChooser:
    """The choice among the fixes of a finding: previews each in all panes, and applies one."""

    def __init__(self, screen: SessionScreen, finding: Finding) -> None:
        self.screen = screen
        self.workspace = workspace_of(screen)
        self.finding = finding
        self.fixes = fixes_for(self.workspace.session.assessment, finding)
        self.over = False
        self.seen = Seen.now(screen)
        self._preview = PreviewDisplay(screen, self.workspace)
        self._left_at = {name: (screen.panes[name].ref, screen.panes[name].top) for name in VIEWS}

    def find(self, typed: str) -> FixRows:
        """The fixes whose title fits what is typed."""
        wanted = Query(typed)
        titles = [searched(self.screen.translate(fix.title)) for fix in self.fixes]
        fit = [number for number, title in enumerate(titles) if wanted.fits(title)]
        return FixRows(self.workspace.scene, self.fixes, fit)

    def show(self, ref: Ref | None) -> Rows:
        """Preview a fix in all panes; returns the findings that it would resolve and introduce, as rows."""
        affected = FindingsList(self.workspace.scene, {})
        if self.over:
            return affected
        self.workspace.end_preview()
        touched: list[Ref] = []
        fix = None if ref is None else self.fixes[int(ref.id)]
        if fix is not None and fix.can_be_made:
            self.workspace.preview(fix.difference, self.workspace.preview_changes(fix.changes).answer)
            affected.preview(_without_numbers(fix.difference))
            touched = list(_touched(compile_all(self.workspace.session.organization, fix.changes)))
        self._preview.show()
        for name in VIEWS:
            pane, rows = self.screen.panes[name], self.workspace.rows[name]
            pane.highlight_related(frozenset(touched))
            shown = next((each for each in touched if rows.index_of(each) is not None), None)
            if shown is not None:
                pane.go_to(shown)
        return affected

    def apply(self, ref: Ref) -> Sentence | None:
        """Make the changes of a fix as one step with the finding as reason; returns why that fails."""
        fix = self.fixes[int(ref.id)]
        if not fix.can_be_made:
            return sentence("This is for people to do, not for a plan")
        self.end()
        refusal = self._make(fix)
        self.over = refusal is None
        return refusal

    def _make(self, fix: PreviewedFix) -> Sentence | None:
        """Make the changes of a fix, or put changes of the plan into its wave; returns why that fails."""
        if fix.placing is None:
            why = self.screen.translate(reason_for_fix(self.finding))
            return make_changes(self.screen, fix.changes, self.seen, why)
        try:
            self.screen.show_message(put_into_wave(self.screen, fix.placing.changes, fix.placing.wave))
        except (Refused, LogError) as refusal:
            return refusal.sentence
        return None

    def reload(self) -> bool:
        """Compute the fixes again after a change; returns whether the finding still exists."""
        if self.over:
            return True
        assessment = self.workspace.session.assessment
        reported = assessment.reported.get(self.finding.identity)
        if reported is not None:
            self.fixes = fixes_for(assessment, reported.finding)
            return True
        self.fixes = []
        self.screen.show_message(sentence("Mended meanwhile: {finding}", finding=message(self.finding)))
        return False

    def end(self) -> None:
        """End the preview and restore cursors and scroll positions."""
        if self.over:
            return
        self.over = True
        self._preview.end()
        for name, (ref, top) in self._left_at.items():
            pane = self.screen.panes[name]
            pane.top = pane.cursor = top
            if ref is None or not pane.go_to(ref):
                pane.reload()
        self.screen.show_related()


def _touched(sets: Iterable[Set]) -> Iterator[Ref]:
    """The records that assignments change, the ends of changed links, and the teams that records move to."""
    for each in sets:
        yield record_ref(each.table, each.key)
        if each.table in ENDS:
            yield from (ENDS[each.table](end) for end in each.key[:2])
        place = getattr(each.new, PLACE_FIELD.get(each.table, ""), None)
        if place is not None:
            yield Ref.to("team", place)


def _without_numbers(difference: Difference) -> Difference:
    """The difference without the findings of which neither the size nor anything but numbers changes."""
    resized = {now.identity for _, now in (*difference.shrunk, *difference.grown)}
    kept = ((old, new) for old, new in difference.pairs if not (old and new) or new.identity in resized)
    return replace(difference, pairs=tuple(kept))


CARRY_OR_EDIT = N_("No fix is known: carry {thing} ({carry}), edit it ({inspect}), or accept it ({accept})")
NO_FIX: Mapping[str, str] = {
    "metric": N_(
        "No fix is known: change the organisation until it is reached, or edit the targets: {where}"
    ),
    "team": N_("No fix is known: carry people or work from or to {thing} ({carry}), or accept it ({accept})"),
    "function": CARRY_OR_EDIT,
    "person": CARRY_OR_EDIT,
    "S401": N_(
        "No fix is known: leave a seat of {thing} vacant, or edit its pay budget ({inspect} on the team)"
    ),
    "": N_("No fix is known: {explain} says what would mend it, {accept} accepts it"),
}
"""By code, else by kind of what it is about, where to go if no fix is known; "" for anything else."""


def _where_to_go(finding: Finding) -> Sentence:
    """What to do about a finding for which no fix is known."""
    subject = next((each for each in finding.subjects if each.kind in NO_FIX), Ref(":"))
    keys = {name: key_ref(name) for name in ("carry", "accept", "inspect", "explain")}
    team = next((each for each in finding.subjects if each.kind == "team"), None)
    where = sentence("{key}, Targets", key=key_ref("organization"))
    if team is not None:
        where = sentence("{key} on {team}, Targets", key=key_ref("inspect"), team=team)
    said = NO_FIX.get(finding.code, NO_FIX[subject.kind])
    return Sentence(said, {**keys, "thing": subject, "where": where})


def fix(screen: SessionScreen) -> None:
    """Choose among the fixes of the selected finding."""
    fixing = FixChooser(screen, selected_finding(screen).finding)
    if not fixing.fixes:
        screen.show_message(_where_to_go(fixing.finding))
        return
    prompt = PreviewChoicePrompt(
        screen.theme,
        screen.translate,
        message(fixing.finding),
        fixing.find,
        fixing.apply,
        fixing.show,
        fixing.reload,
    )
    screen.app.push_screen(prompt, lambda _: fixing.end())
