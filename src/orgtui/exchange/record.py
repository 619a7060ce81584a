"""What an import keeps beside the organisation, so that the next one asks nothing and keeps ids."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from orgtui.exchange.organization import path_key
from orgtui.exchange.roster.people import Entry
from orgtui.exchange.roster.roster import Roster
from orgtui.files.disk.reading import read_text
from orgtui.files.schema.entries import record_to_entry
from orgtui.files.schema.schema import FileSchema
from orgtui.files.toml import writing as toml
from orgtui.files.toml.document import Document
from orgtui.model.gate import escape_control_chars
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

    Keys that were made of an e-mail are kept as a hash. `seats` and `leads` are what the file said of each
    seat and each team, by key and by path, so that the next import tells what has changed there from what
    was changed by hand here.
    """

    source: ImportTable = field(metadata={"alias": "import"})
    format: Format = 1
    columns: Mapping[Text, Sequence[Text]] = field(default_factory=dict)
    answers: Mapping[Text, Text] = field(default_factory=dict)
    people: Mapping[Text, Id] = field(default_factory=dict)
    teams: Mapping[Text, Id] = field(default_factory=dict)
    seats: Mapping[Text, Mapping[Text, Text]] = field(default_factory=dict)
    leads: Mapping[Text, Text] = field(default_factory=dict)


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
    """A record as a file: the same bytes for the same record.

    What may not stand in text is written as its escape sequence: ids, columns and names of files may hold it.
    """
    head = {key: value for key, value in record_to_entry(record.source).items() if value is not None}
    text = toml.key_value_lines({"format": 1}) + toml.table("[import]", _escaped(head))
    for name in ("columns", "answers", "people", "teams", "seats", "leads"):
        entries = getattr(record, name)
        if entries:
            text += toml.table(f"[{name}]", _escaped(entries))
    return text.encode()


def _escaped(value: Any) -> Any:
    """Texts, lists and tables of texts, with escape sequences for what may not stand in text."""
    if isinstance(value, str):
        return escape_control_chars(value)
    if isinstance(value, Mapping):
        return {escape_control_chars(key): _escaped(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_escaped(each) for each in value]
    return value


def kept_key(entry: Entry) -> str:
    """The key of an entry as a record keeps it: hashed if it was made of an e-mail, else safe to write."""
    if entry.has_own_id and "@" not in entry.key:
        return escape_control_chars(entry.key)
    email = entry.email or entry.account
    if email:
        return "sha256-" + hashlib.sha256(email.casefold().encode()).hexdigest()[:16]
    return escape_control_chars(entry.name or entry.title or entry.key)


def kept_keys(entries: Iterable[Entry]) -> dict[str, str]:
    """The keys of entries as a record keeps them, by key; those that would be alike are numbered."""
    kept: dict[str, str] = {}
    times: Counter[str] = Counter()
    for entry in entries:
        short = kept_key(entry)
        times[short] += 1
        kept[entry.key] = short if times[short] == 1 else f"{short} #{times[short]}"
    return kept


def kept_answers(answers: Mapping[str, str], kept: Mapping[str, str]) -> dict[str, str]:
    """Answers with the keys of entries as a record keeps them, in the questions' keys and in their values."""
    found = {}
    for key, value in answers.items():
        kind, colon, about = key.partition(":")
        found[f"{kind}{colon}{kept.get(about, about)}"] = kept.get(value, value)
    return found


def answers_here(record: ImportRecord, roster: Roster) -> dict[str, str]:
    """The answers of a record with the keys that its entries have in a newer file."""
    kept = kept_keys(member.entry for member in roster.members)
    return kept_answers(record.answers, {short: key for key, short in kept.items()})


def seats_of(roster: Roster, kept: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What a roster says of each seat, by key as kept; what it does not say is left out."""
    return {
        kept[member.entry.key]: {
            name: value
            for name, value in (
                ("team", None if member.team is None else path_key(member.team)),
                ("name", member.entry.name),
                ("title", member.entry.title),
                ("state", member.entry.state),
                ("fte", str(member.entry.fte)),
            )
            if value
        }
        for member in roster.members
    }


def leads_of(roster: Roster, kept: Mapping[str, str]) -> dict[str, str]:
    """Who leads each team of a roster, as kept, by the path of the team."""
    return {
        path_key(unit): kept[roster.entries[unit.lead].key]
        for unit in roster.teams
        if unit.lead is not None and roster.entries[unit.lead].key in kept
    }


def source_hash(data: Sequence[bytes]) -> str:
    """The SHA-256 of what was read, in hexadecimal digits."""
    digest = hashlib.sha256()
    for each in data:
        digest.update(each)
    return digest.hexdigest()
