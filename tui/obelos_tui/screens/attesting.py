"""A dialog that attests something by a commit: a state of a document, or a second reader's yes. A note goes with it."""

from collections.abc import Awaitable, Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from obelos_transcripts import visible

from ..fields import from_field
from ..widgets.choice import Choice
from .recording import RecordingDialog


class AttestDialog(RecordingDialog):
    """Asks for a note, and for one of a few words where there are some; stays open, with the reason, when refused."""

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
        if not self.recording:
            word = self.query_one(Choice).value if self._choices else ""
            note = from_field(self.query_one("#note", Input).value).strip()
            self.have_recorded(self._record(word, note))
