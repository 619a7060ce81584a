"""What rules do not see: a finding that is gone because of that alone still stands.

Some rules leave out the root, focus teams and small teams. Moving work or people there makes them silent, and
mends nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from orgtui.engine.finding import Finding
from orgtui.engine.view import View
from orgtui.rules.facts.graphs import has_linked_teams, relay_cost
from orgtui.rules.facts.teams import ancestors, division, is_focus, is_root

Hides = Callable[[View, Finding, Collection[str]], bool]
"""Whether what a finding says holds in a state, and its rule does not look there any more. The functions that
the step moved are given too."""


def _work_at_the_top_or_in_focus(of: Callable[[View, str, str], bool]) -> Hides:
    """Whether work of the subject moved into the root or a focus team, which the rule leaves out."""

    def hides(view: View, finding: Finding, moved: Collection[str]) -> bool:
        subject = finding.subjects[0].id
        return any(of(view, subject, each) and _is_left_out(view, each) for each in moved)

    return hides


def _is_in_area(view: View, area: str, function: str) -> bool:
    record = view.function(function)
    return record is not None and record.area == area


def _serves(view: View, stage: str, function: str) -> bool:
    record = view.function(function)
    return record is not None and stage in record.stages


def _is_left_out(view: View, function: str) -> bool:
    """Whether a function is in the root, in a focus team, or in none."""
    team = _team(view, function)
    return team is None or is_root(view, team) or is_focus(view, team)


def _in_different_divisions(view: View, finding: Finding, _: Collection[str]) -> bool:
    """Whether two functions are in different divisions still."""
    first, second = (_division(view, each.id) for each in finding.subjects)
    return first != second


def _in_different_teams(view: View, finding: Finding, moved: Collection[str]) -> bool:
    """Whether two functions are in different divisions still, or where they were, in different teams."""
    ids = [each.id for each in finding.subjects]
    if not moved or not {*ids} & {*moved}:
        return _team(view, ids[0]) != _team(view, ids[1])
    return _division(view, ids[0]) != _division(view, ids[1])


def _team(view: View, function: str) -> str | None:
    record = view.function(function)
    return None if record is None else record.team


def _division(view: View, function: str) -> str | None:
    team = _team(view, function)
    return None if team is None else division(view, team)


def _stranger_at_the_top(view: View, finding: Finding, moved: Collection[str]) -> bool:
    """Whether a function that was a stranger is in the root now, or in or below a focus team."""
    function = finding.subjects[0].id
    if function not in moved:
        return False
    team = _team(view, function)
    if team is None or is_root(view, team):
        return True
    return any(is_focus(view, each) for each in (team, *ancestors(view, team)))


def _nobody_learns(view: View, finding: Finding, _: Collection[str]) -> bool:
    """Whether somebody is left in a team, and nobody there learns."""
    team = finding.subjects[0].id
    return view.filled_seats(team) > 0 and view.learning_seats(team) == 0


def _not_evaluated(view: View, finding: Finding, _: Collection[str]) -> bool:
    """Whether a goal is there, and without review or not evaluated."""
    goal = view.goal(finding.subjects[0].id)
    return goal is not None and not (goal.review and goal.evaluated)


def _few_have_links(view: View, finding: Finding, _: Collection[str]) -> bool:
    """Whether fewer teams have knowledge links than the rule looks at."""
    least = finding.evidence.get("min_teams")
    return isinstance(least, int) and not has_linked_teams(view, least)


def _no_way_left(view: View, _: Finding, __: Collection[str]) -> bool:
    """Whether no way leads through the funnel any more."""
    return relay_cost(view) is None


HIDING: Mapping[str, Hides] = {
    "P104": _work_at_the_top_or_in_focus(_serves),
    "P105": _work_at_the_top_or_in_focus(_is_in_area),
    "P108": _no_way_left,
    "P201": _in_different_teams,
    "P202": _in_different_divisions,
    "P208": _stranger_at_the_top,
    "C205": _few_have_links,
    "P405": _not_evaluated,
    "A301": _nobody_learns,
}
"""By code, when a finding that is gone or smaller is only out of its rule's sight."""
