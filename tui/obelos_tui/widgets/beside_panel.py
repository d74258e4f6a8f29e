"""The side panel: readings, the chain of decisions on the place at hand, the notes; as much as there is room for."""

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from ..beside import beside_lines
from ..shown import Item
from ..view import View


class BesidePanel(Widget):
    """Follows the place at hand; what has no room is read in full with ``enter``."""

    view: reactive[View | None] = reactive(None)
    item: reactive[Item | None] = reactive(None)

    def render(self) -> Content:
        """The lines."""
        return Content("\n").join(beside_lines(self.view, self.item)) if self.view else Content("")
