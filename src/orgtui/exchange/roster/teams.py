"""The teams of a roster: from the columns of units, else from who reports to whom."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from orgtui.exchange.problems import Answers, CannotRead, ImportProblem, Option, Question
from orgtui.exchange.roster.columns import Table
from orgtui.exchange.roster.headers import is_department
from orgtui.exchange.roster.leads import Leads
from orgtui.exchange.roster.managers import Lines, find_head, nearest_above
from orgtui.exchange.roster.people import Entry, text_refusal
from orgtui.exchange.roster.texts import clean, fold
from orgtui.locales import translate
from orgtui.locales.latin import CJK
from orgtui.model.gate import NAME_LENGTH
from orgtui.model.sentence import Sentence, sentence

Path = tuple[str, ...]

SEPARATORS = (
    re.compile(r"\s*[/\\>→›]\s*|\s*::\s*"),
    re.compile(r"\s+[-–—|]\s+"),
    re.compile(rf"(?<=[{CJK}])\s*[-–—|.]\s*(?=[{CJK}])"),
)
"""What stands between the parts of a path, in the order in which they are tried."""

TEAM_LEVELS_MAX = 200
"""How many teams may lie below one another."""

_SEVERAL = re.compile(r"\s*[,;，；、]\s*|\n")
_LABEL_LEAD = re.compile(r"(.+?)\s*[(（\[]\s*([^()（）\[\]]+?)\s*[)）\]]")


@dataclass(slots=True, eq=False)
class Unit:
    """A team of the roster: `members` and `lead` are places of entries; `named` if the file names it."""

    name: str
    parent: Unit | None = None
    members: list[int] = field(default_factory=list)
    lead: int | None = None
    named: bool = True
    label_lead: str | None = None

    @property
    def path(self) -> Path:
        path: list[str] = []
        unit: Unit | None = self
        while unit is not None:
            path.append(unit.name)
            unit = unit.parent
        return tuple(reversed(path))

    def is_within(self, other: Unit) -> bool:
        unit: Unit | None = self
        while unit is not None and unit is not other:
            unit = unit.parent
        return unit is other


@dataclass(frozen=True, slots=True)
class Teams:
    """The teams, the root first and each after its parent, and the team of each entry by place."""

    units: list[Unit]
    of: Mapping[int, Unit]
    problems: list[ImportProblem]


def order_unit_columns(table: Table) -> tuple[int, ...]:
    """The columns of teams, those above first: a column lies below another if each value has one above it.

    Columns that do not nest with the others are left out.
    """
    places = table.columns.get("team", ())
    values = {
        place: [fold(row.cells[place]) if place < len(row.cells) else "" for row in table.rows]
        for place in places
    }
    filled = [place for place in places if any(values[place])]
    if table.has("parent_team") or len(filled) < 2:
        return tuple(filled[-1:])
    ordered = sorted(filled, key=lambda place: len(set(values[place]) - {""}))
    chains: list[list[int]] = []
    for first in ordered:
        chain = [first]
        for place in ordered[ordered.index(first) + 1 :]:
            if _nests(values[chain[-1]], values[place]):
                chain.append(place)
        chains.append(chain)
    best = max(
        chains, key=lambda chain: (len(chain), any(is_department(table.headers[each]) for each in chain))
    )
    return tuple(best)


def _nests(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether, with few exceptions, each value below has one value above it."""
    pairs = {(lower, upper) for upper, lower in zip(above, below, strict=True) if upper and lower}
    return len(pairs) <= 1.1 * len({lower for lower, _ in pairs})


