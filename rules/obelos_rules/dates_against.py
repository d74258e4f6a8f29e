"""Dates against what else the document says: its own date, the same reference elsewhere, file numbers, hours.

Every search here is silent where the document's heading gives no certain date.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .calendar_dates import WrittenDate
from .classes import MONTHS
from .document_model import Dated, dates_between, dates_of, head_of
from .model import Hit
from .reading import Reading
from .references import Reference, references_between, references_of

_DAY_WORD = re.compile(
    r"\b(?P<word>today|tonight|this (?:morning|afternoon|evening)|yesterday|last night|tomorrow)"
    r"(?: (?:morning|afternoon|evening|night))?(?:,| \(|,? on| -| –|—)?\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_INSTANT = re.compile(
    r"\b(?:letter|despatch|dispatch|telegram|note|memorandum|minute)(?: No\.? ?\d{1,6})? (?:of|dated) the "
    r"(?P<whole>(?P<day>\d{1,2})(?:st|nd|rd|th),? inst(?:ant\b|\.|\b))"
)
_OFFSETS = {"yesterday": -1, "last night": -1, "tomorrow": 1}
_ADDRESSED = re.compile(r"\b(?:[Aa]ddressed|ADDRESSED|[Ss]ent)\s(?:to\s)?[^.\n]{0,40}\Z")
_FILE = re.compile(r"/(?:P)?(?P<month>\d{1,2})[–-](?P<day>\d{1,2})(?P<year>\d\d)(?![\w–-])")
_SOURCE = re.compile(r"\s*Source: [^.;()\n]{0,80}, (?P<file>\d{3}[\w.–-]{0,12}(?:\s\w+)?/\d{1,2}[–-]\d{3,4})")
"""A note that names the file in which the document itself lies."""
_FILED = range(1944, 1964)
"""Years in which file numbers of the Department of State end in the date: 793.96/7–1849."""
_OWN_CENTURIES = 150
_LIFETIME = 30
_LEAP = 2000
_ZULU = re.compile(r"Z(?!\w)")
_TIME_GROUP = re.compile(r"(?<!\w)(?P<day>\d\d)(?:[01]\d|2[0-3])[0-5]\dZ")
_SENTENCE_END = re.compile(r"[;\n\[]|\.\s|\d{6}Z|\band\b")
_PARENTHESIS = 90
_SAME_SERIES = 120
"""Days within which a number is not given again."""


def shown(day: date) -> str:
    """A day for a message."""
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


def later_papers(reading: Reading, least: int, most: int) -> Iterator[Hit]:
    """Papers that the document speaks of though they are dated later than itself, by least to most days."""
    head = reading.once(head_of)
    if head.day is None:
        return
    end = head.until
    for one in reading.once(references_of):
        if one.layer != "body" or one.date is None or not head.end <= one.start < end:
            continue
        day = one.date.day
        if day and least <= (day - head.day).days <= (most if one.date.supplied else most * 12):
            written = one.date.written
            yield Hit(written.start, written.end, (), {"other": shown(head.day)})
    if most > least:
        yield from _of_this_month(reading, head.day, head.end, end, least)


_Cited = tuple[Reference, Dated]


def _of_this_month(reading: Reading, own: date, start: int, end: int, least: int) -> Iterator[Hit]:
    """*Your letter of the 26th instant* in a document of the 20th."""
    for found in _INSTANT.finditer(reading.view(("body",)), start, end) if " inst" in reading.text else ():
        if int(found["day"]) - own.day >= least:
            yield Hit(*found.span("whole"), (), {"other": shown(own)})


def two_dates(reading: Reading) -> Iterator[Hit]:
    """One paper, told by its number, with two dates: the rarer date is flagged, or that of the body."""
    groups: dict[tuple[str, str], list[_Cited]] = defaultdict(list)
    for one in reading.once(references_of):
        if len(one.number) > 1 and one.date:
            groups[(one.noun, one.number)].append((one, one.date))
    for group in groups.values():
        if len(group) > 1:
            yield from _disagreeing(group)


def _disagreeing(group: list[_Cited]) -> Iterator[Hit]:
    counts = Counter(_month_day(one) for one in group)
    if len(counts) < 2:
        return
    usual = max(group, key=lambda one: (counts[_month_day(one)], one[0].layer == "note", -one[0].start))
    for one in group:
        if _month_day(one) != _month_day(usual) and _same_paper(one, usual):
            written, other = one[1].written, usual[1].written
            yield Hit(written.start, written.end, _with_day(written, other), {"other": other.text})


def _month_day(one: _Cited) -> tuple[int, int]:
    return one[1].written.month, one[1].written.day


def _same_paper(one: _Cited, other: _Cited) -> bool:
    for first, second in ((one[0].whose, other[0].whose), (one[0].place, other[0].place)):
        if first and second and first != second:
            return False
    days = one[1].day, other[1].day
    if days == (None, None):  # neither year is known: then it is the same
        days = one[1].written.on(_LEAP), other[1].written.on(_LEAP)
    return bool(days[0] and days[1] and abs((days[0] - days[1]).days) <= _SAME_SERIES)


def _with_day(written: WrittenDate, other: WrittenDate) -> tuple[str, ...]:
    """The date as written with the other's day, where they share the month."""
    if written.month != other.month or (written.year and other.year and written.year != other.year):
        return ()
    return (re.sub(rf"(?<!\d)0?{written.day}(?!\d)(?:st|nd|rd|th)?", str(other.day), written.text, count=1),)


