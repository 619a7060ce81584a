"""C3 Friction: what other departments see of marketing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from orgtui.engine.finding import Violation, sized_violation, violation
from orgtui.engine.view import View
from orgtui.model.sentence import N_, Ref
from orgtui.rules.facts.requests import requesting_teams
from orgtui.rules.registry import rule

CHAPTERS = {"C3": N_("Friction")}


@dataclass(frozen=True, slots=True)
class Crowd:
    """Parameters of C302."""

    max_teams: int = 2


@rule(
    "C301",
    "asked-twice",
    "warning",
    on="topic",
    needs=("requests",),
    says=N_("{teams:team asks|teams ask} {department} for {topic}: {asked_by}"),
)
def asked_twice(view: View, asked: tuple[str, str], _: object) -> Iterator[Violation]:
    """Several teams ask one department for the same thing.

    ## What it checks
    At least two teams request one topic of one department. Topics are compared without regard to upper and
    lower case and to blanks around them.

    ## Why
    The product department writes the same sheet twice and sees a marketing team that does not talk to itself.
    Next time it answers neither.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    department = [{ id = "product", name = "Product" }]
    team = [{ id = "marketing", name = "Marketing" }, { id = "pr", name = "PR", parent = "marketing" }]
    request = [
      { from = "marketing", to = "product", topic = "Feature sheets" },
      { from = "pr", to = "product", topic = "feature sheets" },
    ]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    department = [{ id = "product", name = "Product" }]
    team = [{ id = "marketing", name = "Marketing" }, { id = "pr", name = "PR", parent = "marketing" }]
    request = [{ from = "marketing", to = "product", topic = "Feature sheets", per_month = 2 }]
    ```

    ## How to mend
    One team asks and passes on what it gets: route the requests through it.

    ## Source
    Our judgement.
    """
    department, topic = asked
    teams = requesting_teams(view, asked)
    if len(teams) >= 2:
        yield violation(
            Ref.to("department", department),
            Ref.to("topic", topic),
            teams=len(teams),
            asked_by=tuple(Ref.to("team", team) for team in sorted(teams)),
        )


@rule(
    "C302",
    "department-crowded",
    "warning",
    on="department",
    needs=("requests",),
    options=Crowd,
    says=N_(
        "{teams:team sends|teams send} {department} requests, more than {max_teams}; none speaks for all"
    ),
)
def department_crowded(view: View, department: str, options: Crowd) -> Iterator[Violation]:
    """Many teams call on one department, and none speaks for all of them.

    ## What it checks
    More than `max_teams` teams send a department requests, and the department has no liaison: no team that
    speaks to it for marketing.

    ## Why
    Each team explains itself anew and presses for its own date. The department cannot tell what matters most
    to marketing, so it decides by who shouts.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    department = [{ id = "product", name = "Product" }]
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "pr", name = "PR", parent = "marketing" },
      { id = "content", name = "Content", parent = "marketing" },
    ]
    request = [
      { from = "marketing", to = "product", topic = "Road map" },
      { from = "pr", to = "product", topic = "Release dates" },
      { from = "content", to = "product", topic = "Feature sheets" },
    ]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    department = [{ id = "product", name = "Product", liaison = "content" }]
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "pr", name = "PR", parent = "marketing" },
      { id = "content", name = "Content", parent = "marketing" },
    ]
    request = [
      { from = "marketing", to = "product", topic = "Road map" },
      { from = "pr", to = "product", topic = "Release dates" },
      { from = "content", to = "product", topic = "Feature sheets" },
    ]
    ```

    ## How to mend
    The team that asks most becomes the department's liaison; then the others' requests go through it.

    ## Options
    `max_teams` (default 2): so many teams may ask a department without a liaison.

    ## Source
    Our judgement.
    """
    record = view.department(department)
    teams = len(requesting_teams(view, department))
    if record is not None and record.liaison is None and teams > options.max_teams:
        size, most = teams - options.max_teams, options.max_teams
        yield sized_violation(size, Ref.to("department", department), teams=teams, max_teams=most)


@rule(
    "C303",
    "liaison-bypassed",
    "advice",
    on="team",
    needs=("requests",),
    says=N_("{team} sends {department} {requests:request|requests} past {liaison}, which speaks to it"),
)
def liaison_bypassed(view: View, team: str, _: object) -> Iterator[Violation]:
    """A team asks a department directly although another team speaks to it.

    ## What it checks
    A department has a liaison, and another team sends it requests.

    ## Why
    A liaison that is bypassed has the duty without the overview, and the department is soon crowded again.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    department = [{ id = "product", name = "Product", liaison = "marketing" }]
    team = [{ id = "marketing", name = "Marketing" }, { id = "pr", name = "PR", parent = "marketing" }]
    request = [{ from = "pr", to = "product", topic = "Release dates" }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    department = [{ id = "product", name = "Product", liaison = "marketing" }]
    team = [{ id = "marketing", name = "Marketing" }, { id = "pr", name = "PR", parent = "marketing" }]
    request = [{ from = "marketing", to = "product", topic = "Release dates" }]
    ```

    ## How to mend
    Route the team's requests through the liaison.

    ## Source
    Our judgement.
    """
    sent = Counter(department for _, department, _ in view.requests_from(team))
    for department, requests in sorted(sent.items()):
        record = view.department(department)
        if record is not None and record.liaison is not None and record.liaison != team:
            liaison = Ref.to("team", record.liaison)
            yield violation(
                Ref.to("department", department), Ref.to("team", team), requests=requests, liaison=liaison
            )
