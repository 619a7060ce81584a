"""Flat lists: the plan, differences, search results, the start screen."""
