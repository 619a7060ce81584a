"""Effects that changes cascade to: links within a team, duplicate links and requests, removed teams."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from math import isfinite

from orgtui.changes.draft import Draft
from orgtui.changes.refusal import refuse
from orgtui.model.kinds import LARGEST_INTEGER
from orgtui.model.records import PERSON_PREFIX, TEAM_PREFIX, Note, Number, Request, Share

SHARE_SUBJECT = "share:"
SUBJECT_TABLES = (
    *("pillar", "department", "stage", "area", "function", "person", "skill", "goal", "handoff"),
    *("share", "request", "mission", "tool"),
)
"""The tables whose entries a change can take away and acceptances can name; teams apart."""


def remove_internal_links(draft: Draft) -> None:
    """Remove the knowledge links whose ends are in one team after the change."""
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


def remove_acceptances_of_what_goes(draft: Draft) -> None:
    """Drop acceptances that name something the change took away, or a seat that it closed."""
    gone = {
        f"{table}:{key if isinstance(key, str) else '>'.join(key)}"
        for table in SUBJECT_TABLES
        for key, old, new in draft.changed_records(table)
        if old is not None and (new is None or (table == "person" and new.state == "closed" != old.state))
    }
    if gone:
        for key, acceptance in draft.organization.acceptances.rows().items():
            if not gone.isdisjoint(acceptance.subjects):
                draft.remove("accept", key)


def remove_team(
    draft: Draft, team: str, *, people_to: str | None, functions_to: str | None, children_to: str | None
) -> None:
    """Remove a team and hand its people, functions, child teams and links over to other teams.

    Knowledge links go to `people_to`, requests and liaison to `functions_to`. A target may be None if
    there is nothing to hand over to it. Notes go to the first one that is given. Acceptances about the
    team, and targets that it was to reach, are removed.
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
    for key in draft.index("targets_of", team):
        draft.remove("target", key)
    successor = people_to or functions_to or children_to
    for key in draft.index("notes_on", end) if successor else ():
        note = draft.get("note", key)
        draft.remove("note", key)
        _add_note(draft, replace(note, on=f"{TEAM_PREFIX}{successor}"))
    draft.remove("team", team)


def _add_note(draft: Draft, note: Note) -> None:
    """Add a note unless there is one on the same that says the same."""
    if draft.get("note", (note.on, note.text)) is None:
        draft.put(note)


def _add_share(draft: Draft, share: Share) -> None:
    """Add a knowledge link unless there is one with the same ends and topic."""
    if draft.get("share", (share.source, share.target, share.topic)) is None:
        draft.put(share)


def add_request(draft: Draft, request: Request) -> None:
    """Add a request, summed up with one of the same team, department and topic if there is one."""
    there = draft.get("request", (request.team, request.department, request.topic))
    if there is None:
        draft.put(request)
    else:
        draft.put(replace(there, per_month=sum_amounts(there.per_month, request.per_month)))


def sum_amounts(first: Number | None, second: Number | None) -> Number | None:
    """The exact sum of two amounts, None counting as 0; None if both are.

    Raises Refused if files cannot hold the sum.
    """
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
    """Whether the subjects of an acceptance name a team or a knowledge link of it."""
    end = TEAM_PREFIX + team
    return any(
        subject == end or (subject.startswith(SHARE_SUBJECT) and end in _ends(subject))
        for subject in subjects
    )


def _ends(subject: str) -> list[str]:
    return subject.removeprefix(SHARE_SUBJECT).split(">", 2)[:2]
