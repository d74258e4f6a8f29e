"""Entries of a history: the list, the one at hand in full, and the filter above them."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from obelos_history import Entry, Wanted, parse_filter
from obelos_transcripts import BadInput, visible

from ..wording import counted, entry_details, entry_line
from .line_list import LineList

HINT = "words, or person: rule: disposition: kind: document: word: since: until:"


class EntryList(Widget):
    """Shows entries; the screen around it has the keys."""

    @dataclass
    class Shown(Message):
        """Other entries are shown: how many, and by which filter, in words."""

        status: str

    def __init__(self, *, several: bool = False) -> None:
        """``several``: the entries are of several documents, so each names its own."""
        super().__init__(id="history")
        self._several = several
        self._entries: Sequence[Entry] = ()
        self._shown: Sequence[Entry] = ()
        self._wanted = Wanted()
        self._line = ""

    def compose(self) -> ComposeResult:
        """The list, the entry at hand, the filter."""
        with Horizontal(id="both"):
            yield LineList(id="entries")
            with VerticalScroll(id="entry", can_focus=False):
                yield Static(id="detail", markup=False)
        yield Static(id="hint", markup=False)
        yield Input(id="search", placeholder=HINT, compact=True)

    def on_mount(self) -> None:
        """The filter is there when it is asked for."""
        self.query_one("#search").display = self.query_one("#hint").display = False

    def show(self, entries: Sequence[Entry]) -> None:
        """Replace all entries; the filter stays."""
        self._entries = entries
        self._show()

    @property
    def at_hand(self) -> Entry | None:
        """The entry that the cursor is on."""
        index = self.query_one(LineList).cursor
        return self._shown[index] if 0 <= index < len(self._shown) else None

    def ask(self) -> None:
        """Ask for a filter."""
        search = self.query_one("#search", Input)
        search.display = True
        search.focus()

    def back(self) -> bool:
        """Leave the filter's line, else end the filter; whether there was either."""
        search = self.query_one("#search", Input)
        if search.display:
            search.value = self._line
            self._put_away()
        elif self._wanted:
            self._line = search.value = ""
            self._wanted = Wanted()
            self._show()
        else:
            return False
        return True

    @on(Input.Submitted, "#search")
    def _filter(self, message: Input.Submitted) -> None:
        message.stop()
        try:
            self._wanted = parse_filter(message.value)
        except BadInput as error:
            hint = self.query_one("#hint", Static)
            hint.display = True
            hint.update(Content(visible(str(error))))
            return
        self._line = message.value
        self._put_away()
        self._show()

    def _put_away(self) -> None:
        self.query_one("#search").display = self.query_one("#hint").display = False
        self.screen.set_focus(None)

    def _show(self) -> None:
        self._shown = tuple(filter(self._wanted, self._entries)) if self._wanted else tuple(self._entries)
        lines = [entry_line(entry, several=self._several) for entry in self._shown]
        self.query_one(LineList).show_lines(lines, cursor=0)
        filtered = f", with “{visible(self._line)}”" if self._wanted else ""
        self.post_message(self.Shown(f"{counted(len(self._shown), 'entry', 'entries')}{filtered}"))
        self._show_entry(0)

    @on(LineList.Moved)
    def _moved(self, message: LineList.Moved) -> None:
        message.stop()
        self._show_entry(message.index)

    def _show_entry(self, index: int) -> None:
        detail = self.query_one("#detail", Static)
        if index >= len(self._shown):
            empty = "Nothing in the history matches." if self._wanted else "Nothing has been decided or written yet."
            detail.update(Content.styled(empty, "$faint"))
            return
        detail.update(Content("\n").join(entry_details(self._shown[index])))
        self.query_one("#entry").scroll_home(animate=False)
