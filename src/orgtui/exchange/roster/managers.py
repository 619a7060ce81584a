"""Who reports to whom: by id, e-mail, distinguished name or name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from orgtui.exchange.problems import Answers, ImportProblem, Option, Question
from orgtui.exchange.roster.columns import Table
from orgtui.exchange.roster.manager_columns import ask_column
from orgtui.exchange.roster.people import Entry
from orgtui.exchange.roster.texts import clean, fold, fold_id, without_addresses
from orgtui.exchange.roster.titles import TITLES, title_rank
from orgtui.model.sentence import Sentence, sentence

NOBODY = frozenset(
    map(
        fold,
        (
            *(
                "",
                "0",
                "-1",
                "none",
                "n/a",
                "na",
                "-",
                "--",
                "—",
                "null",
                "nil",
                "no_manager",
                "no manager",
                "无",
            ),
            *("没有", "暂无", "/", "keiner", "keine", "root", "self"),
        ),
    )
)
"""What says that somebody has no manager."""

NEAREST_FOR = 100
"""For how many unknown managers the nearest name is looked for."""

NEAREST_AMONG = 20_000
"""Among how many names, at most."""

_WITH_ID = re.compile(
    r"(?P<name>.+?)\s*(?:[(（\[]\s*(?P<id>[^()（）\[\]]+?)\s*[)）\]]|[-–/]\s+(?P<behind>[\w.-]*\d[\w.-]*))"
    r"|(?P<before>[\w.-]*\d[\w.-]*)\s*(?:[-–/:]\s*|\s)(?P<named>\D+)"
)
_DOMAIN = re.compile(r"[\w.-]+\\(.+)")
_CN = re.compile(r"CN=((?:[^,\\]|\\.)+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lines:
    """The reporting lines of a roster: the manager of each entry by place, None for who has none."""

    managers: list[int | None]
    problems: list[ImportProblem]
    roots: list[int]
    unsettled: frozenset[int] = frozenset()

    def reports(self) -> dict[int, list[int]]:
        """The places of everybody's reports."""
        below: dict[int, list[int]] = {}
        for place, manager in enumerate(self.managers):
            if manager is not None:
                below.setdefault(manager, []).append(place)
        return below


@dataclass(slots=True)
class _Index:
    """Who may be meant by a text, each way of naming people by itself."""

    ids: dict[str, list[int]] = field(default_factory=dict)
    emails: dict[str, list[int]] = field(default_factory=dict)
    dns: dict[str, list[int]] = field(default_factory=dict)
    names: dict[str, list[int]] = field(default_factory=dict)
    preferred: dict[str, list[int]] = field(default_factory=dict)

    def ways(self, text: str) -> Iterable[list[int]]:
        """The candidates by each way of naming, the surest first."""
        account = _DOMAIN.fullmatch(text)
        if account is not None:
            text = account[1]
        found = _WITH_ID.fullmatch(text)
        yield self.ids.get(fold_id(text), [])
        yield self.emails.get(fold(text), [])
        yield self.dns.get(fold(text), [])
        if found is not None:
            yield self.ids.get(fold_id(found["id"] or found["behind"] or found["before"]), [])
        cn = _CN.match(text)
        name = cn[1].replace("\\", "") if cn is not None else text
        yield from self._by_name(name)
        if found is not None:
            yield from self._by_name(found["name"] or found["named"])

    def _by_name(self, name: str) -> Iterable[list[int]]:
        yield self.names.get(fold(name), [])
        yield self.names.get(fold(reordered(name)), [])
        yield self.preferred.get(fold(name), [])


def reordered(name: str) -> str:
    """A name in the other order: `Osei, Kofi` and `Osei Kofi` for `Kofi Osei`."""
    if "," in name:
        last, _, first = name.partition(",")
        return f"{first} {last}"
    words = name.split()
    return " ".join((words[-1], *words[:-1])) if len(words) > 1 else name