def outside_window(reading: Reading) -> Iterator[Hit]:
    """Years of the body that the document cannot mean: its own year with figures exchanged, or a far-off one."""
    head = reading.once(head_of)
    own = head.day
    if own is None:
        return
    for one in dates_between(reading.once(dates_of), head.end, head.until):
        year = one.written.year
        if one.layer != "body" or not year or abs(year - own.year) < 5:
            continue
        exchanged = sorted(str(year)) == sorted(str(own.year))
        if exchanged or year > own.year + _LIFETIME or year < own.year - 2 * _OWN_CENTURIES:
            start = one.written.end - 4
            yield Hit(start, one.written.end, (str(own.year),) if exchanged else (), {"other": shown(own)})


def against_day_words(reading: Reading, least: int) -> Iterator[Hit]:
    """*yesterday, June 4* in a document of another day than June 5; flagged from so many days of difference on."""
    head = reading.once(head_of)
    own = head.day
    if own is None:
        return
    for one in dates_between(reading.once(dates_of), head.end, head.until):
        start = one.written.start
        found = _DAY_WORD.search(reading.text, max(0, start - 30), start) if one.layer == "body" else None
        if not found or one.day is None:
            continue
        offset = _OFFSETS.get(found["word"].lower(), 0)
        if least <= abs((one.day - own).days - offset) <= 20:
            yield Hit(start, one.written.end, (), {"other": shown(own)})


def receipt_before_despatch(reading: Reading, days: bool) -> Iterator[Hit]:
    """A telegram received before it was sent: on an earlier day, or in an earlier hour of the same day."""
    head = reading.once(head_of)
    sent, got = head.despatched, head.received
    if not sent or not got:
        return
    early_hour = sent.minute is not None and got.minute is not None and got.minute < sent.minute
    if got.day < sent.day if days else got.day == sent.day and early_hour:
        yield Hit(got.start, got.end, (), {"other": reading.text[sent.start : sent.end]})


def own_date_elsewhere(reading: Reading) -> Iterator[Hit]:
    """The heading's date against where the document names itself: *Addressed to Paris telegram No. 61 of May 3*."""
    head, stated = reading.once(head_of), reading.details.date
    if not head.day or not head.written:
        return
    if re.fullmatch(r"\d{4}-\d\d-\d\d", stated) and stated != head.day.isoformat():
        yield Hit(head.written.start, head.written.end, (), {"other": stated})
    for one in reading.once(references_of) if head.number else ():
        if one.number != head.number or not one.date or not one.date.day:
            continue
        before = reading.text[max(0, one.start - 60) : one.start]
        if one.date.day != head.day and _ADDRESSED.search(before):
            written = one.date.written
            yield Hit(written.start, written.end, _with_day(written, head.written), {"other": head.written.text})


@dataclass(frozen=True)
class FileNumber:
    """The date at the end of a file number, with its half-open span."""

    start: int
    end: int
    month: int
    day: int
    year: int


def files_of(reading: Reading) -> tuple[FileNumber, ...]:
    """Decimal file numbers of the Department of State that end in a date, in order."""
    found = []
    for one in _FILE.finditer(reading.text):
        month, day, year = int(one["month"]), int(one["day"]), 1900 + int(one["year"])
        if 1 <= month <= 12 and 1 <= day <= 31 and year in _FILED:
            found.append(FileNumber(one.start("month"), one.end(), month, day, year))
    return tuple(found)


