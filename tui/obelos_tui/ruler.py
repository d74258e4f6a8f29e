"""How much of a text fits on a row: rows end after a space where they can, never inside a grapheme.

Positions are code points; widths are terminal cells. Only ``\\n`` ends a paragraph.
"""

import re
from bisect import bisect_right
from itertools import accumulate

from rich.cells import split_graphemes

# Ranges in which every code point is one cell wide and a grapheme of its own.
_NARROW = re.compile("[ -~¡-¬®-˿Ͱ-҂Ҋ-԰‐-‧‰-⁞←-⇿␀-␦]*")


class Ruler:
    """Measures rows of one text, as it is shown, in columns of ``width`` cells.

    Attributes:
        narrow: Every code point is one cell wide and a grapheme of its own.
    """

    def __init__(self, text: str, width: int) -> None:
        self._text = text
        self._width = width
        self.narrow = bool(_NARROW.fullmatch(text.replace("\n", "")))
        self._paragraph = (0, -1)
        self._starts: list[int] = []
        self._cells: list[int] = []

    def row_end(self, start: int, end: int) -> int:
        """Where the row that begins at ``start`` ends, at ``end`` at the latest; a line end closes its row."""
        if start >= end:
            return end
        stop = self._text.find("\n", start, end) + 1 or end
        body = stop - 1 if self._text[stop - 1] == "\n" else stop
        if self._is_narrow(start):
            return stop if body - start <= self._width else self._break(start, start + self._width)
        first = bisect_right(self._starts, start) - 1
        fits = bisect_right(self._cells, self._cells[first] + self._width) - 1
        limit = self._starts[max(fits, first + 1)]
        return stop if limit >= body else self._break(start, limit)

    def snap(self, position: int) -> int:
        """The position, or the start of the grapheme that it stands in."""
        if position >= len(self._text) or self._is_narrow(position):
            return position
        return self._starts[bisect_right(self._starts, position) - 1]

    def _break(self, start: int, limit: int) -> int:
        """Behind the last space before a limit; the limit where there is none."""
        space = self._text.rfind(" ", start, limit)
        while space >= start:
            if self.narrow or self.snap(space + 1) == space + 1:
                return space + 1
            space = self._text.rfind(" ", start, space)
        return limit

    def _is_narrow(self, position: int) -> bool:
        """Whether a position's paragraph has one code point a cell; if not, its graphemes are measured."""
        if self.narrow:
            return True
        begin, end = self._paragraph
        if not begin <= position < end:
            begin = self._text.rfind("\n", 0, position) + 1
            end = self._text.find("\n", position) + 1 or len(self._text)
            self._paragraph = (begin, end)
            if _NARROW.fullmatch(self._text, begin, end - (self._text[end - 1] == "\n")):
                self._starts = []
            else:
                graphemes = split_graphemes(self._text[begin:end])[0]
                self._starts = [*(begin + start for start, _, _ in graphemes), end]
                self._cells = [0, *accumulate(wide for _, _, wide in graphemes)]
        return not self._starts
