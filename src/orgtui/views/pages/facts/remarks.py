"""Notes on records, and the targets of the organisation and of teams."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from orgtui.model.kinds import METRICS, SUBJECT_KINDS, TEAM_METRICS
from orgtui.model.records import Note, Target
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.views.base.scene import Scene
from orgtui.views.pages.facts.entries import format_number
from orgtui.views.pages.fields import NUMBER, TEXT, ChangeMapping, Field, one_of_refs, one_of_words
from orgtui.views.pages.listing import LabelledEntries, listing
from orgtui.views.pages.page import Entry
from orgtui.views.words import remarks as words

BOUNDS: Mapping[str, str] = {N_("at most"): "at_most", N_("at least"): "at_least"}
"""The bounds of targets as they are chosen, and their keys."""


def notes_on(scene: Scene, ref: Ref) -> Iterable[LabelledEntries]:
    """The notes on a record, with a line that adds one; nothing for what no note can be on."""
    if ref.kind not in SUBJECT_KINDS:
        return

    def entry(note: Note) -> Entry:
        removal = ({"op": "remove_note", "on": note.on, "text": note.text},)
        return Entry(
            words.note_words(note), None, Field(f"note:{note.text}", sentence("Notes"), None, removal=removal)
        )

    def added(text: str | None) -> list[ChangeMapping]:
        return [{"op": "note", "on": str(ref), **({} if text is None else {"text": text})}]

    there = [entry(note) for note in words.notes_on(scene, ref)]
    seat = scene.organization.people.get(ref.id) if ref.kind == "person" else None
    if seat is not None and seat.state == "closed":
        yield sentence("Notes"), there
        return
    more = Field("note", sentence("add a note"), TEXT, changes=added)
    yield listing(scene, sentence("Notes"), there, more)


def targets_of(scene: Scene, team: str | None) -> LabelledEntries:
    """The targets of a team, or of the whole organisation, with a line that adds one."""
    of_team = {} if team is None else {"team": team}
    metrics = METRICS if team is None else TEAM_METRICS

    def bounded(metric: str, bound: str) -> Field:
        def changes(number: object) -> list[ChangeMapping]:
            given = {} if number is None else {bound: number}
            return [{"op": "set_target", "metric": metric, **of_team, **given}]

        return Field("number", sentence("Number"), NUMBER, None, changes)

    def of_metric(metric: str) -> Field:
        return Field(
            "bound",
            sentence("At most or at least?"),
            one_of_words(BOUNDS),
            follow_up=lambda word: None if word is None else bounded(metric, BOUNDS[word]),
        )

    def entry(target: Target) -> Entry:
        number = target.at_most if target.at_least is None else target.at_least
        written = {"metric": target.metric, **of_team, target.bound: number}

        def changes(value: object) -> list[ChangeMapping]:
            return [{"op": "set_target", **written, target.bound: value}]

        label = Sentence(BOUND_WORDS[target.bound], {"metric": Ref.to("metric", target.metric)})
        removal = ({"op": "remove_target", **written},)
        name = f"target:{target.metric}:{target.bound}"
        field = Field(name, label, NUMBER, format_number(number), changes, removal)
        return Entry(format_number(number) or "", None, field, before=f"{scene.translate(label)} ")

    there = [each for each in scene.organization.targets.values() if each.team == team]
    choice = one_of_refs(lambda: [Ref.to("metric", metric) for metric in metrics])
    more = Field("target", sentence("add a target"), choice, follow_up=of_metric)
    return listing(scene, sentence("Targets"), map(entry, there), more)


BOUND_WORDS: Mapping[str, str] = {"at_most": N_("{metric}: at most"), "at_least": N_("{metric}: at least")}
