"""The entrance of the program: `orgtui` and `python -m orgtui`."""

import os
import sys

try:
    from orgtui.interrupt import exit_on_interrupt

    exit_on_interrupt()
except KeyboardInterrupt:
    os._exit(130)


def main() -> int:
    """Run the command line; returns the exit status."""
    from orgtui.cli.main import run

    return run()


if __name__ == "__main__":
    sys.exit(main())
