"""Anchors: words without which a rule cannot hit, looked up for all rules of a text in one pass.

A rule about *of the of* need only be asked where *the of* stands. Of all words, and pairs of neighbours, that a
phrase demands, the planner takes those that common English has least of; the rest of the phrase is then looked at
in those places only. So a thousand rules cost little more than one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import compress, count, pairwise
from typing import Generic, TypeVar

from .reading import Words

_T = TypeVar("_T")

# Occurrences in a thousand words of English prose, roughly, of the words that matter: the commonest ones.
_FREQUENT = {
    "the": 73, "of": 42, "to": 32, "and": 25, "in": 23, "a": 17, "that": 14, "is": 9, "for": 9, "on": 8, "with": 7,
    "be": 7, "by": 6, "as": 6, "it": 6, "he": 5, "this": 5, "was": 5, "at": 5, "not": 5, "would": 5, "have": 4,
    "i": 4, "we": 4, "from": 4, "his": 4, "are": 4, "which": 4, "has": 4, "an": 4, "will": 3, "or": 3, "had": 3,
    "they": 3, "their": 3, "our": 3, "been": 3, "but": 3, "if": 2, "should": 2, "were": 2, "all": 2, "any": 2,
    "no": 2, "other": 2, "there": 2, "such": 2, "its": 2, "one": 2, "may": 2, "s": 2, "more": 2, "also": 2,
    "these": 1, "who": 1, "can": 1, "could": 1, "only": 1, "so": 1, "than": 1, "into": 1, "them": 1, "him": 1,
    "under": 1, "some": 1, "what": 1, "up": 1, "you": 1, "your": 1, "my": 1, "out": 1, "when": 1, "do": 1, "now": 1,
    "about": 1, "two": 1, "time": 1, "new": 1, "made": 1, "said": 1, "government": 2, "1": 1, "2": 1,
}  # fmt: skip
_RARE = 0.03
_LEAST = 0.05
"""A pair is never counted as cheaper than a word that is rare by itself: it takes more looking."""
_THRIFT = 0.004
"""Of how many pairs, roughly, the second word fits if it fits as often as once in a thousand words."""


@dataclass(frozen=True)
class Anchor:
    """Words, or neighbouring words, that must stand in the text: the number of the first one is where to look.

    Attributes:
        first: In normal form.
        second: What must be the next word, if anything.
        beside: What must stand so many words from the first one, if anything; asked last.
    """

    first: frozenset[str]
    second: frozenset[str] | None = None
    beside: tuple[int, frozenset[str]] | None = None

    @property
    def cost(self) -> float:
        """How often it is met, in a thousand words of prose, roughly."""
        if self.second is None:
            return _cost(self.first)
        return max(_LEAST, _cost(self.first) * _cost(self.second) * _THRIFT)


@cache
def _cost(words: frozenset[str]) -> float:
    return sum(_FREQUENT.get(word, _RARE) for word in words)


def best_anchor(items: Sequence[frozenset[str] | None]) -> tuple[int, Anchor] | None:
    """The rarest anchor among words that follow one another, and the place of its first word.

    Args:
        items: For each place the words that may stand there; None where anything may.
    """
    single = [(place, Anchor(words)) for place, words in enumerate(items) if words]
    pairs = [(place, Anchor(one, two)) for place, (one, two) in enumerate(pairwise(items)) if one and two]
    found = min([*single, *pairs], key=lambda found: found[1].cost, default=None)
    if found is None:
        return None
    place, anchor = found
    width = 1 if anchor.second is None else 2
    near = [(step, items[place + step]) for step in (-1, width) if 0 <= place + step < len(items)]
    beside = min(((step, words) for step, words in near if words), key=lambda one: _cost(one[1]), default=None)
    return place, replace(anchor, beside=beside)


class Table(Generic[_T]):
    """What is to be asked at which words."""

    def __init__(self, entries: Iterable[tuple[Anchor, _T]]) -> None:
        self._single: dict[str, list[tuple[int, frozenset[str], _T]]] = {}
        self._pairs: dict[str, list[tuple[frozenset[str], int, frozenset[str], _T]]] = {}
        for anchor, entry in entries:
            step, beside = anchor.beside or (0, anchor.first)
            for word in anchor.first:
                if anchor.second is None:
                    self._single.setdefault(word, []).append((step, beside, entry))
                else:
                    self._pairs.setdefault(word, []).append((anchor.second, step, beside, entry))
        union = cache(lambda *sets: frozenset().union(*sets))
        self._gate = {word: union(*(second for second, *_ in pairs)) for word, pairs in self._pairs.items()}

    def places(self, words: Words) -> Iterator[tuple[int, _T]]:
        """Numbers of words, and what to ask there."""
        single, pairs, gate, normal = self._single, self._pairs, self._gate, words.padded
        if not single.keys().isdisjoint(words.distinct):
            for number in compress(count(), map(single.__contains__, words.normal)):
                for step, beside, entry in single[normal[number]]:
                    if normal[number + step] in beside:
                        yield number, entry
        met = compress(count(), map(gate.__contains__, words.normal)) if gate else ()
        for number in [n for n in met if normal[n + 1] in gate[normal[n]]]:
            following = normal[number + 1]
            for second, step, beside, entry in pairs[normal[number]]:
                if following in second and normal[number + step] in beside:
                    yield number, entry
