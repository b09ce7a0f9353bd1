"""Days as screens shorten them, and how near they are."""

from __future__ import annotations

from datetime import date

from app.domain.calendar import WEEKDAYS, western

SOON_DAYS = 14
"""A due date as near as this is worth a mark."""


def month_day(day: date) -> str:
    """「7/3」, where what stands around it gives the year."""
    return f"{day.month}/{day.day}"


def month_day_weekday(day: date) -> str:
    """「7/3(木)」, where what stands around it gives the year."""
    return f"{month_day(day)}({WEEKDAYS[day.weekday()]})"


def short_day(day: date | None, today: date) -> str:
    """「7/3」; 「2024/12/25」 once it is of another year; "" for no day."""
    if day is None:
        return ""
    return month_day(day) if day.year == today.year else f"{day:%Y/%m/%d}"


def short_day_weekday(day: date, today: date) -> str:
    """「7/3(木)」; 「2024/12/25(水)」 once it is of another year."""
    return month_day_weekday(day) if day.year == today.year else western(day)


def overdue_words(days: int) -> str:
    """「超過 3日」."""
    return f"超過 {days}日"
