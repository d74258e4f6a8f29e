"""The places of a text with what stands around them: counts of neighbours, what kind of words they are, the style."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from .counts import Counts, hashes
from .forms import Forms, Vocabulary, form
from .network import Floats, Ints, style


@dataclass(frozen=True)
class Lexicon:
    """What is known of the forms of a vocabulary.

    Attributes:
        known: Their hashes.
        common: Logarithm of how often each stands in the counted text.
        every: Logarithm of how many forms that text has.
        length: Of each in letters.
        word: Whether it is one.
    """

    vocabulary: Vocabulary
    known: Ints
    common: Floats
    every: float
    length: Floats
    word: Ints

    @classmethod
    def of(cls, vocabulary: Vocabulary, totals: Ints, known: Ints) -> "Lexicon":
        """``totals``: how often each form stands in the counted text; ``known``: its hash."""
        return cls(
            vocabulary,
            known,
            np.log(totals + 1.0).astype(np.float32),
            float(np.log(totals.sum())),
            np.fromiter(map(len, vocabulary.forms), np.float32, len(vocabulary.forms)),
            np.fromiter((one[0].isalpha() for one in vocabulary.forms), bool, len(vocabulary.forms)),
        )


class Where:
    """The places of a text."""

    def __init__(self, lexicon: Lexicon, counts: Counts, forms: Forms) -> None:
        self.lexicon = lexicon
        self.forms = forms
        self._counts = counts
        self.ids = forms.ids
        self.capitals = forms.capitals.astype(np.float32)
        self.style = style(forms.ids, forms.capitals, lexicon.vocabulary)
        self.hashes = lexicon.known[forms.ids]
        if forms.places is not None:
            unknown = np.flatnonzero((forms.ids == 2) | (forms.ids == 3))
            self.hashes[unknown] = hashes(form(forms.word(place)) for place in unknown.tolist())
        self.rows = np.zeros(len(forms), np.int32)
        """How often each form stands between its two neighbours; 0 at both ends."""
        if len(forms) > 2:
            self.rows[1:-1] = counts.triple(self.hashes[:-2], self.hashes[1:-1], self.hashes[2:])

    def pair(self, at: Ints, a: int, b: int, *, first: Ints | None = None, last: Ints | None = None) -> Ints:
        """How often the words at two offsets stand together; ``first`` or ``last`` stands instead of one."""
        known = self.lexicon.known
        return self._counts.pair(
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
        known = self.lexicon.known
        return self._counts.triple(
            self.hashes[at + a] if first is None else known[first],
            self.hashes[at + b] if middle is None else known[middle],
            self.hashes[at + c] if last is None else known[last],
        )

    def put_in(self, at: Ints, word: Ints, offsets: tuple[int | None, int | None, int | None]) -> Ints:
        """How often three words stand in a row, one of them put in."""
        known = self.lexicon.known[word]
        columns = [known if offset is None else self.hashes[at + offset] for offset in offsets]
        return self._counts.triple(*columns)

    def counted(self, at: Ints, instead: Ints | None = None) -> list[Any]:
        """Logarithms of the five counts of a word with its neighbours, or of another in its place."""
        return [
            np.log1p(self.pair(at, -1, 0, last=instead)),
            np.log1p(self.pair(at, 0, 1, first=instead)),
            np.log1p(self.triple(at, -1, 0, 1, middle=instead)),
            np.log1p(self.triple(at, -2, -1, 0, last=instead)),
            np.log1p(self.triple(at, 0, 1, 2, first=instead)),
        ]

    def neighbours(self, at: Ints, after: int) -> list[Any]:
        """How common the words on either side are, whether they have capitals, and how telegraphic the passage is."""
        before, behind = self.ids[at - 1], self.ids[at + after]
        common = self.lexicon.common
        return [
            common[before],
            common[behind],
            before < 4,
            behind < 4,
            self.capitals[at - 1],
            self.capitals[at + after],
            *self.style[at].T,
        ]

    def surroundings(self, at: Ints, after: int) -> list[Any]:
        """What kind of words stand around, and how telegraphic the passage is."""
        found = self.neighbours(at, after)
        for offset in (-2, -1, after, after + 1):
            there = self.ids[at + offset]
            found += [there == 4, there == 1, (there == 2) | (there == 3)]
        return [*found, self.lexicon.word[self.ids[at - 1]], self.lexicon.word[self.ids[at + after]]]


def columns(parts: list[Any]) -> Floats:
    """Rows of figures out of columns."""
    found = np.empty((len(parts[0]), len(parts)), np.float32)
    for number, part in enumerate(parts):
        found[:, number] = part
    return found
