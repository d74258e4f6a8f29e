"""What the screens on one document share: work in turn, deciding, refusals in full, the proof, the git commands."""

from collections.abc import Callable
from functools import partial

from textual import on
from textual.message import Message
from textual.widgets import Input

from obelos_history import Decision, Judgement
from obelos_transcripts import Refused

from .. import facts
from ..review import Review
from ..shown import Item, ReviewState
from ..turns import Turns
from .base import ViewScreen
from .decision import DecisionDialog, Draft
from .message import MessageScreen, git_commands, proof


class DocumentScreen(ViewScreen):
    """A screen on a review; whatever reads or changes the review runs in turn, out of the drawing thread."""

    def __init__(self, review: Review, turns: Turns) -> None:
        super().__init__()
        self.review = review
        self.turns = turns

    def ask(self, what: str, call: Callable[[], Message]) -> None:
        """Run a call in turn and post the fact it comes back with; ``what`` heads the reason when it is refused."""

        self.ask_in_turn(self.turns, what, call)

    def decide(self, item: Item, seen: ReviewState, draft: Draft) -> None:
        """Ask for a judgement on an item and have it recorded; where nothing can be recorded, say why."""
        if seen.read_only:
            self.app.push_screen(MessageScreen("Nothing can be recorded here", seen.read_only.split("\n")))
            return
        preview = partial(self.review.preview, item.span)
        self.app.push_screen(DecisionDialog(draft, preview, partial(self._record, item, seen)))

    def recorded(self, item: Item, decision: Decision) -> Message:
        """The fact that a decision was recorded, with what the screen shows next; called out of the drawing thread."""
        raise NotImplementedError

    async def _record(self, item: Item, seen: ReviewState, judgement: Judgement) -> None:
        def work() -> Message:
            # Places count in the text that was on the screen; after a slow undo it may be another. What was decided
            # meanwhile may be another answer to the same place, and findings that have come are none.
            if (self.review.state.text, self.review.state.pending) != (seen.text, seen.pending):
                raise Refused(
                    "The text has changed since this dialog was opened. Nothing was recorded: esc, look again."
                )
            return self.recorded(item, self.review.decide(item, judgement))

        self.post_message(await self.turns.take(work))

    def open_search_line(self) -> None:
        """Ask for words, in the line that the screen keeps hidden."""
        search = self.query_one("#search", Input)
        search.display = True
        search.focus()

    def close_search_line(self) -> None:
        """Put the line away; the keys are the screen's again."""
        self.query_one("#search").display = False
        self.set_focus(None)

    @on(facts.Verified)
    def _verified(self, message: facts.Verified) -> None:
        self.app.push_screen(proof(message.holds, message.lines))

    def action_verify(self) -> None:
        """Prove the working text."""
        self.ask("This could not be verified", lambda: facts.Verified(*self.review.verify()))

    def action_git_commands(self) -> None:
        """Show the git commands that ran."""
        self.app.push_screen(git_commands(self.review.git_commands()))
