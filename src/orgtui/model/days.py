"""Arithmetic on days that ends where the calendar does."""

from __future__ import annotations

from datetime import date, timedelta


def days_after(day: date, days: timedelta) -> date:
    """A day so much later, or the last day there is, 9999-12-31."""
    return day + min(days, date.max - day)
