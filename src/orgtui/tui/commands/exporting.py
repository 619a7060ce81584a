"""The commands that hand out what is on screen: exports, and the clipboard of one's own terminal."""

from __future__ import annotations

from orgtui.model.sentence import N_
from orgtui.tui.commands import command as c
from orgtui.tui.commands.command import IN_SESSION, Command

EXPORT_COMMANDS: tuple[Command, ...] = (
    Command(
        "export",
        ("e",),
        N_("export"),
        N_("Write a report, pictures, slides, or the list for HR, beside the plan"),
        "exporting.choosing.choose",
        needs=(c.READY,),
        bar=True,
        words=(
            *(
                "export",
                "report",
                "picture",
                "image",
                "chart",
                "slides",
                "powerpoint",
                "pptx",
                "excel",
                "xlsx",
            ),
            *("csv", "html", "svg", "print", "share", "hand out", "hr", "list"),
            *(
                "导出",
                "报告",
                "图",
                "图片",
                "组织架构图",
                "汇报",
                "幻灯片",
                "表格",
                "人事名单",
                "名单",
                "打印",
                "分享",
            ),
        ),
    ),
    Command(
        "copy",
        ("Y", "ctrl+y"),
        N_("copy"),
        N_("Copy this, or the page that is open, to the clipboard of your own terminal"),
        "look.copying.copy",
        modes=IN_SESSION,
        needs=(c.READY,),
        words=("copy", "clipboard", "yank", "复制", "拷贝", "剪贴板"),
    ),
)
