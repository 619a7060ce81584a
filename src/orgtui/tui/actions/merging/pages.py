"""The pages of a merge: a conflict each, with what the merged plan comes to so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from orgtui.changes.merge import Side
from orgtui.exchange.merge_results import ConflictSide, MergeConflict, MergeFinding, MergeResult
from orgtui.locales import translate
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.views.base.row import Span
from orgtui.views.pages.page import INDENT, Line, Page, section, text_lines

FINDINGS_SHOWN = 300
"""How many findings of a kind are told one by one."""

LABELS: Mapping[str, str] = {"base": N_("base"), "ours": N_("ours"), "theirs": N_("theirs")}
CHOSEN: Mapping[str, str] = {"ours": N_("ours, chosen"), "theirs": N_("theirs, chosen")}


@dataclass(frozen=True, slots=True)
class Shown:
    """Which conflict is shown of how many (numbers from 1), and how many are decided.

    `judged`: the result is that of the choices made so far.
    """

    number: int
    count: int
    decided: int
    side: Side | None
    judged: bool


def merging_page(width: int) -> Page:
    """That the plans are being merged."""
    said = sentence("The plans are merged and judged…")
    return Page(sentence("Conflicts"), text_lines(translate(said), width))


def conflict_page(shown: Shown, result: MergeResult, width: int) -> Page:
    """A conflict with base, ours and theirs; without one what comes of the merge."""
    if not shown.count:
        return Page(sentence("No conflicts"), [*_so_far(shown, result, width), *_outcome(result, width)])
    title = sentence("Conflict {number} of {count}", number=shown.number, count=shown.count)
    conflict = result.conflicts[shown.number - 1]
    return Page(
        title,
        [
            *_so_far(shown, result, width),
            *_sides(shown, conflict, width),
            *_differences(conflict, width),
            *_outcome(result, width, after=shown.count),
        ],
    )


def _so_far(shown: Shown, result: MergeResult, width: int) -> Iterator[Line]:
    """How many conflicts are decided, and what the findings come to with that."""
    if shown.count:
        said = sentence("{decided} of {count} decided", decided=shown.decided, count=shown.count)
        yield from text_lines(translate(said), width, "heading")
    if not shown.judged:
        yield from text_lines(translate(sentence("what comes of it is judged…")), width, "dim")
        return
    before, after = (
        sentence("{error:error|errors}, {warning:warning|warnings}, {advice} advice", **counts)
        for counts in (result.before, result.merged)
    )
    yield from text_lines(translate(sentence("{before} → {after}", before=before, after=after)), width)


def _sides(shown: Shown, conflict: MergeConflict, width: int) -> Iterator[Line]:
    sides: Mapping[str, ConflictSide] = {
        "base": conflict.base,
        "ours": conflict.ours,
        "theirs": conflict.theirs,
    }
    if not conflict.touched and not any(each.changes for each in sides.values()):
        yield Line()
        yield from text_lines(conflict.about[0], width, "heading")
    for name, side in sides.items():
        is_chosen = name == shown.side
        label = translate(Sentence(CHOSEN[name] if is_chosen else LABELS[name]))
        yield Line()
        yield Line((Span(label, "resolved" if is_chosen else "dim"),))
        yield from text_lines(side.words, width, indent=INDENT)


def _differences(conflict: MergeConflict, width: int) -> Iterator[Line]:
    said = [each.message for each in conflict.touched]
    if conflict.reason is not None:
        said.append(translate(sentence("together this cannot be: {reason}", reason=conflict.reason)))
    yield from section(translate(sentence("Where they differ")), _lines(said, width))


def _outcome(result: MergeResult, width: int, after: int = 0) -> Iterator[Line]:
    """The findings that the merged plan introduces, and what is left out of it."""
    together = frozenset(result.together)
    alone = [each for each in result.introduced if each not in together]
    yield from _findings(
        N_("{count:finding|findings} that only both together introduce"), result.together, width
    )
    yield from _findings(N_("{count:finding|findings} that one of the plans introduces"), alone, width)
    left_out = [each.reason for each in result.conflicts[after:] if each.reason is not None]
    lost = [*left_out, *(each.message for each in result.unsigned)]
    yield from section(translate(sentence("Left out of the merged plan")), _lines(lost, width))


def _findings(caption: str, findings: Iterable[MergeFinding], width: int) -> Iterator[Line]:
    found = list(findings)
    lines = [
        line
        for each in found[:FINDINGS_SHOWN]
        for line in text_lines(f"{each.code} {each.message}", width, each.severity, INDENT)
    ]
    if len(found) > FINDINGS_SHOWN:
        more = sentence("and {count} more", count=len(found) - FINDINGS_SHOWN)
        lines += text_lines(translate(more), width, "dim", INDENT)
    yield from section(translate(Sentence(caption, {"count": len(found)})), lines)


def _lines(said: Iterable[str], width: int) -> Iterator[Line]:
    for each in said:
        yield from text_lines(each, width, indent=INDENT)
