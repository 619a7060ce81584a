"""The commands that search for better structures, and those that work among what is suggested."""

from __future__ import annotations

from orgtui.model.sentence import N_
from orgtui.tui.commands import command as c
from orgtui.tui.commands.command import BROWSE, CHANGES, READ, SUGGEST, Command

SUGGESTING = (SUGGEST,)

IN_EVERYDAY_WORDS = (
    *("suggest", "search", "optimise", "optimize", "better", "propose", "advice", "restructure"),
    *("建议", "推荐", "优化", "方案", "更好", "调整", "搜索"),
)

SUGGEST_COMMANDS: tuple[Command, ...] = (
    Command(
        "suggest",
        ("S",),
        N_("suggest"),
        N_("Search for better structures, within the limits beside the organisation"),
        "suggesting.commands.suggest",
        needs=(c.READY,),
        words=IN_EVERYDAY_WORDS,
    ),
    Command(
        "pin",
        ("!",),
        N_("keep"),
        N_("Keep this where it is in all that is suggested, or no longer; the file of limits says so"),
        "suggesting.pinning.pin",
        modes=(BROWSE, READ),
        needs=(*CHANGES, c.PINNABLE),
        words=("pin", "fix", "limit", "固定", "保留", "不动"),
    ),
    Command(
        "suggest_open",
        ("enter", "right", "l"),
        N_("steps"),
        N_("Go through the steps of this plan"),
        "suggesting.commands.open_steps",
        modes=SUGGESTING,
        needs=(c.SUGGESTED,),
        bar=True,
    ),
    Command(
        "suggest_step",
        ("space",),
        N_("leave out"),
        N_("Leave this step out of the plan, or take it in again; the rest is weighed at once"),
        "suggesting.commands.turn_step",
        modes=SUGGESTING,
        needs=(c.SUGGESTED, c.IN_STEPS),
        bar=True,
    ),
    Command(
        "suggest_keep",
        ("!",),
        N_("keep"),
        N_("Keep something of this step where it is, and search again"),
        "suggesting.commands.keep",
        modes=SUGGESTING,
        needs=(*CHANGES, c.SUGGESTED, c.IN_STEPS),
        bar=True,
    ),
    Command(
        "suggest_compare",
        ("c",),
        N_("compare"),
        N_("Compare this plan with now or with another one"),
        "suggesting.commands.choose_comparison",
        modes=SUGGESTING,
        needs=(c.SUGGESTED,),
        bar=True,
    ),
    Command(
        "suggest_take",
        ("p",),
        N_("take this plan"),
        N_("Take this plan: its steps are made, and one undo takes them all back"),
        "suggesting.commands.take",
        modes=SUGGESTING,
        needs=(*CHANGES, c.SUGGESTED),
        bar=True,
    ),
    Command(
        "suggest_close",
        ("escape", "backspace", "left", "h"),
        N_("stop or close"),
        N_("Stop the search and keep what is there; then back to the plans; then close"),
        "suggesting.commands.stop_or_close",
        modes=SUGGESTING,
        bar=True,
    ),
    Command(
        "suggest_leave",
        ("q", "ctrl+c"),
        N_("close"),
        N_("Close the suggestions; nothing has changed"),
        "suggesting.commands.close",
        modes=SUGGESTING,
    ),
)
