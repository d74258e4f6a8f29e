"""Passages that two versions have at different places: sentences exchanged, a paragraph put elsewhere.

An alignment keeps the order, so it tells such a passage twice, as left out and as put in. Here both places are
found and linked. A passage is known by words in a row that each version has only once, and what the alignment has
found in its place has not moved.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from .matching import Pair, codes, match
from .text import Span
from .units import units

_SEED = 3
"""Words in a row, found once in each version, that make it worth looking around."""

_FEWEST = 5
"""Words that a moved passage has at least."""

_LIKE = 0.8
"""How alike the two forms of a moved passage are at least, by words."""

_APART = 3
"""Words, at most, that differ, were left out or put in between two parts of one moved passage."""

_IN_PLACE = 0.5
"""Share of a passage's words, at most, that the alignment has found to be the same where they stand."""

_FILLS = 0.5
"""Share of what was left out there, or put in here, that a moved passage makes up at least.

Texts that have little in common share phrases of office all the same, and nobody has moved these.
"""


class Moved(NamedTuple):
    """A passage at two places: half-open spans of code points in the left and in the right text."""

    left: Span
    right: Span


class _Stretch(NamedTuple):
    """Words ``a`` to ``b`` of the left version that answer to words ``c`` to ``d`` of the right one."""

    a: int
    b: int
    c: int
    d: int


def moved(left: str, right: str) -> list[Moved]:
    """The passages that were moved, in the order of the left text; they do not overlap."""
    if (len(right), right) < (len(left), left):
        return sorted(Moved(one, other) for other, one in moved(right, left))
    one, other = units(left), units(right)
    first, second = codes(*[[word.casefold() for word in side.words] for side in (one, other)])
    pairs = match(first, second)
    gaps = _gaps(pairs, (len(first), len(second)))
    stretches = (
        _wider(stretch, gaps, first, second)
        for stretch in _stretches(first, second, _seeds(first, second, dict(pairs)))
    )
    kept = _longest_first(list(stretches), gaps, first, second, pairs)
    return sorted(
        Moved(Span(one.starts[s.a], one.starts[s.b]), Span(other.starts[s.c], other.starts[s.d])) for s in kept
    )


