"""Operations on targets: what a metric is to reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from orgtui.changes.base import Change, WriteKey, field_to_mapping, operation
from orgtui.changes.codecs import Problems
from orgtui.changes.draft import Draft
from orgtui.changes.refusal import refuse
from orgtui.changes.semantic_types import MetricKey, TeamId
from orgtui.model.kinds import TEAM_METRICS, AnyNumber
from orgtui.model.records import Target
from orgtui.model.sentence import N_, Ref, sentence
from orgtui.model.store import Organization

BOUNDS = ("at_most", "at_least")


@dataclass(frozen=True, slots=True)
class OnTarget(Change):
    """A change of one target, which metric, team and bound identify."""

    metric: MetricKey
    team: TeamId | None = None
    at_most: AnyNumber | None = None
    at_least: AnyNumber | None = None

    @classmethod
    def contradictions(cls, values: Mapping[str, Any]) -> Problems:
        problems: Problems = []
        given = [bound for bound in BOUNDS if values.get(bound) is not None]
        if len(given) != 1:
            wrong = (
                sentence("both at_most and at_least are given")
                if given
                else sentence("neither at_most nor at_least is given")
            )
            problems.append((("at_most",), wrong, sentence("write one of them")))
        metric, team = values.get("metric"), values.get("team")
        if metric is not None and team is not None and metric not in TEAM_METRICS:
            wrong = sentence("{metric} is not measured of a team", metric=metric)
            right = sentence("leave the team out, or write one of {metrics}", metrics=TEAM_METRICS)
            problems.append((("team",), wrong, right))
        return problems

    @property
    def target(self) -> Target:
        """The target as it is given."""
        return Target(self.metric, self.at_most, self.at_least, self.team)

    @property
    def key(self) -> tuple[str, str, str]:
        return self.metric, self.team or "", self.target.bound

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return field_to_mapping(organization.targets.get(self.key), self.target.bound)

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("target", ">".join(self.key)),)


@operation(
    says={
        "at_most": N_("set the target for “{metric}”: at most {at_most}"),
        "": N_("set the target for “{metric}”: at least {at_least}"),
    },
    details={"team": N_("in {team}")},
)
@dataclass(frozen=True, slots=True)
class SetTarget(OnTarget):
    """Say what a metric is to reach, of the whole organisation or of a team and all below it."""

    op: ClassVar[str] = "set_target"

    def edit(self, draft: Draft) -> None:
        draft.check_exists("team", self.team)
        if draft.get("target", self.key) == self.target:
            raise refuse("This already is the target for “{metric}”", metric=Ref.to("metric", self.metric))
        draft.put(self.target)


@operation(
    says={
        "at_most": N_("took back the target of at most {at_most} for “{metric}”"),
        "": N_("took back the target of at least {at_least} for “{metric}”"),
    },
    details={"team": N_("in {team}")},
)
@dataclass(frozen=True, slots=True)
class RemoveTarget(OnTarget):
    """Take a target back; which of the two bounds is given says which, its number does not matter."""

    op: ClassVar[str] = "remove_target"

    def edit(self, draft: Draft) -> None:
        draft.check_exists("team", self.team)
        if draft.get("target", self.key) is None:
            raise refuse("There is no such target for “{metric}”", metric=Ref.to("metric", self.metric))
        draft.remove("target", self.key)
