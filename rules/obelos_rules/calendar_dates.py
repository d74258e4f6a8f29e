"""Dates as documents write them: *25th March, 1946*, *March 25, 1946*, *25/03/1946*, *March 1946*.

A numeric date is read day first; where that is impossible, month first. A text is first looked through for the
beginnings of month names and for strokes between figures; only around these is it read, so text without dates costs
next to nothing and no stretch is read twice.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .classes import MONTHS, WEEKDAYS

_SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_FULL = "|".join([*(name.capitalize() for name in MONTHS), *(name.upper() for name in MONTHS)])
_ORDINAL = "(?:st|nd|rd|th|ST|ND|RD|TH)"
# A figure of the hour is no year: "April 5, 1800 hours".
_YEAR = r"(?:1\d{3}|20\d\d)(?![\w])(?!\s(?:hours|hrs|Hours|GMT|EST))"
# Each branch begins with a letter of its own: so the scan stays a scan for single letters.
_MONTH_SIGN = re.compile(
    "J(?:an|u[nl]|AN|U[NL])|F(?:eb|EB)|M(?:a[ry]|A[RY])|A(?:pr|ug|PR|UG)|S(?:ep|EP)|O(?:ct|CT)|N(?:ov|OV)|D(?:ec|EC)"
)
_NUMERIC_SIGN = re.compile(r"[./]\d\d?[./][12]\d")
_NAMED = re.compile(rf"(?P<full>{_FULL})\b|(?:{_SHORT}|{_SHORT.upper()})\b\.?")
_AFTER = re.compile(rf"\s{{1,9}}(?P<day>\d{{1,2}}){_ORDINAL}?(?:,?\s{{1,9}}(?P<year>{_YEAR}))?(?!\w)")
_YEAR_AFTER = re.compile(rf",?\s{{1,9}}(?P<year>{_YEAR})")
_DAY_BEFORE = re.compile(rf"(?<!\w)(?P<day>[0-3]?\d){_ORDINAL}?(?:\s{{1,9}}of)?\s{{1,9}}\Z")
_SMALL_AFTER = re.compile(r"\s{1,9}[0-3]?\d\b")
_NUMERIC = re.compile(r"(?<!\w)(?P<day>\d{1,2})(?P<dot>[./])(?P<month>\d{1,2})(?P=dot)(?P<year>1\d{3}|20\d\d)")
_WEEKDAY = "|".join([*(name.capitalize() for name in WEEKDAYS), *(name.upper() for name in WEEKDAYS)])
_WEEKDAY_BEFORE = re.compile(rf"(?<!\w)(?P<weekday>{_WEEKDAY}),?\s{{1,9}}\(?(?:the\s{{1,9}})?\Z")
_LEFT = 20
"""Code points before a month that its day may take at most."""
_DAY_ENDS = ("st", "nd", "rd", "th", "of", *"0123456789")
"""What the day before a month ends with."""
_MONTH_NUMBERS = {full[:3]: number for number, full in enumerate(MONTHS, 1)}


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

    def on(self, year: int = 0) -> date | None:
        """The day in the calendar, in this year where the date gives none; None if there is no such day."""
        year = self.year or year
        if not (self.day and 1 <= year <= 9999 and 1 <= self.month <= 12):
            return None
        if not 1 <= self.day <= monthrange(year, self.month)[1]:
            return None
        return date(year, self.month, self.day)

    def weekday_of(self, year: int = 0) -> str:
        """The weekday that the Gregorian calendar gives, capitalised; empty if the date is not full or possible."""
        day = self.on(year)
        return WEEKDAYS[day.weekday()].capitalize() if day else ""


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[WrittenDate]:
    """Dates in a stretch of a text, in order."""
    end = len(text) if end is None else end
    reached = start
    signs = [found.start() for found in _MONTH_SIGN.finditer(text, start, end)]
    signs += [found.start() for found in _NUMERIC_SIGN.finditer(text, start, end)]
    for at in sorted(signs):
        if at < reached:
            continue
        numeric = text[at] in "./"
        one = _numeric(text, max(reached, at - 2), at, end) if numeric else _named(text, reached, at, end)
        if one:
            reached = one.end
            yield one


def _numeric(text: str, start: int, at: int, end: int) -> WrittenDate | None:
    found = _NUMERIC.search(text, start, min(end, at + 8))
    if not found or found.start() >= at or text[found.end() : found.end() + 1].isalnum():
        return None
    day, month = int(found["day"]), int(found["month"])
    if month > 12 >= day:
        day, month = month, day
    weekday, first = _weekday(text, found.start())
    return WrittenDate(first, found.end(), text[first : found.end()], weekday, day, month, int(found["year"]), True)


def _named(text: str, reached: int, at: int, end: int) -> WrittenDate | None:
    """The date around the month that begins at a position; nothing before ``reached`` belongs to it."""
    name = _NAMED.match(text, at, end)
    if not name or (at and text[at - 1].isalnum()):
        return None
    month = month_number(name.group())
    before = text[max(reached, at - _LEFT) : at]
    # Cheap questions first: most months follow a word.
    day = _DAY_BEFORE.search(before) if before.rstrip().lower().endswith(_DAY_ENDS) else None
    if day and not _SMALL_AFTER.match(text, name.end(), end):
        year = _YEAR_AFTER.match(text, name.end(), end)
        first, last = at - len(before) + day.start(), year.end() if year else name.end()
    elif day := _AFTER.match(text, name.end(), end):
        if int(day["day"]) > 31 and not day["year"]:
            return None  # "Feb 68" names a year
        year = day if day["year"] else None
        first, last = at, day.end()
    else:
        year = _YEAR_AFTER.match(text, name.end(), end)
        first, last = at, year.end() if year else at
    if last == at or text[last : last + 1].isalnum():
        return None
    weekday, first = _weekday(text, first, reached) if day else ("", first)
    number = int(day["day"]) if day else 0
    return WrittenDate(first, last, text[first:last], weekday, number, month, int(year["year"]) if year else 0, False)


def _weekday(text: str, first: int, reached: int = 0) -> tuple[str, int]:
    """The weekday before a date and where it begins; empty, and the date's own beginning, where there is none."""
    start = max(reached, first - 20)
    near = text[start:first].rstrip(" ,(\t\n")[-3:].lower()
    found = _WEEKDAY_BEFORE.search(text, start, first) if near in ("day", "the") else None
    return (found["weekday"], found.start()) if found else ("", first)


def month_number(name: str) -> int:
    """Number of a month by its name or the beginning of it; 0 for another word."""
    name = name.lower().rstrip(".")
    number = _MONTH_NUMBERS.get(name[:3], 0)
    return number if number and MONTHS[number - 1].startswith(name) else 0
