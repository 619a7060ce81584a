"""The people of a table: who they are, what they do and whether their seat is filled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from orgtui.exchange.problems import Answers, ImportProblem, ImportSeverity, Option, Question
from orgtui.exchange.progress import Progress, counted, no_progress
from orgtui.exchange.roster.columns import Table
from orgtui.exchange.roster.dates import is_day_first, parse_day
from orgtui.exchange.roster.headers import POSITION_IDS
from orgtui.exchange.roster.states import NO, WORDS, YES, StateWord, fold_word, state_word
from orgtui.exchange.roster.texts import clean, fold, fold_header, fold_id, without_addresses
from orgtui.exchange.rows import Row
from orgtui.model.gate import NAME_LENGTH, refused_character
from orgtui.model.records import SeatState
from orgtui.model.sentence import Sentence, sentence

FULL_WEEK_HOURS = 40
"""The hours of a full-time week, unless the longest week of the file is another usual one."""

_USUAL_WEEKS = (35, 42)
_NOBODY = frozenset(
    map(
        fold_word,
        ("vacant", "vacancy", "open", "tbh", "空缺", "待招", "招聘中", "n.n.", "nn", "unfilled", "vakant"),
    )
)
_TO_COME = frozenset(map(fold_word, ("tbd", "new hire", "planned", "待定", "规划")))
_VACANCY_TITLE = re.compile(
    r"(?:vacan(?:cy|t)|open(?: position| req)?|tbh|空缺|待招)\s*[-–—:：]\s*(.+)"
    r"|[(（\[](?:vacan(?:cy|t)|open|tbh|空缺|待招)[)）\]]\s*(.+)"
    r"|(.+?)\s*[(（\[](?:vacan(?:cy|t)|open|tbh|空缺|待招)[)）\]]",
    re.IGNORECASE,
)
_UNIT_OF_TIME = re.compile(r"\s*(?:%|hours?|hrs?|h|std\.?|stunden|小时)$")
_CODE_BEFORE = re.compile(r"[A-Z]{0,4}[-_]?\d[\d._-]*\s*[-–:]?\s+(?=\D)(.+)")
_CODE_BEHIND = re.compile(r"(.+?)\s*[(（\[][A-Z]{0,4}[-_]?\d[\d._-]*[)）\]]")
_REMARK = re.compile(r"(.+?)\s*[(（\[]([^()（）\[\]]+)[)）\]]")
_ACCOUNT = re.compile(r"(#EXT#)?@.*", re.IGNORECASE | re.DOTALL)


@dataclass(slots=True, eq=False)
class Entry:
    """A row that is a seat. `key` is its id in the file, or what stands for one; `units` its teams' names.

    `name` is None if nobody sits there. `left` is why it is left out, as a word; `fte` is whole percents.
    """

    key: str
    line: int
    name: str | None
    title: str | None
    state: SeatState
    fte: int
    manager_texts: tuple[str, ...]
    units: tuple[str, ...]
    source: int = 0
    email: str = ""
    dn: str = ""
    other_names: tuple[str, ...] = ()
    other_ids: tuple[str, ...] = ()
    is_lead: bool | None = None
    is_assistant: bool = False
    left: str | None = None
    left_code: str = ""
    problems: list[ImportProblem] = field(default_factory=list)

    @property
    def shown(self) -> str:
        return self.name or self.title or self.key

    @property
    def account(self) -> str:
        """The account or e-mail that `key` was cut from; empty if it was not."""
        whole = self.other_ids[0] if self.other_ids else self.email
        return whole if "@" in whole else ""

    @property
    def has_own_id(self) -> bool:
        """Whether the file gives an id, so that `key` was not made up or cut from an e-mail."""
        return bool(self.other_ids)

    def problem(
        self, severity: ImportSeverity, code: str, says: Sentence, question: Question | None = None
    ) -> ImportProblem:
        """A problem about this entry, at its line."""
        name = self.shown[:NAME_LENGTH]
        return ImportProblem(self.line, severity, code, says, self.key, question, self.source, name)

    def note(self, code: str, says: Sentence) -> None:
        self.problems.append(self.problem("note", code, says))

    def error(self, code: str, says: Sentence) -> None:
        self.problems.append(self.problem("error", code, says))


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is the same for all rows of a table."""

    table: Table
    answers: Answers
    today: date
    full_week: int
    fte_is_percent: bool
    day_first: bool
    unit_codes: dict[int, re.Pattern[str]]
    units: tuple[int, ...]


