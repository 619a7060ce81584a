"""How rules read an organisation: records, indexes and counts, and values derived from them.

Rules are written against `View` alone. `PlainView` reads the store; the engine has views of its own that
also record what each rule reads, or that read a previewed state.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import wraps
from itertools import chain
from typing import Any, Generic, TypeVar

from orgtui.engine.nesting import Nesting
from orgtui.model import records as r
from orgtui.model.indexes import normalized_topic
from orgtui.model.records import Key
from orgtui.model.store import Organization

K = TypeVar("K", bound=Key)
V = TypeVar("V")
T = TypeVar("T")

NOTHING: Mapping[Any, int] = {}


class View:
    """What a rule may read, and nothing else: no clock, no environment, no randomness."""

    today: date

    # -- what each view implements -----------------------------------------------------------------

    def record(self, table: str, key: Key) -> Any:
        """The record under a key of a table; None if there is none."""
        raise NotImplementedError

    def ids(self, table: str) -> tuple[Any, ...]:
        """The keys of a table, in file order."""
        raise NotImplementedError

    def index(self, name: str, key: Key) -> Collection[Any]:
        """The keys of the records under a key of an index, in no particular order."""
        raise NotImplementedError

    def count(self, name: str, key: Key) -> int:
        """A count under a key; 0 if nothing was counted."""
        raise NotImplementedError

    def derive(self, derived: Derived[K, V], key: K) -> V:
        """A derived value under a key; raises what its function raises."""
        raise NotImplementedError

    def tally(self, tally: Tally, group: Key) -> Mapping[Any, int]:
        """The members of a group of a tally with their sums; empty for an unknown group."""
        raise NotImplementedError

    def options(self, kind: type[T]) -> T:
        """The parameters of a rule, by the type that declares them."""
        raise NotImplementedError

    # -- records; None for an id without record ------------------------------------------------------

    @property
    def profile(self) -> r.Profile:
        profile: r.Profile = self.record("profile", "")
        return profile

    def pillar(self, pillar: str) -> r.Pillar | None:
        return self.record("pillar", pillar)  # type: ignore[no-any-return]

    def department(self, department: str) -> r.Department | None:
        return self.record("department", department)  # type: ignore[no-any-return]

    def stage(self, stage: str) -> r.Stage | None:
        return self.record("stage", stage)  # type: ignore[no-any-return]

    def area(self, area: str) -> r.Area | None:
        return self.record("area", area)  # type: ignore[no-any-return]

    def team(self, team: str) -> r.Team | None:
        return self.record("team", team)  # type: ignore[no-any-return]

    def function(self, function: str) -> r.Function | None:
        return self.record("function", function)  # type: ignore[no-any-return]

    def person(self, person: str) -> r.Person | None:
        return self.record("person", person)  # type: ignore[no-any-return]

    def goal(self, goal: str) -> r.Goal | None:
        return self.record("goal", goal)  # type: ignore[no-any-return]

    def handoff(self, handoff: tuple[str, str]) -> r.Handoff | None:
        return self.record("handoff", handoff)  # type: ignore[no-any-return]

    def share(self, share: tuple[str, str, str]) -> r.Share | None:
        return self.record("share", share)  # type: ignore[no-any-return]

    def request(self, request: tuple[str, str, str]) -> r.Request | None:
        return self.record("request", request)  # type: ignore[no-any-return]

    def target(self, target: tuple[str, str, str]) -> r.Target | None:
        return self.record("target", target)  # type: ignore[no-any-return]

    def mission(self, mission: str) -> r.Mission | None:
        return self.record("mission", mission)  # type: ignore[no-any-return]

    # -- short tables, in file order ---------------------------------------------------------------

    def stages(self) -> tuple[str, ...]:
        return self.ids("stage")

    def targets(self) -> tuple[tuple[str, str, str], ...]:
        """The targets of the organisation and of teams, by metric, team and bound."""
        return self.ids("target")

    # -- indexes; in no particular order -------------------------------------------------------------

    def root(self) -> str | None:
        """The team without parent; None if there is none."""
        return min(self.children(""), default=None)

    def children(self, team: str) -> Collection[str]:
        return self.index("children", team)

    def members(self, team: str) -> Collection[str]:
        """The open seats of a team itself."""
        return self.index("members", team)

    def functions_of(self, team: str) -> Collection[str]:
        return self.index("functions_of", team)

    def led_by(self, person: str) -> Collection[str]:
        """The teams that a seat leads."""
        return self.index("led_by", person)

    def goal_holders(self, goal: str) -> Collection[str]:
        """The teams that have a goal among their own."""
        return self.index("goal_holders", goal)

    def pillar_goals(self, pillar: str) -> Collection[str]:
        return self.index("pillar_goals", pillar)

    def tool_users(self, tool: str) -> Collection[str]:
        return self.index("tool_users", tool)

    def tools_for(self, purpose: str) -> Collection[str]:
        return self.index("tools_for", purpose)

    def focus_teams(self) -> Collection[str]:
        return self.index("focus_teams", "")

    def focus_on(self, function: str) -> Collection[str]:
        """The focus teams on a function."""
        return self.index("focus_on", function)

    def serving(self, stage: str) -> Collection[str]:
        """The functions with a team that serve a stage."""
        return self.index("serving", stage)

    def in_area(self, area: str) -> Collection[str]:
        return self.index("in_area", area)

    def needing(self, skill: str) -> Collection[str]:
        """The functions that require a skill."""
        return self.index("needing", skill)

    def performers(self, function: str) -> Collection[str]:
        """The filled seats with a share above 0 in a function."""
        return self.index("performers", function)

    def holders(self, skill: str) -> Collection[str]:
        """The filled seats with a skill, at whatever level above 0."""
        return self.index("holders", skill)

    def masters(self, skill: str) -> Collection[str]:
        """The filled seats that do work of a skill alone: level 3 or more."""
        return self.index("masters", skill)

    def learners(self, skill: str) -> Collection[str]:
        """The filled seats that are learning a skill."""
        return self.index("learners", skill)

    def handoffs_from(self, end: str) -> Collection[tuple[str, str]]:
        return self.index("handoffs_from", end)

    def handoffs_to(self, end: str) -> Collection[tuple[str, str]]:
        return self.index("handoffs_to", end)

    def shares_at(self, end: str) -> Collection[tuple[str, str, str]]:
        """The knowledge links with an end at `team:ID` or `person:ID`."""
        return self.index("shares_at", end)

    def requests_from(self, team: str) -> Collection[tuple[str, str, str]]:
        return self.index("requests_from", team)

    def requests_to(self, department: str) -> Collection[tuple[str, str, str]]:
        return self.index("requests_to", department)

    def requests_on(self, department: str, topic: str) -> Collection[tuple[str, str, str]]:
        """The requests to a department on a topic, however it is spelt."""
        return self.index("requests_on", (department, normalized_topic(topic)))

    def missions_with(self, person: str) -> Collection[str]:
        """The missions that a seat leads or is on."""
        return self.index("missions_with", person)

    def targets_of(self, team: str) -> Collection[tuple[str, str, str]]:
        """The targets of a team, by metric, team and bound."""
        return self.index("targets_of", team)

    # -- counts --------------------------------------------------------------------------------------

    def open_seats(self, team: str) -> int:
        """How many open seats a team itself has."""
        return self.count("open_seats", team)

    def assistant_seats(self, team: str) -> int:
        """How many open seats of a team itself are assistants'."""
        return self.count("assistant_seats", team)

    def filled_seats(self, team: str) -> int:
        return self.count("filled_seats", team)

    def learning_seats(self, team: str) -> int:
        """How many filled seats of a team itself are learning something."""
        return self.count("learning_seats", team)

    def judges(self, skill: str) -> int:
        """How many filled seats can judge work of a skill: level 2 or more."""
        return self.count("judges", skill)

    def needing_mastery(self, skill: str) -> int:
        """How many functions require a skill at level 3 or more: they need someone who works alone."""
        return self.count("needing_mastery", skill)

    def performing_seats(self, function: str, team: str) -> int:
        """How many filled seats of a team itself perform a function."""
        return self.count("performing_seats", (function, team))

    def staffing(self, function: str) -> int:
        """The sum of the shares in a function, in percent of a full-time week."""
        return self.count("staffing", function)

    def headcount(self) -> int:
        return self.count("headcount", "")


