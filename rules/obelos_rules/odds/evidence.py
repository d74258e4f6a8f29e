"""What is known of each doubtful place of a text: by the network, the counts, and how words are taken for one another.

Three questions are asked: is another word meant (`changed`), is a word left out before it (`missing`), is it one too
many (`surplus`). Each has a table: a row for each place that the sieve lets through, with its best rival reading and
the figures that the judge weighs.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np

from .confusions import Confusions
from .counts import Counts
from .forms import SPECIAL, Forms, Vocabulary
from .judge import Judge
from .network import FUNCTION, TOGETHER, Floats, Ints, Thorough
from .sieve import Seen, Sieve
from .where import Lexicon, Where, columns

_TOP = 3
"""Function words, and words alike in letters, whose odds are worked out in full."""
_NONE = -20.0
_OTHERS = 1000
"""Of the words that are no function words the commonest, that show how well any other word would fit."""


@dataclass(frozen=True)
class Table:
    """Places asked one question.

    Attributes:
        at: Number of the form: the doubtful word, or the one before which something may be missing.
        rival: Number of the form that may be meant, or may be missing; of the word itself where it is one too many.
        gain: By how much the rival reading is likelier, as a natural logarithm.
        figures: A row of figures for the judge.
    """

    at: Ints
    rival: Ints
    gain: Floats
    figures: Floats


@dataclass(frozen=True)
class Kept:
    """What the sieve lets through, of one question: the places, and how doubtful they are at first sight."""

    at: Ints
    odds: Floats


def kept(seen: Sequence[Seen], sieves: Sequence[Judge], least: Ints) -> tuple[Kept, ...]:
    """The places that are doubtful enough at first sight."""
    found = []
    for each, judge, limit in zip(seen, sieves, least, strict=True):
        odds = judge.odds(each.figures)
        rows = np.flatnonzero(odds >= limit)
        found.append(Kept(each.at[rows], odds[rows]))
    return tuple(found)


class Evidence:
    """Asks the three questions."""

    def __init__(
        self, lexicon: Lexicon, sieve: Sieve, network: Thorough, counts: Counts, confusions: Confusions
    ) -> None:
        self.lexicon = lexicon
        self.sieve = sieve
        self.network = network
        self.counts = counts
        self.confusions = confusions
        plain = np.flatnonzero(lexicon.word & (network.place_of < 0))
        plain = plain[plain >= len(SPECIAL)]
        self._others = plain[np.argsort(-lexicon.common[plain], kind="stable")[:_OTHERS]]

    @property
    def vocabulary(self) -> Vocabulary:
        """The numbers of the forms."""
        return self.lexicon.vocabulary

    def with_counts(self, counts: Counts) -> "Evidence":
        """The same with other counts."""
        other = copy(self)
        other.counts = counts
        return other

    def where(self, forms: Forms) -> Where:
        """The places of a text."""
        return Where(self.lexicon, self.counts, forms)

    def tables(self, where: Where, places: Sequence[Kept]) -> tuple[Table, Table, Table]:
        """Changed, missing, surplus, of the places that the sieve lets through."""
        changed, missing, surplus = places
        words = np.union1d(changed.at, surplus.at)
        gaps = self.network.gaps(where.forms, where.style, words, 1)
        return (
            self._changed(where, gaps[np.searchsorted(words, changed.at)], changed),
            self._missing(where, self.network.gaps(where.forms, where.style, missing.at, 0), missing),
            self._surplus(where, gaps[np.searchsorted(words, surplus.at)], surplus),
        )

    def _totals(self, functions: Floats, gaps: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """Of the function words and of other words: the highest score, and the logarithm of all together."""
        most, total = _together(functions)
        other, others = np.empty_like(most), np.empty_like(most)
        for begin in range(0, len(gaps), TOGETHER):
            part = slice(begin, begin + TOGETHER)
            other[part], others[part] = _together(self.network.scores(gaps[part], self._others))
        return most, total, other, others

    def _changed(self, where: Where, gaps: Floats, asked: Kept) -> Table:
        """Is another word meant at these places?"""
        network, confusions = self.network, self.confusions
        common = self.lexicon.common
        own = where.ids[asked.at]
        functions = network.functions(gaps)
        nothing = functions[:, -1]
        functions = functions[:, :-1]
        here = network.words(gaps, own)
        place = network.place_of[own]
        known = place >= 0
        most, total, other, others = self._totals(functions, gaps)
        of = np.flatnonzero(known)  # another word is not taken for a function word unless their letters are alike
        slips = confusions.between.T[place[of]]
        judged = functions[of] + slips * 0.5
        judged[np.arange(len(of)), place[of]] = _NONE * 4
        top = _highest(judged)
        near_rows, near_rivals, apart = confusions.alike(own)
        near_slip = -1.5 - 0.8 * apart.astype(np.float32)
        near_score = network.alike(gaps, near_rows, near_rivals)
        row = np.concatenate([np.repeat(of, _TOP), near_rows])
        rival = np.concatenate([network.function[top].ravel(), near_rivals])
        slipped = np.concatenate([np.take_along_axis(slips, top, 1).ravel(), near_slip])
        scored = np.concatenate([np.take_along_axis(functions[of], top, 1).ravel(), near_score])
        alike = np.repeat([False, True], [len(row) - len(near_rows), len(near_rows)])
        promise = scored - here[row] + 0.6 * slipped
        order = np.lexsort((-promise, row))
        rank = np.arange(len(order)) - np.searchsorted(row[order], row[order])
        few = order[rank < 2 * _TOP]
        row, rival, slipped, scored, alike, promise = (
            column[few] for column in (row, rival, slipped, scored, alike, promise)
        )
        there = asked.at[row]
        triples = where.triple(there, -1, 0, 1, middle=rival)
        support = np.log1p(triples) + 0.5 * np.log1p(where.triple(there, -2, -1, 0, last=rival))
        worth = promise + 0.5 * support
        best = _best(row, worth)
        doubted = row[best]
        at, own, here, total, nothing, known, most, other, others, odds = (
            column[doubted] for column in (asked.at, own, here, total, nothing, known, most, other, others, asked.odds)
        )
        rival, slipped, alike = rival[best], slipped[best], alike[best]
        gain = scored[best] - here
        figures = [
            gain,
            slipped,
            alike,
            worth[best],
            odds,
            here - total,
            most - total,
            nothing - here,
            others - total,
            here - np.logaddexp(total, others),
            other - here,
            common[own],
            common[rival],
            known,
            network.place_of[rival] >= 0,
            self.lexicon.length[own],
            where.capitals[at],
            *where.counted(at),
            *where.counted(at, rival),
            *where.surroundings(at, 1),
        ]
        return Table(at, rival, gain, columns(figures))

    def _surplus(self, where: Where, gaps: Floats, asked: Kept) -> Table:
        """Are these function words one too many?"""
        at = asked.at
        own = where.ids[at]
        functions = self.network.functions(gaps)
        here = self.network.words(gaps, own)
        without = functions[:, -1] - here
        most, total, _, others = self._totals(functions[:, :-1], gaps)
        figures = [
            without,
            asked.odds,
            here - total,
            most - here,
            here - np.logaddexp(total, others),
            self.lexicon.common[own],
            own == where.ids[at - 1],
            where.capitals[at],
            *where.counted(at),
            np.log1p(where.pair(at, -1, 1)),
            np.log1p(where.triple(at, -2, -1, 1)),
            np.log1p(where.triple(at, -1, 1, 2)),
            *where.surroundings(at, 1),
        ]
        return Table(at, own, without, columns(figures))

    def _missing(self, where: Where, gaps: Floats, asked: Kept) -> Table:
        """Is a function word left out before these places?"""
        network, at = self.network, asked.at
        scores = network.functions(gaps)
        nothing = scores[:, -1:]
        scores = scores[:, :-1] - nothing
        _, total, _, others = self._totals(scores, gaps)
        top = _highest(scores)
        row = np.repeat(np.arange(len(at)), _TOP)
        rival = network.function[top].ravel()
        gain = np.take_along_axis(scores, top, 1).ravel()
        first = np.log1p(where.put_in(at[row], rival, (-1, None, 0)))
        second = np.log1p(where.put_in(at[row], rival, (-2, -1, None)))
        third = np.log1p(where.put_in(at[row], rival, (None, 0, 1)))
        worth = gain + 0.4 * first + 0.2 * (second + third)
        best = _best(row, worth)
        rival, gain = rival[best], gain[best]
        ids, common = where.ids, self.lexicon.common
        figures = [
            gain,
            total,
            asked.odds,
            others - nothing[:, 0],
            worth[best],
            first[best],
            second[best],
            third[best],
            np.log1p(where.pair(at, -1, 0)),
            np.log1p(where.triple(at, -2, -1, 0)),
            np.log1p(where.triple(at, -1, 0, 1)),
            common[rival],
            network.place_of[ids[at]] >= 0,
            network.place_of[ids[at - 1]] >= 0,
            *(rival == network.function[FUNCTION.index(word)] for word in _ASKED),
            *where.surroundings(at, 0),
        ]
        return Table(at, rival, gain, columns(figures))


_ASKED = ("the", "a", "of", "to", "in", "that", "and", "be", "is", "he", "not")


def _together(scores: Floats) -> tuple[Floats, Floats]:
    """Of each row the highest score, and the logarithm of all together."""
    most = scores.max(1, initial=-99.0)
    return most, most + np.log(np.exp(scores - most[:, None]).sum(1))


def _best(row: Ints, worth: Floats) -> Ints:
    """The place of the greatest worth of each row that has any."""
    order = np.lexsort((-worth, row))
    _, first = np.unique(row[order], return_index=True)
    found: Ints = order[first]
    return found


def _highest(scores: Floats) -> Ints:
    """The columns of the greatest numbers of each row, the greatest first."""
    left = scores.copy()
    rows = np.arange(len(scores))
    found = np.empty((len(scores), _TOP), dtype=np.int64)
    for place in range(_TOP):
        found[:, place] = left.argmax(1)
        left[rows, found[:, place]] = _NONE * 9
    return found
