"""Versions side by side: which stretch of each stands on which row.

Pure and linear in the length of the texts. A layout is a list of positions that never decrease for each column: row
``r`` of a column shows the code points from entry ``r`` to entry ``r + 1``. So nothing can be shown twice or left
out, and a row whose two entries are equal is blank, put there so that words that correspond stand on the same row.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len, split_graphemes

from obelos_transcripts import Row, Span
from obelos_transcripts.align import Block

from .ruler import Ruler

Side = Literal["left", "right"]

SIGN = 2
"""Cells of the gutter at the left: a sign and a space."""

SEPARATOR = 3
"""Cells between the columns."""

_LEAST = 4  # cells of the narrowest column: one wide character, one space, the mark of a line end

_READABLE = 30  # cells of the narrowest column that one likes to read


@dataclass(frozen=True)
class Layout:
    """Where the rows of each column begin; one entry more than there are rows. Positions are code points."""

    starts: tuple[Sequence[int], ...]

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.starts[0]) - 1

    def row(self, column: int, number: int) -> Span:
        """Half-open span that a row of a column shows; empty where the row is blank."""
        starts = self.starts[column]
        return Span(starts[number], starts[number + 1])

    def find(self, column: int, position: int) -> int:
        """The row that shows a position; the last row that shows anything for the end of the text."""
        starts = self.starts[column]
        row = bisect_right(starts, position, 0, self.height) - 1
        while row > 0 and starts[row] == starts[-1]:
            row -= 1
        return row


def column_width(total: int, count: int = 2) -> int:
    """Cells of one column when ``count`` of them share ``total`` cells with gutter and separators."""
    return max(_LEAST, (total - SIGN - SEPARATOR * (count - 1)) // count)


def readable_columns(total: int) -> int:
    """How many columns stand side by side in so many cells and can still be read; two at least."""
    return max(2, (total - SIGN + SEPARATOR) // (_READABLE + SEPARATOR))


def rows_of_pair(blocks: Iterable[Block]) -> list[Row]:
    """The alignment of two texts as rows of a table."""
    return [Row((left, right), (0, int(not equal))) for left, right, equal in blocks]


def lay_out(texts: Sequence[str], rows: Sequence[Row], width: int) -> Layout:
    """Lay texts out in columns of ``width`` cells.

    Args:
        texts: The texts as they are shown, code point for code point; only ``\\n`` ends a paragraph.
        rows: Their alignment, in order: a cell for each text, texts of the same group reading the same there.
        width: Cells of a column. The last is kept free for the mark of a line end.
    """
    columns = range(len(texts))
    ends = [[row.cells[n].end for row in rows] for n in columns]
    rulers = [Ruler(text, max(2, width - 1)) for text in texts]
    starts: tuple[list[int], ...] = tuple([] for _ in columns)
    at = tuple(0 for _ in columns)
    for end, alike in _corresponding_ends(texts, rows):
        if alike and all(ruler.narrow for ruler in rulers):
            _lay_out_alike(rulers[0], starts, at, end[0])
            at = end
            continue
        while at != end or not starts[0]:
            for column, position in zip(starts, at, strict=True):
                column.append(position)
            if at == end:
                break
            # Each row ends at places that correspond: where one column is full, the others stop as well.
            full = [ruler.row_end(a, b) for ruler, a, b in zip(rulers, at, end, strict=True)]
            met = [_met(rows, ends[n], full[n], n) for n in columns if full[n] < end[n]]
            if not met:
                break
            number, within, fullest = min(met)
            cells, groups = rows[number]
            at = tuple(
                full[n]
                if n == fullest
                else min(
                    full[n],
                    max(
                        at[n],
                        rulers[n].snap(cells[n].start + within)
                        if groups[n] == groups[fullest]
                        else rulers[n].snap(cells[n].end),
                    ),
                )
                for n in columns
            )
        at = end
    for column, text in zip(starts, texts, strict=True):
        column.append(len(text))
    return Layout(starts)


def _lay_out_alike(ruler: Ruler, starts: Sequence[list[int]], at: tuple[int, ...], end: int) -> None:
    """A paragraph that reads the same everywhere: one column is measured, the others follow."""
    position = at[0]
    while position != end:
        for column, begin in zip(starts, at, strict=True):
            column.append(begin + position - at[0])
        position = ruler.row_end(position, end)


def _met(rows: Sequence[Row], ends: Sequence[int], position: int, column: int) -> tuple[int, int, int]:
    """The number of the row of the table that a position stands in, its place there, and its column."""
    number = min(bisect_left(ends, position), len(rows) - 1)
    return number, position - rows[number].cells[column].start, column


def _corresponding_ends(texts: Sequence[str], rows: Iterable[Row]) -> Iterator[tuple[tuple[int, ...], bool]]:
    """Positions behind line ends that correspond, then the ends of the texts.

    With each, whether all texts read the same from the one before.
    """
    last: tuple[int, ...] = tuple(0 for _ in texts)
    lengths = tuple(map(len, texts))
    nothing = last
    for row in rows:
        found = [_line_ends(text, cell) for text, cell in zip(texts, row.cells, strict=True)]
        if len({len(each) for each in found}) == 1:
            same = len(set(row.groups)) == 1
            begins = tuple(cell.start for cell in row.cells)
            for ends in zip(*found, strict=True):
                yield ends, same and _since(last, begins)
                last = ends
    if last != lengths or last == nothing:
        yield lengths, False


def _since(positions: tuple[int, ...], begins: tuple[int, ...]) -> bool:
    return all(position >= begin for position, begin in zip(positions, begins, strict=True))


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
