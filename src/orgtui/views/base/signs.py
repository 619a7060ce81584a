"""The signs in rows, in Unicode and in ASCII."""

from __future__ import annotations

from dataclasses import dataclass

from orgtui.model.records import Severity


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs that view-models use; most are one cell wide."""

    unfolded: str = "▾"
    folded: str = "▸"
    function: str = "◆"
    error: str = "✖"
    warning: str = "▲"
    advice: str = "●"
    new: str = "+"
    changed: str = "~"
    moved: str = "→"
    gone: str = "−"
    minus: str = "−"
    gains: str = "+3 −3"
    refused: str = "×"
    one_way: str = "→"
    both_ways: str = "⇄"
    gives: str = "→"
    takes: str = "←"
    both: str = "⇄"
    becomes: str = "→"
    within: str = "›"
    bar: str = "█"
    tracked: str = "─"
    blind: str = "╌"
    arrow: str = "▶"
    broken: str = "✖"
    nothing: str = "–"
    no_link: str = "·"
    itself: str = "■"
    group_first: str = "┌"
    group_side: str = "│"
    group_last: str = "└"
    group_alone: str = "─"
    reason: str = "—"
    point: str = "○"
    home: str = "⌂"
    kin: str = "≈"
    stranger: str = "≠"
    pinned: str = "⊙"
    tie: str = "──"
    thick_tie: str = "━━"
    gone_tie: str = "╌╌"
    learns: str = "↓ ↑"
    bridge: str = "╔═╗"
    note: str = "✎"
    unreviewed: str = "◦"
    ellipsis: str = "…"

    def severity(self, severity: Severity) -> str:
        """The sign of a severity."""
        return {"error": self.error, "warning": self.warning, "advice": self.advice}[severity]

    def signed(self, number: int) -> str:
        """A balance with its sign: `+1`, `−3`, `0`."""
        return f"{self.minus if number < 0 else '+' if number else ''}{abs(number)}"


UNICODE = Signs()

ASCII = Signs(
    unfolded="v",
    folded=">",
    function="*",
    error="E",
    warning="W",
    advice="A",
    moved=">",
    gone="-",
    minus="-",
    gains="+3 -3",
    refused="x",
    one_way="->",
    both_ways="<->",
    gives=">",
    takes="<",
    both="=",
    becomes="->",
    within=">",
    bar="#",
    tracked="-",
    blind=".",
    arrow=">",
    broken="X",
    nothing="-",
    no_link=".",
    itself="#",
    group_first="/",
    group_side="|",
    group_last="\\",
    group_alone="-",
    reason="-",
    point="o",
    home="=",
    kin="~",
    stranger="!",
    pinned="@",
    tie="--",
    thick_tie="== H",
    gone_tie=".. :",
    learns="v ^",
    bridge="#=#",
    note='"',
    unreviewed="o",
    ellipsis="~",
)
