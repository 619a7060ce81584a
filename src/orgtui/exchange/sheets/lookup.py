"""Finding what a cell names: by id, or by a name that stands once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from orgtui.exchange.roster.ids import slug
from orgtui.exchange.roster.managers import reordered
from orgtui.exchange.roster.texts import fold, fold_id
from orgtui.model.schema import closest, shown
from orgtui.model.sentence import N_, Sentence, SentenceError, sentence

_WITH_ID = re.compile(r"(.+?)\s*[(（\[]\s*([^()（）\[\]]+?)\s*[)）\]]")

UNKNOWN: Mapping[str, str] = {
    "person": N_("nobody is called {text}"),
    "team": N_("there is no team {text}"),
    "function": N_("there is no function {text}"),
    "goal": N_("there is no goal {text}"),
    "pillar": N_("there is no pillar {text}"),
    "department": N_("there is no function or department {text}"),
}
"""What is said of a name that nothing has, by kind."""

NEAREST_FOR = 100
"""For how many unknown names the nearest one is looked for."""


class NotFound(SentenceError):
    """A cell names nothing that is known, or several things."""


class Lookup:
    """The records of a kind by id and by name; `other_ids` are ids by which a source knows some of them."""

    def __init__(
        self, kind: str, names: Iterable[tuple[str, str | None]], other_ids: Mapping[str, str] | None = None
    ) -> None:
        self._kind = kind
        self._ids: dict[str, str] = {}
        self._named: dict[str, list[str]] = {}
        self._shown: list[str] = []
        self._asked = 0
        for identity, name in names:
            self._ids[fold_id(identity)] = identity
            self._shown.append(name or identity)
            if name:
                self._named.setdefault(fold(name), []).append(identity)
        present = set(self._ids.values())
        for other, identity in (other_ids or {}).items():
            if identity in present:
                self._ids.setdefault(fold_id(other), identity)

    def find(self, text: str) -> str:
        """The id of what a text names; raises NotFound."""
        found = self.get(text)
        if found is not None:
            return found
        ids = self._named.get(fold(text))
        if ids:
            raise NotFound(
                sentence(
                    "{text} may be any of {ids}: write the id", text=shown(text), ids=", ".join(ids[:10])
                )
            )
        raise NotFound(self._unknown(text))

    def get(self, text: str) -> str | None:
        """The id of what a text names; None if that is nothing, or several things."""
        direct = self._one(text)
        if direct is not None:
            return direct
        with_id = _WITH_ID.fullmatch(text)
        if with_id is not None:
            return self._ids.get(fold_id(with_id[2])) or self._one(with_id[1])
        return None

    def _one(self, text: str) -> str | None:
        identity = self._ids.get(fold_id(text))
        if identity is not None:
            return identity
        orders = (text, reordered(text), text.replace(",", " "))  # `Na, Li` is `Li Na` or `Na Li`
        named = next(filter(None, (self._named.get(fold(each)) for each in orders)), None)
        if named is None:
            return self._ids.get(slug(text))
        return named[0] if len(named) == 1 else None

    def _unknown(self, text: str) -> Sentence:
        wrong = sentence(UNKNOWN[self._kind], text=shown(text))
        self._asked += 1
        near = closest(text, self._shown) if self._asked <= NEAREST_FOR else None
        if near is None:
            return wrong
        return sentence("{wrong}; did you mean {near}?", wrong=wrong, near=near)
