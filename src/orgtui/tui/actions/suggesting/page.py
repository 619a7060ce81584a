"""The page of suggestions: a picture of the plans, the list of them, and the steps of the one chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from orgtui.advice.search.plans import Counts, Progress, Stopped
from orgtui.advice.search.reweighing import as_told, counts_of, weigh
from orgtui.locales import translate
from orgtui.metrics import teams as teams_in
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.tui.actions.suggesting.rows import (
    PlanRows,
    ShownPlan,
    StepRows,
    head_words,
    names_of,
    nothing_found,
    step_words,
)
from orgtui.tui.commands.command import SUGGEST, Situation
from orgtui.tui.prompts.prompt import READING, ListPane, Prompt
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.screens.workspace import SessionWorkspace
from orgtui.tui.widgets.layout import SIDE_BY_SIDE_MIN_COLUMNS
from orgtui.tui.widgets.line import Line, text_row
from orgtui.tui.widgets.notes import Notes
from orgtui.tui.widgets.pane import Pane
from orgtui.tui.widgets.text import GUTTER
from orgtui.views.base.cells import cell_len
from orgtui.views.base.row import Role, Row, Rows, Span
from orgtui.views.lists.front_picture import Point, front_picture

PICTURE_WIDTH = 44
"""The columns of the picture; the list of plans has the others."""

PLANS_HEIGHT, PLANS_MIN_HEIGHT = 11, 6
"""The lines of the list of plans with its title, and of the picture: usual, and where there are few lines."""

GAP = "   "


class SuggestionsPage(Prompt[None], inherit_bindings=False):
    """Shows what a search has found. Its keys run commands of the registry, as in the panes.

    The cursor stands in the list of plans, or with `in_steps` among the steps of the plan chosen there.
    """

    AUTO_FOCUS = ""
    DEFAULT_CSS = f"""
    SuggestionsPage {{ align: left top; }}
    SuggestionsPage > Vertical {{
        width: 100%; max-width: 100%; height: 100%; padding: 0; border: none;
    }}
    SuggestionsPage Horizontal {{ height: {PLANS_HEIGHT}; }}
    SuggestionsPage #picture {{ width: {PICTURE_WIDTH}; height: 100%; }}
    SuggestionsPage #list {{ width: 1fr; height: 100%; }}
    SuggestionsPage #steps {{ width: 100%; height: 1fr; }}
    """

    def __init__(self, session: SessionScreen, workspace: SessionWorkspace) -> None:
        super().__init__(session.theme, session.translate, sentence("Suggestions"), READING)
        self.session = session
        self.workspace = workspace
        self.shows_preview = True
        self.plans: list[ShownPlan] = []
        self.progress: Progress | None = None
        self.stopped: Stopped | None = None
        self.recommended: str | None = None
        self.in_steps = False
        self.is_ready = False
        self.follow: Callable[[], None] = lambda: None
        self.message: tuple[Sentence, Role] | None = None
        self.before: Counts = counts_of(workspace.session.assessment.reported.values())
        theme, translate = session.theme, session.translate
        self.title_line = Line("title", self._head, theme)
        self.picture = Pane("picture", translate(sentence("What is left by people touched")), Notes(), theme)
        self.list: ListPane = ListPane(Notes(), theme)
        self.list.label = translate(sentence("Plans"))
        self.steps = Pane("steps", translate(sentence("Steps")), Notes(), theme)

    # -- parts ---------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        with Vertical():
            yield self.title_line
            with Horizontal():
                yield self.picture
                yield self.list
            yield from self.body()
            yield self.foot
            yield self.keys

    def body(self) -> Sequence[Widget]:
        return [self.steps]

    def on_mount(self) -> None:
        self.is_ready = True
        self._arrange()
        self.show_plans()

    def on_resize(self, event: events.Resize) -> None:
        self._arrange()
        self._show_picture()

    def _arrange(self) -> None:
        """Give the picture its place if there is one, and the plans a third of the lines if these are few."""
        width, height = self.app.size
        self.picture.display = width >= SIDE_BY_SIDE_MIN_COLUMNS
        lines = min(PLANS_HEIGHT, max(PLANS_MIN_HEIGHT, (height - 3) // 3))
        self.query_one(Horizontal).styles.height = lines

    @property
    def pane(self) -> Pane:
        """The list in which the cursor is."""
        return self.steps if self.in_steps else self.list

    # -- keys ----------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        event.prevent_default()
        self.message = None
        self.refuse(None)
        self.session.on_key(event)

    def on_pane_pressed(self, message: Pane.Pressed) -> None:
        """Put the cursor where the mouse was pressed, and do what `enter` does on a second press."""
        message.stop()
        message.prevent_default()
        if message.pane is not self.picture and self.plans and message.line is not None:
            self.turn_to(message.pane is self.steps)
            if message.again:
                self.session.press_enter()
            elif message.pane.move_to(message.line):
                self.cursor_moved()

    def on_line_pressed(self, message: Line.Pressed) -> None:
        """Do what the key does that the mouse was pressed on."""
        self.message = None
        self.session.press(message.does)

    def on_pane_scrolled(self, message: Pane.Scrolled) -> None:
        message.stop()
        message.prevent_default()
        if message.pane is self.pane and message.pane.scroll_rows(message.by):
            self.cursor_moved()

    # -- content -------------------------------------------------------------------------------------

    @property
    def chosen(self) -> ShownPlan | None:
        """The plan under the cursor of the list."""
        ref = self.list.ref
        return next((plan for plan in self.plans if plan.ref == ref), None)

    @property
    def step(self) -> int | None:
        """The place of the step under the cursor, of the next one on a caption; None among the plans."""
        rows = self.steps.rows
        return rows.step_at(self.steps.cursor) if self.in_steps and isinstance(rows, StepRows) else None

    def take_in(self, progress: Progress) -> None:
        """Show what a search has found; steps that were left out of a plan stay so while it is the same."""
        self.progress, self.recommended = progress, progress.recommended
        if progress.plans or progress.stopped is not None:
            known = {repr(plan.suggestion.changes): plan for plan in self.plans if plan.out}
            teams = teams_in(self.workspace.session.assessment.view)
            self.plans = [
                known.get(repr(suggestion.changes)) or ShownPlan(suggestion, as_told(suggestion, teams))
                for suggestion in progress.plans
            ]
        self.show_plans()

    def weigh_again(self) -> int:
        """Weigh all plans on the present state; those that no longer can be made, or better nothing, go.

        Returns how many went.
        """
        assessment = self.workspace.session.assessment
        self.before = counts_of(assessment.reported.values())
        kept = []
        for plan in self.plans:
            weighed = weigh(assessment, self.before, plan.suggestion.steps, plan.out)
            is_possible = weighed.refused.keys() <= plan.weighed.refused.keys()
            if is_possible and weighed.left.penalty < self.before.penalty:
                kept.append(replace(plan, weighed=weighed))
        gone = len(self.plans) - len(kept)
        self.plans = kept
        self.show_plans()
        return gone

    def turn_step(self) -> None:
        """Leave the step under the cursor out of its plan, or take it in again; the rest is weighed."""
        plan, step = self.chosen, self.step
        if plan is None or step is None:
            return
        out = plan.out.symmetric_difference({step})
        weighed = weigh(self.workspace.session.assessment, self.before, plan.suggestion.steps, out)
        self.plans[self.plans.index(plan)] = replace(plan, weighed=weighed, out=out)
        self.show_plans()

    def turn_to(self, in_steps: bool) -> None:
        """Put the cursor among the steps, or among the plans."""
        self.in_steps = in_steps and self.chosen is not None
        self.list.set_active(not self.in_steps)
        self.steps.set_active(self.in_steps)
        self.foot.reload()
        self.keys.reload()

    def show_plans(self) -> None:
        """Show the plans, the one chosen before still chosen, else the recommended one."""
        if not self.is_ready:
            return
        scene, ref = self.workspace.scene, self.list.ref
        rows: Rows = PlanRows(scene, self.plans, self.recommended)
        if not self.plans:
            lines = nothing_found(self.progress, self.stopped)
            rows = Notes([(Span(self.translate(line), "dim"),) for line in lines])
            self.in_steps = False
        elif ref is None:
            ref = Ref.to("plan", self.recommended or self.plans[0].suggestion.id)
        self.list.rows = rows
        self.list.reload(ref)
        self.turn_to(self.in_steps)
        self._show_chosen()
        self.title_line.reload()

    def cursor_moved(self) -> None:
        if self.in_steps:
            self.foot.reload()
        else:
            self.steps.cursor = 0
            self._show_chosen()

    def reload(self) -> None:
        """Follow a change of the organisation, also from below another page."""
        self.follow()

    def _show_chosen(self) -> None:
        plan = self.chosen
        self.steps.show(StepRows(self.workspace.scene, plan))
        title = sentence("Steps")
        if plan is not None:
            title = sentence("Steps of {plan}", plan=plan.suggestion.name)
        self.steps.set_label(self.translate(title))
        self._show_picture()
        self.foot.reload()
        self.keys.reload()

    def _show_picture(self) -> None:
        if not self.picture.display:
            return
        points = [Point(plan.weighed.touched, plan.weighed.left.penalty) for plan in self.plans]
        plan = self.chosen
        chosen = None if plan is None else self.plans.index(plan)
        axis, signs = self.translate(sentence("people touched")), self.workspace.scene.signs
        height = self.query_one(Horizontal).styles.height
        lines = PLANS_HEIGHT if height is None else int(height.value)
        width = PICTURE_WIDTH - GUTTER
        self.picture.show(Notes(front_picture(points, chosen, axis, width, lines - 1, signs)))

    # -- head and foot -------------------------------------------------------------------------------

    def _head(self, width: int) -> Row:
        """The name of the page, where things stand now, and what the search has come to."""
        profile = self.workspace.session.organization.profile
        title = self.translate(sentence("Suggestions for {organization}", organization=profile.name))
        now = self.translate(sentence("{penalty:point|points} now", penalty=self.before.penalty))
        best = min(self.plans, key=lambda plan: plan.weighed.left.penalty, default=None)
        said = head_words(self.workspace.scene, self.progress, self.stopped, best)
        spans = [Span(f" {title}", "heading"), Span(f"{GAP}{now}", "dim")]
        room = width - sum(cell_len(span.text) for span in spans) - 1
        kept: list[str] = []
        for words in said:
            room -= cell_len(words) + len(GAP)
            if room < 0:
                break
            kept.append(words)
        return Row(None, tuple(spans), (Span(GAP.join(kept) + " "),))

    def show_message(self, what: Sentence, role: Role) -> None:
        """Show a message in the foot until the next key."""
        self.message = (what, role)
        self.foot.reload()

    def _foot(self, width: int) -> Row:
        if self.message is not None:
            what, role = self.message
            return text_row(Span(f" {self.translate(what)}", role))
        plan, place = self.chosen, self.step
        if plan is None or place is None:
            told = N_("A proposal by rules; the judgement about people is yours.")
            return text_row(Span(f" {self.translate(sentence(told))}", "dim"))
        step, refused = plan.suggestion.steps[place], plan.weighed.refused.get(place)
        words = step_words(step, refused, place in plan.out)
        return text_row(Span(f" {translate(words, names_of(self.workspace.scene, plan))}"))

    def _keys(self, width: int) -> Row:
        """The keys that work here; below a page to read, which shows its own, none."""
        return self.session.key_hints(width) if self.session.mode.name == SUGGEST else Row(None, ())

    def on_screen_resume(self) -> None:
        self.keys.reload()

    def on_screen_suspend(self) -> None:
        self.keys.reload()


class SuggestMode:
    """The mode of looking through suggestions; `changed` is called when the organisation is another one."""

    name = SUGGEST

    def __init__(self, page: SuggestionsPage, changed: Callable[[Sequence[object]], None]) -> None:
        self.page = page
        self.screen = page.session
        self.changed = changed
        self.revision = page.workspace.session.revision
        page.follow = lambda: self.refresh(())

    def begin(self, closed: Callable[[], None]) -> None:
        """Show the page; `closed` is called when it is closed."""

        def leave(_: None) -> None:
            closed()
            self.screen.mode = self.screen.browse_mode
            self.screen.keys.reload()

        self.screen.mode = self
        self.screen.keys.reload()
        self.screen.app.push_screen(self.page, leave)

    @property
    def pane(self) -> Pane:
        return self.page.pane

    @property
    def ref(self) -> Ref | None:
        return None

    @property
    def busy(self) -> bool:
        return False

    def situation(self, now: Situation) -> Situation:
        return replace(now, suggests=self.page.chosen is not None, in_steps=self.page.step is not None)

    def cursor_moved(self) -> None:
        self.page.cursor_moved()

    def refresh(self, news: Sequence[object]) -> None:
        """Follow a change of the organisation, but not one of what the rules say of it."""
        revision = self.page.workspace.session.revision
        if revision != self.revision:
            self.revision = revision
            self.changed(news)

    def show_message(self, what: Sentence, role: Role) -> None:
        self.page.show_message(what, role)

    def key_hints(self, width: int) -> Row:
        """An empty row: the keys are shown below the page."""
        return Row(None, ())

    def end(self) -> None:
        if self.page.is_current:
            self.page.dismiss(None)
