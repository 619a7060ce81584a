"""What an import keeps beside the organisation, so that the next one asks nothing and keeps ids."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from orgtui.exchange.roster.people import Entry
from orgtui.files.disk.reading import read_text
from orgtui.files.schema.entries import record_to_entry
from orgtui.files.schema.schema import FileSchema
from orgtui.files.toml import writing as toml
from orgtui.files.toml.document import Document
from orgtui.model.kinds import Format, Id, Text

SUFFIX = ".import.toml"


@dataclass(frozen=True, slots=True)
class ImportTable:
    """Where it came from: the name of the file, the SHA-256 of its bytes, and what was asked of it."""

    source: Text
    sha256: Text
    sheet: Text | None = None
    encoding: Text | None = None
    under: Text | None = None
    functions: bool = True


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """The record of an import: columns by part, answers by question, ids by key and by path of team.

    Keys that were made of an e-mail are kept as a hash.
    """

    source: ImportTable = field(metadata={"alias": "import"})
    format: Format = 1
    columns: Mapping[Text, Sequence[Text]] = field(default_factory=dict)
    answers: Mapping[Text, Text] = field(default_factory=dict)
    people: Mapping[Text, Id] = field(default_factory=dict)
    teams: Mapping[Text, Id] = field(default_factory=dict)


RECORD = FileSchema(lambda schema: schema.record(ImportRecord, ()))


def record_path(organization: str | os.PathLike[str]) -> Path:
    """Where the record of an organisation's import stands: `NAME.import.toml`."""
    path = Path(organization)
    return path.with_name(path.name.removesuffix(".toml") + SUFFIX)


def load_record(path: Path) -> ImportRecord | None:
    """The record at this path; None if there is none. Raises InvalidFile with every problem."""
    if not os.path.lexists(path):
        return None
    document = Document(str(path), read_text(path, follow_symlinks=False))
    whole: ImportRecord | None = RECORD.validate(document, document.data)
    if whole is None or not document.is_valid:
        raise document.invalid_file()
    return whole


def dump_record(record: ImportRecord) -> bytes:
    """A record as a file: the same bytes for the same record."""
    head = {key: value for key, value in record_to_entry(record.source).items() if value is not None}
    text = toml.key_value_lines({"format": 1}) + toml.table("[import]", head)
    for name in ("columns", "answers", "people", "teams"):
        entries = getattr(record, name)
        if entries:
            text += toml.table(f"[{name}]", dict(entries))
    return text.encode()


def kept_key(entry: Entry) -> str:
    """The key of an entry as a record keeps it: hashed if it was made of an e-mail."""
    if entry.has_own_id:
        return entry.key
    if entry.email:
        return "sha256-" + hashlib.sha256(entry.email.casefold().encode()).hexdigest()[:16]
    return entry.name or entry.title or entry.key


def source_hash(data: Sequence[bytes]) -> str:
    """The SHA-256 of what was read, in hexadecimal digits."""
    digest = hashlib.sha256()
    for each in data:
        digest.update(each)
    return digest.hexdigest()
