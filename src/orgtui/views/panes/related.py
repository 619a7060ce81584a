"""What is related to a selection and highlighted in the other panes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from orgtui.model.sentence import Ref
from orgtui.model.store import Organization
from orgtui.views.base.names import end_ref, finding_ref, handoff_ref, share_key, share_ref
from orgtui.views.panes.badges import Badges


def related(
    organization: Organization, badges: Badges, ref: Ref, subjects: Iterable[Ref] = ()
) -> frozenset[Ref]:
    """The references related to a selection, without itself; `subjects` are those of a selected finding.

    For a team: its seats, functions and links; for a function: its team, performers, stages and the functions
    with handoffs to or from it; for a seat: its team, functions, links and missions. In all cases also the
    findings with the selection among their subjects.
    """
    relatives = set(subjects)
    relatives.update(_RELATIVES.get(ref.kind, _none)(organization, ref.id))
    relatives.update(finding_ref(identity) for identity in badges.about(ref))
    relatives.discard(ref)
    return frozenset(relatives)


def _of_team(organization: Organization, team: str) -> Iterator[Ref]:
    for person in organization.index("members", team):
        yield Ref.to("person", person)
        yield from _links(organization, f"person:{person}")
    for function in organization.index("functions_of", team):
        yield Ref.to("function", function)
    record = organization.teams.get(team)
    if record is not None and record.lead is not None:
        yield Ref.to("person", record.lead)
    yield from _links(organization, f"team:{team}")


def _of_function(organization: Organization, function: str) -> Iterator[Ref]:
    record = organization.functions.get(function)
    if record is None:
        return
    if record.team is not None:
        yield Ref.to("team", record.team)
    for person in organization.index("performers", function):
        yield Ref.to("person", person)
    for stage in record.stages:
        yield Ref.to("stage", stage)
    for index, other in (("handoffs_from", 1), ("handoffs_to", 0)):
        for handoff in organization.index(index, function):
            yield handoff_ref(handoff)
            yield end_ref(handoff[other])


def _of_person(organization: Organization, person: str) -> Iterator[Ref]:
    record = organization.people.get(person)
    if record is None:
        return
    yield Ref.to("team", record.team)
    for team in organization.index("led_by", person):
        yield Ref.to("team", team)
    for function in record.functions:
        yield Ref.to("function", function)
    for mission in organization.index("missions_with", person):
        yield Ref.to("mission", mission)
    yield from _links(organization, f"person:{person}")


def _of_area(organization: Organization, area: str) -> Iterator[Ref]:
    for function in organization.index("in_area", area):
        yield Ref.to("function", function)


def _of_share(organization: Organization, share: str) -> Iterator[Ref]:
    for end in share_key(Ref.to("share", share))[:2]:
        yield Ref(end)
        person = organization.people.get(Ref(end).id) if end.startswith("person:") else None
        if person is not None:
            yield Ref.to("team", person.team)


def _links(organization: Organization, end: str) -> Iterator[Ref]:
    for share in organization.index("shares_at", end):
        yield share_ref(share)


def _none(organization: Organization, identity: str) -> Iterator[Ref]:
    yield from ()


_RELATIVES = {
    "team": _of_team,
    "function": _of_function,
    "person": _of_person,
    "area": _of_area,
    "share": _of_share,
}
