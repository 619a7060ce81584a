"""The formats that can be read. A new one is a module of this package and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath

from orgtui.exchange.problems import CannotRead
from orgtui.exchange.rows import ReadOptions, SheetChoice
from orgtui.model.sentence import sentence

Reader = Callable[[bytes, ReadOptions], SheetChoice]


@dataclass(frozen=True, slots=True)
class Format:
    """A format by the module and the function that read it, imported when one is read."""

    module: str
    function: str
    suffixes: tuple[str, ...]
    has_sheets: bool = False

    @property
    def read(self) -> Reader:
        """The function that gives the sheets of a file's bytes; raises CannotRead, OfficeMissing."""
        reader: Reader = getattr(import_module(f"orgtui.exchange.reading.{self.module}"), self.function)
        return reader


FORMATS: Mapping[str, Format] = {
    "csv": Format("delimited", "read_delimited", (".csv", ".tsv", ".txt", ".tab")),
    "xlsx": Format("workbook", "read_workbook", (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"), has_sheets=True),
    "scim": Format("chart", "read_json", (".scim",)),
    "json": Format("chart", "read_json", (".json",)),
}
"""The formats by the name that `--from` takes."""

_MAGIC = {b"PK\x03\x04": "xlsx", b"\xd0\xcf\x11\xe0": "xlsx"}


def format_of(name: str, data: bytes) -> Format:
    """The format of a file, by its first bytes or its name; delimited text if it has no suffix.

    Raises CannotRead for a suffix of nothing that can be read.
    """
    magic = _MAGIC.get(data[:4])
    if magic is not None:
        return FORMATS[magic]
    for key, form in FORMATS.items():
        if key not in _MAGIC.values() and name.lower().endswith(form.suffixes):
            return form
    if data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        return FORMATS["json"]
    suffix = PurePath(name).suffix
    if suffix:
        known = ", ".join(each for form in FORMATS.values() for each in form.suffixes)
        raise CannotRead(
            sentence(
                "{suffix} is no kind of file that is read ({known}); --from says what it is",
                suffix=suffix,
                known=known,
            )
        )
    return FORMATS["csv"]
