"""`orgtui [ORG]`: the app."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from orgtui.cli.main import COMMANDS
from orgtui.locales import say
from orgtui.tui.terminal import unfit


def parser() -> argparse.ArgumentParser:
    listed = "\n".join(f"  {name:<9} {what}" for name, what in COMMANDS.items())
    made = argparse.ArgumentParser(
        prog="orgtui",
        description="Restructure a marketing organisation and see what every move mends and breaks.",
        epilog=f"commands (orgtui COMMAND --help):\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("organization", metavar="ORG", nargs="?", type=Path, help="the organisation's TOML file")
    made.add_argument("--plan", type=Path, help="the plan to work on (NAME.plan.toml beside ORG if absent)")
    made.add_argument("--ascii", action="store_true", help="signs for fonts that have ASCII only")
    made.add_argument("--mouse", action="store_true", help="follow the mouse as well")
    return made


def main(arguments: Sequence[str]) -> int:
    """Open the app on an organisation; returns the exit status."""
    options = parser().parse_args(arguments)
    reason = unfit(os.environ)
    if reason is not None:
        print(f"orgtui: {say(reason)}", file=sys.stderr)
        return 2
    from orgtui.tui.app import run_app

    return run_app(options.organization, options.plan, ascii_only=options.ascii, mouse=options.mouse)
