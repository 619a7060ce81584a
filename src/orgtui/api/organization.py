"""The public class of organisations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from orgtui.changes.base import record_to_mapping
from orgtui.files.organization_file import dump_organization
from orgtui.model import store

KINDS = tuple(kind for kind in store.RECORD_TYPES if kind not in ("profile", "files", "rules"))


@dataclass(frozen=True, slots=True, eq=False)
class Organization:
    """An organisation as the file at `path` holds it, or as a plan makes it; `load` and `apply` give one."""

    name: str
    as_of: date
    path: Path
    _records: store.Organization = field(repr=False)

    def entries(self, kind: str) -> list[dict[str, object]]:
        """The entries of a kind, such as `"team"` or `"person"`, by the keys of the file and in its order.

        What has no value is left out. Raises ValueError for a kind that files do not know.
        """
        if kind not in KINDS:
            raise ValueError(f"{kind!r} is no kind of entry; there are {', '.join(KINDS)}")
        return [record_to_mapping(record) for record in self._records.tables[kind].values()]

    def to_toml(self) -> str:
        """The organisation as a file in its canonical form: people inline, without a word on pay."""
        return dump_organization(self._records).decode()


def from_records(path: Path, records: store.Organization) -> Organization:
    """A public organisation from records that were read from the file at `path`, or made of it."""
    return Organization(records.profile.name, records.profile.as_of, path, records)


def records_of(organization: Organization) -> store.Organization:
    """The records of a public organisation."""
    return organization._records