def find_teams(
    entries: Sequence[Entry],
    lines: Lines,
    has_units: bool,
    parents: Mapping[str, str],
    answers: Answers,
    header_line: int,
    root_name: str,
) -> Teams:
    """The tree of teams with their leads and members.

    `parents` gives the unit above a unit where a column does. The root is made up with `root_name` if the
    file has none. Asks for leads that only titles tell. Raises CannotRead for more than `TEAM_LEVELS_MAX`
    levels.
    """
    here = [place for place, entry in enumerate(entries) if entry.left is None]
    problems: list[ImportProblem] = []
    if has_units:
        units, of = _by_columns(entries, here, parents, answers, problems)
        _seat_without_unit(here, lines, of)
    else:
        units, of = _by_managers(entries, here, lines, root_name)
    unseated = [place for place in here if place not in of]
    if unseated:
        units.insert(0, Unit(root_name, members=unseated))
        of.update(dict.fromkeys(unseated, units[0]))
    leads = Leads(entries, lines, answers, header_line)
    _find_leads(leads, units, of)
    problems += leads.problems
    _without_unit_above(units, of)
    root = _one_tree(entries, units, of, lines, root_name)
    ordered = _in_tree_order(root, units)
    _check_depth(entries, ordered)
    # Units that nest only by their leads show whom the units above lead.
    _find_leads(leads, ordered, of)
    _tell_apart(entries, ordered)
    _reports_elsewhere(entries, of, lines)
    return Teams(ordered, of, problems)


def _by_columns(
    entries: Sequence[Entry],
    here: Iterable[int],
    parents: Mapping[str, str],
    answers: Answers,
    problems: list[ImportProblem],
) -> tuple[list[Unit], dict[int, Unit]]:
    paths = _paths(entries, here, parents, answers, problems)
    common = _common_beginning(list(paths.values()))
    cut = max(len(common) - 1, 0)
    units: dict[tuple[str, ...], Unit] = {}
    of: dict[int, Unit] = {}
    for place, path in paths.items():
        unit: Unit | None = None
        for depth in range(cut, len(path)):
            key = tuple(map(fold, path[cut : depth + 1]))
            if key not in units:
                name, label_lead = _label(path[depth])
                units[key] = Unit(name, unit, label_lead=label_lead)
                refusal = text_refusal(name, sentence("team"))
                if refusal is not None:
                    problems.append(entries[place].problem("error", *refusal))
            unit = units[key]
        if unit is not None:
            of[place] = unit
            unit.members.append(place)
    return list(units.values()), of


def _label(text: str) -> tuple[str, str | None]:
    found = _LABEL_LEAD.fullmatch(text)
    return (found[1], found[2]) if found is not None else (text, None)


def _paths(
    entries: Sequence[Entry],
    here: Iterable[int],
    parents: Mapping[str, str],
    answers: Answers,
    problems: list[ImportProblem],
) -> dict[int, Path]:
    """Each one's path of units, in one spelling."""
    here = list(here)
    texts = {place: [clean(unit) for unit in entries[place].units if clean(unit)] for place in here}
    first = _first_of_several(entries, texts, answers, problems)
    separator = _separator({text for units in first.values() for text in units})
    raw: dict[int, Path] = {}
    for place, units in first.items():
        parts: list[str] = []
        for unit in units:
            pieces = [piece for piece in separator.split(unit) if piece] if separator is not None else [unit]
            # `Marketing`, then `Marketing / Brand` in the next column, is one path.
            known = [fold(each) for each in parts]
            while pieces and fold(pieces[0]) in known:
                pieces.pop(0)
            parts += pieces
        if len(units) == 1 and parents:
            parts = _chain(parts[0], parents)
        if len(parts) > TEAM_LEVELS_MAX:
            raise _too_deep(entries[place], parts[-1])
        if parts:
            raw[place] = tuple(parts)
    return _one_spelling(entries, raw)


def _chain(unit: str, parents: Mapping[str, str]) -> list[str]:
    path = [unit]
    while (above := parents.get(fold(path[0]))) and fold(above) not in map(fold, path):
        path.insert(0, above)
        if len(path) > TEAM_LEVELS_MAX:
            break
    return path


