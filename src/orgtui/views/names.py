"""What things in the organisation are called on screen."""

from __future__ import annotations

from dataclasses import dataclass

from orgtui.engine.finding import Identity
from orgtui.locales import say
from orgtui.model.records import DEPARTMENT_PREFIX, Person
from orgtui.model.sentence import CURRENCY, Ref, Sentence, sentence
from orgtui.model.store import Organization

TABLES = frozenset(
    ("pillar", "department", "stage", "area", "team", "function", "person", "goal", "mission", "tool")
)
"""Kinds of reference whose things have a record with a name."""

VACANT = "(vacant) {title}"
PLANNED = "(planned) {title}"
WAVE = "wave {number}"
SHARE = "{source} to {target}: {topic}"
ORGANIZATION = "the organisation"


def seat_name(person: Person) -> str:
    """A seat by its holder, or by what it is while nobody sits in it."""
    title = person.title or person.name or person.id
    if person.state == "vacant":
        return say(sentence(VACANT, title=title))
    if person.state == "planned":
        return say(sentence(PLANNED, title=title))
    return person.name or title


def name_of(organization: Organization, ref: Ref, before: Organization | None = None) -> str:
    """The name of what `ref` stands for; what is gone keeps the name it had `before`, else its id."""
    kind, identity = ref.kind, ref.id
    if kind in TABLES:
        record = organization.tables[kind].get(identity)
        if record is None and before is not None:
            record = before.tables[kind].get(identity)
        if record is None:
            return identity
        return seat_name(record) if isinstance(record, Person) else str(record.name)
    if kind == "word":
        return say(Sentence(identity))
    if kind == "wave":
        return say(sentence(WAVE, number=identity))
    if kind == "share":
        source, target, topic = share_key(ref)
        ends = (name_of(organization, Ref(end), before) for end in (source, target))
        return say(sentence(SHARE, source=next(ends), target=next(ends), topic=topic))
    if ref == CURRENCY:
        return organization.profile.currency or ""
    return identity or say(sentence(ORGANIZATION))


def share_key(ref: Ref) -> tuple[str, str, str]:
    """The ends and the topic of a knowledge link written `share:FROM>TO>TOPIC`."""
    source, target, topic = ref.id.split(">", 2)
    return source, target, topic


def share_ref(key: tuple[str, str, str]) -> Ref:
    """How a knowledge link is referred to."""
    return Ref.to("share", ">".join(key))


def finding_ref(identity: Identity) -> Ref:
    """How a finding is referred to in views."""
    code, subjects = identity
    return Ref.to("finding", " ".join((code, *subjects)))


def handoff_ref(key: tuple[str, str]) -> Ref:
    """How a handoff is referred to in views."""
    return Ref.to("handoff", ">".join(key))


def end_ref(end: str) -> Ref:
    """What an end of a handoff stands for: a department or a function."""
    return Ref(end) if end.startswith(DEPARTMENT_PREFIX) else Ref.to("function", end)


@dataclass(frozen=True, slots=True)
class Names:
    """Names in the present state, and in the baseline for what is gone."""

    organization: Organization
    baseline: Organization

    def __call__(self, ref: Ref) -> str:
        return name_of(self.organization, ref, self.baseline)
