"""Sentences about the effect of changes on the findings."""

from __future__ import annotations

from collections.abc import Sequence

from orgtui.model.sentence import Sentence, sentence
from orgtui.rules.assessment import Difference, ReportedFinding
from orgtui.rules.policy import SEVERITIES, message


def outcome(done: Sentence, difference: Difference) -> Sentence:
    """What was done, and how many findings it resolved and introduced."""
    mended, new = len(difference.resolved), len(difference.introduced)
    if not mended and not new:
        return sentence("{done}; the findings stay as they are", done=done)
    if mended + new == len(difference.accepted):
        return sentence("{done}: {accepted:finding|findings} accepted", done=done, accepted=mended)
    if mended + new == len(difference.no_longer_accepted):
        return sentence("{done}: {again:finding counts|findings count} again", done=done, again=new)
    return sentence("{done}: {mended:finding|findings} mended, {new} new", done=done, mended=mended, new=new)


def preview_outcome(difference: Difference) -> Sentence:
    """What changes would do to the findings: one is named with its message, several by their codes."""
    resolved, introduced = difference.resolved, difference.introduced
    mended, new, gone, come = (
        len(resolved),
        len(introduced),
        name_findings(resolved),
        name_findings(introduced),
    )
    if not mended and not new:
        return sentence("The findings would stay as they are")
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


CODES_MAX = 4
"""How many codes are named at most."""


def name_findings(findings: Sequence[ReportedFinding]) -> object:
    """Findings as parameter of a sentence: code and message of one, codes of several, gravest first."""
    if len(findings) == 1:
        finding = findings[0].finding
        return sentence("{code} {message}", code=finding.code, message=message(finding))
    ranked = sorted(findings, key=lambda each: (SEVERITIES.index(each.severity), each.identity))
    codes = tuple(dict.fromkeys(each.finding.code for each in ranked))
    return codes if len(codes) <= CODES_MAX else (*codes[:CODES_MAX], "…")
