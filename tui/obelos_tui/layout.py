"""Two versions side by side: which stretch of each stands on which row.

Pure and linear in the length of the texts. A layout is two lists of positions that never decrease: row ``r`` of a
column shows the code points from entry ``r`` to entry ``r + 1``. So nothing can be shown twice or left out, and a
row whose two entries are equal is blank, put there so that words that correspond stand on the same row.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len, split_graphemes

from obelos_transcripts import Span
from obelos_transcripts.align import Block

from .ruler import Ruler

Side = Literal["left", "right"]

SIGN = 2
"""Cells of the gutter at the left: a sign and a space."""

SEPARATOR = 3
"""Cells between the columns."""

_LEAST = 4  # cells of the narrowest column: one wide character, one space, the mark of a line end


@dataclass(frozen=True)
class Layout:
    """Where the rows of both columns begin; one entry more than there are rows. Positions are code points."""

    left: Sequence[int]
    right: Sequence[int]

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.left) - 1

    def row(self, side: Side, number: int) -> Span:
        """Half-open span that a row of a column shows; empty where the row is blank."""
        starts = self.left if side == "left" else self.right
        return Span(starts[number], starts[number + 1])

    def find(self, side: Side, position: int) -> int:
        """The row that shows a position; the last row that shows anything for the end of the text."""
        starts = self.left if side == "left" else self.right
        row = bisect_right(starts, position, 0, self.height) - 1
        while row > 0 and starts[row] == starts[-1]:
            row -= 1
        return row


def column_width(total: int) -> int:
    """Cells of one column when the two share ``total`` cells with gutter and separator."""
    return max(_LEAST, (total - SIGN - SEPARATOR) // 2)


def lay_out(left: str, right: str, blocks: Iterable[Block], width: int) -> Layout:
    """Lay two texts out in columns of ``width`` cells.

    Args:
        left, right: The texts as they are shown, code point for code point; only ``\\n`` ends a paragraph.
        blocks: Their alignment, in order.
        width: Cells of a column. The last is kept free for the mark of a line end.
    """
    blocks = list(blocks)
    across, back = _Crossing(blocks, "left"), _Crossing(blocks, "right")
    ours, theirs = (Ruler(text, max(2, width - 1)) for text in (left, right))
    rows: tuple[list[int], list[int]] = ([], [])
    at = (0, 0)
    for end in _corresponding_ends(left, right, blocks):
        while at != end or not rows[0]:
            rows[0].append(at[0])
            rows[1].append(at[1])
            if at == end:
                break
            # Each row ends at places that correspond: where one side is full, the other stops as well.
            here, there = ours.row_end(at[0], end[0]), theirs.row_end(at[1], end[1])
            opposite = min(end[1], theirs.snap(across.to(here))) if here < end[0] else end[1]
            if opposite <= there:
                at = (here, max(at[1], opposite))
            else:
                at = (min(here, max(at[0], ours.snap(back.to(there)))), there)
        at = end
    rows[0].append(len(left))
    rows[1].append(len(right))
    return Layout(*rows)


class _Crossing:
    """Positions of one side as positions of the other; a changed stretch is crossed as a whole."""

    def __init__(self, blocks: Sequence[Block], side: Side) -> None:
        self._spans = [(b.left, b.right) if side == "left" else (b.right, b.left) for b in blocks]
        self._equal = [block.equal for block in blocks]
        self._ends = [here.end for here, _ in self._spans]

    def to(self, position: int) -> int:
        """The position that answers; for one inside a changed stretch, the end of what answers to that."""
        number = bisect_left(self._ends, position)
        if number >= len(self._spans):
            return self._spans[-1][1].end if self._spans else 0
        here, there = self._spans[number]
        if position == here.start:
            return there.start
        return there.start + position - here.start if self._equal[number] else there.end


def _corresponding_ends(left: str, right: str, blocks: Iterable[Block]) -> Iterator[tuple[int, int]]:
    """Positions behind line ends that correspond, then the ends of the texts."""
    last = (0, 0)
    for block in blocks:
        ours, theirs = _line_ends(left, block.left), _line_ends(right, block.right)
        if len(ours) == len(theirs):
            for last in zip(ours, theirs, strict=True):
                yield last
    if last != (len(left), len(right)) or last == (0, 0):
        yield len(left), len(right)


def _line_ends(text: str, span: Span) -> list[int]:
    found = []
    position = text.find("\n", span.start, span.end) + 1
    while position:
        found.append(position)
        position = text.find("\n", position, span.end) + 1
    return found


def position_at(shown: str, cell: int) -> int | None:
    """Index of the code point that stands at a cell of a row, counted from 0; None behind its end."""
    at = 0
    for start, end, _ in split_graphemes(shown)[0]:
        at += cell_len(shown[start:end])
        if cell < at:
            return start
    return None
