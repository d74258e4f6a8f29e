"""How far two versions agree, in figures: error rates by characters and by words, and differences by class.

An error rate counts the fewest characters (words) to be exchanged, put in or taken out to turn one version into the
other, as a share of those of the reference. It is no share of the text: it may exceed 1.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .collation import Table
from .graphemes import graphemes
from .matching import codes, match
from .tokens import words
from .variants import VARIANT_CLASSES, VariantClass

_AFFORDABLE = 50_000_000_000
"""Product of a length and a distance up to which the fewest changes are computed: two seconds at most."""

_PIECE = 20_000
"""Items of two long texts that are compared at a time where that is too much."""

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class ErrorRate:
    """Changes that turn the reference into the other version, and the length of the reference.

    ``exact`` says that fewer will not do. In very long and very different texts the number is that of an alignment,
    and the true one may be smaller.
    """

    errors: int
    length: int
    exact: bool = True

    @property
    def rate(self) -> float | None:
        """Errors in the length of the reference; none if the reference is empty and the other is not."""
        if self.length:
            return self.errors / self.length
        return None if self.errors else 0.0


@dataclass(frozen=True)
class Agreement:
    """How far a version agrees with a reference.

    ``places`` counts the rows of the table in which the two differ, by the gravest difference in each.
    """

    characters: ErrorRate
    words: ErrorRate
    places: dict[VariantClass, int]

    @property
    def accidentals(self) -> int:
        """The places that differ, but not in substance."""
        return sum(self.places.values()) - self.places["substantive"]


def agreement(table: Table, witness: int) -> Agreement:
    """The figures of a version, with the base of the table as the reference."""
    found = Counter(table.difference(row, table.base, witness) for row in table.rows)
    reference, other = table.texts[table.base], table.texts[witness]
    places = {kind: found[kind] for kind in VARIANT_CLASSES}
    return Agreement(character_errors(reference, other), word_errors(reference, other), places)


def character_errors(reference: str, other: str) -> ErrorRate:
    """Error rate by graphemes: a letter and its accent are one, whether written as one code point or two.

    Any white space counts as one space, that at both ends not at all: how lines were broken is no error of a reading.
    """
    return _errors(*(graphemes(_plain(text)) for text in (reference, other)))


def word_errors(reference: str, other: str) -> ErrorRate:
    """Error rate by words and figures; case counts, punctuation and spaces do not."""
    return _errors(*(words(unicodedata.normalize("NFC", text))[0] for text in (reference, other)))


def _plain(text: str) -> str:
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def _errors(reference: Sequence[str], other: Sequence[str]) -> ErrorRate:
    from rapidfuzz.distance import Levenshtein  # here, so that a command that compares nothing need not load it

    left, right = codes(reference, other)
    longer = max(len(left), len(right))
    most = min(_by_alignment(left, right), longer)
    if longer * most > _AFFORDABLE:
        return ErrorRate(min(most, _piece_by_piece(left, right)), len(left), exact=False)
    # It is at most what the alignment needs, and knowing that makes it quick.
    return ErrorRate(Levenshtein.distance(left, right, score_cutoff=most), len(left))


def _by_alignment(left: Sequence[int], right: Sequence[int]) -> int:
    """Changes that suffice if what the alignment shares is kept."""
    changes = i = j = 0
    for x, y in [*match(left, right), (len(left), len(right))]:
        changes += max(x - i, y - j)
        i, j = x + 1, y + 1
    return changes


def _piece_by_piece(left: Sequence[int], right: Sequence[int]) -> int:
    """Changes that suffice to turn each part of one text into the part of the other that stands as far along."""
    from rapidfuzz.distance import Levenshtein  # here, as above

    count = max(len(left), len(right)) // _PIECE + 1
    cuts = [[n * len(side) // count for n in range(count + 1)] for side in (left, right)]
    return sum(Levenshtein.distance(left[a:b], right[c:d]) for (a, b), (c, d) in zip(*map(pairwise, cuts), strict=True))
