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
        of_words = np.full((6, len(words)), _NONE, np.float32)
        of_gaps = np.empty((2, len(gaps)), np.float32)
        for begin in range(0, len(ids), TOGETHER):
            end = min(begin + TOGETHER, len(ids))
            given = sides(begin, end)
            part = slice(*np.searchsorted(words, (begin, end)))
            self._look_at_words(where, self._network.gaps(given, words[part], 1), words[part], of_words[:, part])
            part = slice(*np.searchsorted(gaps, (begin, end)))
            self._look_at_gaps(self._network.gaps(given, gaps[part], 0), of_gaps[:, part])
        changed, surplus = self._words(where, words, *of_words)
        return changed, self._missing(where, gaps, *of_gaps), surplus

    def _look_at_words(self, where: Where, gaps: Floats, at: Ints, into: Floats) -> None:
        """Scores of the word itself, of all function words, of the likeliest, of nothing, of the best rivals."""
        network = self._network
        own = where.ids[at]
        place = network.place_of[own]
        scores = network.functions(gaps)
        here, total, most, nothing, function, alike = into
        nothing[:] = scores[:, -1]
        scores = scores[:, :-1]
        here[:] = network.words(gaps, own)
        most[:] = scores.max(1, initial=_NONE)
        total[:] = most + np.log(np.exp(scores - most[:, None]).sum(1))
        of = np.flatnonzero(place >= 0)
        judged = scores[of]
        judged += self._slips[place[of]]
        judged[np.arange(len(of)), place[of]] = _NONE * 4
        function[of] = judged.max(1, initial=_NONE)
        support = here - total - where.lexicon.common[own] + where.lexicon.every
        of = np.flatnonzero((support < _SUPPORTED) & (place < 0))
        rows, rivals, apart = self._confusions.alike(own[of], _NEAREST)
        score = network.alike(gaps, of[rows], rivals) - np.float32(_SLIP) * (1.5 + 0.8 * apart.astype(np.float32))
        if len(rows):
            begins = np.flatnonzero(np.diff(rows, prepend=-1))
            alike[of[rows[begins]]] = np.maximum.reduceat(score, begins)

    def _look_at_gaps(self, gaps: Floats, into: Floats) -> None:
        """Scores of the likeliest function word, and of all, beside nothing."""
        scores = self._network.functions(gaps)
        nothing = scores[:, -1]
        scores = scores[:, :-1]
        most, total = into
        highest = scores.max(1, initial=_NONE)
        total[:] = highest + np.log(np.exp(scores - highest[:, None]).sum(1)) - nothing
        most[:] = highest - nothing

    def _words(
        self,
        where: Where,
        at: Ints,
        here: Floats,
        total: Floats,
        most: Floats,
        nothing: Floats,
        function: Floats,
        alike: Floats,
    ) -> tuple[Seen, Seen]:
        own = where.ids[at]
        known = self._network.place_of[own] >= 0
        rows = np.log1p(where.rows)
        asked = np.flatnonzero(np.maximum(function, alike) > np.maximum(here - 3, _NONE))
        there = at[asked]
        changed = [
            function[asked] - here[asked],
            alike[asked] - here[asked],
            here[asked] - total[asked],
            most[asked] - total[asked],
            nothing[asked] - here[asked],
            where.lexicon.common[own[asked]],
            where.lexicon.length[own[asked]],
            known[asked],
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

    def _missing(self, where: Where, at: Ints, most: Floats, total: Floats) -> Seen:
        kept = np.flatnonzero(most > -2)
        at, most, total = at[kept], most[kept], total[kept]
        figures = [most, total, np.log1p(where.rows[at - 1]), np.log1p(where.rows[at]), *where.neighbours(at, 0)]
        return Seen(at, columns(figures))
