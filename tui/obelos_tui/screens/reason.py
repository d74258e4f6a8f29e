"""A question that is answered with a line: a reason, a place to go to."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from obelos_transcripts import visible

from ..fields import from_field
from .leaving import Dialog


class ReasonDialog(Dialog[str | None]):
    """Dismissed with what was written, or with None when it was left. Nothing is not taken for an answer."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Back")]

    def __init__(self, title: str, told: str, hint: str, *, may_be_empty: bool = False) -> None:
        """``told``: what will happen; ``hint``: what is asked for."""
        super().__init__()
        self._title = title
        self._told = told
        self._hint = hint
        self._may_be_empty = may_be_empty

    def compose(self) -> ComposeResult:
        """What is asked, and the line."""
        with Vertical(id="reason") as frame:
            frame.border_title = Content(visible(self._title))
            frame.border_subtitle = Content("enter accept · esc back")
            yield Static(Content(visible(self._told)), markup=False)
            yield Input(placeholder=self._hint, id="answer", compact=True)
            yield Static(id="refusal", markup=False)

    def on_mount(self) -> None:
        """Write at once."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _accept(self, message: Input.Submitted) -> None:
        answer = from_field(message.value).strip()
        if answer or self._may_be_empty:
            self.dismiss(answer)
        else:
            self.query_one("#refusal", Static).update(Content(f"Write {self._hint}; esc goes back."))
