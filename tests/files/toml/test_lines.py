"""Keys are found on their lines, however TOML spells them."""

from __future__ import annotations

import pytest
import tomli
from hypothesis import given, settings

from orgtui.files.organization_file import dump_organization
from orgtui.files.toml.document import walk
from orgtui.files.toml.lines import line_numbers, path_at_line
from orgtui.files.toml.problems import KeyPath, format_key, format_path
from orgtui.model.store import Organization
from tests.strategies import organizations

TEXT = '''format = 1
a.b."c d" = 2
[organization]
pillars = [{ id = "scale" }, # "id"
  # a comment
  { id = "y" },
]
text = """
[[team]]
id = "not a key"
"""
[[team]] # first
id = "a"
  [team.focus]
  function = "f"
[[team]]
'focus' = { "function" = [1,
  2] }
[rules.P203]
x = 2021-01-01
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("format",), 1),
        (("a", "b", "c d"), 2),
        (("organization", "pillars", 0, "id"), 4),
        (("organization", "pillars", 1, "id"), 6),
        (("team",), 12),
        (("team", 0), 12),
        (("team", 0, "id"), 13),
        (("team", 0, "focus"), 14),
        (("team", 0, "focus", "function"), 15),
        (("team", 1), 16),
        (("team", 1, "focus", "function", 1), 18),
        (("rules", "P203", "x"), 20),
        (("team", 1, "name"), 16),
        (("team", 0, "focus", "until"), 14),
        (("stage",), 1),
        ((), 1),
    ],
)
def test_lines(path: KeyPath, line: int) -> None:
    assert line_numbers(TEXT, [path]) == {path: line}


@settings(max_examples=30, deadline=None)
@given(organizations())
def test_every_key_stands_on_its_line(organization: Organization) -> None:
    text = dump_organization(organization).decode()
    rows = text.split("\n")
    keys = {path: key for path, key, _ in walk(tomli.loads(text), ()) if isinstance(key, str)}
    for path, line in line_numbers(text, keys).items():
        assert format_key(keys[path]) in rows[line - 1]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        (1, "format"),
        (3, "organization"),
        (5, "organization"),
        (13, "team[1].id"),
        (15, "team[1].focus.function"),
    ],
)
def test_what_a_broken_line_belongs_to(line: int, key: str) -> None:
    assert format_path(path_at_line(TEXT.replace('[[team]]\nid = "not a key"\n', "\n\n"), line)) == key
