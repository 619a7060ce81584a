"""Panes, lines and their text."""
