"""Kind ``series``: what the documents of an edition say of one another.

``what: twice`` (two documents of one sender bear the same number and date), ``gap`` (a number is missing between two
documents of a numbered series, if at most ``most`` are), ``backwards`` (a higher number with an earlier date),
``cited`` (a document is cited by number with another date than it bears), ``early`` (a document answers one of the
edition that is dated later than itself).

Such a rule looks across an edition, at the facts of its documents. In a single text it finds something only where
form feeds part it into several documents; so its examples can be proved.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from obelos_transcripts import Layer
from obelos_transcripts.schema import Field, Problems, choice, whole

from ..calendar_dates import find_dates
from ..classes import MONTHS
from ..document_model import head_of
from ..model import Hit
from ..reading import Reading, read
from ..references import references_of
from .base import Kind, Values

CitedPaper = tuple[str, str, int, int, str]
"""A reference: number, ISO date or empty, half-open span of its number, whose (your, my, a place, or empty)."""


@dataclass(frozen=True)
class Facts:
    """What a series needs to know of a document; it can be stored as JSON.

    Attributes:
        number: Its number, or empty.
        date: ISO 8601, or empty.
        sender, recipient: As the heading or document.yaml has them, in small letters.
        series: Label of the numbered series: its sender and recipient.
        start, end: Half-open span of the number in the text; of the first line where there is none.
        references: Papers that the document cites.
    """

    number: str = ""
    date: str = ""
    sender: str = ""
    recipient: str = ""
    series: str = ""
    start: int = 0
    end: int = 0
    references: tuple[CitedPaper, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain data for a cache."""
        return {**self.__dict__, "references": [list(one) for one in self.references]}

    @classmethod
    def of_json(cls, data: Mapping[str, Any]) -> "Facts":
        """The facts that `as_json` wrote."""
        cited = tuple((str(n), str(d), int(s), int(e), str(w)) for n, d, s, e, w in data["references"])
        return cls(**{**data, "references": cited})


@dataclass(frozen=True)
class SeriesFinding:
    """A hit in one document of the edition, by the document's name."""

    document: str
    hit: Hit


def facts_of(reading: Reading) -> Facts:
    """The facts of one document: its heading, and where that is silent, document.yaml."""
    head, details = reading.once(head_of), reading.details
    day = head.day.isoformat() if head.day else _iso(details.date)
    sender = _plain(head.sender or details.sender)
    recipient = _plain(head.recipient or details.recipient)
    span = head.number_span if head.number else _first_line(reading.text)
    return Facts(
        number=head.number or details.number,
        date=day,
        sender=sender,
        recipient=recipient,
        series=f"{sender} to {recipient}" if sender and recipient else "",
        start=span[0],
        end=span[1],
        references=tuple(_cited(reading)),
    )


def _cited(reading: Reading) -> Iterator[CitedPaper]:
    for one in reading.once(references_of):
        if one.number and one.layer == "body":
            day = one.date.day.isoformat() if one.date and one.date.day else ""
            yield one.number, day, *one.number_span, one.whose or _plain(one.place)


def _iso(stated: str) -> str:
    try:
        return date.fromisoformat(stated).isoformat()
    except ValueError:
        day = next((one.on() for one in find_dates(stated)), None)
        return day.isoformat() if day else ""


def _plain(name: str) -> str:
    return " ".join(name.lower().removeprefix("the ").split())


def _first_line(text: str) -> tuple[int, int]:
    start = len(text) - len(text.lstrip())
    return start, start + len(text[start : start + 80].split("\n", 1)[0].rstrip())


Entries = Sequence[tuple[str, Facts]]


def _parts(reading: Reading) -> tuple[list[int], list[tuple[str, Facts]]]:
    """Where the parts of a text begin that form feeds divide, and their facts."""
    starts, entries = [0], []
    for part in reading.text.split("\f"):
        entries.append((f"{len(starts):09}", facts_of(read(part))))
        starts.append(starts[-1] + len(part) + 1)
    return starts, entries


@dataclass(frozen=True)
class SeriesDetector:
    """Looks at all documents of an edition, or at those that form feeds part in one text."""

    what: str
    most: int

    def __call__(self, reading: Reading, layers: tuple[Layer, ...]) -> Iterator[Hit]:
        """Nothing where the text is one document."""
        if "\f" not in reading.text:
            return
        starts, entries = reading.once(_parts)
        for one in self.across(entries):
            begin = starts[int(one.document) - 1]
            yield Hit(begin + one.hit.start, begin + one.hit.end, one.hit.suggestions, one.hit.values)

    def across(self, entries: Entries) -> Iterator[SeriesFinding]:
        """Findings among documents, given with their names; the order of the entries does not matter."""
        return _SEARCHES[self.what](sorted(entries, key=lambda one: one[0]), self.most)


