"""P2 Combine like work, within the lead's reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orgtui.engine.finding import Violation, sized_violation, violation
from orgtui.engine.view import View
from orgtui.model.sentence import N_, Ref
from orgtui.rules.facts.home import divisions_at_home, home_area, is_in_focus_line, none_one_or_more
from orgtui.rules.facts.kin import has_kin_in
from orgtui.rules.facts.reporting import filled_lead, head
from orgtui.rules.facts.sharing import sharing_on
from orgtui.rules.facts.similarity import (
    Similarity,
    divisions_of_kind,
    functions_of_kind,
    home_of_kind,
    similar_functions,
    teams_needing,
)
from orgtui.rules.facts.skills import Coverage, core_skills, covers, similarity
from orgtui.rules.facts.teams import division, is_focus, is_root, is_working_team, seats_below
from orgtui.rules.registry import rule

CHAPTERS = {"P2": N_("Combine like work, within the lead's reach")}


@dataclass(frozen=True, slots=True)
class KindsTogether:
    """Parameters of P202: pairs of kinds."""

    keep_together: tuple[tuple[str, str], ...] = (("brand", "content"), ("pr", "content"))


@dataclass(frozen=True, slots=True)
class Thinness:
    """Parameters of P203."""

    min_size: int = 3


@dataclass(frozen=True, slots=True)
class Load:
    """Parameters of P205."""

    max_functions: int = 5
    min_headcount: int = 10


@dataclass(frozen=True, slots=True)
class Scarcity:
    """Parameters of P206."""

    scarce: int = 2


@dataclass(frozen=True, slots=True)
class TeamSize:
    """Parameters of P207."""

    max_size: int = 9


@dataclass(frozen=True, slots=True)
class Strangers:
    """Parameters of P208."""

    min_headcount: int = 10


@rule(
    "P201",
    "like-work-apart",
    "warning",
    on="function",
    needs=("function skills",),
    options=Similarity,
    says=N_("{function} and {function2} share {percent}% of their skills but sit in {team} and {team2}"),
)
def like_work_apart(view: View, function: str, options: Similarity) -> Iterator[Violation]:
    """Two functions that need the same skills sit in different teams.

    ## What it checks
    Two functions of different teams, neither of them a focus team, are alike: over the skills that either
    requires, the smaller levels add up to at least `similarity` of the larger ones. Within one division it
    speaks only if both teams together would be no larger than `max_size` of P207.

    ## Why
    Work of one kind belongs in one team: people learn from each other, stand in for each other, and the same
    specialist is not hired twice. Combining ends where the team would grow too big to lead.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "web", name = "Website", parent = "marketing" },
      { id = "ads", name = "Advertising", parent = "marketing" },
    ]
    function = [
      { id = "sem", name = "SEM", team = "ads", skills = { search = 3, analytics = 2 } },
      { id = "seo", name = "SEO", team = "web", skills = { search = 3, analytics = 2 } },
    ]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "web", name = "Website", parent = "marketing" },
      { id = "ads", name = "Advertising", parent = "marketing" },
    ]
    function = [
      { id = "sem", name = "SEM", team = "ads", skills = { search = 3, analytics = 2 } },
      { id = "seo", name = "SEO", team = "ads", skills = { search = 3, analytics = 2 } },
    ]
    ```

    ## How to mend
    Move either function to the other's team; best where the lead can judge both.

    ## Options
    `similarity` (default 0.5): from which likeness, 0 to 1, two functions count as like work.

    ## Source
    Our judgement.
    """
    record = view.function(function)
    if record is None or record.team is None or is_focus(view, record.team):
        return
    for other in similar_functions(view, function):
        other_record = view.function(other)
        other_team = None if other_record is None else other_record.team
        if other_team is not None and _should_combine(view, record.team, other_team):
            shared, total = similarity(view, function, other)
            yield violation(
                Ref.to("function", function),
                Ref.to("function", other),
                team=Ref.to("team", record.team),
                team2=Ref.to("team", other_team),
                percent=100 * shared // total,
                similarity=options.similarity,
            )


def _should_combine(view: View, team: str, other: str) -> bool:
    """Whether similar work of two teams should be in one: always, in a division only if they fit into one."""
    if team == other or is_focus(view, other):
        return False
    home = division(view, team)
    if home is None or home != division(view, other):
        return True
    return view.open_seats(team) + view.open_seats(other) <= view.options(TeamSize).max_size


@rule(
    "P202",
    "kept-together-apart",
    "warning",
    on="function",
    needs=("kinds",),
    options=KindsTogether,
    says=N_("{function} ({kind}) and {function2} ({kind2}) belong together but sit in different divisions"),
)
def kept_together_apart(view: View, function: str, options: KindsTogether) -> Iterator[Violation]:
    """Two kinds of work that should speak with one voice sit in different divisions.

    ## What it checks
    Two functions whose kinds are a pair in `keep_together` sit in different divisions, the root counting as
    one of its own. Functions in focus teams do not count.

    ## Why
    Brand, PR and content tell one story. Cut apart, each tells its own, and the customer hears several
    companies.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "brand", name = "Brand", parent = "marketing" },
      { id = "community", name = "Community", parent = "marketing" },
    ]
    function = [
      { id = "articles", name = "Articles", kind = "content", team = "community" },
      { id = "press", name = "Press", kind = "pr", team = "brand" },
    ]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "brand", name = "Brand", parent = "marketing" },
      { id = "community", name = "Community", parent = "marketing" },
    ]
    function = [
      { id = "articles", name = "Articles", kind = "content", team = "brand" },
      { id = "press", name = "Press", kind = "pr", team = "brand" },
    ]
    ```

    ## How to mend
    Move the function with fewer people to the other's team.

    ## Options
    `keep_together` (default brand with content, PR with content): pairs of kinds that belong together.

    ## Source
    Our judgement.
    """
    own = home_of_kind(view, function)
    if own is None:
        return
    kind, home = own
    for kept in sorted(_kinds_kept_with(kind, options)):
        for elsewhere in sorted(divisions_of_kind(view, kept)):
            others = functions_of_kind(view, (kept, elsewhere)) if elsewhere != home else ()
            for other in sorted(others):
                if other > function:
                    refs = Ref.to("function", function), Ref.to("function", other)
                    yield violation(*refs, kind=kind, kind2=kept)


def _kinds_kept_with(kind: str, options: KindsTogether) -> set[str]:
    pairs = [tuple(pair) for pair in options.keep_together]
    return {second for first, second in pairs if first == kind} | {
        first for first, second in pairs if second == kind
    }


@rule(
    "P203",
    "team-too-thin",
    "warning",
    on="team",
    options=Thinness,
    says=N_("{team} has {seats:seat|seats}; a team needs {min_size} to be more than a pair"),
)
def team_too_thin(view: View, team: str, options: Thinness) -> Iterator[Violation]:
    """A team is too small to be one.

    ## What it checks
    A team below the root that itself holds a function or an open seat, and is no focus team, has fewer than
    `min_size` open seats, those of teams below it included. Vacant and planned seats count.

    ## Why
    Two people are a pair, not a team: one illness halves it, nobody can stand in, and yet it has a lead, a
    plan, a meeting and a border with every neighbour.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "design", name = "Design", parent = "marketing" },
    ]
    person = [
      { id = "li-na", name = "Li Na", team = "design" },
      { id = "wang-lei", name = "Wang Lei", team = "design" },
    ]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "design", name = "Design", parent = "marketing" },
    ]
    person = [
      { id = "li-na", name = "Li Na", team = "design" },
      { id = "wang-lei", name = "Wang Lei", team = "design" },
      { id = "third", title = "Motion designer", team = "design", state = "vacant" },
    ]
    ```

    ## How to mend
    Merge it into the sibling with the most similar work.

    ## Options
    `min_size` (default 3): the fewest open seats of a team.

    ## Source
    Fewer than three is a dyad (Neale, in Fortune 2006 on team size).
    """
    if not is_working_team(view, team) or is_root(view, team) or is_focus(view, team):
        return
    seats = seats_below(view, team)
    if seats < options.min_size:
        size = options.min_size - seats
        yield sized_violation(size, Ref.to("team", team), seats=seats, min_size=options.min_size)


@rule(
    "P204",
    "lead-out-of-depth",
    "warning",
    on="function",
    needs=("headcount", "function skills", "people's skills"),
    options=Coverage,
    says=N_(
        "{lead} leads {team} but has level {level} in {skill}; judging {function} takes level {lead_level}"
    ),
)
def lead_out_of_depth(view: View, function: str, options: Coverage) -> Iterator[Violation]:
    """A lead cannot judge work that the team does.

    ## What it checks
    A team has a lead whose seat is filled, and one of its own functions has a core skill, one with the
    highest required level, in which the lead is below `lead_level`. Leads who list no skills are not judged,
    nor a focus team led by the head. Asleep under `min_headcount` people.

    ## Why
    Combining like work ends where the lead can no longer tell good from bad: then the specialist is alone,
    goals are guessed, and evaluation turns into sympathy.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    rules.P204.min_headcount = 0
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "web", name = "Website", parent = "marketing", lead = "wang-lei" },
    ]
    function = [{ id = "sem", name = "SEM", team = "web", skills = { sem = 3 } }]
    person = [
      { id = "wang-lei", name = "Wang Lei", team = "web", skills = { design = 4 } },
      { id = "zhao-min", name = "Zhao Min", team = "web", skills = { sem = 3 } },
    ]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    rules.P204.min_headcount = 0
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "web", name = "Website", parent = "marketing", lead = "wang-lei" },
    ]
    function = [{ id = "sem", name = "SEM", team = "web", skills = { sem = 3 } }]
    person = [
      { id = "wang-lei", name = "Wang Lei", team = "web", skills = { design = 4, sem = 2 } },
      { id = "zhao-min", name = "Zhao Min", team = "web", skills = { sem = 3 } },
    ]
    ```

    ## How to mend
    Move the function to a team whose lead can judge it, let a member who can judge it lead, or train the
    lead.

    ## Options
    `lead_level` (default 2, can judge the work): the level a lead needs in every core skill.
    `min_headcount` (default 10): asleep in smaller organisations.

    ## Source
    Our judgement.
    """
    record = view.function(function)
    if record is None or record.team is None:
        return
    team = record.team
    lead = filled_lead(view, team)
    if lead is None or (is_focus(view, team) and lead == head(view)) or covers(view, lead, function):
        return
    person = view.person(lead)
    skills = {} if person is None else person.skills
    weakest = min(core_skills(view, function), key=lambda skill: (skills.get(skill, 0), skill))
    yield violation(
        Ref.to("team", team),
        Ref.to("function", function),
        lead=Ref.to("person", lead),
        skill=Ref.to("skill", weakest),
        level=skills.get(weakest, 0),
        lead_level=options.lead_level,
    )


@rule(
    "P205",
    "team-overloaded",
    "warning",
    on="team",
    needs=("headcount",),
    options=Load,
    says=N_("{team} is accountable for {functions:function|functions}, more than {max_functions}"),
)
def team_overloaded(view: View, team: str, options: Load) -> Iterator[Violation]:
    """A team is accountable for too many functions.

    ## What it checks
    A team itself holds more than `max_functions` functions. Asleep under `min_headcount` people.

    ## Why
    Merging too far is as wrong as splitting too early: a team with a long list does the loudest thing first
    and the rest when there is time.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    rules.P205 = { max_functions = 1, min_headcount = 0 }
    team = [{ id = "marketing", name = "Marketing" }]
    function = [
      { id = "seo", name = "SEO", team = "marketing" },
      { id = "pr", name = "PR", team = "marketing" },
    ]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    rules.P205 = { max_functions = 1, min_headcount = 0 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "growth", name = "Growth", parent = "marketing" },
    ]
    function = [
      { id = "seo", name = "SEO", team = "growth" },
      { id = "pr", name = "PR", team = "marketing" },
    ]
    ```

    ## How to mend
    Split the team along the areas of its functions.

    ## Options
    `max_functions` (default 5): how many functions one team may hold.
    `min_headcount` (default 10): asleep in smaller organisations.

    ## Source
    Our judgement.
    """
    functions = len(view.functions_of(team))
    if functions > options.max_functions:
        size, most = functions - options.max_functions, options.max_functions
        yield sized_violation(size, Ref.to("team", team), functions=functions, max_functions=most)


@rule(
    "P206",
    "scarce-skill-locked",
    "warning",
    on="skill",
    needs=("function skills", "people's skills"),
    options=Scarcity,
    says=(
        N_(
            "{team} needs {skill}, but the {holders:person who masters it sits|people who master it sit} "
            "in {home} and nothing carries it over"
        )
    ),
)
def scarce_skill_locked(view: View, skill: str, options: Scarcity) -> Iterator[Violation]:
    """A rare skill stays inside one team while another needs it.

    ## What it checks
    Functions of at least two teams need a skill. The filled seats that have it at level 3 or more number one
    to `scarce` and sit in one team. Another team needs it, and no live knowledge link between the two has
    that skill as its topic.

    ## Why
    Scarce knowledge that stays inside one group is bought again next door: the neighbour hires for it, or
    does without.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "web", name = "Website", parent = "marketing" },
      { id = "content", name = "Content", parent = "marketing" },
    ]
    function = [
      { id = "seo", name = "SEO", team = "web", skills = { seo = 3 } },
      { id = "articles", name = "Articles", team = "content", skills = { writing = 3, seo = 1 } },
    ]
    person = [{ id = "wang-lei", name = "Wang Lei", team = "web", skills = { seo = 4 } }]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "web", name = "Website", parent = "marketing" },
      { id = "content", name = "Content", parent = "marketing" },
    ]
    function = [
      { id = "seo", name = "SEO", team = "web", skills = { seo = 3 } },
      { id = "articles", name = "Articles", team = "content", skills = { writing = 3, seo = 1 } },
    ]
    person = [{ id = "wang-lei", name = "Wang Lei", team = "web", skills = { seo = 4 } }]
    share = [{ from = "team:web", to = "team:content", topic = "seo", how = "review", every = "weekly" }]
    ```

    ## How to mend
    Agree a knowledge link on the skill from the team that has it to the one that needs it.

    ## Options
    `scarce` (default 2): up to how many people who master a skill make it scarce.

    ## Source
    Our judgement.
    """
    masters = view.masters(skill)
    needing = teams_needing(view, skill)
    if not 1 <= len(masters) <= options.scarce or len(needing) < 2:
        return
    homes = {person.team for person in map(view.person, masters) if person is not None}
    if len(homes) != 1:
        return
    (home,) = homes
    linked = sharing_on(view, skill, home)
    for team in sorted(needing):
        if team != home and team not in linked:
            yield violation(
                Ref.to("skill", skill),
                Ref.to("team", team),
                holders=len(masters),
                scarce=options.scarce,
                home=Ref.to("team", home),
            )


@rule(
    "P207",
    "team-too-big",
    "advice",
    on="team",
    options=TeamSize,
    says=N_("{team} itself has {seats:seat|seats}, more than {max_size}"),
)
def team_too_big(view: View, team: str, options: TeamSize) -> Iterator[Violation]:
    """A team is too big to work as one.

    ## What it checks
    A team itself, without the teams below it, has more than `max_size` open seats.

    ## Why
    With every member the number of pairs who must know of each other grows faster than the hands. Large
    teams split themselves, only nobody says where.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    rules.P207.max_size = 2
    team = [{ id = "marketing", name = "Marketing" }]
    function = [
      { id = "pr", name = "PR", team = "marketing" },
      { id = "seo", name = "SEO", team = "marketing" },
    ]
    person = [
      { id = "chen", name = "Chen", team = "marketing", functions = { pr = 1.0 } },
      { id = "li-na", name = "Li Na", team = "marketing", functions = { seo = 1.0 } },
      { id = "wang-lei", name = "Wang Lei", team = "marketing", functions = { seo = 1.0 } },
    ]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    rules.P207.max_size = 2
    team = [{ id = "marketing", name = "Marketing" }, { id = "web", name = "Website", parent = "marketing" }]
    function = [
      { id = "pr", name = "PR", team = "marketing" },
      { id = "seo", name = "SEO", team = "web" },
    ]
    person = [
      { id = "chen", name = "Chen", team = "marketing", functions = { pr = 1.0 } },
      { id = "li-na", name = "Li Na", team = "web", functions = { seo = 1.0 } },
      { id = "wang-lei", name = "Wang Lei", team = "web", functions = { seo = 1.0 } },
    ]
    ```

    ## How to mend
    Split it, along its functions.

    ## Options
    `max_size` (default 9): the most open seats of a team itself.

    ## Source
    5 to 9 in Team Topologies practice; about 10 in Scrum; best 4.6 (Hackman and Vidmar 1970).
    """
    seats = view.open_seats(team)
    if seats > options.max_size:
        size = seats - options.max_size
        yield sized_violation(size, Ref.to("team", team), seats=seats, max_size=options.max_size)


@rule(
    "P208",
    "stranger-among-others",
    "advice",
    on="function",
    needs=("areas", "function skills or handoffs", "headcount"),
    options=Strangers,
    says=N_(
        "{function} ({area}) has nothing in common with the other work of {team} ({home}); "
        "such work is at home in {homes}"
    ),
)
def stranger_among_others(view: View, function: str, _: Strangers) -> Iterator[Violation]:
    """A function sits where nothing is like it, and its kind is at home elsewhere.

    ## What it checks
    The home area of a division is the one that most of its functions have; the work of all teams below it
    counts. The function is of another area, which is the home area of another division. No other function of
    its own division is kin to it: none is of its area, has a similarity of at least 0.3 (as in P201), hands
    over to it or takes from it. Focus teams and what is below them are left out.

    ## Why
    Nobody there can judge the work, step in for it or learn from it, and it is first to be forgotten when
    time is short. Where work of its kind is at home it finds all three.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    area = [{ id = "growth", name = "Growth" }, { id = "field", name = "Events and field" }]
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "web", name = "Online promotion", parent = "marketing" },
      { id = "partners", name = "Partnerships", parent = "marketing" },
    ]
    function = [
      { id = "seo", name = "SEO", area = "growth", team = "web", skills = { search = 3 } },
      { id = "site", name = "Website", area = "growth", team = "web", skills = { search = 2, html = 2 } },
      { id = "sem", name = "SEM", area = "growth", team = "partners", skills = { search = 2, bidding = 3 } },
      { id = "partners", name = "Partners", area = "field", team = "partners", skills = { alliances = 3 } },
      { id = "fairs", name = "Fairs", area = "field", team = "partners", skills = { events = 3 } },
    ]
    person = [
      { id = "li-na", name = "Li Na", team = "web" },
      { id = "wang-lei", name = "Wang Lei", team = "partners" },
    ]
    rules = { P208 = { min_headcount = 1 } }
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    area = [{ id = "growth", name = "Growth" }, { id = "field", name = "Events and field" }]
    team = [
      { id = "marketing", name = "Marketing" },
      { id = "web", name = "Online promotion", parent = "marketing" },
      { id = "partners", name = "Partnerships", parent = "marketing" },
    ]
    function = [
      { id = "seo", name = "SEO", area = "growth", team = "web", skills = { search = 3 } },
      { id = "site", name = "Website", area = "growth", team = "web", skills = { search = 2, html = 2 } },
      { id = "sem", name = "SEM", area = "growth", team = "web", skills = { search = 2, bidding = 3 } },
      { id = "partners", name = "Partners", area = "field", team = "partners", skills = { alliances = 3 } },
      { id = "fairs", name = "Fairs", area = "field", team = "partners", skills = { events = 3 } },
    ]
    person = [
      { id = "li-na", name = "Li Na", team = "web" },
      { id = "wang-lei", name = "Wang Lei", team = "partners" },
    ]
    rules = { P208 = { min_headcount = 1 } }
    ```

    ## How to mend
    Move it, with its people, to the team of its home that has most work like it. If it belongs where it is,
    write down what joins it to the rest: a handoff, or skills.

    ## Options
    `min_headcount` (default 10): with fewer open seats the rule is asleep: one team then does many things.

    ## Source
    Our judgement. Areas only from 10 people: size bands of a Chinese B2B vendor (Beschannels), two functions
    for 1–5 people.
    """
    record = view.function(function)
    if record is None or record.area is None or record.team is None:
        return
    own = division(view, record.team)
    if own is None or none_one_or_more(view, (own, record.area)) > 1 or has_kin_in(view, (function, own)):
        return
    home = home_area(view, own)
    homes = divisions_at_home(view, record.area)
    if home is not None and home != record.area and homes and not is_in_focus_line(view, record.team):
        yield violation(
            Ref.to("function", function),
            Ref.to("team", own),
            area=Ref.to("area", record.area),
            home=Ref.to("area", home),
            homes=tuple(Ref.to("team", each) for each in homes),
        )
