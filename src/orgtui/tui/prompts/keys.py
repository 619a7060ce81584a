"""A prompt that lists what every key does on a screen without panes."""

from __future__ import annotations

from orgtui.locales import translate
from orgtui.model.sentence import Sentence, sentence
from orgtui.tui.commands.command import TEAMS
from orgtui.tui.commands.keymap import Keymap
from orgtui.tui.prompts.help import HelpLine, HelpPrompt, Section
from orgtui.tui.widgets.text import Theme
from orgtui.views.base.cells import cell_len, pad
from orgtui.views.base.row import Span


def keys_prompt(keymap: Keymap, theme: Theme, mode: str, title: Sentence) -> HelpPrompt:
    """The commands of a mode with all their keys."""
    here = [each for each in keymap.commands_in(TEAMS, mode) if keymap.keys[each.id]]
    names = [keymap.key_names(command) for command in here]
    width = max(map(cell_len, names)) + 2
    lines = [
        HelpLine((Span(pad(name, width), "heading"), Span(translate(Sentence(command.help)))))
        for command, name in zip(here, names, strict=True)
    ]
    sections = [Section(sentence("What can be done here"), lines)]

    def command_of(key: str) -> str:
        command = keymap.command(key, TEAMS, mode)
        return "" if command is None else command.id

    return HelpPrompt(theme, translate, title, sections, command_of)
