"""The facts about a function's handoffs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from orgtui.model.sentence import Ref, sentence
from orgtui.views.base.scene import Scene
from orgtui.views.pages.facts.entries import handoff_entries
from orgtui.views.pages.fields import TEXT, ChangeMapping, Field, SingleChoice
from orgtui.views.pages.listing import LabelledEntries, listing
from orgtui.views.pages.page import Entry

Ends = Callable[[str], tuple[str, str]]
"""Returns the ends (source, target) of a handoff for its other end."""


def outgoing_handoffs(scene: Scene, function: str) -> LabelledEntries:
    """The handoffs from a function, with a line that adds one."""
    entries = handoff_entries(scene, scene.view.handoffs_from(function), 1)
    more = _one_more(scene, "more-handoffs-to", function, lambda other: (function, other))
    return listing(scene, sentence("Hands over to"), map(_removable, entries), more)


def incoming_handoffs(scene: Scene, function: str) -> LabelledEntries:
    """The handoffs to a function, with a line that adds one."""
    entries = handoff_entries(scene, scene.view.handoffs_to(function), 0)
    more = _one_more(scene, "more-handoffs-from", function, lambda other: (other, function))
    return listing(scene, sentence("Takes from"), map(_removable, entries), more)


def _removable(entry: Entry) -> Entry:
    assert entry.target is not None
    source, target = entry.target.id.split(">")
    removal = {"op": "remove_handoff", "from": source, "to": target}
    return entry._replace(field=Field(str(entry.target), sentence("Handoff"), None, removal=(removal,)))


def _one_more(scene: Scene, name: str, function: str, ends: Ends) -> Field:
    """The field that adds a handoff: asks for the other end, then for what is handed over; it is tracked."""

    def others() -> Iterable[Ref]:
        return [ref for ref in scene.every("function", "department") if ref != Ref.to("function", function)]

    def follow_up(other: str) -> Field:
        source, target = ends(other)

        def changes(what: Any) -> list[ChangeMapping]:
            return [{"op": "add_handoff", "from": source, "to": target, "what": what, "tracked": True}]

        return Field("what", sentence("What is handed over"), TEXT, changes=changes)

    return Field(name, sentence("add a handoff"), SingleChoice(others, _as_end), follow_up=follow_up)


def _as_end(ref: Ref) -> str:
    return ref.id if ref.kind == "function" else str(ref)
