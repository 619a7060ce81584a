"""The session screen: a header, four panes and a key bar; dispatches keys to commands."""

from __future__ import annotations

from asyncio import get_running_loop
from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.geometry import Region, Size
from textual.layout import Layout
from textual.screen import Screen
from textual.strip import Strip

from orgtui.locales import translate
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.tui.commands.command import (
    BROWSE,
    FINDINGS,
    KNOWLEDGE,
    LEAVE_MODE_HINTS,
    OTHER_MODE_HINTS,
    PANES,
    READ,
    TEAMS,
    TITLES,
    VIEWS,
    Command,
    Situation,
)
from orgtui.tui.commands.keymap import Keymap
from orgtui.tui.commands.prompt_keys import NO_TEXT_HERE
from orgtui.tui.screens.empty import with_notes
from orgtui.tui.screens.mode import Mode
from orgtui.tui.terminal.host import Leave
from orgtui.tui.themes.styles import Styles
from orgtui.tui.widgets import text
from orgtui.tui.widgets.key_hints import Hint, fitting
from orgtui.tui.widgets.layout import CARRY_BAR, MIN_SIZE, Arrangement, SessionLayout, regions
from orgtui.tui.widgets.line import Line, LineContent, text_row
from orgtui.tui.widgets.notes import Notes
from orgtui.tui.widgets.pane import NO_REFS, Pane
from orgtui.tui.widgets.picture import PicturePane
from orgtui.tui.widgets.strip import TextStrip
from orgtui.tui.widgets.text import Theme
from orgtui.views.base.cells import cell_len
from orgtui.views.base.row import Role, Row, Rows, Span

if TYPE_CHECKING:
    from orgtui.session.session import Changed
    from orgtui.tui.screens.workspace import SessionWorkspace
    from orgtui.views.lists.find import Search
    from orgtui.views.words.news import News


@runtime_checkable
class Reloadable(Protocol):
    """A screen above the panes that reloads its content when the organisation changes."""

    def reload(self) -> None: ...


