"""Kind ``date``: dates that cannot be, or that something else in the document contradicts.

``what: impossible`` (31 June), ``weekday`` (the weekday of a date is another; where the year is not given, the
document's own), ``citation`` (a note or line speaks of *June 1946* and cites a numeric date in June of another year,
and none in that June), ``later`` (*your telegram of June 9* in a document of June 3: by ``least`` to ``most`` days),
``twofold`` (a paper cited twice by its number, with two dates), ``window`` (a year that the document cannot mean),
``day-word`` (*yesterday, June 4*, by ``least`` days or more), ``receipt`` (received on a day before despatch),
``hour`` (received in an hour before despatch), ``file``, ``source``, ``file-behind`` and ``file-cited`` (file
numbers that end in another date: in the heading, in the note on the source, right behind a paper cited or in its note,
elsewhere in the passage), ``range`` (*25 to 23 March*), ``own``
(the heading's date against document.yaml and *Addressed to Paris telegram No. 61 of May 3*), ``noted`` (the note at
a reference says *Dated May 3*), ``time-group`` (*message 181251Z, January 13*, by ``least`` days or more).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from obelos_transcripts import Layer
from obelos_transcripts.schema import Field, Problems, choice, whole

from ..calendar_dates import WrittenDate, find_dates
from ..classes import MONTHS, WEEKDAYS
from ..dates_against import (
    against_cited_file,
    against_day_words,
    against_file_behind,
    against_own_file,
    against_time_group,
    later_papers,
    outside_window,
    own_date_elsewhere,
    receipt_before_despatch,
    two_dates,
)
from ..document_model import Dated, dates_of, written_dates
from ..model import Detector, Hit
from ..reading import Reading
from ..references_against import noted_file, noted_otherwise
from .base import Kind, Values

_GREGORIAN = 1919
"""From this year on hardly any writer still dates by the Julian calendar."""
_NEAREST = 3
_WEEKDAY_AFTER = re.compile(rf"(?:, | \()(?P<weekday>{'|'.join(day.capitalize() for day in WEEKDAYS)})(?![\w’'])")
_BEFORE_FIRST = re.compile(r"(?<![\w/.,])(?P<first>[0-3]?\d)(?:st|nd|rd|th)?(?:\s?[–-]\s?|\sto\s)\Z")
_SECOND_AFTER = re.compile(
    r"(?:\s?[–-]\s?|\sto\s)(?P<second>\d{1,2})(?:st|nd|rd|th)?(?=[.,;)\n]|\Z|\s(?:in|at|and|of|was|were)\b)(?![.,:]\d|[ap]\.?m)"
)


def _build(values: Values, problems: Problems, line: int) -> Detector:
    search = _searches(values["least"], values["most"])[values["what"]]

    def detect(reading: Reading, layers: tuple[Layer, ...]) -> Iterable[Hit]:
        return search(reading, layers)

    return detect


def _searches(least: int, most: int) -> dict[str, Callable[[Reading, tuple[Layer, ...]], Iterable[Hit]]]:
    return {
        "impossible": _impossible,
        "weekday": _weekday,
        "citation": _citation,
        "range": _ranges,
        "later": lambda reading, layers: later_papers(reading, least, most),
        "twofold": lambda reading, layers: _within(two_dates(reading), reading, layers),
        "window": lambda reading, layers: outside_window(reading),
        "day-word": lambda reading, layers: against_day_words(reading, least),
        "receipt": lambda reading, layers: receipt_before_despatch(reading, days=True),
        "hour": lambda reading, layers: receipt_before_despatch(reading, days=False),
        "file": lambda reading, layers: against_own_file(reading, "heading"),
        "source": lambda reading, layers: against_own_file(reading, "source"),
        "file-cited": lambda reading, layers: against_cited_file(reading),
        "file-behind": lambda reading, layers: chain(against_file_behind(reading), noted_file(reading)),
        "time-group": lambda reading, layers: _within(against_time_group(reading, least), reading, layers),
        "noted": lambda reading, layers: noted_otherwise(reading, "date"),
        "own": lambda reading, layers: own_date_elsewhere(reading),
    }


def _within(hits: Iterable[Hit], reading: Reading, layers: tuple[Layer, ...]) -> Iterator[Hit]:
    return (hit for hit in hits if reading.layered.layer_at(hit.start) in layers)


def _impossible(reading: Reading, layers: tuple[Layer, ...]) -> Iterator[Hit]:
    for one, layer in reading.once(written_dates):
        if layer in layers and not one.possible():
            yield Hit(one.start, one.end, (), {"weekday": ""})


def _weekday(reading: Reading, layers: tuple[Layer, ...]) -> Iterator[Hit]:
    for one in reading.once(dates_of):
        if one.layer not in layers:
            continue
        if one.written.weekday:
            yield from _other_weekday(one, one.written.weekday, one.written.start, one.written.end, one.written.text)
        elif reading.text[one.written.end : one.written.end + 2] in (", ", " ("):
            after = _WEEKDAY_AFTER.match(reading.text, one.written.end)
            if after:
                yield from _other_weekday(one, after["weekday"], *after.span("weekday"), after["weekday"])


def _other_weekday(one: Dated, weekday: str, start: int, end: int, text: str) -> Iterator[Hit]:
    right = one.written.weekday_of(one.supplied)
    if not right or right == weekday.capitalize() or (one.written.year or one.supplied) < _GREGORIAN:
        return
    cased = right.upper() if weekday.isupper() else right
    yield Hit(start, end, (text.replace(weekday, cased, 1),), {"weekday": right})


def _ranges(reading: Reading, layers: tuple[Layer, ...]) -> Iterator[Hit]:
    """Days of one month in the wrong order; years are compared by a pattern of their own."""
    last_end = 0
    for one, layer in reading.once(written_dates):
        taken, last_end = last_end, one.end
        if layer not in layers or not one.day or one.numeric or one.weekday:
            continue
        view = reading.view((layer,))
        day_first = one.text[0].isdecimal()
        if day_first:
            found = _BEFORE_FIRST.search(view, max(taken, one.start - 9), one.start)
            first, second = (int(found["first"]), one.day) if found else (0, 0)
        else:
            found = None if one.year else _SECOND_AFTER.match(view, one.end)
            first, second = (one.day, int(found["second"])) if found else (0, 0)
        if found and 31 >= first >= second > 0:
            yield Hit(min(found.start("first"), one.start) if day_first else one.start, max(found.end(), one.end))


def _citation(reading: Reading, layers: tuple[Layer, ...]) -> Iterator[Hit]:
    if not any(one.numeric for one, _ in reading.once(written_dates)):
        return
    for view, start, end in reading.passages(layers):
        yield from _against_citation(list(find_dates(view, start, end)))


def _against_citation(dates: list[WrittenDate]) -> Iterator[Hit]:
    """Each date is looked up, not compared with all others: a passage may hold any number of them."""
    cited = [one for one in dates if one.numeric and one.possible()]
    agreed = {(one.month, one.year) for one in cited}
    prose: dict[tuple[int, int, int], int] = {}
    for number, one in enumerate(dates):
        if not one.numeric and one.year:
            prose.setdefault((one.year, one.month, one.day), number)
    months = {(month, year) for year, month, _ in prose}
    for one in cited:
        if (one.month, one.year) in months:
            continue
        said = [
            (prose[key], year)
            for year in range(one.year - _NEAREST, one.year + _NEAREST + 1)
            if (one.month, year) in months and (one.month, year) not in agreed
            for key in ((year, one.month, 0), (year, one.month, one.day))
            if key in prose
        ]
        if said:
            year = min(said)[1]
            prose_date = f"{MONTHS[one.month - 1].capitalize()} {year}"
            yield Hit(one.start, one.end, (one.text[:-4] + str(year),), {"prose": prose_date})


KIND = Kind(
    "date",
    {
        "what": Field(choice(*_searches(0, 0)), required=True, about="what is compared; see above"),
        "least": Field(whole, default=1, about="days of difference that are flagged, at least"),
        "most": Field(whole, default=31, about="days of difference that are flagged, at most"),
    },
    _build,
    frozenset({"weekday", "prose", "other"}),
    __doc__ or "",
)
