"""Writing a character that the keyboard lacks: by a sequence, a name or a code point, into any text field."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from obelos_transcripts import visible

from ..characters import Character, found
from ..widgets.line_list import LineList
from .leaving import Dialog


class ComposeDialog(Dialog[str | None]):
    """Dismissed with the character, or with None when it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Back"),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move(9)", show=False),
        Binding("pageup", "move(-9)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[Character, ...] = ()

    def compose(self) -> ComposeResult:
        """The line, the list."""
        with Vertical(id="prompt") as frame:
            frame.border_title = Content("Characters")
            frame.border_subtitle = Content("↑↓ choose · enter insert · esc back")
            yield Input(placeholder="e'  --.  <\"  long s  dagger  U+017F …", id="character", compact=True)
            yield LineList(id="candidates")

    def on_mount(self) -> None:
        """Offer the usual ones."""
        self.query_one(Input).focus()
        self._offer("")

    @on(Input.Changed)
    def _changed(self, message: Input.Changed) -> None:
        self._offer(message.value)

    def _offer(self, words: str) -> None:
        self._found = found(words)
        lines = [Content(visible(one.told)) for one in self._found] or [Content.styled("no such character", "$faint")]
        self.query_one(LineList).show_lines(lines, cursor=0)

    @on(LineList.Chosen)
    @on(Input.Submitted)
    def _accept(self) -> None:
        """Insert what is chosen."""
        cursor = self.query_one(LineList).cursor
        if 0 <= cursor < len(self._found):
            self.dismiss(self._found[cursor].char)

    def action_move(self, rows: int) -> None:
        """Go to another character."""
        self.query_one(LineList).move(rows)
