"""Whether a decision about the plan can be made: if not, it is refused in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from orgtui.changes.draft import Draft
from orgtui.changes.plan_operations import (
    Decision,
    DescribeWave,
    Review,
    SetStatus,
    SignOff,
    TakeBackSignature,
)
from orgtui.changes.refusal import Refused
from orgtui.model.kinds import Name
from orgtui.model.schema import json_schema_of
from orgtui.model.sentence import N_, Ref, sentence
from orgtui.session.timeline.decisions import Decisions
from orgtui.session.timeline.divisions import CONTENT
from orgtui.session.timeline.passage import Passage
from orgtui.session.timeline.reasons import clock
from orgtui.session.timeline.signatures import holding_signatures
from orgtui.session.timeline.state import State
from orgtui.session.timeline.step import News


def described_wave(wave: int, name: str | None, on: date | None) -> DescribeWave:
    """The description of a wave as a decision; raises Refused for a name or a number that cannot be."""
    if wave < 1:
        raise Refused(sentence("Waves are numbered from 1"))
    kept = name if name is not None and name.strip() else None
    if kept is not None:
        refused = json_schema_of(Name).read(kept)[1]
        if refused:
            wrong, right = refused[0][1]
            raise Refused(sentence("{wrong}; {right}", wrong=wrong, right=right))
    return DescribeWave(wave, kept, on)


def require_possible(decision: Decision, decisions: Decisions, state: State) -> None:
    """Refuse a decision that is made already, or that is about nothing; raises Refused."""
    match decision:
        case DescribeWave():
            _require_another_description(decision, decisions)
        case Review():
            _require_to_review(decision, decisions, state)
        case SignOff(team=team):
            _require_unsigned(team, decisions, state)
        case TakeBackSignature(team=team):
            Draft(state.organization).require("team", team)
            if team not in holding_signatures(decisions, state.divisions):
                raise Refused(sentence("{team} is not signed", team=Ref.to("team", team)))
        case SetStatus(status=status):
            if status == decisions.status:
                raise Refused(sentence("The plan is {status} already", status=sentence(status)))


def _require_another_description(described: DescribeWave, decisions: Decisions) -> None:
    known = decisions.of(described.topic)
    if (DescribeWave(described.wave) if known is None else known.decision) == described:
        raise Refused(
            sentence("{wave} is described like that already", wave=Ref.to("wave", str(described.wave)))
        )


def _require_to_review(review: Review, decisions: Decisions, state: State) -> None:
    seat = Ref.to("person", review.person)
    Draft(state.organization).require("person", review.person)
    if review.person in state.changed_seats:
        said = N_(
            "The plan changes the seat of {person}, so its verdict is to change it; take that back first"
        )
        raise Refused(sentence(said, person=seat))
    if state.baseline.people[review.person].state == "closed":
        raise Refused(sentence("The seat of {person} is closed", person=seat))
    known = decisions.of(review.topic)
    if known is not None and known.decision == review:
        raise Refused(sentence("The seat of {person} has this verdict already", person=seat))


def require_division(team: str, state: State) -> str:
    """The hash of a division that can be signed; raises Refused."""
    Draft(state.organization).require("team", team)
    named, division = Ref.to("team", team), state.divisions.hash_of(team)
    if division is None:
        said = N_("{team} is no division; teams directly under {root} are signed")
        raise Refused(sentence(said, team=named, root=Ref.to("team", state.organization.root)))
    if state.divisions.is_empty(team):
        raise Refused(sentence("{team} has neither functions nor seats that could be signed", team=named))
    return division


def _require_unsigned(team: str, decisions: Decisions, state: State) -> None:
    require_division(team, state)
    known = holding_signatures(decisions, state.divisions).get(team)
    if known is None:
        return
    named = Ref.to("team", team)
    if known.who is None or known.at is None:
        raise Refused(sentence("{team} is signed already", team=named))
    raise Refused(
        sentence("{by} signed {team} already, at {time}", by=known.who, team=named, time=clock(known.at))
    )


def decided_otherwise(decision: Decision, passages: Sequence[Passage], state: State) -> News | None:
    """What others did last in some passages that whoever makes a decision should know before.

    That is a decision about the same; of who signs a division, any change in it, and of who sets the status,
    anything at all.
    """
    for passage in reversed(passages):
        for news, sets in reversed(passage.news):
            if news.decision is not None and news.decision.topic == decision.topic:
                return news
            if isinstance(decision, SetStatus):
                return news
            if isinstance(decision, SignOff):
                records = (
                    record for each in sets if each.table in CONTENT for record in (each.old, each.new)
                )
                if any(state.divisions.division_of(record) == decision.team for record in records if record):
                    return news
    return None
