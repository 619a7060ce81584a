"""Changing the organisation: adding, removing, fixing, undoing."""
