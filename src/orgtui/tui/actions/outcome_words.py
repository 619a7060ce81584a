"""Sentences about the effect of changes on the findings."""

from __future__ import annotations

from collections.abc import Sequence

from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.rules.assessment import Difference, ReportedFinding
from orgtui.rules.policy import SEVERITIES, message

MADE = N_("{done}: {effect}")
TURNED = N_("{done} · {effect}")
"""What was done with its effect: as it is said of what is new, and of what was done before."""


CODES_MAX = 4
"""How many codes are named at most."""


def outcome(
    done: Sentence | str, difference: Difference, template: str = MADE, *, codes_max: int = CODES_MAX
) -> Sentence:
    """What was done, how many findings it resolved, introduced and resized, and which rules fell asleep.

    More rules than `codes_max` are counted instead of named.
    """
    told = Sentence(template, {"done": done, "effect": _effect(difference)})
    asleep = len(difference.fell_asleep)
    if asleep <= codes_max:
        return _with_the_rest(told, None, difference)
    return sentence("{told}; {asleep:principle|principles} asleep now", told=told, asleep=asleep)


def _effect(difference: Difference) -> Sentence:
    sizes = size_words(difference)
    mended, new = len(difference.resolved), len(difference.introduced)
    if not mended and not new:
        return sizes or sentence("the findings stay as they are")
    if mended + new == len(difference.accepted):
        effect = sentence("{accepted:finding|findings} accepted", accepted=mended)
    elif mended + new == len(difference.no_longer_accepted):
        effect = sentence("{again:finding counts|findings count} again", again=new)
    elif not new:
        effect = sentence("{count:finding|findings} mended", count=mended)
    elif not mended:
        effect = sentence("{count:new finding|new findings}", count=new)
    else:
        effect = sentence("{mended:finding|findings} mended, {new} new", mended=mended, new=new)
    return effect if sizes is None else sentence("{told}; {sizes}", told=effect, sizes=sizes)


def preview_outcome(difference: Difference) -> Sentence:
    """What changes would do to the findings: one is named with its message, several by their codes."""
    sizes = size_words(difference)
    if difference.resolved or difference.introduced:
        return _with_the_rest(_preview_outcome(difference), sizes, difference)
    if sizes is not None:
        return _with_the_rest(sentence("Would do: {sizes}", sizes=sizes), None, difference)
    return _with_the_rest(sentence("The findings would stay as they are"), None, difference)


def size_words(difference: Difference) -> Sentence | None:
    """How many findings stay and become smaller or larger; None if none does."""
    shrunk, grown = len(difference.shrunk), len(difference.grown)
    if shrunk and grown:
        return sentence("{shrunk:finding|findings} smaller, {grown} larger", shrunk=shrunk, grown=grown)
    if shrunk:
        return sentence("{shrunk:finding|findings} smaller", shrunk=shrunk)
    return sentence("{grown:finding|findings} larger", grown=grown) if grown else None


def _with_the_rest(told: Sentence, sizes: Sentence | None, difference: Difference) -> Sentence:
    """A sentence with what it does to sizes, and the rules that fall asleep."""
    if sizes is not None:
        told = sentence("{told}; {sizes}", told=told, sizes=sizes)
    if difference.fell_asleep:
        codes = tuple(sorted(difference.fell_asleep))
        told = sentence("{told}; asleep for want of data now: {codes}", told=told, codes=codes)
    return told


def _preview_outcome(difference: Difference) -> Sentence:
    resolved, introduced = difference.resolved, difference.introduced
    mended, new, gone, come = (
        len(resolved),
        len(introduced),
        name_findings(resolved),
        name_findings(introduced),
    )
    if mended + new == len(difference.accepted):
        return sentence("Would do: {accepted:finding|findings} accepted: {gone}", accepted=mended, gone=gone)
    if mended + new == len(difference.no_longer_accepted):
        return sentence("Would do: {again:finding counts|findings count} again: {come}", again=new, come=come)
    if not new:
        return sentence("Would do: {mended:finding|findings} mended: {gone}", mended=mended, gone=gone)
    if not mended:
        return sentence("Would do: {new:new finding|new findings}: {come}", new=new, come=come)
    return sentence(
        "Would do: {mended:finding|findings} mended: {gone}; {new} new: {come}",
        mended=mended,
        gone=gone,
        new=new,
        come=come,
    )


def name_findings(findings: Sequence[ReportedFinding]) -> object:
    """Findings as parameter of a sentence: code and message of one, codes of several, gravest first."""
    if len(findings) == 1:
        finding = findings[0].finding
        return sentence("{code} {message}", code=finding.code, message=message(finding))
    ranked = sorted(findings, key=lambda each: (SEVERITIES.index(each.severity), each.identity))
    codes = tuple(dict.fromkeys(each.finding.code for each in ranked))
    return codes if len(codes) <= CODES_MAX else (*codes[:CODES_MAX], "…")