def _first_of_several(
    entries: Sequence[Entry], texts: Mapping[int, list[str]], answers: Answers, problems: list[ImportProblem]
) -> dict[int, list[str]]:
    """Of people who stand in several units the one that is answered, the first by default."""
    wholes = {fold(unit) for units in texts.values() for unit in units}
    first: dict[int, list[str]] = {}
    for place, units in texts.items():
        several = [piece for piece in _SEVERAL.split(units[0]) if piece] if len(units) == 1 else []
        if len(several) < 2 or not all(fold(piece) in wholes for piece in several[:1]):
            first[place] = units
            continue
        entry = entries[place]
        says = sentence("{name} is in several teams: {teams}", name=entry.shown, teams=", ".join(several))
        options = tuple(Option(piece, piece) for piece in several)
        question = Question(f"several-teams:{entry.key}", says, options, several[0])
        problems.append(entry.problem("question", "several-teams", says, question))
        first[place] = [question.answer(answers)]
    return first


def _separator(units: set[str]) -> re.Pattern[str] | None:
    """What separates the parts of paths, if units are paths: some stand below others, or all below one."""
    folded = {fold(unit) for unit in units}
    for separator in SEPARATORS:
        paths = [tuple(piece for piece in separator.split(unit) if piece) for unit in folded]
        longer = [path for path in paths if len(path) > 1]
        if not longer:
            continue
        tops = {path[0] for path in paths if path}
        whole = {path for path in paths if path}
        below_another = any(path[:depth] in whole for path in longer for depth in range(1, len(path)))
        if below_another or len(tops) == 1:
            return separator
    return None


def _one_spelling(entries: Sequence[Entry], raw: Mapping[int, Path]) -> dict[int, Path]:
    """Paths that differ only in case, blanks and dashes, as most write them, the first on a tie."""
    spellings: dict[tuple[str, ...], Counter[Path]] = {}
    for path in raw.values():
        for depth in range(1, len(path) + 1):
            spellings.setdefault(tuple(map(fold, path[:depth])), Counter())[path[:depth]] += 1
    chosen = {key: counter.most_common(1)[0][0][-1] for key, counter in spellings.items()}
    paths: dict[int, Path] = {}
    for place, path in raw.items():
        folded = tuple(map(fold, path))
        paths[place] = tuple(chosen[folded[: depth + 1]] for depth in range(len(path)))
    usual: dict[str, Counter[str]] = {}
    for place in paths:
        for cell in entries[place].units:
            usual.setdefault(fold(cell), Counter())[cell] += 1
    for place in paths:
        for cell in entries[place].units:
            most = usual[fold(cell)].most_common(1)[0][0]
            if cell != most:
                entries[place].note(
                    "team-spelled-otherwise",
                    sentence("“{written}” is taken as “{name}”", written=cell, name=most),
                )
    return paths


def _common_beginning(paths: Sequence[Path]) -> Path:
    if not paths:
        return ()
    shortest = min(paths, key=len)
    for depth, name in enumerate(shortest):
        if any(fold(path[depth]) != fold(name) for path in paths):
            return shortest[:depth]
    return shortest


def _seat_without_unit(here: Iterable[int], lines: Lines, of: dict[int, Unit]) -> None:
    """Who has no unit sits with the next manager above who has one."""
    waiting = [place for place in here if place not in of]
    known: dict[int, int | None] = {}
    for place in waiting:
        manager = nearest_above(place, lines.managers, of.__contains__, known)
        if manager is not None:
            of[place] = of[manager]
            of[place].members.append(place)
    for unit in set(of.values()):
        unit.members.sort()