def read_people(
    table: Table, units: tuple[int, ...], answers: Answers, today: date, progress: Progress = no_progress
) -> list[Entry]:
    """Every record of the table as an entry, in the order of the file; `units` are the columns of teams."""
    weeks = [
        number for row in table.rows for number in map(parse_number, table.cells(row, "hours")) if number
    ]
    longest = round(max(weeks, default=FULL_WEEK_HOURS))
    usual = _USUAL_WEEKS[0] <= longest <= _USUAL_WEEKS[1]
    shares = [parse_number(cell) or 0 for row in table.rows for cell in table.cells(row, "fte")]
    days = (cell for row in table.rows for part in ("start", "end") for cell in table.cells(row, part))
    reading = _Reading(
        table,
        answers,
        today,
        longest if usual else FULL_WEEK_HOURS,
        max(shares, default=0) > 2,
        bool(is_day_first(days)),
        _unit_codes(table, units),
        units,
    )
    entries = [_entry(row, reading) for row in counted(table.rows, "people", progress)]
    _settle_keys(entries, table)
    return entries


def _entry(row: Row, reading: _Reading) -> Entry:
    table = reading.table
    name, other_names = _names(row, table)
    name, remark = _remark_behind(name)
    title = table.cell(row, "title") or None
    ids = tuple(_without_apostrophe(cell) for cell in table.cells(row, "id"))
    if remark is not None and remark not in WORDS and any(each.isdigit() for each in remark):
        ids = (*ids, remark)
    email = table.cell(row, "email")
    is_nobody = name is not None and fold_word(name) in _NOBODY
    is_to_come = name is not None and fold_word(name) in _TO_COME
    vacancy = _VACANCY_TITLE.fullmatch(title or "")
    if vacancy is not None:
        title = next(filter(None, vacancy.groups()))
    entry = Entry(
        key=_key(ids, email, row.line),
        line=row.line,
        name=None if is_nobody or is_to_come else name,
        title=title,
        state="filled",
        fte=100,
        manager_texts=tuple(
            _without_apostrophe(cell)
            for part in ("manager", "manager_name")
            for cell in table.cells(row, part)
        ),
        units=tuple(_unit(row, place, reading) for place in reading.units),
        source=row.source,
        email=email,
        dn=table.cell(row, "dn"),
        other_names=other_names,
        other_ids=ids,
        is_lead=_leads(table.cell(row, "lead"), (name or "", *other_names, *ids)),
        is_assistant=_is_assistant(row, table),
    )
    _check_texts(entry)
    _set_state(entry, row, reading, is_nobody or vacancy is not None, is_to_come, WORDS.get(remark or ""))
    _set_fte(entry, row, reading)
    if row.is_hidden:
        entry.note("row-hidden", sentence("hidden by a filter; taken over"))
    if entry.is_assistant:
        entry.note("assistant", sentence("marked as an assistant; taken over as a seat"))
    seconds = ", ".join(table.cells(row, "second_manager"))
    if seconds and entry.left is None:
        entry.note(
            "second-manager",
            sentence("second manager {manager}: not taken over", manager=without_addresses(seconds)),
        )
    return entry


def _names(row: Row, table: Table) -> tuple[str | None, tuple[str, ...]]:
    """The name, and the others by which a manager may be called."""
    full = [_first_last(cell) for cell in table.cells(row, "name")]
    first, last = table.cell(row, "first_name"), table.cell(row, "last_name")
    pair = clean(f"{last}{first}") if _is_cjk(last + first) else clean(f"{first} {last}")
    preferred = list(table.cells(row, "preferred_name"))
    others = [*full[1:], pair]
    name = next(filter(None, (*full, pair)), None)
    family = last or (name or "").rpartition(" ")[2]
    for each in preferred:
        others += [each, clean(f"{each} {family}")] if family and " " not in each else [each]
    return name, tuple(dict.fromkeys(each for each in others if each and each != name))


def _remark_behind(name: str | None) -> tuple[str | None, str | None]:
    """A name without what stands behind it in brackets, and that, folded, if it is a state or a number."""
    found = _REMARK.fullmatch(name or "")
    if found is None:
        return name, None
    remark = fold_word(found[2])
    return (found[1], remark) if remark in WORDS or remark.isdigit() else (name, None)


def _first_last(name: str) -> str:
    """`Last, First` as `First Last`."""
    last, comma, first = name.partition(",")
    return clean(f"{first} {last}") if comma and first.strip() and "," not in first else name


def _is_cjk(text: str) -> bool:
    return bool(text) and all(ord(character) > 0x2E7F for character in text if not character.isspace())


def _without_apostrophe(cell: str) -> str:
    return cell.lstrip("'’") if cell[:1] in "'’" else cell


def _key(ids: tuple[str, ...], email: str, line: int) -> str:
    """The first id, of an account what stands before the @; else of the e-mail; else the line."""
    found = _ACCOUNT.sub("", ids[0] if ids else email)
    return found or f"row-{line}"


