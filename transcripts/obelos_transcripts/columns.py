"""Columns of words: which word of each version answers to which of the others.

A column holds for each version the number of its word, or -1 where it has none; read down, the numbers of one
version ascend without a gap. A further version is aligned to the columns, not to one of the versions: its word may
answer to any reading that a column has. So versions meet also where the first of them has nothing.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from .answers import SMALL, Column, answers, likest
from .matching import Pair, codes, match

_ALIKE = 0.75
"""Likeness above which two words are taken for one word misread, wherever they stand."""

_FEW = 2
"""Words in a row, at most, that may be shared by chance."""

_ISLAND = 3
"""By chance words are shared where the unlike passages before and after are this many times longer."""


_SAMPLE = 50_000
"""Words of each version, from its beginning, by which it is told which versions are alike."""


class _Run(NamedTuple):
    """Columns from ``x`` that answer to words from ``y``, one by one."""

    x: int
    y: int
    size: int


def columns(sequences: Sequence[Sequence[str]]) -> list[Column]:
    """Columns of several sequences of words; the two most alike are aligned first, then the one most like them."""
    numbered = codes(*sequences)
    order = _order(numbered)
    done: list[Column] = [(n,) for n in range(len(sequences[order[0]]))]
    for place in range(1, len(order)):
        taken, new = order[:place], order[place]
        theirs = [numbered[n] for n in taken]
        runs = _aligned(done, theirs, numbered[new], [sequences[n] for n in taken], sequences[new])
        done = _with_one_more(done, place, len(numbered[new]), runs)
    where = [order.index(n) for n in range(len(order))]
    return done if where == sorted(where) else [tuple([column[n] for n in where]) for column in done]


def _order(numbered: Sequence[Sequence[int]]) -> list[int]:
    """In which order to align: by shared words and runs of two and three, the likest to those taken before."""
    if len(numbered) < 3:
        return list(range(len(numbered)))
    runs: list[set[object]] = []
    for items in (sequence[:_SAMPLE] for sequence in numbered):
        runs.append({*items, *pairwise(items), *zip(items, items[1:], items[2:], strict=False)})
    alike = [[2 * len(one & other) / (len(one) + len(other) or 1) for other in runs] for one in runs]
    pairs = [(one, other) for one in range(len(runs)) for other in range(one + 1, len(runs))]
    first = max(pairs, key=lambda pair: alike[pair[0]][pair[1]])
    order = list(first)
    while len(order) < len(runs):
        left = [n for n in range(len(runs)) if n not in order]
        order.append(max(left, key=lambda n: max(alike[n][taken] for taken in order)))
    return order


def _aligned(
    done: list[Column],
    theirs: Sequence[Sequence[int]],
    ours: Sequence[int],
    names: Sequence[Sequence[str]],
    names_ours: Sequence[str],
) -> list[_Run]:
    """Which columns answer to which words of a further version."""
    ends = (len(done), len(ours))
    solid: list[_Run] = []
    loose: list[_Run] = []
    x = y = 0
    for run in _firm(_runs([*_shared(done, theirs, ours), ends])):
        if x < run.x and y < run.y:
            for i, j in answers(done[x : run.x], names, names_ours[y : run.y]):
                alike = likest(done[x + i], names, names_ours[y + j]) > _ALIKE
                (solid if alike else loose).append(_Run(x + i, y + j, 1))
        solid.append(run)
        x, y = run.x + run.size, run.y + run.size
    solid[-1] = solid[-1]._replace(size=solid[-1].size - 1)  # without the end of both
    return sorted([*_without_islands(_joined(solid), ends), *loose])


def _with_one_more(done: list[Column], width: int, words: int, runs: list[_Run]) -> list[Column]:
    """The columns with a further version in them."""
    empty = (-1,) * width
    result: list[Column] = []
    x = y = 0
    for run in [*runs, _Run(len(done), words, 0)]:
        result += [(*column, -1) for column in done[x : run.x]]
        result += [(*empty, n) for n in range(y, run.y)]
        x, y = run.x + run.size, run.y + run.size
        result += [(*column, n) for column, n in zip(done[run.x : x], range(run.y, y), strict=True)]
    return result


def _runs(pairs: list[Pair]) -> list[_Run]:
    """Pairs that follow each other on both sides, as one."""
    breaks = [n for n, (one, other) in enumerate(pairwise(pairs), 1) if other != (one[0] + 1, one[1] + 1)]
    return [_Run(*pairs[start], end - start) for start, end in pairwise([0, *breaks, len(pairs)])]


def _joined(runs: list[_Run]) -> list[_Run]:
    """Runs in order, those that follow each other on both sides as one."""
    found: list[_Run] = []
    for run in sorted(runs):
        if found and run[:2] == (found[-1].x + found[-1].size, found[-1].y + found[-1].size):
            found[-1] = found[-1]._replace(size=found[-1].size + run.size)
        elif run.size:
            found.append(run)
    return found


def _firm(runs: list[_Run]) -> Iterator[_Run]:
    """The runs without those of one or two words, where what lies around them is short: `answers` sees more there.

    The last run, with the end of both, is always among them. Of *fox jumped over the dogs* and *dog sat on the fox*
    either *fox* or *the* can be shared.
    """
    held: list[_Run] = []
    x = y = -1
    for n, run in enumerate(runs, 1):
        if run.size <= _FEW and n < len(runs):
            held.append(run)
            continue
        if (run.x - x) * (run.y - y) > SMALL:
            yield from held
        held = []
        x, y = run.x + run.size - 1, run.y + run.size - 1
        yield run


def _shared(done: Sequence[Column], theirs: Sequence[Sequence[int]], ours: Sequence[int]) -> list[Pair]:
    """Pairs of a column and a word that one of its readings equals, as many as can be."""
    if len(theirs) == 1:
        return match(theirs[0], ours)
    # Each reading of a column stands in a row of its own; a column is then taken once.
    readings: list[int] = []
    owner: list[int] = []
    for place, column in enumerate(done):
        kinds = {keys[n]: n for keys, n in zip(theirs, column, strict=True) if n >= 0}
        readings += kinds
        owner += [place] * len(kinds)
    pairs = [(owner[x], y) for x, y in match(readings, ours)]
    return [pair for pair, before in zip(pairs, [(-1, -1), *pairs], strict=False) if pair[0] != before[0]]


def _without_islands(runs: list[_Run], ends: tuple[int, int]) -> list[_Run]:
    """The runs without those few words that chance put between two passages that have nothing to do with each other.

    Where a paragraph was written anew an *of* or *the* in the middle is the same in both and says nothing.
    """
    kept: list[_Run] = []
    x = y = 0
    for run, after in zip(runs, [*runs[1:], _Run(*ends, 0)], strict=False):
        end_x, end_y = run.x + run.size, run.y + run.size
        if min(run.x - x, run.y - y, after.x - end_x, after.y - end_y) < _ISLAND * run.size:
            kept.append(run)
            x, y = end_x, end_y
    return kept
