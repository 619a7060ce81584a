"""What a seat is beside its work, in words: an acting lead, an assistant."""

from __future__ import annotations

from orgtui.model.records import Person, Team
from orgtui.model.sentence import N_
from orgtui.views.base.cells import cell_len
from orgtui.views.base.row import Role, Span
from orgtui.views.base.scene import Scene

ASSISTANT = N_("(assistant)")
ACTING = N_("acting: {lead}")
ACTING_UNTIL = N_("{lead}, acting until {until}")


def lead_words(scene: Scene, team: Team, room: int) -> tuple[Span, ...]:
    """Who leads a team, and until when if only for a time: in `room` cells without the day if need be.

    The day is a warning once it is over.
    """
    if team.lead is None:
        return ()
    lead, until = scene.name("person", team.lead), team.acting_until
    if until is None:
        return (Span(f"  {lead}", "dim"),)
    words = scene.say(ACTING_UNTIL, lead=lead, until=until)
    if cell_len(words) + 2 > room:
        words = scene.say(ACTING, lead=lead)
    role: Role = "warning" if until < scene.view.today else "dim"
    return (Span(f"  {words}", role),)


def assistant_mark(scene: Scene, person: Person) -> str:
    """The mark behind the name of an assistant, whom no span counts; empty for anybody else."""
    return f" {scene.say(ASSISTANT)}" if person.assistant else ""
