"""What happens with every change: links within a team go, twins collapse, teams that go have successors."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from math import isfinite

from orgtui.changes.draft import Draft
from orgtui.changes.refusal import refuse
from orgtui.model.kinds import LARGEST_INTEGER
from orgtui.model.records import PERSON_PREFIX, TEAM_PREFIX, Number, Request, Share

SHARE_SUBJECT = "share:"


def remove_internal_links(draft: Draft) -> None:
    """Drop knowledge links whose ends the change brought into one team."""
    links = {
        link
        for person, old, new in draft.changed_records("person")
        if old is not None and new is not None and old.team != new.team
        for link in draft.index("shares_at", PERSON_PREFIX + person)
    }
    links |= {link for link, _, new in draft.changed_records("share") if new is not None}
    for link in sorted(links):
        share = draft.get("share", link)
        if share is not None and draft.team_at(share.source) == draft.team_at(share.target):
            draft.remove("share", link)


def remove_team(
    draft: Draft, team: str, *, people_to: str | None, functions_to: str | None, children_to: str | None
) -> None:
    """Take a team away and hand what names it to its successors; each is needed only for what there is.

    Knowledge links go with people, requests and liaison with functions.
    """
    for person in draft.seats_of(team):
        draft.put(replace(draft.require("person", person), team=people_to))
    for function in draft.functions_of(team):
        draft.put(replace(draft.function(function), team=functions_to))
    for child in draft.index("children", team):
        draft.put(replace(draft.team(child), parent=children_to))
    end = TEAM_PREFIX + team
    for link in draft.index("shares_at", end):
        share = draft.get("share", link)
        draft.remove("share", link)
        _add_share(
            draft,
            replace(
                share,
                source=f"{TEAM_PREFIX}{people_to}" if share.source == end else share.source,
                target=f"{TEAM_PREFIX}{people_to}" if share.target == end else share.target,
            ),
        )
    for key in draft.index("requests_from", team):
        request = draft.get("request", key)
        draft.remove("request", key)
        add_request(draft, replace(request, team=functions_to))
    for department in draft.index("liaison_to", team):
        draft.put(replace(draft.department(department), liaison=functions_to))
    for key, acceptance in draft.organization.acceptances.rows().items():
        if mentions_team(acceptance.subjects, team):
            draft.remove("accept", key)
    draft.remove("team", team)


def _add_share(draft: Draft, share: Share) -> None:
    """Put a link down unless its twin is there already: the one that was there first stays."""
    if draft.get("share", (share.source, share.target, share.topic)) is None:
        draft.put(share)


def add_request(draft: Draft, request: Request) -> None:
    """Put a request down, added to its twin if that is there already."""
    there = draft.get("request", (request.team, request.department, request.topic))
    if there is None:
        draft.put(request)
    else:
        draft.put(replace(there, per_month=sum_amounts(there.per_month, request.per_month)))


def sum_amounts(first: Number | None, second: Number | None) -> Number | None:
    """The exact sum, an absent amount counting 0; absent if both are. Refuses what no file can hold."""
    if first is None or second is None:
        return first if second is None else second
    total = Decimal(str(first)) + Decimal(str(second))
    if isinstance(first, int) and isinstance(second, int):
        fits = total <= LARGEST_INTEGER
    else:
        fits = isfinite(float(total))
    if not fits:
        raise refuse("{first} and {second} add up to more than can be written", first=first, second=second)
    return type(first + second)(total)


def mentions_team(subjects: tuple[str, ...], team: str) -> bool:
    """Whether an acceptance is about a team, or about a knowledge link of that team."""
    end = TEAM_PREFIX + team
    return any(
        subject == end or (subject.startswith(SHARE_SUBJECT) and end in _ends(subject))
        for subject in subjects
    )


def _ends(subject: str) -> list[str]:
    return subject.removeprefix(SHARE_SUBJECT).split(">", 2)[:2]
