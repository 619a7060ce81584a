"""Operations on acceptances of findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from orgtui.changes.base import Change, WriteKey, operation, record_to_mapping
from orgtui.changes.draft import Draft
from orgtui.changes.refusal import refuse
from orgtui.changes.semantic_types import Subjects
from orgtui.model.kinds import Code, Day, Text
from orgtui.model.records import Acceptance
from orgtui.model.sentence import N_, Ref
from orgtui.model.store import Organization


def _replaced_values(organization: Organization, key: tuple[str, ...]) -> dict[str, object]:
    there = organization.acceptances.get(key)
    return {} if there is None else record_to_mapping(there, "why", "by", "until")


@operation(
    says={"subjects": N_("accepted {code} for {subjects}: {why}"), "": N_("accepted {code}: {why}")},
    details={"until": N_("until {until}")},
)
@dataclass(frozen=True, slots=True)
class Accept(Change):
    """Live with a finding, for a reason."""

    op: ClassVar[str] = "accept"
    code: Code
    subjects: Subjects
    why: Text
    by: Text | None = None
    until: Day | None = None

    @property
    def key(self) -> tuple[str, ...]:
        return (self.code, *self.subjects)

    @property
    def accepted_finding(self) -> tuple[str, tuple[str, ...]]:
        return self.code, self.subjects

    def edit(self, draft: Draft) -> None:
        acceptance = Acceptance(self.code, self.subjects, self.why, self.by, self.until)
        if draft.get("accept", self.key) == acceptance:
            raise refuse("{code} is already accepted for this reason", code=self.code)
        draft.put(acceptance)

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return _replaced_values(organization, self.key)

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("accept", ">".join(self.key)),)


@operation(
    says={
        "subjects": N_("took back that {code} is accepted for {subjects}"),
        "": N_("took back that {code} is accepted"),
    }
)
@dataclass(frozen=True, slots=True)
class Unaccept(Change):
    """No longer live with a finding."""

    op: ClassVar[str] = "unaccept"
    code: Code
    subjects: Subjects

    @property
    def key(self) -> tuple[str, ...]:
        return (self.code, *self.subjects)

    def edit(self, draft: Draft) -> None:
        if draft.get("accept", self.key) is None:
            subjects = tuple(Ref(subject) for subject in self.subjects)
            raise refuse("{code} is not accepted for {subjects}", code=self.code, subjects=subjects)
        draft.remove("accept", self.key)

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return _replaced_values(organization, self.key)

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("accept", ">".join(self.key)),)
