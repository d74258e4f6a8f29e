"""Which documents of an edition are listed, and in which order: one grammar for the screen's line and the command.

A line is words and conditions. Words find documents by name, title and person, also where they are misspelt.
Conditions are ``state:draft``, ``by:ada``, ``is:open``, ``is:asked``, ``is:unwritten``, ``is:decided``,
``is:unreadable``, ``level:certain``; all must hold, of one key any.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from rapidfuzz import fuzz, process

from obelos_history import STATES
from obelos_transcripts import BadInput
from obelos_transcripts.schema import did_you_mean

from .desk_row import DeskRow

_NEAR = 80.0
"""How alike, of 100, a part of the text must be to a word that is misspelt."""

IS: dict[str, Callable[[DeskRow], bool]] = {
    "open": lambda row: row.certain > 0 or row.likely > 0,
    "asked": lambda row: row.queries > 0,
    "unwritten": lambda row: row.pending > 0,
    "decided": lambda row: row.decisions > 0 or row.pending > 0,
    "unreadable": lambda row: bool(row.trouble),
}
"""What a document can be."""

_LEVELS: dict[str, Callable[[DeskRow], bool]] = {
    "certain": lambda row: row.certain > 0,
    "likely": lambda row: row.likely > 0,
    "possible": lambda row: row.possible > 0,
}
_CONDITIONS: dict[str, dict[str, Callable[[DeskRow], bool]]] = {"is": IS, "level": _LEVELS}
KEYS = ("state", "is", "level", "by")

SORTS: dict[str, tuple[Callable[[DeskRow], Any], bool]] = {
    "name": (attrgetter("name"), False),
    "state": (lambda row: STATES.index(row.state) if row.state in STATES else -1, False),
    "open": (lambda row: (row.certain + row.likely, row.certain), True),
    "certain": (attrgetter("certain"), True),
    "likely": (attrgetter("likely"), True),
    "possible": (attrgetter("possible"), True),
    "asked": (attrgetter("queries"), True),
    "unwritten": (attrgetter("pending"), True),
    "last": (attrgetter("when"), True),
    "by": (lambda row: (not row.who, row.person.casefold()), False),
}
"""The orders: what they go by, and whether the greatest comes first."""


@dataclass(frozen=True)
class Filter:
    """Which documents are listed; an empty one lists all."""

    words: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    is_: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    by: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.words, self.state, self.is_, self.level, self.by))


def read_filter(line: str) -> Filter:
    """The filter that a line means.

    Raises:
        BadInput: A condition that there is not; the message says which there are.
    """
    found = Filter()
    for part in line.split():
        key, colon, value = part.partition(":")
        if not colon or key not in KEYS:
            if colon and (hint := did_you_mean(key, KEYS)).startswith("; did"):
                raise BadInput.at("filter", None, f"there is no condition “{key}:”{hint}")
            found = replace(found, words=(*found.words, part.casefold()))
            continue
        known = STATES if key == "state" else tuple(_CONDITIONS[key]) if key in _CONDITIONS else ()
        if known and value not in known:
            hint = did_you_mean(value, known)
            raise BadInput.at("filter", None, f"“{key}:” goes with {', '.join(known)}, not “{value}”{_only(hint)}")
        field = "is_" if key == "is" else key
        found = replace(found, **{field: (*getattr(found, field), value.casefold() if key == "by" else value)})
    return found


def listed(rows: Sequence[DeskRow], wanted: Filter, sort: str = "name", *, backwards: bool = False) -> list[DeskRow]:
    """The rows that a filter leaves, in order; where words are looked for, the better match comes first.

    Args:
        sort: A key of `SORTS`; documents alike come by name.
        backwards: In the opposite of the usual order.
    """
    kept = [row for row in rows if _fits(row, wanted)] if wanted else list(rows)
    by, downwards = SORTS[sort]
    if sort != "name":
        kept.sort(key=attrgetter("name"))
    kept.sort(key=by, reverse=downwards != backwards)
    return _found(kept, wanted.words) if wanted.words else kept


def _fits(row: DeskRow, wanted: Filter) -> bool:
    return (
        (not wanted.state or row.state in wanted.state)
        and (not wanted.is_ or any(IS[one](row) for one in wanted.is_))
        and (not wanted.level or any(_LEVELS[one](row) for one in wanted.level))
        and (not wanted.by or any(one in row.who.casefold() for one in wanted.by))
    )


def _found(rows: list[DeskRow], words: Sequence[str]) -> list[DeskRow]:
    """The rows in which all words stand, the exact ones first, then those that are like them."""
    texts = [f"{row.name} {row.title} {row.person}".casefold() for row in rows]
    scores = [0.0] * len(rows)
    left = list(range(len(rows)))
    for word in words:
        some = [texts[number] for number in left]
        whole = [word in text for text in some]
        near: dict[int, float] = {}
        if len(word) > 2 and not all(whole):
            far = [text if not there else None for text, there in zip(some, whole, strict=True)]
            matches = process.extract(word, far, scorer=fuzz.partial_ratio, score_cutoff=_NEAR, limit=None)
            near = {number: score for _, score, number in matches}
        fitting = []
        for place, number in enumerate(left):
            score = 101.0 if whole[place] else near.get(place)
            if score is not None:
                scores[number] += score
                fitting.append(number)
        left = fitting
    left.sort(key=lambda number: -scores[number])
    return [rows[number] for number in left]


def _only(hint: str) -> str:
    return hint if hint.startswith("; did") else ""
