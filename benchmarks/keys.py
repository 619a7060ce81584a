"""Benchmarks of keys: time and bytes, each in turns with a key of an empty app."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.measure import Bar, Row, Scale, Section, people_label, ratio_bar
from benchmarks.organizations import organization
from benchmarks.pty import Answer, Terminal
from benchmarks.start import COMPLETE_SIGN, EMPTY_APP, EMPTY_COMPLETE_SIGN
from orgtui.files.organization_file import dump_organization

ABOUT = (
    "From the press to the last byte of the first answer, in a pseudo-terminal of 120 × 40. The reference is "
    "`down` in an empty app, which repaints one line, pressed after every key of ours. The organisation lies "
    "in memory, so that a drop costs what it costs the app; what the disk adds is among the files."
)
IN_MEMORY = Path("/dev/shm")
PERSON_LINE = 4
"""The line of a person in the first team."""

TEAM_LINE = 9
"""The line of the second team, which has teams below it, after the lines of people and functions."""

REBUILT_ROWS = "the words of every visible row are built anew, in some panes more than once."

PAGE_LINES = 27
"""The height of the pane in lines, less one."""


def measure(scale: Scale) -> Iterator[Section]:
    """The section of keys."""
    yield Section("Keys", ABOUT, _rows(scale))


def _rows(scale: Scale) -> Iterator[Row]:
    with TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as folder:
        for size in scale.app:
            path = Path(folder) / f"{size}.toml"
            path.write_bytes(dump_organization(organization(size)))
            with Terminal(["-m", "orgtui", path]) as ours, Terminal([EMPTY_APP]) as empty:
                ours.wait_until_shown(COMPLETE_SIGN)
                empty.wait_until_shown(EMPTY_COMPLETE_SIGN)
                ours.wait_until_idle()
                empty.wait_until_idle()
                yield from Keyboard(ours, empty, people_label(size), scale.presses).rows()


class Keyboard:
    """Presses keys in turns in two terminals, ours and the empty app, and gives the rows."""

    def __init__(self, ours: Terminal, empty: Terminal, at: str, presses: int) -> None:
        self.ours = ours
        self.empty = empty
        self.at = at
        self.presses = presses
        self.taken: dict[str, list[Answer]] = {}
        self.references: dict[str, list[Answer]] = {}

    def rows(self) -> Iterator[Row]:
        """The rows of each scene; scenes begin with the cursor on the first line."""
        self.ours.press_all("1")
        yield from self._step()
        yield from self._scroll()
        yield from self._page()
        yield from self._hover()
        yield from self._drop_and_undo()
        yield from self._fold()
        yield from self._pane()

    def _step(self) -> Iterator[Row]:
        self._from_top()
        for n in range(self.presses):
            self._press("step", "down" if n % (2 * PAGE_LINES) < PAGE_LINES else "up")
        yield from self._result_rows("step", "cursor step within the screen", 1.3, 400)

    def _scroll(self) -> Iterator[Row]:
        self._from_top(*["down"] * PAGE_LINES)
        for _ in range(self.presses):
            self._press("scroll", "down")
        yield from self._result_rows("scroll", "cursor step that scrolls", 2.3, 3600)

    def _page(self) -> Iterator[Row]:
        self._from_top()
        for n in range(self.presses):
            self._press("page", "page_down" if n % 2 == 0 else "page_up")
        yield from self._result_rows("page", "a page", 2.3, 3600)

    def _hover(self) -> Iterator[Row]:
        self._from_top(*["down"] * PERSON_LINE)
        self._press("carry", "m")
        self.ours.press_all(*["down"] * (2 * TEAM_LINE - 1 - PERSON_LINE))
        for n in range(self.presses):
            self._press("hover", "up" if n % 2 else "down")
        self.ours.press_all("backspace")
        yield from self._result_rows("hover", "hover over a place while carrying", 2.5, 2000)

    def _drop_and_undo(self) -> Iterator[Row]:
        for _ in range(max(1, self.presses // 2)):
            self._from_top(*["down"] * PERSON_LINE)
            self._press("carry", "m")
            self.ours.press_all(*["down"] * (TEAM_LINE - PERSON_LINE))
            self._press("drop", "enter")
            self._press("undo", "u")
        yield from self._result_rows("carry", "lift a person, every place in sight weighed")
        yield from self._result_rows("drop", "drop a person", 2.5, 3600)
        yield from self._result_rows("undo", "undo", 2.5, 3600)

    def _fold(self) -> Iterator[Row]:
        self._from_top(*["down"] * TEAM_LINE)
        for n in range(self.presses):
            self._press("fold", "right" if n % 2 else "left")
        yield from self._result_rows("fold", "fold or unfold a team", 3)

    def _pane(self) -> Iterator[Row]:
        for _ in range(self.presses):
            self._press("pane", "tab")
        yield from self._result_rows("pane", "change of pane", 1.4, 600)

    def _from_top(self, *keys: str) -> None:
        self.ours.press_all("g")
        self.ours.press_all(*keys)

    def _press(self, scene: str, key: str) -> None:
        self.taken.setdefault(scene, []).append(self.ours.press(key))
        self.references.setdefault(scene, []).append(self.empty.press("down"))

    def _result_rows(
        self, scene: str, work: str, most: float | None = None, size: int | None = None
    ) -> Iterator[Row]:
        taken, references = self.taken[scene], self.references[scene]
        reference = median(answer.seconds for answer in references)
        bar = None if most is None else ratio_bar(most)
        yield Row(
            work, self.at, "ms", median(answer.seconds for answer in taken), bar, reference, REBUILT_ROWS
        )
        settled = median(answer.total_seconds for answer in taken)
        if settled > 1.5 * median(answer.seconds for answer in taken):
            yield Row(f"{work}, all that follows it", self.at, "ms", settled, None, reference)
        most_bytes = None if size is None else Bar(size)
        yield Row(f"{work}, bytes", self.at, "B", median(answer.size for answer in taken), most_bytes)
