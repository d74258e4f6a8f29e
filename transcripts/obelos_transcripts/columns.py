"""Columns of words: which word of each version answers to which of the others.

A column holds for each version the number of its word, or -1 where it has none; read down, the numbers of one
version ascend without a gap. A further version is aligned to the columns, not to one of the versions: its word may
answer to any reading that a column has. So versions meet also where the first of them has nothing.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .matching import Pair, codes, match
from .pairing import best_pairs, likeness

Column = tuple[int, ...]

_SMALL = 400
"""Product of a number of columns and one of words up to which the best pairing of unlike words is computed."""

_ALIKE = 0.75
"""Likeness above which two words are taken for one word misread, wherever they stand."""

_SKEWED = 3
"""Of a few words against this many times more, no word answers to one that it does not clearly resemble."""

_SURELY_ALIKE = 0.82

_FEW = 2
"""Words in a row, at most, that may be shared by chance."""

_EQUAL = 3.0
"""What it counts that a word answers to the same word."""

_UNLIKE = 0.3
"""What it counts that a word answers to any word rather than to none; its likeness is added."""

_ISLAND = 3
"""By chance words are shared where the unlike passages before and after are this many times longer."""


def columns(sequences: Sequence[Sequence[str]]) -> list[Column]:
    """Columns of several sequences of words; the two most alike are aligned first, then the one most like them."""
    numbered = codes(*sequences)
    plain = [[word.casefold() for word in sequence] for sequence in sequences]
    normal = codes(*plain)
    order = _order(numbered)
    done: list[Column] = [(n,) for n in range(len(sequences[order[0]]))]
    for place in range(1, len(order)):
        done = _with_one_more(done, order[:place], order[place], sequences, (numbered, normal))
    where = [order.index(n) for n in range(len(order))]
    return [tuple([column[n] for n in where]) for column in done]


def _order(numbered: Sequence[Sequence[int]]) -> list[int]:
    """In which order to align: by shared words and runs of two and three, the likest to those taken before."""
    if len(numbered) < 3:
        return list(range(len(numbered)))
    runs: list[set[object]] = []
    for items in numbered:
        runs.append({*items, *pairwise(items), *zip(items, items[1:], items[2:], strict=False)})
    alike = [[2 * len(one & other) / (len(one) + len(other) or 1) for other in runs] for one in runs]
    pairs = [(one, other) for one in range(len(runs)) for other in range(one + 1, len(runs))]
    first = max(pairs, key=lambda pair: alike[pair[0]][pair[1]])
    order = list(first)
    while len(order) < len(runs):
        left = [n for n in range(len(runs)) if n not in order]
        order.append(max(left, key=lambda n: max(alike[n][taken] for taken in order)))
    return order


def _with_one_more(
    done: list[Column],
    taken: Sequence[int],
    new: int,
    sequences: Sequence[Sequence[str]],
    keys: tuple[list[list[int]], list[list[int]]],
) -> list[Column]:
    """The columns with a further version in them."""
    numbered, normal = keys
    theirs, ours = [numbered[n] for n in taken], numbered[new]
    plain, plain_ours = [normal[n] for n in taken], normal[new]
    names, names_ours = [sequences[n] for n in taken], sequences[new]
    solid: list[Pair] = []
    loose: list[Pair] = []
    x = y = 0
    for column, word in _firm([*_shared(done, theirs, ours), (len(done), len(ours))]):
        if x < column and y < word:
            for i, j in _answers(done[x:column], plain, names, plain_ours[y:word], names_ours[y:word]):
                alike = _likeness(done[x + i], names, names_ours[y + j]) > _ALIKE
                (solid if alike else loose).append((x + i, y + j))
        if column < len(done):
            solid.append((column, word))
        x, y = column + 1, word + 1
    solid.sort()
    pairs = sorted([*_without_islands(solid, len(done), len(ours)), *loose])
    empty = (-1,) * len(taken)
    result: list[Column] = []
    x = y = 0
    for column, word in [*pairs, (len(done), len(ours))]:
        result += [(*done[n], -1) for n in range(x, column)]
        result += [(*empty, n) for n in range(y, word)]
        if column < len(done):
            result.append((*done[column], word))
        x, y = column + 1, word + 1
    return result


def _firm(pairs: list[Pair]) -> Iterator[Pair]:
    """The pairs without those one or two by one, where what lies around them is short: `_answers` sees more there.

    The last pair, the end of both, is always among them. Of *fox jumped over the dogs* and *dog sat on the fox*
    either *fox* or *the* can be shared.
    """
    held: list[Pair] = []
    last = (-1, -1)
    end = 0
    for start, pair in enumerate(pairs):
        if start < end:
            continue
        end = start + 1
        while end < len(pairs) and pairs[end] == (pair[0] + end - start, pair[1] + end - start):
            end += 1
        if end - start <= _FEW and end < len(pairs):
            held += pairs[start:end]
            continue
        if (pair[0] - last[0]) * (pair[1] - last[1]) > _SMALL:
            yield from held
        held = []
        last = pairs[end - 1]
        yield from pairs[start:end]


def _shared(done: Sequence[Column], theirs: Sequence[Sequence[int]], ours: Sequence[int]) -> Iterator[Pair]:
    """Pairs of a column and a word that one of its readings equals, as many as can be."""
    # Each reading of a column stands in a row of its own; a column is then taken once.
    readings: list[int] = []
    owner: list[int] = []
    for place, column in enumerate(done):
        kinds = dict.fromkeys(keys[n] for keys, n in zip(theirs, column, strict=True) if n >= 0)
        readings += kinds
        owner += [place] * len(kinds)
    before = -1
    for x, y in match(readings, ours):
        if owner[x] != before:
            before = owner[x]
            yield before, y


def _answers(
    done: Sequence[Column],
    plain: Sequence[Sequence[int]],
    names: Sequence[Sequence[str]],
    plain_ours: Sequence[int],
    ours: Sequence[str],
) -> list[Pair]:
    """Which word answers to which column between two that are shared."""
    if not done or not ours:
        return []
    if len(done) == len(ours) == 1:
        return [(0, 0)]
    if len(done) * len(ours) <= _SMALL:
        whole = _divided(done, names, ours)
        if whole is not None:
            (x, y), columns_used, words_used = whole
            after = _answers(
                done[x + columns_used :], plain, names, plain_ours[y + words_used :], ours[y + words_used :]
            )
            return [
                *_answers(done[:x], plain, names, plain_ours[:y], ours[:y]),
                (x, y),
                *((x + columns_used + i, y + words_used + j) for i, j in after),
            ]
        scores = [[_score(column, names, word) for word in ours] for column in done]
        if max(len(done), len(ours)) > _SKEWED * min(len(done), len(ours)) + 1:
            scores = [[score if score >= _UNLIKE + _SURELY_ALIKE else 0.0 for score in row] for row in scores]
        return best_pairs(scores)
    pairs: list[Pair] = []
    x = y = 0
    for column, word in [*_shared(done, plain, plain_ours), (len(done), len(ours))]:
        if x < column and y < word and (column - x) * (word - y) <= _SMALL:
            inner = _answers(done[x:column], plain, names, plain_ours[y:word], ours[y:word])
            pairs += [(x + i, y + j) for i, j in inner]
        if column < len(done):
            pairs.append((column, word))
        x, y = column + 1, word + 1
    return pairs


def _divided(
    done: Sequence[Column], names: Sequence[Sequence[str]], ours: Sequence[str]
) -> tuple[Pair, int, int] | None:
    """The first word that stands in two parts on one side: where, and how many columns and words it takes up."""
    for y, (word, after) in enumerate(zip(ours, [*ours[1:], ""], strict=True)):
        joined = (word + after).casefold()
        for x, column in enumerate(done):
            for place, (side, n) in enumerate(zip(names, column, strict=True)):
                if n < 0:
                    continue
                if after and side[n].casefold() == joined:
                    return (x, y), 1, 2
                follower = done[x + 1][place] if x + 1 < len(done) else -1
                if follower >= 0 and (side[n] + side[follower]).casefold() == word.casefold():
                    return (x, y), 2, 1
    return None


def _score(column: Column, names: Sequence[Sequence[str]], word: str) -> float:
    """How gladly a word answers to a column; to a reading that it equals rather than to several unlike ones."""
    if any(side[n] == word for side, n in zip(names, column, strict=True) if n >= 0):
        return _EQUAL
    return _UNLIKE + _likeness(column, names, word)


def _likeness(column: Column, names: Sequence[Sequence[str]], word: str) -> float:
    """How like a word is to the reading of a column that it is most like."""
    return max(
        likeness(reading, word) for reading in {side[n] for side, n in zip(names, column, strict=True) if n >= 0}
    )


def _without_islands(pairs: list[Pair], columns_end: int, words_end: int) -> list[Pair]:
    """The pairs without those few that chance put between two passages which have nothing to do with each other.

    Where a paragraph was written anew an *of* or *the* in the middle is the same in both and says nothing.
    """
    runs: list[tuple[int, int]] = []
    for n, (column, word) in enumerate(pairs):
        if n and (column - 1, word - 1) == pairs[n - 1]:
            runs[-1] = (runs[-1][0], n + 1)
        else:
            runs.append((n, n + 1))
    kept: list[Pair] = []
    for place, (start, end) in enumerate(runs):
        column, word = pairs[start]
        last_column, last_word = kept[-1] if kept else (-1, -1)
        next_column, next_word = pairs[runs[place + 1][0]] if place + 1 < len(runs) else (columns_end, words_end)
        before = min(column - last_column, word - last_word) - 1
        after = min(next_column - pairs[end - 1][0], next_word - pairs[end - 1][1]) - 1
        if min(before, after) < _ISLAND * (end - start):
            kept += pairs[start:end]
    return kept
