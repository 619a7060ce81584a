"""Loading what was written gives the same organisation, and writing that the same bytes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgtui.files.organization_file import (
    baseline_hash,
    dump_organization,
    load_organization,
    save_organization,
)
from orgtui.model import records as r
from orgtui.model.store import Organization
from orgtui.rules.registry import known_rules
from tests.oracle.generate import random_document, to_toml
from tests.strategies import organizations
from tests.support import examples

SAMPLES = sorted(
    path for path in Path(__file__).parents[2].glob("sample_orgs/*.toml") if ".plan." not in path.name
)


def reloaded(data: bytes) -> Organization:
    with TemporaryDirectory() as folder:
        path = Path(folder, "organization.toml")
        path.write_bytes(data)
        return load_organization(path, known_rules())


def in_order(organization: Organization) -> list[r.Record]:
    return list(organization.records())


@settings(max_examples=examples(25, 120), deadline=None)
@given(organizations())
def test_canonical_form(organization: Organization) -> None:
    data = dump_organization(organization)
    again = reloaded(data)
    assert in_order(again) == in_order(organization)
    assert dump_organization(again) == data


@settings(max_examples=examples(20, 80), deadline=None)
@given(organizations(), st.booleans())
def test_saved_files(organization: Organization, has_people_file: bool) -> None:
    files = r.Files(people="people.csv" if has_people_file else None, pay="pay.csv")
    organization = Organization([*organization.records(), files])
    with TemporaryDirectory() as folder:
        path = Path(folder, "organization.toml")
        save_organization(organization, path)
        first = {each.name: each.read_bytes() for each in Path(folder).iterdir()}
        again = load_organization(path, known_rules())
        assert again == organization
        assert [p.id for p in again.people.values()] == [p.id for p in organization.people.values()]
        save_organization(again, path)
        assert {each.name: each.read_bytes() for each in Path(folder).iterdir()} == first
        assert ("people.csv" in first) == has_people_file


@pytest.mark.parametrize("seed", range(20))
def test_random_documents(seed: int) -> None:
    organization = reloaded(to_toml(random_document(Random(seed), "small")).encode())
    assert in_order(reloaded(dump_organization(organization))) == in_order(organization)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_samples(sample: Path) -> None:
    organization = load_organization(sample, known_rules())
    assert in_order(reloaded(dump_organization(organization))) == in_order(organization)


@settings(max_examples=examples(10, 40), deadline=None)
@given(organizations())
def test_baseline_is_about_the_organisation_not_its_files(organization: Organization) -> None:
    elsewhere = Organization([*organization.records(), r.Files("people.csv", "pay.csv")])
    assert baseline_hash(elsewhere) == baseline_hash(organization)
    renamed = replace(organization.profile, name=f"{organization.profile.name[:100]}!")
    changed = Organization([renamed, *list(organization.records())[1:]])
    assert baseline_hash(changed) != baseline_hash(organization)


@pytest.mark.parametrize(
    ("header", "key", "written", "others"),
    [
        ("[[team]]", "pay_budget", "1200000", ["1200000.0", "1.2e6"]),
        ("[[stage]]", "volume", "42", ["42.0", "4.2e1"]),
        ("[[goal]]", "target", "-1000", ["-1000.0", "-1e3"]),
        ("[[goal]]", "target", "0", ["0.0", "-0.0"]),
        ("[[goal]]", "target", "1e+30", ["1e30"]),
        ("[[goal]]", "target", "9223372036854775807", []),
        ("[[function]]", "fte_needed", "2.0", ["2", "2.00"]),
        ("[[function]]", "fte_needed", "0.5", ["0.50"]),
        ("[[function]]", "fte_needed", "9007199254740993", []),
        ("[[request]]", "per_month", "3", ["3.0"]),
        ("[rules.P307]", "min_fte", "2", ["2.0"]),
    ],
)
def test_a_number_has_one_form(header: str, key: str, written: str, others: list[str]) -> None:
    """However it is written, the canonical bytes and so the hash of the baseline are the same."""
    named = 'id = "a"\nname = "A"\n'
    request = f'from = "a"\nto = "a"\ntopic = "x"\n[[department]]\n{named}'
    entry = {"[[request]]": request, "[rules.P307]": ""}.get(header, named)
    team = "" if header == "[[team]]" else '[[team]]\nid = "a"\nname = "A"\n'
    head = 'format = 1\n[organization]\nname = "A"\nas_of = 2026-11-21\n'
    forms = [
        reloaded(f"{head}{team}{header}\n{key} = {each}\n{entry}".encode()) for each in (written, *others)
    ]
    assert f"\n{key} = {written}\n" in dump_organization(forms[0]).decode()
    assert len({baseline_hash(each) for each in forms}) == 1


def test_comments_go_and_defaults_are_left_out() -> None:
    text = (
        '# ours\nformat = 1\n[organization]\nname = "A"\nas_of = 2026-11-21\nvision = " "\n'
        '[[team]]\nid = "a"\nname = "A"\ngoals = []\n'
        '[[person]]\nid = "p"\nname = "P"\nteam = "a"\nstate = "filled"\nfte = 1\nskills = {}\n'
    )
    assert dump_organization(reloaded(text.encode())).decode() == (
        'format = 1\n\n[organization]\nname = "A"\nas_of = 2026-11-21\n'
        '\n[[team]]\nid = "a"\nname = "A"\n'
        '\n[[person]]\nid = "p"\nname = "P"\nteam = "a"\n'
    )
