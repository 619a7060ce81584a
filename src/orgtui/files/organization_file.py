"""Organisation files: loading with all problems reported, and writing in canonical form."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from orgtui.files.consistency import Consistency
from orgtui.files.disk.reading import read_text
from orgtui.files.disk.referenced_files import path_refusal, referenced_path
from orgtui.files.disk.writing import existing_mode, replace_file
from orgtui.files.entry_names import entry_name
from orgtui.files.schema.entries import record_to_entry
from orgtui.files.schema.organization import ORGANIZATION, OrganizationFile, rules_schema
from orgtui.files.schema.rule_catalogue import RuleCatalogue
from orgtui.files.toml import writing as toml
from orgtui.files.toml.document import Document
from orgtui.files.toml.problems import InvalidFile, UnreadableFile
from orgtui.model import records as r
from orgtui.model.collection import collection_paused
from orgtui.model.kinds import shortest
from orgtui.model.records import Record
from orgtui.model.schema import shown
from orgtui.model.sentence import sentence
from orgtui.model.store import Organization

TABLES_BEFORE_RULES = (
    *("department", "stage", "area", "team", "function", "person", "skill", "goal"),
    *("handoff", "share", "request", "mission", "tool", "target", "note"),
)
"""The lists of tables before `[rules]`, in the order of files."""


def load_organization(path: str | os.PathLike[str], rules: RuleCatalogue) -> Organization:
    """Load an organisation, with its people from the people file if it names one.

    Raises InvalidFile with every problem of the files, sorted by line.
    """
    file = os.fspath(path)
    return parse_organization(read_text(file), rules, file)


def parse_organization(text: str, rules: RuleCatalogue, file: str = "") -> Organization:
    """The organisation that a text describes, as of a file at some path. Raises as `load_organization`."""
    with collection_paused():
        document = Document(file, text, entry_name)
        document.data.setdefault("organization", {})
        has_people = _load_people(document)
        whole: OrganizationFile | None = ORGANIZATION.validate(document, document.data)
        settings = _rule_settings(document, rules)
        if not document.is_valid:
            document.check_depth()
            document.clear_invalid_values()
        Consistency(document, rules, unknown_kinds=() if has_people else ("person",)).check()
        if whole is None or not document.is_valid:
            raise document.invalid_file()
        return Organization(_records(whole, settings))


def dump_organization(organization: Organization) -> bytes:
    """An organisation in canonical form: people inline, no pay; the same bytes for the same organisation."""
    return _dump(organization, files={}, people=True)


def save_organization(organization: Organization, path: str | os.PathLike[str]) -> None:
    """Write an organisation to a file, and its people to the people file if it names one.

    A people file of another organisation in the same folder is not replaced: the people are written to
    `NAME.people.csv` then. Raises OSError if the folder cannot be written, InvalidFile if the file that is
    replaced cannot be read.
    """
    for file, data in files_to_save(organization, path).items():
        replace_file(file, data)


def files_to_save(organization: Organization, path: str | os.PathLike[str]) -> dict[Path, bytes]:
    """What `save_organization` writes, the people file before the one that names it. Raises as it does."""
    file = os.fspath(path)
    existing_mode(file)  # refuse what cannot be replaced before anything is written
    files = record_to_entry(organization.files)
    written: dict[Path, bytes] = {}
    if organization.files.people is not None:
        from orgtui.files.people_csv import write_people

        files["people"] = _people_file(file, organization.files.people)
        people = Path(referenced_path(file, files["people"]))
        written[people] = write_people(organization.people.values())
    return written | {Path(file): _dump(organization, files, people="people" not in files)}


def baseline_hash(organization: Organization) -> str:
    """The SHA-256 of the canonical form, by which plans identify their baseline: `sha256:` and hex."""
    import hashlib

    return "sha256:" + hashlib.sha256(dump_organization(organization)).hexdigest()


# -- loading -------------------------------------------------------------------------------------


def _load_people(document: Document) -> bool:
    """Check the paths in `[files]` and read the people; returns whether all people are known."""
    files = document.data.get("files", {})
    if not isinstance(files, dict):
        return "person" in document.data
    refused = {
        key: path_refusal(document.file, files[key])
        for key in ("people", "pay")
        if isinstance(files.get(key), str) and ("files", key) not in document
    }
    for key, refusal in refused.items():
        if refusal is not None:
            document.add_problem(("files", key), *refusal)
    if "people" not in refused:
        return "people" not in files
    if document.data.get("person"):
        document.add_problem(
            ("files", "people"),
            sentence("people stand in this file too"),
            sentence("keep them in [[person]] or in {people}", people=shown(files["people"])),
        )
        return True
    return refused["people"] is None and _read_people(document, files["people"])


def _read_people(document: Document, relative: str) -> bool:
    from orgtui.files.people_csv import read_people

    file = referenced_path(document.file, relative)
    try:
        people = read_people(file, read_text(file, follow_symlinks=False, allow_bom=True))
    except UnreadableFile as error:
        document.add_worded_problem(("files", "people"), error.problems[0].sentence)
    except InvalidFile as error:
        document.add_problems_of_other_file(error.problems)
    else:
        document.set_people(people)
        return True
    return False


def _rule_settings(document: Document, rules: RuleCatalogue) -> r.RuleSettings:
    """The `[rules]` table; its problems are added to the document."""
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
    for table in TABLES_BEFORE_RULES:
        yield from getattr(whole, table)
    if settings != r.RuleSettings():
        yield settings
    yield from whole.accept


# -- writing -------------------------------------------------------------------------------------


def _people_file(file: str, relative: str) -> str:
    """The people file to write: the one named, unless that is another file, which may not be replaced."""
    path = referenced_path(file, relative)
    if _names_people(file, relative) or (
        path_refusal(file, relative) is None
        and os.path.isdir(os.path.dirname(path) or ".")
        and not os.path.exists(path)
    ):
        return relative
    return f"{os.path.basename(file).removesuffix('.toml')}.people.csv"


def _names_people(file: str, relative: str) -> bool:
    """Whether `file` is an organisation whose people file is `relative`."""
    if not os.path.exists(file):
        return False
    files = Document(file, read_text(file)).data.get("files")
    return isinstance(files, dict) and files.get("people") == relative


def _dump(organization: Organization, files: Mapping[str, object], people: bool) -> bytes:
    profile = record_to_entry(organization.profile)
    pillars = [record_to_entry(pillar) for pillar in organization.pillars.values()]
    parts = [
        toml.key_value_lines({"format": 1}),
        toml.table("[organization]", profile | ({"pillars": pillars} if pillars else {})),
    ]
    if files:
        parts.append(toml.table("[files]", files))
    for table in TABLES_BEFORE_RULES:
        if table != "person" or people:
            parts += [_section(table, record) for record in organization.tables[table].values()]
    parts += _rules(organization.rules)
    parts += [_section("accept", acceptance) for acceptance in organization.acceptances.values()]
    return "".join(parts).encode()


def _section(table: str, record: Record) -> str:
    written = record_to_entry(record)
    focus = written.pop("focus", None)
    text = toml.table(f"[[{table}]]", written)
    return text if focus is None else text + toml.table(f"[{table}.focus]", focus).removeprefix("\n")


def _rules(settings: r.RuleSettings) -> Iterator[str]:
    words = {"select": settings.select, "ignore": settings.ignore or None}
    if words := {key: value for key, value in words.items() if value is not None}:
        yield toml.table("[rules]", words)
    for code in sorted(settings.severity.keys() | settings.parameters.keys()):
        parameters = sorted(settings.parameters.get(code, {}).items())
        given = {name: shortest(value) if isinstance(value, float) else value for name, value in parameters}
        if code in settings.severity:
            given["severity"] = settings.severity[code]
        yield toml.table(f"[rules.{code}]", given)
