"""What holds of every update, whatever was changed by hand and whatever the newer file says."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgtui.changes.base import OPERATIONS, Refused
from orgtui.model.store import Organization
from tests.changes.loading import assert_loads
from tests.exchange.imports import NOVEMBER, Imported, imported, updated
from tests.exchange.test_updating import filled
from tests.strategies_changes import changes
from tests.support import examples

TEAMS = ("Marketing", "Brand", "Growth", "Events", "Labs", "Brand/PR", "Growth/PR")


@st.composite
def newer(draw: st.DrawFn) -> tuple[str, ...]:
    """The rows of November with people left out, moved, renamed and joined, and some lines of managers."""
    rows = []
    for number in range(1, 11):
        cells = (
            NOVEMBER[number - 1].split(",")
            if number <= len(NOVEMBER)
            else [str(number), "Zhao", "", "", "", "1"]
        )
        what = draw(st.sampled_from(("stays", "stays", "left", "moved", "renamed", "emptied")))
        if what == "left":
            continue
        if what == "moved":
            cells[3] = draw(st.sampled_from(TEAMS))
        cells[1] = {"renamed": f"{cells[1]} {number}", "emptied": ""}.get(what, cells[1])
        cells[4] = ""
        rows.append(",".join(cells))
    return tuple(rows) or NOVEMBER[:1]


@given(data=st.data())
@settings(deadline=None, max_examples=examples(50, 300), suppress_health_check=list(HealthCheck))
def test_it_loads_ids_stay_and_the_same_again_changes_nothing(data: st.DataObject) -> None:
    there = by_hand(data, imported().with_records(*filled()))
    rows = data.draw(newer())
    found = updated(there, rows)
    assert not [each for each in found.problems if each.severity == "error"]
    assert_loads(found.organization)
    kept = there.record.people.keys() & found.record.people.keys()
    assert all(found.record.people[key] == there.record.people[key] for key in kept)
    again = updated(replace(there, organization=found.organization, record=found.record), rows)
    assert again.changes == ()
    assert again.record == found.record


def by_hand(data: st.DataObject, there: Imported) -> Imported:
    """The same after up to four operations of plans."""
    organization: Organization = there.organization
    for _ in range(data.draw(st.integers(0, 4))):
        change = data.draw(changes(organization, tuple(sorted(OPERATIONS))))
        try:
            sets = change.compile(organization)
        except Refused:
            continue
        for each in sets:
            organization.apply(each)
    return replace(there, organization=organization)
