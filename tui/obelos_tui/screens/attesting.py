"""A dialog that attests something by a commit: a state of a document, or a second reader's yes. A note goes with it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static

from obelos_transcripts import ObelosError, visible

from ..fields import from_field
from ..widgets.choice import Choice


class AttestDialog(ModalScreen[None]):
    """Asks for a note, and for one of a few words where there are some; stays open, with the reason, when refused."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "record", "Record"),
        Binding("escape", "dismiss", "Cancel"),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    @dataclass
    class Attested(Message):
        """It is committed."""

    @dataclass
    class AttestationRefused(Message):
        """It was not recorded."""

        why: str

    def __init__(
        self,
        title: str,
        lines: Sequence[Content | str],
        record: Callable[[str, str], Awaitable[None]],
        choices: Sequence[str] = (),
        chosen: str = "",
    ) -> None:
        """``record`` is given the word chosen ("" where there is no choice) and the note; it raises `ObelosError` when
        it refuses."""
        super().__init__()
        self._title = title
        self._lines = [Content(visible(line)) if isinstance(line, str) else line for line in lines]
        self._record = record
        self._choices = tuple(choices)
        self._chosen = chosen
        self._recording = False

    def compose(self) -> ComposeResult:
        """What it is about, the fields, room for a refusal."""
        with Vertical(id="attest") as frame:
            frame.border_title = Content(visible(self._title))
            frame.border_subtitle = Content("enter record · tab next field · esc cancel")
            yield Static(Content("\n").join(self._lines), id="about", markup=False)
            if self._choices:
                with Horizontal(classes="field"):
                    yield Label(Content("state"))
                    yield Choice(self._choices, self._chosen, id="choice")
            with Horizontal(classes="field"):
                yield Label(Content("note"))
                yield Input(id="note", compact=True)
            yield Static(id="refusal", markup=False)

    def on_mount(self) -> None:
        """The cursor stands where there is something to choose, else in the note."""
        self.query_one("#choice" if self._choices else "#note").focus()

    @on(Input.Submitted)
    def action_record(self) -> None:
        """Have it recorded."""
        if not self._recording:
            self._recording = True
            word = self.query_one(Choice).value if self._choices else ""
            note = from_field(self.query_one("#note", Input).value).strip()
            self.run_worker(self._have_recorded(word, note))

    async def _have_recorded(self, word: str, note: str) -> None:
        try:
            await self._record(word, note)
        except ObelosError as refusal:
            self.post_message(self.AttestationRefused(str(refusal)))
        else:
            self.post_message(self.Attested())

    @on(Attested)
    def _close(self) -> None:
        self.dismiss()

    @on(AttestationRefused)
    def _say_why(self, message: AttestationRefused) -> None:
        self._recording = False
        self.query_one("#refusal", Static).update(Content(visible(message.why, keep_lines=True)))
