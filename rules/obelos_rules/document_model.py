"""What a document says of itself: its heading, and every date in it with the year that it means.

Both styles of the genre are read: *No. 456 / 25th March, 1946 / FROM CHUNGKING TO FOREIGN OFFICE* and *69. Telegram
From the Department of State … / Washington, November 18, 1958, 10:02 a.m.* What is not certain stays empty: a rule
that needs it is then silent. Each model is made once for a text, through `Reading.once`.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date

from obelos_transcripts import MASK, Layer

from .calendar_dates import WrittenDate, find_dates
from .reading import Reading

_HEAD_LINES = 14
_HEAD_LENGTH = 2_500
_LONGEST_LINE = 170
"""Code points of a line that may still belong to a heading; a longer one is the document's first paragraph."""
_SENTENCE = 70
"""Code points of a line that ends with a stop and is no longer a heading's."""
_ELSEWHERE = 200
"""Days from the document's date within which a date without a year is certainly of the year that lies nearest."""

_CLOCK = re.compile(
    r"(?<![\w:.])(?:(?P<hour>\d{1,2})(?:[.:](?P<minute>\d\d))?\s?(?P<half>[ap])\.?\s?m\b|(?P<noon>noon|midnight)"
    r"|(?P<long>[0-2]\d)(?P<last>[0-5]\d)\s(?:hours|hrs))",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"(?:D|R|Desp(?:atched)?|Dispatched|Sent|Rec(?:eived|d)|Date|Dated|at|By|Tel(?:egram)?|No|Nos)\b[.:]?"
    r"|\(|\)|\[|\]|local time|time|EST|EDT|GMT|\d{1,2}[.:]\d\d|\d+",
    re.IGNORECASE,
)
_RECEIPT = re.compile(r"^\W*R(?:ec(?:eived|d|’d|'d)?)?\b[.:]?|\b[Rr]ec(?:eived|d)\b")
_DESPATCH = re.compile(r"^\W*D(?:esp(?:atched)?)?\b[.:]|^\W*(?:[Dd]espatched|[Dd]ispatched|[Ss]ent)\b")
_BRITISH_NUMBER = re.compile(
    r"^[ \t\ufeff]*(?:(?:Telegram|Despatch|TELEGRAM|DESPATCH)\s)?N[oO]\.?\s?(?P<number>\d{1,6})\b(?!\s*\w)"
)
_AMERICAN_NUMBER = re.compile(r"^(?:“|\")?(?:[A-Z][\w–-]{1,9} ){0,2}(?P<number>\d{1,5})\.\s+(?=[A-Z“\"(])")
_ANOTHER = re.compile(
    r"^[\W\d]{0,3}(?:(?:enclosure|annex|attachment|appendix)\b|FROM [A-Z][A-Z .,']{2,40} TO [A-Z]"
    r"|\d{0,4}\. (?:Telegram|Memorandum|Letter|Airgram|Despatch) From\b|The .{3,90} to the Secretary of State\b)",
    re.IGNORECASE | re.MULTILINE,
)
"""The first line of an enclosure, or of the next document in the same file."""
_BEGINS = re.compile(r"\W*(?:Dear\b|Sir,|My (?:Lord|dear)|[\w ]{0,24}?\d{1,5}\.\s+[A-Z“\"(])")
"""How the first line below a heading begins."""
_FEWEST_IN_SERIES = 4
"""*1. The first point …* numbers a paragraph, not a telegram."""
_PARTIES = re.compile(r"^(?:.*\b)?(?:FROM|From)\s+(?P<sender>.+)\s+(?:TO|[Tt]o)\s+(?:the\s+)?(?P<recipient>.+)$")
_BY_OFFICE = re.compile(r"^(?:No\. \d+ )?(?P<sender>The .{3,110}) to (?:the )?(?P<recipient>.{3,110})$")


@dataclass(frozen=True)
class Moment:
    """A day, and the minute of it where the hour is given; a half-open span of the line that says so."""

    day: date
    minute: int | None
    start: int
    end: int


