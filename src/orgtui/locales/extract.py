"""`python -m orgtui.locales.extract` brings the catalogues up to what the source says, and compiles them."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from orgtui.locales import DOMAIN, FOLDER
from orgtui.locales.language import ENGLISH, LANGUAGES
from orgtui.locales.messages import Messages

WIDTH = 110


def catalogue_file(language: str, suffix: str) -> Path:
    """Where a catalogue is kept: `.po` to be translated, `.mo` to be read by the program."""
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}{suffix}"


def read_catalogue(language: str) -> Catalog:
    """The catalogue of a language as it is kept."""
    with catalogue_file(language, ".po").open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def updated(catalogue: Catalog, messages: Messages) -> Catalog:
    """The catalogue with every message of the source, in its order, and no other."""
    template = Catalog(domain=DOMAIN, creation_date=catalogue.creation_date)
    for text, place in sorted(messages.found.items(), key=lambda found: _in_order(found[1])):
        template.add(text, locations=[(place.partition(":")[0], 0)])
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def _in_order(place: str) -> tuple[str, int]:
    path, _, line = place.partition(":")
    return path, int(line or 0)


def untranslated(catalogue: Catalog) -> list[str]:
    """The messages that a catalogue has no words for yet."""
    return [str(message.id) for message in catalogue if message.id and not message.string]


def fields(template: str) -> set[str]:
    """The names of what goes into a template."""
    return set(re.findall(r"\{(\w+)[^{}]*\}", template)) | set(re.findall(r"%\((\w+)\)", template))


def main() -> None:
    """Write every catalogue anew and say what is still to be translated."""
    messages = Messages()
    for language in LANGUAGES:
        if language == ENGLISH:
            continue
        catalogue = updated(read_catalogue(language), messages)
        with catalogue_file(language, ".po").open("wb") as po:
            write_po(po, catalogue, width=WIDTH, include_lineno=False)
        with catalogue_file(language, ".mo").open("wb") as mo:
            write_mo(mo, catalogue)
        for text in untranslated(catalogue):
            print(f"{language}: {text}")


if __name__ == "__main__":
    main()
