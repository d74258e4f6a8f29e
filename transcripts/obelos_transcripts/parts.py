"""A row of a table of versions in the making."""

from dataclasses import dataclass

ALIKE = 0.5
"""Likeness above which two words are taken for one word misread rather than two phrases side by side."""


@dataclass
class Part:
    """A row in the making: for each version where its reading starts and ends, and which versions read the same.

    ``kinds`` numbers the readings; 0 is no reading. ``like`` is how alike the least alike of them are; a ``loose``
    row is one where words were left out, put in, or exchanged for words quite unlike them.
    """

    starts: list[int]
    ends: list[int]
    kinds: tuple[int, ...]
    like: float
    same: bool

    @property
    def loose(self) -> bool:
        return self.like <= ALIKE

    def take(self, other: "Part") -> None:
        """Make one row of two that follow each other."""
        self.ends = other.ends
        pairs = list(zip(self.kinds, other.kinds, strict=True))
        known: dict[tuple[int, int], int] = {(0, 0): 0}
        self.kinds = tuple(known.setdefault(pair, len(known)) for pair in pairs)
        self.like = min(self.like, other.like)
        self.same = self.same and other.same
