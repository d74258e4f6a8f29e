"""The network: how likely each word is in a gap, by the words on either side; no word in it is one of the answers.

Input is what stands up to `REACH` places to the left and right: a vector for each form (factorised counts of its
neighbours) and whether it has a capital; and how telegraphic the passage is. Two layers lead to a vector of the gap;
its products with the vectors of the function words, of "nothing stands here", and of all other words are the scores.
All scores of a gap share one unknown summand, so only differences of scores mean anything.
"""

from dataclasses import dataclass
from typing import Any

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
_TOGETHER = 1024
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

    def left(self, forms: Forms, at: Ints, styles: Floats) -> Floats:
        """What the left neighbours of some places, and their style, give to the first layer."""
        size = self._rows
        given = self._half(forms, at, -REACH, self._w.w1[: REACH * size])
        given += styles[at] @ self._w.w1[2 * REACH * size :] + self._w.b1
        return given

    def right(self, forms: Forms, at: Ints) -> Floats:
        """What some places and the neighbours to their right give to the first layer."""
        size = self._rows
        return self._half(forms, at, 0, self._w.w1[REACH * size : 2 * REACH * size])

    def _half(self, forms: Forms, at: Ints, first: int, weights: Floats) -> Floats:
        found = np.empty((len(at), weights.shape[1]), np.float32)
        for begin in range(0, len(at), _TOGETHER):
            around = at[begin : begin + _TOGETHER, None] + np.arange(first, first + REACH)
            rows = np.empty((*around.shape, self._rows), np.float32)
            ids = forms.ids[around]
            np.multiply(self._w.e[ids], self._w.scale[ids][..., None], out=rows[..., :-1])
            rows[..., -1] = forms.capitals[around] * np.float32(0.5)
            np.matmul(rows.reshape(len(around), -1), weights, out=found[begin : begin + len(around)])
        return found

    def gaps(self, left: Floats, right: Floats) -> Floats:
        """Vectors of gaps, of what their two sides give."""
        hidden = left + right
        np.maximum(hidden, 0, out=hidden)
        found = hidden @ self._w.w2
        found += self._w.b2
        np.maximum(found, 0, out=found)
        return found

    def functions(self, gaps: Floats) -> Floats:
        """Scores of the function words in some gaps, and of nothing, which comes last."""
        found: Floats = gaps @ self._w.f.T + self._w.fb
        return found

    def words(self, gaps: Floats, words: Ints) -> Floats:
        """Score of one form in each gap; forms that are function words have the score that `functions` gives."""
        w = self._w
        place = self.place_of[words]
        others = np.einsum("ij,ij->i", gaps @ w.m, self.vectors(words)) + w.b[words]
        owns = np.einsum("ij,ij->i", gaps, w.f[place]) + w.fb[place]
        found: Floats = np.where(place >= 0, owns, others)
        return found

    def alike(self, gaps: Floats, rows: Ints, words: Ints) -> Floats:
        """Score of words in gaps, of which each word says in which ``row`` its gap is."""
        w = self._w
        place = self.place_of[words]
        wanted = gaps @ w.m
        found: Floats = np.einsum("ij,ij->i", wanted[rows], self.vectors(words)) + w.b[words]
        function = np.flatnonzero(place >= 0)
        chosen = place[function]
        found[function] = np.einsum("ij,ij->i", gaps[rows[function]], w.f[chosen]) + w.fb[chosen]
        return found

    def vectors(self, forms: Ints) -> Floats:
        """The vectors of some forms."""
        found: Floats = self._w.e[forms] * self._w.scale[forms, None]
        return found
