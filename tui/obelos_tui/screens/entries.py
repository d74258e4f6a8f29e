"""What the two screens of the history share: going about in the entries, the filter."""

from textual import on
from textual.content import Content

from ..widgets.entry_list import EntryList
from ..widgets.title_line import TitleLine
from ..wording import entry_details
from .listed import ListedScreen
from .message import MessageScreen


class EntriesScreen(ListedScreen):
    """A screen around an `EntryList`."""

    @on(EntryList.Shown)
    def _entries_shown(self, message: EntryList.Shown) -> None:
        self.query_one(TitleLine).status = Content(message.status)

    def action_explain(self) -> None:
        """Show the entry at hand in full."""
        entry = self.query_one(EntryList).at_hand
        if entry:
            self.app.push_screen(MessageScreen("The entry at hand", entry_details(entry)))

    def action_filter(self) -> None:
        """Ask for a filter."""
        self.query_one(EntryList).ask()

    def action_back(self) -> None:
        """End the filter; without one go back."""
        if not self.query_one(EntryList).back():
            self.dismiss()
