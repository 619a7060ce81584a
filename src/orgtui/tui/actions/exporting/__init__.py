"""Exports: what is wanted, and the process that writes it."""
