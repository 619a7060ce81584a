"""What a search is asked to keep and to mend, and where: teams, people, functions and rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from orgtui.advice.search.limits import KEPT
from orgtui.api.checking import require_known_rules
from orgtui.api.state import OrganizationState
from orgtui.api.user_error import UserError
from orgtui.files.toml.problems import problem_sentence
from orgtui.model.schema import closest, nearest, shown
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.rules.registry import catalogue


def check_words(
    state: OrganizationState,
    *,
    keep: Iterable[str],
    must: Iterable[str],
    within: str | None,
    rules: Iterable[str],
) -> None:
    """Refuse what names nothing that is known; raises UserError with every problem.

    `rules` are codes, names and families.
    """
    problems = [
        *(problem for pin in pins_in(keep) if (problem := _pin_problem(state, pin)) is not None),
        *(_unknown_code(code) for code in dict.fromkeys(must) if code not in catalogue()),
    ]
    if within is not None and within not in state.organization.teams:
        problems.append(_unknown_id("team", within, state.organization.teams))
    try:
        require_known_rules(rules)
    except UserError as unknown:
        problems += unknown.sentences
    if problems:
        raise UserError(*problems)


def pins_in(words: Iterable[str]) -> Iterator[Ref]:
    """What is to be kept, each written `kind:id`."""
    return map(Ref, words)


def _pin_problem(state: OrganizationState, pin: Ref) -> Sentence | None:
    if pin.kind not in KEPT or not pin.id:
        wrong = sentence("{word} cannot be kept", word=shown(str(pin)))
        right = sentence("write {kinds} and an id, such as team:ID", kinds=tuple(f"{kind}:" for kind in KEPT))
        return problem_sentence(wrong, right)
    known = {
        **dict.fromkeys(state.organization.tables[pin.kind]),
        **dict.fromkeys(state.baseline.tables[pin.kind]),
    }
    return None if pin.id in known else _unknown_id(pin.kind, pin.id, known)


def _unknown_id(kind: str, identity: str, known: Iterable[str]) -> Sentence:
    wrong = sentence("no {kind} has the id {id}", kind=sentence(kind), id=shown(identity))
    close = closest(identity, tuple(known))
    right = (
        sentence("the nearest known one is {nearest}", nearest=close)
        if close
        else sentence("write the id of one of the organisation")
    )
    return problem_sentence(wrong, right)


def _unknown_code(code: str) -> Sentence:
    return problem_sentence(
        sentence("{word} is no code of a rule", word=shown(code)), nearest(code, tuple(catalogue()))
    )
