"""The report as one HTML file: pictures, tables and words; no script, nothing from the network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from markupsafe import Markup

from orgtui.exchange.writing import words
from orgtui.exchange.writing.drawing.funnel import draw_funnels
from orgtui.exchange.writing.drawing.knowledge import draw_knowledge
from orgtui.exchange.writing.drawing.svg_text import stylesheet, svg_within_page
from orgtui.exchange.writing.drawing.tree import draw_trees
from orgtui.exchange.writing.drawing.waves import draw_waves
from orgtui.exchange.writing.report import (
    MOST_SEATS_OF_WAVES,
    AffectedPerson,
    Report,
    ReportedFinding,
    Standing,
    Structure,
    Team,
)
from orgtui.locales import join_list, translate
from orgtui.model.records import Severity
from orgtui.model.sentence import N_, sentence
from orgtui.rules.policy import SEVERITIES
from orgtui.rules.registry import catalogue
from orgtui.views.base.signs import UNICODE

if TYPE_CHECKING:
    from jinja2 import Environment

    from orgtui.exchange.writing.drawing.shapes import Drawing, Words
    from orgtui.exchange.writing.formats import Files, Options

T = TypeVar("T")

TEMPLATES = Path(__file__).parent / "templates"

FILE = "report.html"
PAGE = "report.html.j2"

FOLD_FINDINGS = 40
"""From more findings of a standing on, they are gathered by principle."""

FOLD_TEAMS = 40
"""From more teams on, their table is folded up by division."""

FOLD_PEOPLE = 60
"""From more people on, their table is folded up by division."""

FOLD_CHANGES = 40
"""From more changes on, a wave is folded up."""

FOLD_PAGES = 3
"""From more pages on, those of a picture after the first are folded up."""

BIG_PT = 560.0
"""The width in points from which on a picture is printed on a landscape page of its own."""

_PAGE_NUMBER = re.compile(r"-\d+$")

HEADINGS: Mapping[Standing, str] = {
    "resolved": N_("{count:finding|findings} resolved"),
    "new": N_("{count:new finding|new findings}"),
    "left": N_("{count:finding|findings} left"),
    "accepted": N_("{count:finding|findings} accepted"),
}

FOUND = N_("{count:finding|findings}")
"""The heading of the findings of an organisation without a plan."""

MANY: Mapping[Severity, str] = {
    "error": N_("{count:error|errors}"),
    "warning": N_("{count:warning|warnings}"),
    "advice": N_("{count:piece of advice|pieces of advice}"),
}


@dataclass(frozen=True, slots=True)
class Group(Generic[T]):
    """Things under a name; `is_folded` where there are so many groups that each is opened by itself."""

    name: str
    things: Sequence[T]
    is_folded: bool = False


@dataclass(frozen=True, slots=True)
class Severe:
    """The findings of one severity, by principle if there are many; `counted` says how many there are."""

    severity: Severity
    counted: str
    groups: Sequence[Group[ReportedFinding]]


@dataclass(frozen=True, slots=True)
class FindingSection:
    """The findings of one standing, gravest first."""

    standing: Standing
    heading: str
    severities: Sequence[Severe]


@dataclass(frozen=True, slots=True)
class State:
    """One of the states to be shown: its name in the page, its facts, its teams by division.

    `name` is empty where there is one state only. `islands` are the names of the teams of each part of the
    web of knowledge beside the largest, `isolated` those of the teams that share with nobody.
    """

    name: str
    is_after: bool
    structure: Structure
    teams: Sequence[Group[Team]]
    stage_names: Mapping[str, str]
    team_names: Mapping[str, str]
    islands: Sequence[Sequence[str]]
    isolated: Sequence[str]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with its markup; `is_big` if it gets a landscape page of its own in print."""

    drawing: Drawing
    svg: Markup

    @property
    def is_big(self) -> bool:
        return self.drawing.width > BIG_PT


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures by section; each has one page or several."""

    trees: Sequence[Sequence[Picture]]
    waves: Sequence[Sequence[Picture]]
    funnels: Sequence[Sequence[Picture]]
    webs: Sequence[Sequence[Picture]]


def write(report: Report, options: Options) -> Files:
    """One file with everything in it."""
    authors = {each.who for wave in report.waves for each in wave.changes}
    values = {
        "report": report,
        "lang": report.language.replace("_", "-"),
        "contents": list(_contents(report)),
        "states": _states(report),
        "pictures": _pictures(report),
        "picture_css": Markup(stylesheet()),
        "changed_metrics": [each for each in report.metrics if each.text_before != each.text],
        "same_metrics": [each for each in report.metrics if each.text_before == each.text],
        "reached": {each: words.word(said) for each, said in words.REACHED.items()},
        "about_findings": words.about_findings(report),
        "about_funnel": words.word(words.ABOUT_FUNNEL),
        "about_knowledge": words.word(words.ABOUT_KNOWLEDGE),
        "finding_sections": list(_finding_sections(report)),
        "fold_changes": FOLD_CHANGES,
        "fold_pages": FOLD_PAGES,
        "most_seats": MOST_SEATS_OF_WAVES,
        "only_author": authors.pop() if len(authors) == 1 else None,
        "people": _people(report),
        "people_counts": _people_counts(report),
    }
    return {FILE: _environment().get_template(PAGE).render(values).encode()}


def _contents(report: Report) -> Iterator[tuple[str, str]]:
    """The sections that have something to say: their ids and titles."""
    yield "picture", say("Before and after") if report.has_plan else say("The organisation")
    if report.metrics:
        yield "numbers", say("Numbers")
    yield "findings", say("Findings")
    if report.waves:
        yield "changes", say("Changes")
    if report.affected:
        yield "people", say("People affected")
    if report.before.funnel.stages or report.after.funnel.stages:
        yield "funnel", say("Funnel")
    if report.before.knowledge.teams or report.after.knowledge.teams:
        yield "knowledge", say("Knowledge")
    if report.notes:
        yield "notes", say("Notes")


def _people_counts(report: Report) -> str:
    """How many seats are affected, and how many people or seats in which way."""
    affected = report.affected
    moved, led = len(report.moved_people), len(report.people_led_otherwise)
    new = sum(each.before is None for each in affected)
    closed = sum(each.after is None for each in affected)
    ways = (
        (moved, sentence("{people:person moves|people move}", people=moved)),
        (led, sentence("{people:person gets|people get} a new manager", people=led)),
        (new, sentence("{seats:new seat|new seats}", seats=new)),
        (closed, sentence("{seats:closed seat|closed seats}", seats=closed)),
    )
    counted = [translate(said) for count, said in ways if count]
    whole = sentence("{count:seat|seats} affected", count=len(affected))
    if not counted:
        return translate(whole)
    return translate(sentence("{whole}: {parts}", whole=whole, parts=counted))


def _pictures(report: Report) -> Pictures:
    states: list[tuple[Structure, Literal["before", "after"]]] = [(report.after, "after")]
    if report.has_plan:
        states.insert(0, (report.before, "before"))
    webs = (drawing for structure, when in states for drawing in draw_knowledge(report, structure, when))
    trees = (_without_title(each, report.headline) for each in draw_trees(report))
    waves = (_without_title(each, report.headline) for each in draw_waves(report))
    return Pictures(_in_page(trees), _in_page(waves), _in_page(draw_funnels(report)), _in_page(webs))


def _in_page(drawings: Iterable[Drawing]) -> list[list[Picture]]:
    """Drawings with their markup; the pages of one picture together."""
    pages = groupby(drawings, key=lambda each: _PAGE_NUMBER.sub("", each.key))
    return [[Picture(each, Markup(svg_within_page(each))) for each in drawn] for _, drawn in pages]


def _without_title(drawing: Drawing, headline: str) -> Drawing:
    """The drawing moved up over the lines of its title, which stand above it in the page already."""
    headings = [each for each in drawing.words if each.role == "heading"]
    size = max((each.size for each in headings), default=0.0)
    said = (headline, drawing.title)
    title = [each for each in headings if each.size == size and any(each.text in text for text in said)]
    others = [each for each in drawing.words if each not in title]
    if not title or not others:
        return drawing
    by = min(each.y - each.size for each in others) - min(each.y - each.size for each in title)

    def raised(said: Iterable[Words]) -> tuple[Words, ...]:
        return tuple(replace(each, y=each.y - by) for each in said)

    return replace(
        drawing,
        height=drawing.height - by,
        boxes=tuple(replace(each, y=each.y - by, words=raised(each.words)) for each in drawing.boxes),
        connectors=tuple(
            replace(each, points=tuple((x, y - by) for x, y in each.points)) for each in drawing.connectors
        ),
        words=raised(others),
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"say": say, "signs": UNICODE}
    environment.filters["listed"] = join_list
    return environment


def say(template: str, /, **params: object) -> str:
    """A sentence of the page in the language of the process."""
    return translate(sentence(template, **params))


def _states(report: Report) -> list[State]:
    """The states that differ: before and after, or the organisation as it is."""
    if not report.has_plan:
        return [_state("", True, report.after)]
    return [_state(say("Before"), False, report.before), _state(say("After"), True, report.after)]


def _state(name: str, is_after: bool, structure: Structure) -> State:
    teams, web = structure.teams, structure.knowledge.teams
    groups: list[Group[Team]] = [Group("", teams)]
    if len(teams) > FOLD_TEAMS:
        divisions = _divisions(structure)
        groups = [
            Group(division, list(members), is_folded=True)
            for division, members in groupby(teams, key=lambda team: divisions[team.id])
        ]
    islands: dict[int, list[str]] = {}
    for each in web:
        if each.island and not each.is_isolated:
            islands.setdefault(each.island, []).append(each.name)
    return State(
        name,
        is_after,
        structure,
        groups,
        {stage.id: stage.name for stage in structure.funnel.stages},
        {team.id: team.name for team in teams} | {each.id: each.name for each in web},
        [islands[number] for number in sorted(islands)],
        [each.name for each in web if each.is_isolated],
    )


def _divisions(structure: Structure) -> dict[str, str]:
    """The name of each team's division, by team; that of the root for the root."""
    root = structure.root.id
    names: dict[str, str] = {}
    for team in structure.teams:
        is_division = team.parent is None or team.parent == root or team.id == root
        names[team.id] = team.name if is_division else names.get(team.parent or root, team.name)
    return names


