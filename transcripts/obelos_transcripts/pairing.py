"""Which token of one reading answers to which of another, where they differ.

Between two words that both texts share stands a short stretch of other tokens. Here words answer to the words that
they resemble, line ends to line ends, punctuation to punctuation; a space weighs little. So a reader is shown a
word for a word and never two halves of words.
"""

from collections.abc import Callable, Sequence
from functools import cache

from .matching import Pair, codes, match
from .tokens import Token

_EXACT = 1_024
"""Product of two numbers of tokens up to which the best pairing is computed outright."""

_LINE, _SAME_MARK, _MARK, _SPACE, _BREAK = 0.9, 0.5, 0.1, 0.2, 0.05
_WORD = 0.3  # plus the likeness: any word may answer to any other, sooner than to none
_END = 1_000
"""Code points at each end of a word that are compared: the time to compare grows with the square of the length."""


def likeness(left: str, right: str) -> float:
    """How alike two words are, from 0 to 1, without regard to case; of very long ones, their beginnings and ends."""
    return _similarity()(_ends(left).casefold(), _ends(right).casefold())


def _ends(word: str) -> str:
    return word if len(word) <= 2 * _END else word[:_END] + word[-_END:]


@cache
def _similarity() -> Callable[[str, str], float]:
    from rapidfuzz.distance import Indel  # here, so that a command that compares nothing need not load it

    return Indel.normalized_similarity


def pair_tokens(left: Sequence[Token], right: Sequence[Token]) -> list[Pair]:
    """Pairs of indices of tokens that answer to each other, ascending on both sides; they need not be equal."""
    if len(left) == len(right) == 1 and left[0].kind == right[0].kind:
        return [(0, 0)]
    if len(left) * len(right) <= _EXACT:
        return _best(left, right)
    # Lines and punctuation first, spaces after them: spaces are all alike and would pair anything.
    solid_left = [i for i, token in enumerate(left) if token.kind != "space"]
    solid_right = [j for j, token in enumerate(right) if token.kind != "space"]
    keys = codes((_key(left[i]) for i in solid_left), (_key(right[j]) for j in solid_right))
    fixed = [(solid_left[i], solid_right[j]) for i, j in match(*keys)]
    pairs: list[Pair] = []
    i = j = 0
    for x, y in [*fixed, (len(left), len(right))]:
        part_left, part_right = left[i:x], right[j:y]
        small = len(part_left) * len(part_right) <= _EXACT
        inner = _best(part_left, part_right) if small else _by_key(part_left, part_right)
        pairs += [(i + n, j + m) for n, m in inner]
        if x < len(left):
            pairs.append((x, y))
        i, j = x + 1, y + 1
    return pairs


def _key(token: Token) -> str:
    return "\n" if token.kind == "line" else token.text


def _by_key(left: Sequence[Token], right: Sequence[Token]) -> list[Pair]:
    """Pairs of equal tokens, and of what stands between them where it is one token on each side."""
    pairs: list[Pair] = []
    i = j = 0
    for x, y in [*match(*codes(map(_key, left), map(_key, right))), (len(left), len(right))]:
        if x - i == 1 and y - j == 1 and _score(left[i], right[j]) > 0:
            pairs.append((i, j))
        if x < len(left):
            pairs.append((x, y))
        i, j = x + 1, y + 1
    return pairs


def _score(left: Token, right: Token) -> float:
    """How gladly two tokens answer to each other; below zero, not at all."""
    if left.kind != right.kind:
        return _BREAK if {left.kind, right.kind} == {"space", "line"} else -1.0
    if left.kind == "word":
        return _WORD + likeness(left.text, right.text)
    if left.kind == "line":
        return _LINE
    same = left.text == right.text
    if left.kind == "space":
        return _SPACE if same else _SPACE / 2
    return _SAME_MARK if same else _MARK


def _best(left: Sequence[Token], right: Sequence[Token]) -> list[Pair]:
    return best_pairs([[_score(token, other) for other in right] for token in left])


def best_pairs(scores: Sequence[Sequence[float]]) -> list[Pair]:
    """The pairing, ascending on both sides, with the highest sum; of equals, the one that pairs the earliest items.

    ``scores`` has a row for each item of the left side; what is not above zero is never paired.
    """
    wide = len(scores[0]) if scores else 0
    # total[i][j] is the best sum for what follows i on the left and j on the right.
    total = [[0.0] * (wide + 1) for _ in range(len(scores) + 1)]
    for i in range(len(scores) - 1, -1, -1):
        row, below, score = total[i], total[i + 1], scores[i]
        for j in range(wide - 1, -1, -1):
            best = max(below[j], row[j + 1])
            row[j] = max(best, below[j + 1] + score[j]) if score[j] > 0 else best
    pairs: list[Pair] = []
    i = j = 0
    while i < len(scores) and j < wide:
        if scores[i][j] > 0 and total[i][j] == total[i + 1][j + 1] + scores[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif total[i][j] == total[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
