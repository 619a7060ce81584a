"""`python -m benchmarks`: measure, print, and write docs/benchmarks.md after a full run."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import advice, engine, exports, files, imports, keys, report, start
from benchmarks.measure import FULL, SMALL, Row, Scale, Section

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"

BENCHMARKS: Mapping[str, Callable[[Scale], Iterator[Section]]] = {
    "engine": engine.measure,
    "suggest": advice.measure,
    "files": files.measure,
    "import": imports.measure,
    "export": exports.measure,
    "start": start.measure,
    "keys": keys.measure,
}


def main() -> None:
    parser = argparse.ArgumentParser("python -m benchmarks", description="Measure orgtui.")
    parser.add_argument("--small", action="store_true", help="a few seconds, for life signs")
    parser.add_argument(
        "--only",
        type=lambda words: words.split(","),
        default=list(BENCHMARKS),
        metavar="NAMES",
        help=f"some of {', '.join(BENCHMARKS)}",
    )
    options = parser.parse_args()
    unknown = [name for name in options.only if name not in BENCHMARKS]
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]!r}; there are {', '.join(BENCHMARKS)}")
    sections: list[Section] = []
    for name in options.only:
        measured = BENCHMARKS[name](SMALL if options.small else FULL)
        sections += [replace(section, rows=list(_shown(section))) for section in measured]
    if not options.small and options.only == list(BENCHMARKS):
        date = datetime.now(UTC).date().isoformat()
        PAGE.write_text(report.page(sections, os.cpu_count() or 1, date), encoding="utf-8")
        print(f"written to {PAGE.relative_to(Path.cwd())}")


def _shown(section: Section) -> Iterator[Row]:
    """The rows of a section, each printed as soon as it is measured."""
    print(section.title)
    print(report.HEADING)
    for row in section.rows:
        print(report.line(row), flush=True)
        yield row
    print(flush=True)


if __name__ == "__main__":
    main()
