"""The catalogue of rules, and the decorators that add rules and their fixes to it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeVar

from orgtui.changes.refusal import refuse
from orgtui.engine.finding import Finding, Violation
from orgtui.engine.rule import Lane, Rule
from orgtui.engine.view import View
from orgtui.files.schema.rule_catalogue import RuleCatalogue
from orgtui.model.records import Severity
from orgtui.model.sentence import Sentence

if TYPE_CHECKING:
    from orgtui.changes.base import Change
    from orgtui.changes.plan_operations import SetWave
    from orgtui.rules.inputs import Waves

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
    "a203_target_missed",
)
"""The modules of `rules.catalogue`; one of the same name in `rules.fixes` holds the fixes of its rules."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A way to resolve a finding: changes to make one after another; none if people must do it themselves.

    With `removes` what the finding speaks of may go: that is the way to mend it, and hides nothing. With
    `placing` there are no changes, but some of the plan are put into another wave, which leads to `waves`.
    """

    title: Sentence
    changes: tuple[Change, ...] = ()
    removes: bool = False
    placing: SetWave | None = None
    waves: Waves | None = None


Check = Callable[[View, Any, Any], Iterable[Violation]]
Fixer = Callable[[View, Finding], Iterable[Fix]]
C = TypeVar("C", bound=Callable[..., Iterable[Violation]])
F = TypeVar("F", bound=Callable[..., Iterable[Fix]])


@dataclass(slots=True)
class CatalogueRule:
    """A rule of the catalogue.

    `needs` names the data without which it is asleep, `says` holds its templates as in `rule`, `money` names
    the evidence that is an amount of money.
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
        """The families of the rule: the letter of its code, and the letter with the first digit."""
        return self.code[0], self.code[:2]

    @property
    def title(self) -> Sentence:
        """Its name for people; in English the name itself."""
        return Sentence(self.name)

    @property
    def page(self) -> str:
        """The rule's documentation as Markdown."""
        return inspect.getdoc(self.rule.check) or ""

    @property
    def fixers(self) -> list[Fixer]:
        """The functions that propose fixes for its findings; imports them when first read."""
        _import_fixes()
        return _FIXERS.get(self.code, [])


@dataclass(frozen=True, slots=True)
class NoOptions:
    """The options of rules without parameters."""


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
    """Add a rule to the catalogue.

    `on` is the kind of entity it is evaluated on, one at a time. `needs` names the data without which it is
    asleep, in the order in which it is looked for. `says` is the template of its findings, with the evidence
    by name and the subjects by kind (`{team}`, the second of a kind `{team2}`), all of them `{subjects}`. A
    rule with several reasons has a template for each, by the evidence that only this reason gives, or by
    several such words and kinds of subjects, in order; "" stands for any other. `options` is the type of its
    parameters. Evidence named in `money` is shown as an amount in the organisation's currency.
    """

    def register(check: C) -> C:
        evaluated = Rule(code, on, check, options, lane)
        sentences = {"": says} if isinstance(says, str) else says
        _RULES[code] = CatalogueRule(code, name, severity, needs, sentences, evaluated, money)
        return check

    return register


def fixes(code: str) -> Callable[[F], F]:
    """Register a function that proposes fixes for the findings of a rule, the most likely first."""

    def register(fixer: F) -> F:
        _FIXERS.setdefault(code, []).append(fixer)
        return fixer

    return register


@cache
def _import_fixes() -> None:
    """Import the modules of fixes: they need the operations, which take longer to import than all rules."""
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
    """The title of each family of rules, by its letter and digit, from the modules of rules."""
    modules = [import_module(f"orgtui.rules.catalogue.{family}") for family in FAMILIES]
    return {family: title for module in modules for family, title in getattr(module, "CHAPTERS", {}).items()}


def codes_matching(word: str) -> Iterator[str]:
    """The codes of the rules with a word as code, name or family; none if it is unknown."""
    for each in catalogue().values():
        if word in (each.code, each.name, *each.families):
            yield each.code


def nearest(word: str, words: Iterable[str]) -> str:
    """The one of `words` that is spelt most like a word."""
    from difflib import get_close_matches

    known = {each.casefold(): each for each in words}
    return known[get_close_matches(word.casefold(), known, n=1, cutoff=0)[0]]


@cache
def known_rules() -> RuleCatalogue:
    """What reading files needs of the catalogue to check `[rules]` and `[[accept]]`."""
    rules = catalogue()
    return RuleCatalogue(
        options={code: each.rule.options for code, each in rules.items()},
        names=frozenset(each.name for each in rules.values()),
        families=frozenset(family for each in rules.values() for family in each.families),
    )


def require_known_rule(code: str) -> None:
    """Raise Refused, with the nearest known code, if there is no such rule."""
    if code not in catalogue():
        raise refuse(
            "There is no rule {code}; did you mean {near}?", code=code, near=nearest(code, catalogue())
        )
