"""The guard of advice: nothing is gained by silence.

Advice does not put rules to sleep, does not move what is wrong out of a rule's sight, and does not remove
what a finding speaks of, except where a fix says that this is the way to mend it.
"""

from __future__ import annotations

from dataclasses import replace

from orgtui.engine.finding import Finding
from orgtui.engine.view import View
from orgtui.model.store import Organization
from orgtui.rules.assessment import Difference, FindingReport


def puts_to_sleep(before: FindingReport, after: Organization, view: View) -> frozenset[str]:
    """The codes of rules that are awake in one state and lack data in another one, of which `view` is."""
    policy = replace(before.policy, organization=after)
    return frozenset(policy.asleep(view).keys() - before.asleep.keys())


def is_honest(difference: Difference, finding: Finding) -> bool:
    """Whether a fix that makes a finding go away, and makes that difference, does not gain by silence."""
    gone = difference.gone
    return not difference.fell_asleep and finding.identity not in gone.hidden | gone.removed
