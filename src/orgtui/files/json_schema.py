"""JSON Schemas (draft 2020-12) of what orgtui reads and writes, made by pydantic from the types themselves.

Of files they describe how TOML is written: there is no null, and blank text, which counts as missing, is
left out.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import Field, dataclass, field, fields, make_dataclass
from types import NoneType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import Field as Described
from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema as cs

from orgtui.files.plan_file import STEP_KEYS, PlanFile, PlanStep
from orgtui.files.schema.organization import OrganizationFile
from orgtui.files.schema.rule_catalogue import RuleCatalogue
from orgtui.model.kinds import (
    KIND_OF_TYPE,
    UNFIT,
    AnyNumber,
    Code,
    Day,
    Kind,
    Subjects,
    Text,
)
from orgtui.model.records import Severity

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Count = Annotated[int, Described(ge=0)]

Operations = Mapping[str, type]
"""The types of changes by the name of their operation."""


def organization_schema(rules: RuleCatalogue) -> JsonSchemaValue:
    """What `NAME.toml` may hold."""
    tables = _fields_of(OrganizationFile, rules=_rules(rules) | None)
    description = "An organisation as a file of orgtui holds it."
    return _schema(_table("Organization", description, tables), FileGenerator)


def plan_schema(operations: Operations) -> JsonSchemaValue:
    """What `NAME.plan.toml` may hold."""
    step_fields = [part for part in _fields_of(PlanStep) if part[0] in STEP_KEYS]
    tables = _fields_of(PlanFile, change=_list_of(_changes(operations, step_fields)))
    description = "A plan as a file of orgtui holds it: an ordered list of changes to an organisation."
    return _schema(_table("Plan", description, tables), FileGenerator)


def check_schema(operations: Operations) -> JsonSchemaValue:
    """What `orgtui check --format json` writes."""
    fix = _table("Fix", Fix.__doc__, _fields_of(Fix, changes=_list_of(_changes(operations))))
    finding = _table("Finding", Finding.__doc__, _fields_of(Finding, fixes=_list_of(fix)))
    report = _fields_of(CheckReport, findings=_list_of(finding))
    return _schema(_table("Check", CheckReport.__doc__, report), OutputGenerator)


# -- the output of check -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AcceptedFor:
    """For which reason a finding is lived with, and through which day."""

    why: Text
    by: Text | None
    until: Day | None


@dataclass(frozen=True, slots=True)
class StaleAcceptance:
    """An acceptance that matches no finding any more."""

    code: Code
    subjects: Subjects
    why: Text
    by: Text | None
    until: Day | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many findings there are; accepted ones count as nothing else."""

    error: Count
    warning: Count
    advice: Count
    accepted: Count


@dataclass(frozen=True, slots=True)
class AsleepRule:
    """A rule that lacks the data to speak, and the first thing missing."""

    code: Code
    needs: Text


@dataclass(frozen=True, slots=True)
class Fix:
    """A way to mend a finding; a hint has no changes."""

    title: Text
    applicability: Literal["safe", "decision", "hint"]
    changes: object


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a principle says of the organisation."""

    code: Code
    name: Text
    severity: Severity
    subjects: Subjects
    message: Text
    evidence: Mapping[Text, object]
    accepted: AcceptedFor | None
    fixes: object
    size: Annotated[int, Described(ge=1)] = 1


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What `orgtui check --format json` says of an organisation."""

    organization: Text
    today: Day
    findings: object
    counts: Counts
    asleep: tuple[AsleepRule, ...]
    stale_accepts: tuple[StaleAcceptance, ...]
    metrics: Mapping[Text, AnyNumber | None]


# -- tables made of others ---------------------------------------------------------------------------

FieldDefinition = tuple[str, Any, Any]
"""A field of a table: its name, its type, and the dataclass field that holds its default and its key."""


def _fields_of(record_type: Any, **types: Any) -> list[FieldDefinition]:
    """The fields of a type, some of them of another type than it says."""
    hints = get_type_hints(record_type, include_extras=True) | types
    return [(each.name, hints[each.name], _copy_field(each, each.metadata)) for each in fields(record_type)]


def _copy_field(each: Field[Any], metadata: Mapping[str, Any]) -> Any:
    """A new field with the default of another."""
    default: Any = each.default
    factory: Any = each.default_factory
    return field(default=default, default_factory=factory, metadata=metadata)


