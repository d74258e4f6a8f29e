"""The history of the whole edition: every document's decisions and commits, newest first."""

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.worker import get_current_worker

from obelos_history import Entry, entries
from obelos_transcripts import ObelosError

from .. import facts
from ..desk import Desk
from ..keys import EDITION_HISTORY, Command, bindings
from ..opening import OpenWanted
from ..widgets.entry_list import EntryList
from ..widgets.key_line import KeyLine
from ..widgets.title_line import TitleLine
from .entries import EntriesScreen
from .message import MessageScreen, git_commands

_FIRST, _MORE = 200, 5000
"""Entries shown at once, and how many come with each later portion."""


class EditionHistoryScreen(EntriesScreen):
    """What was decided and written in the edition; the newest entries are shown while others are read."""

    commands: ClassVar[tuple[Command, ...]] = EDITION_HISTORY
    BINDINGS: ClassVar[list[BindingType]] = bindings(EDITION_HISTORY)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def compose(self) -> ComposeResult:
        """The entries, the keys."""
        yield TitleLine(id="title")
        yield EntryList(several=True)
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the history."""
        self.query_one(TitleLine).title = Content.styled("History of this edition", "bold")
        self.run_worker(self._read, thread=True, exclusive=True, group="history")

    def _read(self) -> None:
        worker = get_current_worker()
        try:
            for portion in _portions(entries(self.desk.edition, self.desk.repository)):
                if worker.is_cancelled:
                    return
                self.post_message(facts.EntriesRead(portion))
        except ObelosError as refusal:
            self.post_message(facts.OperationRefused("The history cannot be read", str(refusal)))

    @on(facts.EntriesRead)
    def _entries_read(self, message: facts.EntriesRead) -> None:
        self.query_one(EntryList).show(message.entries)

    def action_git_commands(self) -> None:
        """Show the git commands that ran."""
        self.app.push_screen(git_commands(self.desk.repository.commands))

    def action_open(self) -> None:
        """Open the document of the entry at hand."""
        entry = self.query_one(EntryList).at_hand
        names = entry.document.split(", ") if entry else []
        if len(names) == 1 and names[0] in self.desk.names():
            self.app.post_message(OpenWanted(names[0]))
        else:
            self.app.push_screen(
                MessageScreen("Nothing to open here", ["This entry is about no document of the edition, or several."])
            )


def _portions(found: Iterator[Entry]) -> Iterator[tuple[Entry, ...]]:
    """All entries read so far, each time that enough have come."""
    known: list[Entry] = []
    most = _FIRST
    for entry in found:
        known.append(entry)
        if len(known) == most:
            yield tuple(known)
            most += _MORE
    yield tuple(known)
