"""The commands by which people decide about a plan: verdicts on seats, signatures, and the status."""

from __future__ import annotations

from orgtui.model.sentence import N_
from orgtui.tui.commands import command as c
from orgtui.tui.commands.command import BROWSE, CHANGES, READ, Command

ON_SCREEN_AND_PAGE = (BROWSE, READ)

DECIDING_COMMANDS: tuple[Command, ...] = (
    Command(
        "next_left",
        ("f4",),
        N_("next to review"),
        N_("Go to the next seat that nobody has reviewed yet, and say how many are left"),
        "look.verdicts.go_to_next",
        modes=ON_SCREEN_AND_PAGE,
        needs=(c.READY,),
    ),
    Command(
        "verdict_keep",
        ("f5",),
        N_("keep the seat"),
        N_("Review this seat: keep it as it is; then go to the next one"),
        "look.verdicts.give",
        modes=ON_SCREEN_AND_PAGE,
        needs=(*CHANGES, c.ON_SEAT),
        arguments=("keep",),
    ),
    Command(
        "verdict_change",
        ("f6",),
        N_("change the seat"),
        N_("Review this seat: it is to be changed; then go to the next one"),
        "look.verdicts.give",
        modes=ON_SCREEN_AND_PAGE,
        needs=(*CHANGES, c.ON_SEAT),
        arguments=("change",),
    ),
    Command(
        "verdict_close",
        ("f7",),
        N_("close the seat"),
        N_("Review this seat: it is to be closed; then go to the next one"),
        "look.verdicts.give",
        modes=ON_SCREEN_AND_PAGE,
        needs=(*CHANGES, c.ON_SEAT),
        arguments=("close",),
    ),
    Command(
        "unreviewed",
        ("U",),
        N_("left to review"),
        N_("Show the seats that nobody has reviewed yet, by division"),
        "look.verdicts.show_left",
        modes=ON_SCREEN_AND_PAGE,
        needs=(c.READY,),
    ),
    Command(
        "decisions",
        ("D",),
        N_("decisions"),
        N_("Show the status of the plan, who signed which division, and what is left to review"),
        "look.signing.show",
        modes=ON_SCREEN_AND_PAGE,
        needs=(c.READY,),
    ),
)

SIGNING_COMMANDS: tuple[Command, ...] = (
    Command(
        "sign",
        ("s",),
        N_("sign or set"),
        N_("Sign this division, or take its signature back; on the status, set another one"),
        "look.signing.decide",
        modes=(READ,),
        needs=(c.READY, c.ON_DECISION),
        bar=True,
    ),
)
"""What only the page of decisions takes: named before what every page has."""
