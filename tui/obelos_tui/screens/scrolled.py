"""Texts in columns that are scrolled together: what the review and the collation share."""

from ..widgets.columns import TextColumns
from .base import ViewScreen


class ScrolledTexts(ViewScreen):
    """A screen of which texts in columns are the main part."""

    @property
    def columns(self) -> TextColumns:
        """The texts."""
        return self.query_one(TextColumns)

    def action_scroll(self, rows: int) -> None:
        """Scroll by rows."""
        self.columns.scroll_relative(y=rows, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by pages."""
        self.columns.scroll_relative(y=pages * max(1, self.columns.size.height - 2), animate=False)

    def action_top(self) -> None:
        """Go to the start."""
        self.columns.scroll_home(animate=False)

    def action_bottom(self) -> None:
        """Go to the end."""
        self.columns.scroll_end(animate=False)
