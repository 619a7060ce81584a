"""Suggestions: a search for better structures beside the session, its plans, and taking one of them."""
