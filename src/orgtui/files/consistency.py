"""Consistency checks of an organisation file: ids, references, duplicates, the tree of teams.

They work on plain data in which invalid values are None, so that each defect is reported once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from orgtui.files.schema.rule_catalogue import RuleCatalogue
from orgtui.files.toml.document import Document
from orgtui.files.toml.problems import KeyPath
from orgtui.model import kinds as k
from orgtui.model.gate import look_alikes
from orgtui.model.kinds import METRICS, SUBJECT_KINDS, TEAM_METRICS
from orgtui.model.records import DEPARTMENT_PREFIX, PERSON_PREFIX, TEAM_PREFIX
from orgtui.model.schema import closest, missing, nearest, shown
from orgtui.model.sentence import N_, Sentence, sentence

Entry = Mapping[str, Any]

PILLARS: KeyPath = ("organization", "pillars")
LISTS_WITH_IDS: tuple[KeyPath, ...] = (
    PILLARS,
    *((table,) for table in ("department", "stage", "area", "team", "function", "person")),
    *((table,) for table in ("skill", "goal", "mission", "tool")),
)
"""The lists whose entries have ids."""

REFERENCES: tuple[tuple[str, str, str], ...] = (
    ("department", "liaison", "team"),
    ("stage", "owner", "department"),
    ("team", "parent", "team"),
    ("team", "lead", "person"),
    ("team", "goals", "goal"),
    ("team", "tools", "tool"),
    ("function", "area", "area"),
    ("function", "team", "team"),
    ("function", "stages", "stage"),
    ("person", "team", "team"),
    ("person", "functions", "function"),
    ("goal", "pillar", "pillar"),
    ("request", "from", "team"),
    ("request", "to", "department"),
    ("mission", "lead", "person"),
    ("mission", "people", "person"),
    ("mission", "goal", "goal"),
    ("target", "team", "team"),
)
"""Table, key, and the kind of record to which the value, its entries or its keys refer."""

LISTS_OF_UNIQUE_VALUES: tuple[tuple[str, str], ...] = (
    ("team", "goals"),
    ("team", "tools"),
    ("function", "stages"),
    ("person", "learning"),
    ("mission", "people"),
    ("accept", "subjects"),
)

UNIQUE_KEYS: Mapping[str, tuple[str, ...]] = {
    "handoff": ("from", "to"),
    "share": ("from", "to", "topic"),
    "request": ("from", "to", "topic"),
    "note": ("on", "text"),
    "accept": ("code", "subjects"),
}
"""The keys that identify an entry in the tables without ids."""

END_KINDS: Mapping[str, Mapping[str, str]] = {
    "handoff": {DEPARTMENT_PREFIX: "department", "": "function"},
    "share": {TEAM_PREFIX: "team", PERSON_PREFIX: "person"},
}
"""The kinds of the ends of links, by prefix."""


class Consistency:
    """The checks of one document; references to `unknown_kinds`, whose ids are not known, are not checked."""

    def __init__(self, document: Document, rules: RuleCatalogue, unknown_kinds: Iterable[str] = ()) -> None:
        self.document = document
        self.rules = rules
        self.ids: dict[str, Mapping[str, int] | None] = {}
        self._well_formed = document.is_valid
        """Whether all values are valid: then whole tables are checked fast before their entries are."""
        self._entries: dict[tuple[str, ...], Sequence[tuple[int, Entry]]] = {}
        for path in LISTS_WITH_IDS:
            kind = "pillar" if path == PILLARS else str(path[0])
            self.ids[kind] = self._ids(path)
        self.ids.update(dict.fromkeys(unknown_kinds))

    def check(self) -> None:
        """Note everything that does not fit together."""
        self._check_names()
        self._check_lists()
        self._check_references()
        self._check_ends()
        self._check_duplicates()
        self._check_tree()
        self._check_focus()
        self._check_people()
        self._check_links()
        self._check_targets()
        self._check_notes()
        self._check_rules()
        self._check_acceptances()

    # -- access ----------------------------------------------------------------------------------

    def entries(self, *path: str) -> Sequence[tuple[int, Entry]]:
        """The entries of a list of tables with their positions; invalid ones are left out."""
        known = self._entries.get(path)
        if known is None:
            found: Any = self.document.data
            for key in path:
                found = found.get(key) if isinstance(found, dict) else None
            known = list(enumerate(found or ()))
            if not self._well_formed:
                known = [(place, entry) for place, entry in known if isinstance(entry, dict)]
            self._entries[path] = known
        return known

    def _ids(self, path: KeyPath) -> dict[str, int] | None:
        """The position of each id in a list; None if the list or its table is invalid."""
        if path in self.document or path[:1] in self.document:
            return None
        entries = self.entries(*map(str, path))
        if self._well_formed:
            places = {entry["id"]: place for place, entry in entries}
            if len(places) == len(entries):
                return places
        ids: dict[str, int] = {}
        for place, entry in entries:
            identity = entry.get("id")
            if not isinstance(identity, str):
                continue
            first = ids.setdefault(identity, place)
            if first != place:
                self.document.add_problem(
                    (*path, place, "id"),
                    sentence("the id {id} is taken", id=shown(identity)),
                    sentence("{entry} has it: choose another", entry=self.document.place((*path, first))),
                )
        return ids

    def _check_reference(self, path: KeyPath, kind: str, identity: str) -> None:
        """Add a problem if a reference has no target."""
        known = self.ids[kind]
        if known is None or identity in known:
            return
        close = closest(identity, known)
        self.document.add_problem(
            path,
            sentence("no {kind} has the id {id}", kind=sentence(kind), id=shown(identity)),
            sentence("the nearest known one is {nearest}", nearest=close)
            if close
            else sentence("write the id of one in this file"),
        )

    # -- references and duplicates ---------------------------------------------------------------

    def _check_references(self) -> None:
        for table, key, kind in REFERENCES:
            known = self.ids[kind]
            if known is None or (self._well_formed and self._referenced_ids(table, key) <= known.keys()):
                continue
            for place, entry in self.entries(table):
                value = entry.get(key)
                if isinstance(value, str):
                    self._check_reference((table, place, key), kind, value)
                elif isinstance(value, dict):
                    for each in value:
                        self._check_reference((table, place, key, each), kind, each)
                elif isinstance(value, list):
                    for number, each in enumerate(value):
                        if each is not None:
                            self._check_reference((table, place, key, number), kind, each)
        for place, team in self.entries("team"):
            focus = team.get("focus") or {}
            if focus.get("function") is not None:
                self._check_reference(("team", place, "focus", "function"), "function", focus["function"])

    def _referenced_ids(self, table: str, key: str) -> set[str]:
        """All ids to which a key refers in the entries of a table."""
        values = [entry[key] for _, entry in self.entries(table) if key in entry]
        return set(values) if values and isinstance(values[0], str) else set().union(*values)

    def _check_ends(self) -> None:
        for table, kinds in END_KINDS.items():
            for place, link in self.entries(table):
                for key in ("from", "to"):
                    end = link.get(key)
                    if end is None:
                        continue
                    prefix, kind = self._end(kinds, end)
                    if kind is not None:
                        self._check_reference((table, place, key), kind, end.removeprefix(prefix))
                    else:
                        self.document.add_problem(
                            (table, place, key),
                            sentence("{end} is neither a team nor a person", end=shown(end)),
                            sentence("write team:ID or person:ID"),
                        )

    @staticmethod
    def _end(kinds: Mapping[str, str], end: str) -> tuple[str, str | None]:
        for prefix, kind in kinds.items():
            if end.startswith(prefix):
                return prefix, kind
        return "", None

    def _check_duplicates(self) -> None:
        for table, keys in UNIQUE_KEYS.items():
            first: dict[tuple[object, ...], int] = {}
            for place, entry in self.entries(table):
                values = tuple(entry.get(key) for key in keys)
                if None in values:
                    continue
                identity = tuple(tuple(each) if isinstance(each, list) else each for each in values)
                earlier = first.setdefault(identity, place)
                if earlier != place:
                    self._add_twin(table, place, earlier)

    def _add_twin(self, table: str, place: int, earlier: int) -> None:
        self.document.add_problem(
            (table, place),
            sentence("{entry} says the same", entry=self.document.place((table, earlier))),
            sentence("keep one of them"),
        )

    def _check_names(self) -> None:
        for path in LISTS_WITH_IDS:
            entries = self.entries(*map(str, path))
            alike = look_alikes(entry["name"] for _, entry in entries if isinstance(entry.get("name"), str))
            for place, entry in entries if alike else ():
                if entry.get("name") in alike:
                    self.document.add_problem(
                        (*path, place, "name"),
                        sentence(
                            "{name} looks like another name and is not the same", name=shown(entry["name"])
                        ),
                        sentence("write it as {other}", other=shown(alike[entry["name"]])),
                    )

    def _check_lists(self) -> None:
        for table, key in LISTS_OF_UNIQUE_VALUES:
            for place, entry in self.entries(table):
                values = entry.get(key)
                if values and not (self._well_formed and len(set(values)) == len(values)):
                    self._check_list(values, (table, place, key))

    def _check_list(self, values: object, path: KeyPath) -> None:
        if not isinstance(values, list):
            return
        first: dict[object, int] = {}
        for number, value in enumerate(values):
            each = tuple(value) if isinstance(value, list) else value
            if each is not None and first.setdefault(each, number) != number:
                self.document.add_problem(
                    (*path, number),
                    sentence("{value} stands in this list twice", value=shown(value)),
                    sentence("keep one of them"),
                )

    # -- teams and people --------------------------------------------------------------------------

    def _check_tree(self) -> None:
        roots = [place for place, team in self.entries("team") if "parent" not in team]
        if not roots and ("team",) not in self.document:
            self.document.add_problem(
                ("team",),
                sentence("no team is the root"),
                sentence("leave out the parent of the team at the top"),
                at=(),
            )
        for place in roots[1:]:
            self.document.add_problem(
                ("team", place, "parent"),
                sentence(
                    "this is a second root, {root} is one", root=self.document.place(("team", roots[0]))
                ),
                sentence("write the parent of this team"),
                at=("team", place),
            )
        for loop in self._loops():
            self.document.add_problem(
                ("team", self._position("team", loop[0]), "parent"),
                sentence("these teams lie below one another: {loop}", loop=" → ".join([*loop, loop[0]])),
                sentence("let one of them have a parent outside"),
            )

    def _loops(self) -> Iterator[list[str]]:
        """Each loop of teams, from its smallest id towards the parents."""
        places = self.ids["team"] or {}
        parents: dict[str, str] = {
            team["id"]: team["parent"]
            for place, team in self.entries("team")
            if isinstance(team.get("parent"), str) and places.get(team.get("id", "")) == place
        }
        done: set[str] = set()
        for start in parents:
            way: dict[str, None] = {}
            next_up: str | None = start
            while next_up is not None and next_up not in done and next_up not in way:
                way[next_up] = None
                next_up = parents.get(next_up)
            if next_up in way:
                loop = list(way)[list(way).index(next_up) :]
                smallest = loop.index(min(loop))
                yield loop[smallest:] + loop[:smallest]
            done.update(way)

    def _position(self, kind: str, identity: str) -> int:
        return (self.ids[kind] or {})[identity]

    def _check_focus(self) -> None:
        taken: dict[str, int] = {}
        for place, team in self.entries("team"):
            focus = team.get("focus")
            if focus is None:
                continue
            if "parent" not in team:
                self.document.add_problem(
                    ("team", place, "focus"),
                    sentence("the root cannot be a focus team"),
                    sentence("take the focus out, or write the parent of this team"),
                )
            function = focus.get("function")
            if function is not None and taken.setdefault(function, place) != place:
                self.document.add_problem(
                    ("team", place, "focus", "function"),
                    sentence(
                        "{team} is the focus team on this",
                        team=self.document.place(("team", taken[function])),
                    ),
                    sentence("a function has one focus team: choose"),
                )

    def _check_people(self) -> None:
        closed = set()
        for place, person in self.entries("person"):
            if person.get("state") == "closed":
                closed.add(person.get("id"))
            elif "name" not in person and person.get("state", "filled") == "filled":
                self.document.add_problem(("person", place, "name"), *missing(k.NAME))
        for place, team in self.entries("team"):
            if team.get("lead") is not None and team["lead"] in closed:
                self.document.add_problem(
                    ("team", place, "lead"),
                    sentence("the seat {person} is closed and leads nothing", person=shown(team["lead"])),
                    sentence("write an open seat, or leave the lead out"),
                )
            if "acting_until" in team and "lead" not in team:
                self.document.add_problem(
                    ("team", place, "acting_until"),
                    sentence("nobody leads this team for a time"),
                    sentence("write its lead, or leave acting_until out"),
                )

    def _check_links(self) -> None:
        teams = {person.get("id"): person.get("team") for _, person in self.entries("person")}
        for place, handoff in self.entries("handoff"):
            source, target = handoff.get("from"), handoff.get("to")
            if source is None or target is None:
                continue
            if source.startswith(DEPARTMENT_PREFIX) and target.startswith(DEPARTMENT_PREFIX):
                wrong = sentence("both ends are departments")
                right = sentence("let one end be a function")
                self.document.add_problem(("handoff", place, "to"), wrong, right)
            elif source == target:
                wrong = sentence("both ends are {end}", end=shown(source))
                self.document.add_problem(("handoff", place, "to"), wrong, sentence("name another function"))
        for place, share in self.entries("share"):
            ends = [share.get(key) for key in ("from", "to")]
            sides = [_team_at(end, teams) for end in ends]
            if sides[0] is not None and sides[0] == sides[1]:
                wrong = sentence("both ends are in the team {team}", team=shown(sides[0]))
                self.document.add_problem(
                    ("share", place, "to"), wrong, sentence("name an end in another team")
                )

    # -- targets and notes -----------------------------------------------------------------------------

    def _check_targets(self) -> None:
        first: dict[tuple[object, ...], int] = {}
        for place, target in self.entries("target"):
            bounds = [key for key in ("at_most", "at_least") if key in target]
            if len(bounds) != 1:
                wrong = (
                    sentence("both at_most and at_least are given")
                    if bounds
                    else sentence("neither at_most nor at_least is given")
                )
                self.document.add_problem(("target", place), wrong, sentence("write one of them"))
            metric, team = target.get("metric"), target.get("team")
            if metric is None or (team is None and "team" in target):
                continue
            self._check_metric(place, metric, of_team=team is not None)
            if len(bounds) == 1 and first.setdefault((metric, team, *bounds), place) != place:
                self._add_twin("target", place, first[metric, team, *bounds])

    def _check_metric(self, place: int, metric: str, *, of_team: bool) -> None:
        if metric not in METRICS:
            wrong = sentence("{word} is no metric", word=shown(metric))
            self.document.add_problem(("target", place, "metric"), wrong, nearest(metric, METRICS))
        elif of_team and metric not in TEAM_METRICS:
            self.document.add_problem(
                ("target", place, "team"),
                sentence("{metric} is not measured of a team", metric=metric),
                sentence("leave the team out, or write one of {metrics}", metrics=TEAM_METRICS),
            )

    def _check_notes(self) -> None:
        for place, note in self.entries("note"):
            self._check_subject(
                ("note", place, "on"),
                note.get("on"),
                N_("{subject} is nothing that a note can be on"),
            )

    # -- rules ---------------------------------------------------------------------------------------

    def _check_rules(self) -> None:
        table = self.document.data.get("rules")
        if not isinstance(table, dict):
            return
        known = self.rules.codes_and_names
        for key in ("select", "ignore"):
            self._check_list(table.get(key), ("rules", key))
            words = table.get(key)
            for number, word in enumerate(words if isinstance(words, list) else ()):
                if word is not None and word not in {*known, *self.rules.families}:
                    self.document.add_problem(
                        ("rules", key, number),
                        sentence("{word} is no rule and no family of rules", word=shown(word)),
                        nearest(word, known),
                    )
        for code in self.rules.options:
            parameters = table.get(code)
            for name, value in parameters.items() if isinstance(parameters, dict) else ():
                self._check_list(value, ("rules", code, name))

    def _check_acceptances(self) -> None:
        for place, accept in self.entries("accept"):
            code = accept.get("code")
            if code is not None and code not in self.rules.options:
                self.document.add_problem(
                    ("accept", place, "code"),
                    sentence("{word} is no code of a rule", word=shown(code)),
                    nearest(code, self.rules.options),
                )
            for number, subject in enumerate(accept.get("subjects") or ()):
                self._check_subject(
                    ("accept", place, "subjects", number),
                    subject,
                    N_("{subject} is no subject of a finding"),
                )

    def _check_subject(self, path: KeyPath, subject: str | None, wrong: str) -> None:
        """Add a problem in the words `wrong` if a subject is not written `kind:id`; ids may be unknown."""
        if subject is None:
            return
        kind, _, rest = subject.partition(":")
        if kind not in SUBJECT_KINDS:
            self.document.add_problem(
                path, Sentence(wrong, {"subject": shown(subject)}), nearest(kind, SUBJECT_KINDS)
            )
        elif not rest:
            self.document.add_problem(
                path,
                Sentence(wrong, {"subject": shown(subject)}),
                sentence("write {kind}: and its id", kind=kind),
            )


def _team_at(end: str | None, teams: Mapping[object, Any]) -> str | None:
    """The team at an end of a knowledge link."""
    if end is None:
        return None
    if end.startswith(TEAM_PREFIX):
        return end.removeprefix(TEAM_PREFIX)
    team: str | None = teams.get(end.removeprefix(PERSON_PREFIX))
    return team
