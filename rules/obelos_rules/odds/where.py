"""The places of a text with what stands around them: counts with their neighbours, kinds of words, the style."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from .counts import hashes
from .forms import Forms, form
from .network import Floats, Ints, style

if TYPE_CHECKING:
    from .evidence import Evidence


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

    def __init__(self, evidence: "Evidence", forms: Forms) -> None:
        self._evidence = evidence
        self.ids = forms.ids
        self.capitals = forms.capitals.astype(np.float32)
        self._common = evidence.common
        self.style = style(forms.ids, forms.capitals, evidence.vocabulary)
        known = evidence.hashes
        self.hashes = known[forms.ids]
        if forms.places is not None:
            unknown = np.flatnonzero((forms.ids == 2) | (forms.ids == 3))
            self.hashes[unknown] = hashes(form(forms.word(place)) for place in unknown.tolist())
        self.pairs = np.zeros(len(forms) + 1, np.int32)
        """How often each form stands after the one before it."""
        self.pairs[1:-1] = evidence.counts.pair(self.hashes[:-1], self.hashes[1:])
        self.rows = np.zeros(len(forms), np.int32)
        """How often each form stands between its two neighbours."""
        if len(forms) > 2:
            middle = np.flatnonzero((self.pairs[1:-2] > 0) & (self.pairs[2:-1] > 0)) + 1  # no triple without its pairs
            self.rows[middle] = self.triple(middle, -1, 0, 1)

    @cached_property
    def logarithms(self) -> tuple[Floats, Floats]:
        """Logarithms of ``pairs`` and ``rows``."""
        pairs, rows = (np.log1p(counts, dtype=np.float32) / np.float32(4) for counts in (self.pairs, self.rows))
        return pairs, rows

    def pair(self, at: Ints, a: int, b: int, *, first: Ints | None = None, last: Ints | None = None) -> Ints:
        """How often the words at two offsets stand together; ``first`` or ``last`` stands instead of one."""
        known = self._evidence.hashes
        return self._evidence.counts.pair(
            self.hashes[at + a] if first is None else known[first], self.hashes[at + b] if last is None else known[last]
        )

    def triple(
        self,
        at: Ints,
        a: int,
        b: int,
        c: int,
        *,
        first: Ints | None = None,
        middle: Ints | None = None,
        last: Ints | None = None,
    ) -> Ints:
        """How often the words at three offsets stand in a row."""
        known = self._evidence.hashes
        return self._evidence.counts.triple(
            self.hashes[at + a] if first is None else known[first],
            self.hashes[at + b] if middle is None else known[middle],
            self.hashes[at + c] if last is None else known[last],
        )

    def put_in(self, at: Ints, word: Ints, offsets: tuple[int | None, int | None, int | None]) -> Ints:
        """How often three words stand in a row, one of them put in."""
        known = self._evidence.hashes[word]
        columns = [known if offset is None else self.hashes[at + offset] for offset in offsets]
        return self._evidence.counts.triple(*columns)

    def counted(self, at: Ints, instead: Ints | None = None) -> list[Any]:
        """Logarithms of the five counts of a word with its neighbours, or of another in its place."""
        return [
            np.log1p(self.pair(at, -1, 0, last=instead)),
            np.log1p(self.pair(at, 0, 1, first=instead)),
            np.log1p(self.triple(at, -1, 0, 1, middle=instead)),
            np.log1p(self.triple(at, -2, -1, 0, last=instead)),
            np.log1p(self.triple(at, 0, 1, 2, first=instead)),
        ]

    def surroundings(self, at: Ints, *, gap: bool = False) -> list[Any]:
        """What kind of words stand around, and how telegraphic the passage is."""
        after = 0 if gap else 1
        found: list[Any] = [self._common[self.ids[at - 1]], self._common[self.ids[at + after]]]
        for offset in (-2, -1, after, after + 1):
            there = self.ids[at + offset]
            found += [there == 4, there == 1, (there == 2) | (there == 3)]
        found += [self.capitals[at - 1] > 0, self.capitals[at + after] > 0]
        found += [self._evidence.word[self.ids[at - 1]], self._evidence.word[self.ids[at + after]]]
        return [*found, *self.style[at].T]
