"""The user's settings, which hold for every session: a private file in the folder of their own files."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from orgtui.locales.language import LANGUAGES
from orgtui.model.sentence import Sentence, sentence

if TYPE_CHECKING:
    from orgtui.files.toml.document import Document

AUTO_THEME = "auto"


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set: the name of the theme, whether the mouse is followed, and the language.

    The language is checked where it is asked for; empty if none was chosen.
    """

    theme: str = AUTO_THEME
    mouse: bool = False
    language: str = ""


_RIGHT: dict[str, Sentence] = {
    "theme": sentence("write the name of a theme, such as {example}", example='"dark"'),
    "mouse": sentence("write true or false"),
    "language": sentence("write one of {known}", known=LANGUAGES),
}


def load_settings(path: Path) -> Settings:
    """The settings of a file; those it does not name, and all without a file, are as they come.

    Raises InvalidConfig with all its problems.
    """
    return Settings(**_document(path).data) if os.path.lexists(path) else Settings()


def save_setting(path: Path, key: str, value: str | bool) -> None:
    """Set one setting in a file, and leave everything else in it as it is.

    Raises InvalidConfig for a file with problems, OSError if it cannot be written.
    """
    from orgtui.files.disk.settings import keep_setting

    if os.path.lexists(path):
        _document(path)
    keep_setting(key, value, path)


def _document(path: Path) -> Document:
    """A file of settings that has no problems; raises InvalidConfig for any other."""
    from orgtui.tui.config.checks import check_keys, checked

    usual = {each.name: each.default for each in fields(Settings)}
    with checked(path) as document:
        check_keys(document, tuple(usual), sentence("there is no such setting"))
        for key, value in document.data.items():
            if key in usual and type(value) is not type(usual[key]):
                wrong = sentence("{value} is none of what {key} can be", value=str(value), key=key)
                document.add_problem((key,), wrong, _RIGHT[key])
    return document
