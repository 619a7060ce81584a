"""The locations of records in the files of an organisation, for programs that show findings there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from orgtui.files.disk.reading import read_text
from orgtui.files.disk.referenced_files import referenced_path
from orgtui.files.people_csv import read_people
from orgtui.files.toml.lines import line_numbers
from orgtui.files.toml.problems import KeyPath
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization

ORGANIZATION = Ref.to("organization", "")
"""The organisation as a whole."""

KINDS_WITH_IDS = ("department", "stage", "area", "team", "function", "person", "goal", "mission", "tool")

Ids = Callable[[Any], Iterable[str | None]]

MENTIONED_IN: Mapping[str, tuple[str, KeyPath, Ids]] = {
    **{kind: (kind, (kind,), lambda record: (record.id,)) for kind in KINDS_WITH_IDS},
    "pillar": ("pillar", ("organization", "pillars"), lambda pillar: (pillar.id,)),
    "skill": ("function", ("function",), lambda function: function.skills),
    "topic": ("request", ("request",), lambda request: (request.topic.strip().casefold(),)),
    "purpose": ("tool", ("tool",), lambda tool: (tool.purpose,)),
    "metric": ("target", ("target",), lambda target: (target.metric,)),
    "handoff": ("handoff", ("handoff",), lambda handoff: (f"{handoff.source}>{handoff.target}",)),
    "request": (
        "request",
        ("request",),
        lambda request: (f"{request.team}>{request.department}>{request.topic}",),
    ),
    "share": ("share", ("share",), lambda share: (f"{share.source}>{share.target}>{share.topic}",)),
}
"""By kind of reference: the table that mentions it, the path of its list, and the ids in a record."""


class Location(NamedTuple):
    """A line of a file; lines count from 1."""

    file: str
    line: int


def locate(
    file: str | os.PathLike[str], organization: Organization, refs: Iterable[Ref]
) -> Mapping[Ref, Location]:
    """The location of each reference in the files of an organisation that was read from `file`.

    That is the first record that mentions it; references that none mentions are left out. Reads the files
    again: raises InvalidFile if one cannot be read any more.
    """
    main = os.fspath(file)
    paths = _paths(organization, dict.fromkeys(refs))
    people = organization.files.people
    rows = {ref: int(path[-1]) for ref, path in paths.items() if people and ref.kind == "person"}
    lines = line_numbers(read_text(main), (path for ref, path in paths.items() if ref not in rows))
    locations = {ref: Location(main, lines[path]) for ref, path in paths.items() if ref not in rows}
    if people and rows:
        beside = referenced_path(main, people)
        row_lines = read_people(beside, read_text(beside, follow_symlinks=False, allow_bom=True)).lines
        locations |= {ref: Location(beside, row_lines[row]) for ref, row in rows.items()}
    return locations


def _paths(organization: Organization, refs: Iterable[Ref]) -> dict[Ref, KeyPath]:
    paths: dict[Ref, KeyPath] = {}
    positions: dict[str, dict[str | None, int]] = {}
    for ref in refs:
        if ref == ORGANIZATION:
            paths[ref] = ("organization",)
        elif ref.kind in MENTIONED_IN:
            table, key, ids = MENTIONED_IN[ref.kind]
            if ref.kind not in positions:
                positions[ref.kind] = _positions(organization, table, ids)
            if ref.id in positions[ref.kind]:
                paths[ref] = (*key, positions[ref.kind][ref.id])
    return paths


def _positions(organization: Organization, table: str, ids: Ids) -> dict[str | None, int]:
    """The position in its list of the first record that mentions each id."""
    positions: dict[str | None, int] = {}
    for index, record in enumerate(organization.tables[table].rows().values()):
        for each in ids(record):
            positions.setdefault(each, index)
    return positions
