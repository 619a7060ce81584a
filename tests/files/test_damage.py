"""However a file is damaged, it loads or everything wrong with it is said; nothing else happens."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tomli
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from orgtui.files.organization_file import dump_organization, load_organization
from orgtui.files.toml.document import walk
from orgtui.files.toml.problems import InvalidFile, Problem
from orgtui.model.gate import is_clean
from orgtui.rules.registry import known_rules
from tests.strategies import organizations
from tests.support import examples

SAMPLE = (Path(__file__).parents[2] / "sample_orgs" / "startup_a.toml").read_bytes()
JUNK = st.sampled_from(
    [
        *(0, -1, 1, 0.5, 1.5, -0.25, 10**18, float("nan"), float("inf"), True, "", " ", "x", "root"),
        *(
            "a\x1bb",
            "team:x",
            "department:x",
            "a" * 300,
            [],
            {},
            [[]],
            ["", 1],
            {"id": "x"},
            [{}],
            ["x", "x"],
        ),
        *({"": 1}, {"a": {"b": {"c": []}}}, tomli.loads("a = 2026-11-21T00:00:00Z")["a"]),
        *(tomli.loads("a = 10:00:00")["a"], tomli.loads("a = 2026-11-21")["a"]),
    ]
)


def problems(data: bytes) -> list[Problem]:
    """What is said of a file; nothing if it loads."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "organization.toml")
        path.write_bytes(data)
        try:
            load_organization(path, known_rules())
        except InvalidFile as invalid:
            return invalid.problems
    return []


def assert_well_said(data: bytes) -> None:
    said = problems(data)
    places = [(each.file, each.key) for each in said]
    assert len(set(places)) == len(places)
    assert all(1 <= each.line <= data.count(b"\n") + 1 for each in said)
    assert all(is_clean(str(each)) for each in said)


@settings(max_examples=examples(30, 160), deadline=None)
@given(
    st.integers(0, len(SAMPLE)),
    st.integers(0, 40),
    st.binary(max_size=8) | st.text(max_size=4).map(str.encode),
)
def test_damaged_bytes(start: int, length: int, inserted: bytes) -> None:
    assert_well_said(SAMPLE[:start] + inserted + SAMPLE[start + length :])


@settings(max_examples=examples(30, 160), deadline=None)
@given(st.data())
def test_damaged_values(data: st.DataObject) -> None:
    document = tomli.loads(dump_organization(data.draw(organizations())).decode())
    for _ in range(data.draw(st.integers(1, 4))):
        path, key, _ = data.draw(st.sampled_from(list(walk(document, ()))))
        holder: Any = document
        for step in path[:-1]:
            holder = holder[step]
        if data.draw(st.booleans()):
            holder[key] = data.draw(JUNK)
        elif isinstance(holder, dict):
            del holder[key]
        else:
            holder.append(holder[0])
    assert_well_said(tomli_w.dumps(document).encode())
