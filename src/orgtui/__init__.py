"""Restructure a marketing organisation in the terminal, or check, change and compare one from Python.

The names in `__all__` are public and described in docs/python.md. Everything else is private and may change
with any version. Nothing is imported before it is used.
"""

TYPE_CHECKING = False  # as type checkers know it; `typing` takes time to import

if TYPE_CHECKING:
    from orgtui.api.differences import Difference
    from orgtui.api.errors import OrgtuiError, Problem
    from orgtui.api.functions import apply, check, diff, load, merge, places, suggest
    from orgtui.api.organization import Organization
    from orgtui.api.results import (
        Acceptance,
        Asleep,
        CheckResult,
        ConflictSide,
        Finding,
        FindingKey,
        Fix,
        LostSignature,
        MergeConflict,
        MergeFinding,
        MergeResult,
        Place,
        Placement,
        StaleAccept,
        SuggestedStep,
        Suggestion,
        Suggestions,
        TouchedValue,
    )

__version__ = "0.1.0"

__all__ = [
    "Acceptance",
    "Asleep",
    "CheckResult",
    "ConflictSide",
    "Difference",
    "Finding",
    "FindingKey",
    "Fix",
    "LostSignature",
    "MergeConflict",
    "MergeFinding",
    "MergeResult",
    "Organization",
    "OrgtuiError",
    "Place",
    "Placement",
    "Problem",
    "StaleAccept",
    "SuggestedStep",
    "Suggestion",
    "Suggestions",
    "TouchedValue",
    "__version__",
    "apply",
    "check",
    "diff",
    "load",
    "merge",
    "places",
    "suggest",
]

_MODULES = {
    **dict.fromkeys(("load", "check", "places", "suggest", "apply", "diff", "merge"), "functions"),
    **dict.fromkeys(
        (
            *("Acceptance", "Asleep", "CheckResult", "Finding", "FindingKey", "Fix", "Place", "Placement"),
            *("ConflictSide", "LostSignature", "MergeConflict", "MergeFinding", "MergeResult"),
            *("TouchedValue", "StaleAccept", "SuggestedStep", "Suggestion", "Suggestions"),
        ),
        "results",
    ),
    **dict.fromkeys(("OrgtuiError", "Problem"), "errors"),
    "Difference": "differences",
    "Organization": "organization",
}
"""The module of `orgtui.api` that defines each public name."""


if not TYPE_CHECKING:  # type checkers would take every name for a public one

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = globals()[name] = getattr(import_module(f"orgtui.api.{_MODULES[name]}"), name)
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
