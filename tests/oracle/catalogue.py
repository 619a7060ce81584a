"""The rule catalogue as data: names, severities, parameters with defaults, and what puts a rule to sleep."""

from typing import Any

from .definitions import (
    Org,
    all_seats,
    all_work,
    divisions,
    filled_seats,
    functions,
    lists_skills,
    open_seats,
    performers,
    required,
    said,
)

#: code: (name, severity, parameters)
CATALOGUE: dict[str, tuple[str, str, dict[str, Any]]] = {
    "P101": ("stage-unserved", "error", {}),
    "P102": ("funnel-break", "error", {}),
    "P103": ("blind-handoff", "warning", {}),
    "P104": ("stage-crowded", "warning", {"max_divisions": 4}),
    "P105": ("area-split", "warning", {"min_headcount": 10}),
    "P106": ("division-straddles", "warning", {"max_areas": 2, "min_headcount": 20}),
    "P107": ("team-leaps", "warning", {}),
    "P108": ("long-relay", "advice", {"max_borders": 3}),
    "P201": ("like-work-apart", "warning", {"similarity": 0.5}),
    "P202": ("kept-together-apart", "warning", {"keep_together": [["brand", "content"], ["pr", "content"]]}),
    "P203": ("team-too-thin", "warning", {"min_size": 3}),
    "P204": ("lead-out-of-depth", "warning", {"lead_level": 2, "min_headcount": 10}),
    "P205": ("team-overloaded", "warning", {"max_functions": 5, "min_headcount": 10}),
    "P206": ("scarce-skill-locked", "warning", {"scarce": 2}),
    "P207": ("team-too-big", "advice", {"max_size": 9}),
    "P208": ("stranger-among-others", "advice", {"min_headcount": 10}),
    "P301": ("breakthrough-buried", "warning", {"hard": 4}),
    "P302": ("focus-not-at-top", "error", {}),
    "P303": ("too-many-focus", "warning", {"max": 2}),
    "P304": ("focus-overdue", "warning", {}),
    "P305": ("focus-lead-divided", "warning", {}),
    "P306": ("focus-diluted", "warning", {}),
    "P307": ("breakthrough-unstaffed", "warning", {"min_fte": 1.0}),
    "P308": ("focus-without-function", "error", {}),
    "P401": ("no-vision", "warning", {}),
    "P402": ("goal-alone", "warning", {}),
    "P403": ("neighbours-no-common-goal", "warning", {}),
    "P404": ("core-goal-carried-alone", "error", {}),
    "P405": ("goal-not-evaluated", "warning", {}),
    "P406": ("too-many-goals", "advice", {"max": 5}),
    "P407": ("goal-without-measure", "warning", {}),
    "C101": ("too-many-teams", "warning", {"from_teams": 4, "seats_per_team": 4}),
    "C102": ("handoff-loop", "advice", {}),
    "C103": ("hub-team", "advice", {"max": 5}),
    "C201": ("team-isolated", "warning", {}),
    "C202": ("knowledge-islands", "warning", {}),
    "C203": ("single-holder", "warning", {"min_headcount": 10}),
    "C204": ("skill-missing", "warning", {}),
    "C205": ("bridge-team", "advice", {"min_teams": 5}),
    "C206": ("share-without-rhythm", "advice", {}),
    "C301": ("asked-twice", "warning", {}),
    "C302": ("department-crowded", "warning", {"max_teams": 2}),
    "C303": ("liaison-bypassed", "advice", {}),
    "S101": ("pillar-without-goal", "warning", {}),
    "S102": ("goal-off-strategy", "advice", {}),
    "S201": ("function-unowned", "error", {}),
    "S202": ("function-unstaffed", "warning", {}),
    "S203": ("person-without-function", "warning", {}),
    "S204": ("function-scattered", "warning", {}),
    "S205": ("person-overallocated", "error", {}),
    "S206": ("person-fragmented", "advice", {"max_teams": 2, "min_share": 0.2}),
    "S301": ("no-lead", "warning", {}),
    "S302": ("span-wide", "warning", {"max": 8}),
    "S303": ("span-narrow", "advice", {"min": 2}),
    "S304": ("too-many-layers", "warning", {"max": None}),
    "S305": ("lead-elsewhere", "advice", {}),
    "S306": ("lead-stretched", "warning", {}),
    "S307": ("acting-overdue", "warning", {}),
    "S401": ("over-budget", "warning", {}),
    "S402": ("tool-twice", "advice", {}),
    "S403": ("function-understaffed", "warning", {"least": 0.8}),
    "S501": ("no-review", "warning", {}),
    "A101": ("structure-unreviewed", "advice", {}),
    "A201": ("change-shock", "warning", {"max_share": 0.3}),
    "A202": ("mission-stale", "warning", {}),
    "A203": ("target-missed", "advice", {}),
    "A301": ("nobody-learns", "advice", {"min_size": 3}),
    "A302": ("lone-mission", "advice", {}),
}

#: what is missing, and whom that puts to sleep, in the order in which the first one missing is named
ASLEEP: list[tuple[str, str]] = [
    ("stages", "P101 P102 P104 P107 P108"),
    ("areas", "P105 P106 P208"),
    ("function skills or handoffs", "P208"),
    ("headcount", "P105 P106 P204 P205 P208 C203"),
    ("handoffs", "P103 P403 C102 C103"),
    ("function skills", "P201 P204 P206 C203 C204"),
    ("people's skills", "P204 P206 C203 C204"),
    ("kinds", "P202"),
    ("goals", "P402 P403 P404 P405 P406 P407 S102"),
    ("divisions", "P402 P404"),
    ("pillars", "S101 S102"),
    ("shares", "C201 C202 C205 C206"),
    ("requests", "C301 C302 C303"),
    ("people's functions", "P307 C204 S202 S203 S204 S205 S206 S403"),
    ("tools", "S402"),
    ("targets", "A203"),
    ("pay", "S401"),
    ("plan", "A201"),
]


def is_there(org: Org, need: str, code: str, plan: bool) -> bool:
    """Whether the whole file has what the rule needs."""
    if need in ("stages", "areas", "handoffs", "goals", "shares", "requests", "tools", "targets"):
        return bool(org.entries(need.removesuffix("s")))
    if need == "headcount":
        return len(open_seats(org)) >= int(org.parameters[code]["min_headcount"])
    if need == "function skills or handoffs":
        return is_there(org, "function skills", code, plan) or is_there(org, "handoffs", code, plan)
    if need == "function skills":
        return any(required(org, f) for f in functions(org))
    if need == "people's skills":
        return any(lists_skills(org, p) for p in filled_seats(org))
    if need == "kinds":
        return any(said(function, "kind") for function in org.entries("function"))
    if need == "divisions":
        return sum(bool(all_work(org, d) or all_seats(org, d)) for d in divisions(org)) >= 2
    if need == "pillars":
        return bool(org.organization.get("pillars"))
    if need == "people's functions":
        return any(performers(org, f) for f in functions(org))
    if need == "pay":
        return org.pay is not None
    assert need == "plan"
    return plan


def missing(org: Org, code: str, plan: bool) -> str | None:
    """The first thing missing for the rule to speak, none if it can."""
    needs = [need for need, codes in ASLEEP if code in codes.split()]
    return next((need for need in needs if not is_there(org, need, code, plan)), None)


def named(code: str, words: list[str]) -> bool:
    """Whether one of the words is the rule's code, its name or a family: the letter of a code, or the letter
    and its first digit."""
    return bool({code, CATALOGUE[code][0], code[:1], code[:2]} & set(words))
