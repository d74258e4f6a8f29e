"""A text to be read and put away: keys, refusals in full, proofs, git commands."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from obelos_transcripts import visible

from .leaving import Dialog


class MessageScreen(Dialog[None]):
    """A framed text over the screen; it scrolls when it is long."""

    CSS_PATH = "../screens.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,space,q,question_mark,f1", "dismiss", "Back", key_display="esc"),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    def __init__(self, title: str, body: Sequence[Content | str], *, back: str = "esc back", after: str = "") -> None:
        """Lines given as plain strings are made visible; none is parsed as markup.

        Args:
            back: What the frame says of how to go on.
            after: What else can be pressed.
        """
        super().__init__()
        self._keys = f"{back} · {after}" if after else back
        self._title = title
        lines = [Content(visible(line)) if isinstance(line, str) else line for line in body]
        self._body = Content("\n").join(lines)

    def compose(self) -> ComposeResult:
        """The frame, the text, how to go back."""
        with VerticalScroll(id="message", can_focus=False) as frame:
            frame.border_title = Content(visible(self._title))
            frame.border_subtitle = Content(self._keys)
            yield self.body()

    def body(self) -> Widget:
        """The text."""
        return Static(self._body, markup=False)

    def action_scroll(self, rows: int) -> None:
        """Scroll by rows."""
        self.query_one("#message").scroll_relative(y=rows, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by pages."""
        frame = self.query_one("#message")
        frame.scroll_relative(y=pages * frame.size.height, animate=False)


def git_commands(commands: Sequence[str]) -> MessageScreen:
    """The git commands that ran as a screen."""
    return MessageScreen("Git commands that ran, oldest first", commands or ("No git command has run.",))


def proof(holds: bool, lines: Sequence[str]) -> MessageScreen:
    """The result of a verification as a screen."""
    title = "✓ Verified" if holds else "Not verified"
    return MessageScreen(title, list(lines))
