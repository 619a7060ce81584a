"""Organisation files: loading with every problem named, and writing in one canonical form."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from typing import Any

from orgtui.files import toml_writing as toml
from orgtui.files.consistency import Consistency
from orgtui.files.document import Document
from orgtui.files.entries import entry
from orgtui.files.organization_schema import ORGANIZATION, OrganizationFile, rules_schema
from orgtui.files.reading import read_text
from orgtui.files.rule_catalogue import RuleCatalogue
from orgtui.model import records as r
from orgtui.model.records import Record
from orgtui.model.store import Organization

BEFORE_RULES = (
    *("department", "stage", "area", "team", "function", "person", "goal"),
    *("handoff", "share", "request", "mission", "tool"),
)
"""The lists of tables that stand before `[rules]`, in the order in which they are written."""


def load_organization(path: str | os.PathLike[str], rules: RuleCatalogue) -> Organization:
    """The organisation in a file, its people read from the file it names if it names one.

    Raises InvalidFile with every problem of the file, in the order of its lines.
    """
    file = os.fspath(path)
    with _collection_off():
        document = Document(file, read_text(file))
        document.data.setdefault("organization", {})
        whole: OrganizationFile | None = ORGANIZATION.validate(document, document.data)
        settings = _rule_settings(document, rules)
        if not document.is_valid:
            document.refuse_depth()
            document.forget_wrong_values()
        Consistency(document, rules).check()
        if whole is None or not document.is_valid:
            raise document.invalid()
        return Organization(_records(whole, settings))


def dump_organization(organization: Organization) -> bytes:
    """The canonical form: people inline, without a word on pay; the same bytes for the same organisation."""
    return _written(organization, files={}, people=True)


def baseline_hash(organization: Organization) -> str:
    """The SHA-256 of the canonical form, as plans name their baseline."""
    return "sha256:" + hashlib.sha256(dump_organization(organization)).hexdigest()


# -- in ------------------------------------------------------------------------------------------


@contextmanager
def _collection_off() -> Iterator[None]:
    """No garbage collection meanwhile: everything that loading makes is there to stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _rule_settings(document: Document, rules: RuleCatalogue) -> r.RuleSettings:
    """The `[rules]` table; what is wrong with it goes to the document."""
    table = document.data.get("rules", {})
    schema = rules_schema(rules, table if isinstance(table, dict) else ())
    found: dict[str, Any] = schema.validate(document, table, at=("rules",)) or {}
    tables = {code: found[code] for code in sorted(found.keys() & rules.options.keys())}
    parameters = {
        code: {name: value for name, value in table.items() if name != "severity"}
        for code, table in tables.items()
    }
    return r.RuleSettings(
        select=found.get("select"),
        ignore=found.get("ignore", ()),
        severity={code: table["severity"] for code, table in tables.items() if "severity" in table},
        parameters={code: given for code, given in parameters.items() if given},
    )


def _records(whole: OrganizationFile, settings: r.RuleSettings) -> Iterator[Record]:
    profile = whole.organization
    yield r.Profile(**{each.name: getattr(profile, each.name) for each in fields(r.Profile)})
    if whole.files != r.Files():
        yield whole.files
    yield from profile.pillars
    for table in BEFORE_RULES:
        yield from getattr(whole, table)
    if settings != r.RuleSettings():
        yield settings
    yield from whole.accept


# -- out -----------------------------------------------------------------------------------------


def _written(organization: Organization, files: Mapping[str, object], people: bool) -> bytes:
    profile = entry(organization.profile)
    pillars = [entry(pillar) for pillar in organization.pillars.values()]
    parts = [
        toml.assignments({"format": 1}),
        toml.table("[organization]", profile | ({"pillars": pillars} if pillars else {})),
    ]
    if files:
        parts.append(toml.table("[files]", files))
    for table in BEFORE_RULES:
        if table != "person" or people:
            parts += [_section(table, record) for record in organization.tables[table].values()]
    parts += _rules(organization.rules)
    parts += [_section("accept", acceptance) for acceptance in organization.acceptances.values()]
    return "".join(parts).encode()


def _section(table: str, record: Record) -> str:
    written = entry(record)
    focus = written.pop("focus", None)
    text = toml.table(f"[[{table}]]", written)
    return text if focus is None else text + toml.table(f"[{table}.focus]", focus).removeprefix("\n")


def _rules(settings: r.RuleSettings) -> Iterator[str]:
    words = {"select": settings.select, "ignore": settings.ignore or None}
    given = {key: value for key, value in words.items() if value is not None}
    if given:
        yield toml.table("[rules]", given)
    for code in sorted(settings.severity.keys() | settings.parameters.keys()):
        severity = {"severity": settings.severity[code]} if code in settings.severity else {}
        yield toml.table(f"[rules.{code}]", {**settings.parameters.get(code, {}), **severity})
