"""How wide text is, without a font at hand: at least as wide as any of the system fonts that show it.

Pictures name system fonts and carry none. The widths are those of DejaVu Sans, the widest of the fonts that
systems fall back to (Arial, Helvetica, Segoe UI, Roboto and Noto Sans are narrower), so that what fits by
them fits on every machine.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import combining, east_asian_width

_FIRST = " "
_REGULAR = (
    *(318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636),
    *(636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775),
    *(752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390),
    *(337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612),
    *(635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838),
)
_BOLD = (
    *(348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696, 696),
    *(696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683, 683, 821),
    *(837, 372, 372, 775, 637, 995, 837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457),
    *(365, 457, 838, 500, 500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687),
    *(716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838),
)
"""Thousandths of the size for the printable characters of ASCII."""

_WIDE = 1000
_OTHER = 900
"""Thousandths for East Asian characters and emoji, and for all others beyond ASCII."""

_NARROW = {"\u00a0": 348, "·": 380}
"""Thousandths for what stands between parts of a line: a fixed space and a middle dot."""


@lru_cache(maxsize=4096)
def _character_width(character: str, is_bold: bool) -> int:
    place = ord(character) - ord(_FIRST)
    if 0 <= place < len(_REGULAR):
        return (_BOLD if is_bold else _REGULAR)[place]
    if character in _NARROW:
        return _NARROW[character]
    if combining(character) or character in "\u200c\u200d\ufe0e\ufe0f":
        return 0
    return _WIDE if east_asian_width(character) in "WFA" else _OTHER


def text_width(text: str, size: float, *, is_bold: bool = False) -> float:
    """The width of a text in points at a size in points; rather too wide than too narrow."""
    return sum(_character_width(character, is_bold) for character in text) * size / 1000


def wrapped(text: str, width: float, size: float, *, is_bold: bool = False) -> list[str]:
    """A text in lines that are at most `width` points wide; nothing of it is left out.

    Lines break at spaces, and between East Asian characters; a word that is wider is broken anywhere.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if text_width((line + piece).rstrip(), size, is_bold=is_bold) <= width:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = piece.lstrip()
        while text_width(line.rstrip(), size, is_bold=is_bold) > width and len(line) > 1:
            end = max(1, _fitting(line, width, size, is_bold))
            lines.append(line[:end])
            line = line[end:]
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return lines


def longest_word(text: str, size: float, *, is_bold: bool = False) -> float:
    """The width of the widest part of a text in which no line may break."""
    return max(text_width(each.rstrip(), size, is_bold=is_bold) for each in _pieces(text))


def _fitting(line: str, width: float, size: float, is_bold: bool) -> int:
    """How many characters of a line fit."""
    used = 0.0
    for number, character in enumerate(line):
        used += _character_width(character, is_bold) * size / 1000
        if used > width:
            return number
    return len(line)


def _pieces(text: str) -> list[str]:
    """A text cut at the places where a line may break; spaces stay at the end of the piece before."""
    pieces: list[str] = []
    piece = ""
    for character in text:
        if piece and ((piece.endswith(" ") and character != " ") or _breaks(piece[-1], character)):
            pieces.append(piece)
            piece = ""
        piece += character
    return [*pieces, piece]


_NOT_FIRST = "，。、；：！？）」』》”’％%,.;:!?)]}"
_NOT_LAST = "（「『《“‘([{"


def _breaks(before: str, after: str) -> bool:
    """Whether a line may break between two characters that are no spaces."""
    if after == " " or after in _NOT_FIRST or before in _NOT_LAST or combining(after):
        return False
    return east_asian_width(before) in "WF" or east_asian_width(after) in "WF"
