"""What each change did, in a few words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from orgtui.changes.base import Change
from orgtui.changes.parse import change_to_mapping
from orgtui.model.sentence import Money, Ref, Sentence, sentence
from orgtui.views.base.names import end_ref
from orgtui.views.base.scene import Scene

Written = Mapping[str, object]
"""A change as plans write it: its operation under `op`, then its fields."""


class PlanStep(Protocol):
    """Changes made together; one undo step."""

    @property
    def number(self) -> int: ...
    @property
    def changes(self) -> Sequence[Change | Written]: ...
    @property
    def why(self) -> str | None: ...
    @property
    def by(self) -> str | None: ...
    @property
    def wave(self) -> int: ...


SAID: Mapping[str, str] = {
    "move_person": "moved {person} to {to}",
    "move_team": "moved {team} below {to}",
    "move_function": "moved {function} to {to}",
    "add_function": "added {name} to {team}",
    "set_function": "changed {function}",
    "remove_function": "removed {function}",
    "set_stages": "let {function} serve {stages}",
    "create_team": "created {name} below {parent}",
    "rename": "renamed {before} to {name}",
    "dissolve_team": "dissolved {team}",
    "merge_teams": "merged {team} into {into}",
    "split_team": "split {name} off {team}",
    "set_lead": "made {person} lead of {team}",
    "pull_out": "pulled {function} out as {name}",
    "fold_back": "folded {team} back into {into}",
    "set_focus": "changed the focus of {team}",
    "assign": "put {person} on {function} at {share}",
    "unassign": "took {person} off {function}",
    "set_skill": "noted level {level} in {skill} for {person}",
    "set_learning": "let {person} learn {skill}",
    "add_seat": "added {person} to {team}",
    "fill_seat": "filled the seat of {person}",
    "empty_seat": "emptied the seat {person}",
    "close_seat": "closed the seat of {person}",
    "add_handoff": "joined {from} to {to} by a handoff",
    "track_handoff": "tracked the handoff from {from} to {to}",
    "remove_handoff": "removed the handoff from {from} to {to}",
    "add_share": "linked {from} with {to} on {topic}",
    "set_share": "changed the link of {from} with {to} on {topic}",
    "remove_share": "unlinked {from} and {to} on {topic}",
    "route_requests": "routed requests to {department} on {topic} through {via}",
    "set_liaison": "made {team} liaison to {department}",
    "add_goal": "added the goal {name}",
    "set_goal": "changed the goal {goal}",
    "remove_goal": "removed the goal {goal}",
    "take_goal": "gave {team} the goal {goal}",
    "drop_goal": "took the goal {goal} off {team}",
    "set_review": "set the review of {team} to {review}",
    "set_tools": "gave {team} the tools {tools}",
    "set_budget": "set the pay budget of {team} to {pay_budget}",
    "start_mission": "started the mission {name}",
    "end_mission": "ended the mission {mission}",
    "set_organization": "changed the organisation",
    "accept": "accepted {code} for {subjects}: {why}",
    "unaccept": "took back that {code} is accepted for {subjects}",
}
"""By operation, what it did."""

SAID_WITHOUT: Mapping[str, tuple[str, str]] = {
    "add_function": ("team", "added {name}, in no team yet"),
    "rename": ("before", "renamed {id} to {name}"),
    "set_lead": ("person", "left {team} without a lead"),
    "set_learning": ("on", "stopped {person} learning {skill}"),
    "track_handoff": ("tracked", "stopped tracking {from} to {to}"),
    "set_liaison": ("team", "left {department} without a liaison"),
    "set_tools": ("tools", "took all tools off {team}"),
    "set_budget": ("pay_budget", "took the pay budget off {team}"),
    "accept": ("subjects", "accepted {code}: {why}"),
    "unaccept": ("subjects", "took back that {code} is accepted"),
}
"""By operation, a field, and what was done where that field is not given, empty or false."""

DETAILS: Mapping[str, Mapping[str, str]] = {
    "move_function": {"people": "with {people}"},
    "add_function": {"stages": "serving {stages}"},
    "set_function": {
        "name": "name {name}",
        "area": "area {area}",
        "kind": "kind {kind}",
        "state": "state {state}",
        "difficulty": "difficulty {difficulty}",
        "fte_needed": "needs {fte_needed} FTE",
        "clear": "no {clear}",
    },
    "create_team": {"lead": "led by {lead}"},
    "dissolve_team": {
        "people_to": "people to {people_to}",
        "functions_to": "functions to {functions_to}",
        "children_to": "teams to {children_to}",
    },
    "split_team": {"functions": "with {functions}", "people": "with {people}", "lead": "led by {lead}"},
    "pull_out": {"people": "with {people}", "lead": "led by {lead}", "review_on": "to review {review_on}"},
    "set_focus": {"review_on": "to review {review_on}", "exit": "until {exit}"},
    "close_seat": {"lead_to": "{lead_to} leads instead"},
    "add_handoff": {"tracked": "tracked"},
    "add_share": {"how": "{how}", "every": "{every}"},
    "set_share": {"how": "{how}", "every": "{every}", "until": "until {until}", "clear": "no {clear}"},
    "set_goal": {
        "name": "name {name}",
        "pillar": "pillar {pillar}",
        "metric": "metric {metric}",
        "target": "target {target}",
        "review": "review {review}",
        "clear": "no {clear}",
    },
    "start_mission": {"lead": "led by {lead}", "people": "with {people}", "until": "until {until}"},
    "set_organization": {"vision": "vision {vision}", "review_on": "to review {review_on}"},
    "accept": {"until": "until {until}"},
}
"""By operation and field, what is added where the field is given."""

AND = "{said}, {detail}"
TOGETHER = "; "

WORDS = frozenset(("state", "every", "how", "review"))
"""Fields whose values are words that files choose from."""

KINDS: Mapping[str, str] = {
    "person": "person",
    "lead": "person",
    "lead_to": "person",
    "people": "person",
    "team": "team",
    "parent": "team",
    "into": "team",
    "via": "team",
    "people_to": "team",
    "functions_to": "team",
    "children_to": "team",
    "function": "function",
    "functions": "function",
    "stages": "stage",
    "area": "area",
    "goal": "goal",
    "pillar": "pillar",
    "department": "department",
    "mission": "mission",
    "tools": "tool",
}
"""What the ids in a field stand for."""


FIELD_LABELS: Mapping[str, str] = {
    "fte": "FTE",
    "fte_needed": "FTE needed",
    "pay_budget": "pay budget",
    "per_month": "a month",
}
"""What fields are called whose own names are no words."""


def describe(change: Change | Written, was: Written | None = None) -> Sentence:
    """What a change did; `was` is what it replaced, where that is known."""
    written = change_to_mapping(change) if isinstance(change, Change) else change
    op = str(written["op"])
    given = {field: _refs(op, field, value) for field, value in written.items() if _is_given(value)}
    if op == "track_handoff" and "tracked" not in written:
        given["tracked"] = True
    if was is not None and "name" in was:
        given["before"] = was["name"]
    needed, otherwise = SAID_WITHOUT.get(op, ("op", ""))
    said = SAID[op] if needed in given else otherwise
    told = Sentence(said, given)
    for field, words in DETAILS.get(op, {}).items():
        if field in given:
            told = sentence(AND, said=told, detail=Sentence(words, given))
    return told


def describe_all(scene: Scene, changes: Iterable[Change | Written]) -> str:
    """What changes made together did."""
    written = map(as_written, changes)
    return TOGETHER.join(scene.word(describe(each, _was(scene, each))) for each in written)


def as_written(change: Change | Written) -> Written:
    """A change as plan files write it."""
    return change_to_mapping(change) if isinstance(change, Change) else change


def _was(scene: Scene, written: Written) -> dict[str, object]:
    """The name in the baseline of what a rename gave another: steps of a session keep nothing else."""
    if written["op"] != "rename":
        return {}
    record = scene.baseline.tables[str(written["kind"])].get(str(written["id"]))
    return {} if record is None or record.name == written["name"] else {"name": record.name}


def _is_given(value: object) -> bool:
    return value is not False and value not in (None, "", [], ())


def _refs(op: str, field: str, value: object) -> object:
    if field in ("from", "to") and op.endswith("_handoff"):
        return end_ref(str(value))
    if field in ("from", "to") and op.endswith("_share"):
        return Ref(str(value))
    if field == "subjects" and isinstance(value, (list, tuple)):
        return tuple(Ref(str(each)) for each in value)
    if field == "clear" and isinstance(value, (list, tuple)):
        return tuple(Sentence(FIELD_LABELS.get(str(each), str(each))) for each in value)
    if field in WORDS:
        return Sentence(str(value))
    if field == "pay_budget" and isinstance(value, int | float):
        return Money(value)
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    kind = "team" if field == "to" else KINDS.get(field)
    if kind is None:
        return value
    if isinstance(value, (list, tuple)):
        return tuple(Ref.to(kind, str(each)) for each in value)
    return Ref.to(kind, str(value))