def _unit(row: Row, place: int, reading: _Reading) -> str:
    cell = clean(row.cells[place]) if place < len(row.cells) else ""
    code = reading.unit_codes.get(place)
    found = code.fullmatch(cell) if code is not None else None
    return clean(found[1]) if found is not None else cell


def _unit_codes(table: Table, units: Iterable[int]) -> dict[int, re.Pattern[str]]:
    """The form of the codes that stand before or behind the names of units, of columns where all have one."""
    found = {}
    for place in units:
        cells = {clean(row.cells[place]) for row in table.rows if place < len(row.cells)} - {""}
        for form in (_CODE_BEFORE, _CODE_BEHIND):
            coded = sum(form.fullmatch(cell) is not None for cell in cells)
            if coded and coded * 5 >= len(cells) * 3:
                found[place] = form
                break
    return found


def _flag(cell: str) -> bool | None:
    folded = fold_word(cell)
    return True if folded in YES else False if folded in NO else None


def _leads(cell: str, own: Iterable[str]) -> bool | None:
    """Whether somebody leads a team: a column says yes, or names who does."""
    folded = {fold(each) for each in own} - {""}
    return True if fold(cell) in folded else _flag(cell)


def _is_assistant(row: Row, table: Table) -> bool:
    tags = {fold_word(tag) for cell in table.cells(row, "contract") for tag in cell.split(",")}
    return bool(_flag(table.cell(row, "assistant"))) or "assistant" in tags


def _check_texts(entry: Entry) -> None:
    """Refuse an id, a name or a title that may not enter, so that it is not repaired in silence."""
    for text, part in (
        (entry.key, sentence("number")),
        (entry.name or "", sentence("name")),
        (entry.title or "", sentence("title")),
    ):
        refusal = text_refusal(text, part)
        if refusal is not None:
            entry.error(*refusal)
    for text in entry.units:
        # Whether each name of a path is short enough is only known when the paths are.
        if refused_character(text) is not None and (refusal := text_refusal(text, sentence("team"))):
            entry.error(*refusal)
    entry.name = None if entry.name is None else entry.name[:NAME_LENGTH]


def text_refusal(text: str, part: Sentence) -> tuple[str, Sentence] | None:
    """Why a text may not be the name, title or the like (`part`) of something: a code and what is said."""
    refused = refused_character(text)
    if refused is not None:
        return "text-refused", sentence("the {part} holds {character}", part=part, character=refused)
    if len(text) > NAME_LENGTH:
        says = sentence(
            "the {part} has {count} characters; at most {limit}",
            part=part,
            count=len(text),
            limit=NAME_LENGTH,
        )
        return "text-too-long", says
    return None


def _set_state(
    entry: Entry, row: Row, reading: _Reading, is_nobody: bool, is_to_come: bool, remark: StateWord | None
) -> None:
    found = list(_state_words(entry, row, reading))
    if remark is not None:
        found.append((remark, entry.name or ""))
    meanings = {word.meaning for word, _ in found}
    ended = _day(row, "end", reading)
    starts = _day(row, "start", reading)
    if ended is not None and ended < reading.today:
        says = sentence("left on {day} and is left out", day=ended.isoformat())
        _leave_out(entry, "terminated", "leaver-left-out", says)
    elif "left" in meanings:
        word, cell = next((word, cell) for word, cell in found if word.meaning == "left")
        assert word.says is not None
        _leave_out(entry, cell, word.code, word.says)
    elif "asked" in meanings:
        _ask_inactive(entry, next(cell for word, cell in found if word.meaning == "asked"), reading.answers)
    elif (
        "vacant" in meanings
        or is_nobody
        or (entry.name is None and "planned" not in meanings and not is_to_come)
    ):
        entry.state = "vacant"
        entry.name = None
        entry.note("vacant", sentence("a vacant seat"))
    elif ("planned" in meanings and not _has_started(starts, reading.today)) or is_to_come:
        entry.state = "planned"
        if starts is None or starts <= reading.today or entry.name is None:
            entry.note("planned", sentence("a planned seat"))
    if entry.state != "vacant" and entry.left is None and starts is not None and starts > reading.today:
        entry.state = "planned"
        if entry.name is not None:
            says = sentence("starts on {day}, after today: a planned seat", day=starts.isoformat())
            entry.note("starts-later", says)
    if entry.left is None:
        for word, _ in found:
            if word.meaning == "filled" and word.says is not None:
                entry.note(word.code, word.says)
        part_time = any(word.code == "part-time" for word, _ in found)
        if part_time and not reading.table.cell(row, "fte") and not reading.table.cell(row, "hours"):
            entry.note("part-time-without-hours", sentence("part-time, but no hours given; FTE 1.0 assumed"))


