"""What the header says about a plan beside its numbers: status, review, and the wave of new changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from orgtui.model.kinds import LOCKED, PlanStatus
from orgtui.model.sentence import N_
from orgtui.views.base.row import Role
from orgtui.views.base.scene import Scene
from orgtui.views.words.decisions import STATUS_WORDS

REVIEWED = N_("{reviewed} of {total} reviewed")
REVIEWED_SHORT = N_("rev. {reviewed}/{total}")
NEXT_IN_WAVE = N_("changes go into wave {wave}")
NEXT_IN_WAVE_SHORT = N_("wave {wave}")


class HeaderNote(NamedTuple):
    """What is said beside the numbers, in full and in fewer cells; `name` is its place in `PRIORITY`."""

    name: str
    words: str
    short: str
    role: Role = "plain"


def decisions_in_header(
    scene: Scene, status: PlanStatus, reviewed: tuple[int, int] | None, wave: int | None
) -> tuple[HeaderNote, ...]:
    """What the header says: a status but draft, how many seats of all are `reviewed`, the present `wave`.

    What is None is not said.
    """
    return tuple(_notes(scene, status, reviewed, wave))


def _notes(
    scene: Scene, status: PlanStatus, reviewed: tuple[int, int] | None, wave: int | None
) -> Iterator[HeaderNote]:
    if status != "draft":
        said = scene.say(STATUS_WORDS[status])
        yield HeaderNote("status", said, said, "heading" if status in LOCKED else "plain")
    if reviewed is not None:
        done, total = reviewed
        counts = {"reviewed": done, "total": total}
        yield HeaderNote("reviewed", scene.say(REVIEWED, **counts), scene.say(REVIEWED_SHORT, **counts))
    if wave is not None and status not in LOCKED:
        said = scene.say(NEXT_IN_WAVE, wave=wave)
        yield HeaderNote("wave", said, scene.say(NEXT_IN_WAVE_SHORT, wave=wave), "dim")
