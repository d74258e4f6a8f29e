"""The review of one document: two versions side by side, the finding at hand, the decisions.

The screen shows a `View`; whatever changes or reads the review runs in turn in another thread and comes back as one
of the messages of `obelos_tui.facts`.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, Input, Static

from obelos_history import Judgement
from obelos_history.decision import CHANGING, Disposition
from obelos_transcripts import ObelosError, Span, visible

from .. import facts
from ..keys import REVIEW, Command, bindings
from ..review import Item, Review
from ..search import Match, find, match_marks, nearest
from ..turns import Turns
from ..view import SIGNS, View, first_open, item_at, read_view, step
from ..widgets.columns import TextColumns
from ..widgets.finding_panel import FindingPanel
from ..widgets.line_list import LineList
from ..widgets.title_line import TitleLine
from ..wording import explanation, item_line, review_status, summary, version_head, word_at
from .base import ViewScreen
from .decision import DecisionDialog, Draft
from .message import MessageScreen, proof
from .write import WriteDialog

T = TypeVar("T")


class ReviewScreen(ViewScreen):
    """The heart of Obelos: find, judge, go on."""

    commands: ClassVar[tuple[Command, ...]] = REVIEW
    signs: ClassVar[Mapping[str, str]] = SIGNS
    BINDINGS: ClassVar[list[BindingType]] = bindings(REVIEW)

    def __init__(self, review: Review, *, from_desk: bool) -> None:
        """``from_desk``: there is a list of documents to go back to."""
        super().__init__()
        self.review = review
        self._from_desk = from_desk
        self.turns = Turns()
        self.view: View | None = None
        self.item: Item | None = None
        self._siglum: str | None = None
        self._accidentals = True
        self._only_open = False
        self._wanted = ""
        self._matches: tuple[Match, ...] = ()
        self._match: Match | None = None

    # What it is made of

    def compose(self) -> ComposeResult:
        """Title, columns and their heads, the finding at hand, the list of findings, the keys."""
        yield TitleLine(id="title")
        with Horizontal(id="desk"):
            with Vertical(id="reading"):
                yield Static(id="heads", markup=False)
                yield TextColumns(id="columns")
                yield FindingPanel(id="finding")
            with Vertical(id="side"):
                yield Static(Content("findings"), id="side-head", markup=False)
                yield LineList(id="items")
        yield Input(id="search", placeholder="search both versions", compact=True)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Read the view; the texts appear when it is there."""
        self.query_one("#search").display = False
        self._operate("This document cannot be shown", lambda: None, lambda _, view: facts.ViewRead(view))

    @property
    def columns(self) -> TextColumns:
        """The two texts."""
        return self.query_one(TextColumns)

    @property
    def panel(self) -> FindingPanel:
        """The finding at hand."""
        return self.query_one(FindingPanel)

    # Work on the review, out of the drawing thread

    def _ask(self, what: str, call: Callable[[], Message]) -> None:
        """Run a call in turn and post the fact it comes back with; or post why not."""

        async def in_turn() -> None:
            try:
                fact = await self.turns.take(call)
            except ObelosError as refusal:
                fact = facts.OperationRefused(what, str(refusal))
            self.post_message(fact)

        self.run_worker(in_turn(), group="review")

    def _operate(self, what: str, call: Callable[[], T], fact: Callable[[T, View], Message]) -> None:
        """Run a call that changes the review, read the view again, and post the fact."""

        def work() -> Message:
            result = call()
            return fact(result, read_view(self.review, self._siglum))

        self._ask(what, work)

    async def _record(self, item: Item, judgement: Judgement) -> None:
        def work() -> facts.DecisionRecorded:
            decision = self.review.decide(item, judgement)
            return facts.DecisionRecorded(item, decision, read_view(self.review, self._siglum))

        self.post_message(await self.turns.take(work))

    # Facts, and what follows

    @on(facts.ViewRead)
    def _view_read(self, message: facts.ViewRead) -> None:
        before = self.item
        self._show(message.view)
        for notice in message.view.state.notices:
            self.notify(visible(notice), markup=False, timeout=8)
        here = before and item_at(message.view.state.items, before.span.start)
        read_only = message.view.state.read_only
        self._take_in_hand(here or first_open(message.view.state.items), read_only and f"Read-only: {read_only}")

    @on(facts.DecisionRecorded)
    def _decision_recorded(self, message: facts.DecisionRecorded) -> None:
        self._show(message.view)
        position = message.item.span.start
        following = None if message.item.finding is None else first_open(message.view.state.items, position)
        here = next((i for i in message.view.state.items if i.decision == message.decision), None)
        said = f"{summary(message.decision)}, taken. z takes it back, w writes it."
        if following is None and message.view.open_count == 0:
            said = f"{summary(message.decision)}, taken. All findings are answered: w writes them."
        self._take_in_hand(following or here or first_open(message.view.state.items, position), said)

    @on(facts.DecisionUndone)
    def _decision_undone(self, message: facts.DecisionUndone) -> None:
        self._show(message.view)
        if message.decision is None:
            self._say("There is nothing to take back: what is written is taken back by another decision.")
            return
        prints = message.decision.fingerprint
        items = message.view.state.items
        again = next((i for i in items if prints and i.finding and i.finding.fingerprint == prints), None)
        self._take_in_hand(again or first_open(items), f"Taken back: {summary(message.decision)}. Z takes it again.")

    @on(facts.DecisionRedone)
    def _decision_redone(self, message: facts.DecisionRedone) -> None:
        self._show(message.view)
        if message.decision is None:
            self._say("There is nothing to take again.")
            return
        here = next((i for i in message.view.state.items if i.decision == message.decision), None)
        self._take_in_hand(here or first_open(message.view.state.items), f"Taken again: {summary(message.decision)}.")

    @on(facts.CommitWritten)
    def _commit_written(self, message: facts.CommitWritten) -> None:
        before = self.item
        self._show(message.view)
        here = before and item_at(message.view.state.items, before.span.start)
        said = f"Written: commit {message.commit[:10]}." if message.commit else "There was nothing to write."
        self._take_in_hand(here or first_open(message.view.state.items), said)

    @on(facts.ItemFound)
    def _item_found(self, message: facts.ItemFound) -> None:
        self._take_in_hand(message.item, self.panel.said if self._match else "")

    @on(facts.WordBlamed)
    def _word_blamed(self, message: facts.WordBlamed) -> None:
        self._say(message.said)

    @on(facts.Verified)
    def _verified(self, message: facts.Verified) -> None:
        self._say("")
        self.app.push_screen(proof(message.holds, message.lines))

    @on(facts.OperationRefused)
    def _refused(self, message: facts.OperationRefused) -> None:
        self.app.push_screen(MessageScreen(message.what, message.why.split("\n")))

    def _show(self, view: View) -> None:
        before = self.view
        self.view = self.panel.view = view
        same = before and (before.left, before.right) == (view.left, view.right)
        if not same:
            self.columns.show_texts(view.left, view.right, view.blocks)
        self._find_again()
        self._show_marks()
        title = self.query_one(TitleLine)
        title.title = Content.assemble((visible(view.state.title), "bold"))
        title.status = review_status(view)
        lines = [item_line(view, item) for item in view.state.items]
        self.query_one("#items", LineList).show_lines(lines)

    def _show_marks(self) -> None:
        if self.view is None:
            return
        left = self.view.marks("left", accidentals=self._accidentals)
        right = self.view.marks("right", accidentals=self._accidentals)
        self.columns.show_marks(left, right, self.view.signs())
        hidden = "" if self._accidentals else "  substantives only"
        self.query_one("#heads", Static).update(version_head(self.view, self.columns.column, hidden))

    def _take_in_hand(self, item: Item | None, said: str = "") -> None:
        if self.view is None:
            return
        self.item = self.panel.item = item
        self._say(said)
        self._show_hand()
        items = self.view.state.items
        cursor = next((number for number, known in enumerate(items) if known is item), -1)
        self.query_one("#items", LineList).put_cursor(cursor)
        if item:
            self.columns.bring_to_sight("left", item.span.start)

    def _show_hand(self) -> None:
        if self.view:
            left = [*match_marks(self._matches, "left"), *self.view.hand_marks("left", self.item)]
            right = [*match_marks(self._matches, "right"), *self.view.hand_marks("right", self.item)]
            self.columns.show_hand(left, right)

    def _say(self, said: str) -> None:
        self.panel.said = said

    # Going about

    def action_step(self, direction: int) -> None:
        """Next or previous finding, or match of the search."""
        if self._matches and self.view:
            number = self._matches.index(self._match) if self._match in self._matches else -1
            self._go_to_match(self._matches[(number + direction) % len(self._matches)])
        elif self.view:
            item = step(self.view.state.items, self.item, direction, only_open=self._only_open)
            self._take_in_hand(item, "" if item else "There are no findings here.")

    def action_difference(self, direction: int) -> None:
        """Next or previous place where the versions differ."""
        if self.view is None:
            return
        differences = self.view.differences(accidentals=self._accidentals)
        if not differences:
            self._say(f"{self.view.version.title} does not differ here.")
            return
        at = self.item.span if self.item else Span(-1, -1)
        beyond = [v for v in differences if (v.left > at if direction > 0 else v.left < at)] or differences
        self._look_up(beyond[0 if direction > 0 else -1].left, self.view.version.siglum)

    def _look_up(self, span: Span, siglum: str | None = None) -> None:
        self._ask("This passage cannot be shown", lambda: facts.ItemFound(self.review.item_for(span, siglum)))

    def action_open_only(self) -> None:
        """Pass over answered findings, or not."""
        self._only_open = not self._only_open
        self._say("n and N go to open findings only." if self._only_open else "n and N go to all findings.")

    def action_next_version(self) -> None:
        """Put the next version in the right column."""
        if self.view is None:
            return
        sigla = [version.siglum for version in self.view.state.versions]
        self._siglum = sigla[(sigla.index(self.view.version.siglum) + 1) % len(sigla)]
        self._operate("This version cannot be shown", lambda: None, lambda _, view: facts.ViewRead(view))

    def action_substantives(self) -> None:
        """Hide accidentals, or show them again."""
        self._accidentals = not self._accidentals
        self._show_marks()
        self._show_hand()

    def action_scroll(self, rows: int) -> None:
        """Scroll by rows."""
        self.columns.scroll_relative(y=rows, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by pages."""
        self.columns.scroll_relative(y=pages * max(1, self.columns.size.height - 2), animate=False)

    def action_top(self) -> None:
        """Go to the start."""
        self.columns.scroll_home(animate=False)

    def action_bottom(self) -> None:
        """Go to the end."""
        self.columns.scroll_end(animate=False)

    @on(TextColumns.PlaceClicked)
    def _place_clicked(self, message: TextColumns.PlaceClicked) -> None:
        if self.view is None:
            return
        if message.side == "right":
            variant = next((v for v in self.view.variants if message.position in v.right), None)
            if variant:
                self._look_up(variant.left, self.view.version.siglum)
            return
        item = item_at(self.view.state.items, message.position)
        if item:
            self._take_in_hand(item)
        else:
            variant = next((v for v in self.view.variants if message.position in v.left), None)
            if variant:
                self._look_up(variant.left, self.view.version.siglum)
            else:
                self._look_up(word_at(self.view.state.text, message.position))

    @on(LineList.Chosen)
    def _item_chosen(self, message: LineList.Chosen) -> None:
        if self.view:
            self._take_in_hand(self.view.state.items[message.index])

    # Search

    def action_search(self) -> None:
        """Ask for the words to search."""
        search = self.query_one("#search", Input)
        search.display = True
        search.focus()

    @on(Input.Submitted, "#search")
    def _search(self, message: Input.Submitted) -> None:
        self._wanted = message.value
        self._close_search_line()
        self._find_again()
        if not self._matches:
            self._show_hand()
            self._say(f"“{self._wanted}” stands in neither version." if self._wanted else "")
            return
        position = self.item.span.start if self.item else 0
        self._go_to_match(nearest(self._matches, position))

    def _find_again(self) -> None:
        view = self.view
        self._matches = find(view.state.text, view.version.text, self._wanted) if view else ()

    def _go_to_match(self, match: Match) -> None:
        self._match = match
        number = self._matches.index(match) + 1
        said = f"“{self._wanted}”: match {number} of {len(self._matches)}. n and N step, esc ends the search."
        self._say(said)
        self._show_hand()
        self.columns.bring_to_sight(match.side, match.span.start)
        if match.side == "left":
            self._look_up(match.span)

    def _close_search_line(self) -> None:
        self.query_one("#search").display = False
        self.set_focus(None)

    def action_back(self) -> None:
        """End the search; without one go back to the desk."""
        if self.query_one("#search").display:
            self._close_search_line()
        elif self._wanted:
            self._wanted, self._matches, self._match = "", (), None
            self._say("")
            self._show_hand()
        elif self._from_desk:
            self.dismiss()
        else:
            self._say("There is nothing to go back to: q leaves Obelos.")

    # Deciding

    def action_take(self, number: int) -> None:
        """Take a suggestion."""
        if self.item and number <= len(self.item.suggestions):
            self._judge("correct", self.item.suggestions[number - 1], focus="note")
        else:
            self._say(f"There is no suggestion {number} here.")

    def action_judge(self, disposition: Disposition) -> None:
        """Open the dialog for a disposition."""
        if self.item is None or self.view is None:
            self._say("Nothing is at hand: n goes to a finding, ] to a difference, a click to any word.")
            return
        if disposition == "reject" and self.item.finding is None:
            self._say("There is no finding here to reject; t (stet) records that the source reads so.")
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
        if view.state.read_only:
            self.app.push_screen(MessageScreen("Nothing can be recorded here", view.state.read_only.split("\n")))
            return
        sigla = [siglum for siglum, text in item.readings if text == reading and siglum != "base"]
        draft = Draft(
            disposition,
            view.state.text[slice(*item.span)],
            reading,
            source=", ".join(sigla),
            evidence="external" if sigla else None,
            needs=self.review.needs(disposition),
            focus=focus,
        )
        preview = partial(self.review.preview, item.span)
        self.app.push_screen(DecisionDialog(draft, preview, partial(self._record, item)))

    def action_undo(self) -> None:
        """Take back the last decision."""
        self._operate("Nothing was taken back", self.review.undo, facts.DecisionUndone)

    def action_redo(self) -> None:
        """Take a decision again."""
        self._operate("Nothing was taken again", self.review.redo, facts.DecisionRedone)

    def action_write(self) -> None:
        """Show what would be written, and write it."""
        if self.view is None or not self.view.state.pending:
            self._say("There is nothing to write: no decision has been taken since the last commit.")
            return
        dialog = WriteDialog(self.view.state.name, self.view.state.pending)
        self.app.push_screen(dialog, lambda write: self._write() if write else None)

    def _write(self) -> None:
        self._say("Writing …")
        self._operate("Nothing was written; the decisions are kept", self.review.commit, facts.CommitWritten)

    # Looking closer

    def action_explain(self) -> None:
        """Show all there is to say about the place at hand."""
        item = self.item
        if item:
            self._ask(
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
            self._ask("Nothing is known", lambda: facts.WordBlamed(self.review.blame(position)))

    def action_verify(self) -> None:
        """Prove the working text."""
        self._say("Verifying …")
        self._ask("This could not be verified", lambda: facts.Verified(*self.review.verify()))

    def action_git_commands(self) -> None:
        """Show the git commands that ran."""
        commands = self.review.git_commands() or ("No git command has run.",)
        self.app.push_screen(MessageScreen("Git commands that ran, oldest first", commands))

    def action_history(self) -> None:
        """Show decisions and commits."""
        from .history import HistoryScreen

        self.app.push_screen(HistoryScreen(self.review, self.turns))

    def action_reload(self) -> None:
        """Read the document again from disk."""
        self._operate("This document could not be read again", self.review.reload, lambda _, v: facts.ViewRead(v))
