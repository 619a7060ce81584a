"""What is decided about a seat in the review of the plan."""

from __future__ import annotations

from orgtui.model.days import clock
from orgtui.model.sentence import Sentence, sentence
from orgtui.views.base.scene import Scene
from orgtui.views.base.verdicts import SeatVerdict
from orgtui.views.pages.listing import LabelledEntries
from orgtui.views.pages.page import Entry
from orgtui.views.words.decisions import VERDICT_WORDS


def verdict_on_seat(scene: Scene, person: str) -> LabelledEntries:
    """The verdict on a seat, by whom and when; nothing for one without while no review has begun."""
    reviews = scene.reviews()
    entries: list[Entry] = []
    if reviews is not None:
        given = reviews.verdict(person)
        if given is not None:
            entries.append(Entry(scene.translate(_words(given))))
        elif reviews.has_begun and reviews.is_left(person):
            entries.append(Entry(scene.say("still to be reviewed"), role="dim"))
    return sentence("Verdict on the seat"), entries


def _words(given: SeatVerdict) -> Sentence:
    verdict = Sentence(VERDICT_WORDS[given.verdict])
    if given.is_automatic:
        verdict = sentence("{verdict}, as the plan does", verdict=verdict)
    if given.who is None or given.at is None:
        return verdict
    return sentence("{verdict} · {who}, {time}", verdict=verdict, who=given.who, time=clock(given.at))
