"""The base classes of all operations, their registration, and conversions of records to plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar, Self, TypeVar, get_type_hints

from orgtui.changes.cascade import remove_acceptances_of_what_goes, remove_internal_links
from orgtui.changes.codecs import Codec, Problems, codec_of
from orgtui.changes.draft import Draft
from orgtui.changes.refusal import Refused as Refused
from orgtui.changes.refusal import refuse
from orgtui.changes.semantic_types import FieldNames, SemanticType, semantic_type_of
from orgtui.model.invalid import InvalidChange
from orgtui.model.records import WRITTEN, Record, written_key
from orgtui.model.sentence import Ref, sentence
from orgtui.model.store import Organization, Set

WriteKey = tuple[str, ...]
"""Something that a change overwrites, such as `("person", id, "team")`: kind, id and perhaps a field."""


def entry_write_set(kind: str, identity: str) -> tuple[WriteKey, ...]:
    """The write set of adding or removing an entry with an id, whose fields are set together."""
    return (kind, identity), (kind, identity, "set"), (kind, identity, "name")


END_KEYS: Mapping[str, str] = {"source": "from", "target": "to"}
"""The keys of the fields `source` and `target`, for operations on links."""


@dataclass(frozen=True, slots=True)
class Change:
    """One operation of a plan.

    Every instance is well formed: the constructor raises InvalidChange otherwise. `compile` decides whether
    it can be made in an organisation. `keys` has the keys of fields that are written under another name
    than their own; `says` and `details` are the templates given to `operation`.
    """

    op: ClassVar[str]
    keys: ClassVar[Mapping[str, str]] = {}
    says: ClassVar[Mapping[str, str]]
    details: ClassVar[Mapping[str, str]]

    def __post_init__(self) -> None:
        problems: Problems = []
        for name, codec in codecs_of(type(self)).items():
            value = getattr(self, name)
            if value is not None:
                codec.read(codec.write(value), (self.keys.get(name, name),), problems)
        problems += self.contradictions({each.name: getattr(self, each.name) for each in fields(self)})
        if problems:
            raise InvalidChange(problems)

    @classmethod
    def contradictions(cls, values: Mapping[str, Any]) -> Problems:
        """What is wrong with values of fields together, each of which is right for its field."""
        return []

    def compile(self, organization: Organization) -> list[Set]:
        """The assignments that make this change; alters nothing. Raises Refused if it cannot be made."""
        draft = Draft(organization)
        self.edit(draft)
        remove_internal_links(draft)
        remove_acceptances_of_what_goes(draft)
        draft.check_names()
        return draft.sets()

    def edit(self, draft: Draft) -> None:
        """Make this change in a draft; raises Refused."""
        raise NotImplementedError

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        """The values in an organisation that this change overwrites, as plain data; absent ones are left out.

        Never raises: ids may dangle. Called before the change it gives the replaced values, called after it
        the new ones.
        """
        raise NotImplementedError

    def was_in_present_form(self, was: Mapping[str, object]) -> Mapping[str, object]:
        """What a plan says that this change replaced, under the names that are written today."""
        return was

    def write_set(self) -> tuple[WriteKey, ...]:
        """The keys of everything that this change overwrites."""
        raise NotImplementedError

    def signed(self, by: str, at: datetime) -> Change:
        """This change as somebody makes it now; most operations do not say who made them."""
        return self

    @property
    def accepted_finding(self) -> tuple[str, tuple[str, ...]] | None:
        """Code and subjects of the finding that this change accepts; None for other operations."""
        return None

    def combined_with(self, later: Change) -> Change | None:
        """One change that does what this and a later one do; None if there is none."""
        return None

    def without_no_ops(self, organization: Organization) -> Change:
        """This change without the parts that would alter nothing in an organisation."""
        return self

    def squash_candidates(self, later: Change) -> Iterator[tuple[tuple[Change, ...], tuple[Change, ...]]]:
        """Shorter replacements for this change and a later one that overwrites the same, the shortest first.

        Each is a pair: the changes to put in this one's place, and those in the later one's. The caller must
        check that the outcome is the same.
        """
        yield (), ()
        combined = self.combined_with(later)
        if combined is not None:
            yield (combined,), ()
        yield (later,), ()
        yield (), (later,)


OPERATIONS: dict[str, type[Change]] = {}
C = TypeVar("C", bound=type[Change])


def operation(
    *, says: str | Mapping[str, str], details: Mapping[str, str] = MappingProxyType({})
) -> Callable[[C], C]:
    """Register an operation under its name, with the templates that describe a change of it.

    `says` is one template, with fields by their keys and `{before}` for the name that was replaced, or
    several by key: the first one whose field is given is used, else that of "". `details` are added for each
    other key whose field is given. A field that is empty or false counts as not given.
    """

    def join(change_type: C) -> C:
        change_type.says = {"": says} if isinstance(says, str) else says
        change_type.details = details
        OPERATIONS[change_type.op] = change_type
        return change_type

    return join


_CODECS: dict[type[Change], Mapping[str, Codec]] = {}


def codecs_of(change_type: type[Change]) -> Mapping[str, Codec]:
    """The codec of each field of an operation, by the name of the field."""
    if change_type not in _CODECS:
        hints = get_type_hints(change_type, include_extras=True)
        _CODECS[change_type] = {each.name: codec_of(hints[each.name]) for each in fields(change_type)}
    return _CODECS[change_type]


_SEMANTIC_TYPES: dict[type[Change], Mapping[str, SemanticType]] = {}


def semantic_types_of(change_type: type[Change]) -> Mapping[str, SemanticType]:
    """The semantic types of the fields of an operation, by key; numbers and plain text have none."""
    if change_type not in _SEMANTIC_TYPES:
        hints = get_type_hints(change_type, include_extras=True)
        found = {
            change_type.keys.get(each.name, each.name): semantic_type_of(hints[each.name])
            for each in fields(change_type)
        }
        _SEMANTIC_TYPES[change_type] = {key: each for key, each in found.items() if each is not None}
    return _SEMANTIC_TYPES[change_type]


# -- changes of some fields of one record ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SetFields(Change):
    """A change that sets the fields that are given and removes those named in `clear`; the others stay.

    `id_fields` are the fields that identify the record, `clearable` those that may be cleared.
    """

    id_fields: ClassVar[tuple[str, ...]]
    clearable: ClassVar[tuple[str, ...]]
    clear: FieldNames = field(default=(), kw_only=True)

    @classmethod
    def contradictions(cls, values: Mapping[str, Any]) -> Problems:
        problems: Problems = []
        for place, name in enumerate(values.get("clear") or ()):
            path = ("clear", place)
            if name not in cls.clearable:
                wrong = sentence("{op} cannot clear {key}", op=cls.op, key=name)
                problems.append((path, wrong, sentence("what it can clear: {keys}", keys=cls.clearable)))
            elif values.get(name) is not None:
                wrong = sentence("{key} is both set and cleared", key=name)
                problems.append((path, wrong, sentence("keep one of them")))
        return problems

    def current_record(self, organization: Organization) -> Any:
        """The record to be changed; None if there is none."""
        raise NotImplementedError

    def new_values(self) -> dict[str, Any]:
        """The new values by field; None for a cleared one."""
        names = [each.name for each in fields(self) if each.name not in (*self.id_fields, "clear")]
        values = {name: getattr(self, name) for name in names}
        return {name: value for name, value in values.items() if value is not None} | dict.fromkeys(
            self.clear
        )

    def updated(self, record: Any, subject: Ref) -> Any:
        """The record with the new values; refuses if there is nothing new."""
        new_values = self.new_values()
        if all(getattr(record, name) == value for name, value in new_values.items()):
            raise refuse("Nothing new is said about {subject}", subject=subject)
        return replace(record, **new_values)

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        record = self.current_record(organization)
        return {} if record is None else record_to_mapping(record, *self.new_values())

    def combined_with(self, later: Change) -> Change | None:
        if type(later) is not type(self):
            return None
        return self.with_values({**self.new_values(), **later.new_values()})

    def without_no_ops(self, organization: Organization) -> Change:
        record = self.current_record(organization)
        return self.with_values(
            {name: value for name, value in self.new_values().items() if getattr(record, name) != value}
        )

    def with_values(self, values: Mapping[str, Any]) -> Self:
        """A copy of this change with these new values only."""
        names = [each.name for each in fields(self) if each.name not in (*self.id_fields, "clear")]
        cleared = tuple(name for name, value in values.items() if value is None)
        return replace(self, **{name: values.get(name) for name in names}, clear=cleared)


# -- plain data --------------------------------------------------------------------------------------


def record_to_mapping(record: Record, *names: str) -> dict[str, object]:
    """The named fields of a record, or all, by their keys in files; those without a value are left out."""
    keys = {each.name: written_key(each) for each in fields(record)}
    described = {}
    for name in names or keys:
        value = getattr(record, name)
        convert = WRITTEN.get((type(record), name))
        value = to_plain_data(value if convert is None or value is None else convert(value))
        if value is not None and value != [] and value != {}:
            described[keys[name]] = value
    return described


def to_plain_data(value: Any) -> object:
    """A value of a record as lists, dicts and scalars, as files hold them."""
    if isinstance(value, tuple):
        return [to_plain_data(each) for each in value]
    if isinstance(value, Mapping):
        return {key: to_plain_data(each) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {
            each.name: to_plain_data(getattr(value, each.name))
            for each in fields(value)
            if getattr(value, each.name) is not None
        }
    return value


def record_without_id(record: Any) -> dict[str, object]:
    """All fields of a record but its id, by their keys in files; empty if there is no record."""
    own = {} if record is None else record_to_mapping(record)
    own.pop("id", None)
    return own


def field_to_mapping(record: Any, name: str) -> dict[str, object]:
    """One field of a record by its key; empty if there is no record or no value."""
    return {} if record is None else record_to_mapping(record, name)


def teams_of_people(organization: Organization, people: tuple[str, ...]) -> dict[str, object]:
    """The team of each person under the key `people`; empty if none of the people exists."""
    seats = ((person, organization.people.get(person)) for person in people)
    teams = {person: seat.team for person, seat in seats if seat is not None}
    return {"people": teams} if teams else {}
