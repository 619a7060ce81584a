"""The keys of prompts, which a keymap does not change."""

from __future__ import annotations

PROMPT_KEYS = {"walk": "↑ ↓", "take": "enter", "close": "esc", "mark": "tab"}
"""The labels of the keys of prompts, by what they do; used as parameters of hints."""
