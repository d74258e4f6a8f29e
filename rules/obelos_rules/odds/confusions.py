"""Which word may stand for which: words alike in letters, and function words for one another."""

from dataclasses import dataclass
from typing import Any

import numpy as np

Ints = np.ndarray[Any, Any]
Floats = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Confusions:
    """What may be meant by a word.

    Attributes:
        between: Logarithm of how likely the function word of the column is written for that of the row.
        first: Where the words alike in letters to each form begin in ``near``; one more than there are forms.
        near: Numbers of the words alike in letters, the nearest and commonest first.
        apart: In how many letters each differs.
    """

    between: Floats
    first: Ints
    near: Ints
    apart: Ints

    def alike(self, forms: Ints) -> tuple[Ints, Ints, Ints]:
        """Words alike to some forms: the row of the form that each belongs to, its number, how far it is apart."""
        begin = self.first[forms].astype(np.int64)
        many = self.first[forms + 1].astype(np.int64) - begin
        row = np.repeat(np.arange(len(forms)), many)
        ends = np.cumsum(many)
        at = np.arange(len(row)) - np.repeat(ends - many, many) + np.repeat(begin, many)
        return row, self.near[at].astype(np.int64), self.apart[at]
