"""The prompt for going anywhere; what the words may mean stands below while they are typed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from obelos_transcripts import ObelosError, visible

from ..goto import HINT, Target
from ..widgets.line_list import LineList
from .leaving import Dialog


@dataclass
class TargetsKnown(Message):
    """It is known what the words may mean."""

    words: str
    found: Sequence[Target]
    why: str = ""


class GoToDialog(Dialog[Target | None]):
    """Dismissed with where to go, or with None when it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Back"),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    def __init__(self, ask: Callable[[str], Sequence[Target]]) -> None:
        """``ask``: what words may mean; called out of the drawing thread."""
        super().__init__()
        self._ask = ask
        self._found: Sequence[Target] = ()
        self._known = ""
        self._wanted = False

    def compose(self) -> ComposeResult:
        """The line, the list."""
        with Vertical(id="prompt") as frame:
            frame.border_title = Content("Go to")
            frame.border_subtitle = Content("↑↓ choose · enter go · esc back")
            yield Input(placeholder=HINT, id="where", compact=True)
            yield LineList(id="candidates")
            yield Static(id="refusal", markup=False)

    def on_mount(self) -> None:
        """Write at once."""
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _changed(self, message: Input.Changed) -> None:
        words = message.value
        self._wanted = False

        def work() -> None:
            try:
                known = TargetsKnown(words, self._ask(words))
            except ObelosError as error:
                known = TargetsKnown(words, (), str(error))
            if not get_current_worker().is_cancelled:
                self.post_message(known)

        self.run_worker(work, thread=True, exclusive=True, group="targets")

    @on(TargetsKnown)
    def _targets_known(self, message: TargetsKnown) -> None:
        if message.words != self.query_one(Input).value:
            return
        self._found, self._known = message.found, message.words
        lines = [Content.assemble((f"{one.kind:<9} ", "$faint"), visible(one.told)) for one in self._found]
        self.query_one(LineList).show_lines(lines, cursor=0)
        nothing = "" if self._found or not message.words.strip() else "There is nothing like this here."
        self.query_one("#refusal", Static).update(Content(visible(message.why) or nothing))
        if self._wanted:
            self._accept()

    @on(LineList.Chosen)
    @on(Input.Submitted)
    def _accept(self) -> None:
        """Go to what is chosen; to what the words mean as soon as that is known."""
        if self._known != self.query_one(Input).value:
            self._wanted = True
            return
        cursor = self.query_one(LineList).cursor
        if 0 <= cursor < len(self._found):
            self.dismiss(self._found[cursor])

    def action_move(self, rows: int) -> None:
        """Go to another target."""
        self.query_one(LineList).move(rows)
