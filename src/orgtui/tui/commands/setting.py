"""The commands that set how the program looks and listens."""

from __future__ import annotations

from orgtui.model.sentence import N_
from orgtui.tui.commands.command import MODES, Command

SETTING_COMMANDS: tuple[Command, ...] = (
    Command(
        "theme",
        ("T",),
        N_("theme"),
        N_("Choose a theme, seen before it is taken: dark, light, high contrast or your own"),
        "look.setting.choose_theme",
        modes=MODES,
        words=(
            "colour",
            "color",
            "dark mode",
            "light",
            "background",
            "settings",
            "主题",
            "颜色",
            "配色",
            "深色",
            "浅色",
            "夜间",
            "设置",
        ),
    ),
    Command(
        "mouse",
        ("f8",),
        N_("mouse"),
        N_("Follow the mouse, or no longer: click rows, folds and keys, and turn the wheel"),
        "look.setting.turn_mouse",
        modes=MODES,
        words=("click", "wheel", "scroll", "settings", "鼠标", "点击", "滚轮", "设置"),
    ),
)
