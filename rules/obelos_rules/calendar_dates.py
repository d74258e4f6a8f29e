"""Dates as documents write them: *25th March, 1946*, *March 25, 1946*, *25/03/1946*, *March 1946*.

A numeric date is read day first; where that is impossible, month first.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .classes import MONTHS, WEEKDAYS

_MONTH = "|".join(name.capitalize() for name in MONTHS)
_SHORT = "Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec"
_WEEKDAY = "|".join(name.capitalize() for name in WEEKDAYS)
_DATE = re.compile(
    rf"(?:\b(?P<weekday>{_WEEKDAY}),?\s+(?:the\s+)?)?"
    r"(?:"
    rf"\b(?P<day1>[0-3]?\d)(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<month1>{_MONTH}|(?:{_SHORT})\b\.?)(?!\s+[0-3]?\d\b)(?:,?\s+(?P<year1>1\d{{3}}|20\d\d))?(?![\w])"
    rf"|\b(?P<month2>{_MONTH}|(?:{_SHORT})\b\.?)\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year2>1\d{{3}}|20\d\d))?(?![\w])"
    r"|\b(?P<day3>\d{1,2})(?P<dot>[./])(?P<month3>\d{1,2})(?P=dot)(?P<year3>1\d{3}|20\d\d)(?!\w)"
    rf"|\b(?P<month4>{_MONTH}),?\s+(?P<year4>1\d{{3}}|20\d\d)(?!\w)"
    r")"
)


@dataclass(frozen=True)
class WrittenDate:
    """A date at a half-open span; 0 where a part is not given. ``numeric`` as in 06/06/1945."""

    start: int
    end: int
    text: str
    weekday: str
    day: int
    month: int
    year: int
    numeric: bool

    def possible(self) -> bool:
        """Whether the calendar has such a day; 29 February stands without a year."""
        if not self.day:
            return True
        if not 1 <= self.month <= 12:
            return False
        # 1900, Gregorian, had no leap day, though the Julian calendar did.
        leap = not self.year or self.year == 1900
        return 1 <= self.day <= (29 if leap and self.month == 2 else monthrange(self.year or 2000, self.month)[1])

    def weekday_of(self) -> str:
        """The weekday that the Gregorian calendar gives, capitalised; empty if the date is not full or possible."""
        if not (self.day and self.year and self.possible()):
            return ""
        return WEEKDAYS[date(self.year, self.month, self.day).weekday()].capitalize()


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[WrittenDate]:
    """Dates in a stretch of a text, in order."""
    for found in _DATE.finditer(text, start, len(text) if end is None else end):
        parts = found.groupdict()
        form = next(number for number in "1234" if parts[f"month{number}"])
        day = int(parts.get(f"day{form}") or 0)
        month = int(parts["month3"]) if form == "3" else month_number(parts[f"month{form}"])
        if form == "3" and month > 12 >= day:
            day, month = month, day
        weekday = parts["weekday"] or ""
        year = int(parts[f"year{form}"] or 0)
        if form == "2" and day > 31 and not year:
            continue  # "Feb 68" names a year
        yield WrittenDate(*found.span(), found.group(), weekday, day, month, year, form == "3")


def month_number(name: str) -> int:
    """Number of a month by its name or the beginning of it; 0 for another word."""
    name = name.lower().rstrip(".")
    return next((n for n, full in enumerate(MONTHS, 1) if len(name) >= 3 and full.startswith(name)), 0)
