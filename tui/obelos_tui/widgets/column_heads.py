"""The heads of the columns: siglum and name of each version."""

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from ..layout import column_width
from ..view import View
from ..wording import version_heads


class ColumnHeads(Widget):
    """One line above `TextColumns`, as wide as it with its scroll bar; ``remark`` stands beside the left name."""

    view: reactive[View | None] = reactive(None)
    remark: reactive[str] = reactive("")

    def render(self) -> Content:
        """Each head over its column."""
        return version_heads(self.view, column_width(self.size.width - 1), self.remark) if self.view else Content("")
