"""Arithmetic on days that ends where the calendar does, and moments as they are told."""

from __future__ import annotations

from datetime import date, datetime, timedelta


def days_after(day: date, days: timedelta) -> date:
    """A day so much later, or the last day there is, 9999-12-31."""
    return day + min(days, date.max - day)


def clock(moment: datetime) -> str:
    """A moment in local time, with its date unless that is today."""
    here = moment.astimezone() if 1 < moment.year < 9999 else moment  # others may have written any year
    return f"{here:%H:%M}" if here.date() == datetime.now().date() else f"{here:%Y-%m-%d %H:%M}"
