"""The catalogue: every rule with its name, severity, needs, sentence and page, and how rules join it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeVar

from orgtui.engine.finding import Finding, Violation
from orgtui.engine.rule import Lane, Rule
from orgtui.engine.view import View
from orgtui.files.schema.rule_catalogue import RuleCatalogue
from orgtui.model.records import Severity
from orgtui.model.sentence import Sentence

if TYPE_CHECKING:
    from orgtui.changes.base import Change

FAMILIES = (
    "p1_funnel",
    "p2_like_work",
    "p3_breakthrough",
    "p4_shared_goals",
    "c1_barriers",
    "c2_silos",
    "c3_friction",
    "s1_strategy",
    "s2_duties",
    "s3_levels",
    "s4_resources",
    "s5_evaluation",
    "a_practices",
    "a201_change_shock",
)
"""The modules of `rules.catalogue`; one of the same name in `rules.fixes` holds the fixes of its rules."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A way to mend a finding: changes to make one after another, or none if only a person can."""

    title: Sentence
    changes: tuple[Change, ...] = ()


Check = Callable[[View, Any, Any], Iterable[Violation]]
Fixer = Callable[[View, Finding], Iterable[Fix]]
C = TypeVar("C", bound=Callable[..., Iterable[Violation]])
F = TypeVar("F", bound=Callable[..., Iterable[Fix]])


@dataclass(slots=True)
class CatalogueRule:
    """A rule of the catalogue.

    `says` holds its sentences by the piece of evidence that calls for each, in order; "" for any other.
    `money` names the evidence that is an amount of money.
    """

    code: str
    name: str
    severity: Severity
    needs: tuple[str, ...]
    says: Mapping[str, str]
    rule: Rule
    money: tuple[str, ...] = ()

    @property
    def families(self) -> tuple[str, str]:
        """The families a code belongs to: its letter, and its letter with its first digit."""
        return self.code[0], self.code[:2]

    @property
    def page(self) -> str:
        """The rule's documentation."""
        return inspect.getdoc(self.rule.check) or ""

    @property
    def fixers(self) -> list[Fixer]:
        """What proposes fixes for its findings."""
        _import_fixes()
        return _FIXERS.get(self.code, [])


@dataclass(frozen=True, slots=True)
class NoOptions:
    """For rules without parameters."""


_RULES: dict[str, CatalogueRule] = {}
_FIXERS: dict[str, list[Fixer]] = {}


def rule(
    code: str,
    name: str,
    severity: Severity,
    *,
    on: str,
    says: str | Mapping[str, str],
    needs: tuple[str, ...] = (),
    options: type = NoOptions,
    lane: Lane = "entity",
    money: tuple[str, ...] = (),
) -> Callable[[C], C]:
    """Put a rule into the catalogue.

    `on` is the kind of entity it is asked about, one at a time. `needs` names what may be missing in the
    whole file, in the order of the catalogue. `says` is worded with the evidence by name and the subjects
    by kind (`{team}`, the second of a kind `{team2}`), all of them `{subjects}`. Where a rule speaks for
    several reasons it has one sentence for each, by the piece of evidence that only that reason gives.
    Evidence named in `money` is worded as an amount in the organisation's currency.
    """

    def join(check: C) -> C:
        evaluated = Rule(code, on, check, options, lane)
        sentences = {"": says} if isinstance(says, str) else says
        _RULES[code] = CatalogueRule(code, name, severity, needs, sentences, evaluated, money)
        return check

    return join


def fixes(code: str) -> Callable[[F], F]:
    """Let a function propose fixes for the findings of a rule, the likeliest first."""

    def join(fixer: F) -> F:
        _FIXERS.setdefault(code, []).append(fixer)
        return fixer

    return join


@cache
def _import_fixes() -> None:
    """Import the fixes: they need the operations, which cost more to import than all rules."""
    for family in FAMILIES:
        if find_spec(f"orgtui.rules.fixes.{family}") is not None:
            import_module(f"orgtui.rules.fixes.{family}")


@cache
def catalogue() -> Mapping[str, CatalogueRule]:
    """Every rule by code, sorted by code."""
    for family in FAMILIES:
        import_module(f"orgtui.rules.catalogue.{family}")
    return dict(sorted(_RULES.items()))


@cache
def chapters() -> Mapping[str, str]:
    """What each family of rules is about, by its letter and digit, as the modules of rules say it."""
    modules = [import_module(f"orgtui.rules.catalogue.{family}") for family in FAMILIES]
    return {family: title for module in modules for family, title in getattr(module, "CHAPTERS", {}).items()}


def codes_matching(word: str) -> Iterator[str]:
    """The codes that a code, a name or a family stands for; none if the word is unknown."""
    for each in catalogue().values():
        if word in (each.code, each.name, *each.families):
            yield each.code


def nearest(word: str, words: Iterable[str]) -> str:
    """The code, name or family among `words` that is most like a word."""
    from difflib import get_close_matches

    known = {each.casefold(): each for each in words}
    return known[get_close_matches(word.casefold(), known, n=1, cutoff=0)[0]]


@cache
def known_rules() -> RuleCatalogue:
    """What files must know of the catalogue to check `[rules]` and `[[accept]]`."""
    rules = catalogue()
    return RuleCatalogue(
        options={code: each.rule.options for code, each in rules.items()},
        names=frozenset(each.name for each in rules.values()),
        families=frozenset(family for each in rules.values() for family in each.families),
    )
