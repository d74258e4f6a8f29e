"""What is known of each place of a text: by the network, by the counts, and by how words are taken for one another.

Three questions are asked of every place: is another word meant (`changed`), is a word left out before it (`missing`),
is it one too many (`surplus`); and two of a few: are two words one (`split`), is one word two (`joined`), of which
`division` knows more. Each has a table: a row for each place that may be one, with its best rival reading and the
figures that the judge weighs.
"""

from collections.abc import Sequence
from copy import copy
from typing import NamedTuple

import numpy as np

from . import division
from .confusions import Confusions
from .counts import Counts
from .forms import EDGE, SPECIAL, Forms, Vocabulary
from .known import Known
from .network import FUNCTION, TOGETHER, Floats, Ints, Network
from .sieve import Sieve, Traits, of_places
from .two_words import Divisions
from .where import Table, Where, best

_EDGE = SPECIAL.index(EDGE)
_TOP = 3
"""Function words, and words alike in letters, whose odds are worked out in full."""
_NONE = -20.0
_SUPPORTED = (2.0, 1.5)
"""A word that its neighbours make likelier by more than this is not doubted: a function word, another word."""
_OFTEN = (50, 300)
"""A word that stands so often, and more, with either neighbour, and a gap between two words that do, are not asked."""
_LEAST, _LEAST_MISSING, _LEAST_SURPLUS = 0.0, -0.25, 2.0
"""What a rival reading must be likelier by to be worked out in full: another word (how likely a slip it is counted in),
a word put in, a word taken out. Of a hundred findings of the loosest rule on unseen text one is lost."""