class Peers(Protocol):
    """The peers of the session, as the screen uses them."""

    @property
    def watching(self) -> bool:
        """Whether this session is read-only by choice."""
        ...

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the others who are in this session now."""
        ...

    def show_news(self, changed: Changed) -> None:
        """Show what peers changed."""
        ...

    def end(self) -> None:
        """Stop polling for peers, and leave the list that they see."""
        ...


class Tour(Protocol):
    """The tour, as the screen shows it."""

    @property
    def words(self) -> Sentence:
        """What the strip says."""
        ...

    @property
    def way_out(self) -> Row:
        """How to leave, at the right edge of the last line."""
        ...

    def look(self) -> None:
        """See what has happened, and go on to the step that is awaited now."""
        ...

    def end(self) -> None:
        """Take the strip away."""
        ...


class SessionScreen(Screen[None], inherit_bindings=False):
    """Shows one session in four panes and runs its commands."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = ""

    def __init__(self, keymap: Keymap, theme: Theme, title: str, leave: Leave) -> None:
        super().__init__()
        self.keymap = keymap
        self.theme = theme
        self.heading = title
        self.leave = leave
        self.doing = sentence("reading…")
        self.workspace: SessionWorkspace | None = None
        self.before: SessionWorkspace | None = None
        self.browse_mode = BrowseMode(self)
        self.mode: Mode = self.browse_mode
        self.marked: dict[Ref, None] = {}
        self.search: Search | None = None
        self.peers: Peers | None = None
        self.tour: Tour | None = None
        self.message: tuple[Sentence, Role] | None = None
        self.arranged = SessionLayout()
        kinds = {KNOWLEDGE: PicturePane}
        self._hints_in = cache(self._named_hints)
        self._hint_row = lru_cache(maxsize=64)(self._fitting_hints)
        self._behind: tuple[tuple[Size, Arrangement, Styles], list[Strip]] | None = None
        self.panes = {name: kinds.get(name, Pane)(name, "", Notes(), theme) for name in PANES}
        self.header = Line("header", self._header, theme)
        self.carry_bar = Line(CARRY_BAR, lambda width: Row(None, ()), theme)
        self.keys = Line("keys", self._key_line, theme)
        self.strip = TextStrip("strip", self._tour_words, theme)
        for pane in self.panes.values():
            pane.label = self._title_of(pane)
            pane.aside = partial(self._hidden_panes, str(pane.id))
            pane.cover = partial(self._covering, str(pane.id))
        self.pane.active = True

    @property
    def layout(self) -> Layout:
        return self.arranged

    @property
    def pane(self) -> Pane:
        """The active pane, which gets the keys."""
        return self.panes[self.arranged.arrangement.active]

    def compose(self) -> ComposeResult:
        """All parts, first those that come and go: Textual paints again what is before one that does."""
        yield self.strip
        yield self.carry_bar
        yield self.header
        yield from self.panes.values()
        yield self.keys

    # -- keys and commands -----------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        event.stop()
        key = event.key
        if event.is_printable and event.character not in (None, " "):
            key = event.character or key
        place = (self.arranged.arrangement.active, self.mode.name)
        command = self.keymap.command(key, *place)
        if command is None or command.id != "repaint":
            self.clear_message()
        if command is not None:
            self.run_command(command)
        else:
            elsewhere = self.keymap.command_elsewhere(key)
            if elsewhere is not None:
                self.show_message(self._only_there(elsewhere))
        if self.tour is not None:
            self.tour.look()

    def on_paste(self, event: events.Paste) -> None:
        """Say that nothing takes a paste."""
        event.stop()
        if event.text.strip():
            self.show_message(NO_TEXT_HERE)

    def _only_there(self, command: Command) -> Sentence:
        """Where a command works, for a key pressed where it does not."""
        label = Sentence(command.label)
        if self.mode.name not in command.modes:
            if BROWSE in command.modes:
                return LEAVE_MODE_HINTS[self.mode.name]
            return sentence(OTHER_MODE_HINTS[command.modes[0]], command=label)
        pane = self._with_key(command.panes[0])
        return sentence("“{command}” works in {pane}", command=label, pane=pane)

    def run_command(self, command: Command) -> None:
        """Run a command, or its fallback; show why if it cannot run now."""
        reason = command.why_not(self.situation()) if command.needs else None
        if reason is None:
            function_of(command.does)(self, *command.arguments)
        elif command.fallback:
            self.run_command(self.keymap.by_id[command.fallback])
        else:
            self.show_message(reason)

    def situation(self) -> Situation:
        """The current situation, which decides which commands can run."""
        pane, workspace = self.arranged.arrangement.active, self.workspace
        if workspace is None:
            return Situation(pane=pane, mode=self.mode.name)
        ref, session = self.mode.ref, workspace.session
        team = session.organization.teams.get(ref.id) if ref is not None and ref.kind == "team" else None
        now = Situation(
            pane=pane,
            mode=self.mode.name,
            ref=ref,
            root=team is not None and team.parent is None,
            closed=ref is not None and ref.kind == "person" and not workspace.exists(ref),
            focus=team is not None and team.focus is not None,
            ready=True,
            changes=session.has_steps,
            can_undo=session.can_undo,
            can_redo=session.can_redo,
            read_only=session.read_only,
            locked=session.locked,
            marked=bool(self.marked),
            changed_on_disk=workspace.changed_on_disk,
            draws=self.mode.pane.draws,
            searched=self.search is not None,
            filtered=bool(workspace.findings.filter),
            scratch=workspace.is_scratch,
            touring=self.tour is not None,
        )
        return self.mode.situation(now)

    # -- messages -------------------------------------------------------------------------------

    def show_message(self, what: Sentence, role: Role = "plain") -> None:
        """Show a message, where the mode shows it, until the next key."""
        self.mode.show_message(what, role)

    def show_in_key_bar(self, what: Sentence, role: Role) -> None:
        """Show a message in the key bar until the next key but the one that paints everything again."""
        self.message = (what, role)
        self.keys.reload()
        self.show_in_full()

    @property
    def message_width(self) -> int:
        """How many cells of a message are seen where the mode shows it."""
        return (self.keys if self.mode.name != READ else self.mode.pane).size.width - 1

    def clear_message(self) -> None:
        """Remove the message from the key bar."""
        if self.message is not None:
            self.message = None
            self.keys.reload()
            self.show_in_full()

    def translate(self, what: Sentence) -> str:
        """The text of a sentence in the user's language, with names for references and keys of commands."""
        return translate(what, self.name_of)

    def name_of(self, ref: Ref) -> str:
        """The name of a reference: of a record, or the key of a command."""
        if ref.kind == "key":
            return self.keymap.name(ref)
        return ref.id if self.workspace is None else self.workspace.scene.names(ref)

    # -- the session -----------------------------------------------------------------------------

    def show_preliminary(self, rows: Rows) -> None:
        """Show the team tree while the organisation is still being checked."""
        self.panes[TEAMS].show(rows)
        self.doing = sentence("checking…")
        self.header.reload()

    def attach_session(self, workspace: SessionWorkspace) -> None:
        """Show an open session and follow its changes."""
        self.workspace = workspace
        if self.before is not None:
            workspace.tree.copy_folding(self.before.tree)
            self.before = None
        self._forget_gone_marks(workspace)
        workspace.session.subscribe(self.apply_update)
        for name, pane in self.panes.items():
            pane.show(with_notes(workspace, self.translate, name))
        self._name_panes()
        self.show_related()
        self.header.reload()
        self.keys.reload()
        self.evaluate_pending_later()

    def detach_session(self) -> None:
        """Keep showing the session while it is reopened, without accepting commands."""
        self.before, self.workspace = self.workspace, None
        self.doing = sentence("reading…")
        self.header.reload()
        self.keys.reload()

    def apply_update(self, changed: Changed) -> None:
        """Bring panes, header and prompts up to date with a change of the session."""
        assert self.workspace is not None
        kept = {name: pane.refs_from_cursor() for name, pane in self.panes.items()}
        kept[FINDINGS] = self.workspace.without_accepted(kept[FINDINGS], changed)
        self.workspace.apply_update(changed)
        self._forget_gone_marks(self.workspace)
        for name, pane in self.panes.items():
            pane.reload(next((ref for ref in kept[name] if pane.rows.index_of(ref) is not None), None))
        if changed.news and self.peers is not None:
            self.peers.show_news(changed)
        self.mode.refresh(changed.news)
        for above in self.app.screen_stack:
            if isinstance(above, Reloadable):
                if above.is_mounted:
                    above.reload()
                else:  # its rows are made as soon as it has its parts
                    above.call_later(above.reload)
        self.header.reload()
        self.keys.reload()
        self.show_in_full()
        self._name_panes()
        self.evaluate_pending_later()

    def evaluate_pending_later(self) -> None:
        """Evaluate the rules over the whole team graph once the current state is painted."""
        if self.workspace is not None and self.workspace.session.has_pending_rules:
            self.after_paint(self.evaluate_pending)

    def after_paint(self, then: Callable[[], object]) -> None:
        """Call `then` once all changes so far are painted.

        Panes request their repaint one iteration of the event loop later.
        """
        get_running_loop().call_soon(self.call_after_refresh, then)

    def evaluate_pending(self) -> None:
        """Evaluate the rules over the whole team graph, and show how findings change; blocks meanwhile."""
        if self.workspace is not None and self.workspace.session.has_pending_rules:
            changed = self.workspace.session.evaluate_pending()
            if changed.difference:
                self.apply_update(changed)
            else:
                self.panes[FINDINGS].reload(self.panes[FINDINGS].ref)
        self._name_panes()

    # -- panes -----------------------------------------------------------------------------------

    def cursor_moved(self) -> None:
        """To be called after the cursor has moved or another pane was activated."""
        self.mode.cursor_moved()
        self.show_in_full()

    def show_related(self) -> None:
        """Highlight in the other panes what is related to the reference under the cursor."""
        ref = None if self.workspace is None else self.pane.ref
        self.highlight_related(
            NO_REFS if self.workspace is None or ref is None else self.workspace.related(ref)
        )

    def highlight_related(self, refs: frozenset[Ref]) -> None:
        """Highlight exactly these references, in all panes but the active one."""
        here = self.pane
        for pane in self.panes.values():
            pane.highlight_related(NO_REFS if pane is here else refs)

    def show_marks(self) -> None:
        for pane in self.panes.values():
            pane.marked = self.marked
            pane.repaint()

    def _forget_gone_marks(self, workspace: SessionWorkspace) -> None:
        """Remove the marks of records that no longer exist."""
        for ref in [ref for ref in self.marked if not workspace.exists(ref)]:
            del self.marked[ref]

    def show_carried(self, refs: frozenset[Ref]) -> None:
        for pane in self.panes.values():
            pane.carried = refs
            pane.repaint()

    def show_carry_bar(self, words: LineContent | None) -> None:
        """Show a bar above the keys, or none any more."""
        if words is not None:
            self.carry_bar.words = words
        self.arranged.arrangement = self.arranged.arrangement._replace(carrying=words is not None)
        self._arrange()

    def activate(self, name: str) -> None:
        """Make another pane active, and bring it on screen if it is hidden."""
        before = self.arranged.arrangement
        if before.active == name:
            return
        self.pane.set_active(False)
        self.arranged.arrangement = before._replace(active=name, view=name if name in VIEWS else before.view)
        self.pane.set_active(True)
        if regions(self.size, before) != regions(self.size, self.arranged.arrangement):
            self._arrange()
        self.keys.reload()
        self.cursor_moved()

    def on_pane_pressed(self, message: Pane.Pressed) -> None:
        """Put the cursor where the mouse was pressed; fold there, or if again, what `enter` does."""
        self.clear_message()
        self.activate(str(message.pane.id))
        if message.line is None:
            return
        if message.pane.move_to(message.line):
            self.cursor_moved()
        if message.does:
            self.press(message.does)
        elif message.again:
            self.press_enter()

    def on_line_pressed(self, message: Line.Pressed) -> None:
        """Do what the key does that the mouse was pressed on."""
        self.clear_message()
        self.press(message.does)

    def press(self, does: str) -> None:
        """Run a command that the mouse was pressed on, by its id, if it works here."""
        command = self.keymap.by_id[does]
        if command.works_in(self.arranged.arrangement.active, self.mode.name):
            self.run_command(command)

    def press_enter(self) -> None:
        """Run the command that has `enter` here, unless it was given another key."""
        here = self.keymap.commands_in(self.arranged.arrangement.active, self.mode.name)
        command = next((each for each in here if "enter" in each.keys), None)
        if command is not None:
            self.run_command(command)

    def on_pane_scrolled(self, message: Pane.Scrolled) -> None:
        """Scroll the pane under the mouse."""
        self.activate(str(message.pane.id))
        if message.pane.scroll_rows(message.by):
            self.cursor_moved()

    def zoom(self) -> None:
        arrangement = self.arranged.arrangement
        self.arranged.arrangement = arrangement._replace(zoomed=not arrangement.zoomed)
        self._arrange()

    def show_tour(self) -> None:
        """Show the strip of the tour as it is now, or none."""
        before = self.arranged.arrangement
        if before.strip is (self.tour is None):
            self.arranged.arrangement = before._replace(strip=self.tour is not None)
            self._arrange()
        self.strip.reload()

    def _tour_words(self) -> tuple[str, Row]:
        if self.tour is None:
            return "", Row(None, ())
        return self.translate(self.tour.words), self.tour.way_out

    def _arrange(self) -> None:
        """Run the layout again; Textual clears its cache only when a child requests a layout."""
        for name, pane in self.panes.items():
            pane.set_covered(int(self.arranged.arrangement.carrying and name == self._lowest_pane()))
        self.header.refresh(layout=True)
        self.call_after_refresh(self.show_in_full)

    def _name_panes(self) -> None:
        for pane in self.panes.values():
            pane.set_label(self._title_of(pane))

    def reload_findings(self, keep: Ref | None) -> None:
        """Show the findings by filter and grouping as of now, with the cursor on `keep` if it is there."""
        self.panes[FINDINGS].reload(keep)
        self._name_panes()
        self.keys.reload()
        self.cursor_moved()

    def _with_key(self, pane: str) -> str:
        """The title of a pane, preceded by the key that activates it, if there is one."""
        return f"{self.keymap.key_of(pane)} {translate(TITLES[pane])}".lstrip()

    def _hidden_panes(self, name: str) -> str:
        """The titles of the panes that are not on screen, if `name` is the first of those that are."""
        shown = regions(self.app.size, self.arranged.arrangement)
        if name != next((name for name in PANES if name in shown), None):
            return ""
        return "  ".join(self._with_key(name) for name in PANES if name not in shown)

    def _title_of(self, pane: Pane) -> str:
        name = str(pane.id)
        title = self._with_key(name)
        if name != FINDINGS or self.workspace is None:
            return title
        findings = self.workspace.findings
        if findings.filter:
            title += "  " + self.translate(findings.filter_words(self.keymap.key_of("show_all")))
        accepted = findings.accepted
        if accepted and not findings.filter:
            title += "  " + translate(sentence("{accepted} accepted", accepted=accepted))
        if self.workspace.session.has_pending_rules:
            title += "  " + translate(sentence("checking…"))
        return title

    # -- painting --------------------------------------------------------------------------------

    def show_in_full(self) -> None:
        """Show above the key bar what it, or the row under the cursor, has no room for."""
        lowest = self._lowest_pane()
        for name, pane in self.panes.items():
            if name == lowest or pane.is_covered:
                pane.reload_cover()

    def _lowest_pane(self) -> str:
        arrangement = self.arranged.arrangement
        return arrangement.active if arrangement.zoomed else FINDINGS

    def _covering(self, name: str, width: int) -> Sequence[Strip]:
        """What is shown over the last lines of a pane: if it is the lowest, what is cut elsewhere."""
        if name != self._lowest_pane():
            return ()
        if self.message is not None and not self._fits_in_bar(width):
            return text.wrapped_lines(self._message_row(), width, self.theme)
        cover: list[Strip] = []
        full = self.pane.cut_text if self.mode.pane is self.pane else ()
        if full:
            cover += text.wrapped_lines(text_row(Span(" "), *full), width, self.theme, cursor=True)
        if self.mode is self.browse_mode:  # its hints are those that fit
            return cover
        hints = self.mode.key_hints(width)
        if sum(cell_len(span.text) for span in (*hints.left, *hints.right)) > width:
            cover += text.wrapped_lines(text_row(*hints.left), width, self.theme)
        return cover

    def _fits_in_bar(self, width: int) -> bool:
        """Whether the message fits in the key bar."""
        return text.fits(self._message_row(), width)

    def _message_row(self) -> Row:
        assert self.message is not None
        what, role = self.message
        return text_row(Span(f" {self.translate(what)}", role))

    def _header(self, width: int) -> Row:
        if self.workspace is None:
            return text_row(Span(f" {self.heading}", "heading"), Span(f"   {translate(self.doing)}", "dim"))
        return text_row(*self.workspace.scoreboard.words(width))

    def _key_line(self, width: int) -> Row:
        if self.message is not None and self._fits_in_bar(width):
            return self._message_row()
        return self.mode.key_hints(width)

    def key_hints(self, width: int) -> Row:
        """The key bar in `width` cells: the most useful commands that fit, and `help` at the right.

        What cannot be used now is dim, and goes first where room is short.
        """
        now = self.situation()
        hinted, _ = self._hints_in(now.pane, now.mode)
        does = tuple(self._does(command, now) for command in hinted)
        return self._hint_row(now.pane, now.mode, does, width)

    def _does(self, command: Command, now: Situation) -> str:
        """The command that its key runs now: itself, or what takes its place; empty if neither can run."""
        if command.why_not(now) is None:
            return command.id
        instead = self.keymap.by_id.get(command.fallback)
        return instead.id if instead is not None and instead.why_not(now) is None else ""

    def _named_hints(self, pane: str, mode: str) -> tuple[Sequence[Command], tuple[Span, ...]]:
        """The commands of the key bar in a pane and mode, and `help`."""
        here = [each for each in self.keymap.commands_in(pane, mode) if self.keymap.key_of(each.id)]
        guide = tuple(Span(self._key_words(each), does=each.id) for each in here if each.id == "help")
        return [each for each in here if each.bar], guide

    def _fitting_hints(self, pane: str, mode: str, does: Sequence[str], width: int) -> Row:
        """The key bar where the keys of its commands run what `does` says, each in its place."""
        hinted, guide = self._hints_in(pane, mode)
        pairs = list(zip(hinted, does, strict=True))
        taken_over = {runs for command, runs in pairs if runs != command.id}
        hints = [
            Hint(self._key_words(command, runs), runs != "", command.stays, runs or command.id)
            for command, runs in pairs
            if command.id not in taken_over
        ]
        room = width - sum(cell_len(span.text) for span in guide)
        return Row(None, tuple(hint.span for hint in fitting(hints, room)), guide)

    def _key_words(self, command: Command, runs: str = "") -> str:
        """The key of a command with what it does, or with the label of the command that it runs."""
        label = self.keymap.by_id[runs].label if runs else command.label
        return f" {self.keymap.key_of(command.id)} {translate(Sentence(label))} "

    def render_lines(self, crop: Region) -> list[Strip]:
        """What is painted behind the panes: rules between views, or that the terminal is too small."""
        size = self.size
        depends_on = (size, self.arranged.arrangement, self.theme.worn)
        if self._behind is None or self._behind[0] != depends_on:
            self._behind = (depends_on, self._lines_behind(size))
        lines = self._behind[1][crop.y : crop.bottom]
        return lines if crop.width == size.width else [line.crop(crop.x, crop.right) for line in lines]

    def _lines_behind(self, size: Size) -> list[Strip]:
        width, height = size
        shown = regions(size, self.arranged.arrangement)
        lines = [self.theme.blank(width)] * height
        if not shown:
            words = sentence("{width} × {height} is too small", width=width, height=height)
            least = sentence("{width} × {height} is needed", width=MIN_SIZE.width, height=MIN_SIZE.height)
            for y, what in zip(range(max(0, height // 2 - 1), height), (words, least), strict=False):
                lines[y] = text.line([Span(f" {translate(what)}")], width, self.theme)
        elif all(name in shown for name in VIEWS):
            lines = [self._ruled(shown, width)] * height
        return lines

    def _ruled(self, shown: dict[str, Region], width: int) -> Strip:
        plain, rule = self.theme.styles["plain"], self.theme.styles["dim"]
        segments: list[Segment] = []
        for name in VIEWS[:-1]:
            segments += [Segment(" " * shown[name].width, plain), Segment(self.theme.glyphs.vertical, rule)]
        return Strip([*segments, Segment(" " * shown[VIEWS[-1]].width, plain)], width)


class BrowseMode:
    """The default mode: moving through the panes, with related rows highlighted in the others."""

    name = BROWSE

    def __init__(self, screen: SessionScreen) -> None:
        self.screen = screen

    @property
    def pane(self) -> Pane:
        return self.screen.pane

    @property
    def ref(self) -> Ref | None:
        return self.screen.pane.ref

    @property
    def busy(self) -> bool:
        return False

    def situation(self, now: Situation) -> Situation:
        return now

    def cursor_moved(self) -> None:
        self.screen.show_related()

    def refresh(self, news: Sequence[News]) -> None:
        """Nothing to do: the panes are up to date."""

    def show_message(self, what: Sentence, role: Role) -> None:
        self.screen.show_in_key_bar(what, role)

    def key_hints(self, width: int) -> Row:
        return self.screen.key_hints(width)

    def end(self) -> None:
        """Nothing to do: browsing is the mode that others return to."""


@cache
def function_of(name: str) -> Any:
    """The function of the actions that a command names in `does`; imports its module."""
    module, _, function = name.rpartition(".")
    return getattr(import_module(f"orgtui.tui.actions.{module}"), function)
