"""What an organisation that was just imported lacks, told by how many rules it would wake."""

from __future__ import annotations

import os
import shlex
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from orgtui.engine.view import PlainView
from orgtui.locales import translate
from orgtui.model.sentence import Sentence, sentence
from orgtui.model.store import Organization
from orgtui.rules.needs import NEEDS, PAY
from orgtui.rules.policy import FindingPolicy, options_for, selected_codes
from orgtui.rules.registry import catalogue
from orgtui.views.pages.principles import MISSING_INPUTS

SHEETS = {
    "people's skills": "skills",
    "people's functions": "functions",
    "goals": "goals",
    "handoffs": "handoffs",
}
"""What `--what` calls the sheet that holds what a need names."""

SHOWN = 6
"""How many needs are told."""

_NOT_BY_DATA = frozenset({"headcount", "plan", PAY})


def rules_by_need(organization: Organization) -> dict[str, int]:
    """How many of the sleeping rules miss each need, most first; those that no data can wake are left out."""
    today = organization.profile.as_of
    options = options_for(organization.rules)
    policy = FindingPolicy(organization, today, options, selected_codes(organization.rules))
    view = PlainView(organization, today, options)
    rules = catalogue()
    missing = {need for need, is_there in NEEDS.items() if not is_there(organization, view)}
    sleeping = [rules[code] for code, need in policy.asleep(view).items() if need not in _NOT_BY_DATA]
    counts = Counter(
        need
        for each in sleeping
        if not _NOT_BY_DATA & missing & set(each.needs)
        for need in each.needs
        if need in missing
    )
    return dict(counts.most_common())


def waking_lines(organization: Organization, output: Path) -> Iterator[str]:
    """Which data would wake which number of rules, the most valuable first, and how to add it."""
    needs = rules_by_need(organization)
    if not needs:
        return
    yield translate(sentence("Some rules sleep until there is more to judge by; most would be woken by:"))
    for need, count in list(needs.items())[:SHOWN]:
        data = translate(Sentence(MISSING_INPUTS[need]))
        if need in SHEETS:
            told = sentence(
                "{data}: {count:rule|rules}, from a sheet: `orgtui import SHEET --into {file} --what {what}`",
                data=data,
                count=count,
                file=shlex.quote(os.fspath(output)),
                what=SHEETS[need],
            )
        else:
            told = sentence("{data}: {count:rule|rules}, added in the app", data=data, count=count)
        yield "  " + translate(told)