def _found(name: str, facts: Facts, *readings: str, **values: str) -> SeriesFinding:
    return SeriesFinding(name, Hit(facts.start, facts.end, readings, {"other": "", "number": facts.number, **values}))


def _series(entries: Entries) -> dict[str, list[tuple[int, str, str, Facts]]]:
    """Documents of each series that have number and date: (number, date, name, facts), in order."""
    found: dict[str, list[tuple[int, str, str, Facts]]] = {}
    for name, facts in entries:
        if facts.series and facts.number.isdecimal() and facts.date:
            found.setdefault(facts.series, []).append((int(facts.number), facts.date, name, facts))
    return {series: sorted(members, key=lambda one: one[:3]) for series, members in found.items()}


def _twice(entries: Entries, most: int) -> Iterator[SeriesFinding]:
    seen: dict[tuple[str, str, str], str] = {}
    for name, facts in entries:
        key = facts.sender, facts.number, facts.date
        if all(key) and key in seen:
            yield _found(name, facts, other=seen[key])
        seen.setdefault(key, name)


def _gap(entries: Entries, most: int) -> Iterator[SeriesFinding]:
    for members in _series(entries).values():
        for (first, day, name, _), (second, later, own, facts) in pairwise(members):
            # Numbers begin anew each year, so a gap is looked for within one only.
            if day[:4] == later[:4] and 1 < second - first <= most + 1:
                missing = str(first + 1) if second - first == 2 else f"{first + 1} to {second - 1}"
                yield _found(own, facts, other=name, number=missing)


def _backwards(entries: Entries, most: int) -> Iterator[SeriesFinding]:
    for members in _series(entries).values():
        for (first, day, name, _), (second, later, own, facts) in pairwise(members):
            if first < second and day[:4] == later[:4] and later < day:
                yield _found(own, facts, other=f"{name} ({_shown(day)})")


def _cited_otherwise(entries: Entries, most: int) -> Iterator[SeriesFinding]:
    for name, _, cited, other_name, other in _answers(entries):
        number, day, start, end, _ = cited
        if day and other.date and day != other.date and abs(_days(day, other.date)) <= most:
            values = {"other": f"{other_name} ({_shown(other.date)})", "number": number}
            yield SeriesFinding(name, Hit(start, end, (), values))


def _early(entries: Entries, most: int) -> Iterator[SeriesFinding]:
    for name, facts, cited, other_name, other in _answers(entries):
        number, day, start, end, _ = cited
        # A number comes again after a year: only a paper of the days after can be the one that is meant.
        if facts.date and other.date and not day and 1 < _days(other.date, facts.date) <= most:
            values = {"other": f"{other_name} ({_shown(other.date)})", "number": number}
            yield SeriesFinding(name, Hit(start, end, (), values))


def _answers(entries: Entries) -> Iterator[tuple[str, Facts, CitedPaper, str, Facts]]:
    """Each citation with the one document that it can mean: *your* is the recipient's, *my* one's own."""
    by_sender: dict[tuple[str, str], list[tuple[str, Facts]]] = {}
    for name, facts in entries:
        by_sender.setdefault((facts.sender, facts.number), []).append((name, facts))
    for name, facts in entries:
        for cited in facts.references:
            sender = {"your": facts.recipient, "my": facts.sender}.get(cited[4], "")
            meant = by_sender.get((sender, cited[0]), []) if sender else []
            if len(meant) > _MOST_OF_ONE_NUMBER:
                continue  # numbers that begin anew so often tell nothing
            near = [one for one in meant if one[0] != name and _in_one_series(facts, one[1])]
            if len(near) == 1:
                yield name, facts, cited, *near[0]


_MOST_OF_ONE_NUMBER = 50


def _in_one_series(one: Facts, other: Facts) -> bool:
    """Whether two documents lie within half a year, or one of them is undated."""
    return not one.date or not other.date or abs(_days(one.date, other.date)) < 183


def _days(first: str, second: str) -> int:
    return (date.fromisoformat(first) - date.fromisoformat(second)).days


def _shown(day: str) -> str:
    one = date.fromisoformat(day)
    return f"{one.day} {MONTHS[one.month - 1].capitalize()} {one.year}"


_SEARCHES = {
    "twice": _twice,
    "gap": _gap,
    "backwards": _backwards,
    "cited": _cited_otherwise,
    "early": _early,
}


def _build(values: Values, problems: Problems, line: int) -> SeriesDetector:
    return SeriesDetector(values["what"], values["most"])


KIND = Kind(
    "series",
    {
        "what": Field(choice(*_SEARCHES), required=True, about="what is compared; see above"),
        "most": Field(whole, default=31, about="numbers that may be missing, or days between dates, at most"),
    },
    _build,
    frozenset({"other", "number"}),
    __doc__ or "",
)