class Evidence(Known):
    """Asks the questions."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        totals: Ints,
        hashes: Ints,
        network: Network,
        counts: Counts,
        confusions: Confusions,
        divisions: Divisions,
        sieves: Sequence[Sieve] = (),
    ) -> None:
        """``totals``: how often each form stands in the counted text; ``hashes``: its hash.

        Without ``sieves`` all places are asked, which takes more than twice as long.
        """
        super().__init__(vocabulary, totals, hashes, network, counts, divisions)
        self.confusions = confusions
        self.sieves = sieves
        self._all = float(np.log(totals.sum()))
        self._length = np.array([len(one) for one in vocabulary.forms], dtype=np.float32)
        self.traits = Traits(network, self.common, confusions)

    def with_counts(self, counts: Counts) -> "Evidence":
        """The same with other counts."""
        other = copy(self)
        other.counts = counts
        return other

    def tables(self, forms: Forms) -> tuple[Table, ...]:
        """Changed, missing, surplus, split, joined: all places that may be such.

        Not asked are words that stand so between their neighbours in the counted text, or often with either of them;
        gaps across which the three words on either side do, and more than once or twice, or often the two; and what
        the sieves hold back.
        """
        where, distinct = Where(self, forms), self.traits.distinct(forms)
        words, gaps = self.asked(where)
        if self.sieves:
            words, gaps = (
                sieve.passed(what, distinct, at, of_places(where, what, at))
                for what, (sieve, at) in enumerate(zip(self.sieves, (words, gaps), strict=True))
            )
        divided = division.asked(self, where)
        every = (words, words + 1), (gaps, gaps), divided.gaps
        given = self.network.gaps(distinct.inputs, distinct.row, where.style, *every)
        seen = [self._readings(where, given(at, at + 1), at) for at in _parts(words)]
        put_in = [self._put_in(given(at, at), at) for at in _parts(gaps)]
        changed, surplus = self._around(where, _Readings.joined(seen))
        missing = self._missing(where, *map(np.concatenate, zip(*put_in, strict=True)))
        return changed, missing, surplus, *division.tables(self, where, divided, given)

    def divided(self, forms: Forms) -> tuple[Table, Table]:
        """The tables split and joined alone."""
        where, distinct = Where(self, forms), self.traits.distinct(forms)
        asked = division.asked(self, where)
        given = self.network.gaps(distinct.inputs, distinct.row, where.style, asked.gaps)
        return division.tables(self, where, asked, given)

    def asked(self, where: Where) -> tuple[Ints, Ints]:
        """The words, and the gaps before words, that the counts leave in doubt."""
        ids, rows, pairs = where.ids, where.rows, where.pairs
        often = np.minimum(pairs[:-1], pairs[1:]) >= _OFTEN[0]
        words = np.flatnonzero(self.word[ids] & (ids >= len(SPECIAL)) & (rows == 0) & ~often)
        gaps = np.flatnonzero((ids >= 1) & (ids != _EDGE))
        gaps = gaps[ids[gaps - 1] != _EDGE]
        gaps = gaps[self.word[ids[gaps]] | (ids[gaps] < _EDGE)]
        before, after = rows[gaps - 1], rows[gaps]
        seldom = (np.minimum(before, after) == 0) | (np.maximum(before, after) < 3)
        return words, gaps[seldom & (pairs[gaps] < _OFTEN[1])]

    def _readings(self, where: "Where", gaps: Floats, at: Ints) -> "_Readings":
        """What the network says of these words, and of their likeliest rivals."""
        network, confusions = self.network, self.confusions
        own = where.ids[at]
        functions = network.functions(gaps)
        nothing = functions[:, -1]
        functions = functions[:, :-1]
        here = network.words(gaps, own)
        place = network.place_of[own]
        known = place >= 0
        most = functions.max(1, initial=-99.0)
        total = most + np.log(np.exp(functions - most[:, None]).sum(1))
        support = here - total - self.common[own] + self._all
        kept = np.flatnonzero(support < np.where(known, _SUPPORTED[0], _SUPPORTED[1]))
        at, own, gaps, functions, nothing, here, place, known, most, total = (
            column[kept] for column in (at, own, gaps, functions, nothing, here, place, known, most, total)
        )
        of = np.flatnonzero(known)  # another word is not taken for a function word unless their letters are alike
        slips = confusions.between.T[place[of]]
        judged = functions[of] + slips * 0.5
        judged[np.arange(len(of)), place[of]] = _NONE * 4
        top = _highest(judged)
        near_rows, near_rivals, apart = confusions.alike(own)
        near_slip = -1.5 - 0.8 * apart.astype(np.float32)
        near_score = network.alike(gaps, near_rows, near_rivals)
        worth = near_score - here[near_rows] + 0.6 * near_slip
        order = np.flatnonzero(worth > _LEAST)
        order = order[np.lexsort((-worth[order], near_rows[order]))]
        ordered = near_rows[order]
        order = order[np.arange(len(ordered)) - np.searchsorted(ordered, ordered) < _TOP]
        row = np.concatenate([np.repeat(of, _TOP), near_rows[order]])
        rival = np.concatenate([network.function[top].ravel(), near_rivals[order]])
        slipped = np.concatenate([np.take_along_axis(slips, top, 1).ravel(), near_slip[order]])
        scored = np.concatenate([np.take_along_axis(functions[of], top, 1).ravel(), near_score[order]])
        alike = np.repeat([False, True], [len(of) * _TOP, len(order)])
        few = np.flatnonzero(scored - here[row] + 0.6 * slipped > _LEAST)
        return _Readings(
            at, here, total, most, nothing, known, row[few], rival[few], slipped[few], scored[few], alike[few]
        )

    def _around(self, where: "Where", seen: "_Readings") -> tuple[Table, Table]:
        """Is another word meant at these places, and are they one too many?"""
        network = self.network
        at, here, total, most, nothing, known, row, rival, slipped, scored, alike = seen
        own = where.ids[at]
        of = np.flatnonzero(known)
        surplus = self._surplus(where, at[of], nothing[of] - here[of], here[of] - total[of])
        gain = scored - here[row]
        between, behind = where.put(at[row], rival)
        support = np.log1p(between) + 0.5 * np.log1p(behind)
        worth = gain + 0.6 * slipped + 0.5 * support
        chosen = best(row, worth)
        doubted = row[chosen]
        at, own, here, total, nothing, known, most = (
            column[doubted] for column in (at, own, here, total, nothing, known, most)
        )
        rival, gain, slipped, alike = rival[chosen], gain[chosen], slipped[chosen], alike[chosen]
        figures = np.stack(
            [
                gain,
                slipped,
                alike,
                worth[chosen],
                here - total,
                most - total,
                nothing - here,
                self.common[own],
                self.common[rival],
                known,
                network.place_of[rival] >= 0,
                self._length[own],
                where.capitals[at],
                *where.counted(at),
                *where.counted(at, rival),
                *where.surroundings(at),
            ],
            1,
        ).astype(np.float32)
        return Table(at, rival, gain, figures), surplus

    def _surplus(self, where: "Where", at: Ints, without: Floats, here: Floats) -> Table:
        """Are these function words one too many?"""
        twice = where.ids[at] == where.ids[at + 1]  # of two alike the second is one too many
        kept = np.flatnonzero((without > _LEAST_SURPLUS) & ~twice)
        at, without, here = at[kept], without[kept], here[kept]
        own = where.ids[at]
        figures = np.stack(
            [
                without,
                here,
                self.common[own],
                own == where.ids[at - 1],
                own == where.ids[at + 1],
                where.capitals[at],
                *where.counted(at),
                *where.counted_without(at),
                *where.surroundings(at),
            ],
            1,
        ).astype(np.float32)
        return Table(at, own, without, figures)

    def _put_in(self, gaps: Floats, at: Ints) -> tuple[Ints, Ints, Floats, Floats]:
        """The gaps that a function word may be missing from, the likeliest ones, their scores and that of all."""
        scores = self.network.functions(gaps)
        scores = scores[:, :-1] - scores[:, -1:]
        most = scores.max(1, initial=-99.0)
        kept = np.flatnonzero(most > _LEAST_MISSING)
        at, scores, most = at[kept], scores[kept], most[kept]
        total = most + np.log(np.exp(scores - most[:, None]).sum(1))
        top = _highest(scores)
        return at, self.network.function[top], np.take_along_axis(scores, top, 1), total

    def _missing(self, where: "Where", at: Ints, rivals: Ints, gains: Floats, total: Floats) -> Table:
        """Is a function word left out before these places?"""
        network = self.network
        row = np.repeat(np.arange(len(at)), _TOP)
        rival, gain = rivals.ravel(), gains.ravel()
        first, second, third = where.counted_in_gap(at[row], rival)
        worth = gain + 0.4 * first + 0.2 * (second + third)
        chosen = best(row, worth)
        rival, gain = rival[chosen], gain[chosen]
        figures = np.stack(
            [
                gain,
                total,
                worth[chosen],
                first[chosen],
                second[chosen],
                third[chosen],
                *where.counted_across(at),
                self.common[where.ids[at]],
                self.common[where.ids[at - 1]],
                self.common[rival],
                network.place_of[where.ids[at]] >= 0,
                network.place_of[where.ids[at - 1]] >= 0,
                where.capitals[at],
                where.capitals[at - 1],
                *(rival == network.function[FUNCTION.index(word)] for word in _ASKED),
                *where.surroundings(at, gap=True),
            ],
            1,
        ).astype(np.float32)
        return Table(at, rival, gain, figures)


class _Readings(NamedTuple):
    """What the network says of some words: scores by place, then a row for each rival reading of theirs.

    Attributes:
        row: Which of the places a rival belongs to; the columns after it have an item for each rival.
    """

    at: Ints
    here: Floats
    total: Floats
    most: Floats
    nothing: Floats
    known: Ints
    row: Ints
    rival: Ints
    slipped: Floats
    scored: Floats
    alike: Ints

    @classmethod
    def joined(cls, parts: Sequence["_Readings"]) -> "_Readings":
        """Those of several parts of a text as one."""
        firsts = np.cumsum([0, *(len(part.at) for part in parts[:-1])])
        moved = [part._replace(row=part.row + first) for part, first in zip(parts, firsts, strict=True)]
        return cls(*(np.concatenate(column) for column in zip(*moved, strict=True)))


_ASKED = ("the", "a", "of", "to", "in", "that", "and", "be", "is", "he", "not")


def _parts(places: Ints) -> list[Ints]:
    """Some places, so many at once that what they need stays in the processor's cache; one part at least."""
    return [places[at : at + TOGETHER] for at in range(0, max(1, len(places)), TOGETHER)]


def _highest(scores: Floats) -> Ints:
    """The columns of the greatest numbers of each row, the greatest first."""
    left = scores.copy()
    rows = np.arange(len(scores))
    found = np.empty((len(scores), _TOP), dtype=np.int64)
    for place in range(_TOP):
        found[:, place] = left.argmax(1)
        left[rows, found[:, place]] = _NONE * 9
    return found
