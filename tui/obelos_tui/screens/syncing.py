"""Sharing with others from the screen: the steps as they are made, and a way to give up while something is fetched."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from obelos_history import Repository
from obelos_history.sync import Step, Wanted, sync
from obelos_transcripts import Edition, ObelosError, visible

from .. import facts
from ..clock import now
from ..together import pending_lines, step_lines
from .leaving import Dialog

_GOES_ON = "esc give up"
_DONE = "esc back"


class SyncScreen(Dialog[None]):
    """Fetches, merges and pushes when it opens; it stays until it is put away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Back"),
        Binding("enter,space", "leave_if_done", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
    ]

    def __init__(self, edition: Edition, repository: Repository, let_go: Callable[[], None] = lambda: None) -> None:
        """Nothing is done yet.

        Args:
            let_go: Lets go of what this process holds open of the edition, so that it can be merged.
        """
        super().__init__()
        self._edition = edition
        self._repository = repository
        self._let_go = let_go
        self._lines: list[str] = []
        self._given_up = False
        self._done = False

    def compose(self) -> ComposeResult:
        """The frame, the steps."""
        with VerticalScroll(id="message", can_focus=False) as frame:
            frame.border_title = Content("Sync")
            frame.border_subtitle = Content(_GOES_ON)
            yield Static(id="steps", markup=False)

    def on_mount(self) -> None:
        """Begin."""
        self.run_worker(self._work, thread=True)

    def _work(self) -> None:
        def tell(step: Step) -> None:
            self.post_message(facts.SyncTold(tuple(step_lines(step))))

        wanted = Wanted(stop=lambda: self._given_up)
        why = ""
        try:
            self.post_message(facts.SyncTold(tuple(pending_lines(self._edition, self._repository))))
            self._let_go()
            sync(self._edition, self._repository, self._repository.identity(), now, wanted, tell)
        except ObelosError as refusal:
            why = str(refusal)
        self.post_message(facts.SyncEnded(why))

    @on(facts.SyncTold)
    def _told(self, message: facts.SyncTold) -> None:
        self._lines += message.lines
        self._show()

    @on(facts.SyncEnded)
    def _ended(self, message: facts.SyncEnded) -> None:
        self._done = True
        self._lines += ["", *(message.why.split("\n") if message.why else ["Done."])]
        self.query_one("#message").border_subtitle = Content(_DONE)
        self._show()

    def _show(self) -> None:
        self.query_one("#steps", Static).update(Content("\n".join(visible(line) for line in self._lines)))
        self.query_one("#message").scroll_end(animate=False)

    def action_leave(self) -> None:
        """Go back; while it goes on, give up first. What was merged stays."""
        if self._done:
            self.dismiss()
        elif not self._given_up:
            self._given_up = True
            self._lines.append("Giving up …")
            self._show()

    def action_leave_if_done(self) -> None:
        """Go back when there is nothing more to come."""
        if self._done:
            self.dismiss()

    def action_scroll(self, rows: int) -> None:
        """Scroll by rows."""
        self.query_one("#message").scroll_relative(y=rows, animate=False)
