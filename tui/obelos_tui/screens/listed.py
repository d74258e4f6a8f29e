"""A screen around one list: going about in it."""

from ..widgets.line_list import LineList
from .base import ViewScreen


class ListedScreen(ViewScreen):
    """A screen whose keys go about in its one `LineList`."""

    def action_move(self, rows: int) -> None:
        """Go to another entry."""
        self.query_one(LineList).move(rows)

    def action_page(self, pages: int) -> None:
        """Go on by a page."""
        entries = self.query_one(LineList)
        entries.move(pages * entries.page)

    def action_top(self) -> None:
        """Go to the first entry."""
        self.query_one(LineList).to_end(-1)

    def action_bottom(self) -> None:
        """Go to the last entry."""
        self.query_one(LineList).to_end(1)
