"""Two versions side by side: which stretch of each stands on which row.

Pure and linear in the length of the texts. A layout is two lists of positions that never decrease: row ``r`` of a
column shows the code points from entry ``r`` to entry ``r + 1``. So nothing can be shown twice or left out, and a
row whose two entries are equal is blank, put there so that paragraphs that correspond stand at the same height.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len, split_graphemes

from obelos_transcripts import Span
from obelos_transcripts.align import Block

Side = Literal["left", "right"]

SIGN = 2
"""Cells of the gutter at the left: a sign and a space."""

SEPARATOR = 3
"""Cells between the columns."""

_LEAST = 4  # cells of the narrowest column: one wide character, one space, the mark of a line end

# Ranges in which every code point is one cell wide and a grapheme of its own.
_NARROW = re.compile("[ -~¡-¬®-˿Ͱ-҂Ҋ-԰‐-‧‰-⁞←-⇿␀-␦]*")


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
    rows: tuple[list[int], list[int]] = ([], [])
    texts = (left, right)
    narrow = [bool(_NARROW.fullmatch(text.replace("\n", ""))) for text in texts]
    begin = (0, 0)
    for end in _corresponding_ends(left, right, blocks):
        first = len(rows[0])
        for side in (0, 1):
            _wrap(texts[side], begin[side], end[side], max(2, width - 1), narrow[side], rows[side])
        height = max(len(rows[0]), len(rows[1]), first + (begin == end == (0, 0)))
        for side in (0, 1):
            rows[side].extend([end[side]] * (height - len(rows[side])))
        begin = end
    for side in (0, 1):
        rows[side].append(len(texts[side]))
    return Layout(*rows)


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


def _wrap(text: str, start: int, end: int, width: int, narrow: bool, rows: list[int]) -> None:
    """Append the starts of the rows of ``text[start:end]``."""
    while start < end:
        stop = text.find("\n", start, end) + 1 or end
        body = stop - 1 if text[stop - 1] == "\n" else stop
        rows.append(start)
        if narrow or _NARROW.fullmatch(text, start, body):
            _wrap_narrow(text, start, body, width, rows)
        else:
            _wrap_graphemes(text[start:body], start, width, rows)
        start = stop


def _wrap_narrow(text: str, start: int, end: int, width: int, rows: list[int]) -> None:
    while end - start > width:
        space = text.rfind(" ", start, start + width)
        start = space + 1 if space >= start else start + width
        rows.append(start)


def _wrap_graphemes(line: str, offset: int, width: int, rows: list[int]) -> None:
    graphemes, _ = split_graphemes(line)
    cells = 0
    row = after_space = cells_to_space = 0
    for start, end, wide in graphemes:
        if cells + wide > width and start > row:
            if after_space > row:
                row, cells = after_space, cells - cells_to_space
            else:
                row, cells = start, 0
            rows.append(offset + row)
        cells += wide
        if line[start:end] == " ":
            after_space, cells_to_space = end, cells


def position_at(shown: str, cell: int) -> int | None:
    """Index of the code point that stands at a cell of a row, counted from 0; None behind its end."""
    at = 0
    for start, end, _ in split_graphemes(shown)[0]:
        at += cell_len(shown[start:end])
        if cell < at:
            return start
    return None
