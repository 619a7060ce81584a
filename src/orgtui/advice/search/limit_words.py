"""What is said where a plan breaks a limit."""

from __future__ import annotations

from collections.abc import Sequence

from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.model.store import Organization


def op_not_used(op: str) -> Sentence:
    """An operation is not used."""
    return sentence("the operation {op} is not to be used", op=op)


def team_stays(team: str) -> Sentence:
    """A team stays."""
    return sentence("{team} is to stay a team in its place", team=Ref.to("team", team))


def lead_stays(organization: Organization, team: str) -> Sentence:
    """A team keeps its lead."""
    record = organization.teams.get(team)
    if record is None or record.lead is None:
        return sentence("{team} is to stay without a lead", team=Ref.to("team", team))
    lead = Ref.to("person", record.lead)
    return sentence("{lead} is to stay the lead of {team}", lead=lead, team=Ref.to("team", team))


def person_stays(organization: Organization, person: str) -> Sentence:
    """A person stays in a team."""
    team = Ref.to("team", organization.people[person].team)
    return sentence("{person} is to stay in {team}", person=Ref.to("person", person), team=team)


def function_stays(organization: Organization, function: str) -> Sentence:
    """A function stays with its team."""
    subject, team = Ref.to("function", function), team_of(organization, function)
    if team is None:
        return sentence("{function} is to stay without a team", function=subject)
    return sentence("{function} is to stay with {team}", function=subject, team=Ref.to("team", team))


def manager_stays(person: str, boss: str | None) -> Sentence:
    """A person keeps the manager."""
    subject = Ref.to("person", person)
    if boss is None:
        return sentence("{person} is to stay without a manager", person=subject)
    manager = Ref.to("person", boss)
    return sentence("{manager} is to stay the manager of {person}", manager=manager, person=subject)


def leads_nothing_new(person: str, team: str) -> Sentence:
    """A person leads nothing new."""
    subject, led = Ref.to("person", person), Ref.to("team", team)
    return sentence("{person} is to lead no other team, such as {team}", person=subject, team=led)


def end_together(functions: Sequence[str]) -> Sentence:
    """Functions end in one team."""
    refs = tuple(Ref.to("function", each) for each in functions)
    return sentence("{functions} are to end in one team", functions=refs)


def end_apart(functions: Sequence[str]) -> Sentence:
    """No two of these functions end in one team."""
    refs = tuple(Ref.to("function", each) for each in functions)
    return sentence("{functions} are to be in different teams", functions=refs)


def team_of(organization: Organization, function: str) -> str | None:
    """The team of a function; None if it has none or is gone."""
    record = organization.functions.get(function)
    return None if record is None else record.team
