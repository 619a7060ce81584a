"""The whole check by brute force: findings, their severities and acceptances, sleeping rules and metrics."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median
from typing import Any

from . import naive_c, naive_p, naive_s, targets
from .catalogue import CATALOGUE, missing, named
from .definitions import (
    Document,
    Entry,
    Org,
    children,
    deepest_layer,
    focus_teams,
    fte,
    is_working,
    open_seats,
    reports_that_count,
    seats,
    state,
    teams,
    teams_below_root,
    work,
    working_teams,
)
from .relations import (
    borders,
    is_over,
    linked_teams,
    requesters,
)

Finding = tuple[str, tuple[str, ...]]

RULES: dict[str, Callable[[Org], naive_p.Found]] = {
    code: vars(module)[code.lower()]
    for module, letters in ((naive_p, "P"), (naive_c, "C"), (naive_s, "SA"))
    for code in CATALOGUE
    if code[0] in letters and code not in ("A201", "A203")
}


@dataclass(frozen=True)
class Result:
    """What a check says of one organisation; findings sorted by code, then by the list of subjects."""

    findings: list[Finding]
    severity: dict[Finding, str]
    accepted: dict[Finding, bool]
    asleep: list[tuple[str, str]]
    stale_accepts: list[Finding]
    metrics: dict[str, float | int | None]


def naive_check(
    document: Document,
    *,
    today: date | None = None,
    plan: bool = False,
    pay: dict[str, float] | None = None,
) -> Result:
    """Check a valid organisation document with its people inline; `pay` is the annual cost by person.

    A201 is never found: it judges a plan. `plan` only says whether it sleeps."""
    settings = document.get("rules", {})
    org = read(document, today, pay)
    running = [code for code in CATALOGUE if is_chosen(code, settings)]
    needs = {code: missing(org, code, plan) for code in running}
    awake = [code for code in running if needs[code] is None]
    findings = [finding for code in awake if code in RULES for finding in found(org, code)]
    counted = [
        severity_of(finding[0], settings)
        for finding in findings
        if not any(holds(org, accept, finding) for accept in org.entries("accept"))
    ]
    if "A203" in awake:
        measured = conditions(org) | counts(counted)
        findings += sorted({("A203", subjects) for subjects in targets.a203(org, measured)})
    severity = {finding: severity_of(finding[0], settings) for finding in findings}
    accepted = {
        finding: any(holds(org, accept, finding) for accept in org.entries("accept")) for finding in findings
    }
    claimed = [(accept["code"], tuple(accept["subjects"])) for accept in org.entries("accept")]
    counted = [severity[finding] for finding in findings if not accepted[finding]]
    return Result(
        findings=sorted(findings),
        severity=severity,
        accepted=accepted,
        asleep=sorted((code, need) for code, need in needs.items() if need is not None),
        stale_accepts=sorted(claim for claim in claimed if claim[0] in awake and claim not in findings),
        metrics=conditions(org) | counts(counted),
    )


def counts(counted: list[str]) -> dict[str, float | int | None]:
    """How many findings of each severity count."""
    words = (("errors", "error"), ("warnings", "warning"), ("advice", "advice"))
    return {key: counted.count(word) for key, word in words}


def read(document: Document, today: date | None = None, pay: dict[str, float] | None = None) -> Org:
    """The organisation on that day, `as_of` if none is given, with the parameters it sets."""
    settings = document.get("rules", {})
    parameters = {code: CATALOGUE[code][2] | settings.get(code, {}) for code in CATALOGUE}
    return Org(document, today or document["organization"]["as_of"], parameters, pay)


def is_chosen(code: str, settings: Entry) -> bool:
    """Ignoring wins over selecting; nothing selected selects everything."""
    select = settings.get("select", [])
    return (not select or named(code, select)) and not named(code, settings.get("ignore", []))


def severity_of(code: str, settings: Entry) -> str:
    """The catalogue's severity, unless the file sets another."""
    severity: str = settings.get(code, {}).get("severity", CATALOGUE[code][1])
    return severity


def holds(org: Org, accept: Entry, finding: Finding) -> bool:
    """Past its `until` the finding is back; it holds through that day."""
    return (accept["code"], tuple(accept["subjects"])) == finding and not is_over(org, accept)


def found(org: Org, code: str) -> list[Finding]:
    """The rule's findings, each identity once, whatever is ignored, asleep or accepted."""
    return sorted({(code, subjects) for subjects in RULES[code](org)})


def conditions(org: Org) -> dict[str, float | int | None]:
    """The metrics that count conditions whatever is ignored, asleep or accepted."""
    spans = [len(managed) for managed in reports_that_count(org).values()]
    working_below = [t for t in teams_below_root(org) if is_working(org, t)]
    holding = [t for t in teams_below_root(org) if work(org, t)]
    linked = linked_teams(org)
    metrics: dict[str, Any] = {
        "headcount": len(open_seats(org)),
        "fte": float(sum((fte(org, p) for p in open_seats(org)), Fraction(0))),
        "vacant": len([p for p in open_seats(org) if state(org, p) in ("vacant", "planned")]),
        "teams": len(teams_below_root(org)),
        "pairs": sum(len(children(org, t)) * (len(children(org, t)) - 1) // 2 for t in teams(org)),
        "layers": deepest_layer(org),
        "span_min": min(spans, default=None),
        "span_median": median(spans) if spans else None,
        "span_max": max(spans, default=None),
        "team_size_median": (
            median(len(seats(org, t)) for t in working_teams(org)) if working_teams(org) else None
        ),
        "borders": borders(org),
        "blind_handoffs": len(found(org, "P103")),
        "broken_stages": len(found(org, "P101")) + len(found(org, "P102")),
        "shared_goal_share": part(len(working_below) - len(found(org, "P402")), len(working_below)),
        "knowledge_link_share": part(len([t for t in holding if t in linked]), len(holding)),
        "single_holders": len(found(org, "C203")),
        "focus_teams": len(focus_teams(org)),
        "requests": len(org.entries("request")),
        "duplicate_requests": sum(len(asking) - 1 for asking in requesters(org).values()),
    }
    if org.pay is not None:
        metrics["pay"] = float(naive_s.pay_of(org, open_seats(org)))
    return metrics


def part(some: int, all_of_them: int) -> float | None:
    """Fractions are null where there is nothing to divide."""
    return some / all_of_them if all_of_them else None
