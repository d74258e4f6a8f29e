"""The first line of a screen: what is shown at the left, how it stands at the right."""

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


class TitleLine(Widget):
    """One line with two ends; the left one gives way when there is no room for both."""

    title: reactive[Content] = reactive(Content(""))
    status: reactive[Content] = reactive(Content(""))

    def render(self) -> Content:
        """Both ends, as wide as the line."""
        width = self.content_size.width
        room = max(0, width - self.status.cell_length - 2)
        left = self.title.truncate(room, ellipsis=True)
        space = max(0, width - left.cell_length - self.status.cell_length)
        return Content.assemble(left, " " * space, self.status)
