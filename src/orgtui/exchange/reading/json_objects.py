"""JSON with the line of each object, which the standard reader does not keep."""

from __future__ import annotations

import json
from bisect import bisect_right
from json.decoder import JSONDecoder, JSONObject  # type: ignore[attr-defined]
from json.scanner import py_make_scanner  # type: ignore[attr-defined]
from typing import Any

from orgtui.exchange.problems import CannotRead
from orgtui.model.sentence import sentence


class Located(dict[str, Any]):
    """A JSON object with the line of its opening brace, from 1."""

    line: int = 1


def parse_json(text: str) -> object:
    """The value of a JSON text, its objects Located; raises CannotRead if it is none or nested too deep."""
    starts: list[tuple[Located, int]] = []

    def parse_object(place: tuple[str, int], *rest: Any) -> tuple[Located, int]:
        found, end = JSONObject(place, *rest)
        located = Located(found)
        starts.append((located, place[1]))
        return located, end

    decoder: Any = JSONDecoder()
    decoder.parse_object = parse_object
    decoder.scan_once = py_make_scanner(decoder)
    try:
        value = decoder.decode(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        wrong = sentence("this is no JSON: {reason}", reason=error.msg)
        raise CannotRead(wrong, error.lineno) from None
    except RecursionError:
        raise CannotRead(sentence("the JSON is nested too deep to be a chart")) from None
    breaks = [place for place, character in enumerate(text) if character == "\n"]
    for located, start in starts:
        located.line = bisect_right(breaks, start - 1) + 1
    return value
