"""The collation of a document: versions side by side, and a difference made a decision by one key."""

import asyncio
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from obelos_history import Decision
from obelos_history.decision import CHANGING, Disposition
from obelos_transcripts import Span, Variant

from .. import facts
from ..apparatus import entry_in_full
from ..collated import Collated, decided
from ..keys import COLLATION, Command, bindings
from ..quality import quality_lines
from ..shown import Item
from ..wording import TITLES, summary, summary_of
from .comparing import ComparingScreen
from .decision import Draft
from .message import MessageScreen
from .write import WriteDialog


class CollationScreen(ComparingScreen):
    """See where versions differ, take the reading that is right, go on."""

    commands: ClassVar[tuple[Command, ...]] = COLLATION
    BINDINGS: ClassVar[list[BindingType]] = bindings(COLLATION)

    # Taking readings

    def action_take(self, number: int) -> None:
        """Take the reading of a number."""
        if self.collated is None or self.number is None:
            self.say("No variant is at hand: n goes to one.")
            return
        reading = next((r for r in self.collated.readings(self.number) if r.number == number), None)
        if reading is None:
            self.say(f"There is no reading {number} here.")
        else:
            column = self.column if self.column in reading.columns else reading.columns[0]
            self._judge("correct", column, focus="note")

    def action_take_column(self) -> None:
        """Take the reading of the column at hand."""
        if self.collated is None or self.number is None:
            self.say("No variant is at hand: n goes to one.")
            return
        groups = self.collated.row(self.number).groups
        if groups[0] == groups[self.column]:
            siglum = self.collated.versions[self.column].siglum
            self.say(f"{siglum} reads as the working text does here; h and l go to other columns.")
        else:
            self._judge("correct", self.column, focus="note")

    def action_judge(self, disposition: Disposition) -> None:
        """Open the dialog for a disposition, with the reading of the column at hand where it wants one."""
        if self.collated is None or self.number is None:
            self.say("No variant is at hand: n goes to one.")
            return
        self._judge(disposition, self.column, focus="reading" if disposition in CHANGING else "note")

    def _judge(self, disposition: Disposition, column: int, focus: str) -> None:
        found, number, state = self.collated, self.number, self.review.state
        if found is None or number is None or found.versions[0].text != state.text:
            self.say("The working text has changed; wait until it is collated again.")
            return
        span, reading = found.place_of(number, column)
        kind = found.kinds.get(number, "substantive")
        item = Item(span, None, Variant(span, found.row(number).cells[column], kind), None, (), ())
        title, meaning = TITLES[disposition]
        standing = decided(state, span)
        if standing:
            meaning = f"decided already: {standing.disposition} {summary(standing)}; this decides it anew"
        draft = Draft(
            disposition,
            state.text[slice(*span)],
            reading if disposition in CHANGING else None,
            needs=self.review.needs(disposition),
            focus=focus,
            readings=self._grounds(found, number, span),
            heading=(title, meaning),
        )
        self.decide(item, state, draft)

    def _grounds(self, found: Collated, number: int, span: Span) -> tuple[tuple[str, str], ...]:
        """What each witness reads at just this place."""
        sigla = [version.siglum for version in found.versions]
        places = [(siglum, *found.place_of(number, n)) for n, siglum in enumerate(sigla) if self.is_witness(siglum)]
        return tuple((siglum, reading) for siglum, place, reading in places if place == span)

    def recorded(self, item: Item, decision: Decision) -> facts.WorkingTextDecided:
        """The fact, with the collation of the text as it is now."""
        return self._decided((decision,), taken=True, what="taken. z takes it back, w writes it.")

    def _decided(self, decisions: tuple[Decision, ...], *, taken: bool, what: str) -> facts.WorkingTextDecided:
        at = self.number if taken else None
        changed = self.collated.with_working(self.review.state.text, at) if self.collated else None
        return facts.WorkingTextDecided(decisions, changed, taken, what)

    def action_undo(self) -> None:
        """Take back the last decision."""
        self.ask(
            "Nothing was taken back",
            lambda: self._decided(self.review.undo(), taken=False, what="taken back. Z takes it again."),
        )

    def action_redo(self) -> None:
        """Take a decision again."""
        self.ask("Nothing was taken again", lambda: self._decided(self.review.redo(), taken=False, what="taken again."))

    @on(facts.WorkingTextDecided)
    def _working_text_decided(self, message: facts.WorkingTextDecided) -> None:
        if not message.decisions:
            self.say("There is no decision here that is not yet written.")
            return
        first = message.decisions[0]
        said = f"{summary_of(message.decisions)}, {message.what}"
        if message.collated is None:
            self.read_versions()  # changed at a place that is no difference: collated anew
            self.say(said)
            return
        self.show(message.collated)
        self.count_errors()
        if message.taken:
            following = message.collated.step(self.number, 1, self._hidden)
        else:
            span = next((s for s, d in self.review.state.changed if d.id == first.id), None)
            start = span.start if span else self._start_of(message.collated, first)
            following = message.collated.table.row_at(0, start)
        self.take_in_hand(following, said)

    def _start_of(self, found: Collated, decision: Decision) -> int:
        """About where a decision that no longer stands was: the row at hand, or the first of its words."""
        if self.number is not None and decision.place.exact in found.table.reading(found.row(self.number), 0):
            return found.row(self.number).cells[0].start
        return max(0, found.versions[0].text.find(decision.place.prefix + decision.place.exact)) + len(
            decision.place.prefix
        )

    # Writing

    def action_write(self) -> None:
        """Show what would be written, and write it."""
        state = self.review.state
        if not state.pending:
            self.say("There is nothing to write: no decision has been taken since the last commit.")
        elif state.read_only:
            self.app.push_screen(MessageScreen("Nothing can be recorded here", state.read_only.split("\n")))
        else:
            self.app.push_screen(WriteDialog(state.name, state.pending), lambda yes: self._write() if yes else None)

    def _write(self) -> None:
        self.say("Writing …")
        self.ask("Nothing was written; the decisions are kept", lambda: facts.DecisionsWritten(self.review.commit()))

    @on(facts.DecisionsWritten)
    def _decisions_written(self, message: facts.DecisionsWritten) -> None:
        self.show_title()
        self._show_columns()
        self._show_hand()
        self.say(f"Written: commit {message.commit[:10]}." if message.commit else "There was nothing to write.")

    # Looking closer

    def action_explain(self) -> None:
        """Show the readings in full."""
        if self.collated is None or self.number is None:
            return
        decision = decided(self.review.state, self.collated.row(self.number).cells[0])
        pending = decision in self.review.state.pending
        lines = entry_in_full(self.collated, self.number, decision, pending=pending)
        self.app.push_screen(MessageScreen("The variant at hand", lines))

    def action_figures(self) -> None:
        """Show how far the versions agree, and what is known of their errors."""
        found, versions, errors = self.collated, self.errors_of, self.errors
        if found is None:
            return
        self.say("Counting …")

        async def count() -> None:
            self.post_message(facts.QualityTold(await asyncio.to_thread(quality_lines, found, versions, errors)))

        self.begin(count, group="figures", exclusive=True)

    @on(facts.QualityTold)
    def _quality_told(self, message: facts.QualityTold) -> None:
        self.say("")
        self.app.push_screen(MessageScreen("Figures", message.lines))
