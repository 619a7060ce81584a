"""Decisions about a plan in sentences: waves, verdicts on seats, signatures, and the status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from orgtui.changes.plan_operations import (
    Decision,
    DescribeWave,
    Review,
    SetStatus,
    SignOff,
    TakeBackSignature,
)
from orgtui.model.kinds import PlanStatus, Verdict
from orgtui.model.sentence import N_, Ref, Sentence, sentence

STATUS_WORDS: Mapping[PlanStatus, str] = {
    "draft": N_("draft"),
    "proposed": N_("proposed"),
    "approved": N_("approved"),
    "applied": N_("applied"),
}

VERDICT_WORDS: Mapping[Verdict, str] = {
    "keep": N_("keep as it is"),
    "change": N_("to be changed"),
    "close": N_("to be closed"),
}


class Signature(Protocol):
    """The signature of a division."""

    @property
    def team(self) -> str: ...
    @property
    def who(self) -> str | None: ...


class Signing(Protocol):
    """Something that was done, and the signatures that it brought and took away."""

    @property
    def signed(self) -> Sequence[Signature]: ...
    @property
    def unsigned(self) -> Sequence[Signature]: ...


def describe_decision(decision: Decision) -> Sentence:
    """What was decided, after the name of who did it."""
    match decision:
        case DescribeWave(wave=wave):
            return _described(Ref.to("wave", str(wave)), decision)
        case Review(person=person, verdict=verdict):
            said = N_("reviewed the seat of {person}: {verdict}")
            word = Sentence(VERDICT_WORDS[verdict])
            return Sentence(said, {"person": Ref.to("person", person), "verdict": word})
        case SignOff(team=team):
            return sentence("signed {team}", team=Ref.to("team", team))
        case TakeBackSignature(team=team):
            return sentence("took back the signature of {team}", team=Ref.to("team", team))
        case SetStatus(status=status):
            return sentence("set the status of the plan: {status}", status=Sentence(STATUS_WORDS[status]))


def _described(wave: Ref, decision: DescribeWave) -> Sentence:
    name, on = decision.name, decision.on
    if name is not None and on is not None:
        return sentence("named {wave} {name}, announced on {on}", wave=wave, name=name, on=on)
    if name is not None:
        return sentence("named {wave} {name}", wave=wave, name=name)
    if on is not None:
        return sentence("set the day of {wave}: {on}", wave=wave, on=on)
    return sentence("took the name and the day from {wave}", wave=wave)


def with_signatures(did: Sentence, changed: Signing, decision: Decision | None = None) -> Sentence:
    """What was done, and which signatures it takes away or brings back, but for one that it is about."""
    about = decision.team if isinstance(decision, SignOff | TakeBackSignature) else None
    for template, signatures in (
        (N_("{did}; takes the signature of {team} by {by} away"), changed.unsigned),
        (N_("{did}; the signature of {team} by {by} holds again"), changed.signed),
    ):
        for each in signatures:
            if each.team != about:
                by = each.who or "?"
                did = Sentence(template, {"did": did, "team": Ref.to("team", each.team), "by": by})
    return did