def _finding_sections(report: Report) -> Iterator[FindingSection]:
    for standing, template in HEADINGS.items():
        findings = report.of(standing)
        if not findings:
            continue
        heading = template if report.has_plan or standing == "accepted" else FOUND
        yield FindingSection(
            standing,
            translate(sentence(heading, count=len(findings))),
            list(_by_severity(findings)),
        )


def _by_severity(findings: Sequence[ReportedFinding]) -> Iterator[Severe]:
    for severity in SEVERITIES:
        found = [each for each in findings if each.severity == severity]
        if found:
            groups = _by_principle(found) if len(findings) > FOLD_FINDINGS else [Group("", found)]
            yield Severe(severity, translate(sentence(MANY[severity], count=len(found))), groups)


def _by_principle(findings: Iterable[ReportedFinding]) -> list[Group[ReportedFinding]]:
    """Findings gathered by the principle that they are about, the most frequent first."""
    gathered: dict[str, list[ReportedFinding]] = {}
    for each in findings:
        gathered.setdefault(each.code, []).append(each)
    order = sorted(gathered.items(), key=lambda item: (-len(item[1]), item[0]))
    return [Group(_principle(code), found, len(found) > 1) for code, found in order]


def _principle(code: str) -> str:
    """What it is about, in one sentence; the code of a rule that is not known (any more)."""
    known = catalogue().get(code)
    return translate(sentence(known.page.partition("\n")[0])) if known else code


def _people(report: Report) -> list[Group[Group[AffectedPerson]]]:
    """The people affected by new team; these by division, folded up, where there are many."""
    divisions = _divisions(report.after)
    teams: list[tuple[str, Group[AffectedPerson]]] = []
    for team, members in groupby(report.affected, key=lambda each: each.after and each.after.team_id):
        people = list(members)
        place = people[0].after
        name = (place and place.team) or say("Closed seats")
        teams.append((divisions.get(team or "", name), Group(name, people)))
    if len(report.affected) <= FOLD_PEOPLE:
        return [Group("", [group for _, group in teams])] if teams else []
    return [
        Group(division, [group for _, group in within], is_folded=True)
        for division, within in groupby(teams, key=lambda each: each[0])
    ]
