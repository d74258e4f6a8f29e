"""Which places are worth asking: a small network beforehand, of what is cheap to know of every place.

It looks at two forms on either side, at the word itself, and at what the counts say of them, and foretells whether the
judge would doubt the place. Four places in five are not asked any further, which is where the speed comes from.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .confusions import Confusions
from .forms import Forms
from .network import Floats, Ints, Network

if TYPE_CHECKING:
    from .where import Where

NEAR = 2
"""Forms on either side that are looked at."""
WORD, GAP = range(2)
"""What is asked about: a word (is another meant, is it one too many), the gap before a word."""
OFFSETS = (tuple(range(-NEAR, NEAR + 1)), tuple(range(-NEAR, NEAR)))
"""The forms that are looked at, for each of the two."""
_PAIRS, _TRIPLES = ((0, 1, -1, 2), (0, -1, 1)), ((-1, 1), (-1, 0))
"""The neighbours whose counts are looked at, by the place where each pair ends and each triple has its middle."""
_TRAITS = 5
_TOGETHER = 4096
"""Places worked out at once: what they need stays in the processor's cache."""


@dataclass(frozen=True)
class Sieve:
    """The numbers of one such network. The rows of ``w1`` are those of each form, then those of the place."""

    w1: Floats
    b1: Floats
    w2: Floats
    b2: Floats

    def passed(self, what: int, distinct: "Distinct", at: Ints, place: Floats) -> Ints:
        """Those of some places that are worth asking.

        Args:
            what: `WORD` or `GAP`.
            place: As `of_places` gives it.
        """
        size = distinct.told.shape[1]
        forms = len(OFFSETS[what]) * size
        tables = [distinct.told @ self.w1[number * size : (number + 1) * size] for number in range(len(OFFSETS[what]))]
        found = np.empty(len(at), bool)
        for begin in range(0, len(at), _TOGETHER):
            part = slice(begin, begin + _TOGETHER)
            hidden = place[part] @ self.w1[forms:]
            hidden += self.b1
            for table, offset in zip(tables, OFFSETS[what], strict=True):
                hidden += np.take(table, distinct.row[at[part] + offset], axis=0, mode="clip")
            np.maximum(hidden, 0, out=hidden)
            found[part] = hidden @ self.w2 >= -self.b2[0]
        return at[found]


@dataclass(frozen=True)
class Distinct:
    """The forms that stand in a text, each with each kind of capital once: a text has twenty times more places.

    Attributes:
        row: Which of them stands at each place.
        inputs: What each gives to the network for gaps.
        told: What each gives to the sieves.
    """

    row: Ints
    inputs: Floats
    told: Floats


class Traits:
    """What the sieves are told of each form beside its vector: how common it is, what it may be taken for."""

    def __init__(self, network: Network, common: Floats, confusions: Confusions) -> None:
        self._network = network
        first = confusions.first.astype(np.int64)
        many = first[1:] - first[:-1]
        row = np.repeat(np.arange(len(many)), many)
        worth = common[confusions.near] - 2 * (confusions.apart.astype(np.float32) - 1)
        function = network.place_of >= 0
        self._of = np.full((len(many), _TRAITS), -0.25, np.float32)
        self._of[:, 0] = common / 8
        self._of[:, 1] = function
        np.maximum.at(self._of[:, 2], row, worth / 8)
        of_function = function[confusions.near]
        np.maximum.at(self._of[:, 3], row[of_function], worth[of_function] / 8)
        self._of[:, 4] = np.log1p(many) / 3

    def of(self, forms: Ints, capitals: Ints) -> Floats:
        """What some forms give to the sieves; what they give to the network comes first."""
        return np.concatenate([self._network.inputs(forms, capitals), self._of[forms]], 1)

    def distinct(self, forms: Forms) -> Distinct:
        """The different forms of a text."""
        both = forms.ids * 4 + forms.capitals
        there = np.bincount(both) > 0
        row = (np.cumsum(there, dtype=np.int32) - 1)[both]
        each = np.flatnonzero(there)
        told = self.of(each >> 2, each & 3)
        return Distinct(row, np.ascontiguousarray(told[:, :-_TRAITS]), told)


def of_places(where: "Where", what: int, at: Ints) -> Floats:
    """A row for each place: how often what stands around it stands together, and the style of the passage."""
    pairs, triples = where.logarithms
    columns = [pairs[at + offset] for offset in _PAIRS[what]] + [triples[at + offset] for offset in _TRIPLES[what]]
    return np.concatenate([np.stack(columns, 1), where.style[at]], 1)
