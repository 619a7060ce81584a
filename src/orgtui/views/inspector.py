"""Everything known about one thing in the organisation, and the findings that speak of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from orgtui.locales import listed
from orgtui.model.records import DEPARTMENT_PREFIX, PERSON_PREFIX, TEAM_PREFIX, Handoff, Number, Share
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.rules.assessment import Judged
from orgtui.rules.verdicts import SEVERITIES, message
from orgtui.rules.vocabulary import (
    as_decimal,
    goals_inherited,
    handoff_partners,
    is_shared_goal,
    layer,
    manager,
    seats_below,
    span_of_control,
)
from orgtui.views.findings import ACCEPTED
from orgtui.views.names import end_ref, finding_ref, handoff_ref, share_key, share_ref
from orgtui.views.page import Entry, Fact, Line, Page, facts, leading, section
from orgtui.views.record_words import differences, value_words
from orgtui.views.row import Span
from orgtui.views.scene import Scene

Told = tuple[Sentence, Iterable[Entry]]
"""What is told, and what it is."""


def inspector(scene: Scene, ref: Ref, judged: Iterable[Judged], width: int) -> Page:
    """The page of a thing: its facts in `width` cells, what is other than in the baseline, its findings."""
    told: list[Fact] = [(scene.word(label), list(entries)) for label, entries in _facts(scene, ref)]
    lines = [*facts(scene, told, width)]
    lines += section(scene.say("Findings"), findings_as_lines(scene, about(ref, judged)))
    return Page(sentence("{thing}", thing=_named(ref)), lines)


def about(ref: Ref, judged: Iterable[Judged]) -> list[Judged]:
    """The findings that have a thing among their subjects; of a handoff: both its ends."""
    subjects = {end_ref(end) for end in ref.id.split(">")} if ref.kind == "handoff" else {ref}
    found = [each for each in judged if subjects.issubset(each.finding.subjects)]
    return sorted(found, key=lambda each: (not each.counts, SEVERITIES.index(each.severity), each.identity))


def findings_as_lines(scene: Scene, judged: Iterable[Judged]) -> Iterator[Line]:
    """Findings, each leading to its page; those accepted are dim, and say so."""
    for each in judged:
        counts = each.counts
        sign = Span(f"{scene.signs.severity(each.severity)} ", each.severity if counts else "dim")
        code = Span(f"{each.finding.code} ", "dim")
        said = Span(scene.word(message(each.finding)), "plain" if counts else "dim")
        line = leading(scene, (sign, code, said), finding_ref(each.identity))
        accepted = () if counts else (Span(f"{scene.say(ACCEPTED)} ", "dim"),)
        yield Line(line.left, (*accepted, *line.right), target=line.target)


def _named(ref: Ref) -> object:
    if ref.kind != "handoff":
        return ref
    source, target = map(end_ref, ref.id.split(">"))
    return sentence("{source} to {target}", source=source, target=target)


def _facts(scene: Scene, ref: Ref) -> Iterator[Told]:
    told = FACTS.get(ref.kind)
    if told is not None:
        yield from told(scene, ref.id)
    table, key = ref.kind, share_key(ref) if ref.kind == "share" else ref.id
    if table in scene.organization.tables:
        yield sentence("Since the baseline"), [Entry(each) for each in differences(scene, table, key)]


# -- the organisation ------------------------------------------------------------------------------


def _team(scene: Scene, team: str) -> Iterator[Told]:
    record, view = scene.organization.teams.get(team), scene.view
    if record is None:
        return
    yield sentence("Below"), _things(scene, "team", record.parent)
    yield sentence("Lead"), _things(scene, "person", record.lead)
    own, below = view.open_seats(team), seats_below(view, team)
    both = scene.say("{own}, {below} with the teams below", own=own, below=below)
    yield sentence("Seats"), _text(own if own == below else both)
    yield sentence("People"), _things(scene, "person", *_in_order(scene, "person", view.members(team)))
    yield (
        sentence("Functions"),
        _things(scene, "function", *_in_order(scene, "function", view.functions_of(team))),
    )
    yield sentence("Teams"), _things(scene, "team", *_in_order(scene, "team", view.children(team)))
    yield sentence("Goals"), _things(scene, "goal", *record.goals)
    inherited = goals_inherited(view, team) - set(record.goals)
    yield sentence("Goals from above"), _things(scene, "goal", *_in_order(scene, "goal", inherited))
    yield sentence("Review"), _text(record.review and scene.say(record.review))
    yield (
        sentence("Shares knowledge"),
        _links(scene, [TEAM_PREFIX + team, *(PERSON_PREFIX + p for p in view.members(team))]),
    )
    yield sentence("Hands over with"), _partners(scene, team)
    yield sentence("Asks"), _requests(scene, view.requests_from(team), "department")
    yield sentence("Tools"), _things(scene, "tool", *record.tools)
    if record.focus is not None:
        yield sentence("Focus on"), _things(scene, "function", record.focus.function)
        yield sentence("Since"), _text(record.focus.since)
        yield sentence("Looked at again on"), _text(record.focus.review_on)
        yield sentence("Folded back when"), _text(record.focus.exit)


def _function(scene: Scene, function: str) -> Iterator[Told]:
    record, view = scene.organization.functions.get(function), scene.view
    if record is None:
        return
    yield sentence("Team"), _things(scene, "team", record.team)
    yield sentence("Area"), _things(scene, "area", record.area)
    yield sentence("Stages"), _things(scene, "stage", *record.stages)
    yield sentence("Kind"), _text(record.kind)
    yield sentence("Skills needed"), _text(_levels(record.skills))
    yield sentence("State"), _text(scene.say(record.state))
    yield sentence("Difficulty"), _text(scene.say("{difficulty} of 5", difficulty=record.difficulty))
    yield sentence("Breakthrough"), _text(scene.say("yes") if record.breakthrough else None)
    performers = _in_order(scene, "person", view.performers(function))
    shares = {each: scene.organization.people[each].functions[function] for each in performers}
    yield sentence("Done by"), [_share_of(scene, "person", each, share) for each, share in shares.items()]
    done, needed = as_decimal(view.staffing(function)), record.fte_needed
    words = scene.say("{done} of {needed} needed", done=done, needed=_number(needed))
    yield sentence("FTE"), _text(done if needed is None else words)
    yield sentence("Hands over to"), _handoffs(scene, view.handoffs_from(function), 1)
    yield sentence("Takes from"), _handoffs(scene, view.handoffs_to(function), 0)


def _person(scene: Scene, person: str) -> Iterator[Told]:
    record, view = scene.organization.people.get(person), scene.view
    if record is None:
        return
    yield sentence("Title"), _text(record.title)
    yield sentence("Team"), _things(scene, "team", record.team)
    yield sentence("State"), _text(scene.say(record.state))
    yield sentence("FTE"), _text(as_decimal(record.fte))
    if record.state != "closed":
        yield sentence("Reports to"), _things(scene, "person", manager(view, person))
        yield sentence("Layer"), _text(layer(view, person))
    yield sentence("Leads"), _things(scene, "team", *_in_order(scene, "team", view.led_by(person)))
    span = span_of_control(view, person)
    yield (
        sentence("Span of control"),
        _text(scene.say("{reports:seat|seats}", reports=span) if span else None),
    )
    yield sentence("Functions"), [_share_of(scene, "function", *each) for each in record.functions.items()]
    yield sentence("Skills"), _text(_levels(record.skills))
    yield sentence("Learning"), _text(listed(record.learning))
    yield sentence("Shares knowledge"), _links(scene, [PERSON_PREFIX + person])
    yield (
        sentence("Missions"),
        _things(scene, "mission", *_in_order(scene, "mission", view.missions_with(person))),
    )


def _stage(scene: Scene, stage: str) -> Iterator[Told]:
    record, view = scene.organization.stages.get(stage), scene.view
    if record is None:
        return
    stages = view.stages()
    place = scene.say("{place} of {stages}", place=stages.index(stage) + 1, stages=len(stages))
    yield sentence("Place in the funnel"), _text(place)
    yield sentence("Volume a month"), _text(_number(record.volume))
    yield sentence("Worked by"), _things(scene, "department", record.owner)
    yield sentence("Served by"), _functions(scene, view.serving(stage))


def _area(scene: Scene, area: str) -> Iterator[Told]:
    yield sentence("Functions"), _functions(scene, scene.organization.index("in_area", area))


def _goal(scene: Scene, goal: str) -> Iterator[Told]:
    record, view = scene.organization.goals.get(goal), scene.view
    if record is None:
        return
    yield sentence("Core"), _text(value_words(scene, "core", record.core))
    yield sentence("Pillar"), _things(scene, "pillar", record.pillar)
    yield sentence("Metric"), _text(record.metric)
    yield sentence("Target"), _text(_number(record.target))
    yield sentence("Review"), _text(record.review and scene.say(record.review))
    yield sentence("Evaluated"), _text(value_words(scene, "evaluated", record.evaluated))
    yield sentence("Shared"), _text(value_words(scene, "shared", is_shared_goal(view, goal)))
    yield sentence("Held by"), _things(scene, "team", *_in_order(scene, "team", view.goal_holders(goal)))
    missions = scene.organization.index("missions_for", goal)
    yield sentence("Missions"), _things(scene, "mission", *_in_order(scene, "mission", missions))


def _share(scene: Scene, share: str) -> Iterator[Told]:
    source, target, topic = key = share_key(Ref.to("share", share))
    record = scene.organization.shares.get(key)
    if record is None:
        return
    yield sentence("From"), [Entry(scene.names(Ref(source)), Ref(source))]
    yield sentence("To"), [Entry(scene.names(Ref(target)), Ref(target))]
    yield sentence("Topic"), _text(topic)
    yield sentence("How"), _text(record.how and scene.say(record.how))
    yield sentence("Every"), _text(scene.say(record.every) if record.every else scene.signs.nothing)
    yield sentence("Until"), _text(record.until)


def _handoff(scene: Scene, handoff: str) -> Iterator[Told]:
    source, target = handoff.split(">")
    record = scene.organization.handoffs.get((source, target))
    if record is None:
        return
    for label, end in ((sentence("From"), source), (sentence("To"), target)):
        yield label, [Entry(_end_words(scene, end), end_ref(end))]
    yield sentence("What"), _text(record.what)
    yield sentence("Tracked"), _text(value_words(scene, "tracked", record.tracked))
    yield sentence("Agreed within"), _text(record.sla)


def _department(scene: Scene, department: str) -> Iterator[Told]:
    record, view = scene.organization.departments.get(department), scene.view
    if record is None:
        return
    yield sentence("Liaison"), _things(scene, "team", record.liaison)
    owned = scene.organization.index("owned_stages", department)
    yield sentence("Stages"), _things(scene, "stage", *_in_order(scene, "stage", owned))
    end = DEPARTMENT_PREFIX + department
    yield sentence("Hands over to"), _handoffs(scene, view.handoffs_from(end), 1)
    yield sentence("Takes from"), _handoffs(scene, view.handoffs_to(end), 0)
    yield sentence("Asked by"), _requests(scene, view.requests_to(department), "team")


def _skill(scene: Scene, skill: str) -> Iterator[Told]:
    organization, view = scene.organization, scene.view
    needing = {each: organization.functions[each].skills for each in view.needing(skill)}
    yield sentence("Needed by"), _with_levels(scene, "function", needing, skill)
    holding = {each: organization.people[each].skills for each in organization.index("holders", skill)}
    yield sentence("Known by"), _with_levels(scene, "person", holding, skill)
    yield sentence("Learnt by"), _things(scene, "person", *_in_order(scene, "person", view.learners(skill)))


def _mission(scene: Scene, mission: str) -> Iterator[Told]:
    record = scene.organization.missions.get(mission)
    if record is None:
        return
    yield sentence("Lead"), _things(scene, "person", record.lead)
    yield sentence("People"), _things(scene, "person", *record.people)
    yield sentence("Goal"), _things(scene, "goal", record.goal)
    yield sentence("Until"), _text(record.until)


def _pillar(scene: Scene, pillar: str) -> Iterator[Told]:
    yield (
        sentence("Goals"),
        _things(scene, "goal", *_in_order(scene, "goal", scene.view.pillar_goals(pillar))),
    )


def _tool(scene: Scene, tool: str) -> Iterator[Told]:
    record = scene.organization.tools.get(tool)
    if record is None:
        return
    yield sentence("Purpose"), _text(record.purpose)
    yield sentence("Used by"), _things(scene, "team", *_in_order(scene, "team", scene.view.tool_users(tool)))


FACTS: Mapping[str, Callable[[Scene, str], Iterator[Told]]] = {
    "team": _team,
    "function": _function,
    "person": _person,
    "stage": _stage,
    "area": _area,
    "goal": _goal,
    "share": _share,
    "handoff": _handoff,
    "department": _department,
    "skill": _skill,
    "mission": _mission,
    "pillar": _pillar,
    "tool": _tool,
}
"""What is known of each kind of thing."""


# -- entries ---------------------------------------------------------------------------------------


def _text(value: object) -> list[Entry]:
    return [] if value in (None, "") else [Entry(str(value))]


def _things(scene: Scene, kind: str, *ids: str | None) -> list[Entry]:
    return [Entry(scene.name(kind, each), Ref.to(kind, each)) for each in ids if each is not None]


def _in_order(scene: Scene, table: str, keys: Iterable[str]) -> list[str]:
    return sorted(keys, key=scene.organization.tables[table].rank)


def _functions(scene: Scene, functions: Iterable[str]) -> Iterator[Entry]:
    """Functions, each with the team that is accountable for it."""
    for each in _in_order(scene, "function", functions):
        team = scene.organization.functions[each].team
        beside = "" if team is None else f"  {scene.name('team', team)}"
        yield Entry(f"{scene.name('function', each)}{beside}", Ref.to("function", each))


def _share_of(scene: Scene, kind: str, identity: str, share: int) -> Entry:
    return Entry(f"{scene.name(kind, identity)} {as_decimal(share)}", Ref.to(kind, identity))


def _with_levels(scene: Scene, kind: str, skills: Mapping[str, Mapping[str, int]], skill: str) -> list[Entry]:
    return [
        Entry(f"{scene.name(kind, each)} {skills[each][skill]}", Ref.to(kind, each))
        for each in _in_order(scene, kind, skills)
    ]


def _links(scene: Scene, ends: Sequence[str]) -> Iterator[Entry]:
    """Knowledge links at some ends, each with the other end first."""
    keys = dict.fromkeys(key for end in ends for key in scene.view.shares_at(end))
    here = set(ends)
    for key in sorted(keys, key=scene.organization.tables["share"].rank):
        share: Share = scene.organization.shares[key]
        out = share.source in here
        other = scene.names(Ref(share.target if out else share.source))
        words = scene.say("to {other}" if out else "from {other}", other=other)
        how = [scene.say(each) for each in (share.every, share.how) if each]
        yield Entry(f"{words}: {listed([share.topic, *how])}", share_ref(key))


def _handoffs(scene: Scene, keys: Iterable[tuple[str, str]], other: int) -> Iterator[Entry]:
    """Handoffs, each with its other end, what is handed over and whether it can be followed."""
    for key in sorted(keys, key=scene.organization.tables["handoff"].rank):
        handoff: Handoff = scene.organization.handoffs[key]
        tracked = scene.say("tracked" if handoff.tracked else "not tracked")
        words = listed(each for each in (handoff.what, tracked, handoff.sla) if each)
        yield Entry(f"{_end_words(scene, key[other])}: {words}", handoff_ref(key))


def _end_words(scene: Scene, end: str) -> str:
    """An end of a handoff, with the team of a function."""
    record = scene.organization.functions.get(end)
    name = scene.names(end_ref(end))
    return name if record is None or record.team is None else f"{name} ({scene.name('team', record.team)})"


def _partners(scene: Scene, team: str) -> Iterator[Entry]:
    """The teams that a team's functions hand to or take from, with how often and how much goes unseen."""
    view, organization = scene.view, scene.organization
    teams: dict[str, list[Handoff]] = {each: [] for each in handoff_partners(view, team)}
    for function in view.functions_of(team):
        for key in (*view.handoffs_from(function), *view.handoffs_to(function)):
            other = organization.functions.get(key[1] if key[0] == function else key[0])
            if other is not None and other.team in teams:
                teams[other.team].append(organization.handoffs[key])
    for other_team in _in_order(scene, "team", teams):
        handoffs = teams[other_team]
        blind = sum(not each.tracked for each in handoffs)
        words = scene.say(
            "{team}: {handoffs:handoff|handoffs}, {blind} not tracked",
            team=Ref.to("team", other_team),
            handoffs=len(handoffs),
            blind=blind,
        )
        yield Entry(words, Ref.to("team", other_team))


def _requests(scene: Scene, keys: Iterable[tuple[str, str, str]], other: str) -> Iterator[Entry]:
    """Requests, each with its other end and how often it is made."""
    for key in sorted(keys, key=scene.organization.tables["request"].rank):
        request = scene.organization.requests[key]
        end = Ref.to(other, request.department if other == "department" else request.team)
        monthly = request.per_month
        often = "" if monthly is None else scene.say("  {times} a month", times=_number(monthly))
        yield Entry(f"{scene.names(end)}: {request.topic}{often}", end)


def _levels(skills: Mapping[str, int]) -> str:
    return listed(f"{skill} {level}" for skill, level in skills.items())


def _number(number: Number | None) -> str | None:
    return None if number is None else f"{number:,}"
