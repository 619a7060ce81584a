"""What reading a file needs to know about rules; callers pass it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleCatalogue:
    """The type of each rule's options by code; its fields are the parameters of the rule.

    `names` are the kebab-case names; `families` are the first letters of codes, alone and with their digit.
    """

    options: Mapping[str, type]
    names: frozenset[str]
    families: frozenset[str]

    @property
    def codes_and_names(self) -> tuple[str, ...]:
        """All codes and names of rules."""
        return (*self.options, *sorted(self.names))
