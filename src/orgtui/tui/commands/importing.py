"""The commands that begin an import, and those that work while one is looked through."""

from __future__ import annotations

from orgtui.model.sentence import N_
from orgtui.tui.commands.command import IMPORT, Command

IMPORTING = (IMPORT,)

IN_EVERYDAY_WORDS = (
    *("import", "excel", "xlsx", "csv", "spreadsheet", "sheet", "hr", "hris", "export", "roster"),
    *("导入", "花名册", "表格", "名单", "人事", "员工"),
)

IMPORT_COMMANDS: tuple[Command, ...] = (
    Command(
        "import_file",
        ("I",),
        N_("import"),
        N_("Make an organisation of a spreadsheet or an HR export, and open it"),
        "importing.beginning.import_file",
        words=IN_EVERYDAY_WORDS,
    ),
    Command(
        "import_list",
        ("V",),
        N_("paste a list"),
        N_("Make an organisation of a list that you paste, and open it"),
        "importing.beginning.import_list",
        words=(*IN_EVERYDAY_WORDS, "paste", "粘贴"),
    ),
    Command(
        "import_go_on",
        ("enter",),
        N_("go on"),
        N_("Take this answer, or go on to the next step"),
        "importing.steps.go_on",
        modes=IMPORTING,
    ),
    Command(
        "import_back",
        ("escape", "backspace", "left", "h"),
        N_("back"),
        N_("Back to the step before; reading ends, and nothing is written"),
        "importing.steps.back",
        modes=IMPORTING,
    ),
    Command(
        "import_defaults",
        ("a",),
        N_("take all defaults"),
        N_("Answer all questions that are left by their defaults"),
        "importing.steps.take_defaults",
        modes=IMPORTING,
    ),
    Command(
        "import_functions",
        ("f",),
        N_("functions"),
        N_("Take only people and teams, or also the functions that titles tell"),
        "importing.steps.turn_functions",
        modes=IMPORTING,
    ),
    Command(
        "import_leave",
        ("q", "ctrl+c"),
        N_("leave the import"),
        N_("Leave the import; nothing is written"),
        "importing.steps.leave",
        modes=IMPORTING,
    ),
)
