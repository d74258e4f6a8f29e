"""Words that may have been written as two, and two that may have been written as one: *in formation*, *maybe*.

Which they are is a table made with the model: every common word that two others make up. Where one of the two readings
stands in a text, both are weighed by the counts of either with the same neighbours, and by what the network says of
the words in their gaps.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .network import TOGETHER, Floats, Ints
from .where import Table, Where, best

if TYPE_CHECKING:
    from .evidence import Evidence

_Given = Callable[[Ints, int], Floats]
_TWO = 5
"""Two words are meant only where they stand together so often in the text that was counted."""
_LEAST = -3.0
"""What the other reading must be likelier by, as the pairs say, to be worked out in full."""
_SMOOTH = 20.0
"""Pairs that stand for those that were not counted."""


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

    @staticmethod
    def _of(words: Ints) -> Ints:
        """Of every number that a form may have, whether it is one of these."""
        found = np.zeros(1 << 16, bool)
        found[words] = True
        return found

    def row_of(self, whole: int, first: int, second: int) -> int:
        """The row of a word and the two that make it up, by number; -1 if there is none."""
        found = np.flatnonzero((self.whole == whole) & (self.first == first) & (self.second == second))
        return int(found[0]) if len(found) else -1

    def of_pairs(self, ids: Ints) -> tuple[Ints, Ints]:
        """Where a word of the text and the one before it make up another: the places, and the rows of the table."""
        keys, rows = self._pairs
        at = np.flatnonzero(self._of(self.second)[ids[1:]] & self._of(self.first)[ids[:-1]]) + 1
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
        at = np.flatnonzero(self._of(words)[ids])
        word = np.searchsorted(words, ids[at])
        many = begin[word + 1] - begin[word]
        ends = np.cumsum(many)
        rows = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - many - begin[word], many)
        return np.repeat(at, many), rows


def _together(first: Ints, second: Ints) -> Ints:
    return first.astype(np.int64) << 16 | second


class Asked(NamedTuple):
    """The places of a text where one word may stand for two or two for one, and the rows of the table.

    Attributes:
        split: Places of the second of two words, and ``split_rows``.
        joined: Places of a word, and ``joined_rows``.
    """

    split: Ints
    split_rows: Ints
    joined: Ints
    joined_rows: Ints

    @property
    def gaps(self) -> tuple[tuple[Ints, int], ...]:
        """The gaps that the network is asked about: of the two words together, of each, of the one."""
        return (self.split - 1, 2), (self.split - 1, 1), (self.split, 1), (self.joined, 1)


def asked(evidence: "Evidence", where: Where) -> Asked:
    """Where to ask: not where what is written stands so with its neighbours in the counted text."""
    table = evidence.divisions
    split, split_rows = table.of_pairs(where.ids)
    seldom = np.flatnonzero((where.rows[split - 1] == 0) | (where.rows[split] == 0))
    joined, joined_rows = table.of_wholes(where.ids)
    kept = np.flatnonzero(where.rows[joined] == 0)
    joined, joined_rows = joined[kept], joined_rows[kept]
    known = evidence.hashes
    often = evidence.counts.pair(known[table.first[joined_rows]], known[table.second[joined_rows]]) >= _TWO
    return Asked(split[seldom], split_rows[seldom], joined[often], joined_rows[often])


def tables(evidence: "Evidence", where: Where, places: Asked, given: _Given) -> tuple[Table, Table]:
    """Are two words one (``split``), is one word two (``joined``)? The rival readings are rows of the table."""
    at, rows = places.split, places.split_rows
    one, two = _counted(evidence, where, rows, at - 2, at + 1)
    kept = np.flatnonzero(one.likely - two.likely > _LEAST)
    at, rows = at[kept], rows[kept]
    words = _words(evidence.divisions, rows)
    fit = [
        *_fit(evidence, given, at - 1, 2, words[0]),
        *_fit(evidence, given, at - 1, 1, words[1]),
        *_fit(evidence, given, at, 1, words[2]),
    ]
    split = _table(evidence, where, at, rows, (one.of(kept), two.of(kept)), fit, (at - 2, at + 1), (at - 1, at))
    at, rows = places.joined, places.joined_rows
    one, two = _counted(evidence, where, rows, at - 1, at + 1)
    kept = best(at, two.likely - one.likely)
    kept = kept[two.likely[kept] - one.likely[kept] > _LEAST]
    at, rows = at[kept], rows[kept]
    fit = _fit(evidence, given, at, 1, *_words(evidence.divisions, rows))
    return split, _table(evidence, where, at, rows, (two.of(kept), one.of(kept)), fit, (at - 1, at + 1), (at, at))


class _Reading(NamedTuple):
    """How likely a reading is by its pairs, and the logarithms of what was counted."""

    likely: Floats
    counts: Floats

    def of(self, kept: Ints) -> "_Reading":
        return _Reading(self.likely[kept], self.counts[kept])


def _words(table: Divisions, rows: Ints) -> tuple[Ints, Ints, Ints]:
    return tuple(column[rows].astype(np.int64) for column in (table.whole, table.first, table.second))  # type: ignore[return-value]


def _counted(evidence: "Evidence", where: Where, rows: Ints, left: Ints, right: Ints) -> tuple[_Reading, _Reading]:
    """What the counts say of one word, and of two, between the forms at ``left`` and at ``right``."""
    whole, first, second = _words(evidence.divisions, rows)
    counts, known = evidence.counts, evidence.hashes
    one, two, three = known[whole], known[first], known[second]
    before, after = where.hashes[left], where.hashes[right]
    further, beyond = where.hashes[left - 1], where.hashes[right + 1]
    share = evidence.shares
    next_share = share[where.ids[right]]

    def step(count: Ints, of: Floats) -> Floats:
        return np.log(count + _SMOOTH * of)

    def total(word: Ints) -> Floats:
        return np.log(np.exp(evidence.common[word]) + _SMOOTH)

    into, out = counts.pair(before, one), counts.pair(one, after)
    single = step(into, share[whole]) + step(out, next_share) - total(whole)
    into_two, inner, out_two = counts.pair(before, two), counts.pair(two, three), counts.pair(three, after)
    double = (
        step(into_two, share[first])
        + step(inner, share[second])
        - total(first)
        + step(out_two, next_share)
        - total(second)
    )
    of_one = (
        into,
        out,
        counts.triple(before, one, after),
        counts.triple(further, before, one),
        counts.triple(one, after, beyond),
    )
    of_two = (
        into_two,
        inner,
        out_two,
        counts.triple(before, two, three),
        counts.triple(two, three, after),
        counts.triple(further, before, two),
        counts.triple(three, after, beyond),
    )
    return _Reading(single, np.log1p(np.stack(of_one, 1))), _Reading(double, np.log1p(np.stack(of_two, 1)))


def _fit(evidence: "Evidence", given: _Given, at: Ints, after: int, *words: Ints) -> list[Floats]:
    """How well some words fit each gap, by the function words that would."""
    network = evidence.network
    found = np.empty((len(words), len(at)), np.float32)
    for begin in range(0, len(at), TOGETHER):
        part = slice(begin, begin + TOGETHER)
        gaps = given(at[part], after)
        functions = network.functions(gaps)
        most = functions.max(1, initial=-99.0)
        total = most + np.log(np.exp(functions - most[:, None]).sum(1))
        for number, word in enumerate(words):
            found[number, part] = network.words(gaps, word[part]) - total
    return list(found)


def _table(
    evidence: "Evidence",
    where: Where,
    at: Ints,
    rows: Ints,
    readings: tuple[_Reading, _Reading],
    fit: list[Floats],
    around: tuple[Ints, Ints],
    own: tuple[Ints, Ints],
) -> Table:
    """Places with what is known of them; of the ``readings`` the one that is not written comes first."""
    other, written = readings
    gain = other.likely - written.likely
    words = _words(evidence.divisions, rows)
    common, ids = evidence.common, where.ids
    figures = np.stack(
        [
            gain,
            *fit,
            *other.counts.T,
            *written.counts.T,
            *(common[word] for word in words),
            *(evidence.network.place_of[word] >= 0 for word in words),
            *(where.capitals[place] for place in own),
            *(common[ids[place]] for place in around),
            *(evidence.word[ids[place]] for place in around),
            *(ids[place] == 1 for place in around),
            *((ids[place] == 2) | (ids[place] == 3) for place in around),
            *where.style[at].T,
        ],
        1,
    ).astype(np.float32)
    return Table(at, rows, gain.astype(np.float32), figures)