def _by_managers(
    entries: Sequence[Entry], here: Iterable[int], lines: Lines, root_name: str
) -> tuple[list[Unit], dict[int, Unit]]:
    """A team for everybody with reports, who sits in it with those reports that have none themselves."""
    here = list(here)
    below = lines.reports()
    leading = [place for place in here if any(entries[each].left is None for each in below.get(place, ()))]
    teams = {
        place: Unit(
            _team_name(entries[place], lines.managers[place] is None, root_name), named=False, lead=place
        )
        for place in leading
    }
    of: dict[int, Unit] = {}
    for place in here:
        manager = lines.managers[place]
        unit = teams.get(place) or (teams.get(manager) if manager is not None else None)
        if unit is not None:
            of[place] = unit
            unit.members.append(place)
    for place, unit in teams.items():
        manager = lines.managers[place]
        unit.parent = teams.get(manager) if manager is not None else None
    return list(teams.values()), of


def _team_name(lead: Entry, is_root: bool, root_name: str) -> str:
    """The name of a team that the file does not name: what its lead heads, else whose team it is."""
    if is_root:
        return root_name
    found = _HEADS.fullmatch(lead.title or "")
    if found is not None:
        return str(next(filter(None, found.groups())))
    return translate(sentence("Team of {name}", name=lead.shown))[:NAME_LENGTH]


_HEADS = re.compile(
    r"(?:head|director|vp|lead|leiter(?:in)?|teamleiter(?:in)?)(?: of|,)? (.+)|(.+?) (?:lead|director|head)"
    r"|(.+?)(?:负责人|总监|主管|经理|组长)",
    re.IGNORECASE,
)


def _find_leads(leads: Leads, units: Iterable[Unit], of: Mapping[int, Unit]) -> None:
    for unit in units:
        if unit.lead is None:
            unit.lead = leads.find(unit.members, partial(_is_below, unit, of), unit.name, unit.label_lead)


def _is_below(unit: Unit, of: Mapping[int, Unit], place: int) -> bool:
    """Whether somebody sits in a unit or below it."""
    return place in of and of[place].is_within(unit)


def _without_unit_above(units: list[Unit], of: dict[int, Unit]) -> None:
    """Drop a unit above all others that only seats the lead of one of them, who is seated there instead.

    Systems that seat leads in the unit above export the head in a unit of which nobody else is there.
    """
    for unit in [each for each in units if each.label_lead is not None and len(each.members) == 1]:
        head = unit.members[0]
        led = next((each for each in units if each.lead == head and each is not unit), None)
        if led is not None and unit.parent is None and not any(each.parent is unit for each in units):
            of[head] = led
            led.members.insert(0, head)
            units.remove(unit)


def _one_tree(
    entries: Sequence[Entry], units: list[Unit], of: Mapping[int, Unit], lines: Lines, root_name: str
) -> Unit:
    """Put units that have none above below the team of their lead's manager, and all below one root."""
    tops = [unit for unit in units if unit.parent is None]
    if len(tops) == 1:
        return tops[0]
    seated = [place for place in of if lines.managers[place] is None]
    head = find_head(entries, lines.managers, seated) if seated else None
    is_headed = head is not None and (of[head].lead == head or _leads_others(head, of, lines))
    root = of[head] if head is not None and is_headed else Unit(root_name)
    while root.parent is not None:
        root = root.parent
    for unit in tops:
        if unit is root:
            continue
        unit.parent = of.get(_manager_of_unit(unit, lines), root)
    _open_circles(tops, root)
    return root


def _open_circles(units: Iterable[Unit], root: Unit) -> None:
    """Put the first unit of each circle below the root."""
    known = {root}
    for first in units:
        path = []
        unit: Unit | None = first
        while unit is not None and unit not in known:
            known.add(unit)
            path.append(unit)
            unit = unit.parent
        if unit in path:
            unit.parent = root


def _leads_others(head: int, of: Mapping[int, Unit], lines: Lines) -> bool:
    """Whether somebody of another unit reports to the head, so that the head's unit is the root."""
    return any(
        manager == head and place in of and of[place] is not of[head]
        for place, manager in enumerate(lines.managers)
    )


