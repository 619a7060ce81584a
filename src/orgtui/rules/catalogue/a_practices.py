"""A Practices: review of the structure, missions, learning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orgtui.engine.finding import Violation, violation
from orgtui.engine.view import View
from orgtui.model.records import Person
from orgtui.model.sentence import N_, Ref
from orgtui.rules.facts.sharing import is_in_force
from orgtui.rules.registry import rule

CHAPTERS = {
    "A1": N_("Flexibility"),
    "A2": N_("Process and communication"),
    "A3": N_("Training and continuous improvement"),
}


@dataclass(frozen=True, slots=True)
class Learning:
    """Parameters of A301."""

    min_size: int = 3


@rule(
    "A101",
    "structure-unreviewed",
    "advice",
    on="organization",
    says={
        "review_on": N_("This structure was to be looked at again on {review_on}"),
        "": N_("No day is set for looking at this structure again"),
    },
)
def structure_unreviewed(view: View, _: str, __: object) -> Iterator[Violation]:
    """Nobody has set when this structure is looked at again, or the day has passed.

    ## What it checks
    The organisation's `review_on` is missing or before today.

    ## Why
    No chart is perfect; the aim is one that is cheap to change. A date keeps a stopgap from becoming the
    order of things.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21, review_on = 2027-02-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    ```

    ## How to mend
    Look at the structure now if the day has passed, and set the next day.

    ## Source
    Our judgement.
    """
    review_on = view.profile.review_on
    if review_on is None:
        yield violation()
    elif review_on < view.today:
        yield violation(review_on=review_on)


@rule(
    "A202",
    "mission-stale",
    "warning",
    on="mission",
    says={
        "until": N_("{mission} ended on {until} and is still there"),
        "leads": N_("Nobody leads {mission}"),
        "goals": N_("{mission} works towards no goal"),
    },
)
def mission_stale(view: View, mission: str, _: object) -> Iterator[Violation]:
    """A mission without lead, without goal, or past its end.

    ## What it checks
    A mission has no lead (a closed seat is none), serves no goal, or its last day is before today.

    ## Why
    Missions let people work across teams without changing their boss. That holds only while a mission is
    short, led and for something; otherwise it is a second organisation beside the first.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    person = [{ id = "li-na", name = "Li Na", team = "marketing" }]
    goal = [{ id = "leads", name = "Qualified leads" }]
    mission = [{ id = "launch", name = "Launch", lead = "li-na", goal = "leads", until = 2026-10-31 }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    person = [{ id = "li-na", name = "Li Na", team = "marketing" }]
    goal = [{ id = "leads", name = "Qualified leads" }]
    mission = [{ id = "launch", name = "Launch", lead = "li-na", goal = "leads", until = 2027-03-31 }]
    ```

    ## How to mend
    End the mission, or give it what it lacks.

    ## Source
    Our judgement.
    """
    record = view.mission(mission)
    if record is None:
        return
    stale: dict[str, object] = {}
    if record.until is not None and not is_in_force(record.until, view.today):
        stale["until"] = record.until
    if record.lead is None or _open_seat(view, record.lead) is None:
        stale["leads"] = 0
    if record.goal is None:
        stale["goals"] = 0
    if stale:
        yield violation(Ref.to("mission", mission), **stale)


def _open_seat(view: View, person: str) -> Person | None:
    record = view.person(person)
    return None if record is None or record.state == "closed" else record


@rule(
    "A301",
    "nobody-learns",
    "advice",
    on="team",
    options=Learning,
    says=N_("Of {people:person|people} in {team} nobody is learning anything"),
)
def nobody_learns(view: View, team: str, options: Learning) -> Iterator[Violation]:
    """A team in which nobody is learning anything.

    ## What it checks
    At least `min_size` filled seats sit in the team itself, and none of them lists anything under `learning`.

    ## Why
    Channels and tools change faster than people do. A team that learns nothing today will have to be hired
    anew tomorrow.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    function = [{ id = "mails", name = "Mailings", team = "marketing", skills = { automation = 3 } }]
    person = [
      { id = "li-na", name = "Li Na", team = "marketing" },
      { id = "wang-lei", name = "Wang Lei", team = "marketing" },
      { id = "zhao-min", name = "Zhao Min", team = "marketing" },
    ]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    function = [{ id = "mails", name = "Mailings", team = "marketing", skills = { automation = 3 } }]
    person = [
      { id = "li-na", name = "Li Na", team = "marketing" },
      { id = "wang-lei", name = "Wang Lei", team = "marketing", learning = ["automation"] },
      { id = "zhao-min", name = "Zhao Min", team = "marketing" },
    ]
    ```

    ## How to mend
    Let one person learn one skill that the team's work needs, best the one that fewest colleagues master and
    that the person is nearest to.

    ## Options
    `min_size` (default 3): with fewer filled seats the rule is silent.

    ## Source
    Our judgement.
    """
    people = view.filled_seats(team)
    if view.team(team) is not None and people >= options.min_size and not view.learning_seats(team):
        yield violation(Ref.to("team", team), people=people, min_size=options.min_size)


@rule(
    "A302",
    "lone-mission",
    "advice",
    on="mission",
    says=N_("Everybody on {mission} ({people:person|people}) sits in {team}"),
)
def lone_mission(view: View, mission: str, _: object) -> Iterator[Violation]:
    """A mission across teams that has people of one team only.

    ## What it checks
    The people on a mission and its lead, as far as their seats are open, all sit in one team.

    ## Why
    A mission is for work that no team can do alone. Within one team it is that team's work, and the extra
    title only blurs who answers for it.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "events", name = "Events", parent = "marketing" },
    ]
    person = [
      { id = "li-na", name = "Li Na", team = "events" },
      { id = "wang-lei", name = "Wang Lei", team = "events" },
    ]
    mission = [{ id = "fair", name = "Spring fair", lead = "li-na", people = ["wang-lei"] }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "events", name = "Events", parent = "marketing" },
    ]
    person = [
      { id = "li-na", name = "Li Na", team = "events" },
      { id = "wang-lei", name = "Wang Lei", team = "marketing" },
    ]
    mission = [{ id = "fair", name = "Spring fair", lead = "li-na", people = ["wang-lei"] }]
    ```

    ## How to mend
    Bring in who is missing from the other teams, or end the mission and let the team do it.

    ## Source
    Our judgement.
    """
    record = view.mission(mission)
    if record is None:
        return
    named = set(record.people) if record.lead is None else {*record.people, record.lead}
    seats = [seat for person in named if (seat := _open_seat(view, person)) is not None]
    teams = {seat.team for seat in seats}
    if len(teams) == 1:
        yield violation(Ref.to("mission", mission), people=len(seats), team=Ref.to("team", teams.pop()))
