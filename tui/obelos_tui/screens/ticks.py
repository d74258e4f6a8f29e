"""A short list of things to be ticked: versions, classes."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from obelos_transcripts import visible

from ..widgets.line_list import LineList
from .leaving import Dialog


class TickDialog(Dialog[tuple[int, ...] | None]):
    """Dismissed with the indexes of what is ticked, or with None when it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,x", "tick", "Tick"),
        Binding("enter", "accept", "Accept"),
        Binding("escape,q", "leave", "Back"),
        Binding("j,down", "move(1)", show=False),
        Binding("k,up", "move(-1)", show=False),
    ]

    def __init__(
        self,
        title: str,
        entries: Sequence[Content],
        ticked: Sequence[int],
        fixed: Sequence[int] = (),
        objection: Callable[[tuple[int, ...]], str] = lambda _: "",
    ) -> None:
        """``fixed`` ticks cannot be taken away; ``objection`` says why a choice will not do, or ""."""
        super().__init__()
        self._title = title
        self._entries = entries
        self._ticked = set(ticked)
        self._fixed = frozenset(fixed)
        self._objection = objection

    def compose(self) -> ComposeResult:
        """The entries, one a line, each with its box."""
        with Vertical(id="ticks") as frame:
            frame.border_title = Content(visible(self._title))
            frame.border_subtitle = Content("space tick · enter accept · esc back")
            yield LineList(id="boxes")
            yield Static(id="objection", markup=False)

    def on_mount(self) -> None:
        """Show the entries, the cursor on the first that can be changed."""
        boxes = self.query_one(LineList)
        boxes.styles.height = min(len(self._entries), 14)
        self._show(next((n for n in range(len(self._entries)) if n not in self._fixed), 0))

    def _show(self, cursor: int) -> None:
        lines = [
            Content.assemble(("[x] " if n in self._ticked else "[ ] ", "$faint" if n in self._fixed else "bold"), entry)
            for n, entry in enumerate(self._entries)
        ]
        self.query_one(LineList).show_lines(lines, cursor)
        self.query_one("#objection", Static).update(Content(self._objection(self._answer)))

    @property
    def _answer(self) -> tuple[int, ...]:
        return tuple(sorted(self._ticked))

    def action_tick(self) -> None:
        """Tick the entry at hand, or take its tick away."""
        self._turn(self.query_one(LineList).cursor)

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """A click ticks as well."""
        self._turn(message.index)

    def _turn(self, number: int) -> None:
        if number not in self._fixed:
            self._ticked ^= {number}
        self._show(number)

    def action_move(self, rows: int) -> None:
        """Go to another entry."""
        self.query_one(LineList).move(rows)

    def action_accept(self) -> None:
        """Close with the answer, unless it will not do."""
        if not self._objection(self._answer):
            self.dismiss(self._answer)

    def action_leave(self) -> None:
        """Close; all stays as it was."""
        self.dismiss(None)
