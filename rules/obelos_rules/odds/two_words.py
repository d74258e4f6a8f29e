"""Which words two others make up: a table made with the model."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .network import Ints


@dataclass(frozen=True)
class Divisions:
    """Words and the two that each is made up of, by number, in rising order of both."""

    whole: Ints
    first: Ints
    second: Ints

    @cached_property
    def _pairs(self) -> tuple[Ints, Ints]:
        """The two words as one number, sorted, and the rows that they stand in."""
        keys = _together(self.first, self.second)
        order = np.argsort(keys)
        return keys[order], order

    @cached_property
    def _wholes(self) -> tuple[Ints, Ints]:
        """Each word once, and where its rows begin; one more than there are words."""
        words, begin = np.unique(self.whole, return_index=True)
        return words, np.append(begin, len(self.whole))

    @cached_property
    def _flags(self) -> Ints:
        """Whether each form is the first of two, the second, or a word that they make up."""
        found = np.zeros((3, 1 << 16), bool)
        for row, words in zip(found, (self.first, self.second, self.whole), strict=True):
            row[words] = True
        return found

    def row_of(self, whole: int, first: int, second: int) -> int:
        """The row of a word and the two that make it up, by number; -1 if there is none."""
        found = np.flatnonzero((self.whole == whole) & (self.first == first) & (self.second == second))
        return int(found[0]) if len(found) else -1

    def of_pairs(self, ids: Ints) -> tuple[Ints, Ints]:
        """Where a word of the text and the one before it make up another: the places, and the rows of the table."""
        keys, rows = self._pairs
        first, second, _ = self._flags
        at = np.flatnonzero(second[ids[1:]] & first[ids[:-1]]) + 1
        if not len(at):
            return at, rows[:0]
        asked = _together(ids[at - 1], ids[at])
        found = np.searchsorted(keys, asked)
        found[found == len(keys)] = 0
        there = np.flatnonzero(keys[found] == asked)
        return at[there], rows[found[there]]

    def of_wholes(self, ids: Ints) -> tuple[Ints, Ints]:
        """Where a word of the text may be two: the places, one for each pair that makes it up, and their rows."""
        words, begin = self._wholes
        at = np.flatnonzero(self._flags[2][ids])
        word = np.searchsorted(words, ids[at])
        many = begin[word + 1] - begin[word]
        ends = np.cumsum(many)
        rows = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - many - begin[word], many)
        return np.repeat(at, many), rows


def _together(first: Ints, second: Ints) -> Ints:
    return first.astype(np.int64) << 16 | second
