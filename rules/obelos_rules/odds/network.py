"""The network: how likely each word is in a gap, by the words on either side; no word in it is one of the answers.

Input is what stands up to `REACH` places to the left and right: a vector for each form (factorised counts of its
neighbours) and whether it has a capital; and how telegraphic the passage is. Two layers lead to a vector of the gap;
its products with the vectors of the function words, of "nothing stands here", and of all other words are the scores.
All scores of a gap share one unknown summand, so only differences of scores mean anything.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from .forms import REACH, SPECIAL, Forms, Vocabulary

Floats = np.ndarray[Any, Any]
Ints = np.ndarray[Any, Any]

_WORDS = """
the a an of to in on at by for from with within into onto upon over under and or but nor if as that than then
this these those it its he his him her she they their them we us our you your i my is are was were be been being
has have had do does did not no now so such which who what when where there here will would shall should can
could may might must one any all some only also more most very about out up off through between among against
during before after until since while because though both each other own same just even without toward towards
however therefore still yet already again too much many few first two new well how why whether either neither
"""
FUNCTION = tuple(_WORDS.split())
"""The words that every gap is asked about."""
STYLE = 3
"""Inputs that say how telegraphic a passage is."""
_ARTICLES = ("the", "a", "an")
_LINKS = ("of", "to", "in", "that", "is", "was", "be", "have")
TOGETHER = 1024
"""Places worked out at once: what they need stays in the processor's cache."""
_AROUND = 40
"""Places on either side by which a passage is called telegraphic."""


@dataclass(frozen=True)
class Weights:
    """The numbers of the network.

    Attributes:
        e: A vector for each form, in 127ths of its ``scale``.
        scale: One for each form.
        f: A vector for each function word, and a last for nothing; ``fb`` likewise.
    """

    e: Ints
    scale: Floats
    w1: Floats
    b1: Floats
    w2: Floats
    b2: Floats
    f: Floats
    fb: Floats
    m: Floats
    b: Floats


def style(ids: Ints, capitals: Ints, vocabulary: Vocabulary) -> Floats:
    """How telegraphic the passage around each place is: share of articles, of links, of unknown words and codes."""
    total = len(ids)
    numbers = vocabulary.numbers
    first = np.maximum(np.arange(total) - _AROUND, 0)
    last = np.minimum(np.arange(total) + _AROUND + 1, total)

    def around(which: Any) -> Any:
        summed = np.concatenate([[0.0], np.cumsum(which, dtype=np.float64)])
        return summed[last] - summed[first]

    words = around(ids > len(SPECIAL) - 1) + 5.0
    shares = (
        around(np.isin(ids, [numbers[word] for word in _ARTICLES])) / words * 8 - 0.6,
        around(np.isin(ids, [numbers[word] for word in _LINKS])) / words * 5 - 0.8,
        around((ids == 3) | (capitals == 2)) / words * 5 - 0.2,
    )
    return np.stack(shares, 1).astype(np.float32)


class Network:
    """Scores of words in the gaps of a text."""

    def __init__(self, weights: Weights, vocabulary: Vocabulary) -> None:
        self._w = weights
        self._vocabulary = vocabulary
        self.size = weights.w2.shape[1]
        self._rows = weights.e.shape[1] + 1
        self.function = np.array([vocabulary.numbers[word] for word in FUNCTION], dtype=np.int32)
        self.place_of = np.full(len(vocabulary.forms), -1, dtype=np.int32)
        self.place_of[self.function] = np.arange(len(FUNCTION))

    def sides(self, forms: Forms, styles: Floats, lefts: Ints, rights: Ints) -> Callable[[int, int], "Sides"]:
        """What gives the two sides of the gaps from one place to before another.

        What a form gives at a distance is worked out once for all places that it stands in: a text has twenty times
        more places than forms.

        Args:
            lefts, rights: The places, in rising order, of which what stands before them, and what stands there and
                after them, is asked for.
        """
        w, size = self._w, self._rows
        both = forms.ids * 4 + forms.capitals
        there = np.bincount(both) > 0
        distinct = np.flatnonzero(there)
        row = np.pad((np.cumsum(there) - 1)[both], REACH, mode="edge")
        inputs = np.empty((len(distinct), size), np.float32)
        inputs[:, :-1] = self.vectors(distinct >> 2)
        inputs[:, -1] = (distinct & 3) * np.float32(0.5)
        tables = [inputs @ w.w1[number * size : (number + 1) * size] for number in range(2 * REACH)]
        by_style = w.w1[2 * REACH * size :]
        buffer = np.empty((TOGETHER + 1, w.w1.shape[1]), np.float32)

        def given(begin: int, end: int) -> Sides:
            before = lefts[slice(*np.searchsorted(lefts, (begin, end)))]
            after = rights[slice(*np.searchsorted(rights, (begin, end + 1)))]
            left: Floats = styles[before] @ by_style
            left += w.b1
            right = np.empty((len(after), left.shape[1]), np.float32)
            for number, table in enumerate(tables):
                into, at = (left, before) if number < REACH else (right, after)
                taken = right if number == REACH else buffer[: len(into)]
                np.take(table, row[at + number], axis=0, out=taken, mode="clip")
                if number != REACH:
                    into += taken
            return Sides(before, left, after, right)

        return given

    def gaps(self, sides: "Sides", at: Ints, after: int) -> Floats:
        """Vectors of the gaps where the forms at some places stand (``after`` 1), or before them (0)."""
        hidden = sides.left[np.searchsorted(sides.before, at)]
        hidden += sides.right[np.searchsorted(sides.after, at + after)]
        np.maximum(hidden, 0, out=hidden)
        found: Floats = hidden @ self._w.w2
        found += self._w.b2
        np.maximum(found, 0, out=found)
        return found

    def functions(self, gaps: Floats) -> Floats:
        """Scores of the function words in some gaps, and of nothing, which comes last."""
        found: Floats = gaps @ self._w.f.T
        found += self._w.fb
        return found

    def words(self, gaps: Floats, words: Ints) -> Floats:
        """Score of one form in each gap; forms that are function words have the score that `functions` gives."""
        w = self._w
        place = self.place_of[words]
        others = np.einsum("ij,ij->i", gaps @ w.m, w.e[words].astype(np.float32)) * w.scale[words] + w.b[words]
        owns = np.einsum("ij,ij->i", gaps, w.f[place]) + w.fb[place]
        found: Floats = np.where(place >= 0, owns, others)
        return found

    def alike(self, gaps: Floats, rows: Ints, words: Ints) -> Floats:
        """Score of words in gaps, of which each word says in which ``row`` its gap is."""
        w = self._w
        place = self.place_of[words]
        wanted = gaps @ w.m
        found: Floats = np.einsum("ij,ij->i", wanted[rows], w.e[words].astype(np.float32)) * w.scale[words] + w.b[words]
        function = np.flatnonzero(place >= 0)
        chosen = place[function]
        found[function] = np.einsum("ij,ij->i", gaps[rows[function]], w.f[chosen]) + w.fb[chosen]
        return found

    def vectors(self, forms: Ints) -> Floats:
        """The vectors of some forms."""
        found: Floats = self._w.e[forms] * self._w.scale[forms, None]
        return found


class Sides(NamedTuple):
    """What stands before some places, and what stands at and after some places, gives to the first layer."""

    before: Ints
    left: Floats
    after: Ints
    right: Floats
