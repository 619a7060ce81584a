"""C2 Silos: knowledge that stays where it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orgtui.engine.finding import Violation, violation
from orgtui.engine.view import View
from orgtui.model.records import Person
from orgtui.model.sentence import N_, Ref
from orgtui.rules.facts.components import articulation_points, connected_components
from orgtui.rules.facts.graphs import knowledge_graph
from orgtui.rules.facts.sharing import is_in_force, knowledge_neighbours, share_end_team
from orgtui.rules.facts.skills import required_skills
from orgtui.rules.facts.teams import is_root
from orgtui.rules.facts.totals import several_teams_work
from orgtui.rules.registry import rule

CHAPTERS = {"C2": N_("Silos")}


@dataclass(frozen=True, slots=True)
class SingleHolder:
    """Parameters of C203."""

    min_headcount: int = 10


@dataclass(frozen=True, slots=True)
class Bridge:
    """Parameters of C205."""

    min_teams: int = 5


@rule(
    "C201",
    "team-isolated",
    "warning",
    on="team",
    needs=("shares",),
    says=N_("{team} holds {functions:function|functions} and shares knowledge with no other team"),
)
def team_isolated(view: View, team: str, _: object) -> Iterator[Violation]:
    """A team does work, and nothing it learns reaches another team.

    ## What it checks
    A team below the root holds a function and has no live knowledge link with another working team, while at
    least two teams work. A link is live until its `until` day; a link of a person counts for that person's
    team.

    ## Why
    Knowledge of the industry, the product or a channel is scarce. Where it stays in one group, its neighbours
    do without it and hire for it again.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "content", name = "Content", parent = "marketing" },
      { id = "events", name = "Events", parent = "marketing" },
    ]
    function = [
      { id = "copy", name = "Copywriting", team = "content" },
      { id = "fairs", name = "Fairs", team = "events" },
    ]
    share = [{ from = "team:content", to = "team:events", topic = "product news", until = 2026-06-30 }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "content", name = "Content", parent = "marketing" },
      { id = "events", name = "Events", parent = "marketing" },
    ]
    function = [
      { id = "copy", name = "Copywriting", team = "content" },
      { id = "fairs", name = "Fairs", team = "events" },
    ]
    share = [{ from = "team:content", to = "team:events", topic = "product news", every = "monthly" }]
    ```

    ## How to mend
    Agree on a regular exchange with the team it hands its work to, or with the one whose skills are nearest.

    ## Source
    Our judgement.
    """
    functions = view.functions_of(team)
    if not functions or is_root(view, team) or view.team(team) is None:
        return
    if not knowledge_neighbours(view, team) and several_teams_work(view, ""):
        yield violation(Ref.to("team", team), functions=len(functions))


@rule(
    "C202",
    "knowledge-islands",
    "warning",
    on="organization",
    needs=("shares",),
    lane="graph",
    says=(
        N_(
            "{subjects} share knowledge only among themselves; "
            "nothing joins them to the {largest:team|teams} of the largest circle"
        )
    ),
)
def knowledge_islands(view: View, _: str, __: object) -> Iterator[Violation]:
    """Some teams share knowledge among themselves, and nothing joins them to the rest.

    ## What it checks
    The working teams joined by live knowledge links form several separate circles; teams without any link
    are left out. Each circle but the largest is an island. Of circles of one size, the one with the smallest
    id counts as the largest.

    ## Why
    Islands feel well informed: everyone they talk to agrees. What the others learn from customers, the press
    or the numbers never reaches them.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "brand", name = "Brand", parent = "marketing" },
      { id = "content", name = "Content", parent = "marketing" },
      { id = "seo", name = "SEO", parent = "marketing" },
      { id = "sem", name = "SEM", parent = "marketing" },
    ]
    function = [
      { id = "pr", name = "PR", team = "brand" },
      { id = "copy", name = "Copywriting", team = "content" },
      { id = "search", name = "Search", team = "seo" },
      { id = "ads", name = "Advertising", team = "sem" },
    ]
    share = [
      { from = "team:brand", to = "team:content", topic = "key messages", every = "weekly" },
      { from = "team:seo", to = "team:sem", topic = "search keywords", every = "weekly" },
    ]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "brand", name = "Brand", parent = "marketing" },
      { id = "content", name = "Content", parent = "marketing" },
      { id = "seo", name = "SEO", parent = "marketing" },
      { id = "sem", name = "SEM", parent = "marketing" },
    ]
    function = [
      { id = "pr", name = "PR", team = "brand" },
      { id = "copy", name = "Copywriting", team = "content" },
      { id = "search", name = "Search", team = "seo" },
      { id = "ads", name = "Advertising", team = "sem" },
    ]
    share = [
      { from = "team:brand", to = "team:content", topic = "key messages", every = "weekly" },
      { from = "team:seo", to = "team:sem", topic = "search keywords", every = "weekly" },
      { from = "team:seo", to = "team:content", topic = "search terms", every = "monthly" },
    ]
    ```

    ## How to mend
    One link to the largest circle is enough: between the two teams whose work is nearest.

    ## Source
    Our judgement.
    """
    circles = [sorted(circle) for circle in connected_components(knowledge_graph(view))]
    circles.sort(key=lambda circle: (-len(circle), circle[0]))
    for island in circles[1:]:
        yield violation(
            *(Ref.to("team", team) for team in island), teams=len(island), largest=len(circles[0])
        )


@rule(
    "C203",
    "single-holder",
    "warning",
    on="skill",
    needs=("headcount", "function skills", "people's skills"),
    options=SingleHolder,
    says=N_(
        "Only {person} masters {skill}, which {functions:function needs|functions need}; nobody can step in"
    ),
)
def single_holder(view: View, skill: str, _: SingleHolder) -> Iterator[Violation]:
    """One person alone can do work that functions depend on, and nobody is learning it.

    ## What it checks
    Some function needs the skill at level 3 or more. Exactly one filled seat has it at 3 or more, no other
    filled seat has level 2 or more, and nobody else is learning it.

    ## Why
    When that person is ill, resigns or is overloaded, the work stops, and there is nobody to hire well for it
    either: the one who could judge a candidate is the one who left.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    function = [{ id = "nurture", name = "Nurturing", team = "marketing", skills = { automation = 3 } }]
    person = [
      { id = "li-na", name = "Li Na", team = "marketing", skills = { automation = 4 } },
      { id = "wang-lei", name = "Wang Lei", team = "marketing", skills = { automation = 1 } },
    ]
    rules = { C203 = { min_headcount = 2 } }
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    function = [{ id = "nurture", name = "Nurturing", team = "marketing", skills = { automation = 3 } }]
    person = [
      { id = "li-na", name = "Li Na", team = "marketing", skills = { automation = 4 } },
      { id = "wang-lei", name = "Wang Lei", team = "marketing", learning = ["automation"] },
    ]
    rules = { C203 = { min_headcount = 2 } }
    ```

    ## How to mend
    A teammate starts to learn it now, best one who works on such a function already.

    ## Options
    `min_headcount` (default 10): with fewer open seats the rule is silent: a few people share everything
    anyway.

    ## Source
    One holder: the definition of the truck number. The levels and the size are our judgement.
    """
    functions = view.needing_mastery(skill)
    masters = view.masters(skill)
    if not functions or len(masters) != 1 or view.judges(skill) > 1:
        return
    (holder,) = masters
    learners = view.learners(skill)
    if len(learners) <= (holder in learners):
        yield violation(Ref.to("skill", skill), Ref.to("person", holder), functions=functions)


@rule(
    "C204",
    "skill-missing",
    "warning",
    on="function",
    needs=("function skills", "people's skills", "people's functions"),
    says=(
        N_(
            "{function} needs {skill} at level {level}; the best of those who perform it has {best}, "
            "and none of them is learning it"
        )
    ),
)
def skill_missing(view: View, function: str, _: object) -> Iterator[Violation]:
    """Nobody who performs a function can do what it takes, or is learning it.

    ## What it checks
    The function is performed and somebody who performs it lists skills. For a skill it requires, no performer
    has the required level and none is learning it.

    ## Why
    The work is done all the same: slowly, by trial and error, or bought outside without anyone to judge it.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    function = [{ id = "seo", name = "SEO", team = "marketing", skills = { seo = 3 } }]

    [[person]]
    id = "li-na"
    name = "Li Na"
    team = "marketing"
    functions = { seo = 1.0 }
    skills = { seo = 1 }
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    function = [{ id = "seo", name = "SEO", team = "marketing", skills = { seo = 3 } }]

    [[person]]
    id = "li-na"
    name = "Li Na"
    team = "marketing"
    functions = { seo = 1.0 }
    skills = { seo = 1 }
    learning = ["seo"]
    ```

    ## How to mend
    Give somebody who has the skill a share in the function, or let one of those who perform it learn it.

    ## Source
    Our judgement.
    """
    record = view.function(function)
    required = {} if record is None else required_skills(record)
    if not required or not any(person.skills for person in _performing(view, function)):
        return
    for skill, level in sorted(required.items()):
        able = (
            person.skills.get(skill, 0) >= level or skill in person.learning
            for person in _performing(view, function)
        )
        if not any(able):
            best = max(person.skills.get(skill, 0) for person in _performing(view, function))
            yield violation(Ref.to("function", function), Ref.to("skill", skill), level=level, best=best)


def _performing(view: View, function: str) -> Iterator[Person]:
    for each in view.performers(function):
        person = view.person(each)
        if person is not None:
            yield person


@rule(
    "C205",
    "bridge-team",
    "advice",
    on="organization",
    needs=("shares",),
    options=Bridge,
    lane="graph",
    says=N_(
        "Without {team} some of the {teams:team|teams} that share knowledge would lose touch with the rest"
    ),
)
def bridge_team(view: View, _: str, options: Bridge) -> Iterator[Violation]:
    """Everything some teams know of each other passes through one team.

    ## What it checks
    At least `min_teams` working teams have live knowledge links, and without this team those that were joined
    would no longer be: it is an articulation point of the knowledge graph.

    ## Why
    A bridge is precious and fragile: one reorganisation, one resignation, and two halves of the department
    stop hearing of each other. Worth a talk before it is moved or merged.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "brand", name = "Brand", parent = "marketing" },
      { id = "growth", name = "Growth", parent = "marketing" },
      { id = "field", name = "Field", parent = "marketing" },
    ]
    function = [
      { id = "pr", name = "PR", team = "brand" },
      { id = "seo", name = "SEO", team = "growth" },
      { id = "fairs", name = "Fairs", team = "field" },
    ]
    share = [
      { from = "team:brand", to = "team:growth", topic = "key messages", every = "weekly" },
      { from = "team:growth", to = "team:field", topic = "lead quality", every = "weekly" },
    ]
    rules = { C205 = { min_teams = 3 } }
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "brand", name = "Brand", parent = "marketing" },
      { id = "growth", name = "Growth", parent = "marketing" },
      { id = "field", name = "Field", parent = "marketing" },
    ]
    function = [
      { id = "pr", name = "PR", team = "brand" },
      { id = "seo", name = "SEO", team = "growth" },
      { id = "fairs", name = "Fairs", team = "field" },
    ]
    share = [
      { from = "team:brand", to = "team:growth", topic = "key messages", every = "weekly" },
      { from = "team:growth", to = "team:field", topic = "lead quality", every = "weekly" },
      { from = "team:field", to = "team:brand", topic = "customer stories", every = "monthly" },
    ]
    rules = { C205 = { min_teams = 3 } }
    ```

    ## How to mend
    Close the ring: one more link between two teams on either side of the bridge, on what both need. Where
    more than 100 teams have links, bridges are many, and no way past one is proposed.

    ## Options
    `min_teams` (default 5): with fewer teams that have links the rule is silent.

    ## Source
    Our judgement.
    """
    graph = knowledge_graph(view)
    if len(graph) >= options.min_teams:
        for team in articulation_points(graph):
            yield violation(Ref.to("team", team), teams=len(graph), min_teams=options.min_teams)


@rule(
    "C206",
    "share-without-rhythm",
    "advice",
    on="share",
    needs=("shares",),
    says={
        "until": N_("The exchange of {source} with {target} on {topic} ended on {until}"),
        "": N_("{source} and {target} share {topic} without a rhythm"),
    },
)
def share_without_rhythm(view: View, share: tuple[str, str, str], _: object) -> Iterator[Violation]:
    """A knowledge link that nobody will keep up.

    ## What it checks
    Both ends of the link are teams or open seats, and it says no rhythm (`every`), or the day it was to last
    until is before today.

    ## Why
    Sharing without a date in the calendar is the first thing dropped in a busy week. A link that has ended
    joins nobody any more, and looks on paper as if it did.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }, { id = "brand", name = "Brand", parent = "marketing" }]
    share = [{ from = "team:brand", to = "team:marketing", topic = "key messages" }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }, { id = "brand", name = "Brand", parent = "marketing" }]
    share = [{ from = "team:brand", to = "team:marketing", topic = "key messages", every = "monthly" }]
    ```

    ## How to mend
    Set a rhythm, monthly to begin with; take out a link that has ended, or give it a new date.

    ## Source
    Our judgement.
    """
    record = view.share(share)
    if record is None or any(share_end_team(view, end) is None for end in share[:2]):
        return
    over = not is_in_force(record.until, view.today)
    if over or record.every is None:
        ended = {"until": record.until} if over else {}
        evidence = {"source": Ref(record.source), "target": Ref(record.target), "topic": record.topic}
        yield violation(Ref.to("share", ">".join(share)), **evidence, **ended)
