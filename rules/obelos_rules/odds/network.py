"""The network: how likely each word is in a gap, by the words on either side; no word in it is one of the answers.

Input is what stands up to `REACH` places to the left and right: a vector for each form (factorised counts of its
neighbours) and whether it has a capital; and how telegraphic the passage is. Two layers lead to a vector of the gap;
its products with the vectors of the function words, of "nothing stands here", and of all other words are the scores.
All scores of a gap share one unknown summand, so only differences of scores mean anything.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from .forms import AROUND, REACH, SPECIAL, Vocabulary

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
    first = np.maximum(np.arange(total) - AROUND, 0)
    last = np.minimum(np.arange(total) + AROUND + 1, total)

    def around(which: Any) -> Any:
        summed = np.concatenate([[0.0], np.cumsum(which, dtype=np.float64)])
        return summed[last] - summed[first]

    def one_of(some: Any) -> Any:
        found = np.zeros(len(vocabulary.forms), bool)
        found[[numbers[word] for word in some]] = True
        return found[ids]

    words = around(ids > len(SPECIAL) - 1) + 5.0
    shares = (
        around(one_of(_ARTICLES)) / words * 8 - 0.6,
        around(one_of(_LINKS)) / words * 5 - 0.8,
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

    def inputs(self, forms: Ints, capitals: Ints) -> Floats:
        """What some forms give to the network, wherever they stand: a vector, and their capitals."""
        found = np.empty((len(forms), self._rows), np.float32)
        np.multiply(self._w.e[forms], self._w.scale[forms, None], out=found[:, :-1])
        found[:, -1] = capitals * np.float32(0.5)
        return found

    def gaps(
        self, inputs: Floats, row: Ints, styles: Floats, *asked: tuple[Ints, Ints]
    ) -> Callable[[Ints, Ints], Floats]:
        """What gives the vectors of gaps.

        What a form gives at a distance is worked out once for all places that it stands at.

        Args:
            inputs, row: The different forms of a text, as `inputs` gives them, and which of them stands at each place.
            styles: How telegraphic each place is.
            asked: The gaps that may be asked for: where each begins, and where the text goes on. Of a word these are
                its own place and the next; where nothing stands they are the same.

        Returns:
            The vectors of some of these gaps, of which the same is said.
        """
        w, size = self._w, self._rows
        by_style = w.w1[2 * REACH * size :]
        begins, ends = (np.concatenate(both) for both in zip(*asked, strict=True))
        tables = []
        for number in range(2 * REACH):
            there = np.zeros(len(inputs), bool)
            there[row[(begins if number < REACH else ends) + (number - REACH)]] = True
            needed = np.flatnonzero(there)
            table = inputs[needed] @ w.w1[number * size : (number + 1) * size]
            tables.append((table, np.cumsum(there, dtype=np.int32) - 1))

        def given(begin: Ints, end: Ints) -> Floats:
            hidden: Floats = styles[begin] @ by_style
            hidden += w.b1
            buffer = np.empty_like(hidden)
            for number, (table, place) in enumerate(tables):
                at = (begin if number < REACH else end) + (number - REACH)
                np.take(table, place[row[at]], axis=0, out=buffer, mode="clip")
                hidden += buffer
            np.maximum(hidden, 0, out=hidden)
            found: Floats = hidden @ w.w2
            found += w.b2
            np.maximum(found, 0, out=found)
            return found

        return given

    def functions(self, gaps: Floats) -> Floats:
        """Scores of the function words in some gaps, and of nothing, which comes last."""
        found: Floats = gaps @ self._w.f.T
        found += self._w.fb
        return found

    def words(self, gaps: Floats, words: Ints) -> Floats:
        """Score of one form in each gap; forms that are function words have the score that `functions` gives."""
        return self.alike(gaps, np.arange(len(words)), words)

    def alike(self, gaps: Floats, rows: Ints, words: Ints) -> Floats:
        """Score of words in gaps, of which each word says in which ``row`` its gap is."""
        w = self._w
        place = self.place_of[words]
        found = np.empty(len(words), np.float32)
        other, function = np.flatnonzero(place < 0), np.flatnonzero(place >= 0)
        wanted = gaps @ w.m
        chosen = words[other]
        scores = np.einsum("ij,ij->i", wanted[rows[other]], w.e[chosen].astype(np.float32))
        found[other] = scores * w.scale[chosen] + w.b[chosen]
        chosen = place[function]
        found[function] = np.einsum("ij,ij->i", gaps[rows[function]], w.f[chosen]) + w.fb[chosen]
        return found
