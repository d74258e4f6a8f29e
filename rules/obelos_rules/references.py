"""References of a document to other papers: *your telegram No. 45 of 3rd June*, *Embtel 1279, October 7*.

A reference has a noun, a number, a date or several of these; what one does not say stays empty. Lists of several
numbers are not references here: their dates cannot be told apart with certainty.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

from obelos_transcripts import Layer

from .document_model import Dated, dates_of
from .reading import Reading, Words

NOUNS = {
    "telegram": "telegram",
    "tel": "telegram",
    "telegraphic": "telegram",
    "cable": "telegram",
    "message": "message",
    "despatch": "despatch",
    "dispatch": "despatch",
    "desp": "despatch",
    "letter": "letter",
    "note": "note",
    "memorandum": "memorandum",
    "memo": "memorandum",
    "minute": "minute",
    "airgram": "airgram",
}
"""Nouns of papers that bear dates, with the class of each."""
_OWNERS = {"your": "your", "ur": "your", "my": "my", "our": "my", "emb": "emb", "dep": "dept", "dept": "dept"}
_TEL = re.compile(
    r"(?:re|our)?(?P<whose>ur|my|our|emb|dept?|con(?:gen)?|leg)?(?P<circular>cir(?:c)?)?tel", re.IGNORECASE
)
_NUMBER = re.compile(
    r"(?:\.|,)?\s{0,3}(?:[Nn]o\.?\s{0,3}|[Nn]umber\s{1,3}|[Cc]ircular\s{1,3})?(?P<number>\d{1,6})(?!\w|[/.–-]\d|[°%])"
)
_OFFICE = r"[A-Z][\w’.]{1,20}(?: [A-Z][\w’.]{1,20}){0,2}"
_TO_DATE = re.compile(
    rf"(?:,?\s{{1,3}}(?P<way>from|to)\s{{1,3}}(?:the\s)?(?P<place>{_OFFICE}))?"
    rf"(?:\s{{1,3}}(?:from|to)\s{{1,3}}(?P<second>{_OFFICE}))?"
    r"(?:,?\s{1,3}(?:of|dated)(?:\sthe)?|,)?\s{0,3}",
)
_REACH = 80
"""Code points from the noun or number of a reference to its date."""


@dataclass(frozen=True)
class Reference:
    """A reference at a half-open span. ``whose``: your, my, emb, dept, another prefix of -tel, or empty.

    ``number_span`` may be empty; ``way`` is *from* or *to*, ``place`` the office that it names.
    """

    start: int
    end: int
    layer: Layer
    noun: str
    whose: str
    number: str
    number_span: tuple[int, int]
    way: str
    place: str
    date: Dated | None


def references_of(reading: Reading) -> tuple[Reference, ...]:
    """The references in body and notes that give a number or a date, in order."""
    words = reading.words(("body", "note"))
    dates = reading.once(dates_of)
    starts = [one.written.start for one in dates]
    found = (_reference(reading, words, place, dates, starts) for place in _nouns(words))
    return tuple(one for one in found if one)


def _nouns(words: Words) -> list[int]:
    wanted = {form for form in words.distinct if form in NOUNS or (form.endswith("tel") and _TEL.fullmatch(form))}
    return [number for number, form in enumerate(words.normal) if form in wanted] if wanted else []


def _named(words: Words, place: int) -> tuple[str, str]:
    """The class of a noun, and whose paper it is."""
    form = words.normal[place]
    if noun := NOUNS.get(form):
        before = words.before(place)
        return noun, _OWNERS.get(words.normal[before], "") if before is not None else ""
    joined = _TEL.fullmatch(form)
    if joined is None or joined["circular"]:
        return "telegram", "circular"
    return "telegram", _OWNERS.get(joined["whose"] or "", joined["whose"] or "")


def _reference(
    reading: Reading, words: Words, place: int, dates: tuple[Dated, ...], starts: list[int]
) -> Reference | None:
    view, start, end = words.view, words.starts[place], words.ends[place]
    number = _NUMBER.match(view, end)
    after = number.end() if number else end
    at = bisect_left(starts, after)
    near = at < len(dates) and starts[at] - after <= _REACH and dates[at].written.day
    if number is None and not near:
        return None
    link = _TO_DATE.match(view, after) if near else None
    reached = link.end() if link else after
    dated = dates[at] if link and starts[at] in (reached, reached - 1) else None
    if dated and number is None and not view[end:reached].strip(", "):
        dated = None  # "the note, June 5": of what is said there no one can be sure
    if number is None and dated is None:
        return None
    noun, whose = _named(words, place)
    span = number.span("number") if number else (end, end)
    return Reference(
        start,
        dated.written.end if dated else after,
        reading.layered.layer_at(start),
        noun,
        whose,
        number["number"] if number else "",
        span,
        (link["way"] or "") if link and dated else "",
        (link["place"] or "") if link and dated else "",
        dated,
    )


def references_between(references: tuple[Reference, ...], start: int, end: int) -> tuple[Reference, ...]:
    """The references that begin in a half-open span."""
    low = bisect_left(references, start, key=_start)
    return references[low : bisect_left(references, end, lo=low, key=_start)]


def _start(one: Reference) -> int:
    return one.start
