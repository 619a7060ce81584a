"""Benchmarks of advice: what a search finds in how long, and what places and fixes take."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from time import thread_time
from typing import NamedTuple

from benchmarks.measure import Bar, Row, Scale, Section, cpu_seconds, gc_disabled, people_label
from benchmarks.organizations import organization
from orgtui.advice.autofix import WITH_DECISIONS, apply_fixes
from orgtui.advice.search.limits import Limits
from orgtui.advice.search.plans import Options
from orgtui.advice.search.search import search
from orgtui.advice.search.world import World
from orgtui.api.placing import place
from orgtui.api.state import state_with_plan
from orgtui.files.organization_file import load_organization
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization, sets_between
from orgtui.rules.assessment import WEIGHTS, Assessment
from orgtui.rules.inputs import CHANGE_SHOCK
from orgtui.rules.registry import known_rules

ABOUT = (
    "The plan with the lowest penalty that `orgtui suggest` has after so many seconds of processor time: the "
    "weights of the findings that are left, and the people touched. The figure is the median of the seeds, "
    "sorted by penalty and then people; the reference is what `orgtui fix --decisions` leaves and touches, "
    "or the plan that people made."
)
TIMES_ABOUT = "Processor time, once the organisation is loaded and every rule has been asked."
SAMPLES = Path(__file__).parent.parent / "sample_orgs"
SEEDS = (1, 2, 3)
SECONDS = (0.5, 2, 10, 30)
"""When to look, in seconds of processor time."""
FIX_BAR = Bar(5)
"""Seconds for all fixes where 2,000 people work."""


class Outcome(NamedTuple):
    """What a plan leaves, as weights of findings, and how many people it touches."""

    penalty: int
    touched: int


def measure(scale: Scale) -> Iterator[Section]:
    """The sections of the search and of the time that advice takes."""
    is_small = scale.starts == 1
    yield Section("Suggestions", ABOUT, _small_search(scale) if is_small else _searches())
    yield Section("Places and fixes", TIMES_ABOUT, _times(scale))


# -- what is found -----------------------------------------------------------------------------------


def _small_search(scale: Scale) -> Iterator[Row]:
    yield from _search_rows(people_label(scale.app[0]), organization(scale.app[0]), SEEDS[:1], SECONDS[:1])


def _searches() -> Iterator[Row]:
    """The samples and organisations of several sizes; a search by units in one of 20,000 people."""
    startup = SAMPLES / "startup_a.toml"
    drawn = state_with_plan(startup, _load(startup), startup.with_suffix(".four-divisions.plan.toml"))
    by_people = {"people's own plan": _outcome(drawn.baseline, drawn.organization)}
    yield from _search_rows("startup_a", drawn.baseline, SEEDS, SECONDS, by_people)
    yield from _search_rows("scaleup", _load(SAMPLES / "scaleup.toml"), SEEDS, SECONDS)
    for size in (60, 200):
        yield from _search_rows(people_label(size), organization(size), SEEDS, SECONDS)
    yield from _search_rows(people_label(2_000), organization(2_000), SEEDS[:1], SECONDS[-1:])
    yield from _within_rows(20_000)


def _load(path: Path) -> Organization:
    return load_organization(path, known_rules())


def _search_rows(
    at: str,
    org: Organization,
    seeds: Sequence[int],
    seconds: Sequence[float],
    plans: Mapping[str, Outcome] | None = None,
) -> Iterator[Row]:
    """The outcomes after some seconds, beside all fixes and the plans that people made."""
    references = {"fix --decisions": _of_fixes(org), **(plans or {})}
    runs = [_outcomes(org, Options(seed=seed), seconds) for seed in seeds]
    for number, moment in enumerate(seconds):
        middle = sorted(run[number] for run in runs)[len(runs) // 2]
        for name, reference in references.items():
            work = f"suggest, {moment:g} s, beside {name}"
            yield Row(f"{work}: penalty", at, "points", middle.penalty, None, reference.penalty)
            yield Row(f"{work}: touched", at, "people", middle.touched, None, reference.touched)


def _within_rows(size: int) -> Iterator[Row]:
    """A search within one division of a large organisation."""
    org = organization(size)
    within = next(team.id for team in org.teams.values() if team.parent is not None)
    outcome = _outcomes(org, Options(within=within), SECONDS[-1:])[0]
    at, work = people_label(size), f"suggest --within, {SECONDS[-1]:g} s"
    yield Row(f"{work}, beside now: penalty", at, "points", outcome.penalty, None, _left(org))
    yield Row(f"{work}: touched", at, "people", outcome.touched)


def _outcomes(org: Organization, options: Options, seconds: Sequence[float]) -> list[Outcome]:
    """The plan with the lowest penalty, then fewest people touched, after some seconds each of one search."""
    outcomes: list[Outcome] = []
    with gc_disabled():
        started = thread_time()
        with closing(search(org, org.profile.as_of, Limits(), options)) as progress:
            for found in progress:
                reached = sum(1 for each in seconds if thread_time() - started >= each)
                plans = [Outcome(plan.penalty, plan.cost.touched) for plan in found.plans]
                best = min([Outcome(found.before.penalty, 0), *plans])
                outcomes += [best] * (reached - len(outcomes))
                if reached == len(seconds):
                    break
    return outcomes + [best] * (len(seconds) - len(outcomes))


def _of_fixes(org: Organization) -> Outcome:
    """What all fixes leave and touch."""
    assessment = _assessed(org.copy())
    deque(apply_fixes(assessment, WITH_DECISIONS), maxlen=0)
    return _outcome(org, assessment.organization)


def _outcome(before: Organization, after: Organization) -> Outcome:
    world = World(before, before.profile.as_of, Options())
    world.make_sets(sets_between(before, after))
    return Outcome(world.penalty, world.touched.people)


def _left(org: Organization) -> int:
    """The weights of the findings that count, without that on change shock, as a search adds them up."""
    reported = _assessed(org.copy()).reported.values()
    counting = (each for each in reported if each.counts and each.finding.code != CHANGE_SHOCK)
    return sum(WEIGHTS[each.severity] for each in counting)


# -- how long it takes -------------------------------------------------------------------------------


def _times(scale: Scale) -> Iterator[Row]:
    large = scale.app[-1]
    yield Row("places for a function, of every team", people_label(large), "s", _places_seconds(large))
    size = min(2_000, large)
    assessment = _assessed(organization(size))
    with gc_disabled():
        seconds = cpu_seconds(lambda: deque(apply_fixes(assessment, WITH_DECISIONS), maxlen=0))
    yield Row("fix --decisions", people_label(size), "s", seconds, FIX_BAR)


def _places_seconds(size: int) -> float:
    assessment = _assessed(organization(size))
    what = Ref.to("function", sorted(assessment.organization.functions)[0])
    with gc_disabled():
        return cpu_seconds(lambda: place(assessment, what))


def _assessed(org: Organization) -> Assessment:
    assessment = Assessment(org, org.profile.as_of)
    assessment.evaluate_pending()
    return assessment