def _has_started(starts: date | None, today: date) -> bool:
    """Whether somebody called «onboarding» has begun already."""
    return starts is not None and starts <= today


def _state_words(entry: Entry, row: Row, reading: _Reading) -> Iterator[tuple[StateWord, str]]:
    table = reading.table
    for part in ("state", "contract"):
        for place in table.columns.get(part, ()):
            cell = clean(row.cells[place]) if place < len(row.cells) else ""
            words = [state_word(table.headers[place], cell)]
            if words == [None] and "," in cell:
                words = [state_word(table.headers[place], each) for each in cell.split(",")]
            yield from ((word, cell) for word in words if word is not None)
            if cell and words == [None] and part == "state":
                entry.note(
                    "state-unknown",
                    sentence("the state “{word}” is not known; a filled seat", word=cell),
                )


def _leave_out(entry: Entry, why: str, code: str, says: Sentence) -> None:
    entry.left = why.casefold()
    entry.left_code = code
    entry.note(code, says)


def _ask_inactive(entry: Entry, cell: str, answers: Answers) -> None:
    """Some systems write one word for who has left and who is on leave."""
    options = (Option("left", sentence("left out")), Option("leave", sentence("on leave: a filled seat")))
    says = sentence("“{word}” can mean gone or on leave", word=cell)
    question = Question(f"inactive:{fold_word(cell)}", says, options, "left")
    entry.problems.append(entry.problem("question", "inactive-left-or-on-leave", says, question))
    if question.answer(answers) == "left":
        entry.left = cell.casefold()
        entry.left_code = "leaver-left-out"


def _day(row: Row, part: str, reading: _Reading) -> date | None:
    return parse_day(reading.table.cell(row, part), reading.day_first)


def _set_fte(entry: Entry, row: Row, reading: _Reading) -> None:
    cell, hours = reading.table.cell(row, "fte"), reading.table.cell(row, "hours")
    number = parse_number(cell or hours)
    if not cell and not hours:
        return
    if number is None or number < 0:
        entry.error(
            "fte-unreadable",
            sentence("the FTE “{cell}” is no number; write 0.8 or 80 %", cell=cell or hours),
        )
        return
    if cell:
        share = number / 100 if reading.fte_is_percent or "%" in cell else number
    else:
        share = number / reading.full_week
        if share and round(share, 2) != 1:
            says = sentence(
                "{hours} hours of a {week}-hour week: FTE {fte}",
                hours=hours,
                week=reading.full_week,
                fte=round(share, 2),
            )
            entry.note("fte-from-hours", says)
    if share > 1:
        entry.note(
            "fte-above-one", sentence("FTE {fte} is more than a full week; 1.0 is taken", fte=round(share, 2))
        )
    entry.fte = min(round(share * 100), 100)


def parse_number(cell: str) -> float | None:
    """The number in a cell, with a point or a comma, a percent sign or a unit behind it; None for none."""
    plain = _UNIT_OF_TIME.sub("", fold(cell)).replace(" ", "")
    if "," in plain and "." not in plain:
        plain = plain.replace(",", ".")
    if not re.fullmatch(r"-?\d{1,6}(\.\d{1,9})?", plain):
        return None
    return float(plain)


def _settle_keys(entries: list[Entry], table: Table) -> None:
    """Tell ids that stand twice: an error, unless they are those of seats that people share."""
    by_position = any(
        fold_header(table.headers[place]) in POSITION_IDS for place in table.columns.get("id", ())[:1]
    )
    first: dict[str, Entry] = {}
    times: dict[str, int] = {}
    for entry in entries:
        folded = fold_id(entry.key)
        earlier = first.setdefault(folded, entry)
        if earlier is not entry and entry.account != earlier.account:
            # Two accounts of one name in different domains.
            entry.key = entry.account
            earlier = first.setdefault(fold_id(entry.key), entry)
        if earlier is entry:
            continue
        if not entry.has_own_id and not entry.email:
            # Several records in one line, of which none has an id.
            times[folded] = times.get(folded, 1) + 1
            entry.key = f"{entry.key}#{times[folded]}"
            continue
        if by_position:
            times[folded] = times.get(folded, 1) + 1
            key, entry.key = entry.key, f"{entry.key}#{times[folded]}"
            entry.note("shared-position", sentence("{key} is shared by two people: two seats", key=key))
        else:
            entry.error(
                "duplicate-id",
                sentence(
                    "{key} is {name} already (line {line})",
                    key=entry.key,
                    name=earlier.shown,
                    line=earlier.line,
                ),
            )
