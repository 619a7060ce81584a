"""Slides with shapes that can be edited (PPTX)."""

from __future__ import annotations

from orgtui.exchange.problems import OfficeMissing
from orgtui.exchange.writing.formats import Files, Options
from orgtui.exchange.writing.report import Report
from orgtui.model.sentence import sentence


def write(report: Report, options: Options) -> Files:
    """The slides of a report as one file; raises OfficeMissing if the library is not installed."""
    try:
        import pptx  # noqa: F401 - the file is made by it, in a module of its own
    except ImportError:
        raise OfficeMissing(
            sentence("slides need a library that is not installed: pip install 'orgtui[office]'")
        ) from None
    from orgtui.exchange.writing.slides.deck import slides
    from orgtui.exchange.writing.slides.presentation import presentation_file

    return {"slides.pptx": presentation_file(report, slides(report))}
