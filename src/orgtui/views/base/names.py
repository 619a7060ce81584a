"""Names on screen for records and other references, and the forms of references."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from orgtui.engine.finding import Identity
from orgtui.locales import translate
from orgtui.model.records import DEPARTMENT_PREFIX, Acceptance, Key, Person
from orgtui.model.sentence import CURRENCY, N_, Ref, Sentence, sentence
from orgtui.model.store import Organization, Set
from orgtui.views.base.metric_labels import LABELS

NAMED_TABLES = frozenset(
    (
        *("pillar", "department", "stage", "area", "team", "function", "person", "skill", "goal"),
        *("mission", "tool"),
    )
)
"""Kinds of references to records that have a name."""

VACANT = N_("(vacant) {title}")
PLANNED = N_("(planned) {title}")
WAVE = N_("wave {number}")
SHARE = N_("{source} to {target}: {topic}")
HANDOFF = N_("{source} to {target}")
REQUEST = N_("{team} to {department}: {topic}")
ACCEPTED = N_("{code} {subjects}")
LINK_SEPARATORS = {"share": 2, "handoff": 1, "request": 2}
"""How many `>` the id of a link has at least; notes and acceptances may be on links that never were."""

NO_NAMES: Mapping[Ref, str] = MappingProxyType({})

WHOLE = {"organization": N_("the organisation"), "funnel": N_("the funnel")}
"""Names for references without an id."""


def seat_name(person: Person) -> str:
    """The name of a seat: its holder's, or its title with its state if it has no holder."""
    title = person.title or person.name or person.id
    if person.state == "vacant":
        return translate(sentence(VACANT, title=title))
    if person.state == "planned":
        return translate(sentence(PLANNED, title=title))
    return person.name or title


def record_name(record: Any) -> str:
    """The name of a record of a named table."""
    return seat_name(record) if isinstance(record, Person) else str(record.name)


def name_of(
    organization: Organization,
    ref: Ref,
    before: Organization | None = None,
    passing: Mapping[Ref, str] = NO_NAMES,
) -> str:
    """The name of a reference; a removed record has its name in `before`, else in `passing`, else its id.

    A kind of work is called as the skill with its id, if that has a name.
    """
    kind, identity = ref.kind, ref.id
    if kind in NAMED_TABLES:
        record = organization.tables[kind].get(identity)
        if record is None and before is not None:
            record = before.tables[kind].get(identity)
        return passing.get(ref, identity) if record is None else record_name(record)
    if kind == "kind":
        return name_of(organization, Ref.to("skill", identity), before, passing)
    if kind == "note":
        return note_key(ref)[1]
    if kind == "word":
        return translate(Sentence(identity))
    if kind == "metric":
        return _metric_name(identity)
    if kind == "wave":
        return translate(sentence(WAVE, number=identity))
    joined = _joined(organization, ref)
    if joined is not None:
        return translate(joined, lambda part: name_of(organization, part, before, passing))
    if ref == CURRENCY:
        return organization.profile.currency or ""
    return identity or translate(Sentence(WHOLE.get(kind, WHOLE["organization"])))


def _metric_name(metric: str) -> str:
    """The label of a metric; its key if it is none."""
    return translate(Sentence(LABELS.get(metric, metric)))


def _joined(organization: Organization, ref: Ref) -> Sentence | None:
    """The name of a link or an acceptance, made of what it joins; None for other kinds and for no link."""
    if ref.id.count(">") < LINK_SEPARATORS.get(ref.kind, 0):
        return None
    match ref.kind:
        case "share":
            source, target, topic = share_key(ref)
            return sentence(SHARE, source=Ref(source), target=Ref(target), topic=Ref.to("skill", topic))
        case "handoff":
            source, target = handoff_key(ref)
            return sentence(HANDOFF, source=end_ref(source), target=end_ref(target))
        case "request":
            team, department, topic = request_key(ref)
            ends = {"team": Ref.to("team", team), "department": Ref.to("department", department)}
            return sentence(REQUEST, **ends, topic=topic)
        case "accept":
            acceptance = acceptance_of(organization, ref)
            subjects = () if acceptance is None else tuple(map(Ref, acceptance.subjects))
            return sentence(ACCEPTED, code=ref.id.partition(" ")[0], subjects=subjects)
    return None


def share_key(ref: Ref) -> tuple[str, str, str]:
    """The ends and the topic of a knowledge link written `share:FROM>TO>TOPIC`."""
    source, target, topic = ref.id.split(">", 2)
    return source, target, topic


def request_key(ref: Ref) -> tuple[str, str, str]:
    """Team, department and topic of a request written `request:TEAM>DEPARTMENT>TOPIC`."""
    team, department, topic = ref.id.split(">", 2)
    return team, department, topic


def handoff_key(ref: Ref) -> tuple[str, str]:
    """The ends of a handoff written `handoff:FROM>TO`."""
    source, target = ref.id.split(">", 1)
    return source, target


def request_ref(key: tuple[str, str, str]) -> Ref:
    """The reference to a request."""
    return Ref.to("request", ">".join(key))


def share_ref(key: tuple[str, str, str]) -> Ref:
    """The reference to a knowledge link."""
    return Ref.to("share", ">".join(key))


def accept_ref(key: tuple[str, ...]) -> Ref:
    """The reference to an acceptance."""
    return Ref.to("accept", " ".join(key))


def acceptance_of(organization: Organization, ref: Ref) -> Acceptance | None:
    """The acceptance of a reference; None if it does not exist."""
    acceptances = organization.acceptances
    return next((acceptances[key] for key in acceptances if accept_ref(key) == ref), None)


def finding_ref(identity: Identity) -> Ref:
    """The reference to a finding, for views."""
    code, subjects = identity
    return Ref.to("finding", " ".join((code, *subjects)))


def note_ref(key: tuple[str, str]) -> Ref:
    """The reference to a note, for views."""
    return Ref.to("note", "\t".join(key))


def note_key(ref: Ref) -> tuple[str, str]:
    """What a note is on, and its text."""
    on, _, said = ref.id.partition("\t")
    return on, said


def handoff_ref(key: tuple[str, str]) -> Ref:
    """The reference to a handoff, for views."""
    return Ref.to("handoff", ">".join(key))


KEYS: Mapping[str, Callable[[Ref], Key]] = {
    "share": share_key,
    "request": request_key,
    "handoff": handoff_key,
}
"""By kind of reference whose record has a key of several parts, how to parse the key."""


def end_ref(end: str) -> Ref:
    """The reference to an end of a handoff: a department or a function."""
    return Ref(end) if end.startswith(DEPARTMENT_PREFIX) else Ref.to("function", end)


@dataclass(frozen=True, slots=True)
class Names:
    """Names of references in the current state, and in the baseline for removed records.

    `passing` has those of what neither holds: what a preview would bring, and what came and went.
    """

    organization: Organization
    baseline: Organization
    passing: dict[Ref, str] = field(default_factory=dict)

    def __call__(self, ref: Ref) -> str:
        return name_of(self.organization, ref, self.baseline, self.passing)

    def note(self, sets: Iterable[Set]) -> None:
        """Remember the names of what assignments add or remove, whether they are made or only previewed."""
        for each in sets:
            if each.table in NAMED_TABLES and (each.old is None) != (each.new is None):
                self.passing[Ref.to(each.table, str(each.key))] = record_name(each.new or each.old)
