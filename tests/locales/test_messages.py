"""Every template is extracted wherever it stands, and none is put together or left unmarked."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from orgtui.locales.documentation import messages_of
from orgtui.locales.extract import extract_catalogue
from orgtui.model import kinds
from orgtui.model.kinds import Kind
from orgtui.rules.registry import catalogue
from orgtui.tui.commands.browsing import COMMANDS
from tests.locales.sources import Module, marked, modules, past_the_extraction, said_in_pages


def messages(root: Path, **sources: str) -> set[str]:
    for name, source in sources.items():
        (root / f"{name}.py").write_text(source, "utf-8")
    return {str(message.id) for message in extract_catalogue(root) if message.id}


@pytest.mark.parametrize(
    "source",
    [
        'say(sentence("A {x}", x=1)); raise refuse("B")',
        'scene.say("A {x}", x=Sentence("B"))',
        'sentence(N_("A {x}") if many else N_("B"))',
        'LABELS = {"a": N_("A {x}"), "b": N_("B")}\ndef word(key): return sentence(LABELS[key])',
        'A, B = N_("A {x}"), N_("B")\ndef word(): return sentence(A), sentence(B)',
        'def told(words: str): return sentence(words)\ntold(N_("A {x}")); told(words=N_("B"))',
        '@rule("P101", says={"": N_("A {x}"), "why": N_("B")})\ndef check(view): ...',
        '@operation(says=N_("A {x}"), details={"why": N_("B")})\nclass Move: ...',
        '@rule("P101", "B", says=N_("A {x}"))\ndef check(view):\n    """B\n\n    A {x}"""',
        'Command("c", N_("A {x}"), help=N_("B"))\ndef other():\n    """No page of a rule."""',
    ],
)
def test_templates_are_extracted(tmp_path: Path, source: str) -> None:
    found = messages(tmp_path, one=source)
    assert found == {"A {x}", "B"}
    assert past_the_extraction(modules(tmp_path), found) == []


@pytest.mark.parametrize(
    "source",
    [
        'sentence(f"A {x}")',
        'sentence("A " + x)',
        'sentence("A %s" % x)',
        'sentence("A {x}".format(x=x))',
        'N_(f"A {x}")',
        'def word():\n    words = f"A {x}"\n    return sentence(words)',
        'LABELS = {"a": "A"}\ndef word(key): return scene.say(LABELS[key])',
        'LABELS = {"a": N_("A")}\ndef word(key): return say(LABELS.get(key, "B"))',
        'sentence("A" if many else "B")',
        'def word():\n    for key, words in (("a", "A"), ("b", "B")): sentence(words)',
        'def told(key: int, words: str): return sentence(words)\ntold(1, "A")',
        'def told(key: int, words: str): return sentence(words)\ntold(1, words=f"{x}")',
    ],
)
def test_what_no_extraction_can_see_is_told(tmp_path: Path, source: str) -> None:
    found = messages(tmp_path, one=source)
    assert past_the_extraction(modules(tmp_path), found) != []


def test_templates_of_pages_are_extracted(tmp_path: Path) -> None:
    page = '<p class="{{ say("A {x}", x=1) }}">{% if many %}{{ say("B") | upper }}{% endif %}</p>'
    (tmp_path / "page.html.j2").write_text(page, "utf-8")
    assert messages(tmp_path) == {"A {x}", "B"} == {*said_in_pages(tmp_path)}


def test_what_a_page_puts_together_is_told(tmp_path: Path) -> None:
    (tmp_path / "page.html.j2").write_text('{{ say("A " ~ x) }}', "utf-8")
    with pytest.raises(ValueError, match=r"page\.html\.j2:1"):
        list(said_in_pages(tmp_path))


def test_a_constant_is_that_of_the_module_it_is_imported_from(tmp_path: Path) -> None:
    found = messages(
        tmp_path,
        a='SAID = N_("of a")',
        b='SAID = "of b"',
        c="from orgtui.b import SAID as WORDS\ndef word(): return say(WORDS)",
    )
    assert past_the_extraction(modules(tmp_path), found) == ["b.py:1: 'of b'"]


def test_every_template_of_the_package_can_be_extracted(package: list[Module], known: set[str]) -> None:
    assert len(known) > 800
    assert past_the_extraction(package, known) == []


def test_every_marked_template_is_extracted(package: list[Module], template: Catalog) -> None:
    """A template in a list or call within another sentence, or in an f-string, needs a place of its own."""
    found = {(path, str(message.id)) for message in template for path, _ in message.locations}
    assert {(module.path, text) for module in package for text in marked(module)} - found == set()


def test_nothing_is_extracted_but_what_is_marked(package: list[Module], known: set[str]) -> None:
    expected = {text for module in package for text in marked(module)} | {*said_in_pages()}
    assert known == expected | {
        text for rule in catalogue().values() for text in (rule.name, *messages_of(rule.page))
    }


def test_what_rules_commands_and_kinds_of_values_say_is_extracted(known: set[str]) -> None:
    said = {template for rule in catalogue().values() for template in rule.says.values()}
    said |= {words for command in COMMANDS for words in (command.label, command.help)}
    every = [*vars(kinds).values(), kinds.reference("team")]
    said |= {words for kind in every if isinstance(kind, Kind) for words in (kind.wrong, kind.right)}
    assert said - known <= {""}
