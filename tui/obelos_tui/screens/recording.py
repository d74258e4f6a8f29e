"""A dialog that has something recorded, and closes when it is; refused, it stays open with the reason."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from obelos_transcripts import ObelosError, visible

from .leaving import Dialog


class RecordingDialog(Dialog[None]):
    """Has room for a refusal in ``#refusal``; ``recording`` says that it was sent off and must not be again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "record", "Record"),
        Binding("escape", "cancel", "Cancel"),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    @dataclass
    class Recorded(Message):
        """It is on disk."""

    @dataclass
    class RecordingRefused(Message):
        """It was not recorded."""

        why: str

    recording = False

    def have_recorded(self, call: Awaitable[None]) -> None:
        """Wait for the recording, which raises `ObelosError` when it is refused."""

        async def wait() -> None:
            try:
                await call
            except ObelosError as refusal:
                self.post_message(self.RecordingRefused(str(refusal)))
            else:
                self.post_message(self.Recorded())

        self.recording = True
        self.begin(wait)

    def action_cancel(self) -> None:
        """Leave it; what was sent off already is waited for, so that its outcome is shown."""
        if not self.recording:
            self.dismiss()

    def refuse(self, why: str) -> None:
        """Say why it is not recorded."""
        self.query_one("#refusal", Static).update(Content(visible(why, keep_lines=True)))

    @on(Recorded)
    def _close(self) -> None:
        self.dismiss()

    @on(RecordingRefused)
    def _say_why(self, message: RecordingRefused) -> None:
        self.recording = False
        self.refuse(message.why)
