"""Templates are found wherever they are written, and nothing that cannot be one is passed over in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgtui.locales.messages import OUTSIDE, Messages

RECORDS = """
from typing import Literal
Cadence = Literal["weekly"]
class Share:
    every: Cadence
"""


def found(root: Path, **sources: str) -> Messages:
    (root / "model").mkdir()
    (root / "model" / "records.py").write_text(RECORDS, "utf-8")
    for name, source in sources.items():
        (root / f"{name}.py").write_text(source, "utf-8")
    return Messages(root)


def said(messages: Messages) -> set[str]:
    return messages.found.keys() - {*OUTSIDE, "weekly", "every"}


@pytest.mark.parametrize(
    "source",
    [
        'say(sentence("A {x}", x=1)); refuse("B")',
        'sentence("A {x}" if many else "B")',
        'LABELS = {"a": "A {x}", "b": "B"}\ndef word(key): return scene.say(LABELS[key])',
        'LABELS = {"a": "A {x}"}\ndef word(key): return say(LABELS.get(key, "B"))',
        'A, B = "A {x}", "B"\ndef word(): return sentence(A), sentence(B)',
        'PAIRS = (("a", "A {x}"), ("b", "B"))\ndef word():\n    for _, words in PAIRS: sentence(words)',
        'def word():\n    for key, words in (("a", "A {x}"), ("b", "B")):\n        sentence(words)',
        'def word():\n    words = "A {x}" if many else None or "B"\n    return sentence(words)',
        'def told(key: int, words: str): return sentence(words)\ntold(1, "A {x}"); told(2, words="B")',
        '@rule("P101", says={"": "A {x}", "why": "B"})\ndef check(view): ...',
        '@operation(says="A {x}", details={"why": "B"})\nclass Move: ...',
        '@rule("P101", says="A {x}")\ndef check(view):\n    """B\n\n    More of the page."""',
        'class Command:\n    id: str\n    label: str\n    help: str\nCommand("c", "A {x}", help="B")',
        'parser.add_argument("x", help="A {x}")\nParser("p", description="B")',
        'def word(parts): return (Sentence(each) for each in ("A {x}", *(t for t in [])) if "B" or say("B"))',
    ],
)
def test_templates_are_found(tmp_path: Path, source: str) -> None:
    messages = found(tmp_path, one=source)
    assert said(messages) == {"A {x}", "B"}
    assert messages.unknown == {}


def test_a_constant_is_that_of_the_module_it_is_imported_from(tmp_path: Path) -> None:
    messages = found(
        tmp_path,
        a='SAID = "of a"',
        b='SAID = "of b"',
        c="from orgtui.b import SAID as WORDS\ndef word(): return say(WORDS)",
    )
    assert said(messages) == {"of b"}


def test_words_of_files_and_names_of_fields_are_said(tmp_path: Path) -> None:
    assert {"weekly", "every"} <= found(tmp_path).found.keys()


@pytest.mark.parametrize("put_together", ['f"A {x}"', '"A " + x'])
def test_a_template_put_together_is_told(tmp_path: Path, put_together: str) -> None:
    messages = found(tmp_path, one=f"sentence({put_together})")
    assert list(messages.unknown) == ["one.py:1"]
