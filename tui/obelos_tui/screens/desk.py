"""The desk: the documents of an edition and how they stand.

What was known when somebody looked last is shown at once; then the documents that changed are looked at in the
background, and each is told as it becomes known.
"""

import time
from contextlib import closing
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static
from textual.worker import Worker, get_current_worker

from obelos_transcripts import BadInput, ObelosError, visible

from .. import facts
from ..attesting import Attesting
from ..desk import Desk
from ..desk_list import SORTS, Filter, listed, read_filter
from ..desk_row import DeskRow, Totals, totals
from ..desk_wording import SIGNS, DeskLines, bar, summary
from ..keys import DESK, Command, bindings
from ..opening import OpenWanted
from ..widgets.desk_heads import DeskHeads
from ..widgets.key_line import KeyLine
from ..widgets.line_list import LineList
from ..widgets.title_line import TitleLine
from ..wording import counted, shortened
from .attested import AttestingScreen
from .edition_history import EditionHistoryScreen
from .listed import ListedScreen
from .syncing import SyncScreen

_EMPTY = "This edition holds no document yet. “obelos add FILE --as NAME” puts one in."
_NONE = "No document is like this. esc shows all again."
_OFTEN = 0.15
"""Seconds between two tidings of what was found."""
_SHOWS = ("", "is:open", "is:asked", "is:unwritten", "is:unreadable")
"""What `f` goes through."""


