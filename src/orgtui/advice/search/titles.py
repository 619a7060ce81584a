"""The words of suggestions: which changes make one step, what a step is called, what a plan is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from orgtui.changes.base import Change
from orgtui.engine.view import View
from orgtui.model.records import DEPARTMENT_PREFIX
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.rules.fixes.common import functions_in

NAMED_MAX = 3
"""So many teams tell a plan from others of the same name."""

Group = Sequence[Any]
"""Changes of one operation with the same key."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How changes of one operation are grouped and called: what those of one step have in common, its title
    beside that, and what a plan calls one and several of it (None: it is an agreement)."""

    key: Callable[[Any], object]
    title: Callable[[Group], Sentence]
    noun: str | None = None


def _refs(kind: str, group: Group, name: str) -> tuple[Ref, ...]:
    return tuple(Ref.to(kind, getattr(change, name)) for change in group)


def _end(end: str) -> Ref:
    return Ref(end) if end.startswith(DEPARTMENT_PREFIX) else Ref.to("function", end)


def _handoffs(group: Group) -> tuple[Sentence, ...]:
    return tuple(
        sentence("{source} to {target}", source=_end(each.source), target=_end(each.target)) for each in group
    )


def _links(group: Group) -> tuple[Sentence, ...]:
    told = N_("{topic} between {source} and {target}")
    return tuple(
        Sentence(
            told,
            {"topic": Ref.to("skill", each.topic), "source": Ref(each.source), "target": Ref(each.target)},
        )
        for each in group
    )


def _shares(group: Group) -> tuple[Sentence, ...]:
    told = N_("{person} {percent}% for {function}")
    return tuple(
        Sentence(
            told,
            {
                "person": Ref.to("person", each.person),
                "percent": each.share,
                "function": Ref.to("function", each.function),
            },
        )
        for each in group
    )


# Where a later change of a step replaces an earlier one, the step is called by the last.


def _pull_out(group: Group) -> Sentence:
    change = group[-1]
    function = Ref.to("function", change.function)
    if change.lead is None:
        return sentence("Pull {function} out under the head", function=function)
    lead = Ref.to("person", change.lead)
    return sentence("Pull {function} out under the head, led by {lead}", function=function, lead=lead)


def _lead(group: Group) -> Sentence:
    change = group[-1]
    team = Ref.to("team", change.team)
    if change.person is None:
        return sentence("Leave {team} without a lead", team=team)
    return sentence("Let {person} lead {team}", person=Ref.to("person", change.person), team=team)


def _split(group: Group) -> Sentence:
    change = group[-1]
    part = tuple(
        [Ref.to("function", each) for each in change.functions]
        or [Ref.to("person", each) for each in change.people]
    )
    return sentence("Split {part} off {team}", part=part, team=Ref.to("team", change.team))


def _dissolve(group: Group) -> Sentence:
    teams = _refs("team", group, "team")
    into = group[0].functions_to or group[0].people_to or group[0].children_to
    if into is None:
        return sentence("Close {teams}", teams=teams)
    return sentence("Dissolve {teams} into {into}", teams=teams, into=Ref.to("team", into))


def _review(group: Group) -> Sentence:
    teams = _refs("team", group, "team")
    if group[0].review == "quarterly":
        return sentence("Review the results of {teams} every quarter", teams=teams)
    return sentence("Review the results of {teams} regularly", teams=teams)


def _liaison(group: Group) -> Sentence:
    change = group[-1]
    department = Ref.to("department", change.department)
    if change.team is None:
        return sentence("Let nobody speak to {department} for all", department=department)
    return sentence(
        "Let {team} speak to {department} for all", team=Ref.to("team", change.team), department=department
    )


def _work(group: Group) -> Sentence:
    functions, team = _refs("function", group, "function"), Ref.to("team", group[0].to)
    people = len({person for change in group for person in change.people})
    if not people:
        return sentence("Move {functions} to {team}", functions=functions, team=team)
    return sentence(
        "Move {functions} to {team} with {people:person|people}",
        functions=functions,
        team=team,
        people=people,
    )


def _learning(group: Group) -> Sentence:
    skills = dict.fromkeys(change.skill for change in group)
    if len(skills) == 1:
        return sentence(
            "Let {people} learn {skill}",
            people=_refs("person", group, "person"),
            skill=Ref.to("skill", group[0].skill),
        )
    told = N_("{person} learns {skill}")
    pairs = (
        Sentence(told, {"person": Ref.to("person", each.person), "skill": Ref.to("skill", each.skill)})
        for each in group
    )
    return sentence("Let people learn: {pairs}", pairs=tuple(pairs))


def _named(template: str, **fields: tuple[str, str]) -> Callable[[Group], Sentence]:
    """A title from a template: each field is all that changes of a group hold under a name, of a kind."""

    def title(group: Group) -> Sentence:
        params: dict[str, object] = {}
        for field, (kind, name) in fields.items():
            found = tuple(dict.fromkeys(_refs(kind, group, name)))
            params[field] = found if field.endswith("s") else found[0]
        return Sentence(template, params)

    return title


WORDINGS: Mapping[str, Wording] = {
    # structure
    "merge_teams": Wording(
        lambda c: c.into,
        _named(N_("Merge {teams} into {into}"), teams=("team", "team"), into=("team", "into")),
        N_("{number:merge|merges}"),
    ),
    "dissolve_team": Wording(
        lambda c: (c.functions_to, c.people_to, c.children_to),
        _dissolve,
        N_("{number:team closed|teams closed}"),
    ),
    "fold_back": Wording(
        lambda c: c.into,
        _named(N_("Fold {teams} back into {into}"), teams=("team", "team"), into=("team", "into")),
        N_("{number:focus team folded back|focus teams folded back}"),
    ),
    "split_team": Wording(lambda c: c.new, _split, N_("{number:split|splits}")),
    "pull_out": Wording(lambda c: c.team, _pull_out, N_("{number:function pulled out|functions pulled out}")),
    "move_team": Wording(
        lambda c: c.to,
        _named(N_("Move {teams} below {into}"), teams=("team", "team"), into=("team", "to")),
        N_("{number:team moved|teams moved}"),
    ),
    "move_function": Wording(
        lambda c: c.to,
        _work,
        N_("{number:function moved|functions moved}"),
    ),
    "move_person": Wording(
        lambda c: c.to,
        _named(N_("Move {people} to {team}"), people=("person", "person"), team=("team", "to")),
        N_("{number:person moved|people moved}"),
    ),
    "set_lead": Wording(lambda c: c.team, _lead, N_("{number:new lead|new leads}")),
    # agreements
    "take_goal": Wording(
        lambda c: c.goal,
        _named(N_("Let {teams} take the goal {goal}"), teams=("team", "team"), goal=("goal", "goal")),
    ),
    "drop_goal": Wording(
        lambda c: c.goal,
        _named(N_("Let {teams} drop the goal {goal}"), teams=("team", "team"), goal=("goal", "goal")),
    ),
    "add_share": Wording(
        lambda c: "share", lambda group: sentence("Share every month: {links}", links=_links(group))
    ),
    "set_share": Wording(
        lambda c: "share",
        lambda group: sentence("Share every month from now on: {links}", links=_links(group)),
    ),
    "track_handoff": Wording(
        lambda c: "handoff",
        lambda group: sentence("Track the handoffs {handoffs}", handoffs=_handoffs(group)),
    ),
    "add_handoff": Wording(
        lambda c: "handoff", lambda group: sentence("Hand over {handoffs}", handoffs=_handoffs(group))
    ),
    "set_review": Wording(lambda c: c.review, _review),
    "set_learning": Wording(
        lambda c: c.on,
        _learning,
    ),
    "assign": Wording(
        lambda c: "assign", lambda group: sentence("Share out the week: {shares}", shares=_shares(group))
    ),
    "unassign": Wording(
        lambda c: c.function,
        _named(
            N_("Take {people} off {function}"), people=("person", "person"), function=("function", "function")
        ),
    ),
    "route_requests": Wording(
        lambda c: (c.department, c.via),
        lambda group: sentence(
            "Let {team} ask {department} about {topic} for all",
            team=Ref.to("team", group[0].via),
            department=Ref.to("department", group[0].department),
            topic=tuple(change.topic for change in group),
        ),
    ),
    "set_liaison": Wording(lambda c: c.department, _liaison),
    "set_focus": Wording(
        lambda c: c.team, _named(N_("Say when {team} is looked at again"), team=("team", "team"))
    ),
    "end_mission": Wording(
        lambda c: c.mission, _named(N_("End {missions}"), missions=("mission", "mission"))
    ),
}
"""How each operation of a search is worded."""


def key_of(change: Change) -> tuple[str, object]:
    """What changes that make one step have in common."""
    return change.op, WORDINGS[change.op].key(change)


def by_key(changes: Sequence[Change]) -> list[list[Change]]:
    """Changes of one key together."""
    groups: dict[object, list[Change]] = {}
    for change in changes:
        groups.setdefault(key_of(change), []).append(change)
    return list(groups.values())


def title_of(group: Group, area: str | None = None) -> Sentence:
    """The title of a step that makes changes of one key; `area` is what it brings together."""
    if area is not None:
        return sentence(
            "One team for {area}: merge {teams} into {into}",
            area=Ref.to("area", area),
            teams=_refs("team", group, "team"),
            into=Ref.to("team", group[0].into),
        )
    return WORDINGS[group[0].op].title(group)


def area_joined(view: View, group: Group) -> str | None:
    """The area of which merges bring all the work into one team that then does nothing else; None otherwise.

    `view` is the state before them.
    """
    if group[0].op != "merge_teams":
        return None
    teams = {group[0].into, *(change.team for change in group)}
    work = {function for team in teams for function in functions_in(view, team)}
    areas = {record.area for each in work if (record := view.function(each)) is not None}
    area = next(iter(areas)) if len(areas) == 1 else None
    return area if area is not None and work >= set(view.in_area(area)) else None


def with_agreements(title: Sentence, number: int) -> Sentence:
    """The title of a step of structure with the number of agreements that go with it."""
    return sentence("{title}, and agree on {number}", title=title, number=number) if number else title


def name_of(changes: Sequence[Change]) -> Sentence:
    """What a plan is called: its structural change or how many there are of each kind, and the agreements."""
    structural = [change for change in changes if WORDINGS[change.op].noun is not None]
    agreed = len(changes) - len(structural)
    if not structural:
        return sentence("Agree on {number}", number=agreed)
    if len(structural) == 1 and not _names_people(title_of(structural)):
        return with_agreements(title_of(structural), agreed)
    parts = []
    for op, wording in WORDINGS.items():
        number = sum(change.op == op for change in structural)
        if wording.noun is not None and number:
            parts.append(Sentence(wording.noun, {"number": number}))
    return with_agreements(sentence("{parts}", parts=tuple(parts)), agreed)


def _names_people(title: Sentence) -> bool:
    refs = (
        each for value in title.params.values() for each in (value if isinstance(value, tuple) else (value,))
    )
    return any(isinstance(each, Ref) and each.kind == "person" for each in refs)


def told_apart(names: Sequence[Sentence], plans: Sequence[Sequence[Change]]) -> list[Sentence]:
    """Names of plans shown beside one another: to those that say the same, the teams that only they alter."""
    altered = [_teams_altered(changes) for changes in plans]
    found = []
    for place, name in enumerate(names):
        alike = [other for other, its in enumerate(names) if other != place and its == name]
        others = {team for other in alike for team in altered[other]}
        own = tuple(Ref.to("team", team) for team in altered[place] if team not in others)[:NAMED_MAX]
        found.append(sentence("{name}: {teams}", name=name, teams=own) if alike and own else name)
    return found


def _teams_altered(changes: Sequence[Change]) -> dict[str, None]:
    """The teams that structural changes name, in their order."""
    structural = (change for change in changes if WORDINGS[change.op].noun is not None)
    values = (getattr(change, field, None) for change in structural for field in ("team", "into", "to"))
    return dict.fromkeys(value for value in values if isinstance(value, str))
