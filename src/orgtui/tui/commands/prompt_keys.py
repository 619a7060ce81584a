"""The keys of prompts, which a keymap does not change, and what is said of pastes that no text takes."""

from __future__ import annotations

from orgtui.model.sentence import sentence

PROMPT_KEYS = {
    "walk": "↑ ↓",
    "take": "enter",
    "close": "esc",
    "mark": "tab",
    "next": "tab/enter",
    "back": "shift+tab",
    "keep": "← →",
}
"""The labels of the keys of prompts, by what they do; used as parameters of hints."""

NO_TEXT_HERE = sentence("There is no text here to paste into")
