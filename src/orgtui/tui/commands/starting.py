"""The commands of the start screen."""

from __future__ import annotations

from orgtui.model.sentence import N_
from orgtui.tui.commands.command import START, Command

ON_START = (START,)


def _choosing(identity: str, key: str, label: str, what: str) -> Command:
    """A command that takes the choice of its name in the list, or goes to the first below the caption."""
    return Command(
        identity, (key,), label, what, "lifecycle.starting.take_named", modes=ON_START, arguments=(identity,)
    )


START_COMMANDS: tuple[Command, ...] = (
    Command(
        "start_open",
        ("enter",),
        N_("open"),
        N_("Open this"),
        "lifecycle.starting.take",
        modes=ON_START,
    ),
    _choosing("start_tour", "t", N_("tour"), N_("Take the tour: six steps on a sample")),
    _choosing("start_sample", "s", N_("samples"), N_("Go to the samples")),
    _choosing("start_template", "n", N_("templates"), N_("Go to the templates: start anew")),
    _choosing("start_import", "i", N_("import"), N_("Bring in people from a spreadsheet or an HR export")),
    _choosing("start_list", "p", N_("paste a list"), N_("Bring in people from a list that you paste")),
    _choosing("start_other", "o", N_("another file"), N_("Open another file by its path")),
    Command(
        "start_language",
        ("l",),
        N_("language"),
        N_("English or Chinese, from now on"),
        "lifecycle.starting.next_language",
        modes=ON_START,
    ),
    Command(
        "start_forget",
        ("d",),
        N_("off the list"),
        N_("Take this file off the list of those opened lately; the file itself stays"),
        "lifecycle.starting.forget",
        modes=ON_START,
    ),
)
