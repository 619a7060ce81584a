"""No rule raises, whatever an organisation has lost."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from orgtui.model.records import Profile, Record
from orgtui.model.store import Organization
from tests.rules.organizations import findings
from tests.support import random_organization


def torn(organization: Organization, rng: random.Random) -> Iterator[Record]:
    """Some of the records, so that many references lead nowhere."""
    kept = rng.uniform(0.2, 0.9)
    for record in organization.records():
        if isinstance(record, Profile) or rng.random() < kept:
            yield record


@pytest.mark.parametrize("seed", range(60))
def test_rules_bear_references_that_lead_nowhere(seed: int) -> None:
    organization = Organization(torn(random_organization(seed), random.Random(seed)))
    assert [each for each in findings(organization) if each.failure] == []