@dataclass(frozen=True)
class Head:
    """A heading, and ``until``, where the document that it heads ends and an enclosure or another document begins.

    ``written`` and ``day`` are the date of the document; ``end`` is where its first paragraph begins.

    Empty, or None, is what the heading does not say, or says so that it is not certain.
    """

    end: int = 0
    until: int = 0
    written: WrittenDate | None = None
    day: date | None = None
    number: str = ""
    number_span: tuple[int, int] = (0, 0)
    sender: str = ""
    recipient: str = ""
    place: str = ""
    despatched: Moment | None = None
    received: Moment | None = None


@dataclass(frozen=True)
class Dated:
    """A date of the text: its layer, and the day that it means; None without a certain year, or without a day.

    ``supplied`` is the year where the document's own date gives it, 0 where the text states it or nothing does.
    """

    written: WrittenDate
    layer: Layer
    day: date | None
    supplied: int = 0


def written_dates(reading: Reading) -> tuple[tuple[WrittenDate, Layer], ...]:
    """Every date of a text with its layer, in order. A date never runs from one layer into another."""
    found = [(one, reading.layered.layer_at(one.start)) for one in find_dates(reading.view(("heading", "body")))]
    if any(region.layer == "note" for region in reading.layered.regions):
        found += [(one, "note") for one in find_dates(reading.view(("note",)))]
    return tuple(sorted(found, key=lambda pair: pair[0].start))


def dates_of(reading: Reading) -> tuple[Dated, ...]:
    """Every date of a text with the day that it means."""
    own = reading.once(head_of).day
    until = reading.once(head_of).until
    return tuple(
        _dated(one, layer, own if layer == "note" or one.start < until else None)
        for one, layer in reading.once(written_dates)
    )


def _dated(one: WrittenDate, layer: Layer, own: date | None) -> Dated:
    if one.year or own is None or not one.day:
        return Dated(one, layer, one.on())
    near = [day for year in (own.year - 1, own.year, own.year + 1) if (day := one.on(year))]
    # A telegram speaks of what has been more than of what comes: the year before is meant, unless it is far away.
    day = min(near, key=lambda day: (day - own).days * 2 if day > own else (own - day).days, default=None)
    if day is None or abs((day - own).days) > _ELSEWHERE:
        return Dated(one, layer, None)
    return Dated(one, layer, day, day.year)


def dates_between(dates: tuple[Dated, ...], start: int, end: int) -> tuple[Dated, ...]:
    """The dates that begin in a half-open span."""
    low = bisect_left(dates, start, key=lambda one: one.written.start)
    high = bisect_left(dates, end, lo=low, key=lambda one: one.written.start)
    return dates[low:high]


def head_of(reading: Reading) -> Head:
    """The heading of a document; an empty one where the text does not begin as a document does."""
    view = reading.view(("heading", "body"))[:_HEAD_LENGTH]
    lines = _head_lines(view)
    if not lines:
        return Head()
    following = _ANOTHER.search(reading.text, lines[-1][1])
    head = Head(end=lines[-1][1], until=following.start() if following else len(reading.text))
    for start, end in lines:
        line = view[start:end].replace(MASK, " ")
        if head.written and _BEGINS.match(line):
            return _with_first_paragraph(replace(head, end=start), line)
        head = _with_line(head, line, start)
    return _with_first_paragraph(head, view[head.end : head.end + 400].replace(MASK, " "))


def _head_lines(view: str) -> list[tuple[int, int]]:
    """Spans of the lines before the first paragraph, if there are any and a paragraph follows."""
    lines: list[tuple[int, int]] = []
    for found in re.finditer(r"[^\n]+", view):
        shown = found.group().replace(MASK, "").strip()
        if not shown:
            continue
        prose = len(shown) > _SENTENCE and shown[-1] in ".?!:;"
        if prose or len(shown) > _LONGEST_LINE or len(lines) == _HEAD_LINES:
            break
        lines.append(found.span())
    return lines


