"""The review of one document: two versions side by side, the finding at hand, the decisions.

The screen shows a `View`; whatever changes or reads the review runs in turn in another thread and comes back as one
of the messages of `obelos_tui.facts`.
"""

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from obelos_history import Decision
from obelos_history.decision import CHANGING, Disposition

from .. import facts
from ..attesting import Attesting
from ..keys import REVIEW, Command, bindings
from ..shown import Item
from ..turns import Turns
from ..view import SIGNS, first_open, item_at
from ..wording import asked_line, explanation, summary, summary_of
from .attested import AttestingScreen
from .decision import Draft
from .leading import LeadingScreen
from .message import MessageScreen
from .syncing import SyncScreen
from .write import WriteDialog


class ReviewScreen(AttestingScreen, LeadingScreen):
    """The heart of Obelos: find, judge, go on."""

    commands: ClassVar[tuple[Command, ...]] = REVIEW
    signs: ClassVar[Mapping[str, str]] = SIGNS
    BINDINGS: ClassVar[list[BindingType]] = bindings(REVIEW)

    begin_at: facts.PassageWanted | None = None
    """The passage to go to as soon as the document is shown."""

    def attesting(self) -> Attesting:
        """Where states are set: this review holds its document."""
        history = self.review.history
        return Attesting(history.edition, history.repository, review=self.review, clock=self.review.clock)

    def at_hand(self) -> str | None:
        """The document under review."""
        return self.review.history.name

    def waiting_in(self) -> tuple[str, ...]:
        """The document under review."""
        return (self.review.history.name,)

    @property
    def turns_of_attesting(self) -> Turns:
        """Those of the review."""
        return self.turns

    def tell(self, what: str) -> None:
        """A passing remark, beside the finding at hand."""
        self.say(what)

    def action_sync(self) -> None:
        """Share with the others; the document is let go of meanwhile, and read again afterwards."""
        history = self.review.history
        screen = SyncScreen(history.edition, history.repository, let_go=self.review.close)
        self.app.push_screen(screen, lambda _: self.action_reload())

    def go_to(self, wanted: facts.PassageWanted) -> None:
        """Bring the passage of a decision to hand; later, where the document is not shown yet."""
        if self.view is None:
            self.begin_at = wanted
            return
        items = self.view.state.items
        item = next((i for i in items if i.decision and i.decision.id == wanted.decision), None)
        changed = next((span for span, d in self.view.state.changed if d.id == wanted.decision), None)
        item = item or (item_at(items, changed.start) if changed else None)
        if item is None:
            self.say("This decision does not stand here any more.")
            return
        self.take_in_hand(item)
        if wanted.ask:
            self.action_judge("query")

    @on(facts.ViewRead)
    def _begin(self) -> None:
        wanted, self.begin_at = self.begin_at, None
        if wanted:
            self.call_later(self.go_to, wanted)

    def recorded(self, item: Item, decision: Decision) -> facts.DecisionRecorded:
        """The fact, with the view read again."""
        self.keep_place()  # so that it is known even if the terminal is closed under the editor's hands
        return facts.DecisionRecorded(item, decision, self.read_view())

    # Facts, and what follows

    @on(facts.DecisionRecorded)
    def _decision_recorded(self, message: facts.DecisionRecorded) -> None:
        self.show(message.view)
        position = message.item.span.start
        following = None if message.item.finding is None else message.view.following(message.item.span)
        here = next((i for i in message.view.items if i.decision == message.decision), None)
        said = f"{summary(message.decision)}, taken. z takes it back, w writes it."
        if following is None and message.view.open_count == 0 and message.view.state.asked is None:
            said = f"{summary(message.decision)}, taken. All findings are answered: w writes them."
        self.take_in_hand(following or here or first_open(message.view.items, position), said)

    @on(facts.DecisionUndone)
    def _decision_undone(self, message: facts.DecisionUndone) -> None:
        self.show(message.view)
        if not message.decisions:
            self.say("There is nothing to take back: what is written is taken back by another decision.")
            return
        prints = message.decisions[0].fingerprint
        items = message.view.items
        again = next((i for i in items if prints and i.finding and i.finding.fingerprint == prints), None)
        self.take_in_hand(again or first_open(items), f"Taken back: {summary_of(message.decisions)}. Z takes it again.")

    @on(facts.DecisionRedone)
    def _decision_redone(self, message: facts.DecisionRedone) -> None:
        self.show(message.view)
        if not message.decisions:
            self.say("There is nothing to take again.")
            return
        here = next((i for i in message.view.items if i.decision == message.decisions[0]), None)
        self.take_in_hand(here or first_open(message.view.items), f"Taken again: {summary_of(message.decisions)}.")

    @on(facts.CommitWritten)
    def _commit_written(self, message: facts.CommitWritten) -> None:
        before = self.item
        self.show(message.view)
        here = before and item_at(message.view.items, before.span.start)
        said = f"Written: commit {message.commit[:10]}." if message.commit else "There was nothing to write."
        self.take_in_hand(here or first_open(message.view.items), said)

    @on(facts.WordBlamed)
    def _word_blamed(self, message: facts.WordBlamed) -> None:
        self.say(message.said)

    # Deciding

    def action_take(self, number: int) -> None:
        """Take a suggestion."""
        if self.item and number <= len(self.item.suggestions):
            self._judge("correct", self.item.suggestions[number - 1], focus="note")
        else:
            self.say(f"There is no suggestion {number} here.")

    def action_judge(self, disposition: Disposition) -> None:
        """Open the dialog for a disposition."""
        if self.item is None or self.view is None:
            self.say("Nothing is at hand: n goes to a finding, ] to a difference, a click to any word.")
            return
        if disposition == "reject" and self.item.finding is None:
            self.say("There is no finding here to reject; t (stet) records that the source reads so.")
            return
        reading = None
        if disposition in CHANGING:
            found = self.view.state.text[slice(*self.item.span)]
            reading = self.item.suggestions[0] if self.item.suggestions else found
        self._judge(disposition, reading, focus="note" if reading is None else "reading")

    def _judge(self, disposition: Disposition, reading: str | None, focus: str) -> None:
        item, view = self.item, self.view
        if item is None or view is None:
            return
        draft = Draft(
            disposition,
            view.state.text[slice(*item.span)],
            reading,
            needs=self.review.needs(disposition),
            focus=focus,
            readings=item.readings,
            question=asked_line(item),
        )
        self.decide(item, view.state, draft)

    def action_undo(self) -> None:
        """Take back the last decision."""
        self.operate("Nothing was taken back", self.review.undo, facts.DecisionUndone)

    def action_redo(self) -> None:
        """Take a decision again."""
        self.operate("Nothing was taken again", self.review.redo, facts.DecisionRedone)

    def action_write(self) -> None:
        """Show what would be written, and write it."""
        if self.view is None or not self.view.state.pending:
            self.say("There is nothing to write: no decision has been taken since the last commit.")
            return
        if self.view.state.read_only:
            self.app.push_screen(MessageScreen("Nothing can be recorded here", self.view.state.read_only.split("\n")))
            return
        dialog = WriteDialog(self.view.state.name, self.view.state.pending)
        self.app.push_screen(dialog, lambda write: self._write() if write else None)

    def _write(self) -> None:
        self.say("Writing …")
        self.operate("Nothing was written; the decisions are kept", self.review.commit, facts.CommitWritten)

    # Looking closer

    def action_explain(self) -> None:
        """Show all there is to say about the place at hand."""
        item = self.item
        if item:
            self.ask(
                "Nothing is known",
                lambda: facts.PlaceExplained(item, self.review.blame(item.span.start)),
            )

    @on(facts.PlaceExplained)
    def _place_explained(self, message: facts.PlaceExplained) -> None:
        if self.view:
            lines = explanation(self.view, message.item, message.blame)
            self.app.push_screen(MessageScreen("The place at hand", lines))

    def action_blame(self) -> None:
        """Say who put the word at hand there."""
        if self.item:
            position = self.item.span.start
            self.ask("Nothing is known", lambda: facts.WordBlamed(self.review.blame(position)))
