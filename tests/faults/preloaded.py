"""What a session needs, imported once: those who are killed often must be quick to begin."""

import orgtui.changes.operations
import orgtui.files.plan_file  # noqa: F401
import tests.faults.people  # noqa: F401
from orgtui.rules.registry import catalogue

catalogue()
