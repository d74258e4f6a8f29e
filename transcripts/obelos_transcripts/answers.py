"""Which word of a further version answers to which column of the others, where they do not read the same.

A word answers to the word that it is most like; of several possibilities that which keeps most words the same.
"""

from collections.abc import Sequence
from itertools import pairwise

from .matching import Pair, codes, match
from .pairing import best_pairs, likeness

Column = tuple[int, ...]
"""The number of the word that each version has in one place, -1 where it has none."""

SMALL = 400
"""Product of a number of columns and one of words up to which the best pairing is computed outright."""

_SKEWED = 3
"""Of a few words against this many times more, no word answers to one that it does not clearly resemble."""

_SURELY_ALIKE = 0.82

_EQUAL = 3.0
"""What it counts that a word answers to the same word."""

_UNLIKE = 0.3
"""What it counts that a word answers to any word rather than to none; its likeness is added."""


def answers(columns: Sequence[Column], names: Sequence[Sequence[str]], ours: Sequence[str]) -> list[Pair]:
    """Pairs of a column and a word, ascending on both sides; ``names`` has the words of the versions in columns."""
    if not columns or not ours:
        return []
    if len(columns) == len(ours) == 1:
        return [(0, 0)]
    if len(columns) * len(ours) > SMALL:
        return _in_parts(columns, names, ours)
    whole = _divided(columns, names, ours)
    if whole is not None:
        (x, y), columns_used, words_used = whole
        x_after, y_after = x + columns_used, y + words_used
        after = answers(columns[x_after:], names, ours[y_after:])
        return [*answers(columns[:x], names, ours[:y]), (x, y), *((x_after + i, y_after + j) for i, j in after)]
    scores = [[_score(column, names, word) for word in ours] for column in columns]
    if max(len(columns), len(ours)) > _SKEWED * min(len(columns), len(ours)) + 1:
        scores = [[score if score >= _UNLIKE + _SURELY_ALIKE else 0.0 for score in row] for row in scores]
    return best_pairs(scores)


def likest(column: Column, names: Sequence[Sequence[str]], word: str) -> float:
    """How like a word is to the reading of a column that it is most like."""
    return max(likeness(reading, word) for reading in set(_readings(column, names)))


def _readings(column: Column, names: Sequence[Sequence[str]]) -> list[str]:
    return [side[n] for side, n in zip(names, column, strict=True) if n >= 0]


def _score(column: Column, names: Sequence[Sequence[str]], word: str) -> float:
    """How gladly a word answers to a column; to a reading that it equals rather than to several unlike ones."""
    readings = _readings(column, names)
    return _EQUAL if word in readings else _UNLIKE + max(likeness(reading, word) for reading in set(readings))


def _in_parts(columns: Sequence[Column], names: Sequence[Sequence[str]], ours: Sequence[str]) -> list[Pair]:
    """`answers`, for long stretches: what is the same but for case first, then what lies between if it is short."""
    readings = [
        (place, reading.casefold()) for place, column in enumerate(columns) for reading in _readings(column, names)
    ]
    keys = codes((reading for _, reading in readings), (word.casefold() for word in ours))
    pairs: list[Pair] = []
    x = y = 0
    for n, word in [*match(*keys), (len(readings), len(ours))]:
        column = readings[n][0] if n < len(readings) else len(columns)
        if column < x:
            continue  # two readings of one column; it is taken once
        if x < column and y < word and (column - x) * (word - y) <= SMALL:
            inner = answers(columns[x:column], names, ours[y:word])
            pairs += [(x + i, y + j) for i, j in inner]
        if column < len(columns):
            pairs.append((column, word))
        x, y = column + 1, word + 1
    return pairs


def _divided(
    columns: Sequence[Column], names: Sequence[Sequence[str]], ours: Sequence[str]
) -> tuple[Pair, int, int] | None:
    """The first word that stands in two parts on one side: where, and how many columns and words it takes up."""
    plain = [word.casefold() for word in ours]
    joined = {first + second: n for n, (first, second) in reversed(list(enumerate(pairwise(plain))))}
    whole = {word: n for n, word in reversed(list(enumerate(plain)))}
    for x, column in enumerate(columns):
        follower = columns[x + 1] if x + 1 < len(columns) else (-1,) * len(column)
        for side, n, m in zip(names, column, follower, strict=True):
            if n < 0:
                continue
            reading = side[n].casefold()
            if reading in joined:
                return (x, joined[reading]), 1, 2
            if m >= 0 and reading + side[m].casefold() in whole:
                return (x, whole[reading + side[m].casefold()]), 2, 1
    return None
