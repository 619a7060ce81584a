"""Themes of one's own: a file each in the folder `themes` beside the settings.

`base` names the theme whose colours hold where the file says nothing; every other key is a colour.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from orgtui.home import config_folder
from orgtui.model.gate import is_clean
from orgtui.model.sentence import sentence
from orgtui.tui.themes.builtin import BUILTIN, DARK, THEME_NAMES
from orgtui.tui.themes.colours import HEX, TOKENS, Colours, contrast, least_contrast, legible

if TYPE_CHECKING:
    from orgtui.files.toml.document import Document

BASE, BACKGROUND = "base", "background"


def themes_folder() -> Path:
    """The path of the folder."""
    return config_folder() / "themes"


def own_themes() -> list[str]:
    """The names of the themes in the folder, sorted; one that is named as one of ours cannot be chosen."""
    names = (file.stem for file in themes_folder().glob("*.toml"))
    return sorted(name for name in names if is_clean(name) and name not in THEME_NAMES)


def own_theme(name: str) -> Colours:
    """The colours of a theme in the folder. Raises InvalidConfig with all its problems."""
    from orgtui.tui.config.checks import check_keys, checked

    with checked(themes_folder() / f"{name}.toml") as document:
        check_keys(document, (BASE, BACKGROUND, *TOKENS), sentence("a theme has no such colour"))
        base = document.data.pop(BASE, DARK)
        if base not in BUILTIN:
            wrong = sentence("{name} is none of the themes to begin with", name=str(base))
            document.add_problem((BASE,), wrong, sentence("write one of {names}", names=", ".join(BUILTIN)))
        for key, value in document.data.items():
            if not isinstance(value, str) or not HEX.fullmatch(value):
                wrong = sentence("{value} is no colour", value=str(value))
                right = sentence("write red, green and blue such as {example}", example='"#ff5f5f"')
                document.add_problem((key,), wrong, right)
        colours = BUILTIN[DARK]
        if document.is_valid:
            colours = _over(BUILTIN[base], document.data)
            _check_contrast(document, colours)
    return colours


def _over(base: Colours, given: Mapping[str, str]) -> Colours:
    """Given colours, and those of a base where none is given."""
    tokens = {token: given.get(token, base.tokens[token]) for token in TOKENS}
    return Colours(given.get(BACKGROUND, base.background), tokens)


def _check_contrast(document: Document, colours: Colours) -> None:
    """Add a problem for each colour that is hard to read, with the nearest one that is not."""
    for token in colours.illegible():
        colour, least = colours.tokens[token], least_contrast(token)
        found = f"{contrast(colour, colours.background):.1f}"
        wrong = sentence(
            "{colour} has a contrast of {contrast} with the background, and needs {least}",
            colour=colour,
            contrast=found,
            least=least,
        )
        line = f'{token} = "{legible(colour, colours.background, least)}"'
        right = sentence("write {line}", line=line)
        document.add_problem((token,), wrong, right, at=(token if token in document.data else BACKGROUND,))
