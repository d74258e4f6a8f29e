"""What two sequences have in common, in order: the engine under the alignment of texts.

Every answer is a common subsequence. It is the longest one wherever that is affordable, and the time is bounded
whatever the input: nothing here gives up and reports that everything differs.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from itertools import chain, pairwise

Pair = tuple[int, int]
"""Indices of two items that are the same, in the left and the right sequence."""

_EXACT = 4_000_000
"""Product of two lengths up to which the longest common subsequence is computed outright: about a millisecond."""

_WINDOW = 4_000
"""Items compared at a time where no unique run divides a long stretch."""

_NEAR = 4
"""Items to either side among which a better place for a pair is looked for."""


def codes(*sequences: Iterable[Hashable]) -> list[list[int]]:
    """The sequences with each distinct item replaced by a number of its own: numbers never collide."""
    items = [list(sequence) for sequence in sequences]
    known = {item: n for n, item in enumerate(dict.fromkeys(chain.from_iterable(items)))}
    return [[known[item] for item in sequence] for sequence in items]


def match(left: Sequence[int], right: Sequence[int]) -> list[Pair]:
    """Pairs of equal items, ascending on both sides.

    Items that the other side lacks are laid aside first; they cannot match. Then runs of three, of two, of one
    item that occur once on each side divide the sequences (patience), until a stretch is short enough to be
    compared exactly. A stretch that is long and has no unique run is compared through a sliding window.
    """
    in_left, in_right = set(left), set(right)
    kept_left = [i for i, item in enumerate(left) if item in in_right]
    kept_right = [j for j, item in enumerate(right) if item in in_left]
    pairs: list[Pair] = []
    _divide([left[i] for i in kept_left], [right[j] for j in kept_right], 0, 0, (3, 2, 1), pairs)
    return _balanced(left, right, [(kept_left[i], kept_right[j]) for i, j in pairs])


def _balanced(left: Sequence[int], right: Sequence[int], pairs: list[Pair]) -> list[Pair]:
    """The pairs, each moved to another item of the same kind beside it where the gaps around it then fit better.

    Of *she had had no* against *he had been no* the first *had* is shared, so that *been* answers to the second:
    one change instead of one before and one after.
    """
    shifts = [0, *(i - j for i, j in pairs), len(left) - len(right)]
    # The gap before fits if both sides leave as many items there; of the gap after, likewise.
    unfit = [n for n, (one, other) in enumerate(pairwise(shifts)) if one != other]
    chosen = [(-1, -1), *pairs, (len(left), len(right))]
    last = 0
    for gap in unfit:
        for n in (gap, gap + 1):
            # Where a pair was moved the next one may fit better elsewhere too.
            while last < n < len(chosen) - 1:
                stood, last = chosen[n], n
                chosen[n] = _fitting(left, right, chosen[n - 1], stood, chosen[n + 1])
                n += chosen[n] != stood
    return chosen[1:-1]


def _fitting(left: Sequence[int], right: Sequence[int], before: Pair, pair: Pair, after: Pair) -> Pair:
    """The place for a pair, between its neighbours, that leaves the gaps most alike on both sides."""
    i, j = pair
    there = range(max(before[0] + 1, i - _NEAR), min(after[0], i + _NEAR + 1))
    here = range(max(before[1] + 1, j - _NEAR), min(after[1], j + _NEAR + 1))
    best, least = pair, abs(i - j - before[0] + before[1]) + abs(i - j - after[0] + after[1])
    places = [(k, j) for k in there if left[k] == left[i]] + [(i, k) for k in here if right[k] == right[j]]
    for x, y in places:
        misfit = abs(x - y - before[0] + before[1]) + abs(x - y - after[0] + after[1])
        if misfit < least:
            best, least = (x, y), misfit
    return best


def _divide(left: list[int], right: list[int], i: int, j: int, widths: tuple[int, ...], out: list[Pair]) -> None:
    """Add the pairs of two stretches that start at ``i`` and ``j``."""
    shorter = min(len(left), len(right))
    head = next((n for n in range(shorter) if left[n] != right[n]), shorter)
    rest = shorter - head
    tail = next((n for n in range(rest) if left[-1 - n] != right[-1 - n]), rest)
    out += [(i + n, j + n) for n in range(head)]
    end_left, end_right = len(left) - tail, len(right) - tail
    if head < end_left and head < end_right:
        _inner(left[head:end_left], right[head:end_right], i + head, j + head, widths, out)
    out += [(i + end_left + n, j + end_right + n) for n in range(tail)]


def _inner(left: list[int], right: list[int], i: int, j: int, widths: tuple[int, ...], out: list[Pair]) -> None:
    """`_divide`, for stretches that begin and end differently."""
    if len(left) * len(right) <= _EXACT:
        out += [(i + x, j + y) for x, y in _longest(left, right)]
        return
    if not widths:
        out += [(i + x, j + y) for x, y in _windows(left, right)]
        return
    at_left = at_right = 0
    shared = [*anchors(left, right, widths[0]), (len(left), len(right))]
    breaks = [n for n, (one, other) in enumerate(pairwise(shared), 1) if other != (one[0] + 1, one[1] + 1)]
    for start, end in pairwise([0, *breaks, len(shared)]):
        x, y = shared[start]
        if x > at_left and y > at_right:
            _divide(left[at_left:x], right[at_right:y], i + at_left, j + at_right, widths[1:], out)
        size = end - start - (end == len(shared))  # without the end of both
        out += zip(range(i + x, i + x + size), range(j + y, j + y + size), strict=True)
        at_left, at_right = x + size, y + size


def anchors(left: list[int], right: list[int], width: int) -> list[Pair]:
    """Where runs of ``width`` items that occur once on each side start, in the longest order common to both."""
    base = max(max(left, default=0), max(right, default=0)) + 1
    runs_left, runs_right = _runs(left, width, base), _runs(right, width, base)
    place = dict(zip(runs_right, range(len(runs_right)), strict=True))
    once = _once(runs_left) & _once(runs_right)
    shared = [(x, place[run]) for x, run in enumerate(runs_left) if run in once]
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, y) in enumerate(shared):
        length = len(ends) if not ends or y > ends[-1] else bisect_left(ends, y)
        before.append(last[length - 1] if length else -1)
        if length == len(ends):
            ends.append(y)
            last.append(index)
        else:
            ends[length], last[length] = y, index
    chain: list[Pair] = []
    index = last[-1] if last else -1
    while index >= 0:
        chain.append(shared[index])
        index = before[index]
    return chain[::-1]


def _once(items: list[int]) -> set[int]:
    """The items that occur once."""
    return {item for item, count in Counter(items).items() if count == 1}


def _runs(items: list[int], width: int, base: int) -> list[int]:
    """Every run of ``width`` items as one number: cheaper to count than a tuple."""
    runs = items
    for n in range(1, width):
        runs = [run * base + item for run, item in zip(runs, items[n:], strict=False)]
    return runs


def _longest(left: list[int], right: list[int]) -> list[Pair]:
    """A longest common subsequence."""
    if len(left) == 1 or len(right) == 1:
        single, several = (left, right) if len(left) == 1 else (right, left)
        if single[0] not in several:
            return []
        at = several.index(single[0])
        return [(0, at) if several is right else (at, 0)]
    from rapidfuzz.distance import LCSseq  # here, so that a command that compares nothing need not load it

    return [
        (block.a + n, block.b + n)
        for block in LCSseq.editops(left, right).as_matching_blocks()
        for n in range(block.size)
    ]


def _windows(left: list[int], right: list[int]) -> list[Pair]:
    """A long common subsequence of long stretches: window by window, of which the first half is kept each time."""
    pairs: list[Pair] = []
    x = y = 0
    while x < len(left) and y < len(right):
        found = _longest(left[x : x + _WINDOW], right[y : y + _WINDOW])
        if x + _WINDOW < len(left) or y + _WINDOW < len(right):
            half = _WINDOW // 2
            found = [pair for pair in found if pair[0] < half and pair[1] < half]
        pairs += [(x + n, y + m) for n, m in found]
        step_left, step_right = (found[-1][0] + 1, found[-1][1] + 1) if found else (_WINDOW // 2, _WINDOW // 2)
        x, y = x + max(step_left, 1), y + max(step_right, 1)
    return pairs
