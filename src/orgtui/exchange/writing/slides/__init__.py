"""Slides of a report: which there are, where everything stands on them, and how they become a file."""
