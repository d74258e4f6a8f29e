"""The history of a document: decisions and commits, newest first, and the one at hand in full."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Input, Static

from obelos_history import Entry, Judgement
from obelos_transcripts import visible

from .. import facts
from ..keys import HISTORY, Command, bindings
from ..review import Review
from ..turns import Turns
from ..widgets.line_list import LineList
from ..widgets.title_line import TitleLine
from ..wording import counted, entry_details, entry_line, quoted
from .decision import DecisionDialog, Draft
from .document import DocumentScreen
from .message import MessageScreen


class HistoryScreen(DocumentScreen):
    """What was decided and written, by whom, when and why."""

    commands: ClassVar[tuple[Command, ...]] = HISTORY
    BINDINGS: ClassVar[list[BindingType]] = bindings(HISTORY)

    def __init__(self, review: Review, turns: Turns) -> None:
        super().__init__(review, turns)
        self._entries: tuple[Entry, ...] = ()
        self._shown: tuple[Entry, ...] = ()
        self._wanted = ""

    def compose(self) -> ComposeResult:
        """The list, the entry at hand, the keys."""
        yield TitleLine(id="title")
        with Horizontal(id="history"):
            yield LineList(id="entries")
            with VerticalScroll(id="entry", can_focus=False):
                yield Static(id="detail", markup=False)
        yield Input(id="search", placeholder="show only entries with these words", compact=True)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Read the history."""
        self.query_one("#search").display = False
        title = self.query_one(TitleLine)
        title.title = Content.assemble((visible(self.review.state.name), "bold"), ("  history", "$faint"))
        self.ask("The history cannot be read", lambda: facts.EntriesRead(self.review.entries()))

    @on(facts.EntriesRead)
    def _entries_read(self, message: facts.EntriesRead) -> None:
        self._entries = message.entries
        self._show()

    def _show(self) -> None:
        words = self._wanted.casefold().split()
        self._shown = tuple(e for e in self._entries if all(word in _haystack(e) for word in words))
        self.query_one(LineList).show_lines([entry_line(entry) for entry in self._shown], cursor=0)
        filtered = f", with “{visible(self._wanted)}”" if words else ""
        shown = counted(len(self._shown), "entry", "entries")
        self.query_one(TitleLine).status = Content(f"{shown}{filtered}")
        self._show_entry(0)

    @on(LineList.Moved)
    def _moved(self, message: LineList.Moved) -> None:
        self._show_entry(message.index)

    def _show_entry(self, index: int) -> None:
        detail = self.query_one("#detail", Static)
        if index >= len(self._shown):
            detail.update(Content.styled("Nothing has been decided or written yet.", "$faint"))
            return
        detail.update(Content("\n").join(entry_details(self._shown[index])))
        self.query_one("#entry").scroll_home(animate=False)

    def action_explain(self) -> None:
        """Show the entry at hand in full."""
        index = self.query_one(LineList).cursor
        if 0 <= index < len(self._shown):
            self.app.push_screen(MessageScreen("The entry at hand", entry_details(self._shown[index])))

    def action_move(self, rows: int) -> None:
        """Go to another entry."""
        self.query_one(LineList).move(rows)

    def action_page(self, pages: int) -> None:
        """Go on by a page."""
        entries = self.query_one(LineList)
        entries.move(pages * entries.page)

    def action_top(self) -> None:
        """Go to the newest entry."""
        self.query_one(LineList).move(-len(self._shown))

    def action_bottom(self) -> None:
        """Go to the oldest entry."""
        self.query_one(LineList).move(len(self._shown))

    def action_revert(self) -> None:
        """Ask why, and take the decision at hand back."""
        index = self.query_one(LineList).cursor
        entry = self._shown[index] if 0 <= index < len(self._shown) else None
        decision = entry.decision if entry else None
        state = self.review.state
        span = next((span for span, standing in state.changed if decision and standing.id == decision.id), None)
        if entry is None or decision is None or entry.pending or span is None or state.read_only:
            why = state.read_only or (
                "Only a written decision that changed the text, and still stands, can be taken back here. "
                "What is not yet written is taken back by z in the review; a finding is answered anew there."
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

    async def _revert(self, ident: str, judgement: Judgement) -> None:
        def work() -> facts.DecisionReverted:
            return facts.DecisionReverted(self.review.revert(ident, judgement), self.review.entries())

        self.post_message(await self.turns.take(work))

    @on(facts.DecisionReverted)
    def _decision_reverted(self, message: facts.DecisionReverted) -> None:
        self._entries = message.entries
        self._show()

    def action_filter(self) -> None:
        """Ask for words."""
        self.open_search_line()

    @on(Input.Submitted, "#search")
    def _filter(self, message: Input.Submitted) -> None:
        self._wanted = message.value
        self.close_search_line()
        self._show()

    def action_back(self) -> None:
        """End the filter; without one go back to the text."""
        if self.query_one("#search").display:
            self.close_search_line()
        elif self._wanted:
            self._wanted = self.query_one("#search", Input).value = ""
            self._show()
        else:
            self.dismiss()


def _haystack(entry: Entry) -> str:
    parts = [entry.kind, entry.id, entry.person, entry.title, *entry.detail]
    if entry.decision:
        decision = entry.decision
        parts += [decision.disposition, decision.note, decision.rule or "", decision.source, decision.place.exact]
    return " ".join(parts).casefold()
