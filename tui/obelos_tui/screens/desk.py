"""The desk: the documents of an edition and how they stand."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Footer, Static
from textual.worker import get_current_worker

from obelos_transcripts import ObelosError

from .. import facts
from ..attesting import Attesting
from ..desk import Desk, DeskRow
from ..keys import DESK, Command, bindings
from ..opening import OpenWanted
from ..widgets.line_list import LineList
from ..widgets.title_line import TitleLine
from ..wording import counted, desk_head, desk_line
from .attested import AttestingScreen
from .edition_history import EditionHistoryScreen
from .message import MessageScreen

_EMPTY = "This edition holds no document yet. “obelos add FILE --as NAME” puts one in."


class DeskScreen(AttestingScreen):
    """Documents with their open findings, unwritten decisions and questions."""

    commands: ClassVar[tuple[Command, ...]] = DESK
    BINDINGS: ClassVar[list[BindingType]] = bindings(DESK)

    def __init__(self, desk: Desk, names: tuple[str, ...]) -> None:
        super().__init__()
        self.desk = desk
        self.names = names
        self._told: dict[str, DeskRow | str] = {}

    def compose(self) -> ComposeResult:
        """The list of documents, the keys."""
        yield TitleLine(id="title")
        yield Static(desk_head(), id="heads", markup=False)
        yield LineList(id="documents")
        yield Static(Content(_EMPTY), id="empty", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Show the names; how the documents stand is told as it becomes known."""
        title = self.query_one(TitleLine)
        title.title = Content.styled("Documents of this edition", "bold")
        title.status = Content(counted(len(self.names), "document", "documents"))
        self.query_one("#empty").display = not self.names
        self.query_one("#documents").display = bool(self.names)
        self._show()

    def on_screen_resume(self) -> None:
        """Look again after a review."""
        self.action_reload()

    def action_reload(self) -> None:
        """Look at all documents again."""
        self.run_worker(self._count, thread=True, exclusive=True, group="desk")

    def _count(self) -> None:
        worker = get_current_worker()
        for name in self.names:
            if worker.is_cancelled:
                return
            try:
                self.post_message(facts.DocumentCounted(self.desk.row(name)))
            except ObelosError as refusal:
                self.post_message(facts.DocumentUnreadable(name, str(refusal)))

    @on(facts.DocumentCounted)
    def _counted(self, message: facts.DocumentCounted) -> None:
        self._told[message.row.name] = message.row
        self._show()

    @on(facts.DocumentUnreadable)
    def _unreadable(self, message: facts.DocumentUnreadable) -> None:
        self._told[message.name] = message.why
        self._show()

    def _show(self) -> None:
        documents = self.query_one(LineList)
        lines = [desk_line(name, self._told.get(name)) for name in self.names]
        documents.show_lines(lines, cursor=max(0, documents.cursor))

    @on(LineList.Chosen)
    def action_open(self) -> None:
        """Review the document at hand."""
        cursor = self.query_one(LineList).cursor
        if 0 <= cursor < len(self.names):
            self.app.post_message(OpenWanted(self.names[cursor]))

    def action_collation(self) -> None:
        """Collate the document at hand; its review lies behind."""
        cursor = self.query_one(LineList).cursor
        if 0 <= cursor < len(self.names):
            self.app.post_message(OpenWanted(self.names[cursor], collation=True))

    def action_history(self) -> None:
        """Show the history of the whole edition."""
        self.app.push_screen(EditionHistoryScreen(self.desk))

    def attesting(self) -> Attesting:
        """Where states are set."""
        return Attesting(self.desk.edition, self.desk.repository, read_only=self.desk.read_only)

    def at_hand(self) -> str | None:
        """The document under the cursor."""
        cursor = self.query_one(LineList).cursor
        return self.names[cursor] if 0 <= cursor < len(self.names) else None

    def waiting_in(self) -> tuple[str, ...]:
        """All documents."""
        return self.names

    @on(facts.OperationRefused)
    def _refused(self, message: facts.OperationRefused) -> None:
        self.app.push_screen(MessageScreen(message.what, message.why.split("\n")))

    def action_move(self, rows: int) -> None:
        """Go to another document."""
        self.query_one(LineList).move(rows)

    def action_top(self) -> None:
        """Go to the first document."""
        self.query_one(LineList).move(-len(self.names))

    def action_bottom(self) -> None:
        """Go to the last document."""
        self.query_one(LineList).move(len(self.names))
