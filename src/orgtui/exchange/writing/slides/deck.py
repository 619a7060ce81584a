"""Which slides a report has: cover, before, after, changes, numbers; then teams in detail, and findings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from orgtui.exchange.writing.report import (
    Metric,
    PlannedChange,
    Report,
    ReportedFinding,
    Standing,
    Structure,
    Wave,
)
from orgtui.exchange.writing.slides.arranging import Titles, Tree, charts
from orgtui.exchange.writing.slides.parts import (
    INNER,
    MARGIN,
    PADDING_X,
    PADDING_Y,
    Card,
    Cell,
    Chart,
    Cover,
    Paragraph,
    Row,
    Slide,
    Table,
    height_of,
    words,
)
from orgtui.exchange.writing.slides.tables import TEXT, plain, section, tables
from orgtui.exchange.writing.slides.titles import COVER_SIZES, COVER_TOP, title_size
from orgtui.exchange.writing.words import REACHED, about_findings, word
from orgtui.exchange.writing.words import STANDINGS as STANDING_WORDS
from orgtui.locales import translate
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.views.base.signs import UNICODE

TILES = 4
ONE_COLUMN = 14
"""More numbers stand in two columns."""

TILE_GAP = 16.0
TILE_TOP = 372.0
COVER_GAP = 18.0
MOST_FINDINGS = 60
"""So many findings at most are told one by one, first those that people decide on."""

STANDINGS: tuple[Standing, ...] = ("new", "left", "accepted", "resolved")
"""What people decide on comes first."""


def slides(report: Report) -> Iterator[Slide]:
    """The slides of a report, in order."""
    notes = _source(report)
    yield _cover(report, notes)
    before, *before_details = charts(Tree.of(report.before, "before"), Titles(_before_title(report)), notes)
    yield before
    after_details: list[Chart] = []
    if report.has_plan:
        after, *after_details = charts(Tree.of(report.after, "after"), Titles(_after_title(report)), notes)
        yield after
        if report.waves:
            yield from _changes(report, notes)
    if report.metrics:
        yield from _numbers(report, notes)
    if report.targets:
        yield from _targets(report, notes)
    yield from before_details
    yield from after_details
    if report.findings:
        yield from _findings(report, notes)
    if report.notes:
        yield from _remarks(report, notes)


def _source(report: Report) -> str:
    said = {"organization": report.organization_name, "day": report.today}
    if report.plan is None:
        return translate(sentence("Source: {organization} as of {day}.", **said))
    return translate(
        sentence(
            "Source: {organization} as of {day}. Before is the organisation without the plan {plan}, after "
            "is with all its changes made; the numbers of both are counted in the same way.",
            plan=report.plan.name,
            **said,
        )
    )


def _cover(report: Report, notes: str) -> Cover:
    above = report.organization_name if report.part is None else f"{report.organization_name} › {report.part}"
    said = []
    if report.plan is not None:
        plan = report.plan
        said.append(translate(sentence("Plan: {plan} ({status})", plan=plan.name, status=plan.status)))
        if plan.author:
            said.append(translate(sentence("By {name}", name=plan.author)))
        if plan.review_on is not None:
            said.append(translate(sentence("To be reviewed on {day}", day=plan.review_on)))
    said.append(translate(sentence("As of {day}", day=report.today)))
    below = (words(said[0], 16), *(words(text, 14, "dim") for text in said[1:]))
    below_top = COVER_TOP + title_size(report.headline, COVER_SIZES)[1] + COVER_GAP
    tile_top = max(TILE_TOP, below_top + height_of(below, INNER) + COVER_GAP)
    return Cover(report.headline, above, below, below_top, tuple(_tiles(report, tile_top)), notes)


def _tiles(report: Report, top: float) -> Iterator[Card]:
    """The first numbers that get better or worse, large; without a plan the first of all."""
    metrics = [metric for metric in report.metrics if metric.verdict is not None or not report.has_plan]
    width = (INNER - (TILES - 1) * TILE_GAP) / TILES
    texts = [tuple(_tile(metric, width, has_plan=report.has_plan)) for metric in metrics[:TILES]]
    height = max((height_of(text, width - 2 * PADDING_X) for text in texts), default=0) + 2 * PADDING_Y
    for place, text in enumerate(texts):
        alt = ". ".join(paragraph.text for paragraph in text)
        x = MARGIN + place * (width + TILE_GAP)
        yield Card(f"tile {place}", x, top, width, height, text, alt, "tile")


def _tile(metric: Metric, width: float, *, has_plan: bool) -> Iterator[Paragraph]:
    number = f"{metric.text_before} {UNICODE.becomes} {metric.text}" if has_plan else metric.text
    yield words(number, _number_size(number, width), is_bold=True)
    yield words(metric.label, 13)
    if has_plan:
        yield _verdict(metric, 12)


def _number_size(text: str, width: float) -> float:
    """The largest size at which a number with its change has one line."""
    sizes = (26.0, 22.0, 18.0, 15.0)
    one_line = (
        size for size in sizes if height_of((words(text, size, is_bold=True),), width - 12) < 2 * size
    )
    return next(one_line, 15.0)


def _teams(structure: Structure) -> tuple[int, int]:
    """How many teams and focus teams are below the root."""
    focus = sum(team.is_focus for team in structure.teams[1:])
    return len(structure.teams) - 1 - focus, focus


def _before_title(report: Report) -> str:
    before = report.before
    said = {"team": before.root.name, "teams": len(before.teams) - 1, "seats": before.headcount}
    count = len(report.of("resolved", "left"))
    if not count:
        return translate(sentence("Today {team} has {teams:team|teams} with {seats:seat|seats}", **said))
    return translate(
        sentence(
            "Today {team} has {teams:team|teams} with {seats:seat|seats}, and {findings:finding|findings}",
            findings=count,
            **said,
        )
    )


def _after_title(report: Report) -> str:
    before, focus_before = _teams(report.before)
    after, focus = _teams(report.after)
    if before != after and focus and not focus_before:
        became = sentence(
            "{before:team becomes|teams become} {after:team|teams} and {focus:focus team|focus teams}",
            before=before,
            after=after,
            focus=focus,
        )
    elif before != after:
        became = sentence("{before:team becomes|teams become} {after:team|teams}", before=before, after=after)
    else:
        became = sentence(
            "With the plan {team} has {teams:team|teams} with {seats:seat|seats}",
            team=report.after.root.name,
            teams=after + focus,
            seats=report.after.headcount,
        )
    moved = len(report.moved_people)
    return translate(_and(became, sentence("{people:person moves|people move}", people=moved), moved))


def _and(said: Sentence, detail: Sentence, count: int) -> Sentence:
    """A title with a further part, if that has something to count."""
    return sentence("{said}; {detail}", said=said, detail=detail) if count else said


def _changes(report: Report, notes: str) -> Iterator[Table]:
    changes, people = sum(len(wave.changes) for wave in report.waves), len(report.people_led_otherwise)
    said = sentence(
        "{changes:change|changes} in {waves:wave|waves}", changes=changes, waves=len(report.waves)
    )
    led = sentence("{people:person gets|people get} a new manager", people=people)
    title = translate(_and(said, led, people))
    rows: list[Row] = []
    for wave in report.waves:
        rows.append(section(_wave_name(wave)))
        rows += map(_change_row, wave.changes)
    head = ("", translate(sentence("Change")), translate(sentence("Why")), translate(sentence("By")))
    yield from tables(title, (0.05, 0.4, 0.42, 0.13), head, rows, notes)


def _wave_name(wave: Wave) -> str:
    said = [translate(sentence("Wave {wave}", wave=wave.number))]
    said += [part for part in (wave.name, wave.on.isoformat() if wave.on else None) if part]
    return " · ".join(said)


def _change_row(change: PlannedChange) -> Row:
    number = Cell((words(str(change.number), TEXT, "dim"),), is_right=True)
    return (number, plain(change.what), plain(change.why or ""), plain(change.who or ""))


def _verdict(metric: Metric, size: float) -> Paragraph:
    if metric.verdict == "worse":
        return words(translate(sentence("worse")), size, "worse")
    return words(translate(sentence("better")) if metric.verdict == "better" else "", size, "mark")


def _numbers(report: Report, notes: str) -> Iterator[Table]:
    head: tuple[str, ...]
    shares: tuple[float, ...]
    rows: list[Row]
    label = translate(sentence("Number"))
    if report.has_plan:
        title = _numbers_title(report)
        head = (label, translate(sentence("Before")), translate(sentence("After")), "")
        shares = (0.45, 0.18, 0.18, 0.19)
        rows = [_metric_row(metric) for metric in report.metrics]
    else:
        title = translate(sentence("{team} in numbers", team=report.after.root.name))
        head, shares = (label, translate(sentence("Today"))), (0.7, 0.3)
        rows = [(plain(metric.label), _result(metric)) for metric in report.metrics]
    if len(rows) > ONE_COLUMN:
        half = -(-len(rows) // 2)
        empty = plain("")
        both = zip_longest(rows[:half], rows[half:], fillvalue=(empty,) * len(head))
        rows = [(*left, empty, *right) for left, right in both]
        head, shares = (*head, "", *head), (*shares, 0.1, *shares)
    yield from tables(title, shares, head, rows, notes)


def _numbers_title(report: Report) -> str:
    better = sum(metric.verdict == "better" for metric in report.metrics)
    worse = sum(metric.verdict == "worse" for metric in report.metrics)
    if not worse:
        return translate(sentence("{better:number gets|numbers get} better, none gets worse", better=better))
    return translate(
        sentence(
            "{better:number gets|numbers get} better, {worse:number gets|numbers get} worse",
            better=better,
            worse=worse,
        )
    )


def _metric_row(metric: Metric) -> Row:
    before = plain(metric.text_before, is_right=True)
    return (plain(metric.label), before, _result(metric), Cell((_verdict(metric, TEXT),)))


def _result(metric: Metric) -> Cell:
    return plain(metric.text, is_bold=metric.text != metric.text_before, is_right=True)


def _targets(report: Report, notes: str) -> Iterator[Table]:
    missed = sum(bool(target.is_missed) for target in report.targets)
    told = sentence("{missed:target is|targets are} missed", missed=missed)
    title = translate(told if missed else sentence("All targets are reached"))
    numbers = (N_("Before"), N_("After")) if report.has_plan else (N_("Today"),)
    head = ("", *map(word, (N_("Target"), *numbers)), "")
    shares = (0.4, 0.2, *(0.13 for _ in numbers), 0.14)
    rows: list[Row] = [
        (
            plain(target.label),
            plain(target.asked),
            *((plain(target.text_before, is_right=True),) if report.has_plan else ()),
            plain(target.text, is_bold=True, is_right=True),
            plain(word(REACHED[target.is_missed])),
        )
        for target in report.targets
    ]
    yield from tables(title, shares, head, rows, notes)


def _remarks(report: Report, notes: str) -> Iterator[Table]:
    head = tuple(map(word, (N_("About"), N_("Note"), N_("By"))))
    rows: list[Row] = [(plain(note.on), plain(note.text), plain(note.source)) for note in report.notes]
    title = translate(sentence("{notes:note|notes}", notes=len(report.notes)))
    yield from tables(title, (0.25, 0.55, 0.2), head, rows, notes)


def _findings(report: Report, notes: str) -> Iterator[Table]:
    if report.has_plan:
        resolved, left, new = (len(report.of(each)) for each in ("resolved", "left", "new"))
        said = sentence("The plan resolves {resolved:finding|findings}", resolved=resolved)
        said = _and(said, sentence("{left:is|are} left", left=left), left)
        title = translate(_and(said, sentence("{new:is|are} new", new=new), new))
    else:
        title = translate(
            sentence("{findings:finding|findings}, gravest first", findings=len(report.of("left")))
        )
    rows: list[Row] = []
    for standing in STANDINGS:
        found = report.of(standing)
        if found and report.has_plan:
            rows.append(section(f"{word(STANDING_WORDS[standing])} · {len(found)}"))
        told = found[: max(0, MOST_FINDINGS - len(rows))]
        rows += [_finding_row(finding) for finding in told]
        if len(told) < len(found):
            more = translate(sentence("{count} more of these", count=len(found) - len(told)))
            rows.append((plain(""), Cell((words(more, TEXT, "dim"),))))
    yield from tables(
        title, (0.14, 0.86), ("", translate(sentence("Finding"))), rows, f"{about_findings(report)} {notes}"
    )


def _finding_row(finding: ReportedFinding) -> Row:
    sign = f"{UNICODE.severity(finding.severity)} {translate(Sentence(finding.severity))}"
    says = [words(finding.message, TEXT)]
    if finding.why:
        accepted = translate(sentence("Why: {why}", why=finding.why))
        says.append(words(accepted, TEXT, "dim"))
    return (Cell((words(sign, TEXT),)), Cell(tuple(says)))
