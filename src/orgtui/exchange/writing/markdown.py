"""The report as Markdown for pull requests: text and tables in the words of the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, groupby

from orgtui.exchange.writing import words
from orgtui.exchange.writing.formats import Files, Options
from orgtui.exchange.writing.markdown_text import markdown_text, table_row
from orgtui.exchange.writing.report import (
    AffectedPerson,
    Knowledge,
    KnowledgeLink,
    PlannedChange,
    Report,
    ReportedFinding,
    Stage,
    Standing,
    Wave,
)
from orgtui.exchange.writing.words import word
from orgtui.locales import join_list, translate
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.views.base.signs import UNICODE

STANDINGS: tuple[Standing, ...] = ("resolved", "new", "left", "accepted")
NOTHING = "–"


def write(report: Report, options: Options) -> Files:
    """The report in one file; every text from data is escaped."""
    sections = (
        _head,
        _numbers,
        _targets,
        _findings,
        _changes,
        _affected,
        _teams,
        _funnel,
        _knowledge,
        _notes,
    )
    lines = chain.from_iterable(section(report) for section in sections)
    return {"report.md": "".join(f"{line}\n" for line in lines).encode()}


def _head(report: Report) -> Iterator[str]:
    plan, name = report.plan, report.part or report.organization_name
    title = name if plan is None else translate(sentence("{name}: {plan}", name=name, plan=plan.name))
    yield f"# {markdown_text(title)}"
    yield ""
    yield f"**{markdown_text(report.headline)}**"
    about = list(_about_plan(report))
    if about:
        yield ""
        yield " · ".join(markdown_text(translate(each)) for each in about)


def _about_plan(report: Report) -> Iterator[Sentence]:
    plan = report.plan
    if plan is None:
        return
    yield sentence("Status: {status}", status=plan.status)
    if plan.author:
        yield sentence("By {author}", author=plan.author)
    if plan.created:
        yield sentence("Begun on {day}", day=plan.created.date())
    if plan.review_on:
        yield sentence("To be reviewed on {day}", day=plan.review_on)


# -- sections --------------------------------------------------------------------------------------


def _numbers(report: Report) -> Iterator[str]:
    yield from _heading(N_("Numbers"))
    if report.has_plan:
        rows = (
            (each.label, each.text_before, each.text, word(words.VERDICTS.get(each.verdict or "")))
            for each in report.metrics
        )
        yield from _table((N_("Number"), N_("Before"), N_("After"), N_("Better or worse")), rows)
    else:
        yield from _table((N_("Number"), N_("Today")), ((each.label, each.text) for each in report.metrics))


def _targets(report: Report) -> Iterator[str]:
    """The targets with both numbers; nothing without targets."""
    if not report.targets:
        return
    yield from _subheading(word(N_("Targets")))
    numbers = (N_("Before"), N_("After")) if report.has_plan else (N_("Today"),)
    rows = (
        (
            each.label,
            each.asked,
            *((each.text_before, each.text) if report.has_plan else (each.text,)),
            word(words.REACHED[each.is_missed]),
        )
        for each in report.targets
    )
    yield from _table((N_("Number"), N_("Target"), *numbers, N_("Reached")), rows)


def _notes(report: Report) -> Iterator[str]:
    """All notes with what they are on; nothing without notes."""
    if not report.notes:
        return
    yield from _heading(N_("Notes"))
    yield ""
    for note in report.notes:
        line = f"- **{markdown_text(note.on)}**: {markdown_text(note.text)}"
        yield f"{line} — {markdown_text(note.source)}" if note.source else line


def _findings(report: Report) -> Iterator[str]:
    yield from _heading(N_("Findings"))
    yield ""
    yield markdown_text(words.about_findings(report))
    if not report.findings:
        yield ""
        yield markdown_text(translate(sentence("Nothing to mend")))
    for standing in STANDINGS:
        found = report.of(standing)
        if not found:
            continue
        if report.has_plan or standing == "accepted":
            yield from _subheading(f"{word(words.STANDINGS[standing])} ({len(found)})")
        yield ""
        yield from map(_finding, found)


def _finding(finding: ReportedFinding) -> str:
    severity = markdown_text(word(words.SEVERITIES[finding.severity]))
    line = f"- **{severity}** {markdown_text(finding.message)} ({finding.code})"
    accepted = [each for each in (finding.why, finding.by, _until(finding.until)) if each]
    return f"{line} — {' · '.join(map(markdown_text, accepted))}" if accepted else line


def _until(day: date | None) -> str | None:
    return None if day is None else translate(sentence("until {until}", until=day))


def _changes(report: Report) -> Iterator[str]:
    if not report.waves:
        return
    yield from _heading(N_("Changes"))
    for wave in report.waves:
        if len(report.waves) > 1 or wave.name or wave.on:
            yield from _subheading(_wave_title(wave))
        yield ""
        yield from map(_change, wave.changes)


def _wave_title(wave: Wave) -> str:
    number = translate(sentence("Wave {wave}", wave=wave.number))
    day = wave.on.isoformat() if wave.on else None
    return " · ".join(filter(None, (number, wave.name, day)))


def _change(change: PlannedChange) -> str:
    line = f"{change.number}. {markdown_text(change.what)}"
    reasons = [each for each in (change.why, change.who) if each]
    return f"{line} — {' · '.join(map(markdown_text, reasons))}" if reasons else line


def _affected(report: Report) -> Iterator[str]:
    if not report.has_plan:
        return
    yield from _heading(N_("People affected"))
    if not report.affected:
        yield ""
        yield markdown_text(translate(sentence("Nobody is affected")))
        return
    heads = (N_("Full name"), N_("Team"), N_("Manager"), N_("Title"), N_("FTE"), N_("Wave"), N_("Why"))
    yield from _table(heads, map(_affected_row, report.affected))


def _affected_row(person: AffectedPerson) -> tuple[str, ...]:
    old, new = person.before, person.after
    if old is None and new is not None:
        name, (old, new) = translate(sentence("{name} (new seat)", name=person.name)), (new, new)
    elif new is None and old is not None:
        name, (old, new) = translate(sentence("{name} (seat closed)", name=person.name)), (old, old)
    else:
        name = person.name
    if old is None or new is None:
        return name, "", "", "", "", str(person.wave), ""
    return (
        name,
        _becomes(old.team, new.team),
        _becomes(old.manager, new.manager),
        _becomes(old.title, new.title),
        _becomes(str(old.fte), str(new.fte)),
        str(person.wave),
        " · ".join(person.why),
    )


def _becomes(old: str | None, new: str | None) -> str:
    """What is, or was and becomes."""
    return old or "" if old == new else f"{old or NOTHING} {UNICODE.becomes} {new or NOTHING}"


def _teams(report: Report) -> Iterator[str]:
    yield from _heading(N_("Teams as they will be") if report.has_plan else N_("Teams"))
    names = {team.id: team.name for team in report.after.teams}
    heads = (N_("Team"), N_("Part of"), N_("Lead"), N_("Seats"), N_("People"))
    rows = (
        (
            translate(sentence("{team} (focus team)", team=team.name)) if team.is_focus else team.name,
            names.get(team.parent or "", ""),
            team.lead or translate(sentence("no lead")),
            str(team.headcount),
            join_list(seat.name for seat in team.seats),
        )
        for team in report.after.teams
    )
    yield from _table(heads, rows)


def _funnel(report: Report) -> Iterator[str]:
    """The funnel by stage and by function, each with what it becomes; nothing without stages."""
    before, after = report.before.funnel, report.after.funnel
    was, now = ({stage.id: stage for stage in each.stages} for each in (before, after))
    stages = {**now, **{key: stage for key, stage in was.items() if key not in now}}
    if not stages:
        return
    yield from _heading(N_("Funnel"))
    yield ""
    yield markdown_text(word(words.ABOUT_FUNNEL))
    rows = (
        (
            stage.name,
            _becomes(*(_who_serves(each.get(key)) for each in (was, now))),
            _becomes(*(_joint(each.get(key)) for each in (was, now))),
        )
        for key, stage in stages.items()
    )
    yield from _table((N_("Stage"), N_("Who serves it"), N_("Data to the next stage")), rows)
    done, does = (
        {work.id: (lane, work) for lane in each.lanes for work in lane.functions} for each in (before, after)
    )
    functions = {**does, **{key: held for key, held in done.items() if key not in does}}

    def teams(key: str) -> str:
        return _becomes(*(each[key][0].name if key in each else None for each in (done, does)))

    def served(key: str) -> str:
        return _becomes(
            *(_names(each[key][1].stages, stages) if key in each else None for each in (done, does))
        )

    if functions:
        named = ((work.name, teams(key), served(key)) for key, (_, work) in functions.items())
        yield from _table((N_("Function"), N_("Team"), N_("Stages")), named)


def _names(stages: Iterable[str], known: Mapping[str, Stage]) -> str:
    return join_list(known[each].name if each in known else each for each in stages)


def _who_serves(stage: Stage | None) -> str | None:
    """The department that works a stage and the functions of marketing that do; None without stage."""
    if stage is None:
        return None
    parts = [stage.owner] if stage.owner else []
    if stage.functions:
        counted = sentence(
            "{functions:function|functions} of {teams:team|teams}",
            functions=stage.functions,
            teams=stage.teams,
        )
        parts.append(translate(counted))
    return join_list(parts) if parts else translate(sentence("nobody"))


def _joint(stage: Stage | None) -> str | None:
    return word(words.JOINTS[stage.joint]) if stage is not None and stage.joint else None


def _knowledge(report: Report) -> Iterator[str]:
    """The web of knowledge: who shares what, then what is weak about it; nothing without teams in it."""
    before, after = report.before.knowledge, report.after.knowledge
    if not before.teams and not after.teams:
        return
    yield from _heading(N_("Knowledge"))
    yield ""
    yield markdown_text(word(words.ABOUT_KNOWLEDGE))
    links = [(after, link) for link in after.links]
    links += [(before, link) for link in before.links if link.mark == "gone"]
    heads = (N_("Team"), N_("Shares with"), N_("Topics"))
    if links:
        told = (_link(web, link, has_plan=report.has_plan) for web, link in links)
        yield from _table((*heads, N_("Change")) if report.has_plan else heads, told)
    else:
        yield ""
        yield markdown_text(translate(sentence("No team shares knowledge with another.")))
    states = (before, after) if report.has_plan else (after,)
    weak = [
        (word(label), *("; ".join(told(each)) or NOTHING for each in states))
        for label, told in WEAK.items()
        if any(any(told(each)) for each in states)
    ]
    if weak:
        columns = (N_("Before"), N_("After")) if report.has_plan else (N_("Today"),)
        yield from _table((N_("What is weak"), *columns), weak)


def _link(web: Knowledge, link: KnowledgeLink, *, has_plan: bool) -> tuple[str, ...]:
    names = {team.id: team.name for team in web.teams}
    arrow = UNICODE.both_ways if link.both_ways else UNICODE.one_way
    partner = names.get(link.target, link.target)
    told = (names.get(link.source, link.source), f"{arrow} {partner}", join_list(link.topics))
    if not has_plan:
        return told
    mark = N_("ended") if link.mark == "gone" else words.MARKS[link.mark] if link.mark else None
    return (*told, word(mark))


def _islands(web: Knowledge) -> Iterator[str]:
    """The teams of each part of the web beside the largest."""
    teams = sorted(
        (each for each in web.teams if each.island and not each.is_isolated), key=lambda each: each.island
    )
    for _, island in groupby(teams, key=lambda each: each.island):
        yield join_list(each.name for each in island)


def _isolated(web: Knowledge) -> Iterator[str]:
    return (each.name for each in web.teams if each.is_isolated)


def _single_holders(web: Knowledge) -> Iterator[str]:
    for each in web.single_holders:
        told = sentence(
            "{skill}: only {person}, {team}", skill=each.skill, person=each.person, team=each.team
        )
        yield translate(told)


WEAK: Mapping[str, Callable[[Knowledge], Iterator[str]]] = {
    N_("Islands: nothing joins them to the others"): _islands,
    N_("Teams that share with nobody"): _isolated,
    N_("Skills that one person alone has"): _single_holders,
}
"""What can be weak about a web of knowledge, and what tells it of one."""


# -- parts -----------------------------------------------------------------------------------------


def _heading(title: str) -> Iterator[str]:
    yield ""
    yield f"## {markdown_text(word(title))}"


def _subheading(title: str) -> Iterator[str]:
    yield ""
    yield f"### {markdown_text(title)}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield ""
    yield table_row(map(word, heads))
    yield f"|{' --- |' * len(heads)}"
    yield from map(table_row, rows)
