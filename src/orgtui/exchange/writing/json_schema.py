"""The JSON Schema of an export, generated from the types that it is written from."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import JsonSchemaValue
from pydantic_core import core_schema as cs

from orgtui.exchange.writing.json_state import Export
from orgtui.files.json_schema import OutputGenerator, described_schema, organization_schema
from orgtui.files.schema.rule_catalogue import RuleCatalogue

ORGANIZATION = "urn:orgtui:organization"


def export_schema(rules: RuleCatalogue) -> JsonSchemaValue:
    """The schema of what `orgtui export --to json` writes; that of organisation files is bundled with it."""
    made = described_schema(Export, _Generator)
    made["$defs"]["State"]["properties"]["file"] = {"$ref": ORGANIZATION}
    made["$defs"]["Organization"] = {"$id": ORGANIZATION, **organization_schema(rules)}
    return made


class _Generator(OutputGenerator):
    """Every key is written, none besides; decimals are numbers."""

    def dataclass_schema(self, schema: cs.DataclassSchema) -> JsonSchemaValue:
        made = super().dataclass_schema(schema)
        return {**made, "required": list(made["properties"]), "additionalProperties": False}

    def default_schema(self, schema: cs.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def decimal_schema(self, schema: Any) -> JsonSchemaValue:
        return {"type": "number"}
