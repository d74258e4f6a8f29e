"""Words that may have been written as two, and two that may have been written as one: *in formation*, *maybe*.

Which they are is a table made with the model: every common word that two others make up. Where one of the two readings
stands in a text, both are weighed by the counts of either with the same neighbours, and by what the network says of
the words in their gaps.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .known import Known
from .network import TOGETHER, Floats, Ints
from .where import Table, Where, best

_Given = Callable[[Ints, Ints], Floats]
_TWO = 5
"""Two words are meant only where they stand together so often in the text that was counted."""
_LEAST = -3.0
"""What the other reading must be likelier by, as the pairs say, to be worked out in full."""
_SMOOTH = 20.0
"""Pairs that stand for those that were not counted."""


class Asked(NamedTuple):
    """The places of a text where one word may stand for two, or two for one.

    Attributes:
        at: The last form of what is written, and ``first`` the first of it: the same where it is one word.
        rows: Rows of the table.
    """

    at: Ints
    first: Ints
    rows: Ints

    @property
    def joined(self) -> Ints:
        """Whether one word is written."""
        found: Ints = self.at == self.first
        return found

    @property
    def gaps(self) -> tuple[Ints, Ints]:
        """Beginnings and ends of the gaps that the network is asked about.

        They are those of what is written as a whole; then of the first, and of the second, of two words.
        """
        split = np.flatnonzero(~self.joined)
        first, at = self.first[split], self.at[split]
        return np.concatenate([self.first, first, at]), np.concatenate([self.at + 1, at, at + 1])

    def only(self, kept: Ints) -> "Asked":
        """Some of them."""
        return Asked(*(column[kept] for column in self))


def asked(known: Known, where: Where) -> Asked:
    """Where to ask: not where what is written stands so with its neighbours in the counted text."""
    table = known.divisions
    split, split_rows = table.of_pairs(where.ids)
    seldom = np.flatnonzero((where.rows[split - 1] == 0) | (where.rows[split] == 0))
    split, split_rows = split[seldom], split_rows[seldom]
    joined, joined_rows = table.of_wholes(where.ids)
    kept = np.flatnonzero(where.rows[joined] == 0)
    joined, joined_rows = joined[kept], joined_rows[kept]
    hashes = known.hashes
    often = known.counts.pair(hashes[table.first[joined_rows]], hashes[table.second[joined_rows]]) >= _TWO
    joined, joined_rows = joined[often], joined_rows[often]
    at, rows = np.concatenate([split, joined]), np.concatenate([split_rows, joined_rows])
    return Asked(at, np.concatenate([split - 1, joined]), rows)


def tables(known: Known, where: Where, places: Asked, given: _Given) -> tuple[Table, Table]:
    """Are two words one (``split``), is one word two (``joined``)? The rival readings are rows of the table."""
    likely, counts = _counted(known, where, places)
    gain = np.where(places.joined, likely[1] - likely[0], likely[0] - likely[1])
    kept = best(places.at * 2 + places.joined, gain)
    kept = kept[gain[kept] > _LEAST]
    places, gain = places.only(kept), gain[kept].astype(np.float32)
    figures = _figures(known, where, places, gain, counts[kept], _fit(known, places, given))
    split, joined = (np.flatnonzero(places.joined == one) for one in (False, True))
    return (
        Table(places.at[split], places.rows[split], gain[split], figures[split]),
        Table(places.at[joined], places.rows[joined], gain[joined], figures[joined]),
    )


def _words(known: Known, rows: Ints) -> tuple[Ints, ...]:
    """The word, the first and the second of the two that make it up."""
    table = known.divisions
    return tuple(column[rows].astype(np.int64) for column in (table.whole, table.first, table.second))


def _counted(known: Known, where: Where, places: Asked) -> tuple[tuple[Floats, Floats], Floats]:
    """How likely one word is, and two, between the neighbours, as the pairs say; the logarithms of what was counted."""
    whole, first, second = _words(known, places.rows)
    hashes, share = known.hashes, known.shares
    one, two, three = hashes[whole], hashes[first], hashes[second]
    left, right = places.first - 1, places.at + 1
    before, after = where.hashes[left], where.hashes[right]
    further, beyond = where.hashes[left - 1], where.hashes[right + 1]
    pairs = ((before, one), (one, after), (before, two), (two, three), (three, after))
    triples = (
        (before, one, after),
        (further, before, one),
        (one, after, beyond),
        (before, two, three),
        (two, three, after),
        (further, before, two),
        (three, after, beyond),
    )
    counts = known.counts
    paired, tripled = counts.together(*pairs), counts.together(*triples)
    shares = np.stack([share[whole], share[where.ids[right]], share[first], share[second], share[where.ids[right]]])
    steps = np.log(paired + _SMOOTH * shares)
    totals = [np.log(np.exp(known.common[word]) + _SMOOTH) for word in (whole, first, second)]
    likely = steps[:2].sum(0) - totals[0], steps[2:].sum(0) - totals[1] - totals[2]
    return likely, np.log1p(np.concatenate([paired, tripled])).T


def _fit(known: Known, places: Asked, given: _Given) -> Floats:
    """How well the word and its two parts fit the gaps they are written in, by the function words that would."""
    network = known.network
    begin, end = places.gaps
    gaps = np.empty((len(begin), network.size), np.float32)
    total = np.empty(len(begin), np.float32)
    for at in range(0, len(begin), TOGETHER):
        part = slice(at, at + TOGETHER)
        gaps[part] = given(begin[part], end[part])
        functions = network.functions(gaps[part])
        most = functions.max(1, initial=-99.0)
        total[part] = most + np.log(np.exp(functions - most[:, None]).sum(1))
    every, split = np.arange(len(places.at)), np.flatnonzero(~places.joined)
    row = np.stack([every, every, every])
    row[1, split], row[2, split] = len(every) + np.arange(2 * len(split)).reshape(2, -1)
    words = np.concatenate(_words(known, places.rows))
    found: Floats = (network.alike(gaps, row.ravel(), words) - total[row.ravel()]).reshape(row.shape)
    return found


def _figures(known: Known, where: Where, places: Asked, gain: Floats, counts: Floats, fit: Floats) -> Floats:
    """All that the judges weigh."""
    words = _words(known, places.rows)
    common, ids = known.common, where.ids
    around, own = (places.first - 1, places.at + 1), (places.first, places.at)
    figures = [
        gain,
        *fit,
        *counts.T,
        *(common[word] for word in words),
        *(known.network.place_of[word] >= 0 for word in words),
        *(where.capitals[place] for place in own),
        *(common[ids[place]] for place in around),
        *(known.word[ids[place]] for place in around),
        *(ids[place] == 1 for place in around),
        *((ids[place] == 2) | (ids[place] == 3) for place in around),
        *where.style[places.at].T,
    ]
    return np.stack(figures, 1).astype(np.float32)
