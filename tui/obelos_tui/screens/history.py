"""The history of a document: decisions and commits, newest first, and the one at hand in full."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from obelos_history import Decision, Judgement
from obelos_transcripts import visible

from .. import facts
from ..keys import HISTORY, Command, bindings
from ..widgets.entry_list import EntryList
from ..widgets.key_line import KeyLine
from ..widgets.title_line import TitleLine
from ..wording import quoted
from .decision import DecisionDialog, Draft
from .document import DocumentScreen
from .entries import EntriesScreen
from .message import MessageScreen
from .reason import ReasonDialog


class HistoryScreen(EntriesScreen, DocumentScreen):
    """What was decided and written on one document, by whom, when and why."""

    commands: ClassVar[tuple[Command, ...]] = HISTORY
    BINDINGS: ClassVar[list[BindingType]] = bindings(HISTORY)

    def compose(self) -> ComposeResult:
        """The entries, the keys."""
        yield TitleLine(id="title")
        yield EntryList()
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the history."""
        title = self.query_one(TitleLine)
        title.title = Content.assemble((visible(self.review.state.name), "bold"), ("  history", "$faint"))
        self.ask("The history cannot be read", lambda: facts.EntriesRead(self.review.entries()))

    @on(facts.EntriesRead)
    def _entries_read(self, message: facts.EntriesRead) -> None:
        self.query_one(EntryList).show(message.entries)

    def action_revert(self) -> None:
        """Ask why, and take the decision at hand back."""
        entry = self.query_one(EntryList).at_hand
        decision = entry.decision if entry else None
        state = self.review.state
        gone = entry is None or entry.pending or entry.superseded_by or state.read_only
        if decision and not gone and self.review.is_silent(decision):
            self._ask_and_retract(decision)
            return
        span = next((span for span, standing in state.changed if decision and standing.id == decision.id), None)
        if entry is None or decision is None or entry.pending or span is None or state.read_only:
            why = state.read_only or (
                "Only a written decision that still stands can be taken back here. "
                "What is not yet written is taken back by z in the review."
            )
            self.app.push_screen(MessageScreen("Nothing to take back here", why.split("\n")))
            return
        found, before = decision.reading or "", decision.place.exact
        draft = Draft(
            "stet",
            found=found,
            reading=None,
            needs=self.review.needs("stet"),
            focus="note",
            heading=(
                "Take back",
                f"{quoted(before, 30)} stands again, by a new decision; this one stays in the history",
            ),
            after=before,
            fault="editor",
        )
        preview = partial(self.review.preview, span)
        self.app.push_screen(DecisionDialog(draft, preview, partial(self._revert, decision.id)))

    def _ask_and_retract(self, decision: Decision) -> None:
        def work(note: str) -> facts.EntriesRead:
            self.review.retract(decision.id, note)
            return facts.EntriesRead(self.review.entries())

        told = f"“{decision.summary()}” stands no longer: that is committed at once. Its finding is open again."
        dialog = ReasonDialog("Take back", told, "the reason: it stays in the history")
        self.app.push_screen(
            dialog, lambda note: self.ask("Nothing was taken back", partial(work, note)) if note else None
        )

    async def _revert(self, ident: str, judgement: Judgement) -> None:
        def work() -> facts.DecisionReverted:
            return facts.DecisionReverted(self.review.revert(ident, judgement), self.review.entries())

        self.post_message(await self.turns.take(work))

    @on(facts.DecisionReverted)
    def _decision_reverted(self, message: facts.DecisionReverted) -> None:
        self.query_one(EntryList).show(message.entries)
