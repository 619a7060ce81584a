"""The organisation that a plan is for, looked for beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

PLAN_SUFFIX = ".plan.toml"
SUFFIX = ".toml"


def names_for(plan: str) -> Iterator[str]:
    """The names that the file of an organisation may have, by that of its plan: the likeliest first.

    A plan `acme.plan.toml` or `acme.growth.plan.toml` is for `acme.toml`.
    """
    stem = plan.removesuffix(PLAN_SUFFIX).removesuffix(SUFFIX)
    while stem:
        yield stem + SUFFIX
        stem = stem.rpartition(".")[0]


def organizations_beside(plan: Path) -> list[Path]:
    """The files beside a plan that may be its organisation: by name first, then any other in its folder."""
    folder = plan.absolute().parent
    named = [folder / name for name in names_for(plan.name)]
    try:
        others = sorted(each for each in folder.iterdir() if each.name.endswith(SUFFIX))
    except OSError:
        others = []
    files = dict.fromkeys((*named, *others))
    return [each for each in files if each.is_file() and not each.name.endswith(PLAN_SUFFIX)]
