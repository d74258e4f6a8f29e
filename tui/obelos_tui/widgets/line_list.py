"""A list of one-line entries with a cursor; only the lines in sight are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual


class LineList(ScrollView, can_focus=False):
    """Entries, one a row, cut at the width of the list. The cursor is shown by a sign as well as by colour."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--cursor"}

    cursor = reactive(-1, repaint=False)
    """Index of the entry at hand, from 0; -1 for none."""

    @dataclass
    class Moved(Message):
        """The cursor has come to an entry."""

        index: int

    @dataclass
    class Chosen(Message):
        """An entry was clicked."""

        index: int

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._lines: Sequence[Content] = ()

    def show_lines(self, lines: Sequence[Content], cursor: int = -1) -> None:
        """Replace all entries and put the cursor on one."""
        self._lines = lines
        self.virtual_size = Size(self.scrollable_content_region.width, len(lines))
        self.put_cursor(min(cursor, len(lines) - 1))

    def put_cursor(self, cursor: int) -> None:
        """Put the cursor on an entry without telling anyone; -1 for none."""
        self.set_reactive(LineList.cursor, cursor)
        self._bring_to_sight()
        self.refresh()

    def move(self, rows: int) -> None:
        """Move the cursor by so many entries, not past the ends."""
        if self._lines:
            self.cursor = max(0, min(len(self._lines) - 1, self.cursor + rows))

    def to_end(self, direction: int) -> None:
        """Move the cursor to the last entry (1) or the first (-1)."""
        self.move(direction * len(self._lines))

    @property
    def page(self) -> int:
        """Entries in sight."""
        return max(1, self.size.height - 1)

    def watch_cursor(self, before: int, cursor: int) -> None:
        """Keep the cursor in sight, and say where it is; of a list that stands still two lines are drawn."""
        if not self._bring_to_sight():
            self.refresh_line(before)
            self.refresh_line(cursor)
        if 0 <= cursor < len(self._lines):
            self.post_message(self.Moved(cursor))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The entries in sight; their styles are looked up once."""
        self._entry, self._ground = self.visual_style, self.rich_style
        self._entry_at_hand = self._entry + self.get_visual_style("lines--cursor")
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One entry."""
        row = self.scroll_offset.y + y
        width = self.scrollable_content_region.width
        if row >= len(self._lines):
            return Strip.blank(width, self._ground)
        at_hand = row == self.cursor
        style = self._entry_at_hand if at_hand else self._entry
        line = Content.assemble(("▌", "$primary") if at_hand else " ", self._lines[row])
        line = line.truncate(width, ellipsis=True).pad_right(max(0, width - line.cell_length))
        strips = Visual.to_strips(self, line, width, 1, style)
        return strips[0].adjust_cell_length(width, self._ground)

    def on_resize(self) -> None:
        """Keep the cursor in sight when the list changes its height."""
        self._bring_to_sight()

    def on_click(self, event: events.Click) -> None:
        """Choose the entry under the mouse."""
        row = self.scroll_offset.y + event.y
        if row < len(self._lines):
            self.cursor = row
            self.post_message(self.Chosen(row))

    def _bring_to_sight(self) -> bool:
        """Scroll to the cursor; whether that was needed."""
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if self.cursor >= 0 and not top <= self.cursor < top + height:
            self.scroll_to(y=max(0, self.cursor - height // 2), animate=False, force=True)
            self.refresh()
            return True
        return False
