"""Groups of teams and the connections that run through each, against values worked out by hand."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from orgtui.rules.facts.network import MOST_TEAMS, Network, network

TEAMS = "abcdefgh"
TEAM = st.sampled_from(TEAMS)
LINKS = st.sets(st.tuples(TEAM, TEAM).filter(lambda ends: ends[0] != ends[1]))


def drawn(links: str, order: str = TEAMS) -> Network:
    """The network of links written `ab bc`, with the teams in an order."""
    return network([team for team in order if team in links], [(ends[0], ends[1]) for ends in links.split()])


def groups(found: Network) -> str:
    return " ".join("".join(group) for group in found.groups)


def shortest_ways(links: set[tuple[str, str]], start: str, end: str) -> list[list[str]]:
    """Every shortest way between two teams, by trying all ways a step at a time."""
    ways = [[start]]
    while ways:
        there = [way for way in ways if way[-1] == end]
        if there:
            return there
        ways = [[*way, on] for way in ways for on in next_to(links, way[-1]) if on not in way]
    return []


def next_to(links: set[tuple[str, str]], team: str) -> set[str]:
    return {one if other == team else other for one, other in links if team in (one, other)}


def shares(links: set[tuple[str, str]], teams: list[str]) -> Iterator[tuple[str, Fraction]]:
    """The share of the others' connections that run through each team, straight from the definition."""
    for team in teams:
        others = combinations([other for other in teams if other != team], 2)
        ways = [found for pair in others if (found := shortest_ways(links, *pair))]
        through = sum((Fraction(sum(team in way for way in each), len(each)) for each in ways), Fraction())
        yield team, through / len(ways) if ways else Fraction()


def test_two_triangles_joined_by_one_link() -> None:
    found = drawn("ab bc ac cd de ef df")
    assert groups(found) == "abc def"
    assert found.between == {"a": 0, "b": 0, "c": 60, "d": 60, "e": 0, "f": 0}, "6 of 10 pairs"


def test_a_row() -> None:
    found = drawn("ab bc cd")
    assert groups(found) == "ab cd"
    assert found.between == {"a": 0, "b": 67, "c": 67, "d": 0}, "2 of 3 pairs"


def test_a_star_is_one_group_and_its_middle_joins_all() -> None:
    found = drawn("ab ac ad")
    assert groups(found) == "abcd"
    assert found.between == {"a": 100, "b": 0, "c": 0, "d": 0}


def test_ways_as_short_as_each_other_share_the_connection() -> None:
    assert drawn("ab bc cd da").between == dict.fromkeys("abcd", 17), "half of 1 of 3 pairs"


def test_what_is_not_connected_does_not_count() -> None:
    found = drawn("ab bc de")
    assert groups(found) == "abc de"
    assert found.between == {"a": 0, "b": 50, "c": 0, "d": 0, "e": 0}, "a with c, beside d with e"


def test_two_teams_leave_nothing_to_run_through_them() -> None:
    assert drawn("ab") == Network((("a", "b"),), {"a": 0, "b": 0})


def test_groups_stand_in_file_order() -> None:
    assert groups(drawn("ab bc ac cd de ef df", "fdbeac")) == "fde bac"


def test_ties_go_by_file_order() -> None:
    assert groups(drawn("ab bc cd de ea")) == groups(drawn("cb ed ba ea dc"))
    renamed = dict(zip("abcde", "ecadb", strict=True))
    links = "ab bc cd de ea"
    other = "".join(renamed.get(each, each) for each in links)
    expected = "".join(renamed.get(each, each) for each in groups(drawn(links)))
    assert groups(drawn(other, "ecadb")) == expected, "whatever teams are called"


@given(LINKS, st.randoms(use_true_random=False))
def test_the_order_and_direction_of_links_do_not_matter(links: set[tuple[str, str]], chance: Random) -> None:
    teams = sorted({team for link in links for team in link})
    turned = [link if chance.random() < 0.5 else link[::-1] for link in sorted(links)]
    chance.shuffle(turned)
    assert network(teams, turned) == network(teams, links)


@given(LINKS)
def test_shares_and_groups_keep_to_their_definition(links: set[tuple[str, str]]) -> None:
    teams = sorted({team for link in links for team in link})
    found = network(teams, links)
    assert sorted(team for group in found.groups for team in group) == teams
    assert set(found.between) == set(teams)
    for team, share in shares(links, teams):
        assert abs(found.between[team] - 100 * share) <= Fraction(1, 2) + Fraction(1, 10**6)


def test_many_teams_are_too_many() -> None:
    teams = [f"team{number}" for number in range(MOST_TEAMS + 1)]
    links = list(pairwise(teams))
    assert network(teams, links) == Network()
    assert network(teams[:-1], links[:-1]).between[teams[0]] == 0


def test_nothing_is_imported_for_nothing() -> None:
    program = (
        "import sys; from orgtui.rules.facts.network import network\n"
        "assert not network([], []).groups and 'networkx' not in sys.modules\n"
        "assert network(['a', 'b'], [('a', 'b')]).groups and 'networkx' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