def find_managers(table: Table, entries: Sequence[Entry], answers: Answers) -> Lines:
    """The reporting lines of the entries, those of left-out ones passed on to their own manager.

    `entries` are those of the table's rows. Problems are told for each entry whose manager is unknown,
    ambiguous, or in a loop; where columns name different managers, it is asked which one counts.
    """
    if not table.has("manager"):
        return Lines([None] * len(entries), [_no_managers(max(table.header_line, 1))], [])
    index = _index(entries)
    asked = _settle_column(table, entries, index, answers)
    found = [_resolve(entry, place, entries, index) for place, entry in enumerate(entries)]
    here = [place for place, entry in enumerate(entries) if entry.left is None]
    unknown = [place for place in here if isinstance(found[place], str)]
    roots = [place for place in here if found[place] is None]
    if len(unknown) == 1 and not roots:
        # The head of a department has a manager outside of what was exported.
        head = unknown.pop()
        entries[head].note(
            "manager-outside",
            sentence(
                "{manager} is not in this file; {name} becomes the head",
                manager=without_addresses(str(found[head])),
                name=entries[head].shown,
            ),
        )
        found[head] = None
        roots = [head]
    problems = [*asked, *_unclear(entries, found, here, index)]
    managers = [each if isinstance(each, int) else None for each in found]
    problems += _past_leavers(entries, managers, here)
    loops = [loop for loop in _loops(managers) if any(entries[place].left is None for place in loop)]
    for loop in loops:
        problems.append(_loop_problem(entries, loop))
    in_loops = [place for loop in loops for place in loop]
    for place in in_loops:
        managers[place] = None
    unsettled = frozenset((*unknown, *in_loops, *(p for p in here if isinstance(found[p], list))))
    _several_roots(entries, managers, [p for p in roots if entries[p].left is None], answers, problems)
    return Lines(managers, problems, roots, unsettled)


def _settle_column(
    table: Table, entries: Sequence[Entry], index: _Index, answers: Answers
) -> list[ImportProblem]:
    """Put what the column of managers says that counts before what the others say, and ask which one does."""

    def find(place: int, cell: str) -> int | None:
        meant = _meant(clean(cell), place, entries, index)
        return meant[0] if len(meant) == 1 and meant[0] != place else None

    column, question = ask_column(table, find, lambda place: entries[place].left is None, answers)
    if column is None or question is None:
        return []
    for entry, row in zip(entries, table.rows, strict=True):
        text = clean(row.cells[column]).lstrip("'’") if column < len(row.cells) else ""
        if text:
            entry.manager_texts = (text, *(each for each in entry.manager_texts if each != text))
    return [question]


def _meant(text: str, place: int, entries: Sequence[Entry], index: _Index) -> list[int]:
    """Who may be meant by a text as the manager at a place: one by the surest way, else several."""
    if fold(text) in NOBODY:
        return []
    several: list[int] = []
    for candidates in index.ways(text):
        others = [each for each in candidates if entries[each].left is None] or candidates
        if len(others) > 1 and place in others:
            others = [each for each in others if each != place]
        if len(others) == 1 or (others and _is_one_position(others, entries)):
            return others[:1]
        several = several or others
    return several


def _index(entries: Sequence[Entry]) -> _Index:
    index = _Index()
    for place, entry in enumerate(entries):
        for identity in dict.fromkeys(fold_id(each) for each in (entry.key, *entry.other_ids)):
            index.ids.setdefault(identity, []).append(place)
        for table, text in ((index.emails, entry.email), (index.dns, entry.dn)):
            if text:
                table.setdefault(fold(text), []).append(place)
        if entry.name is not None:
            index.names.setdefault(fold(entry.name), []).append(place)
        for name in entry.other_names:
            index.preferred.setdefault(fold(name), []).append(place)
    for places in index.names.values():
        here = [place for place in places if entries[place].left is None]
        if len(here) > 1:
            for place in here:
                entries[place].note(
                    "name-twice",
                    sentence("{count} people are called {name}", count=len(here), name=entries[place].name),
                )
    return index


