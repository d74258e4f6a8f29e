"""The heads of the desk's columns; a click on one sorts by it."""

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from ..desk_wording import head_at, heads


class DeskHeads(Widget):
    """One line above the documents."""

    sort = reactive("name")
    backwards = reactive(False)

    @dataclass
    class Clicked(Message):
        """The head of a column was clicked."""

        sort: str

    def render(self) -> Content:
        """The heads, as wide as the list below."""
        return heads(self._width, self.sort, backwards=self.backwards)

    def on_click(self, event: events.Click) -> None:
        """Say which column is meant."""
        self.post_message(self.Clicked(head_at(self._width, event.x)))

    @property
    def _width(self) -> int:
        """Cells of a line of the list: without the cursor's and the scroll bar's."""
        return self.size.width - 2
