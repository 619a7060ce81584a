"""Makers of entries for the values of facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from orgtui.locales import join_list
from orgtui.model.records import Handoff, Number, Share
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.views.base.names import end_ref, handoff_ref, request_ref, share_ref
from orgtui.views.base.new_id import new_id
from orgtui.views.base.scene import Scene
from orgtui.views.pages.fields import TEXT, ChangeMapping, Field, as_choice, one_of_refs, set_or_omit
from orgtui.views.pages.listing import LabelledEntries, field_entries, listing
from orgtui.views.pages.page import Entry


def text_entries(value: object) -> list[Entry]:
    """A value as one entry; none if it is empty."""
    return [] if value in (None, "") else [Entry(str(value))]


def record_entries(scene: Scene, kind: str, *ids: str | None) -> list[Entry]:
    """Records by name, as entries that lead to their pages; None is left out."""
    return [Entry(scene.name(kind, each), Ref.to(kind, each)) for each in ids if each is not None]


def editable_list(
    scene: Scene,
    label: Sentence,
    kind: str,
    ids: Iterable[str],
    *,
    another: Sentence,
    take: Callable[[str], ChangeMapping],
    drop: Callable[[str], ChangeMapping | None],
    words: Callable[[str], str] | None = None,
) -> LabelledEntries:
    """A list of records, each of which can be removed, and a line that adds another one.

    `take` and `drop` make the changes that add and remove a record by id; `drop` returns None if it must
    stay. `words` makes the text of a record, by default its name.
    """

    there = list(ids)

    def entry(each: str) -> Entry:
        ref = Ref.to(kind, each)
        dropped = drop(each)
        removal = () if dropped is None else (dropped,)
        field = Field(f"{label.template}:{each}", label, None, removal=removal)
        return Entry(words(each) if words else scene.names(ref), ref, field)

    others = one_of_refs(lambda: [ref for ref in scene.every(kind) if ref.id not in there])
    more = Field(label.template, another, others, changes=lambda each: (take(each),))
    return listing(scene, label, map(entry, there), more)


def in_order(scene: Scene, table: str, keys: Iterable[str]) -> list[str]:
    """The keys of a table in file order."""
    return sorted(keys, key=scene.organization.tables[table].rank)


def named_list(
    scene: Scene, label: Sentence, kind: str, another: Sentence, *, adding: str, removing: str
) -> LabelledEntries:
    """All records of a kind, each of which can be removed, and a line that adds one by its name."""
    records = scene.organization.tables[kind]

    def entry(each: str) -> Entry:
        field = Field(f"{kind}:{each}", label, None, removal=({"op": removing, kind: each},))
        return Entry(scene.name(kind, each), Ref.to(kind, each), field)

    def added(name: str | None) -> list[ChangeMapping]:
        named = {} if name is None else {"name": name}
        return [{"op": adding, kind: new_id(name or "", kind, records), **named}]

    return listing(scene, label, map(entry, records), Field(kind, another, TEXT, changes=added))


def place_field(scene: Scene, kind: str, identity: str, op: str) -> LabelledEntries:
    """The field for the record before which another one of an ordered table stands."""
    order = list(scene.organization.tables[kind])
    following = next(iter(order[order.index(identity) + 1 :]), None)
    others = [Ref.to(kind, each) for each in order if each != identity]
    choice = one_of_refs(lambda: others, optional=True)
    moved = set_or_omit(op, "before", **{kind: identity})
    field = Field("before", sentence("Stands before"), choice, as_choice(kind, following), moved)
    return field_entries(scene, field, scene.say("none: it is the last") if following is None else None)


def function_with_team(scene: Scene, function: str) -> str:
    """The name of a function with the name of its team."""
    team = scene.organization.functions[function].team
    beside = "" if team is None else f"  {scene.name('team', team)}"
    return f"{scene.name('function', function)}{beside}"


def link_entries(scene: Scene, ends: Sequence[str]) -> Iterator[Entry]:
    """The knowledge links of some ends, each beginning with its other end."""
    keys = dict.fromkeys(key for end in ends for key in scene.view.shares_at(end))
    here = set(ends)
    for key in sorted(keys, key=scene.organization.tables["share"].rank):
        share: Share = scene.organization.shares[key]
        out = share.source in here
        other = scene.names(Ref(share.target if out else share.source))
        how = [scene.say(each) for each in (share.every, share.how) if each]
        what = join_list([scene.name("skill", share.topic), *how])
        said = N_("to {other}: {what}") if out else N_("from {other}: {what}")
        yield Entry(scene.say(said, other=other, what=what), share_ref(key))


def handoff_entries(scene: Scene, keys: Iterable[tuple[str, str]], other: int) -> Iterator[Entry]:
    """Handoffs, each with its end `other` (0 or 1), what is handed over and whether it is tracked."""
    for key in sorted(keys, key=scene.organization.tables["handoff"].rank):
        handoff: Handoff = scene.organization.handoffs[key]
        tracked = scene.say(N_("tracked") if handoff.tracked else N_("not tracked"))
        words = join_list(each for each in (handoff.what, tracked, handoff.sla) if each)
        yield Entry(labelled(scene, end_words(scene, key[other]), words), handoff_ref(key))


def labelled(scene: Scene, label: str, what: str) -> str:
    """A label and what it is about, with the colon of the language between them."""
    return scene.say("{label}: {what}", label=label, what=what)


def end_words(scene: Scene, end: str) -> str:
    """The name of an end of a handoff, with the team of a function."""
    record = scene.organization.functions.get(end)
    name = scene.names(end_ref(end))
    return name if record is None or record.team is None else f"{name} ({scene.name('team', record.team)})"


def request_entries(scene: Scene, keys: Iterable[tuple[str, str, str]], other: str) -> Iterator[Entry]:
    """Requests, each with its other end (`department` or `team`) and its frequency."""
    for key in sorted(keys, key=scene.organization.tables["request"].rank):
        request = scene.organization.requests[key]
        end = Ref.to(other, request.department if other == "department" else request.team)
        monthly = request.per_month
        often = "" if monthly is None else scene.say("  {times} a month", times=format_number(monthly))
        link = dict(zip(("from", "to", "topic"), key, strict=True))
        removal = ({"op": "remove_request", **link},)
        field = Field(f"request:{'>'.join(key)}", sentence("Asks"), None, removal=removal)
        yield Entry(labelled(scene, scene.names(end), f"{request.topic}{often}"), request_ref(key), field)


def format_number(value: Number | None) -> str | None:
    """A number with thousands separators."""
    return None if value is None else f"{value:,}"
