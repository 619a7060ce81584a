"""Evaluates rules, remembers what each read, and re-runs only those that a change touched."""
