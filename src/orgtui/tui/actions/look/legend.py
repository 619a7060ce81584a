"""The signs on screen, and what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from orgtui.model.sentence import Sentence, sentence
from orgtui.session.timeline.step import UNVOUCHED
from orgtui.tui.commands.command import CARRY, FINDINGS, FUNNEL, KNOWLEDGE, SUGGEST, TEAMS
from orgtui.tui.widgets.text import Glyphs
from orgtui.views.base.signs import Signs

Legend = Iterable[tuple[str, Sentence]]

FINDING_SIGNS: Legend = (
    ("error", sentence("error: the structure does not hold")),
    ("warning", sentence("warning: a principle is broken")),
    ("advice", sentence("advice: worth a talk")),
)

CHANGE_SIGNS: Legend = (
    ("new", sentence("new against the baseline")),
    ("moved", sentence("moved here")),
    ("changed", sentence("changed")),
    ("gone", sentence("left, closed or ended")),
    ("becomes", sentence("from what before to what now")),
)

COMMON_SIGNS: Legend = (
    ("marked", sentence("marked")),
    ("carried", sentence("being carried")),
    ("related", sentence("belongs to what the cursor is on, in another pane")),
    ("peer", sentence("the cursor of somebody else in this session")),
    ("pinned", sentence("kept where it is in all that is suggested")),
    ("note", sentence("there is a note on it; in full below, if there is room, and on its page")),
    ("unreviewed", sentence("a seat that is still to be reviewed")),
    ("ellipsis", sentence("there is more than fits here")),
)

PANE_SIGNS: Mapping[str, Legend] = {
    TEAMS: (
        ("unfolded", sentence("a team, unfolded")),
        ("folded", sentence("a team, folded")),
        ("function", sentence("a function, in the team that is accountable for it")),
    ),
    FUNNEL: (
        ("bar", sentence("the stages that a function serves")),
        ("tracked", sentence("data reaches the next stage, and somebody tracks it")),
        ("blind", sentence("work goes on to the next stage, but nobody tracks it")),
        ("arrow", sentence("to the next stage")),
        ("broken", sentence("nothing joins these two stages")),
    ),
    KNOWLEDGE: (
        ("one_way", sentence("shares what it knows with the other")),
        ("both_ways", sentence("both share what they know")),
        ("gives", sentence("(table) the team of the row shares with that of the column")),
        ("takes", sentence("(table) the team of the column shares with that of the row")),
        ("both", sentence("(table) both share")),
        ("no_link", sentence("(table) nothing is shared")),
        ("itself", sentence("(table) the team itself")),
        ("group_side", sentence("(table) teams that share much among themselves")),
        ("nothing", sentence("no rhythm is agreed")),
        ("learns", sentence("(web) the team that the arrow points at learns from the other")),
        ("tie", sentence("(web) two teams share one topic")),
        ("thick_tie", sentence("(web) two teams share several topics")),
        ("gone_tie", sentence("(web) two teams shared something before, and do no more")),
        ("bridge", sentence("(web) a bridge: without this team others would no longer be joined")),
    ),
    FINDINGS: (),
}
"""The signs of each pane."""

CARRYING_SIGNS: Legend = (
    (
        "gains",
        sentence("mended less broken, by weight (error 9, warning 3, advice 1), and how it fits there"),
    ),
    (
        "changed",
        sentence("it stays: one more in the balance if it is smaller, one less if larger"),
    ),
    ("home", sentence("home, +3: its kind of work is at home there")),
    ("kin", sentence("kin, +1: work there shares its area, its skills or a handoff")),
    ("stranger", sentence("stranger, −6: nothing there is like it")),
    ("refused", sentence("it cannot be dropped there")),
)

SUGGESTED_SIGNS: Legend = (
    ("folded", sentence("the plan that is recommended: little left and few people touched")),
    ("point", sentence("a plan in the picture; the chosen one is its number in the list")),
    ("refused", sentence("a step that cannot be made without what is left out")),
)

MODE_SIGNS: Mapping[str, Legend] = {CARRY: CARRYING_SIGNS, SUGGEST: SUGGESTED_SIGNS}

UNEXPLAINED = frozenset(
    {"minus", "within", "reason", "horizontal", "vertical", "group_first", "group_last", "group_alone"}
)
"""Punctuation, lines, and parts of signs that are explained as a whole."""

UNVOUCHED_NAME = sentence("nothing vouches for this name: others can have written it")


class Sign(NamedTuple):
    """A sign as it looks, and what it means."""

    sign: str
    means: Sentence


def legend(signs: Signs, glyphs: Glyphs, pane: str, mode: str) -> Iterator[Sign]:
    """All signs: those of the mode first, then those of the pane, of findings and changes, of other panes."""
    others = [each for name, each in PANE_SIGNS.items() if name != pane]
    own = (MODE_SIGNS.get(mode, ()), PANE_SIGNS.get(pane, ()))
    for part in (*own, FINDING_SIGNS, CHANGE_SIGNS, COMMON_SIGNS, *others):
        for name, means in part:
            yield Sign(getattr(signs, name, None) or getattr(glyphs, name), means)
    yield Sign(f"li{UNVOUCHED}", UNVOUCHED_NAME)