class _Gaps(NamedTuple):
    """Where what both versions have in its place stands: starts and ends of runs of words, on one side."""

    starts: list[int]
    ends: list[int]

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The stretch without such a run that some words stand in."""
        before = bisect_left(self.starts, start) - 1
        after = bisect_right(self.ends, end)
        return (
            min(start, self.ends[before]) if before >= 0 else 0,
            max(end, self.starts[after]) if after < len(self.starts) else max(end, self.ends[-1]),
        )


def _gaps(pairs: list[Pair], sizes: tuple[int, int]) -> tuple[_Gaps, _Gaps]:
    """The runs of three words and more that are the same, and those at the start and the end, on both sides."""
    runs: list[tuple[int, int, int]] = []
    for i, j in pairs:
        if runs and (i, j) == (runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]):
            runs[-1] = (*runs[-1][:2], runs[-1][2] + 1)
        else:
            runs.append((i, j, 1))
    firm = [
        run
        for run in runs
        if run[2] >= _SEED or 0 in run[:2] or any(run[n] + run[2] == size for n, size in enumerate(sizes))
    ]
    ends = [(size, size, 0) for size in sizes]
    left, right = (
        _Gaps([run[n] for run in [*firm, ends[n]]], [run[n] + run[2] for run in [*firm, ends[n]]]) for n in (0, 1)
    )
    return left, right


def _wider(stretch: _Stretch, gaps: tuple[_Gaps, _Gaps], first: Sequence[int], second: Sequence[int]) -> _Stretch:
    """The stretch with what follows and goes before it on both sides beyond a few words that differ.

    To either side by no more than its own length: it is one passage, not a chain of chances.
    """
    a, b, c, d = stretch
    size = b - a
    (least_left, most_left), (least_right, most_right) = gaps[0].around(a, b), gaps[1].around(c, d)
    least_left, most_left = max(least_left, a - size), min(most_left, b + size)
    step: Pair | None = (0, 0)
    while step:
        b, d = b + step[0], d + step[1]
        step = _next_equal(first[b : min(b + _APART + 1, most_left)], second[d : min(d + _APART + 1, most_right)])
    step = (0, 0)
    while step:
        a, c = a - step[0], c - step[1]
        before = first[max(a - _APART - 1, least_left) : a], second[max(c - _APART - 1, least_right) : c]
        step = _next_equal(before[0][::-1], before[1][::-1])
    return _Stretch(a, b, c, d)


def _next_equal(left: Sequence[int], right: Sequence[int]) -> Pair | None:
    """How many words to go on each side to have passed the nearest word that both have."""
    found = [(n + m, n + 1, m + 1) for n, one in enumerate(left) for m, other in enumerate(right) if one == other]
    return min(found)[1:] if found else None


def _seeds(first: Sequence[int], second: Sequence[int], in_place: dict[int, int]) -> list[Pair]:
    """Where runs of words stand that both versions have once, and not where the alignment has them."""
    places = [_once(side) for side in (first, second)]
    found = ((place, places[1].get(run, -1)) for run, place in places[0].items())
    return [(i, j) for i, j in found if i >= 0 <= j and any(in_place.get(i + n) != j + n for n in range(_SEED))]


def _once(items: Sequence[int]) -> dict[tuple[int, ...], int]:
    """Each run of words with its place; -1 if it stands at several."""
    found: dict[tuple[int, ...], int] = {}
    for n, run in enumerate(zip(*(items[n:] for n in range(_SEED)), strict=False)):
        found[run] = -1 if run in found else n
    return found


def _stretches(first: Sequence[int], second: Sequence[int], seeds: list[Pair]) -> list[_Stretch]:
    """The seeds, each with the equal words around it; those that follow each other closely on both sides as one."""
    found: list[_Stretch] = []
    for i, j in seeds:
        if found and found[-1].a <= i < found[-1].b and i - j == found[-1].b - found[-1].d:
            continue
        a, b, c, d = i, i + _SEED, j, j + _SEED
        while b < len(first) and d < len(second) and first[b] == second[d]:
            b, d = b + 1, d + 1
        least = (found[-1].b, found[-1].d) if found and found[-1].d <= c else (0, 0)
        while a > least[0] and c > least[1] and first[a - 1] == second[c - 1]:
            a, c = a - 1, c - 1
        if found and 0 <= a - found[-1].b <= _APART and 0 <= c - found[-1].d <= _APART:
            found[-1] = _Stretch(found[-1].a, b, found[-1].c, d)
        else:
            found.append(_Stretch(a, b, c, d))
    return found


def _longest_first(
    stretches: list[_Stretch],
    gaps: tuple[_Gaps, _Gaps],
    first: Sequence[int],
    second: Sequence[int],
    pairs: list[Pair],
) -> Iterator[_Stretch]:
    """Those stretches that have moved; of two that overlap the longer one."""
    kept_left, kept_right = (
        _sums({pair[side] for pair in pairs}, len(items)) for side, items in enumerate((first, second))
    )
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    for stretch in sorted(stretches, key=lambda s: (s.a - s.b, s)):
        a, b, c, d = stretch
        sizes = (b - a, d - c)
        if min(sizes) < _FEWEST or kept_left[b] - kept_left[a] > _IN_PLACE * sizes[0]:
            continue
        if kept_right[d] - kept_right[c] > _IN_PLACE * sizes[1]:
            continue
        if not taken_left.isdisjoint(range(a, b)) or not taken_right.isdisjoint(range(c, d)):
            continue
        around = gaps[0].around(a, b), gaps[1].around(c, d)
        if all(size < _FILLS * (end - start) for size, (start, end) in zip(sizes, around, strict=True)):
            continue
        if 2 * len(match(first[a:b], second[c:d])) < _LIKE * sum(sizes):
            continue
        taken_left.update(range(a, b))
        taken_right.update(range(c, d))
        yield stretch


def _sums(places: set[int], end: int) -> list[int]:
    """How many of some places lie before each position."""
    return list(accumulate((n in places for n in range(end)), initial=0))
