"""`python -m orgtui.locales.extract` brings the catalogues up to what the source says, and compiles them."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from orgtui.locales import DOMAIN, FOLDER
from orgtui.locales.language import ENGLISH, LANGUAGES

PACKAGE = FOLDER.parent
WIDTH = 110

KEYWORDS = dict.fromkeys(("N_", "sentence", "Sentence", "refuse", "say"))
"""The functions whose first argument is a template."""

METHODS = [("**.py", "orgtui.locales.extract:extract_source")]
"""How files are read, by patterns of their names, as Babel takes it."""


def extract_source(
    file: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Any
) -> Iterator[tuple[Any, ...]]:
    """The messages that Babel finds in a Python file, and the first line of the page of each rule."""
    yield from extract_python(file, keywords, comment_tags, options)
    file.seek(0)
    for node in ast.walk(ast.parse(file.read())):
        match node:
            case ast.FunctionDef(decorator_list=[ast.Call(func=ast.Name(id="rule"))]):
                if page := ast.get_docstring(node):
                    yield node.lineno, None, page.partition("\n")[0], []


def extract_catalogue(folder: Path = PACKAGE) -> Catalog:
    """Every message of the source, in its order."""
    catalogue = Catalog(domain=DOMAIN)
    for path, line, text, *_ in sorted(extract_from_dir(folder, METHODS, keywords=KEYWORDS)):
        catalogue.add(text, locations=[(path, line)])
    return catalogue


def catalogue_file(language: str, suffix: str) -> Path:
    """Where a catalogue is kept: `.po` to be translated, `.mo` to be read by the program."""
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}{suffix}"


def read_catalogue(language: str) -> Catalog:
    """The catalogue of a language as it is kept."""
    with catalogue_file(language, ".po").open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def update_catalogue(catalogue: Catalog, template: Catalog) -> Catalog:
    """The catalogue with every message of the source, in its order, and no other."""
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    return catalogue


def untranslated(catalogue: Catalog) -> list[str]:
    """The messages that a catalogue has no words for yet."""
    return [str(message.id) for message in catalogue if message.id and not message.string]


def placeholders(template: str) -> set[str]:
    """The names of what goes into a template."""
    return set(re.findall(r"\{(\w+)[^{}]*\}", template)) | set(re.findall(r"%\((\w+)\)", template))


def main() -> None:
    """Write every catalogue again and print what is still to be translated."""
    template = extract_catalogue()
    for language in LANGUAGES:
        if language == ENGLISH:
            continue
        catalogue = update_catalogue(read_catalogue(language), template)
        with catalogue_file(language, ".po").open("wb") as po:
            write_po(po, catalogue, width=WIDTH, include_lineno=False)
        with catalogue_file(language, ".mo").open("wb") as mo:
            write_mo(mo, catalogue)
        for text in untranslated(catalogue):
            print(f"{language}: {text}")


if __name__ == "__main__":
    main()