def _resolve(
    entry: Entry, place: int, entries: Sequence[Entry], index: _Index
) -> int | list[int] | str | None:
    """The manager's place; None for none; several places, or the text, where it cannot be told."""
    texts = [text for text in entry.manager_texts if fold(text) not in NOBODY]
    ambiguous: list[int] | None = None
    for text in texts:
        meant = _meant(text, place, entries, index)
        if meant == [place]:
            entry.note("own-manager", sentence("is named as their own manager: taken as nobody"))
            return None
        if len(meant) == 1:
            return meant[0]
        ambiguous = ambiguous or meant
    return ambiguous or (texts[0] if texts else None)


def _is_one_position(places: Sequence[int], entries: Sequence[Entry]) -> bool:
    """Whether they are the seats of one position, which several people share."""
    return len({entries[place].key.partition("#")[0] for place in places}) == 1 and any(
        "#" in entries[place].key for place in places
    )


def _unclear(
    entries: Sequence[Entry], found: Sequence[object], here: Iterable[int], index: _Index
) -> Iterable[ImportProblem]:
    nearest = _nearest(entries, index)
    for place in here:
        entry, what = entries[place], found[place]
        if isinstance(what, list):
            lines = [sentence("{key} in line {line}", key=entries[p].key, line=entries[p].line) for p in what]
            says = sentence(
                "the manager {manager} may be one of {count} people: {people}; write that manager’s number",
                manager=without_addresses(entry.manager_texts[0]),
                count=len(what),
                people=lines,
            )
            yield entry.problem("error", "manager-ambiguous", says)
        elif isinstance(what, str):
            yield entry.problem("error", "manager-unknown", nearest(entry, what))


def _nearest(entries: Sequence[Entry], index: _Index) -> Callable[[Entry, str], Sentence]:
    """What is said of an unknown manager, with the nearest name for the first ones."""
    names: dict[str, int] = {}
    romanised: Callable[[str], str] = fold
    told = 0

    def says(entry: Entry, text: str) -> Sentence:
        nonlocal told, romanised
        told += 1
        also = [each for each in entry.manager_texts if each != text]
        shown = without_addresses(f"{text} ({', '.join(also)})" if also else text)
        if told > NEAREST_FOR or fold_id(text).isdigit():
            return sentence("the manager {manager} is not in this file", manager=shown)
        if not names:
            if any(ord(character) > 0x2E7F for each in (text, *index.names) for character in each):
                from orgtui.locales.latin import romanise

                romanised = romanise
            for name, places in list(index.names.items())[:NEAREST_AMONG]:
                names[romanised(name)] = places[0]
        close = get_close_matches(romanised(fold(text)), names, 1, 0.6)
        if not close:
            return sentence("the manager {manager} is not in this file", manager=shown)
        near = entries[names[close[0]]].name or ""
        count = len(index.names.get(fold(near), ()))
        if count > 1:
            return sentence(
                "the manager {manager} is not in this file; the nearest is {name} ({count} people)",
                manager=shown,
                name=near,
                count=count,
            )
        return sentence(
            "the manager {manager} is not in this file; the nearest is {name}", manager=shown, name=near
        )

    return says


def _past_leavers(
    entries: Sequence[Entry], managers: list[int | None], here: Iterable[int]
) -> Iterable[ImportProblem]:
    """Pass the reports of who is left out on to that one's own manager."""
    known: dict[int, int | None] = {}
    for place in here:
        left = managers[place]
        manager = nearest_above(place, managers, lambda above: entries[above].left is None, known)
        if manager == left or left is None:
            continue
        managers[place] = manager
        says = sentence(
            "{manager} is left out; {name} reports to {next} instead",
            manager=entries[left].shown,
            name=entries[place].shown,
            next=sentence("nobody") if manager is None else entries[manager].shown,
        )
        question = Question(
            f"manager-left:{entries[place].key}",
            says,
            (Option("next", sentence("the next manager above")),),
            "next",
        )
        yield entries[place].problem("question", "manager-left", says, question)