class DeskScreen(ListedScreen, AttestingScreen):
    """Documents with their state, open findings, questions and unwritten decisions."""

    commands: ClassVar[tuple[Command, ...]] = DESK
    signs = SIGNS
    BINDINGS: ClassVar[list[BindingType]] = bindings(DESK)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.rows: dict[str, DeskRow] = {}
        self.shown: list[DeskRow] = []
        self.wanted = Filter()
        self.sort, self.backwards = "name", False
        self._at: str | None = None
        self._looking: Worker[None] | None = None
        self._progress = ""
        self._listing = self._list_again = False
        self._reviewed: str | None = None

    def compose(self) -> ComposeResult:
        """The edition at a glance, the list of documents, the keys."""
        yield TitleLine(id="title")
        yield Static(id="summary", markup=False)
        yield Static(id="bar", markup=False)
        yield DeskHeads(id="desk-heads")
        with Vertical(id="desk"):
            yield LineList(id="documents")
            yield Static(Content(_EMPTY), id="empty", markup=False)
        yield Input(id="search", placeholder="words, or state:draft is:open level:certain by:NAME", compact=True)
        yield KeyLine()

    def on_mount(self) -> None:
        """Show what is known; how the documents stand now is told as it becomes known."""
        self.query_one("#search").display = False
        self.query_one("#empty").display = False
        title = self.desk.edition.settings.title or "Documents of this edition"
        self.query_one(TitleLine).title = Content.styled(shortened(title, 200), "bold")
        self._tell("")
        self._look()

    def action_sync(self) -> None:
        """Share with the others; documents may come in, or go."""
        screen = SyncScreen(self.desk.edition, self.desk.repository)
        self.app.push_screen(screen, lambda _: self._look())

    def on_screen_resume(self) -> None:
        """After a review look again at its document, in a small edition at all."""
        name, self._reviewed = self._reviewed, None
        if name is None and not self.rows:
            return  # it is shown for the first time
        if len(self.rows) <= self.desk.many or self._is_looking:
            self._look()
        elif name is not None:
            self.run_worker(lambda: self._look_at(name), thread=True, group="one")

    def on_resize(self) -> None:
        """The bar is as wide as the screen."""
        self._sum_up(totals(self.rows.values()))

    # Looking at the documents, in another thread

    def action_reload(self) -> None:
        """Look for changes again."""
        self._look()

    @property
    def _is_looking(self) -> bool:
        return self._looking is not None and not self._looking.is_finished

    def _look(self) -> None:
        first = [row.name for row in self._in_sight()]
        self._looking = self.run_worker(lambda: self._look_through(first), thread=True, exclusive=True, group="desk")

    def _look_through(self, first: list[str]) -> None:
        worker = get_current_worker()
        if not self.rows and (known := self.desk.remembered()):
            self.post_message(facts.DocumentsTold(tuple(known), totals(known), every=True, progress="as last seen"))
        waiting: list[DeskRow] = []
        told = time.monotonic()
        with closing(self.desk.look(first)) as looking:
            for step in looking:
                if worker.is_cancelled:
                    return
                if step.what == "listed":
                    every = totals(step.rows)
                    self.post_message(facts.DocumentsTold(step.rows, every, every=True, progress="looking for changes"))
                    continue
                waiting += step.rows
                if time.monotonic() - told > _OFTEN:
                    what = "looking for changes" if step.what == "changes" else "looking at what changed"
                    progress = f"{what}: {step.done:,} of {step.total:,}"
                    self.post_message(facts.DocumentsTold(tuple(waiting), None, every=False, progress=progress))
                    waiting, told = [], time.monotonic()
        self.post_message(facts.DocumentsTold(tuple(waiting), None, every=False, progress=""))

    def _look_at(self, name: str) -> None:
        try:
            row = self.desk.row(name)
        except ObelosError as trouble:
            row = DeskRow(name, trouble=str(trouble))
        self.post_message(facts.DocumentsTold((row,), None, every=False, progress=None))

    @on(facts.DocumentsTold)
    def _told(self, message: facts.DocumentsTold) -> None:
        fresh = {row.name: row for row in message.rows}
        if message.every:
            self.rows = fresh
        else:
            self.rows.update(fresh)
        if message.every or fresh or not message.progress:
            self._sum_up(message.totals or totals(self.rows.values()))
            self._list()
        if message.progress is not None:
            self._tell(message.progress)

    # What is shown

    def _sum_up(self, sums: Totals) -> None:
        self.query_one("#summary", Static).update(summary(sums))
        self.query_one("#bar", Static).update(bar(sums, max(0, self.size.width - 2)))

    def _tell(self, progress: str) -> None:
        self._progress = progress
        status = [("read-only", "bold reverse"), ("  ", "")] if self.desk.read_only else []
        if self.wanted:
            status.append((f"{len(self.shown):,} of {len(self.rows):,} shown", "bold"))
        if not progress and len(self.rows) > self.desk.many:
            status += [("  ", ""), ("findings across documents: obelos check", "$faint")]
        if progress:
            status += [("  ", ""), (f"{progress} · esc stops" if self._is_looking else progress, "$faint")]
        self.query_one(TitleLine).status = Content.assemble(*status)

    def _list(self) -> None:
        """List the documents as they are wanted, in another thread: there may be very many. One at a time; what is
        wanted meanwhile is listed next."""
        if self._listing:
            self._list_again = True
            return
        self._listing, self._list_again = True, False
        rows, wanted, sort, backwards = list(self.rows.values()), self.wanted, self.sort, self.backwards

        def work() -> None:
            self.post_message(facts.DocumentsListed(tuple(listed(rows, wanted, sort, backwards=backwards))))

        self.run_worker(work, thread=True, group="listing")

    @on(facts.DocumentsListed)
    def _listed(self, message: facts.DocumentsListed) -> None:
        self._listing = False
        self.shown = list(message.rows)
        if self._list_again:
            self._list()
        documents = self.query_one("#documents", LineList)
        cursor = max(0, documents.cursor)
        if self._at is not None:
            there = (number for number, row in enumerate(self.shown) if row.name == self._at)
            cursor = next(there, min(cursor, len(self.shown) - 1))
        empty = self.query_one("#empty", Static)
        empty.update(Content(_NONE if self.rows else _EMPTY))
        empty.display = not self.shown and (bool(self.rows) or not self._is_looking)
        documents.display = bool(self.shown)
        documents.show_lines(DeskLines(self.shown, lambda: documents.size.width - 2), cursor=cursor)
        self._tell(self._progress)

    @property
    def names(self) -> tuple[str, ...]:
        """All documents, by name."""
        return tuple(sorted(self.rows))

    def at_hand(self) -> str | None:
        """The document under the cursor."""
        cursor = self.query_one("#documents", LineList).cursor
        return self.shown[cursor].name if 0 <= cursor < len(self.shown) else None

    def _in_sight(self) -> list[DeskRow]:
        documents = self.query_one("#documents", LineList)
        top = documents.scroll_offset.y
        return self.shown[top : top + documents.page + 1]

    @on(LineList.Moved)
    def _moved(self, message: LineList.Moved) -> None:
        self._at = self.shown[message.index].name if message.index < len(self.shown) else None

    # Which, and in which order

    def action_find(self) -> None:
        """Ask for words or conditions; the list follows as they are typed."""
        search = self.query_one("#search", Input)
        search.display = True
        search.focus()

    @on(Input.Changed, "#search")
    def _wanted_anew(self, message: Input.Changed) -> None:
        try:
            self.wanted = read_filter(message.value)
        except BadInput as problem:
            self.query_one(TitleLine).status = Content.styled(visible(problem.problems[0].what), "bold $accent")
            return
        self._list()

    @on(Input.Submitted, "#search")
    def _found(self) -> None:
        self._close_search()

    def _close_search(self) -> None:
        self.query_one("#search").display = False
        self.set_focus(None)

    def action_show(self) -> None:
        """Go through the documents with open findings, with questions, with unwritten decisions, unreadable."""
        search = self.query_one("#search", Input)
        at = _SHOWS.index(search.value) if search.value in _SHOWS else 0
        search.value = _SHOWS[(at + 1) % len(_SHOWS)]

    def action_sort(self) -> None:
        """Sort by the next column."""
        orders = list(SORTS)
        self._sort_by(orders[(orders.index(self.sort) + 1) % len(orders)])

    @on(DeskHeads.Clicked)
    def _head_clicked(self, message: DeskHeads.Clicked) -> None:
        if message.sort == self.sort:
            self.action_turn()
        else:
            self._sort_by(message.sort)

    def _sort_by(self, sort: str) -> None:
        heads = self.query_one(DeskHeads)
        self.sort = heads.sort = sort
        self.backwards = heads.backwards = False
        self._list()

    def action_turn(self) -> None:
        """Turn the order round."""
        heads = self.query_one(DeskHeads)
        self.backwards = heads.backwards = not self.backwards
        self._list()

    def action_back(self) -> None:
        """Close the line; without it, stop looking; or else show all documents again."""
        search = self.query_one("#search", Input)
        if search.display:
            search.value = ""
            self._close_search()
        elif self._is_looking and self._looking:
            self._looking.cancel()
            unknown = sum(not row.known for row in self.rows.values())
            left = f"; {counted(unknown, 'document', 'documents')} never looked at" if unknown else ""
            self._tell(f"stopped{left} · ctrl+r goes on")
        elif search.value:
            search.value = ""

    # Going about

    @on(LineList.Chosen)
    def action_open(self) -> None:
        """Review the document at hand."""
        self._open_at_hand()

    def action_collation(self) -> None:
        """Collate the document at hand; its review lies behind."""
        self._open_at_hand(collation=True)

    def _open_at_hand(self, *, collation: bool = False) -> None:
        if name := self.at_hand():
            self._at = self._reviewed = name
            self.app.post_message(OpenWanted(name, collation=collation))

    def action_history(self) -> None:
        """Show the history of the whole edition."""
        self.app.push_screen(EditionHistoryScreen(self.desk))

    def attesting(self) -> Attesting:
        """Where states are set."""
        return Attesting(self.desk.edition, self.desk.repository, read_only=self.desk.read_only)

    def waiting_in(self) -> tuple[str, ...]:
        """All documents."""
        return self.names

    @on(facts.StateRecorded)
    def _state_changed(self, message: facts.StateRecorded) -> None:
        name = message.document
        self.run_worker(lambda: self._look_at(name), thread=True, group="one")
