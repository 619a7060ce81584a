"""Fixes for S4: enough time for every function, one tool for one purpose."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.changes.operations.teams import SetTools
from orgtui.engine.finding import Finding
from orgtui.engine.view import View
from orgtui.model.sentence import Ref, sentence
from orgtui.rules.fixes.common import FIXES_MAX
from orgtui.rules.fixes.week import find_people_hint, lacking_percent, least_percent, more_time
from orgtui.rules.registry import Fix, fixes

TEAMS_MAX = 6
"""The most teams that a fix gives another tool; more would be a project."""


@fixes("S402")
def agree_on_tool(view: View, finding: Finding) -> Iterator[Fix]:
    """All teams use the tool that most of them use, of equals that with most seats, or the next one."""
    purpose = finding.subjects[0].id
    users = {tool: view.tool_users(tool) for tool in sorted(view.tools_for(purpose)) if view.tool_users(tool)}

    def spread(tool: str) -> tuple[int, int, str]:
        return -len(users[tool]), -sum(view.open_seats(team) for team in users[tool]), tool

    for tool in sorted(users, key=spread)[: FIXES_MAX - 1]:
        teams = sorted({team for other in users if other != tool for team in users[other]})
        if len(teams) <= TEAMS_MAX:
            title = sentence(
                "Let {teams} change to {tool} for {purpose}",
                teams=tuple(Ref.to("team", team) for team in teams),
                tool=Ref.to("tool", tool),
                purpose=Ref.to("purpose", purpose),
            )
            yield Fix(title, tuple(_with_tool(view, team, tool, set(users)) for team in teams))


def _with_tool(view: View, team: str, tool: str, instead_of: set[str]) -> SetTools:
    """A team's tools with one in place of all those it is to replace."""
    record = view.team(team)
    tools = () if record is None else record.tools
    return SetTools(team, tuple(dict.fromkeys(tool if each in instead_of else each for each in tools)))


@fixes("S403")
def find_time(view: View, finding: Finding) -> Iterator[Fix]:
    """Who performs the function, or a member of its team who can judge it, gives it more of the week; or some
    of them do together. If nobody has room, people must find somebody."""
    function = finding.subjects[0].id
    wanted = lacking_percent(view, function)
    proposed = list(more_time(view, function, least_percent(view, function), wanted))
    yield from proposed or [find_people_hint(function, wanted)]
