"""What became of findings that are no longer found: mended, or gone with what they speak of.

A finding about a team that was merged, dissolved or emptied stands as long as the team that took over has
the same trouble. One stands, too, if the step only took it out of its rule's sight. And whoever removes what
a finding speaks of has mended nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from orgtui.engine.finding import Finding, Identity
from orgtui.engine.view import View
from orgtui.model.records import Function, Key, Person, Record, Team
from orgtui.model.sentence import Ref
from orgtui.model.store import Set
from orgtui.rules.facts.sharing import share_end_team
from orgtui.rules.facts.teams import division, functions_below, seats_below
from orgtui.rules.sight import HIDING

ABOUT_DIVISIONS = frozenset({"P106", "P208"})
"""Rules that speak of divisions only: what went into a team is found at its division."""

ABOUT_LEADS = frozenset({"S302", "S303", "S305"})
"""Rules that speak of people as leads: who leads the successor takes the place of who led the team."""

ABOUT_SEVERAL = frozenset({"C102", "C202"})
"""Rules that speak of any number of teams, at least two: they may speak of one fewer after a merger."""

SPEAKING_OF_LINKS: Mapping[str, frozenset[str]] = {
    "handoff": frozenset({"P103", "P403", "C102", "C103", "P108"}),
    "share": frozenset({"C202", "C205"}),
}
"""By table of links, the rules whose findings may go because a link is removed."""


@dataclass(frozen=True, slots=True)
class Gone:
    """Which findings that are no longer found, or are smaller, have not been mended by that.

    `heirs` holds by identity the finding of a successor that has the same trouble. `hidden` are out of their
    rule's sight, in whole or in part; of `removed` somebody took away what they speak of.
    """

    heirs: Mapping[Identity, Identity] = field(default_factory=dict)
    hidden: frozenset[Identity] = frozenset()
    removed: frozenset[Identity] = frozenset()

    def followed_by(self, later: Gone, lost_later: Collection[Identity]) -> Gone:
        """What is gone after two steps: an heir of the first may have gone in the second.

        `lost_later` are the findings that are no longer found after the second step.
        """
        heirs = dict(later.heirs)
        hidden, removed = set(self.hidden | later.hidden), set(self.removed | later.removed)
        for identity, heir in self.heirs.items():
            if heir not in lost_later:
                heirs[identity] = heir
            elif heir in later.heirs:
                heirs[identity] = later.heirs[heir]
            elif heir in later.hidden:
                hidden.add(identity)
            elif heir in later.removed:
                removed.add(identity)
        return Gone(heirs, frozenset(hidden), frozenset(removed))


NOTHING_GONE = Gone()


def what_is_gone(
    lost: Iterable[Finding],
    shrunk: Iterable[Finding],
    sets: Collection[Set],
    view: View,
    is_found: Callable[[Identity], bool],
) -> Gone:
    """Judge findings that assignments made unfound (`lost`) or smaller (`shrunk`).

    `view` and `is_found` are of the state after the assignments.
    """
    step = Step(sets, view)
    heirs: dict[Identity, Identity] = {}
    hidden: set[Identity] = set()
    removed: set[Identity] = set()
    for finding in lost:
        heir = next(filter(is_found, step.successors_of(finding)), None)
        if heir is not None:
            heirs[finding.identity] = heir
        elif step.removes_subject(finding) or step.removes_link(finding):
            removed.add(finding.identity)
        elif step.hides(finding):
            hidden.add(finding.identity)
    for finding in shrunk:
        if step.hides(finding):
            hidden.add(finding.identity)
    return Gone(heirs, frozenset(hidden), frozenset(removed)) if heirs or hidden or removed else NOTHING_GONE


class Step:
    """What assignments did, seen from the state after them (`view`); worked out when it is asked for."""

    def __init__(self, sets: Collection[Set], view: View) -> None:
        self.view = view
        self._sets = sets
        self._known: dict[str, list[str]] = {}

    def hides(self, finding: Finding) -> bool:
        """Whether the rule does not see any more what it found, though that is as it was."""
        hides = HIDING.get(finding.code)
        return hides is not None and hides(self.view, finding, self.moved_functions)

    def removes_subject(self, finding: Finding) -> bool:
        """Whether something that a finding is about was removed; a team never is, its contents stay."""
        return not self._removed.isdisjoint(finding.subjects)

    def removes_link(self, finding: Finding) -> bool:
        """Whether a link was removed that a finding rests on: it joined what the finding is about."""
        for table, codes in SPEAKING_OF_LINKS.items():
            if finding.code in codes and not finding.subjects and self._cut[table]:
                return True
            if finding.code in codes and not self._cut[table].isdisjoint(finding.subjects):
                return True
        return False

    def successors_of(self, finding: Finding) -> Iterator[Identity]:
        """What a finding would be, were it about those that took over from its subjects; the likeliest first.

        None if all of its subjects are there and at work.
        """
        choices = [self._choices(finding.code, subject) for subject in finding.subjects]
        if choices == [[each] for each in finding.subjects]:
            return
        for subjects in product(*choices):
            kept = _in_order(finding, subjects)
            if kept is not None and kept != finding.subjects:
                yield finding.code, kept

    @cached_property
    def moved_functions(self) -> list[str]:
        """The functions that are in another team now."""
        return [
            str(key)
            for (table, key), (old, new) in self._changed.items()
            if table == "function" and getattr(old, "team", None) != getattr(new, "team", None)
        ]

    def _choices(self, code: str, subject: Ref) -> list[Ref]:
        """A subject if it is there and at work, otherwise its successors."""
        if subject.kind == "team":
            successors = self._successors(subject.id)
            if successors and code in ABOUT_DIVISIONS:
                successors = [division(self.view, team) or team for team in successors]
            return [Ref.to("team", team) for team in dict.fromkeys(successors)] or [subject]
        if subject.kind == "person" and code in ABOUT_LEADS:
            teams = [team for led in self._led.get(subject.id, ()) for team in self._successors(led)]
            records = (self.view.team(team) for team in teams)
            leads = dict.fromkeys(each.lead for each in records if each is not None and each.lead)
            return [Ref.to("person", lead) for lead in leads] or [subject]
        if subject.kind == "share":
            source, target, topic = subject.id.split(">", 2)
            ends = product(self._choices(code, Ref(source)), self._choices(code, Ref(target)))
            return [Ref.to("share", ">".join((*each, topic))) for each in ends]
        return [subject]

    def _successors(self, team: str) -> list[str]:
        """Where what a team had is now, most of it first; empty if the team is there and at work."""
        if team not in self._known:
            self._known[team] = self._find_successors(team)
        return self._known[team]

    def _find_successors(self, team: str) -> list[str]:
        view = self.view
        gone = view.team(team) is None
        if not gone:
            if not self._went or (view.open_seats(team) and view.functions_of(team)):
                return []
            if seats_below(view, team) and functions_below(view, team):
                return []
        went: Counter[str] = Counter()
        for source, targets in self._went.items():
            if self._was_below(source, team) and (source == team or self._is_void(source)):
                went.update(targets)
        if not gone and not self._is_void(team):
            went = self._of_what_is_missing(team, went)
        at_work = (target for target in went if target != team and not self._is_void(target))
        return sorted(at_work, key=lambda target: (-went[target], target))

    def _of_what_is_missing(self, team: str, went: Counter[str]) -> Counter[str]:
        """Where the seats of a team went if none is left, or its functions: whichever it lacks now."""
        table = "function" if seats_below(self.view, team) else "person"
        moved = (pair for (kind, _), pair in self._changed.items() if kind == table)
        targets = Counter(
            new.team
            for old, new in moved
            if isinstance(old, Function | Person) and isinstance(new, Function | Person)
            if old.team == team and new.team is not None and new.team != team
        )
        return Counter({target: number for target, number in targets.items() if target in went})

    def _is_void(self, team: str) -> bool:
        """Whether a team is gone, or nobody and nothing is in it or below it."""
        view = self.view
        if view.team(team) is None:
            return True
        if view.open_seats(team) or view.functions_of(team):
            return False
        return not (seats_below(view, team) or functions_below(view, team))

    def _was_below(self, team: str, top: str) -> bool:
        """Whether a team was another one or lay below it before the step."""
        above: str | None = team
        while above is not None and above != top:
            above = self._parent_before(above)
        return above is not None

    def _parent_before(self, team: str) -> str | None:
        changed = self._changed.get(("team", team))
        record = self.view.team(team) if changed is None else changed[0]
        return record.parent if isinstance(record, Team) else None

    @cached_property
    def _changed(self) -> Mapping[tuple[str, Key], tuple[Record | None, Record | None]]:
        """Records before and after the step."""
        changed: dict[tuple[str, Key], tuple[Record | None, Record | None]] = {}
        for each in self._sets:
            cell = (each.table, each.key)
            first, _ = changed.get(cell, (each.old, None))
            changed[cell] = (first, each.new)
        return changed

    @cached_property
    def _went(self) -> Mapping[str, Counter[str]]:
        """By team how many seats, functions and child teams went from there to which other team."""
        went: dict[str, Counter[str]] = {}
        for old, new in self._changed.values():
            here, there = _place(old), _place(new)
            if here is not None and there is not None and here != there:
                went.setdefault(here, Counter())[there] += 1
        return went

    @cached_property
    def _led(self) -> Mapping[str, list[str]]:
        """The teams that people led before the step and that are gone or were left by somebody."""
        led: dict[str, list[str]] = {}
        changed = [old for old, _ in self._changed.values() if isinstance(old, Team)]
        known = {team.id for team in changed}
        left = (self.view.team(team) for team in self._went if team not in known)
        for team in (*changed, *left):
            if team is not None and team.lead is not None:
                led.setdefault(team.lead, []).append(team.id)
        return led

    @cached_property
    def _removed(self) -> frozenset[Ref]:
        """What was removed, teams apart, and the seats that were closed.

        A link is not if one of its ends went or both came into one team.
        """
        removed = []
        for (table, key), (old, new) in self._changed.items():
            if old is None or table == "team":
                continue
            closed = isinstance(new, Person) and _place(new) is None
            if closed or (new is None and not (table == "share" and self._is_taken_over(key))):
                removed.append(Ref.to(table, key if isinstance(key, str) else ">".join(key)))
        return frozenset(removed)

    def _is_taken_over(self, share: Key) -> bool:
        """Whether a link that is gone stands between two other teams now, or within one."""
        source, target = (share_end_team(self.view, end) for end in share[:2])
        return source is None or target is None or source == target

    @cached_property
    def _cut(self) -> Mapping[str, frozenset[Ref]]:
        """By table of links, the ends of those removed, and the teams they are in."""
        cut: dict[str, set[Ref]] = {table: set() for table in SPEAKING_OF_LINKS}
        for (table, key), (old, new) in self._changed.items():
            if old is None or new is not None or isinstance(key, str):
                continue
            if table == "handoff":
                functions = [(end, self.view.function(end)) for end in key[:2]]
                cut[table] |= {Ref.to("function", end) for end, _ in functions}
                cut[table] |= {Ref(end) for end, _ in functions if ":" in end}
                cut[table] |= {Ref.to("team", f.team) for _, f in functions if f is not None and f.team}
            elif table == "share" and not self._is_taken_over(key):
                teams = (share_end_team(self.view, end) for end in key[:2])
                cut[table] |= {Ref.to("team", team) for team in teams if team is not None}
        return {table: frozenset(ends) for table, ends in cut.items()}


def _place(record: Record | None) -> str | None:
    """The team that an open seat, a function or a team is in."""
    if isinstance(record, Person):
        return None if record.state == "closed" else record.team
    if isinstance(record, Function):
        return record.team
    return record.parent if isinstance(record, Team) else None


def _in_order(finding: Finding, subjects: tuple[Ref, ...]) -> tuple[Ref, ...] | None:
    """Subjects as the rule gives them: by id where they were, each once; None if too few are left."""
    once = tuple(dict.fromkeys(subjects))
    if len(once) < len(subjects) and (finding.code not in ABOUT_SEVERAL or len(once) < 2):
        return None
    alike = len({each.kind for each in finding.subjects}) == 1
    if alike and finding.subjects == tuple(sorted(finding.subjects)) and len(once) > 1:
        return tuple(sorted(once))
    return once
