"""Sheets made of rows, and what they change in the small organisation."""

from __future__ import annotations

from collections.abc import Mapping

from orgtui.exchange.importing import ImportOptions, Source, read_sources
from orgtui.exchange.roster.vocabulary import own_vocabulary
from orgtui.exchange.sheets.kinds import take
from orgtui.exchange.sheets.taking import Taken
from orgtui.locales import translate
from orgtui.model import records as r
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization
from orgtui.views.base.names import name_of
from tests.organizations import TODAY, small_organization


def department() -> Organization:
    """Acme, with a second Li Na, a pillar, a closed seat and some levels, shares and handoffs."""
    return small_organization(
        r.Pillar("scale", "Scale"),
        r.Person("li-2", "growth", "Li Na", "SEO manager"),
        r.Person("xu", "brand", "Xu Lei", functions={"pr": 100}, skills={"media": 3}, learning=("seo",)),
        r.Person("gone", "brand", "Gao Fei", state="closed"),
        r.Handoff("content", "seo", "texts", True, "2 days"),
    )


def taken(
    what: str,
    *rows: str,
    into: Organization | None = None,
    other_ids: Mapping[str, str] | None = None,
) -> Taken:
    """What the rows of a sheet change, the first its header."""
    read = read_sources(
        [Source("sheet.csv", "\n".join((*rows, "")).encode())], ImportOptions(TODAY, own_vocabulary())
    )
    return take(what, into or department(), read, other_ids or {})


def says(found: Taken) -> list[str]:
    """The changes in words."""

    def name(ref: Ref) -> str:
        return name_of(found.organization, ref, found.before)

    return [translate(change.says, name) for change in found.changes]


def errors(found: Taken) -> list[str]:
    """The errors in words, with line and whom they are about."""
    return [
        f"{each.line} {each.about or '-'}: {translate(each.says)}"
        for each in found.problems
        if each.severity == "error"
    ]


def notes(found: Taken) -> list[str]:
    """The notes in words."""
    return [translate(each.says) for each in found.problems if each.severity == "note"]
