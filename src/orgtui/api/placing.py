"""Where functions, teams and people could go: every team as a place, the best first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from itertools import chain, islice

from orgtui.advice import places as advice
from orgtui.advice.dropping import drop_changes
from orgtui.api.results import FindingKey, Place, Placement
from orgtui.api.state import OrganizationState
from orgtui.api.user_error import UserError
from orgtui.locales import NameLookup, translate
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.model.store import Organization
from orgtui.rules.assessment import Assessment, ReportedFinding
from orgtui.rules.inputs import Waves
from orgtui.rules.registry import nearest
from orgtui.views.base.names import name_of

COMPLETED_MAX = 40
"""So many places of a thing, the best, are weighed with the rules over the whole graph too; a rule over all
handoffs takes a tenth of a second where 20,000 people work, and there are thousands of places."""

KINDS = ("function", "team", "person")
"""The kinds of what can be placed."""


def things_to_place(organization: Organization, named: Iterable[str]) -> tuple[Ref, ...]:
    """What is asked about, as named; all functions and then all teams below the root if nothing is.

    Raises UserError with every name that is nothing to place.
    """
    asked = tuple(dict.fromkeys(map(Ref, named)))
    unknown = [each for each in asked if not _is_known(organization, each)]
    if unknown:
        raise UserError(*(_not_known(organization, each) for each in unknown))
    if asked:
        return asked
    functions = (Ref.to("function", each) for each in organization.functions)
    below = (each for each in organization.teams if organization.teams[each].parent is not None)
    return (*functions, *(Ref.to("team", each) for each in below))


def place_all(
    state: OrganizationState,
    things: Iterable[Ref],
    *,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    today: date | None = None,
) -> Iterator[Placement]:
    """Place things, one at a time: each place is tried with every rule, which takes milliseconds.

    `select`, `ignore` and `today` are as for a check, and findings that are left out weigh nothing.
    """
    organization, day = state.organization.copy(), today or state.baseline.profile.as_of
    assessment = Assessment(organization, day, select=select, ignore=ignore, waves=state.waves or Waves())
    assessment.evaluate_pending()
    for each in things:
        yield place(assessment, each)


def place(assessment: Assessment, what: Ref) -> Placement:
    """Place one thing in the present state of an assessment whose rules have all been evaluated."""
    places = advice.Places(
        assessment,
        lambda team: drop_changes(assessment.view, [what], team),
        assessment.organization.teams,
        [what],
    )
    for _ in chain(places.weigh_rest(), islice(places.complete_rest(), COMPLETED_MAX)):
        pass
    ranks = {team: rank for rank, team in enumerate(places.ranked, start=1)}
    refused = (team for team in assessment.organization.teams if team not in ranks)
    names = partial(name_of, assessment.organization)
    placed = (_result(places.known[team], ranks.get(team), names) for team in (*ranks, *refused))
    return Placement(str(what), tuple(placed))


def _result(place: advice.Place, rank: int | None, names: NameLookup) -> Place:
    return Place(
        team=place.team,
        rank=rank,
        balance=None if rank is None else place.balance,
        fit=place.fit,
        score=None if rank is None else place.score,
        why=translate(place.why, names),
        resolved=_keys(place.difference.resolved),
        introduced=_keys(place.difference.introduced),
        refusal=None if place.refusal is None else translate(place.refusal, names),
    )


def _keys(found: Iterable[ReportedFinding]) -> tuple[FindingKey, ...]:
    """The findings by code and subjects, sorted."""
    codes = sorted(each.identity for each in found)
    return tuple(FindingKey(code, tuple(map(str, subjects))) for code, subjects in codes)


def _is_known(organization: Organization, what: Ref) -> bool:
    return what.kind in KINDS and what.id in organization.tables[what.kind]


def _not_known(organization: Organization, what: Ref) -> Sentence:
    kinds = (what.kind,) if what.kind in KINDS else KINDS
    known = [Ref.to(kind, each) for kind in kinds for each in organization.tables[kind]]
    if not known:
        return sentence("nothing to place is called “{what}”; this organisation has none", what=str(what))
    told = N_("nothing to place is called “{what}”; the nearest is {near}")
    return sentence(told, what=str(what), near=str(nearest(what, known)))
