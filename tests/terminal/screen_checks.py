"""What has to be right on every screen of the app, read off the cells of the emulated screen.

The numbers come from the organisation, not from the app, and the emulator counts wide characters itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import orgtui
from orgtui.files.organization_file import load_organization
from orgtui.model.records import Person
from orgtui.model.store import Organization
from orgtui.rules.registry import known_rules
from tests.terminal.emulator import Emulator

NAMED_TABLES = (
    "team",
    "function",
    "person",
    "department",
    "stage",
    "area",
    "goal",
    "pillar",
    "mission",
    "tool",
)
"""Tables whose records have names, by which alone they are spoken of."""

CUT_NUMBER = re.compile(r"\d[.,]?…")
ID_OF_KIND = re.compile(rf"\b({'|'.join((*NAMED_TABLES, 'share', 'handoff', 'finding', 'was'))}):[\w-]+")
NUMBER = re.compile(r"(?<=\s)\d+(?:\.\d+)?(?=\s|$)")
PERSON = re.compile(r"^(?:.{4}) {4,}(?P<name>[^ ◆▾▸].*?)  (?P<rest>\S.*)$")
"""The row of a person in the tree, with what is said behind the name."""


@dataclass(frozen=True)
class Expected:
    """What the organisation says: its ids, and the numbers that screens show of it."""

    ids: re.Pattern[str]
    header: tuple[str, ...]
    serving: tuple[str, ...]
    shares: dict[str, tuple[str, ...]] = field(repr=False)

    @classmethod
    @cache
    def of(cls, path: Path) -> Expected:
        organization = load_organization(path, known_rules())
        report = orgtui.check(path)
        counted: list[str] = [each.severity for each in report.findings if each.accepted is None]
        signs = {"error": "✖", "warning": "▲", "advice": "●"}
        return cls(
            ids=re.compile(rf"(?<![\w-])({'|'.join(sorted(_telling_ids(organization)))})(?![\w-])"),
            header=(
                *(f"{sign} {counted.count(severity)}" for severity, sign in signs.items()),
                *(f" {report.metrics[name]}" for name in ("teams", "pairs")),
            ),
            serving=tuple(
                str(count)
                for stage in organization.stages
                if (count := len(organization.index("serving", stage)))
            ),
            shares={
                str(person.name): tuple(f"{share / 100:g}" for share in person.functions.values())
                for person in organization.people.rows().values()
                if isinstance(person, Person) and person.state == "filled"
            },
        )


def _telling_ids(organization: Organization) -> Iterator[str]:
    """The ids that are no words of a language; one that is a topic or a skill too may be said as such."""
    topics = {str(key[2]) for key in organization.shares} | {
        skill for person in organization.people.rows().values() for skill in person.skills
    }
    for table in NAMED_TABLES:
        for key in map(str, organization.tables[table]):
            if re.search(r"[-\d]", key) and key not in topics:
                yield re.escape(key)


def wrong_on(terminal: Emulator, expected: Expected) -> list[str]:
    """What is wrong on the screen as it is, in words; nothing if all is well."""
    cells, columns = terminal.screen.buffer, range(terminal.screen.columns)
    grid = [[cells[y][x].data for x in columns] for y in range(terminal.screen.lines)]
    lines = ["".join(row).rstrip() for row in grid]
    wrong = [f"a number is cut: {line.strip()}" for line in lines if CUT_NUMBER.search(line)]
    for line in lines:
        wrong += [f"an id is shown: {found[0]}" for found in ID_OF_KIND.finditer(line)]
        wrong += [f"an id is shown: {found[0]}" for found in expected.ids.finditer(line)]
    wrong += _boxes_out_of_line(grid)
    if not any("╭" in line for line in lines):
        wrong += [*_rules_out_of_line(grid, lines), *_shares_missing(lines, expected)]
    return wrong


def _boxes_out_of_line(grid: Sequence[Sequence[str]]) -> Iterator[str]:
    """Sides and corners of boxes that are not below each other."""
    for y, row in enumerate(grid):
        for left in (x for x, cell in enumerate(row) if cell == "╭"):
            right = row.index("╮", left)
            for below in range(y + 1, len(grid)):
                sides = grid[below][left], grid[below][right]
                if sides == ("╰", "╯"):
                    break
                if sides != ("│", "│"):
                    yield f"a box is out of line in line {below}: {sides}"
            else:
                yield f"the box that begins in line {y} has no foot"


def _rules_out_of_line(grid: Sequence[Sequence[str]], lines: Sequence[str]) -> Iterator[str]:
    """Lines in which the rules between panes are not below those beside their titles."""
    findings = next((y for y, line in enumerate(lines) if line.startswith(" 4 ")), len(grid) - 1)
    for x in (x for x, cell in enumerate(grid[1]) if cell == "│"):
        for y in range(2, findings):
            if grid[y][x] != "│":
                yield f"the rule in column {x} is broken in line {y}: {lines[y]}"


def _shares_missing(lines: Sequence[str], expected: Expected) -> Iterator[str]:
    """Rows of people in the tree that do not have their shares whole, or counted."""
    for line in lines[2:-1]:
        row = line.split("│")[0]
        found = PERSON.match(row)
        shares = expected.shares.get(found["name"]) if found is not None else None
        if found is None or shares is None:
            continue
        told = re.sub(r"\s[✖▲●]\d+\s*$", "", found["rest"])
        counted = re.search(r"  \+(\d+)\s*$", told)
        left_out = int(counted[1]) if counted is not None else 0
        here = NUMBER.findall(told if counted is None else told[: counted.start()])
        if tuple(here) != shares[: len(shares) - left_out]:
            yield f"{found['name']} has shares {shares}: {row.strip()}"


def header_is_whole(terminal: Emulator, expected: Expected) -> bool:
    """Whether the header has every number of the organisation."""
    header = terminal.lines[0] + " "
    return all(f"{number} " in header for number in expected.header)


def serving_counts(terminal: Emulator, label: str) -> tuple[str, ...]:
    """The numbers in the row of the funnel that begins with a label."""
    row = next(line for line in terminal.lines if f"  {label}  " in line)
    return tuple(re.findall(r"\d+", row.split(label, 1)[1].split("│")[0]))