def _manager_of_unit(unit: Unit, lines: Lines) -> int:
    """To whom a unit reports: its lead's manager, else that of most members; -1 for nobody."""
    if unit.lead is not None:
        manager = lines.managers[unit.lead] if unit.lead in unit.members else unit.lead
        return -1 if manager is None else manager
    inside = set(unit.members)
    outside = Counter(
        manager
        for manager in (lines.managers[place] for place in unit.members)
        if manager is not None and manager not in inside
    )
    return outside.most_common(1)[0][0] if outside else -1


def _in_tree_order(root: Unit, units: Sequence[Unit]) -> list[Unit]:
    below: dict[int, list[Unit]] = {}
    for unit in units:
        if unit.parent is not None:
            below.setdefault(id(unit.parent), []).append(unit)
    ordered: list[Unit] = []
    waiting = [root]
    while waiting:
        unit = waiting.pop()
        ordered.append(unit)
        waiting += reversed(below.get(id(unit), []))
    return ordered


def _check_depth(entries: Sequence[Entry], ordered: Sequence[Unit]) -> None:
    """Refuse teams below one another beyond all sense, whose paths would fill the memory."""
    depths: dict[int, int] = {}
    for unit in ordered:
        depths[id(unit)] = depth = depths.get(id(unit.parent), 0) + 1
        if depth > TEAM_LEVELS_MAX:
            raise _too_deep(entries[unit.members[0] if unit.members else 0], unit.name)


def _too_deep(entry: Entry, team: str) -> CannotRead:
    says = sentence(
        "{team} is more than {limit} teams deep; look whether the columns of teams and managers are "
        "the right ones, and name others with --map",
        team=team[:NAME_LENGTH],
        limit=TEAM_LEVELS_MAX,
    )
    return CannotRead(says, entry.line, entry.source)


def _tell_apart(entries: Sequence[Entry], ordered: Sequence[Unit]) -> None:
    """Number teams that have the name of another beside them, so that no two have one path."""
    beside: dict[int, set[str]] = {}
    for unit in ordered:
        names = beside.setdefault(id(unit.parent), set())
        name, number = unit.name, 2
        while unit.name in names:
            behind = f" ({number})"
            unit.name = name[: NAME_LENGTH - len(behind)] + behind
            number += 1
        names.add(unit.name)
        if unit.name != name and unit.members:
            says = sentence(
                "there are two teams {team} in one; this is called {name}", team=name, name=unit.name
            )
            entries[unit.members[0]].note("team-name-twice", says)


def _reports_elsewhere(entries: Sequence[Entry], of: Mapping[int, Unit], lines: Lines) -> None:
    """Note whose manager in the file is not the one that the teams give."""
    for place, unit in of.items():
        given = lines.managers[place]
        derived = derived_manager(place, of)
        if given is not None and derived is not None and given != derived and unit.lead is not None:
            entries[place].note(
                "reports-elsewhere",
                sentence(
                    "reports to {manager}, yet {lead} leads {team}",
                    manager=entries[given].shown,
                    lead=entries[derived].shown,
                    team=unit.name,
                ),
            )


def derived_manager(place: int, of: Mapping[int, Unit]) -> int | None:
    """The manager that teams and leads give: the first lead met on the way up who is somebody else."""
    unit: Unit | None = of[place]
    while unit is not None and (unit.lead is None or unit.lead == place):
        unit = unit.parent
    return None if unit is None else unit.lead


def only_below(teams: Teams, wanted: str) -> Unit | None:
    """The unit of this name or path (`Marketing/Brand`); None if there is none."""
    folded = fold(wanted)
    for unit in teams.units:
        if folded in (fold(unit.name), fold("/".join(unit.path))):
            return unit
    return None


def unit_names(units: Iterable[Unit]) -> Sentence | str:
    """The names of units, for a message."""
    return ", ".join(unit.name for unit in units)
