"""The bar that says what is in the hand, what dropping it here means, and how to drop it or put it back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from orgtui.model.sentence import Sentence, sentence
from orgtui.tui.commands.command import key_ref
from orgtui.views.base.cells import cell_len, clip, pad
from orgtui.views.base.row import Row, Span

SEPARATOR = " · "

FIT_WORDS = {
    "home": sentence("belongs here"),
    "kin": sentence("like work is here"),
    "stranger": sentence("nothing here is like it"),
}
"""By fit, the short form of why something fits a place or not."""

NO_PLACE = sentence("here is no place for it; go to a team")
DROP = sentence("{drop} drop", drop=key_ref("drop"))
PUT_BACK = sentence("{put_back} put back", put_back=key_ref("put_back"))

NAME_MIN_WIDTH = 8
"""So many cells of a name are kept before numbers are left out."""


@dataclass(frozen=True, slots=True)
class Here:
    """What dropping at the cursor means: its score, what it mends and breaks, how it fits and why.

    With a `refusal` it cannot be dropped here.
    """

    score: str = ""
    mended: int = 0
    broken: int = 0
    fit: str = ""
    why: Sentence | None = None
    refusal: Sentence | None = None

    @property
    def effect(self) -> Sentence:
        if self.mended and self.broken:
            return sentence("mends {mended}, breaks {broken}", mended=self.mended, broken=self.broken)
        if self.mended:
            return sentence("mends {mended}", mended=self.mended)
        return sentence("breaks {broken}", broken=self.broken) if self.broken else sentence("mends nothing")

    def wordings(self) -> Iterator[Sequence[Sentence]]:
        """What is said of the place, in ever fewer words."""
        if self.refusal is not None:
            yield (sentence("not here: {reason}", reason=self.refusal),)
            return
        in_full = sentence("here {score}: {effect}", score=self.score, effect=self.effect)
        short = FIT_WORDS.get(self.fit)
        if self.why is not None:
            yield in_full, self.why
        if short is not None:
            yield in_full, short
        yield (in_full,)
        yield (sentence("here {score}", score=self.score),)


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar of what is carried: the names of all of it, and a place, None where there is none."""

    sign: str
    names: Sequence[str]
    here: Here | None

    def row(self, width: int, say: Callable[[Sentence], str], ellipsis: str) -> Row:
        """The bar in `width` cells; what is needed least is left out first: why not here is needed most."""
        text = next(text for text in self._wordings(width, say, ellipsis) if cell_len(text) <= width)
        return Row(None, tuple(_clickable(pad(text, width), {say(DROP): "drop", say(PUT_BACK): "put_back"})))

    def _wordings(self, width: int, say: Callable[[Sentence], str], ellipsis: str) -> Iterator[str]:
        """The bar in ever fewer words: further names and reasons go first, numbers last."""
        if self.here is not None and self.here.refusal is not None:
            yield from self._refusals(width, self.here.refusal, say, ellipsis)
        text = ""
        for place in [(NO_PLACE,)] if self.here is None else self.here.wordings():
            yield self._text(" + ".join(self.names), place, say)
            text = self._text(self._counted(self.names[0]), place, say)
            yield text
            room = cell_len(self.names[0]) - (cell_len(text) - width)
            if len(place) == 1 and room >= NAME_MIN_WIDTH:
                yield self._text(self._counted(clip(self.names[0], room, ellipsis)), place, say)
        yield clip(text, width, ellipsis)

    def _refusals(
        self, width: int, refusal: Sentence, say: Callable[[Sentence], str], ellipsis: str
    ) -> Iterator[str]:
        """Why it cannot be dropped here: names, then the key give way, the reason last."""
        not_here = say(sentence("not here: {reason}", reason=refusal))
        what = self._counted(self.names[0])
        for names in (" + ".join(self.names), what):
            yield self._text(names, (sentence("not here: {reason}", reason=refusal),), say)
        carrying = say(sentence("Carrying {what}", what=what))
        yield f" {self.sign} {carrying}{SEPARATOR}{not_here}"
        yield f" {self.sign} {not_here}{SEPARATOR}{say(PUT_BACK)}"
        yield clip(f" {self.sign} {not_here}", width, ellipsis)

    def _counted(self, first: str) -> str:
        """The first name, and how many others there are."""
        return f"{first} +{len(self.names) - 1}" if len(self.names) > 1 else first

    def _text(self, what: str, place: Sequence[Sentence], say: Callable[[Sentence], str]) -> str:
        keys = (DROP, PUT_BACK) if self.here is not None and self.here.refusal is None else (PUT_BACK,)
        carrying = sentence("Carrying {what}", what=what)
        return f" {self.sign} " + SEPARATOR.join(map(say, (carrying, *place, *keys)))


def _clickable(text: str, keys: Mapping[str, str]) -> Iterator[Span]:
    """The text of the bar; a click on the words of a key at its end runs its command."""
    done = 0
    for words, command in keys.items():
        at = text.rfind(words, done)
        if at >= 0:
            yield Span(text[done:at], "carry")
            yield Span(words, "carry", command)
            done = at + len(words)
    yield Span(text[done:], "carry")