_DECLARED: set[str] = set()


def _declare(function: Callable[..., Any]) -> str:
    """The dotted name of a derived value or a tally; raises `ValueError` if another one has it.

    Two of one name would share their readers, so that findings would become stale unnoticed.
    """
    name = f"{function.__module__}.{function.__qualname__}"
    if name in _DECLARED:
        raise ValueError(f"{name} is declared twice; give one of the two another name")
    _DECLARED.add(name)
    return name


class Derived(Generic[K, V]):
    """A function of a view and a key whose values are memoised until something they read changes."""

    def __init__(self, function: Callable[[View, K], V]) -> None:
        self.function = function
        self.name = _declare(function)
        self.tally: Tally | None = None
        self.__doc__ = function.__doc__

    def __call__(self, view: View, key: K) -> V:
        return view.derive(self, key)

    def __repr__(self) -> str:
        return f"<derived {self.name}>"


def derived(function: Callable[[View, K], V]) -> Derived[K, V]:
    """Declare a function of a view and a key as memoised; it is called as before.

    Raises `ValueError` if another declaration has its name.
    """
    return Derived(function)


Contribution = Iterable[tuple[Key, Any, int]]


class Tally:
    """Sums over the entries of a table (or the keys of an index) by group and member.

    `contribute` yields `(group, member, amount)` for one entry, nothing for an absent one. Reading a group
    returns its members with their sums; members that sum to 0 are absent.
    """

    def __init__(self, over: str, contribute: Callable[[View, Any], Contribution]) -> None:
        self.over = over

        @wraps(contribute)
        def contribution(view: View, key: Any) -> FlatContribution:
            return tuple(chain.from_iterable(contribute(view, key)))

        self.contribution: Derived[Any, FlatContribution] = Derived(contribution)
        self.contribution.tally = self
        self.name = self.contribution.name
        self.slot = sys.intern(f"#{self.name}")
        self.__doc__ = contribute.__doc__

    def __call__(self, view: View, group: Key = "") -> Mapping[Any, int]:
        return view.tally(self, group)

    def __repr__(self) -> str:
        return f"<tally {self.name} over {self.over}>"


