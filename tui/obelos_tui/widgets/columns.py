"""Versions side by side, scrolled together; only the rows in sight are drawn.

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

from obelos_transcripts import Row, Span

from ..layout import SEPARATOR, SIGN, Layout, column_width, lay_out, position_at
from ..view import CARET, DIFFERENCE, HERE, Mark

_KINDS = (
    "lemma",
    "accidental",
    "difference",
    "moved",
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

_DIFFERING = ("difference", "accidental", "moved")
"""Kinds of marks that have a sign between the columns."""

_CONTEXT_ROWS = 3

Rows = dict[int, list[Mark]]
"""Marks by the number of the row that they stand on."""


class TextColumns(ScrollView, can_focus=False):
    """Columns, counted from 0, with a sign for each row at the left and between them."""

    # Words are chosen by ourselves, code point for code point.
    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"columns--{kind}" for kind in (*_KINDS, "rule", "sign", "faint")}

    @dataclass
    class PlaceClicked(Message):
        """A character was clicked: its column, its position in that text."""

        column: int
        position: int

    @dataclass
    class StretchDragged(Message):
        """The mouse was drawn over a column with its button down: from which position to which. ``done``: it is up."""

        column: int
        start: int
        end: int
        done: bool

    @dataclass
    class LaidOut(Message):
        """The texts stand on other rows than before."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._texts: Sequence[str] = ("", "")
        self._alignment: Sequence[Row] = ()
        self._layout_made = Layout(((0, 0), (0, 0)))
        self._width = 0
        self._prepared: tuple[Sequence[str], int, Layout] = ((), 0, self._layout_made)
        self._marks: Sequence[Sequence[Mark]] = ((), ())
        self._passing: Sequence[Sequence[Mark]] = ((), ())
        self._rows: Sequence[Rows] = ({}, {})
        self._passing_rows: Sequence[Rows] = ({}, {})
        self._signs: Sequence[tuple[int, str]] = ()
        self._row_signs: dict[int, str] = {}
        self._strips: dict[int, Strip] = {}
        self._base: Style | None = None
        self._sought: tuple[int, int] | None = None
        self._pressed: tuple[int, int] | None = None
        self._dragged = False

    # What it shows

    def prepare(self, texts: Sequence[str], rows: Sequence[Row]) -> None:
        """Lay texts out that will be shown, in another thread than the one that draws."""
        width = self._width
        if width and texts != self._texts:
            self._prepared = texts, width, lay_out(texts, rows, width)

    def show_texts(self, texts: Sequence[str], rows: Sequence[Row]) -> None:
        """Put texts side by side as they are aligned; the scroll position stays. Marks are dropped."""
        self._texts = texts
        self._alignment = rows
        self._marks = self._passing = tuple(() for _ in texts)
        self._signs = ()
        if self._sought and self._sought[0] >= len(texts):
            self._sought = None
        self._lay_out()

    def show_marks(self, marks: Sequence[Sequence[Mark]], signs: Sequence[tuple[int, str]]) -> None:
        """Set the standing marks of each column, and the signs of positions in the first one."""
        self._marks = marks
        self._signs = signs
        self._index()

    def show_hand(self, marks: Sequence[Sequence[Mark]]) -> None:
        """Set the marks that move with the editor in each column: the place at hand, the matches of a search.

        Only the rows that they leave and come to are drawn again.
        """
        before = self._passing_rows
        self._passing = marks
        self._passing_rows = self._indexed(marks)
        for rows in (*before, *self._passing_rows):
            for row in rows:
                self._strips.pop(row, None)
        self.refresh()

    def bring_to_sight(self, column: int, position: int) -> None:
        """Scroll, if need be, so that a position of a column is in sight with some rows around it."""
        self._sought = column, position
        row = self._layout_made.find(column, position)
        height = max(1, self.size.height)
        margin = min(_CONTEXT_ROWS, max(0, (height - 1) // 3))
        top = self.scroll_offset.y
        if not top + margin <= row < top + height - margin:
            self.scroll_to(y=max(0, row - height // 3), animate=False, force=True)

    def position_at_top(self) -> int:
        """The position of the first column that the uppermost row in sight begins with."""
        made = self._layout_made
        return made.starts[0][min(int(self.scroll_offset.y), made.height - 1)]

    @property
    def column(self) -> int:
        """Cells of one column."""
        return column_width(self.scrollable_content_region.width, len(self._texts))

    @property
    def layout_made(self) -> Layout:
        """Which stretch of each text stands on which row."""
        return self._layout_made

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
        self._base = None
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """One row of all columns."""
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
        texts, width, made = self._prepared
        fits = width == self._width and texts == self._texts
        self._layout_made = made if fits else lay_out(self._texts, self._alignment, self._width)
        self.virtual_size = Size(self.scrollable_content_region.width, self._layout_made.height)
        self._index()
        self.post_message(self.LaidOut())

    def _index(self) -> None:
        self._rows = self._indexed(self._marks)
        self._passing_rows = self._indexed(self._passing)
        self._row_signs = {self._layout_made.find(0, position): sign for position, sign in self._signs}
        self._strips.clear()
        self.refresh()

    def _indexed(self, marks: Sequence[Sequence[Mark]]) -> Sequence[Rows]:
        return tuple(self._by_row(column, each) for column, each in enumerate(marks))

    def _by_row(self, column: int, marks: Iterable[Mark]) -> Rows:
        rows: Rows = defaultdict(list)
        for mark in marks:
            first = self._layout_made.find(column, mark.span.start)
            last = self._layout_made.find(column, mark.span.end - 1)
            for row in range(first, last + 1):
                rows[row].append(mark)
        return dict(rows)

    def _draw(self, row: int) -> Strip:
        base = self._base = self._base or self.rich_style  # working it out takes as long as drawing a row
        marks = [
            [*standing.get(row, ()), *passing.get(row, ())]
            for standing, passing in zip(self._rows, self._passing_rows, strict=True)
        ]
        sign = self._row_signs.get(row, "")
        held = any(mark.kind == "hand" for each in marks for mark in each)
        gutter = self._style("sign") + (Style(reverse=True) if held else Style())
        segments = [Segment(sign or (HERE if held else " "), base + gutter), Segment(" " * (SIGN - 1), base)]
        for column, each in enumerate(marks):
            if column:
                # The first two share their sign; a further column has one where it differs itself.
                differs = any(mark.kind in _DIFFERING for mark in (*each, *(marks[0] if column == 1 else ())))
                middle = DIFFERENCE if differs else "│"
                segments.append(Segment(middle.center(SEPARATOR), base + self._style("faint" if differs else "rule")))
            segments += self._cells(column, row, each, base)
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _cells(self, column: int, row: int, marks: Iterable[Mark], base: Style) -> list[Segment]:
        span = self._layout_made.row(column, row)
        segments: list[Segment] = []
        cells = 0
        for run, over in _runs(span, marks):
            shown = self._shown(column, run, over)
            style = base
            for kind in sorted({mark.kind for mark in over}, key=_KINDS.index):
                style += self._style(kind)
            segments.append(Segment(shown, style))
            cells += cell_len(shown)
        return [*segments, Segment(" " * max(0, self._width - cells), base)]

    def _shown(self, column: int, run: Span, over: Sequence[Mark]) -> str:
        """The characters of a run; the end of a line is shown only where something is marked there."""
        shown = self._texts[column][run.start : run.end]
        if any(mark.caret for mark in over) and shown == " ":
            return CARET
        if shown.endswith("\n"):
            return shown[:-1] + "↵" if over else shown[:-1].removesuffix("␍")
        return shown

    def _style(self, kind: str) -> Style:
        return self.get_component_rich_style(f"columns--{kind}", partial=True)

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """Tell which character was clicked; letting go at the end of a stretch is no click."""
        if self._dragged:
            self._dragged = False
            return
        place = self._place(event.x, event.y)
        if place:
            self.post_message(self.PlaceClicked(*place))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A stretch may begin."""
        self._dragged = False
        self._pressed = self._place(event.x, event.y) if event.button == 1 else None
        if self._pressed:
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The stretch goes on, within its column."""
        self._drag(event, done=False)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """The stretch ends."""
        self.release_mouse()
        if self._dragged:
            self._drag(event, done=True)
        self._pressed = None

    def _drag(self, event: events.MouseEvent, *, done: bool) -> None:
        if self._pressed is None:
            return
        column, start = self._pressed
        place = self._place(event.x, event.y, column)
        end = place[1] if place else start
        if end != start or self._dragged:
            self._dragged = True
            self.post_message(self.StretchDragged(column, start, end, done))

    def _place(self, x: int, y: int, within: int | None = None) -> tuple[int, int] | None:
        """Column and position of a cell; of a cell outside the column ``within``, the nearest on that row."""
        row = self.scroll_offset.y + y
        if not 0 <= row < self._layout_made.height:
            return None
        column = min(max(0, x - SIGN) // (self._width + SEPARATOR), len(self._texts) - 1) if within is None else within
        cell = max(0, x - SIGN - column * (self._width + SEPARATOR))
        span = self._layout_made.row(column, row)
        index = position_at(self._texts[column][span.start : span.end], cell)
        if index is None and within is not None and span.start < span.end:
            index = span.end - span.start - 1
        return None if index is None else (column, span.start + index)


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
