"""Deciding about a plan: verdicts on seats, signatures, and the status."""