def tally(over: str) -> Callable[[Callable[[View, Any], Contribution]], Tally]:
    """Declare what one entry of a table, or one key of an index, contributes to a tally."""
    return lambda contribute: Tally(over, contribute)


FlatContribution = tuple[Any, ...]
"""A contribution as it is stored, `(group, member, amount, group, member, amount …)`: half the memory."""

Groups = dict[Key, dict[Any, int]]


def triples(contribution: FlatContribution) -> Iterator[tuple[Any, Any, int]]:
    """Each `(group, member, amount)` of a contribution."""
    values = iter(contribution)
    return zip(values, values, values, strict=True)


def add_contribution(groups: Groups, contribution: FlatContribution, sign: int) -> list[Key]:
    """Add a contribution to a tally's groups, or subtract it (`sign` -1); returns the groups touched."""
    touched = []
    for group, member, amount in triples(contribution):
        members = groups.get(group)
        if members is None:
            members = groups[group] = {}
        total = members.get(member, 0) + sign * amount
        if total:
            members[member] = total
        else:
            members.pop(member, None)
        touched.append(group)
    return touched


def entry_keys(organization: Organization, over: str) -> Collection[Any]:
    """The keys that a tally or a kind of entity ranges over: those of a table, or of an index."""
    table = organization.tables.get(over)
    return table.rows().keys() if table is not None else organization.index_keys(over).keys()


class PlainView(View):
    """A view of one unchanging state that memoises derived values and records no reads."""

    def __init__(self, organization: Organization, today: date, options: Mapping[type, object]) -> None:
        self.organization = organization
        self.today = today
        self._options = options
        self._tables = organization.tables
        self._values: dict[Any, dict[Any, Any]] = {}
        self._groups: dict[Tally, Groups] = {}
        self._nesting = Nesting()
        self.index = organization.index  # type: ignore[method-assign]
        self.count = organization.count  # type: ignore[method-assign]

    def record(self, table: str, key: Key) -> Any:
        return self._tables[table].get(key)

    def ids(self, table: str) -> tuple[Any, ...]:
        return tuple(self._tables[table])

    def derive(self, derived: Derived[K, V], key: K) -> V:
        values = self._values.get(derived)
        if values is None:
            values = self._values[derived] = {}
        if key not in values:
            self._nesting.run(self._compute, (derived, key))
        return values[key]  # type: ignore[no-any-return]

    def _compute(self, what: tuple[Derived[Any, Any], Any]) -> None:
        derived, key = what
        self._values[derived][key] = derived.function(self, key)

    def tally(self, tally: Tally, group: Key) -> Mapping[Any, int]:
        groups = self._groups.get(tally)
        if groups is None:
            groups = self._groups[tally] = {}
            with self._nesting.apart():
                for key in entry_keys(self.organization, tally.over):
                    add_contribution(groups, tally.contribution.function(self, key), 1)
        return groups.get(group, NOTHING)

    def options(self, kind: type[T]) -> T:
        return self._options[kind]  # type: ignore[return-value]
