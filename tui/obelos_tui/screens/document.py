"""What the screens on one document share: work in turn, refusals in full, the proof, the git commands."""

from collections.abc import Callable

from textual import on
from textual.message import Message
from textual.widgets import Input

from obelos_transcripts import ObelosError

from .. import facts
from ..review import Review
from ..turns import Turns
from .base import ViewScreen
from .message import MessageScreen, proof


class DocumentScreen(ViewScreen):
    """A screen on a review; whatever reads or changes the review runs in turn, out of the drawing thread."""

    def __init__(self, review: Review, turns: Turns) -> None:
        super().__init__()
        self.review = review
        self.turns = turns

    def ask(self, what: str, call: Callable[[], Message]) -> None:
        """Run a call in turn and post the fact it comes back with; ``what`` heads the reason when it is refused."""

        async def in_turn() -> None:
            try:
                fact = await self.turns.take(call)
            except ObelosError as refusal:
                fact = facts.OperationRefused(what, str(refusal))
            self.post_message(fact)

        self.run_worker(in_turn(), group="review")

    def open_search_line(self) -> None:
        """Ask for words, in the line that the screen keeps hidden."""
        search = self.query_one("#search", Input)
        search.display = True
        search.focus()

    def close_search_line(self) -> None:
        """Put the line away; the keys are the screen's again."""
        self.query_one("#search").display = False
        self.set_focus(None)

    @on(facts.OperationRefused)
    def _refused(self, message: facts.OperationRefused) -> None:
        self.app.push_screen(MessageScreen(message.what, message.why.split("\n")))

    @on(facts.Verified)
    def _verified(self, message: facts.Verified) -> None:
        self.app.push_screen(proof(message.holds, message.lines))

    def action_verify(self) -> None:
        """Prove the working text."""
        self.ask("This could not be verified", lambda: facts.Verified(*self.review.verify()))

    def action_git_commands(self) -> None:
        """Show the git commands that ran."""
        commands = self.review.git_commands() or ("No git command has run.",)
        self.app.push_screen(MessageScreen("Git commands that ran, oldest first", commands))
