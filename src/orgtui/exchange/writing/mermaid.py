"""The format `mermaid`: flowcharts for wikis, each of a size that Mermaid draws by default."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orgtui.exchange.writing.chart.cards import Card, Line
from orgtui.exchange.writing.chart.sheets import Sheet, is_wide, packed, sheets_of
from orgtui.exchange.writing.drawing.measure import wrapped
from orgtui.exchange.writing.formats import Files, Options
from orgtui.exchange.writing.report import Report
from orgtui.locales import translate
from orgtui.model.sentence import sentence

MOST_CHARACTERS = 30_000
"""How much the cards of a diagram may come to. Mermaid refuses more than 50,000 in all (`maxTextSize`)."""

CHARACTERS_A_LINE = 180
"""What a line of a card counts at least, so that a diagram of short names is not too large to be read."""

LONGEST_ESCAPE = 6
"""How many characters one may become, `#123;`, and its part in a line break."""

SIZE = 14.0
CARD_WIDTH = 230.0
CAPTION_WIDTH = 520.0

SETTINGS = """\
%%{init: {"themeVariables": {"fontSize": "14px"}, "flowchart": {"curve": "CURVE", "wrappingWidth": 640}}}%%"""
CURVES = {"TB": "step", "LR": "basis"}
"""Right angles look best; between columns they would run behind boxes."""

STYLES = """\
  classDef default fill:#ffffff,stroke:#9aa3ad,color:#1b1f24,text-align:left
  classDef caption fill:none,stroke:none,text-align:left
  classDef new fill:#e6f1f8,stroke:#0067a8,stroke-width:2px,color:#1b1f24,text-align:left
  classDef moved fill:#e6f1f8,stroke:#0067a8,stroke-width:2px,color:#1b1f24,text-align:left
  classDef changed fill:#ffffff,stroke:#0067a8,stroke-width:2px,color:#1b1f24,text-align:left
  classDef gone fill:#f4f4f4,stroke:#6b737c,stroke-dasharray:5 4,color:#565d66,text-align:left
  classDef focus stroke-width:4px"""

_UNSAFE = re.compile(r"""[!-&*+\-./:-@\[-`{-~]|(?<=[0-9])\)""")
"""Characters that mean something to Mermaid, HTML or Markdown, within a quoted label or at its beginning."""

_MARKS = re.compile(r"[*_]|\$(?=\$)")
_APART = "\ufeff"
"""No width, and a space to Mermaid: behind a star it keeps it from being emphasis, behind `$` mathematics."""


def write(report: Report, options: Options) -> Files:
    """The tree as Mermaid text, in several files if it is large: an overview first, then its parts."""
    sheets = sheets_of(report, _weight, MOST_CHARACTERS)
    texts = ["\n".join(_lines(sheet)) + "\n" for sheet in sheets]
    if len(texts) == 1:
        return {"tree.mmd": texts[0].encode()}
    return {f"tree-{number}.mmd": text.encode() for number, text in enumerate(texts, 1)}


def escaped(text: str) -> str:
    """A text as a label shows it: what means something is written as its number, `#35;` for `#`."""
    apart = _MARKS.sub(lambda found: found[0] + _APART, text)
    return _UNSAFE.sub(lambda found: f"#{ord(found[0])};", apart)


def _weight(card: Card) -> int:
    """About how many characters a card comes to, rather more than it does."""
    texts = (card.heading, card.about, *(line.text for line in card.lines))
    return sum(max(CHARACTERS_A_LINE, LONGEST_ESCAPE * len(text)) for text in texts)


def _lines(sheet: Sheet) -> Iterator[str]:
    direction = "LR" if is_wide(sheet.cards) else "TB"
    yield SETTINGS.replace("CURVE", CURVES[direction])
    yield f"flowchart {direction}"
    yield f'  caption["{_caption(sheet)}"]:::caption'
    for card in sheet.cards:
        style = f":::{card.mark}" if card.mark else ""
        yield f'  {card.key}["{_label(card, sheet.folded.get(card.key, ""))}"]{style}'
    shown = {card.key for card in sheet.cards}
    for card in sheet.cards:
        if card.parent in shown:
            yield f"  {card.parent} {'-.-' if card.mark == 'gone' else '---'} {card.key}"
    yield f"  caption ~~~ {sheet.cards[0].key}"
    yield from _knowledge(sheet)
    yield STYLES
    focus = [card.key for card in sheet.cards if card.is_focus]
    if focus:
        yield f"  class {','.join(focus)} focus"


def _knowledge(sheet: Sheet) -> Iterator[str]:
    """The lines of knowledge between names of teams, beside the tree: among its boxes they would bend it."""
    if not sheet.links:
        return
    names = {card.key: card.name for card in sheet.cards}
    title = translate(sentence("Knowledge shared"))
    yield f'  subgraph knowledge["{escaped(title)}"]'
    yield "    direction LR"
    for key in dict.fromkeys(key for link in sheet.links for key in (link.source, link.target)):
        yield f'    k{key}(["{"<br/>".join(_wrapped(names[key], CARD_WIDTH))}"])'
    for link in sheet.links:
        label = "<br/>".join(_wrapped(link.label, CARD_WIDTH))
        yield f'    k{link.source} {"<-.->" if link.both_ways else "-.->"}|"{label}"| k{link.target}'
    yield "  end"
    yield f"  {sheet.cards[-1].key} ~~~ knowledge"
    yield "  style knowledge fill:none,stroke:#9aa3ad"


def _caption(sheet: Sheet) -> str:
    title, *rest = sheet.caption
    lines = [_tagged("b", line) for line in _wrapped(title, CAPTION_WIDTH, is_bold=True)]
    lines += [line for text in rest for line in _wrapped(text, CAPTION_WIDTH)]
    return "<br/>".join((*lines, *map(escaped, packed(sheet.legend, CAPTION_WIDTH, SIZE))))


def _label(card: Card, folded: str) -> str:
    heading = [_tagged("b", line) for line in _wrapped(card.heading, CARD_WIDTH, is_bold=True)]
    about = [
        _tagged("i", line) for text in (card.about, folded) if text for line in _wrapped(text, CARD_WIDTH)
    ]
    seats = [text for line in card.lines for text in _seat(line)]
    return "<br/>".join((*heading, *about, *seats))


def _seat(line: Line) -> Iterator[str]:
    tag = {"gone": "s", "vacant": "i"}.get(line.role)
    for text in _wrapped(line.text, CARD_WIDTH):
        yield _tagged(tag, text) if tag else text


def _wrapped(text: str, width: float, *, is_bold: bool = False) -> Iterator[str]:
    return map(escaped, wrapped(text, width, SIZE, is_bold=is_bold))


def _tagged(tag: str, text: str) -> str:
    return f"<{tag}>{text}</{tag}>"
