"""The first look at every place of a text: the few that may be doubtful, by the quick network and the counts at hand.

It asks the same three questions as `evidence`, of all places but with a dozen figures only; what it lets through, a
place in twenty or so, is looked at thoroughly.
"""

from dataclasses import dataclass

import numpy as np

from .confusions import Confusions
from .network import TOGETHER, Floats, Ints, Quick
from .where import Where, columns

_NONE = -20.0
_SUPPORTED = 0.5
"""A word that its neighbours make likelier by more than this is not compared with words alike in letters."""
_LEAST = -1.5
"""Where the best rival reading is less likely by more than this, no more is asked."""
_NEAREST = 8
"""Words alike in letters that a word is compared with."""
_SLIP = 0.6
"""How much the likelihood of a slip counts beside that of the readings."""


@dataclass(frozen=True)
class Seen:
    """Places asked one question at first sight: numbers of the forms, and a row of figures for each."""

    at: Ints
    figures: Floats


class Sieve:
    """Asks the three questions of every place."""

    def __init__(self, network: Quick, confusions: Confusions) -> None:
        self._network = network
        self._confusions = confusions
        self._slips = np.ascontiguousarray(_SLIP * confusions.between.T)

    def seen(self, where: Where) -> tuple[Seen, Seen, Seen]:
        """Changed, missing, surplus.

        Not asked are words that stand so between their neighbours, or after two and before two of them, in the counted
        text; and gaps across which three words on either side do.
        """
        ids, word, rows = where.ids, where.lexicon.word, where.rows
        known = rows > 0
        known[1:-1] |= (rows[:-2] > 0) & (rows[2:] > 0)
        words = np.flatnonzero(word[ids] & ~known)
        before = ids != 4
        before[1:] &= before[:-1]
        gaps = np.flatnonzero(before & (word[ids] | ((ids >= 1) & (ids < 4))))
        gaps = gaps[(rows[gaps - 1] == 0) | (rows[gaps] == 0)]
        sides = self._network.sides(where.forms, where.style)
        of_words = np.full((5, len(words)), _NONE, np.float32)
        of_gaps = np.empty((2, len(gaps)), np.float32)
        rivals, put_in = np.zeros(len(words), np.int32), np.zeros(len(gaps), np.int32)
        for begin in range(0, len(ids), TOGETHER):
            end = min(begin + TOGETHER, len(ids))
            given = sides(begin, end)
            part = slice(*np.searchsorted(words, (begin, end)))
            vectors = self._network.gaps(given, words[part], 1)
            self._look_at_words(where, vectors, words[part], of_words[:, part], rivals[part])
            part = slice(*np.searchsorted(gaps, (begin, end)))
            self._look_at_gaps(self._network.gaps(given, gaps[part], 0), of_gaps[:, part], put_in[part])
        changed, surplus = self._words(where, words, rivals, *of_words)
        return changed, self._missing(where, gaps, put_in, *of_gaps), surplus

    def _look_at_words(self, where: Where, gaps: Floats, at: Ints, into: Floats, rivals: Ints) -> None:
        """Scores of the word, of all function words, of the likeliest, of nothing, of the best rival; and that one."""
        network = self._network
        own = where.ids[at]
        place = network.place_of[own]
        scores = network.functions(gaps)
        here, total, most, nothing, worth = into
        nothing[:] = scores[:, -1]
        scores = scores[:, :-1]
        here[:] = network.words(gaps, own)
        most[:] = scores.max(1, initial=_NONE)
        total[:] = most + np.log(np.exp(scores - most[:, None]).sum(1))
        of = np.flatnonzero(place >= 0)
        judged = scores[of]
        judged += self._slips[place[of]]
        judged[np.arange(len(of)), place[of]] = _NONE * 4
        best = judged.argmax(1)
        worth[of] = judged[np.arange(len(of)), best]
        rivals[of] = network.function[best]
        support = here - total - where.lexicon.common[own] + where.lexicon.every
        of = np.flatnonzero((support < _SUPPORTED) & (place < 0))
        rows, alike, apart = self._confusions.alike(own[of], _NEAREST)
        if len(rows):
            score = network.alike(gaps, of[rows], alike) - np.float32(_SLIP) * (1.5 + 0.8 * apart.astype(np.float32))
            begins = np.flatnonzero(np.diff(rows, prepend=-1))
            highest = np.maximum.reduceat(score, begins)
            which = np.flatnonzero(score == np.repeat(highest, np.diff(begins, append=len(rows))))[::-1]
            worth[of[rows[begins]]] = highest
            rivals[of[rows[which]]] = alike[which]  # of equal ones the nearest

    def _look_at_gaps(self, gaps: Floats, into: Floats, put_in: Ints) -> None:
        """Scores of the likeliest function word, and of all, beside nothing; and that word."""
        scores = self._network.functions(gaps)
        nothing = scores[:, -1]
        scores = scores[:, :-1]
        most, total = into
        best = scores.argmax(1)
        highest = scores[np.arange(len(gaps)), best]
        total[:] = highest + np.log(np.exp(scores - highest[:, None]).sum(1)) - nothing
        most[:] = highest - nothing
        put_in[:] = self._network.function[best]

    def _words(
        self,
        where: Where,
        at: Ints,
        rivals: Ints,
        here: Floats,
        total: Floats,
        most: Floats,
        nothing: Floats,
        worth: Floats,
    ) -> tuple[Seen, Seen]:
        own = where.ids[at]
        known = self._network.place_of[own] >= 0
        rows = np.log1p(where.rows)
        asked = np.flatnonzero(worth > np.maximum(here + _LEAST, _NONE))
        there, instead = at[asked], rivals[asked]
        changed = [
            worth[asked] - here[asked],
            here[asked] - total[asked],
            most[asked] - total[asked],
            nothing[asked] - here[asked],
            where.lexicon.common[own[asked]],
            where.lexicon.common[instead],
            where.lexicon.length[own[asked]],
            known[asked],
            np.log1p(where.pair(there, -1, 0)),
            np.log1p(where.pair(there, 0, 1)),
            np.log1p(where.pair(there, -1, 0, last=instead)),
            np.log1p(where.pair(there, 0, 1, first=instead)),
            np.log1p(where.triple(there, -1, 0, 1, middle=instead)),
            where.capitals[there],
            rows[there - 1],
            rows[there + 1],
            *where.neighbours(there, 1),
        ]
        seen = Seen(there, columns(changed))
        ids = where.ids
        twice = own == ids[at + 1]  # of two alike the second is one too many
        asked = np.flatnonzero(known & (nothing > here - 2) & ~twice)
        there = at[asked]
        surplus = [
            nothing[asked] - here[asked],
            here[asked] - total[asked],
            where.lexicon.common[own[asked]],
            own[asked] == ids[there - 1],
            where.capitals[there],
            rows[there - 1],
            rows[there + 1],
            *where.neighbours(there, 1),
        ]
        return seen, Seen(there, columns(surplus))

    def _missing(self, where: Where, at: Ints, put_in: Ints, most: Floats, total: Floats) -> Seen:
        kept = np.flatnonzero(most > _LEAST)
        at, put_in, most, total = at[kept], put_in[kept], most[kept], total[kept]
        figures = [
            most,
            total,
            where.lexicon.common[put_in],
            np.log1p(where.pair(at, -1, 0)),
            np.log1p(where.rows[at - 1]),
            np.log1p(where.rows[at]),
            np.log1p(where.put_in(at, put_in, (-1, None, 0))),
            np.log1p(where.put_in(at, put_in, (-2, -1, None))),
            np.log1p(where.put_in(at, put_in, (None, 0, 1))),
            *where.neighbours(at, 0),
        ]
        return Seen(at, columns(figures))
