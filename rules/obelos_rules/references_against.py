"""References against one another: one paper with two numbers, and what the note at a reference says of it.

A note that is called right behind a reference and begins with a number or a date speaks of that very paper; no other
identity is as certain.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from .dates_against import agree, files_of
from .document_model import Dated, dates_between, dates_of
from .model import Hit
from .reading import Reading
from .references import Reference, references_between, references_of

_DATED = re.compile(r"\s*(?:Dated|Of|The telegram is dated|This telegram is dated|The letter is dated)\s\Z")
_BEGINNING = re.compile(r"\s*(?:In |Reference is to )?(?:the )?(?:[Cc]ircular |Embassy |Department )?\Z")
_BETWEEN = re.compile(r"[\s.,;:)”’\"]{0,3}\Z")
_OPENING = 40
"""Code points at the beginning of a note that say what it is about."""


def annotated(reading: Reading) -> Iterator[tuple[Reference, int, int]]:
    """References of the body that a note is called at, with the half-open span of the note."""
    references = [one for one in reading.once(references_of) if one.layer == "body"]
    ends = {one.end: one for one in references}
    for note in reading.layered.notes if references else ():
        if not note.anchor or not note.body:
            continue
        before = reading.text[max(0, note.anchor.start - 3) : note.anchor.start]
        for back in range(len(before) + 1):
            one = ends.get(note.anchor.start - back)
            if one and _BETWEEN.match(before[len(before) - back :]):
                yield one, note.body.start, note.body.end
                break


def noted_otherwise(reading: Reading, what: str) -> Iterator[Hit]:
    """References whose note gives another ``number``, or another ``date``."""
    for one, start, end in annotated(reading):
        cited = references_between(reading.once(references_of), start, end)
        if what == "date":
            said = _date_said(reading, start, end, cited)
            if said and one.date and _differ(one.date, said):
                written = one.date.written
                yield Hit(written.start, written.end, (), {"other": said.written.text, "number": one.number})
            continue
        numbered = [other for other in cited if other.number]
        if not one.number or not numbered or not _BEGINNING.match(reading.text[start : numbered[0].start][:_OPENING]):
            continue
        if all(other.noun == one.noun and other.number != one.number for other in numbered):
            other = numbered[0]
            yield Hit(*one.number_span, (other.number,), {"number": other.number, "other": "", "count": ""})


def _date_said(reading: Reading, start: int, end: int, cited: tuple[Reference, ...]) -> Dated | None:
    """The one date with which a note begins: *Dated May 3, not printed.*"""
    dates = dates_between(reading.once(dates_of), start, min(end, start + _OPENING))
    if len(dates) != 1 or not dates[0].written.day or cited:
        return None
    return dates[0] if _DATED.match(reading.text[start : dates[0].written.start]) else None


def _differ(one: Dated, other: Dated) -> bool:
    return (one.written.month, one.written.day) != (other.written.month, other.written.day)


def noted_file(reading: Reading) -> Iterator[Hit]:
    """References with a date whose note gives one file number, of another day, and no date."""
    files = reading.once(files_of)
    starts = [file.start for file in files]
    for one, start, end in annotated(reading) if files else ():
        inside = files[bisect_left(starts, start) : bisect_left(starts, end)]
        if len(inside) != 1 or one.date is None or dates_between(reading.once(dates_of), start, end):
            continue
        if one.date.day and not agree(inside[0], one.date.day):
            yield Hit(inside[0].start, inside[0].end, (), {"other": one.date.written.text})


def near_numbers(reading: Reading) -> Iterator[Hit]:
    """Two papers of one day and side whose numbers differ by a figure dropped or two exchanged: 615 and 1615."""
    groups: dict[tuple[str, str, int, int], list[Reference]] = defaultdict(list)
    for one in reading.once(references_of):
        if len(one.number) > 2 and one.date:
            key = (one.noun, one.whose or one.way + one.place, one.date.written.month, one.date.written.day)
            groups[key].append(one)
    for group in groups.values():
        first = group[0]
        for one in group[1:]:
            if slipped(first.number, one.number):
                yield Hit(*one.number_span, (first.number,), {"number": first.number, "other": "", "count": ""})


def slipped(one: str, other: str) -> bool:
    """Whether a figure was dropped or added, or two neighbours exchanged."""
    short, long = sorted((one, other), key=len)
    if len(long) == len(short) + 1:
        return any(long[:n] + long[n + 1 :] == short for n in range(len(long)))
    if len(long) != len(short) or long == short:
        return False
    apart = [n for n in range(len(long)) if long[n] != short[n]]
    return (
        len(apart) == 2
        and apart[1] == apart[0] + 1
        and long[apart[0]] == short[apart[1]]
        and long[apart[1]] == short[apart[0]]
    )
