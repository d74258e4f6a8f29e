"""The write dialog: what will be recorded, before it is."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from obelos_history import Decision, commit_message
from obelos_transcripts import visible

from ..wording import counted, decision_line
from .leaving import Dialog


class WriteDialog(Dialog[bool]):
    """Lists the decisions and the subject of the commit; dismissed with whether to write."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,w,ctrl+s", "answer(True)", "Write"),
        Binding("escape,q", "answer(False)", "Back"),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
    ]

    def __init__(self, document: str, decisions: Sequence[Decision]) -> None:
        super().__init__()
        self._document = document
        self._decisions = decisions

    def compose(self) -> ComposeResult:
        """The decisions in the order taken, then what the commit will be called."""
        subject = commit_message(self._document, self._decisions).split("\n", 1)[0]
        with Vertical(id="write") as frame:
            count = counted(len(self._decisions), "decision", "decisions")
            frame.border_title = Content(f"Write {count}")
            frame.border_subtitle = Content("enter write · esc back")
            with VerticalScroll(id="decisions", can_focus=False):
                lines = [decision_line(decision, pending=False) for decision in self._decisions]
                yield Static(Content("\n").join(lines), markup=False)
            yield Static(Content.assemble(("commit  ", "$faint"), visible(subject)), id="subject", markup=False)

    def action_answer(self, write: bool) -> None:
        """Close, and say whether to write."""
        self.dismiss(write)

    def action_scroll(self, rows: int) -> None:
        """Scroll the list by rows."""
        self.query_one("#decisions").scroll_relative(y=rows, animate=False)
