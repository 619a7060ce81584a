"""Everything the program says is in the catalogue of every language, and says the same."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from gettext import GNUTranslations

import pytest
from babel.messages.catalog import Catalog

from orgtui.cli.guide import EXAMPLES
from orgtui.cli.main import COMMANDS
from orgtui.locales.extract import (
    catalogue_file,
    placeholders,
    read_catalogue,
    untranslated,
    update_catalogue,
)
from orgtui.locales.language import ENGLISH, LANGUAGES
from tests.locales.sources import Module

OTHERS = [language for language in LANGUAGES if language != ENGLISH]
SAYING = ("views/", "tui/", "cli/")

WORDS = re.compile(r"[A-Za-z]{2,},? [a-z]{2,}|\{\w+[}:]")
"""What looks like something said: words one after another, or a field."""

FIELD = re.compile(r"\{[a-z]\w*(:[^{}]*)?\}")

WORD = re.compile(r"(?<![\w.])[A-Za-z]{3,}(?![\w.:])")
"""The same of a part of an f-string: a word that is no name of a module and no kind of a reference."""

NOT_SAID = {
    "cli/git_setup.py": {
        "*.plan.toml merge=orgtui diff=orgtui",
        "restructuring plans, by what their changes touch",
        " -P -m orgtui",
    },
    "cli/guide.py": set(EXAMPLES.values()),
    "cli/open.py": {"orgtui "},
    "cli/plan_sentences.py": {":(top,glob)**/"},
    "cli/output.py": {"names do not end", "earlier-"},
    "tui/actions/exporting/choosing.py": {"--output=", "--stem=", "--lang=", "--plan=", "--only="},
    "tui/commands/browsing.py": {"own file", "save as"},
    "tui/commands/exporting.py": {"hand out"},
    "tui/defect.py": {"defect-", ".txt"},
    "tui/commands/setting.py": {"dark mode"},
    "tui/themes/colours.py": {r"#[0-9a-fA-F]{6}"},
    "tui/themes/look.py": {"orgtui-"},
    "tui/themes/styles.py": {"dim strike", "bold reverse"},
    "views/pages/fields.py": {r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?"},
}
"""Names of files and styles, options and examples of commands, what the palette finds by and git is told."""

PROGRAMS = {f"orgtui {name}" for name in COMMANDS}

PAGES = {"cli/manual.py", "tui/commands/keys_page.py"}
"""Modules that write pages of the documentation, which are in English."""

TYPED = {"tui/commands/everyday_words.py"}
"""Modules of words that are typed rather than said, in all languages at once."""


@pytest.fixture(scope="module", params=OTHERS)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    return read_catalogue(request.param)


def test_everything_said_is_translated(template: Catalog, known: set[str], catalogue: Catalog) -> None:
    kept = {message.id for message in catalogue if message.id}
    assert not known - kept, "run python -m orgtui.locales.extract"
    assert not kept - known, "run python -m orgtui.locales.extract"
    assert untranslated(update_catalogue(catalogue, template)) == []


def test_a_translation_has_the_fields_of_its_template(catalogue: Catalog) -> None:
    differing = [text for text, said in words(catalogue).items() if placeholders(text) != placeholders(said)]
    assert differing == []


def test_the_compiled_catalogue_is_that_of_the_text(catalogue: Catalog) -> None:
    kept = words(catalogue)
    with catalogue_file(str(catalogue.locale_identifier), ".mo").open("rb") as file:
        compiled = GNUTranslations(file)
    assert {text: compiled.gettext(text) for text in kept} == kept


def words(catalogue: Catalog) -> dict[str, str]:
    return {str(message.id): str(message.string) for message in catalogue if message.id and message.string}


def test_nothing_is_said_past_the_catalogue(package: list[Module], known: set[str]) -> None:
    """As far as the source shows: strings and f-strings that read like words said to a person."""
    known = known | PROGRAMS
    past = [
        f"{module.path}:{line}: {text}"
        for module in package
        if module.path.startswith(SAYING) and module.path not in PAGES | TYPED
        for line, text in said_past(module, known | NOT_SAID.get(module.path, set()))
    ]
    assert past == []


def test_whatever_has_a_field_is_said_by_the_catalogue(package: list[Module], known: set[str]) -> None:
    past = [
        f"{module.path}:{node.lineno}: {node.value}"
        for module in package
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and FIELD.search(node.value)
        if not isinstance(module.within[node], ast.Expr | ast.JoinedStr) and node.value not in known
    ]
    assert past == []


def said_past(module: Module, known: set[str]) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.JoinedStr):
            parts = {str(part.value) for part in node.values if isinstance(part, ast.Constant)}
            is_style = any("{" in part for part in parts)
            if not is_style and any(map(WORD.search, parts - known)):
                yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            above = module.within[node]
            if isinstance(above, ast.Expr | ast.JoinedStr) or node.value in known or "\n" in node.value:
                continue
            if WORDS.search(node.value):
                yield node.lineno, node.value
