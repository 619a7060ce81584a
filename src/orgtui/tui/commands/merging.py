"""The commands that work while the conflicts of a merge are decided."""

from __future__ import annotations

from orgtui.model.sentence import N_
from orgtui.tui.commands.command import MERGE, Command

DECIDING = (MERGE,)

MERGE_COMMANDS: tuple[Command, ...] = (
    Command(
        "merge_ours",
        ("o",),
        N_("ours"),
        N_("Choose ours in this conflict, and go to the next undecided one"),
        "merging.conflicts.choose",
        modes=DECIDING,
        arguments=("ours",),
    ),
    Command(
        "merge_theirs",
        ("t",),
        N_("theirs"),
        N_("Choose theirs in this conflict, and go to the next undecided one"),
        "merging.conflicts.choose",
        modes=DECIDING,
        arguments=("theirs",),
    ),
    Command(
        "merge_next",
        ("n",),
        N_("next undecided"),
        N_("Go to the next conflict that is undecided"),
        "merging.conflicts.go_to_undecided",
        modes=DECIDING,
        arguments=(1,),
    ),
    Command(
        "merge_previous",
        ("N",),
        N_("previous undecided"),
        N_("Go to the previous conflict that is undecided"),
        "merging.conflicts.go_to_undecided",
        modes=DECIDING,
        arguments=(-1,),
    ),
    Command(
        "merge_right",
        ("right", "l"),
        N_("next conflict"),
        N_("Go to the next conflict"),
        "merging.conflicts.go",
        modes=DECIDING,
        arguments=(1,),
    ),
    Command(
        "merge_left",
        ("left", "h"),
        N_("previous conflict"),
        N_("Go to the previous conflict"),
        "merging.conflicts.go",
        modes=DECIDING,
        arguments=(-1,),
    ),
    Command(
        "merge_write",
        ("enter",),
        N_("write it"),
        N_("Write the merged plan; asks first if a conflict is undecided, where ours stays"),
        "merging.conflicts.finish",
        modes=DECIDING,
    ),
    Command(
        "merge_leave",
        ("escape", "q", "ctrl+c"),
        N_("leave the merge"),
        N_("Leave everything as it was; nothing is written"),
        "merging.conflicts.leave",
        modes=DECIDING,
    ),
)
