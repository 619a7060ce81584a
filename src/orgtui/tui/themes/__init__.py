"""Themes: colours by meaning, and the styles that a terminal shows them in."""
