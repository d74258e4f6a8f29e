"""One prompt for going anywhere: a finding, a line, a rule's findings, a decision, a commit, another document.

What the words may mean is listed, the likeliest first; going to the first is what ``enter`` does.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from obelos_history import describe
from obelos_transcripts import BadInput, Lines

from .review import Review
from .shown import Item
from .view import first_open
from .word_steps import word_around

Kind = Literal["finding", "line", "rule", "decision", "commit", "document"]

_MOST = 20
_ID = re.compile(r"[0-9A-HJKMNP-TV-Z]{4,26}", re.IGNORECASE)
_HEX = re.compile(r"[0-9a-f]{4,64}", re.IGNORECASE)

HINT = "a number (finding), line 12, a rule's code, a document's name, the id of a decision or a commit"


@dataclass(frozen=True)
class Target:
    """Somewhere to go.

    Attributes:
        value: Number of a finding or line, from 1; code of a rule; id; name of a document.
        told: The target in a few words.
    """

    kind: Kind
    value: str
    told: str


@dataclass(frozen=True)
class Arrived:
    """Where a target leads: an item to take in hand, lines to read; one of them may be missing."""

    item: Item | None
    lines: tuple[str, ...]


def targets(words: str, review: Review, names: Sequence[str], items: Sequence[Item]) -> tuple[Target, ...]:
    """What some words may mean, the likeliest first. ``names``: documents of the edition; ``items``: those shown.

    Git is asked only where the words may be the beginning of a commit's id.
    """
    words = words.strip()
    return tuple(islice(_targets(words, review, names, items), _MOST)) if words else ()


def target_of(words: str, review: Review, names: Sequence[str], items: Sequence[Item]) -> Target:
    """The likeliest target.

    Raises:
        BadInput: The words mean nothing here.
    """
    found = targets(words, review, names, items)
    if not found:
        raise BadInput.at("go to", None, f"“{words}” is nothing to go to here; say {HINT}")
    return found[0]


def _targets(words: str, review: Review, names: Sequence[str], items: Sequence[Item]) -> Iterator[Target]:
    text = review.state.text
    line = re.fullmatch(r"(?:line|l) ?(\d{1,9})", words, re.IGNORECASE)
    number = re.fullmatch(r"#?(\d{1,9})", words)
    if number and 1 <= int(number[1]) <= len(items):
        item = items[int(number[1]) - 1]
        what = item.finding.message if item.finding else text[slice(*item.span)]
        yield Target("finding", number[1], f"finding {number[1]} of {len(items)}: {what}")
    if line or number:
        last = text.count("\n") + 1
        value = int((line or number or words)[1])
        if 1 <= value <= last:
            yield Target("line", str(value), f"line {value} of {last}")
    yield from _rules(words.casefold(), review, items)
    if words in names:
        yield Target("document", words, f"document {words}")
    yield from _decisions(words, review)
    yield from _commits(words, review)
    yield from (Target("document", name, f"document {name}") for name in _named(words.casefold(), names, words))


def _rules(words: str, review: Review, items: Sequence[Item]) -> Iterator[Target]:
    counts: dict[str, int] = {}
    for item in items:
        if item.finding:
            counts[item.finding.code] = counts.get(item.finding.code, 0) + 1
    names = {rule.code: rule.name for rule in review.rules}
    for code, count in counts.items():
        if words == code.casefold() or (len(words) > 2 and words in f"{code} {names.get(code, '')}".casefold()):
            yield Target("rule", code, f"{code} {names.get(code, '')}: {count} here")


def _decisions(words: str, review: Review) -> Iterator[Target]:
    if _ID.fullmatch(words):
        for decision in reversed(review.history.decisions):
            if decision.id.startswith(words.upper()):
                yield Target("decision", decision.id, f"decision {decision.id}: {decision.summary()}")


def _commits(words: str, review: Review) -> Iterator[Target]:
    if _HEX.fullmatch(words):
        for entry in review.entries():
            if entry.kind == "commit" and entry.id.startswith(words.lower()):
                yield Target("commit", entry.id, f"commit {entry.id[:10]}: {entry.title}")


def _named(words: str, names: Iterable[str], exact: str) -> Iterator[str]:
    """Names that begin with the words, then those that hold all of them, in any order."""
    later: list[str] = []
    parts = words.split()
    for name in names:
        low = name.casefold()
        if name == exact:
            continue
        if low.startswith(words):
            yield name
        elif len(later) < _MOST and all(part in low for part in parts):
            later.append(name)
    yield from later


def arrive(review: Review, target: Target, items: Sequence[Item]) -> Arrived:
    """Where a target within the document leads. A document is for the caller to open."""
    text = review.state.text
    if target.kind == "finding":
        return Arrived(items[int(target.value) - 1], ())
    if target.kind == "line":
        word = word_around(text, Lines(text).start(int(target.value)))
        return Arrived(review.item_for(word) if word else None, ())
    if target.kind == "rule":
        own = [item for item in items if item.finding and item.finding.code == target.value]
        return Arrived(first_open(own) or own[0], ())
    if target.kind == "decision":
        return _arrive_at_decision(review, target.value)
    entries = review.entries()
    commit = next(entry for entry in entries if entry.id == target.value)
    of = [entry for entry in entries if entry.decision and entry.commit == commit.id]
    first = _arrive_at_decision(review, of[-1].id).item if of else None
    told = [f"commit {commit.id}", f"{commit.person}, {commit.when:%Y-%m-%d %H:%M}", "", commit.title, *commit.message]
    return Arrived(first, tuple(told))


def _arrive_at_decision(review: Review, ident: str) -> Arrived:
    decision = next(one for one in review.history.decisions if one.id == ident)
    here = next((item for item in review.state.items if item.decision and item.decision.id == ident), None)
    span = review.state.passages.working(decision)
    return Arrived(here or review.item_for(span), (decision.summary(), *describe(decision)))
