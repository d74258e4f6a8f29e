"""How many errors nobody has caught: an estimate from what two independent readings caught, after Chapman (1951).

Two people check the same text. The more of one's finds the other has made too, the fewer errors can be left. What
the estimate assumes, and when it says nothing, is told in ``docs/collation.md``; the numbers come with it so that a
reader can judge.
"""

from dataclasses import dataclass
from math import exp, log, sqrt

from .collation import Row, Table, collate
from .normalising import NormalForms
from .tokens import words
from .variants import VARIANT_CLASSES

_NORMAL = 1.959964  # between minus and plus this lie 95 % of a normal distribution

ENOUGH = 7
"""Errors that both caught, from which on the estimate is next to unbiased (Robson and Regier 1964)."""


@dataclass(frozen=True)
class Estimate:
    """Chapman's estimate of all errors of a text, those that nobody caught included.

    ``first`` and ``second`` are the errors that each reading caught, ``both`` those that both did.
    """

    first: int
    second: int
    both: int

    @property
    def seen(self) -> int:
        """Errors that at least one caught."""
        return self.first + self.second - self.both

    @property
    def total(self) -> float:
        """All errors: (n1 + 1)(n2 + 1) / (m + 1) - 1."""
        return (self.first + 1) * (self.second + 1) / (self.both + 1) - 1

    @property
    def uncaught(self) -> float:
        """Errors that neither caught; with (n1 - m)(n2 - m) / (m + 1) the same number."""
        return (self.first - self.both) * (self.second - self.both) / (self.both + 1)

    @property
    def variance(self) -> float:
        """Variance of the total (Seber 1970): (n1 + 1)(n2 + 1)(n1 - m)(n2 - m) / ((m + 1)² (m + 2))."""
        chances = (self.first + 1) * (self.second + 1) * (self.first - self.both) * (self.second - self.both)
        return chances / ((self.both + 1) ** 2 * (self.both + 2))

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the uncaught errors, by the log-normal approximation (Burnham, in Chao 1987).

        The usual one, 1.96 standard deviations to either side, reaches below zero. Where ``telling`` is false the
        interval is computed all the same and is worth as little as the estimate.
        """
        if not self.uncaught:
            return (0.0, 0.0)
        factor = exp(_NORMAL * sqrt(log(1 + self.variance / self.uncaught**2)))
        return (self.uncaught / factor, self.uncaught * factor)

    @property
    def telling(self) -> bool:
        """Whether the numbers suffice for an estimate: enough caught by both, and by each some that the other missed.

        If one caught all that the other did, the formula gives nought whatever is left.
        """
        return self.both >= ENOUGH and self.both < min(self.first, self.second)


def chapman(first: int, second: int, both: int) -> Estimate:
    """The estimate from counts.

    Raises:
        ValueError: The counts contradict each other.
    """
    if not 0 <= both <= min(first, second):
        raise ValueError(f"both can have caught 0 to {min(first, second)} errors, not {both}")
    return Estimate(first, second, both)


@dataclass(frozen=True)
class Caught:
    """The errors of a text that are known, and who caught them."""

    estimate: Estimate
    neither: int
    """Known errors that neither reading caught: found in another way. They count among the uncaught."""


def errors_caught(
    base: str, first: str, second: str, adjudicated: str, substantive: bool = False, forms: NormalForms | None = None
) -> Caught:
    """What two independent readings caught of the errors of a text, the adjudicated text telling what is an error.

    A reading is a version made without regard to the base text or to the other reading: another keying of the same
    source; or the base text as one proofreader corrected it. It caught an error if it differs from the base text
    there as gravely as the truth does, rightly or wrongly: either makes an editor look. With ``substantive`` only
    errors of that class count; ``forms`` are the edition's lists of what is the same word.
    """
    return caught(collate([base, first, second, adjudicated], forms=forms), substantive)


def caught(table: Table, substantive: bool = False) -> Caught:
    """`errors_caught` from a table: of the text, its two readings, the adjudicated text, in this order."""
    found = [
        (_is_caught(table, row, 1), _is_caught(table, row, 2))
        for row in table.rows
        if _is_error(table, row, 3, substantive)
    ]
    both = found.count((True, True))
    one, other = both + found.count((True, False)), both + found.count((False, True))
    return Caught(chapman(one, other, both), found.count((False, False)))


def _is_caught(table: Table, row: Row, reading: int) -> bool:
    found, error = table.difference(row, 0, reading), table.difference(row, 0, 3)
    return found is not None and VARIANT_CLASSES.index(found) <= VARIANT_CLASSES.index(error or "spacing")


@dataclass(frozen=True)
class Keyings:
    """What two independent keyings and the adjudicated text tell, and all that they tell.

    Errors of each, by the adjudicated text; places where both are wrong, and of these where both read the same, so
    that comparing them showed nothing; places where they differ; words of the adjudicated text.
    """

    first: int
    second: int
    both: int
    same: int
    differ: int
    words: int

    @property
    def expected_together(self) -> float:
        """Places where both would be wrong if errors fell anywhere, without regard to each other.

        Fewer cannot be expected: a hard place is hard for both. It is a floor, not an estimate.
        """
        return self.first * self.second / self.words if self.words else 0.0


def errors_of_keyings(
    first: str, second: str, adjudicated: str, substantive: bool = False, forms: NormalForms | None = None
) -> Keyings:
    """The errors of two keyings of one source; see `errors_caught`."""
    return keyings(collate([adjudicated, first, second], forms=forms), substantive)


def keyings(table: Table, substantive: bool = False) -> Keyings:
    """`errors_of_keyings` from a table: of the adjudicated text and the two keyings, in this order."""
    wrong = [tuple(_is_error(table, row, witness, substantive) for witness in (1, 2)) for row in table.rows]
    same = [row.groups[1] == row.groups[2] for row in table.rows]
    return Keyings(
        first=sum(one for one, _ in wrong),
        second=sum(other for _, other in wrong),
        both=wrong.count((True, True)),
        same=sum(errors == (True, True) and alike for errors, alike in zip(wrong, same, strict=True)),
        differ=same.count(False),
        words=len(words(table.texts[0])[0]),
    )


def _is_error(table: Table, row: Row, witness: int, substantive: bool) -> bool:
    """Whether a version differs from the base of a table in a row."""
    kind = table.difference(row, table.base, witness)
    return kind is not None and (kind == "substantive" or not substantive)
