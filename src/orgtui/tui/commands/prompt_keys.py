"""The keys of prompts, which a keymap leaves as they are."""

from __future__ import annotations

PROMPT_KEYS = {"walk": "↑ ↓", "take": "enter", "close": "esc", "mark": "tab"}
"""The keys of prompts as people read them, by what they do."""
