"""What files must know of the rules, handed in by whoever knows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleCatalogue:
    """Every rule's options type by code; the fields of an options type are the rule's parameters.

    `names` are the kebab-case names, `families` the first letters of codes and these with their digit.
    """

    options: Mapping[str, type]
    names: frozenset[str]
    families: frozenset[str]

    @property
    def codes_and_names(self) -> tuple[str, ...]:
        """Every word that stands for one rule: codes and names."""
        return (*self.options, *sorted(self.names))
