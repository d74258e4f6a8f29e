"""What two versions share and where they part: words first, then what stands between them.

The blocks cover both texts without gap or loss, so the right text can be rebuilt from the left one and the unequal
blocks. Words are aligned before punctuation and spaces; inside a changed word `character_changes` goes further.
Exchanging the two texts gives the same blocks, mirrored.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from .graphemes import graphemes
from .matching import anchors, codes, match
from .pairing import pair_tokens
from .text import Span
from .tokens import tokenize, words

_DMP_MOST = 200
"""Graphemes up to which diff-match-patch compares; without its timeout it is slow beyond."""

_LONG = 200_000
"""Code points of both texts together from which lines are aligned before words."""

_TELLING = 20
"""Code points from which a line that stands once in both texts is taken for the same line."""


class Block(NamedTuple):
    """A stretch of the left text and what answers to it in the right one, as half-open spans of code points.

    ``equal`` says that both read the same. One span of an unequal block may be empty.
    """

    left: Span
    right: Span
    equal: bool


def align(left: str, right: str) -> list[Block]:
    """Blocks of two texts, in order, equal and unequal by turns; none for two empty texts."""
    return coarser(finest(left, right))


def coarser(parts: Iterable[Block]) -> list[Block]:
    """What `align` gives, made of what `finest` has given."""
    blocks: list[Block] = []
    for equal, group in groupby(parts, key=lambda block: block.equal):
        several = list(group)
        blocks.append(_joined(several[0], several[-1], equal))
    return blocks


def finest(left: str, right: str) -> list[Block]:
    """As `align`, but with every changed token beside the one that answers to it: unequal blocks may touch.

    Of long texts the lines that stand once in both are aligned first, and words only between them.
    """
    if (len(right), right) < (len(left), left):
        return [Block(b, a, equal) for a, b, equal in finest(right, left)]
    if len(left) + len(right) < _LONG:
        return _by_words(left, right)
    blocks: list[Block] = []
    for one, other in _stretches(left, right):
        here, there = left[slice(*one)], right[slice(*other)]
        if here == there:
            _add(blocks, Block(one, other, True))
            continue
        for (a, b), (c, d), equal in _by_words(here, there):
            _add(blocks, Block(Span(one.start + a, one.start + b), Span(other.start + c, other.start + d), equal))
    return blocks


def _stretches(left: str, right: str) -> Iterator[tuple[Span, Span]]:
    """The texts cut where lines that stand once in both begin and end."""
    left_lines, right_lines = _telling_lines(left), _telling_lines(right)
    one, other = codes(left_lines.values(), right_lines.values())
    left_starts, right_starts = list(left_lines), list(right_lines)
    cuts = [(0, 0)]
    for i, j in anchors(one, other, 1):
        start, size = (left_starts[i], right_starts[j]), len(left_lines[left_starts[i]])
        if len(cuts) > 1 and (start[0] - 1, start[1] - 1) == cuts[-1]:  # the next line: a line end lies between
            cuts.pop()
        else:
            cuts.append(start)
        cuts.append((start[0] + size, start[1] + size))
    cuts.append((len(left), len(right)))
    for (a, c), (b, d) in pairwise(cuts):
        if b > a or d > c:
            yield Span(a, b), Span(c, d)


def _telling_lines(text: str) -> dict[int, str]:
    """The long lines of a text by the position where they start; without their ends."""
    lines: dict[int, str] = {}
    start = 0
    for line in text.split("\n"):
        if len(line) >= _TELLING:
            lines[start] = line
        start += len(line) + 1
    return lines


def _by_words(left: str, right: str) -> list[Block]:
    """`finest`, word by word."""
    (left_words, left_starts), (right_words, right_starts) = words(left), words(right)
    blocks: list[Block] = []
    same_left = same_right = 0  # where the equal stretch under way began
    at_left = at_right = 0
    pairs = match(*codes(left_words, right_words))
    # The end of both texts, as if it were one more word that they share.
    pairs.append((len(left_words), len(right_words)))
    left_words.append("")
    left_starts.append(len(left))
    right_starts.append(len(right))
    for i, j in pairs:
        start_left, start_right = left_starts[i], right_starts[j]
        if left[at_left:start_left] != right[at_right:start_right]:
            _add(blocks, Block(Span(same_left, at_left), Span(same_right, at_right), True))
            for block in _between(left, right, Span(at_left, start_left), Span(at_right, start_right)):
                _add(blocks, block)
            same_left, same_right = start_left, start_right
        size = len(left_words[i])
        at_left, at_right = start_left + size, start_right + size
    _add(blocks, Block(Span(same_left, len(left)), Span(same_right, len(right)), True))
    return blocks


def character_changes(left: str, right: str) -> list[Block]:
    """Blocks inside one changed word: as `align`, but grapheme by grapheme, equal and unequal by turns.

    For marking what changed in a word that is shown whole; a letter is never parted from its accent.
    """
    left_parts, right_parts = graphemes(left), graphemes(right)
    left_codes, right_codes = codes(left_parts, right_parts)
    blocks: list[Block] = []
    i = j = at_left = at_right = 0
    for x, y in [*_same_graphemes(left_codes, right_codes), (len(left_codes), len(right_codes))]:
        if x > i or y > j:
            changed_left = at_left + len("".join(left_parts[i:x]))
            changed_right = at_right + len("".join(right_parts[j:y]))
            _add(blocks, Block(Span(at_left, changed_left), Span(at_right, changed_right), False))
            at_left, at_right = changed_left, changed_right
        if x < len(left_parts):
            size = len(left_parts[x])
            _add(blocks, Block(Span(at_left, at_left + size), Span(at_right, at_right + size), True))
            at_left, at_right = at_left + size, at_right + size
        i, j = x + 1, y + 1
    return blocks


def _same_graphemes(left: list[int], right: list[int]) -> list[tuple[int, int]]:
    if len(left) > _DMP_MOST or len(right) > _DMP_MOST:
        return match(left, right)
    from diff_match_patch import diff_match_patch  # here, as rapidfuzz elsewhere: to start fast

    engine = diff_match_patch()
    engine.Diff_Timeout = 0  # with a timeout it reports, silently, that everything differs
    pairs: list[tuple[int, int]] = []
    i = j = 0
    # Letters of a private alphabet: at most 400 numbers, far below the surrogates.
    alphabets = ("".join(chr(0x100 + code) for code in side) for side in (left, right))
    for operation, piece in engine.diff_main(*alphabets, False):
        if operation == engine.DIFF_EQUAL:
            pairs += [(i + n, j + n) for n in range(len(piece))]
        i += len(piece) * (operation != engine.DIFF_INSERT)
        j += len(piece) * (operation != engine.DIFF_DELETE)
    return pairs


def _between(left: str, right: str, left_span: Span, right_span: Span) -> list[Block]:
    """Blocks of a stretch between two shared words."""
    left_tokens, right_tokens = tokenize(left[slice(*left_span)]), tokenize(right[slice(*right_span)])
    shorter = min(len(left_tokens), len(right_tokens))
    head = next((n for n in range(shorter) if left_tokens[n].text != right_tokens[n].text), shorter)
    rest = shorter - head
    tail = next((n for n in range(rest) if left_tokens[-1 - n].text != right_tokens[-1 - n].text), rest)
    inner = pair_tokens(left_tokens[head : len(left_tokens) - tail], right_tokens[head : len(right_tokens) - tail])
    pairs = [(n, n) for n in range(head)]
    pairs += [(head + i, head + j) for i, j in inner]
    pairs += [(len(left_tokens) - n, len(right_tokens) - n) for n in range(tail, 0, -1)]
    blocks: list[Block] = []
    from_left, from_right = left_span.start, right_span.start
    at_left, at_right = left_span.start, right_span.start
    for i, j in pairs:
        one, other = left_tokens[i], right_tokens[j]
        start_left, start_right = from_left + one.start, from_right + other.start
        if at_left < start_left or at_right < start_right:
            blocks.append(Block(Span(at_left, start_left), Span(at_right, start_right), False))
        at_left, at_right = from_left + one.end, from_right + other.end
        blocks.append(Block(Span(start_left, at_left), Span(start_right, at_right), one.text == other.text))
    if at_left < left_span.end or at_right < right_span.end:
        blocks.append(Block(Span(at_left, left_span.end), Span(at_right, right_span.end), False))
    return blocks


def _add(blocks: list[Block], block: Block) -> None:
    """Append a block unless it is empty; an equal one continues an equal one."""
    if block.left.start == block.left.end and block.right.start == block.right.end:
        return
    if block.equal and blocks and blocks[-1].equal:
        blocks[-1] = _joined(blocks[-1], block, True)
    else:
        blocks.append(block)


def _joined(first: Block, last: Block, equal: bool) -> Block:
    return Block(Span(first.left.start, last.left.end), Span(first.right.start, last.right.end), equal)
