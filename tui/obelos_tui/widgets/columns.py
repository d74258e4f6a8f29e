"""Two versions side by side, scrolled together; only the rows in sight are drawn.

The texts handed to it are already visible (`obelos_transcripts.visible`): nothing else may be put here.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from obelos_transcripts import Span
from obelos_transcripts.align import Block

from ..layout import SEPARATOR, SIGN, Layout, Side, column_width, lay_out, position_at
from ..view import CARET, DIFFERENCE, HERE, Mark

_KINDS = (
    "accidental",
    "difference",
    "changed",
    "decided",
    "possible",
    "likely",
    "certain",
    "match",
    "counterpart",
    "hand",
)
"""Kinds of marks, in the order in which they are laid over one another."""

_CONTEXT_ROWS = 3

Rows = dict[int, list[Mark]]
"""Marks by the number of the row that they stand on."""


class TextColumns(ScrollView, can_focus=False):
    """Two columns with a sign for each row at the left and between them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"columns--{kind}" for kind in (*_KINDS, "rule", "sign", "faint")}

    @dataclass
    class PlaceClicked(Message):
        """A character was clicked: its side, its position in that text."""

        side: Side
        position: int

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._texts: dict[Side, str] = {"left": "", "right": ""}
        self._blocks: Sequence[Block] = ()
        self._layout_made = Layout((0, 0), (0, 0))
        self._width = 0
        self._marks: dict[Side, Sequence[Mark]] = {"left": (), "right": ()}
        self._passing: dict[Side, Sequence[Mark]] = {"left": (), "right": ()}
        self._rows: dict[Side, Rows] = {"left": {}, "right": {}}
        self._passing_rows: dict[Side, Rows] = {"left": {}, "right": {}}
        self._signs: Sequence[tuple[int, str]] = ()
        self._row_signs: dict[int, str] = {}
        self._strips: dict[int, Strip] = {}
        self._sought: tuple[Side, int] | None = None

    # What it shows

    def show_texts(self, left: str, right: str, blocks: Sequence[Block]) -> None:
        """Put two texts side by side; the scroll position stays. Marks are dropped."""
        self._texts = {"left": left, "right": right}
        self._blocks = blocks
        self._marks = self._passing = {"left": (), "right": ()}
        self._signs = ()
        self._lay_out()

    def show_marks(self, left: Sequence[Mark], right: Sequence[Mark], signs: Sequence[tuple[int, str]]) -> None:
        """Set the standing marks of both columns, and the signs of positions on the left."""
        self._marks = {"left": left, "right": right}
        self._signs = signs
        self._index()

    def show_hand(self, left: Sequence[Mark], right: Sequence[Mark]) -> None:
        """Set the marks that move with the editor: the place at hand, the matches of a search.

        Only the rows that they leave and come to are drawn again.
        """
        before = self._passing_rows
        self._passing = {"left": left, "right": right}
        self._passing_rows = {side: self._by_row(side, marks) for side, marks in self._passing.items()}
        for rows in (*before.values(), *self._passing_rows.values()):
            for row in rows:
                self._strips.pop(row, None)
        self.refresh()

    def bring_to_sight(self, side: Side, position: int) -> None:
        """Scroll, if need be, so that a position is in sight with some rows around it."""
        self._sought = side, position
        row = self._layout_made.find(side, position)
        height = max(1, self.size.height)
        margin = min(_CONTEXT_ROWS, max(0, (height - 1) // 3))
        top = self.scroll_offset.y
        if not top + margin <= row < top + height - margin:
            self.scroll_to(y=max(0, row - height // 3), animate=False, force=True)

    @property
    def column(self) -> int:
        """Cells of one column."""
        return column_width(self.scrollable_content_region.width)

    # How it is drawn

    def on_resize(self, event: events.Resize) -> None:
        """Lay out anew when the width has changed, and keep what was looked for in sight."""
        if self.column != self._width:
            self._lay_out()
        if self._sought:
            self.bring_to_sight(*self._sought)

    def notify_style_update(self) -> None:
        """Drop what was drawn in other colours."""
        self._strips.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """One row of both columns."""
        row = self.scroll_offset.y + y
        if row >= self._layout_made.height:
            return Strip.blank(self.size.width, self.rich_style)
        strip = self._strips.get(row)
        if strip is None:
            strip = self._strips[row] = self._draw(row)
        return strip

    def _lay_out(self) -> None:
        if not self.size.width:
            return  # not on the screen yet: on_resize comes
        self._width = self.column
        self._layout_made = lay_out(self._texts["left"], self._texts["right"], self._blocks, self._width)
        self.virtual_size = Size(self.scrollable_content_region.width, self._layout_made.height)
        self._index()

    def _index(self) -> None:
        self._rows = {side: self._by_row(side, marks) for side, marks in self._marks.items()}
        self._passing_rows = {side: self._by_row(side, marks) for side, marks in self._passing.items()}
        self._row_signs = {self._layout_made.find("left", position): sign for position, sign in self._signs}
        self._strips.clear()
        self.refresh()

    def _by_row(self, side: Side, marks: Iterable[Mark]) -> Rows:
        rows: Rows = defaultdict(list)
        for mark in marks:
            first = self._layout_made.find(side, mark.span.start)
            last = self._layout_made.find(side, mark.span.end - 1)
            for row in range(first, last + 1):
                rows[row].append(mark)
        return dict(rows)

    def _draw(self, row: int) -> Strip:
        base = self.rich_style
        marks = {side: [*self._rows[side].get(row, ()), *self._passing_rows[side].get(row, ())] for side in self._texts}
        sign = self._row_signs.get(row, "")
        held = any(mark.kind == "hand" for mark in marks["left"])
        differs = any(mark.kind in ("difference", "accidental") for each in marks.values() for mark in each)
        gutter = self._style("sign") + (Style(reverse=True) if held else Style())
        segments = [Segment(sign or (HERE if held else " "), base + gutter), Segment(" " * (SIGN - 1), base)]
        segments += self._cells("left", row, marks["left"])
        middle = DIFFERENCE if differs else "│"
        segments.append(Segment(middle.center(SEPARATOR), base + self._style("faint" if differs else "rule")))
        segments += self._cells("right", row, marks["right"])
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _cells(self, side: Side, row: int, marks: Iterable[Mark]) -> list[Segment]:
        base = self.rich_style
        span = self._layout_made.row(side, row)
        segments: list[Segment] = []
        cells = 0
        for run, over in _runs(span, marks):
            shown = self._shown(side, run, over)
            style = base
            for kind in sorted({mark.kind for mark in over}, key=_KINDS.index):
                style += self._style(kind)
            segments.append(Segment(shown, style))
            cells += cell_len(shown)
        return [*segments, Segment(" " * max(0, self._width - cells), base)]

    def _shown(self, side: Side, run: Span, over: Sequence[Mark]) -> str:
        """The characters of a run; the end of a line is shown only where something is marked there."""
        shown = self._texts[side][run.start : run.end]
        if any(mark.caret for mark in over) and shown == " ":
            return CARET
        if shown.endswith("\n"):
            return shown[:-1] + "↵" if over else shown[:-1].removesuffix("␍")
        return shown

    def _style(self, kind: str) -> Style:
        return self.get_component_rich_style(f"columns--{kind}", partial=True)

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """Tell which character was clicked."""
        row = self.scroll_offset.y + event.y
        if row >= self._layout_made.height:
            return
        start = SIGN + self._width + SEPARATOR
        side: Side = "left" if event.x < start else "right"
        cell = event.x - (SIGN if side == "left" else start)
        span = self._layout_made.row(side, row)
        index = position_at(self._texts[side][span.start : span.end], max(0, cell))
        if index is not None:
            self.post_message(self.PlaceClicked(side, span.start + index))


def _runs(span: Span, marks: Iterable[Mark]) -> list[tuple[Span, list[Mark]]]:
    """A row cut where marks begin and end, each piece with the marks over it."""
    marks = list(marks)
    edges = {span.start, span.end}
    for mark in marks:
        edges |= {edge for edge in mark.span if span.start < edge < span.end}
    return [
        (Span(start, end), [m for m in marks if m.span.start < end and start < m.span.end])
        for start, end in pairwise(sorted(edges))
    ]
