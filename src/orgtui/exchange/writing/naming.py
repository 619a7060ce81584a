"""The names of the files that an export writes."""

from __future__ import annotations

from pathlib import Path

from orgtui.exchange.writing.formats import Files, Format

PLAN_ENDING = ".plan"


def stem_of(organization: Path, plan: Path | None) -> str:
    """What the files of an export are called after: the plan, else the organisation."""
    return (plan or organization).name.removesuffix(".toml").removesuffix(PLAN_ENDING)


def in_folder(folder: Path, stem: str, made: Format, files: Files) -> dict[Path, bytes]:
    """The files of a format in a folder: `STEM.html`, or `STEM.tree-after.svg` where there are several."""
    if made.ending and len(files) == 1:
        return {folder / f"{stem}{made.ending}": data for data in files.values()}
    return {folder / f"{stem}.{name}": data for name, data in files.items()}


def as_file(file: Path, files: Files) -> dict[Path, bytes]:
    """The first of the files as the file that was asked for, the others beside it."""
    (_, first), *others = files.items()
    return {file: first} | {file.with_name(f"{file.stem}.{name}"): data for name, data in others}
