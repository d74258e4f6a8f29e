"""The places of a text with what stands around them: counts with their neighbours, kinds of words, the style."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from .counts import hashes
from .forms import Forms, form
from .known import Known
from .network import Floats, Ints, style


@dataclass(frozen=True)
class Table:
    """Places asked one question.

    Attributes:
        at: Number of the form: the doubtful word, the second of two that may be one, or the one before which something
            may be missing.
        rival: Number of the form that may be meant, or may be missing; of the word itself where it is one too many;
            the row of `Divisions` where one word may be two or two one.
        gain: By how much the rival reading is likelier, as a natural logarithm.
        figures: A row of figures for the judge.
    """

    at: Ints
    rival: Ints
    gain: Floats
    figures: Floats


def best(row: Ints, worth: Floats) -> Ints:
    """The place of the greatest worth of each row that has any."""
    order = np.lexsort((-worth, row))
    ordered = row[order]
    new = np.ones(len(row), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return order[new]


class Where:
    """The places of a text with what stands around them."""

    def __init__(self, known: Known, forms: Forms) -> None:
        self._known = known
        self.ids = forms.ids
        self.capitals = forms.capitals.astype(np.float32)
        self._common = known.common
        self.style = style(forms.ids, forms.capitals, known.vocabulary)
        self.hashes = known.hashes[forms.ids]
        if forms.places is not None:
            unknown = np.flatnonzero((forms.ids == 2) | (forms.ids == 3))
            self.hashes[unknown] = hashes(form(forms.word(place)) for place in unknown.tolist())
        self.pairs = np.zeros(len(forms) + 1, np.int32)
        """How often each form stands after the one before it."""
        self.pairs[1:-1] = known.counts.pair(self.hashes[:-1], self.hashes[1:])
        self.rows = np.zeros(len(forms), np.int32)
        """How often each form stands between its two neighbours."""
        if len(forms) > 2:
            middle = np.flatnonzero((self.pairs[1:-2] > 0) & (self.pairs[2:-1] > 0)) + 1  # no triple without its pairs
            three = (self.hashes[middle + offset] for offset in (-1, 0, 1))
            self.rows[middle] = known.counts.triple(*three)

    @cached_property
    def logarithms(self) -> tuple[Floats, Floats]:
        """Logarithms of ``pairs`` and ``rows``."""
        pairs, rows = (np.log1p(counts, dtype=np.float32) / np.float32(4) for counts in (self.pairs, self.rows))
        return pairs, rows

    def put(self, at: Ints, word: Ints) -> tuple[Ints, Ints]:
        """How often another word stands between the two neighbours of these places, and after the two before."""
        own = self._known.hashes[word]
        further, before, after = (self.hashes[at + offset] for offset in (-2, -1, 1))
        between, behind = self._known.counts.together((before, own, after), (further, before, own))
        return between, behind

    def counted(self, at: Ints, instead: Ints | None = None) -> list[Any]:
        """Logarithms of the five counts of a word with its neighbours, or of another in its place."""
        own = self.hashes[at] if instead is None else self._known.hashes[instead]
        further, before, after, beyond = (self.hashes[at + offset] for offset in (-2, -1, 1, 2))
        together = self._known.counts.together
        pairs = together((before, own), (own, after))
        triples = together((before, own, after), (further, before, own), (own, after, beyond))
        return [*np.log1p(pairs), *np.log1p(triples)]

    def counted_without(self, at: Ints) -> list[Any]:
        """The same of what stands around a word, if it did not stand there: one pair, two triples."""
        further, before, after, beyond = (self.hashes[at + offset] for offset in (-2, -1, 1, 2))
        counts = self._known.counts
        triples = counts.together((further, before, after), (before, after, beyond))
        return [np.log1p(counts.pair(before, after)), *np.log1p(triples)]

    def counted_in_gap(self, at: Ints, word: Ints) -> list[Any]:
        """The same of a word put in before these places: three triples."""
        further, before, here, after = (self.hashes[at + offset] for offset in (-2, -1, 0, 1))
        own = self._known.hashes[word]
        return list(
            np.log1p(self._known.counts.together((before, own, here), (further, before, own), (own, here, after)))
        )

    def counted_across(self, at: Ints) -> list[Any]:
        """The same of what stands around the gap before these places: one pair, two triples."""
        further, before, here, after = (self.hashes[at + offset] for offset in (-2, -1, 0, 1))
        counts = self._known.counts
        triples = counts.together((further, before, here), (before, here, after))
        return [np.log1p(counts.pair(before, here)), *np.log1p(triples)]

    def surroundings(self, at: Ints, *, gap: bool = False) -> list[Any]:
        """What kind of words stand around, and how telegraphic the passage is."""
        after = 0 if gap else 1
        found: list[Any] = [self._common[self.ids[at - 1]], self._common[self.ids[at + after]]]
        for offset in (-2, -1, after, after + 1):
            there = self.ids[at + offset]
            found += [there == 4, there == 1, (there == 2) | (there == 3)]
        found += [self.capitals[at - 1] > 0, self.capitals[at + after] > 0]
        found += [self._known.word[self.ids[at - 1]], self._known.word[self.ids[at + after]]]
        return [*found, *self.style[at].T]