def against_own_file(reading: Reading, place: str) -> Iterator[Hit]:
    """The document's date against its file number: that of the ``heading``, or of the note on its ``source``."""
    files, head = reading.once(files_of), reading.once(head_of)
    if files and head.day and head.written:
        source = next((note.body for note in reading.layered.notes if note.body), None)
        named = source and _SOURCE.match(reading.text, *source)
        for one in files:
            in_source = bool(named and named.start("file") <= one.start < named.end())
            there = in_source if place == "source" else one.start < head.end
            if there and not agree(one, head.day):
                yield Hit(one.start, one.end, (), {"other": head.written.text})


def against_cited_file(reading: Reading) -> Iterator[Hit]:
    """Papers cited by number and date against the file number given with them, where a passage has one of each."""
    files = reading.once(files_of)
    behind = {hit.start for hit in against_file_behind(reading)}
    starts = [one.start for one in files]
    for begin, end in _passages_with(reading, files):
        inside = files[bisect_left(starts, begin) : bisect_left(starts, end)]
        dates = dates_between(reading.once(dates_of), begin, end)
        cited = [one for one in references_between(reading.once(references_of), begin, end) if one.number and one.date]
        if len(inside) == len(dates) == len(cited) == 1:
            written, file = dates[0].written, inside[0]
            near = dates[0].day or written.on(file.year)
            if near and file.start not in behind and written.end < file.start and not agree(file, near):
                yield Hit(file.start, file.end, (), {"other": written.text})


def against_file_behind(reading: Reading) -> Iterator[Hit]:
    """A paper's date against the file number in the parenthesis right behind it: *May 27 (Ibid., 411.8141/5–2758)*."""
    files = reading.once(files_of)
    all_dates = reading.once(dates_of)
    dates = {one.end: one.date for one in reading.once(references_of) if one.date} if files else {}
    for file in files:
        begin = max(0, file.start - _PARENTHESIS)
        opening = reading.text.rfind("(", begin, file.start)
        if opening < 0 or ")" in reading.text[opening : file.start] or dates_between(all_dates, opening, file.start):
            continue
        one = next((dates[at] for at in range(opening, opening - 3, -1) if at in dates), None)
        day = one and (one.day or one.written.on(file.year))
        if one and day and not agree(file, day):
            yield Hit(file.start, file.end, (), {"other": one.written.text})


def against_time_group(reading: Reading, least: int) -> Iterator[Hit]:
    """The day of a date-time group against the date that follows it: *message 181251Z from Honolulu, January 18*."""
    dates = reading.once(dates_of)
    for sign in _ZULU.finditer(reading.text):
        found = _TIME_GROUP.match(reading.text, max(0, sign.start() - 6))
        if not found:
            continue
        near = dates_between(dates, found.end(), found.end() + _PARENTHESIS)
        between = reading.text[found.end() : near[0].written.start] if near else "."
        if not near or not near[0].written.day or _SENTENCE_END.search(between) or not 1 <= int(found["day"]) <= 31:
            continue
        apart = abs(near[0].written.day - int(found["day"]))
        if least <= apart < 26:  # the last of a month and the first of the next are neighbours
            yield Hit(*found.span("day"), (), {"other": near[0].written.text})


def agree(one: FileNumber, day: date) -> bool:
    """Whether they are one day or neighbours: a telegram is filed by the day of its despatch or of its receipt."""
    try:
        filed = date(one.year, one.month, one.day)
    except ValueError:
        return False
    return abs((filed.replace(year=day.year) if filed.day < 29 else filed).toordinal() - day.toordinal()) <= 1


def _passages_with(reading: Reading, files: tuple[FileNumber, ...]) -> Iterator[tuple[int, int]]:
    """Notes, and lines of the body, in which file numbers stand, each once."""
    regions = reading.layered.regions
    starts = [region.start for region in regions]
    seen = -1
    for one in files:
        region = regions[bisect_right(starts, one.start) - 1]
        begin, end = region.start, region.end
        if region.layer == "body":
            begin = max(begin, reading.text.rfind("\n", begin, one.start) + 1)
            line_end = reading.text.find("\n", one.end)
            end = min(end, line_end if line_end >= 0 else end)
        if begin != seen and region.layer in ("note", "body"):
            seen = begin
            yield begin, end
