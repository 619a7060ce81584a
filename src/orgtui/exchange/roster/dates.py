"""Days as exports write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *(
                ("jan", "januar"),
                ("feb", "februar"),
                ("mar", "mär", "märz"),
                ("apr",),
                ("may", "mai"),
                ("jun", "juni"),
            ),
            *(
                ("jul", "juli"),
                ("aug",),
                ("sep", "sept"),
                ("oct", "okt", "oktober"),
                ("nov",),
                ("dec", "dez", "dezember"),
            ),
        ),
        1,
    )
    for name in names
}
_ISO = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ].*)?")
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:[T ].*)?")
_WORDS = re.compile(r"(\d{1,2})[-. ]+([^\W\d]+)\.?,?[- ]+(\d{4})|([^\W\d]+)\.? (\d{1,2}),? (\d{4})")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_SERIAL_START = date(1899, 12, 30)
"""Day 0 of the dates of spreadsheets."""


def is_day_first(cells: Iterable[str]) -> bool | None:
    """Whether `03/04/2021` is the 3rd of April in a column; None if no cell tells."""
    for cell in cells:
        found = _NUMBERS.fullmatch(cell)
        if found is not None and found[2] == "/":
            if int(found[1]) > 12:
                return True
            if int(found[3]) > 12:
                return False
    return None


def parse_day(cell: str, day_first: bool = False) -> date | None:
    """The day that a cell names; None if it names none.

    With slashes the month stands first unless `day_first`; with points the day does.
    """
    cell = cell.strip()
    try:
        if found := _ISO.fullmatch(cell):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _NUMBERS.fullmatch(cell):
            first, second, year = int(found[1]), int(found[3]), int(found[4])
            month_first = found[2] == "/" and not day_first and first <= 12
            month, day = (first, second) if month_first else (second, first)
            return date(year + 2000 if year < 100 else year, month, day)
        if found := _WORDS.fullmatch(cell):
            written, name, ad = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
            known = _month(name)
            return None if known is None else date(int(ad), known, int(written))
        if _SERIAL.fullmatch(cell):
            return _SERIAL_START + timedelta(days=int(float(cell)))
    except ValueError:
        return None
    return None


def _month(name: str) -> int | None:
    folded = name.casefold()
    return _MONTHS.get(folded) or _MONTHS.get(folded[:3])
