"""Starting the app on this terminal."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from orgtui.locales import translate
from orgtui.locales.streams import print_error
from orgtui.model.gate import escape_control_chars
from orgtui.tui.terminal.capabilities import ignore_library_settings

if TYPE_CHECKING:
    from orgtui.tui.app import FirstScreen

EXIT_BAD_INPUT = 2


def start_app(
    organization: Path | None = None,
    plan: Path | None = None,
    *,
    watch: bool = False,
    ascii_only: bool = False,
    theme: str | None = None,
    mouse: bool | None = None,
    first: FirstScreen | None = None,
) -> int:
    """Run the app until it exits; returns its exit status, 2 if keys, settings or theme have problems."""
    ignore_library_settings(os.environ)
    from orgtui.tui.terminal.guard import Guard

    guard = Guard()
    from orgtui.tui.app import run_app
    from orgtui.tui.commands.keymap import InvalidKeys
    from orgtui.tui.config.invalid import InvalidConfig

    try:
        return run_app(
            organization,
            plan,
            watch=watch,
            ascii_only=ascii_only,
            theme_name=theme,
            mouse=mouse,
            guard=guard,
            first=first,
        )
    except (InvalidKeys, InvalidConfig) as invalid:
        for each in invalid.sentences:
            print_error(escape_control_chars(f"orgtui: {translate(each)}"))
    return EXIT_BAD_INPUT
