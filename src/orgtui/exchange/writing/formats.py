"""The formats of exports: a format is a module and a line here."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from orgtui.exchange.problems import OfficeMissing
from orgtui.exchange.writing.report import Report
from orgtui.model.sentence import N_, sentence

Files = Mapping[str, bytes]
"""What a format comes to: bytes by file name. The first is the file itself, the others lie beside it."""


@dataclass(frozen=True, slots=True)
class Options:
    """What some formats take besides the report: `byte_order_mark` in front of CSV, for Excel in Chinese."""

    byte_order_mark: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name on the command line, the ending of its file, for whom it is, what it is.

    `module` has `write(report, options) -> Files`, and is imported only when asked for. A format whose files
    are several has no ending of its own. `begins` is what its files begin with (lower case), if they are
    known by it; `library` is what has to be installed for it.
    """

    name: str
    ending: str
    for_whom: str
    what: str
    module: str
    begins: tuple[bytes, ...] = ()
    library: str | None = None

    def write(self, report: Report, options: Options) -> Files:
        """The files of a report in this format."""
        write: Callable[[Report, Options], Files] = import_module(f"{_HERE}.{self.module}").write
        return write(report, options)

    def require_library(self) -> None:
        """Raise OfficeMissing if the library of this format is not installed."""
        if self.library is not None and find_spec(self.library) is None:
            raise OfficeMissing(
                sentence(
                    "{format} needs a library that is not installed: pip install 'orgtui[office]'",
                    format=self.name,
                )
            )

    def may_replace(self, data: bytes) -> bool:
        """Whether a file with these bytes may be one of this format.

        It is known by how it begins; any text may be one of a format without a beginning of its own, but for
        organisations and plans.
        """
        if not self.begins:
            return not (b"\0" in data or data.startswith((b"PK", b"<", b"{")) or _OUR_TABLE.search(data))
        start = data[:1024].removeprefix(BOM_UTF8).lstrip().lower()
        return start.startswith(self.begins)


_OUR_TABLE = re.compile(rb"^\s*\[(organization|plan)\]", re.MULTILINE)

_HERE = __name__.rpartition(".")[0]
_ZIP = (b"pk\x03\x04",)
_TAGS = (b"<?xml", b"<svg", b"<mxfile", b"<!--")

FORMATS: tuple[Format, ...] = (
    Format(
        "html",
        ".html",
        N_("everybody"),
        N_("the whole report as one page, with pictures"),
        "html",
        (b"<!doctype html", b"<html"),
    ),
    Format("svg", "", N_("slides and wikis"), N_("each picture as a file of its own"), "svg", _TAGS),
    Format("md", ".md", N_("pull requests"), N_("the report as text and tables"), "markdown"),
    Format("hr-csv", ".hr.csv", N_("HR systems"), N_("one row for each person affected"), "hr_csv"),
    Format(
        "hr-xlsx", ".hr.xlsx", N_("HR"), N_("one row for each person affected"), "hr_xlsx", _ZIP, "xlsxwriter"
    ),
    Format(
        "xlsx",
        ".xlsx",
        N_("analysts"),
        N_("people, teams, functions, findings and numbers"),
        "xlsx",
        _ZIP,
        "xlsxwriter",
    ),
    Format(
        "pptx",
        ".pptx",
        N_("board meetings"),
        N_("slides with shapes that can be edited"),
        "pptx",
        _ZIP,
        "pptx",
    ),
    Format("mermaid", ".mmd", N_("wikis"), N_("the tree as Mermaid text"), "mermaid"),
    Format("drawio", ".drawio", N_("diagrams"), N_("the tree for draw.io"), "drawio", _TAGS),
    Format("dot", ".dot", N_("diagrams"), N_("the tree for Graphviz"), "dot"),
    Format("csv", ".people.csv", N_("the next import"), N_("the people, one row a seat"), "people_csv"),
    Format(
        "json",
        ".json",
        N_("programs"),
        N_("the whole state with findings and numbers"),
        "json_state",
        (b"{",),
    ),
)
"""The formats in the order in which they are offered."""


def format_named(name: str) -> Format | None:
    """The format with a name; None if there is none."""
    return next((each for each in FORMATS if each.name == name), None)
