"""Organisations made of rows, and what newer rows change in them, in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from orgtui.exchange.importing import ImportOptions, Proposal, Source, propose, read_sources
from orgtui.exchange.record import ImportRecord
from orgtui.exchange.roster.vocabulary import own_vocabulary
from orgtui.exchange.updating import Update, columns_of, update
from orgtui.locales import translate
from orgtui.model.records import Record
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization
from orgtui.views.base.names import name_of

TODAY = date(2026, 11, 21)
LATER = date(2026, 12, 21)

HEADER = "id,name,title,department,manager id,fte"
NOVEMBER = (
    "1,Chen Jing,CMO,Marketing,,1",
    "2,Li Na,Head of Brand,Brand,1,1",
    "3,Wang Wei,Head of Growth,Growth,1,1",
    "4,Xu Lei,PR manager,Brand,2,1",
    "5,Zhang Wei,Content editor,Brand,2,1",
    "6,Sun Li,SEO manager,Growth,3,0.8",
    "7,Ma Jun,Event manager,Events,8,1",
    "8,He Yi,Head of Events,Events,1,1",
)
"""Marketing with brand, growth and events."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of rows: the organisation with the record of its import."""

    organization: Organization
    record: ImportRecord

    def with_records(self, *records: Record) -> Imported:
        """The same after somebody added or replaced records by hand."""
        return replace(self, organization=Organization(_merged(self.organization, records)))

    def without(self, *names: str) -> Imported:
        """The same after somebody took records out by hand, as in `person:4`."""
        gone = {tuple(name.split(":")) for name in names}
        kept = [
            record
            for table, rows in self.organization.tables.items()
            for key, record in rows.rows().items()
            if (table, key) not in gone
        ]
        return replace(self, organization=Organization(kept))


def _merged(organization: Organization, records: tuple[Record, ...]) -> list[Record]:
    new = {(type(record), getattr(record, "id", "")): record for record in records}
    there = [record for rows in organization.tables.values() for record in rows.values()]
    return [new.pop((type(record), getattr(record, "id", "")), record) for record in there] + [*new.values()]


def proposal_of(
    rows: tuple[str, ...],
    record: ImportRecord | None = None,
    answers: Mapping[str, str] | None = None,
    header: str = HEADER,
    today: date = TODAY,
    **options: object,
) -> Proposal:
    """What rows below a header come to."""
    sources = [Source("people.csv", "\n".join((header, *rows, "")).encode())]
    asked = ImportOptions(today, own_vocabulary(), **options)  # type: ignore[arg-type]
    read = read_sources(sources, asked)
    if record is not None:
        asked = replace(asked, columns=columns_of(record, read))
    return propose(sources, read, asked, answers or {}, record)


def imported(rows: tuple[str, ...] = NOVEMBER, header: str = HEADER, **options: object) -> Imported:
    """The organisation of rows."""
    proposal = proposal_of(rows, header=header, **options)  # type: ignore[arg-type]
    assert proposal.organization is not None, [translate(each.says) for each in proposal.problems]
    assert proposal.record is not None
    return Imported(proposal.organization, proposal.record)


def updated(
    before: Imported,
    rows: tuple[str, ...],
    header: str = HEADER,
    *,
    has_record: bool = True,
    today: date = TODAY,
) -> Update:
    """What newer rows change."""
    record = before.record if has_record else None
    proposal = proposal_of(rows, record, header=header, today=today)
    assert not proposal.errors, [translate(each.says) for each in proposal.errors]
    return update(before.organization, proposal, record, own_vocabulary(), today)


def told(found: Update) -> dict[str, list[str]]:
    """The changes in words, by kind."""

    def name(ref: Ref) -> str:
        return name_of(found.organization, ref, found.before)

    words: dict[str, list[str]] = {}
    for change in found.changes:
        words.setdefault(change.what, []).append(translate(change.says, name))
    return words


def notes(found: Update) -> list[str]:
    """What else there is to say, with the codes."""
    return [f"{each.code} {each.about or '-'}" for each in found.problems]


def having(*changed: str, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The rows of November with some changed or added, by their id, and without others."""
    new = {row.partition(",")[0]: row for row in changed}
    kept = [new.pop(row.partition(",")[0], row) for row in NOVEMBER if row.partition(",")[0] not in without]
    return (*kept, *new.values())
