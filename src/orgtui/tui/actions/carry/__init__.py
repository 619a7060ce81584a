"""Carrying people, functions and teams to another place."""
