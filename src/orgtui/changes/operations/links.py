"""Operations on links between teams and departments: handoffs, knowledge links, requests, liaison."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from orgtui.changes.base import (
    END_KEYS,
    Change,
    SetFields,
    WriteKey,
    field_to_mapping,
    operation,
    record_to_mapping,
)
from orgtui.changes.cascade import sum_amounts
from orgtui.changes.draft import Draft
from orgtui.changes.refusal import refuse
from orgtui.changes.semantic_types import DepartmentId, HandoffEnd, ShareEnd, TeamId, Topic
from orgtui.model.indexes import normalized_topic
from orgtui.model.kinds import Amount, Day, Flag, Text
from orgtui.model.records import (
    DEPARTMENT_PREFIX,
    PERSON_PREFIX,
    TEAM_PREFIX,
    Cadence,
    Handoff,
    Request,
    Share,
    SharingWay,
)
from orgtui.model.sentence import N_, Ref
from orgtui.model.store import Organization


def _to_mapping(record: Any) -> dict[str, object]:
    return {} if record is None else record_to_mapping(record)


# -- handoffs ------------------------------------------------------------------------------------


def _handoff_end(end: str) -> Ref:
    return Ref(end) if end.startswith(DEPARTMENT_PREFIX) else Ref.to("function", end)


def _handoff(draft: Draft, source: str, target: str) -> Handoff:
    handoff: Handoff | None = draft.get("handoff", (source, target))
    if handoff is None:
        raise refuse(
            "{source} hands nothing over to {target}",
            source=_handoff_end(source),
            target=_handoff_end(target),
        )
    return handoff


def _handoff_write_set(source: str, target: str) -> tuple[WriteKey, ...]:
    name = f"{source}>{target}"
    return ("handoff", name), ("handoff", name, "set")


@operation(says=N_("joined {from} to {to} by a handoff"), details={"tracked": N_("tracked")})
@dataclass(frozen=True, slots=True)
class AddHandoff(Change):
    """Let work and data be passed on from one function, or department, to another."""

    op: ClassVar[str] = "add_handoff"
    keys = END_KEYS
    source: HandoffEnd
    target: HandoffEnd
    what: Text | None = None
    tracked: Flag = False
    sla: Text | None = None

    def edit(self, draft: Draft) -> None:
        ends = self.source, self.target
        for end in ends:
            if end.startswith(DEPARTMENT_PREFIX):
                draft.department(end.removeprefix(DEPARTMENT_PREFIX))
            else:
                draft.function(end)
        if all(end.startswith(DEPARTMENT_PREFIX) for end in ends):
            raise refuse("A handoff between two departments is not marketing's")
        if self.source == self.target:
            raise refuse("{function} cannot hand over to itself", function=_handoff_end(self.source))
        if draft.get("handoff", ends) is not None:
            raise refuse(
                "{source} already hands over to {target}",
                source=_handoff_end(self.source),
                target=_handoff_end(self.target),
            )
        draft.put(Handoff(self.source, self.target, self.what, self.tracked, self.sla))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return {}

    def write_set(self) -> tuple[WriteKey, ...]:
        return _handoff_write_set(self.source, self.target)

    def combined_with(self, later: Change) -> Change | None:
        return replace(self, **later.new_values()) if isinstance(later, TrackHandoff) else None


@operation(
    says={"tracked": N_("tracked the handoff from {from} to {to}"), "": N_("stopped tracking {from} to {to}")}
)
@dataclass(frozen=True, slots=True)
class TrackHandoff(SetFields):
    """Track a handoff, or no longer; say what is passed on and how fast."""

    op: ClassVar[str] = "track_handoff"
    keys = END_KEYS
    id_fields: ClassVar[tuple[str, ...]] = ("source", "target")
    clearable: ClassVar[tuple[str, ...]] = ("what", "sla")
    source: HandoffEnd
    target: HandoffEnd
    what: Text | None = None
    tracked: Flag = True
    sla: Text | None = None

    def edit(self, draft: Draft) -> None:
        handoff = _handoff(draft, self.source, self.target)
        draft.put(self.updated(handoff, _handoff_end(self.source)))

    def current_record(self, organization: Organization) -> Any:
        return organization.handoffs.get((self.source, self.target))

    def without_no_ops(self, organization: Organization) -> Change:
        return self

    def write_set(self) -> tuple[WriteKey, ...]:
        return (_handoff_write_set(self.source, self.target)[1],)


@operation(says=N_("removed the handoff from {from} to {to}"))
@dataclass(frozen=True, slots=True)
class RemoveHandoff(Change):
    """Let nothing be passed on any more."""

    op: ClassVar[str] = "remove_handoff"
    keys = END_KEYS
    source: HandoffEnd
    target: HandoffEnd

    def edit(self, draft: Draft) -> None:
        _handoff(draft, self.source, self.target)
        draft.remove("handoff", (self.source, self.target))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return _to_mapping(organization.handoffs.get((self.source, self.target)))

    def write_set(self) -> tuple[WriteKey, ...]:
        return _handoff_write_set(self.source, self.target)


# -- knowledge links -----------------------------------------------------------------------------


def _share(draft: Draft, key: tuple[str, str, str]) -> Share:
    share: Share | None = draft.get("share", key)
    if share is None:
        source, target, topic = key
        raise refuse(
            "{source} shares nothing on {topic} with {target}",
            source=Ref(source),
            target=Ref(target),
            topic=Ref.to("skill", topic),
        )
    return share


def _share_write_set(key: tuple[str, str, str]) -> tuple[WriteKey, ...]:
    name = ">".join(key)
    return ("share", name), ("share", name, "set")


@operation(
    says=N_("linked {from} with {to} on {topic}"),
    details={
        "how": N_("{how}"),
        "every": N_("{every}"),
    },
)
@dataclass(frozen=True, slots=True)
class AddShare(Change):
    """Let a team or person share knowledge with another."""

    op: ClassVar[str] = "add_share"
    keys = END_KEYS
    source: ShareEnd
    target: ShareEnd
    topic: Topic
    how: SharingWay | None = None
    every: Cadence | None = None
    until: Day | None = None

    def edit(self, draft: Draft) -> None:
        for end in (self.source, self.target):
            if end.startswith(PERSON_PREFIX):
                draft.open_seat(end.removeprefix(PERSON_PREFIX))
        if draft.team_at(self.source) == draft.team_at(self.target):
            raise refuse(
                "{source} and {target} are in one team already",
                source=Ref(self.source),
                target=Ref(self.target),
            )
        if draft.get("share", (self.source, self.target, self.topic)) is not None:
            raise refuse(
                "{source} already shares {topic} with {target}",
                source=Ref(self.source),
                target=Ref(self.target),
                topic=Ref.to("skill", self.topic),
            )
        draft.put(Share(self.source, self.target, self.topic, self.how, self.every, self.until))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return {}

    def write_set(self) -> tuple[WriteKey, ...]:
        return _share_write_set((self.source, self.target, self.topic))

    def combined_with(self, later: Change) -> Change | None:
        return replace(self, **later.new_values()) if isinstance(later, SetShare) else None


@operation(
    says=N_("changed the link of {from} with {to} on {topic}"),
    details={
        "how": N_("{how}"),
        "every": N_("{every}"),
        "until": N_("until {until}"),
        "clear": N_("no {clear}"),
    },
)
@dataclass(frozen=True, slots=True)
class SetShare(SetFields):
    """Change how, how often or until when knowledge is shared."""

    op: ClassVar[str] = "set_share"
    keys = END_KEYS
    id_fields: ClassVar[tuple[str, ...]] = ("source", "target", "topic")
    clearable: ClassVar[tuple[str, ...]] = ("how", "every", "until")
    source: ShareEnd
    target: ShareEnd
    topic: Topic
    how: SharingWay | None = None
    every: Cadence | None = None
    until: Day | None = None

    def edit(self, draft: Draft) -> None:
        key = self.source, self.target, self.topic
        subject = Ref.to("share", ">".join(key))
        draft.put(self.updated(_share(draft, key), subject))

    def current_record(self, organization: Organization) -> Any:
        return organization.shares.get((self.source, self.target, self.topic))

    def write_set(self) -> tuple[WriteKey, ...]:
        return (_share_write_set((self.source, self.target, self.topic))[1],)


@operation(says=N_("unlinked {from} and {to} on {topic}"))
@dataclass(frozen=True, slots=True)
class RemoveShare(Change):
    """End a knowledge link."""

    op: ClassVar[str] = "remove_share"
    keys = END_KEYS
    source: ShareEnd
    target: ShareEnd
    topic: Topic

    def edit(self, draft: Draft) -> None:
        key = self.source, self.target, self.topic
        _share(draft, key)
        draft.remove("share", key)

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return _to_mapping(organization.shares.get((self.source, self.target, self.topic)))

    def write_set(self) -> tuple[WriteKey, ...]:
        return _share_write_set((self.source, self.target, self.topic))


# -- requests to departments -----------------------------------------------------------------------


def _request(draft: Draft, key: tuple[str, str, str]) -> Request:
    request: Request | None = draft.get("request", key)
    if request is None:
        team, department, topic = key
        raise refuse(
            "{team} does not ask {department} about {topic}",
            team=Ref.to("team", team),
            department=Ref.to("department", department),
            topic=topic,
        )
    return request


def _routing_key(department: str, topic: str) -> WriteKey:
    return ("request", f"{department}>{normalized_topic(topic)}")


def _request_write_set(key: tuple[str, str, str]) -> tuple[WriteKey, ...]:
    name = ">".join(key)
    return ("request", name), ("request", name, "set"), _routing_key(*key[1:])


@operation(
    says=N_("let {from} ask {to} about {topic}"), details={"per_month": N_("{per_month} times a month")}
)
@dataclass(frozen=True, slots=True)
class AddRequest(Change):
    """Write down what a team asks of a department."""

    op: ClassVar[str] = "add_request"
    keys = END_KEYS
    source: TeamId
    target: DepartmentId
    topic: Text
    per_month: Amount | None = None

    def edit(self, draft: Draft) -> None:
        draft.team(self.source)
        draft.department(self.target)
        if draft.get("request", (self.source, self.target, self.topic)) is not None:
            raise refuse(
                "{team} already asks {department} about {topic}",
                team=Ref.to("team", self.source),
                department=Ref.to("department", self.target),
                topic=self.topic,
            )
        draft.put(Request(self.source, self.target, self.topic, self.per_month))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return {}

    def write_set(self) -> tuple[WriteKey, ...]:
        return _request_write_set((self.source, self.target, self.topic))

    def combined_with(self, later: Change) -> Change | None:
        return replace(self, **later.new_values()) if isinstance(later, SetRequest) else None


@operation(
    says={
        "per_month": N_("let {from} ask {to} about {topic} {per_month} times a month"),
        "": N_("took off how often {from} asks {to} about {topic}"),
    }
)
@dataclass(frozen=True, slots=True)
class SetRequest(SetFields):
    """Change how often a month a team asks a department."""

    op: ClassVar[str] = "set_request"
    keys = END_KEYS
    id_fields: ClassVar[tuple[str, ...]] = ("source", "target", "topic")
    clearable: ClassVar[tuple[str, ...]] = ("per_month",)
    source: TeamId
    target: DepartmentId
    topic: Text
    per_month: Amount | None = None

    def edit(self, draft: Draft) -> None:
        key = self.source, self.target, self.topic
        draft.put(self.updated(_request(draft, key), Ref.to("request", ">".join(key))))

    def current_record(self, organization: Organization) -> Any:
        return organization.requests.get((self.source, self.target, self.topic))

    def write_set(self) -> tuple[WriteKey, ...]:
        return _request_write_set((self.source, self.target, self.topic))[1:]


@operation(says=N_("let {from} no longer ask {to} about {topic}"))
@dataclass(frozen=True, slots=True)
class RemoveRequest(Change):
    """Let a team no longer ask a department about a topic."""

    op: ClassVar[str] = "remove_request"
    keys = END_KEYS
    source: TeamId
    target: DepartmentId
    topic: Text

    def edit(self, draft: Draft) -> None:
        key = self.source, self.target, self.topic
        _request(draft, key)
        draft.remove("request", key)

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return _to_mapping(organization.requests.get((self.source, self.target, self.topic)))

    def write_set(self) -> tuple[WriteKey, ...]:
        return _request_write_set((self.source, self.target, self.topic))


@operation(says=N_("routed requests to {department} on {topic} through {via}"))
@dataclass(frozen=True, slots=True)
class RouteRequests(Change):
    """Let one team ask a department about a topic for all, and tell the others what it learns."""

    op: ClassVar[str] = "route_requests"
    department: DepartmentId
    topic: Text
    via: TeamId

    def edit(self, draft: Draft) -> None:
        department = Ref.to("department", draft.department(self.department).id)
        draft.team(self.via)
        keys = self._keys(draft)
        if not keys:
            raise refuse("Nobody asks {department} about {topic}", department=department, topic=self.topic)
        own = [key for key in keys if key[0] == self.via]
        if keys == own[:1]:
            raise refuse(
                "{team} is already the only one to ask {department} about {topic}",
                team=Ref.to("team", self.via),
                department=department,
                topic=self.topic,
            )
        kept = (own or keys)[0]
        per_month = None
        for key in keys:
            per_month = sum_amounts(per_month, draft.get("request", key).per_month)
            draft.remove("request", key)
        routed = replace(draft.organization.requests[kept], team=self.via, per_month=per_month)
        draft.put(routed)
        for team in dict.fromkeys(key[0] for key in keys if key[0] != self.via):
            link = Share(TEAM_PREFIX + self.via, TEAM_PREFIX + team, routed.topic, "docs", "monthly")
            if draft.get("share", (link.source, link.target, link.topic)) is None:
                draft.put(link)

    def _keys(self, draft: Draft) -> list[tuple[str, str, str]]:
        return draft.index("requests_on", (self.department, normalized_topic(self.topic)))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        requests = [record_to_mapping(organization.requests[key]) for key in self._keys(Draft(organization))]
        return {"requests": requests} if requests else {}

    def write_set(self) -> tuple[WriteKey, ...]:
        return (_routing_key(self.department, self.topic),)


@operation(
    says={"team": N_("made {team} liaison to {department}"), "": N_("left {department} without a liaison")}
)
@dataclass(frozen=True, slots=True)
class SetLiaison(Change):
    """Let one team speak to a department, or nobody in particular."""

    op: ClassVar[str] = "set_liaison"
    department: DepartmentId
    team: TeamId | None = None

    def edit(self, draft: Draft) -> None:
        department = draft.department(self.department)
        draft.check_exists("team", self.team)
        if department.liaison == self.team:
            subject = Ref.to("department", self.department)
            if self.team is None:
                raise refuse("No team speaks to {department} in particular already", department=subject)
            raise refuse(
                "{team} already speaks to {department}", team=Ref.to("team", self.team), department=subject
            )
        draft.put(replace(department, liaison=self.team))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return field_to_mapping(organization.departments.get(self.department), "liaison")

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("department", self.department, "liaison"),)
