"""Reports made by hand, for tests of what formats do with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from orgtui.exchange.writing.report import (
    Funnel,
    Knowledge,
    KnowledgeLink,
    KnowledgeTeam,
    Mark,
    Report,
    Seat,
    Structure,
    Team,
)
from orgtui.model.records import SeatState
from tests.organizations import small_organization

HOSTILE = (
    "<script>alert(1)</script>",
    "[x](y)",
    "a | b",
    'say "hi"',
    "=cmd()",
    "]]>",
    "-->",
    "\\N \\G \\l \\n",
    "# 1. heading #quot; &amp; &#35;",
    "1. first",
    "- dash",
    "**bold** _it_ `code` ~~s~~",
    "$$x^2$$",
    "www.example.com",
    "end",
    "{a} <b> |c| %% ;",
    "שלום עולם",
    "🎉 王小明（市场）",
    "W" * 200,
)
"""Names that mean something to one format or another."""


def seat(
    name: str,
    *,
    lead: bool = False,
    mark: Mark | None = None,
    elsewhere: str | None = None,
    state: SeatState = "filled",
) -> Seat:
    return Seat(name, name, None, state, Decimal(1), None, lead, mark, elsewhere)


def team(
    name: str,
    parent: str | None,
    seats: Sequence[Seat] = (),
    *,
    mark: Mark | None = None,
    elsewhere: str | None = None,
    is_focus: bool = False,
) -> Team:
    """A team whose id is its name; its headcount are its own seats."""
    lead = next((each.name for each in seats if each.is_lead), None)
    depth = 0 if parent is None else 1
    return Team(
        name, name, parent, depth, lead, lead, len(seats), tuple(seats), (), is_focus, mark, elsewhere
    )


def structure(teams: Iterable[Team], links: Iterable[KnowledgeLink] = ()) -> Structure:
    every = tuple(teams)
    sharing = tuple(KnowledgeTeam(each.id, each.name, 0) for each in every)
    return Structure(
        every, Funnel((), ()), Knowledge(sharing, tuple(links), ()), sum(len(each.seats) for each in every)
    )


def report(before: Structure, after: Structure, headline: str = "One person moves") -> Report:
    organization = small_organization()
    return Report(
        organization_name="Acme Marketing",
        part=None,
        part_id=None,
        language="en",
        today=date(2026, 11, 21),
        headline=headline,
        plan=None,
        before=before,
        after=after,
        areas=(),
        metrics=(),
        findings=(),
        waves=(),
        affected=(),
        baseline=organization,
        organization=organization,
    )


def restructured() -> Report:
    """Design is closed, and its people go to Brand and Growth; a focus team is pulled out of Growth."""
    before = structure(
        [
            team("Marketing", None, [seat("Chen Jing", lead=True)]),
            team("Brand", "Marketing", [seat("Li Na", lead=True), seat("Old Hand", mark="gone")]),
            team("Growth", "Marketing", [seat("王磊", lead=True), seat("Zhao Lei")]),
            team(
                "Design",
                "Marketing",
                [
                    seat("Liu Yang", mark="moved", elsewhere="Brand"),
                    seat("Xu Bo", mark="moved", elsewhere="Growth"),
                    seat("Ma Lin", mark="gone"),
                ],
                mark="gone",
            ),
        ]
    )
    after = structure(
        [
            team("Marketing", None, [seat("Chen Jing", lead=True)]),
            team(
                "Brand",
                "Marketing",
                [seat("Li Na", lead=True), seat("Liu Yang", mark="moved", elsewhere="Design")],
                mark="changed",
            ),
            team(
                "Growth",
                "Marketing",
                [
                    seat("王磊", lead=True),
                    seat("Xu Bo", mark="moved", elsewhere="Design"),
                    Seat(
                        "sem", "SEM manager (vacant)", "SEM manager", "vacant", Decimal(1), None, mark="new"
                    ),
                ],
            ),
            team(
                "Automation",
                "Marketing",
                [seat("Zhao Lei", lead=True, mark="moved", elsewhere="Growth")],
                mark="new",
                is_focus=True,
            ),
        ],
        [
            KnowledgeLink("Brand", "Growth", ("messaging",)),
            KnowledgeLink("Growth", "Automation", ("seo", "crm", "ads"), both_ways=True),
        ],
    )
    return report(before, after, "From 3 groups to 2 and one focus team: 3 people move")


def hostile() -> Report:
    """Every hostile name as a team, as a seat, as where somebody comes from and as a topic."""
    teams = [team("root <b>", None, [seat(name, mark="new") for name in HOSTILE])]
    teams += [
        team(name, "root <b>", [seat(name, mark="moved", elsewhere=name)], is_focus=True) for name in HOSTILE
    ]
    links = [KnowledgeLink(one, other, (one,)) for one, other in pairwise(HOSTILE)]
    state = structure(teams, links)
    return report(state, state, 'A "headline" <b> # & \\N')


def large(divisions: int, groups: int, people: int) -> Report:
    """Divisions of groups of people; every tenth person moved."""
    teams = [team("Marketing", None, [seat("Head", lead=True)])]
    for division in range(divisions):
        teams.append(team(f"Division {division}", "Marketing", [seat(f"Head {division}", lead=True)]))
        for group in range(groups):
            name = f"Group {division}-{group}"
            seats = [
                seat(f"Person {division}-{group}-{number}", mark=None if number % 10 else "new")
                for number in range(people)
            ]
            teams.append(team(name, f"Division {division}", seats))
    state = structure(teams)
    return report(state, state)


def chain(teams: int) -> Report:
    """Each team below the one before it."""
    state = structure(
        team(f"Team {number}", f"Team {number - 1}" if number else None, [seat(f"Person {number}")])
        for number in range(teams)
    )
    return report(state, state)


def crowd(people: int) -> Report:
    """One team with everybody in it."""
    state = structure([team("Marketing", None, [seat(f"Person {number}") for number in range(people)])])
    return report(state, state)
