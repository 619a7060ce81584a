"""The schema of organisation files."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, fields

from pydantic_core import CoreSchema
from pydantic_core import core_schema as cs

from orgtui.files.schema.rule_catalogue import RuleCatalogue
from orgtui.files.schema.schema import FileSchema
from orgtui.model import records as r
from orgtui.model.kinds import Format
from orgtui.model.schema import Schema, hints_of


@dataclass(frozen=True, slots=True)
class OrganizationTable(r.Profile):
    """The `[organization]` table."""

    pillars: tuple[r.Pillar, ...] = ()


@dataclass(frozen=True, slots=True)
class OrganizationFile:
    """A whole organisation file, its tables in the order in which they are written."""

    organization: OrganizationTable
    format: Format = 1
    files: r.Files = field(default_factory=r.Files)
    department: tuple[r.Department, ...] = ()
    stage: tuple[r.Stage, ...] = ()
    area: tuple[r.Area, ...] = ()
    team: tuple[r.Team, ...] = ()
    function: tuple[r.Function, ...] = ()
    person: tuple[r.Person, ...] = ()
    skill: tuple[r.SkillName, ...] = ()
    goal: tuple[r.Goal, ...] = ()
    handoff: tuple[r.Handoff, ...] = ()
    share: tuple[r.Share, ...] = ()
    request: tuple[r.Request, ...] = ()
    mission: tuple[r.Mission, ...] = ()
    tool: tuple[r.Tool, ...] = ()
    target: tuple[r.Target, ...] = ()
    note: tuple[r.Note, ...] = ()
    rules: object = None
    accept: tuple[r.Acceptance, ...] = ()


ORGANIZATION = FileSchema(lambda schema: schema.record(OrganizationFile, ()))


def rules_schema(catalogue: RuleCatalogue, written: Collection[str]) -> FileSchema:
    """The schema of the `[rules]` table: `select`, `ignore`, and a table for each rule in `written`."""

    def make(schema: Schema) -> CoreSchema:
        words = {
            key: cs.typed_dict_field(schema.value(tuple[str, ...], (key,)), required=False)
            for key in ("select", "ignore")
        }
        tables = {
            code: cs.typed_dict_field(parameters(schema, code), required=False)
            for code in catalogue.options
            if code in written
        }
        return schema.table((), words | tables, known=(*words, *catalogue.options))

    def parameters(schema: Schema, code: str) -> CoreSchema:
        options = catalogue.options[code]
        hints = {
            "severity": r.Severity,
            **{each.name: hints_of(options)[each.name] for each in fields(options)},
        }
        return schema.table(
            (code,),
            {
                name: cs.typed_dict_field(schema.value(hint, (code, name)), required=False)
                for name, hint in hints.items()
            },
        )

    return FileSchema(make)
