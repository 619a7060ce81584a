"""`python -m orgtui` is `orgtui`."""

import sys

from orgtui.cli.main import run

sys.exit(run())
