"""Texts for changes, conflicts, records, pay, news and peers."""
