"""`python -m orgtui.locales.extract`: update the catalogues from the source, and compile them."""

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
from orgtui.locales.documentation import messages_of
from orgtui.locales.language import ENGLISH, LANGUAGES

PACKAGE = FOLDER.parent
WIDTH = 110

KEYWORDS = dict.fromkeys(("N_", "sentence", "Sentence", "refuse", "say"))
"""The functions whose first argument is a template."""

METHODS = [
    ("**.py", "orgtui.locales.extract:extract_source"),
    ("**.j2", "jinja2.ext:babel_extract"),
]
"""Babel's mapping from file patterns to extraction methods."""


def extract_source(
    file: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Any
) -> Iterator[tuple[Any, ...]]:
    """Babel's extraction method: the messages of a Python file, and the name and page of each rule."""
    yield from extract_python(file, keywords, comment_tags, options)
    file.seek(0)
    for node in ast.walk(ast.parse(file.read())):
        match node:
            case ast.FunctionDef(decorator_list=[ast.Call(func=ast.Name(id="rule"), args=[_, *named])]):
                names = [str(each.value) for each in named if isinstance(each, ast.Constant)][:1]
                for text in (*names, *messages_of(ast.get_docstring(node) or "")):
                    yield node.lineno, None, text, []


def extract_catalogue(folder: Path = PACKAGE) -> Catalog:
    """A template catalogue of all messages in the source, sorted by file and line."""
    catalogue = Catalog(domain=DOMAIN)
    for path, line, text, *_ in sorted(extract_from_dir(folder, METHODS, keywords=KEYWORDS)):
        catalogue.add(text, locations=[(path, line)])
    return catalogue


def catalogue_file(language: str, suffix: str) -> Path:
    """The path of a catalogue: `.po` for translators, `.mo` for the program."""
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}{suffix}"


def read_catalogue(language: str) -> Catalog:
    """The `.po` catalogue of a language."""
    with catalogue_file(language, ".po").open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def update_catalogue(catalogue: Catalog, template: Catalog) -> Catalog:
    """A catalogue with exactly the messages of the template, in its order; translations are kept."""
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    return catalogue


def untranslated(catalogue: Catalog) -> list[str]:
    """The messages of a catalogue without a translation."""
    return [str(message.id) for message in catalogue if message.id and not message.string]


def placeholders(template: str) -> set[str]:
    """The names of the placeholders of a template."""
    return set(re.findall(r"\{(\w+)[^{}]*\}", template)) | set(re.findall(r"%\((\w+)\)", template))


def main() -> None:
    """Update and compile every catalogue, and print the untranslated messages."""
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