def nearest_above(
    place: int,
    managers: Sequence[int | None],
    is_wanted: Callable[[int], bool],
    known: dict[int, int | None],
) -> int | None:
    """The first manager above a place who is wanted; None if there is none.

    `known` keeps what was found for those passed on the way, so that nobody is passed twice.
    """
    passed: dict[int, None] = {}
    manager = managers[place]
    while manager is not None and manager not in passed and not is_wanted(manager) and manager not in known:
        passed[manager] = None
        manager = managers[manager]
    found = None
    if manager is not None and manager not in passed:
        found = manager if is_wanted(manager) else known[manager]
    known.update(dict.fromkeys(passed, found))
    return found


def _loops(managers: Sequence[int | None]) -> list[list[int]]:
    """The circles in the reporting lines, each from its first place on along the managers."""
    seen: dict[int, int] = {}
    loops = []
    for start in range(len(managers)):
        path: list[int] = []
        place: int | None = start
        while place is not None and place not in seen:
            seen[place] = start
            path.append(place)
            place = managers[place]
        if place is not None and seen[place] == start and place in path:
            loop = path[path.index(place) :]
            first = loop.index(min(loop))
            loops.append(loop[first:] + loop[:first])
    return loops


def _loop_problem(entries: Sequence[Entry], loop: Sequence[int]) -> ImportProblem:
    round_trip = " → ".join(f"{entries[place].key} {entries[place].shown}" for place in (*loop, loop[0]))
    says = sentence(
        "{people} report to each other (lines {lines})",
        people=round_trip,
        lines=", ".join(str(entries[place].line) for place in loop),
    )
    return entries[loop[0]].problem("error", "manager-loop", says)


def _no_managers(line: int) -> ImportProblem:
    says = sentence("no column says who reports to whom")
    options = (Option("leads", sentence("by the leads of the teams")),)
    question = Question("no-managers", says, options, "leads")
    return ImportProblem(line, "question", "no-managers", says, question=question)


def _several_roots(
    entries: Sequence[Entry],
    managers: list[int | None],
    roots: list[int],
    answers: Answers,
    problems: list[ImportProblem],
) -> None:
    """Put those without manager below the head, as asked."""
    if len(roots) < 2:
        return
    head = find_head(entries, managers, roots)
    for place in roots:
        if place == head:
            continue
        says = sentence(
            "{name} has no manager, and neither has {head}",
            name=entries[place].shown,
            head=entries[head].shown,
        )
        options = (Option("head", sentence("under the head")), Option("out", sentence("left out")))
        question = Question(f"several-roots:{entries[place].key}", says, options, "head")
        problems.append(entries[place].problem("question", "several-roots", says, question))
        if question.answer(answers) == "out":
            entries[place].left = "without manager"
        else:
            managers[place] = head


def find_head(entries: Sequence[Entry], managers: Sequence[int | None], roots: Sequence[int]) -> int:
    """Who leads all: of those without manager the one with most people below, else the highest title.

    It is no assistant unless all are.
    """
    below = people_below(managers)

    def standing(place: int) -> tuple[bool, int, int, int]:
        rank = title_rank(entries[place].title)
        return not entries[place].is_assistant, below[place], -(len(TITLES) if rank is None else rank), -place

    return max(roots, key=standing)


def people_below(managers: Sequence[int | None]) -> list[int]:
    """How many people there are below each place; those in circles and above them count nobody's."""
    waiting_for = [0] * len(managers)
    for manager in managers:
        if manager is not None:
            waiting_for[manager] += 1
    below = [0] * len(managers)
    ready = [place for place, count in enumerate(waiting_for) if not count]
    while ready:
        place = ready.pop()
        manager = managers[place]
        if manager is not None:
            below[manager] += below[place] + 1
            waiting_for[manager] -= 1
            if not waiting_for[manager]:
                ready.append(manager)
    return below