def _table(name: str, description: str | None, parts: Iterable[FieldDefinition]) -> Any:
    """A type of some fields."""
    namespace = {"__doc__": description, "__pydantic_config__": {"extra": "forbid"}}
    return make_dataclass(name, parts, kw_only=True, namespace=namespace)


def _list_of(entry: Any) -> Any:
    many: Any = tuple
    return many[entry, ...]


def _changes(operations: Operations, step_fields: Sequence[FieldDefinition] = ()) -> Any:
    """Any change, told by its operation, with what else is written about one."""
    changes = tuple(_change(op, change_type, step_fields) for op, change_type in operations.items())
    return Annotated[Union[changes], Described(discriminator="op")]  # noqa: UP007 - not known before


def _change(op: str, change_type: Any, step_fields: Sequence[FieldDefinition]) -> Any:
    hints = get_type_hints(change_type, include_extras=True)
    keys = {name: {"alias": key} for name, key in change_type.keys.items()}
    own = [
        (each.name, hints[each.name], _copy_field(each, keys.get(each.name, {})))
        for each in fields(change_type)
    ]
    names = {name for name, *_ in own}
    others = [part for part in step_fields if part[0] not in names]
    parts = [("op", Literal[op], field()), *own, *others]
    return _table(change_type.__name__, inspect.getdoc(change_type), parts)


def _rules(rules: RuleCatalogue) -> Any:
    """The `[rules]` table: which rules speak, and a table for each."""
    words = _list_of(Literal[(*rules.options, *sorted(rules.names), *sorted(rules.families))])
    types = {"select": words, "ignore": words}
    types |= {code: _parameters(code, options) for code, options in rules.options.items()}
    parts = [(key, each | None, field(default=None)) for key, each in types.items()]
    return _table("Rules", "Which rules speak, by code, name or family, and their parameters.", parts)


def _parameters(code: str, options: Any) -> Any:
    parts = [(name, _annotate_kinds(hint), default) for name, hint, default in _fields_of(options)]
    severity = ("severity", Severity | None, field(default=None))
    return _table(code, inspect.getdoc(options), [*parts, severity])


def _annotate_kinds(hint: Any) -> Any:
    """A type with the kinds in it that are known by the types alone, such as that of `int`."""
    if hint in KIND_OF_TYPE:
        return Annotated[hint, KIND_OF_TYPE[hint]]
    parts = tuple(each if each in (..., NoneType) else _annotate_kinds(each) for each in get_args(hint))
    whole: Any = tuple if get_origin(hint) is tuple else Union
    return whole[parts]


# -- writing schemas ---------------------------------------------------------------------------------


def _schema(table: Any, generator: type[GenerateJsonSchema]) -> JsonSchemaValue:
    made = TypeAdapter(table).json_schema(schema_generator=generator)
    return {"$schema": DIALECT, "title": made.pop("title"), "description": made.pop("description"), **made}


class OutputGenerator(GenerateJsonSchema):
    """Writes plain JSON Schema: titles of tables alone, no keywords of other standards."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def dict_schema(self, schema: cs.DictSchema) -> JsonSchemaValue:
        return {
            "type": "object",
            "propertyNames": self.generate_inner(schema["keys_schema"]),
            "additionalProperties": self.generate_inner(schema["values_schema"]),
        }

    def tagged_union_schema(self, schema: cs.TaggedUnionSchema) -> JsonSchemaValue:
        made = super().tagged_union_schema(schema)
        made.pop("discriminator", None)
        return made


class FileGenerator(OutputGenerator):
    """Writes how TOML is written: what has no value is left out, defaults stand as files hold them."""

    def nullable_schema(self, schema: cs.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def tuple_schema(self, schema: cs.TupleSchema) -> JsonSchemaValue:
        made = super().tuple_schema(schema)
        if made.get("items", {}).get("type") in ("string", "array"):
            made["uniqueItems"] = True
        return made

    def default_schema(self, schema: cs.WithDefaultSchema) -> JsonSchemaValue:
        made = self.generate_inner(schema["schema"])
        default = schema.get("default")
        if default is None or default == ():
            return made
        inner: Any = schema["schema"]
        kind: Kind | None = (
            inner["custom_error_context"]["kind"] if inner.get("custom_error_type") == UNFIT else None
        )
        return {**made, "default": kind.write(default) if kind and kind.write else default}