def _with_line(head: Head, line: str, start: int) -> Head:
    shown = line.strip()
    if not head.number and (number := _BRITISH_NUMBER.match(line)):
        span = start + number.start("number"), start + number.end("number")
        head = replace(head, number=number["number"], number_span=span)
    parties = (_PARTIES.match(shown) or _BY_OFFICE.match(shown)) if shown[-1:] not in (".", ";", ":", ",") else None
    if parties and not head.sender:
        head = replace(head, sender=_office(parties["sender"]), recipient=_office(parties["recipient"]))
    return _with_times(head, line, start)


def _office(name: str) -> str:
    """The name of an office without what stands after it in brackets or capitals of the reference."""
    name = re.sub(r"\([^()]*\)|\[[^\[\]]*\]|\bNo\.? ?\d+", " ", name)
    return " ".join(name.split()).strip(" ,.")


def _with_times(head: Head, line: str, start: int) -> Head:
    dates = [one for one in find_dates(line) if one.day]
    clocks = list(_CLOCK.finditer(line))
    if not dates and not clocks:
        return head
    rest = line
    for begin, end in sorted([*(_span_of(one) for one in dates), *(one.span() for one in clocks)], reverse=True):
        rest = rest[:begin] + " " + rest[end:]
    rest = _LABELS.sub(" ", rest)
    small = sum(word.islower() for word in re.findall(r"[^\W\d_]{2,}", rest))
    if small > 2 or len(rest.split()) > 10 or len(dates) > 2:
        return head  # a sentence, not a dateline
    full = next((one for one in dates if one.year), None)
    receipt = _RECEIPT.search(line)
    if head.written is None and full and full.on() and not (receipt and receipt.start() < full.start):
        own = replace(full, start=full.start + start, end=full.end + start)
        place = re.sub(r"[^\w\s.’'-]", " ", line[: full.start])
        place = "" if _LABELS.search(place) else " ".join(place.split())
        head = replace(head, written=own, day=own.on(), place=place)
    if head.day is None:
        return head
    for clock in clocks:
        label = list(_RECEIPT.finditer(line, 0, clock.start()))
        at = _moment(head.day, dates, clock, line, start)
        if label:
            head = head if head.received else replace(head, received=at)
        elif not head.despatched and (_DESPATCH.search(line) or full):
            head = replace(head, despatched=at)
    return head


def _span_of(one: WrittenDate) -> tuple[int, int]:
    """The half-open span of a date."""
    return one.start, one.end


def _moment(own: date, dates: list[WrittenDate], clock: re.Match[str], line: str, start: int) -> Moment:
    near = min(dates, key=lambda one: min(abs(one.start - clock.end()), abs(one.end - clock.start())), default=None)
    day = (near.on(own.year) if near else None) or own
    return Moment(day, minute_of(clock), start + clock.start(), start + clock.end())


def minute_of(clock: re.Match[str]) -> int | None:
    """Minutes after midnight; None where the day cannot have such an hour, or midnight leaves it open."""
    if clock["noon"]:
        return 720 if clock["noon"].lower() == "noon" else None
    if clock["long"]:
        return int(clock["long"]) * 60 + int(clock["last"]) if int(clock["long"]) < 24 else None
    hour, minute = int(clock["hour"]), int(clock["minute"] or 0)
    if not 1 <= hour <= 12 or minute > 59:
        return None
    return (hour % 12 + (12 if clock["half"].lower() == "p" else 0)) * 60 + minute


def _with_first_paragraph(head: Head, opening: str) -> Head:
    """American telegrams bear their number at the head of the first paragraph, which begins at ``head.end``."""
    begin = head.end + len(opening) - len(opening.lstrip())
    found = _AMERICAN_NUMBER.match(opening.lstrip())
    if head.number or head.written is None or not found or int(found["number"]) < _FEWEST_IN_SERIES:
        return head
    span = begin + found.start("number"), begin + found.end("number")
    return replace(head, number=found["number"], number_span=span)
