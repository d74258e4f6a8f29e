"""Reading a document: two versions side by side, the place at hand, going from one to the next."""

from collections.abc import Callable
from typing import TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from obelos_transcripts import Row, Span, visible

from .. import facts
from ..glimpse import glimpse_of
from ..kept_place import Kept, keep_place, kept_place
from ..layout import rows_of_pair
from ..review import Review
from ..shown import Item
from ..sieve import ALL, Sieve
from ..turns import Turns
from ..view import Mark, View, first_open, item_at, read_view, step
from ..widgets.beside_panel import BesidePanel
from ..widgets.column_heads import ColumnHeads
from ..widgets.columns import TextColumns
from ..widgets.finding_panel import FindingPanel
from ..widgets.key_line import KeyLine
from ..widgets.line_list import LineList
from ..widgets.title_line import TitleLine
from ..wording import item_line, review_status
from .document import DocumentScreen
from .message import MessageScreen
from .scrolled import ScrolledTexts

T = TypeVar("T")

_LONG = 200_000
"""Code points of a base text that is not shown at once."""


class ReadingScreen(ScrolledTexts, DocumentScreen):
    """Shows a view of a review and lets the editor go about in it."""

    def __init__(self, review: Review, *, from_desk: bool) -> None:
        """``from_desk``: there is a list of documents to go back to."""
        super().__init__(review, Turns())
        self.view: View | None = None
        self.item: Item | None = None
        self.from_desk = from_desk
        self.siglum: str | None = None
        self.sieve: Sieve = ALL
        self.accidentals = True
        self.only_open = False
        self._before: Kept | None = None

    # What it is made of

    def compose(self) -> ComposeResult:
        """Title, columns and their heads, the finding at hand, the list of findings, what is known beside, the keys."""
        yield TitleLine(id="title")
        with Horizontal(id="desk"):
            with Vertical(id="reading"):
                yield ColumnHeads(id="heads")
                yield TextColumns(id="columns")
                yield FindingPanel(id="finding")
            with Vertical(id="side"):
                yield Static(Content("findings"), id="side-head", markup=False)
                yield LineList(id="items")
                yield BesidePanel(id="beside")
        yield Input(id="search", placeholder="search both versions", compact=True)
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the view as it was left last time; the texts appear when it is there."""
        self.query_one("#search").display = False
        self._show_beginning()
        kept = kept_place(self.review.history.repository, self.review.history.name)
        if kept:
            self._before, self.siglum, self.sieve = kept, kept.siglum, kept.sieve
            self.accidentals, self.only_open = kept.accidentals, kept.only_open
        level = kept.level if kept else self.review.level

        def read() -> None:
            self.review.look_down_to(level)

        self.operate("This document cannot be shown", read, lambda _, view: facts.ViewRead(view))

    def _show_beginning(self) -> None:
        """Of a long text, show how it begins: comparing it takes a while."""
        history = self.review.history
        if len(history.base) >= _LONG and (shown := glimpse_of(history.edition, history.name)):
            cells = (Span(0, len(shown.texts[0])), Span(0, len(shown.texts[1])))
            self.columns.show_texts(shown.texts, [Row(cells, (0, 1))])

    def on_unmount(self) -> None:
        """Keep the place for the next time."""
        self.keep_place()

    def keep_place(self) -> None:
        """Write down where the editor is, unless another Obelos is at work on the document."""
        if self.view is None or self.view.state.read_only:
            return
        span = self.item.span if self.item else Span(0, 0)
        kept = Kept(span.start, span.end, self.siglum, self.accidentals, self.only_open, self.review.level, self.sieve)
        keep_place(self.review.history.repository, self.review.history.name, kept)

    def on_screen_resume(self) -> None:
        """Read again what another screen of this review changed meanwhile."""
        if self.view and self.view.state is not self.review.state:
            self.operate("This document cannot be shown", lambda: None, lambda _, view: facts.ViewRead(view))

    @property
    def panel(self) -> FindingPanel:
        """The finding at hand."""
        return self.query_one(FindingPanel)

    def operate(self, what: str, call: Callable[[], T], fact: Callable[[T, View], Message]) -> None:
        """Run a call that changes the review, read the view again, and post the fact."""

        def work() -> Message:
            result = call()
            return fact(result, self.read_view())

        self.ask(what, work)

    def read_view(self) -> View:
        """The view of the review as it is now; called out of the drawing thread."""
        view = read_view(self.review, self.siglum, self.sieve)
        for columns in self.query(TextColumns):  # a screen that has been left meanwhile has none
            columns.prepare((view.left, view.right), rows_of_pair(view.blocks))
        return view

    # Facts, and what follows

    @on(facts.ViewRead)
    def _view_read(self, message: facts.ViewRead) -> None:
        before, kept = self.item, self._before
        first = self.view is None
        self.show(message.view)
        for notice in message.view.state.notices:
            self.notify(visible(notice), markup=False, timeout=8)
        items = message.view.items
        here = before and item_at(items, before.span.start)
        read_only = message.view.state.read_only
        if read_only and before is None:
            self.app.push_screen(MessageScreen("Nothing can be recorded here", read_only.split("\n")))
        said = read_only and f"Read-only: {read_only}"
        if first and kept and kept.start < len(message.view.state.text):
            here = next((item for item in items if item.span == (kept.start, kept.end)), None)
            said = said or self._told_kept(kept)
        self._before = None
        self.take_in_hand(here or first_open(items, kept.start if first and kept else 0), said)

    def _told_kept(self, kept: Kept) -> str:
        filters = f"the filter “{kept.sieve.told()}” is on, F ends it" if kept.sieve else ""
        return f"You were here last time; {filters}." if filters else ""

    @on(facts.ItemFound)
    def _item_found(self, message: facts.ItemFound) -> None:
        self.found(message.item)

    def found(self, item: Item) -> None:
        """A passage was looked up: take it in hand."""
        self.take_in_hand(item, self.remark_on_found())

    def remark_on_found(self) -> str:
        """What is said when a passage was looked up."""
        return ""

    def show(self, view: View) -> None:
        """Show a view; what is at hand is for the caller to say."""
        before = self.view
        self.view = self.panel.view = self.query_one(BesidePanel).view = view
        same = before and (before.left, before.right) == (view.left, view.right)
        if not same:
            self.columns.show_texts((view.left, view.right), rows_of_pair(view.blocks))
        self.show_marks()
        self.query_one(TitleLine).title = Content.assemble((visible(view.state.title), "bold"))
        self.show_status(view)
        self.query_one("#items", LineList).show_lines([item_line(view, item) for item in view.items])

    def show_status(self, view: View) -> None:
        """Show how the review stands."""
        self.query_one(TitleLine).status = self.status(view)

    def status(self, view: View) -> Content:
        """How the review stands."""
        return review_status(view)

    def show_marks(self) -> None:
        """Show what is marked in the texts whatever is at hand."""
        if self.view is None:
            return
        left = self.view.marks("left", accidentals=self.accidentals)
        right = self.view.marks("right", accidentals=self.accidentals)
        self.columns.show_marks((left, right), self.view.signs())
        heads = self.query_one(ColumnHeads)
        heads.view = self.view
        heads.remark = "" if self.accidentals else "substantives only"

    def take_in_hand(self, item: Item | None, said: str = "") -> None:
        """Bring an item to hand and to sight, with a remark."""
        if self.view is None:
            return
        self.say(said)
        self.hold(item)
        if item:
            self.columns.bring_to_sight(0, item.span.start)

    def hold(self, item: Item | None) -> None:
        """Have an item at hand, and let the texts stand where they are."""
        self.item = self.panel.item = self.query_one(BesidePanel).item = item
        self.show_hand()
        items = self.view.items if self.view else ()
        self.query_one("#items", LineList).put_cursor(next((n for n, known in enumerate(items) if known is item), -1))

    def show_hand(self) -> None:
        """Show what is marked because of what is at hand."""
        if self.view:
            left, right = self.passing_marks(self.view)
            self.columns.show_hand((left, right))

    def passing_marks(self, view: View) -> tuple[list[Mark], list[Mark]]:
        """The marks of the place at hand, in both columns."""
        return view.hand_marks("left", self.item), view.hand_marks("right", self.item)

    def say(self, said: str) -> None:
        """A passing remark; "" takes the last one away."""
        self.panel.said = said

    # Going about

    def action_step(self, direction: int) -> None:
        """Next or previous finding."""
        if self.view:
            item = step(self.view.items, self.item, direction, only_open=self.only_open)
            nothing = "Nothing passes the filter: F ends it." if self.view.sieve else "There are no findings here."
            self.take_in_hand(item, "" if item else nothing)

    def action_difference(self, direction: int) -> None:
        """Next or previous place where the versions differ."""
        if self.view is None:
            return
        differences = self.view.differences(accidentals=self.accidentals)
        if not differences:
            self.say(f"{self.view.version.title} does not differ here.")
            return
        at = self.item.span if self.item else Span(-1, -1)
        beyond = [v for v in differences if (v.left > at if direction > 0 else v.left < at)]
        if not beyond:
            self.say("That was the last difference; on from the start." if direction > 0 else "On from the end.")
        self.look_up((beyond or differences)[0 if direction > 0 else -1].left, self.view.version.siglum)

    def look_up(self, span: Span, siglum: str | None = None) -> None:
        """Take any passage in hand, or with ``siglum`` the variant of that version which lies there."""
        self.ask("This passage cannot be shown", lambda: facts.ItemFound(self.review.item_for(span, siglum)))

    def action_open_only(self) -> None:
        """Pass over answered findings, or not."""
        self.only_open = not self.only_open
        self.say("n and N go to open findings only." if self.only_open else "n and N go to all findings.")

    def action_next_version(self) -> None:
        """Put the next version in the right column."""
        if self.view is None:
            return
        sigla = [version.siglum for version in self.view.state.versions]
        self.siglum = sigla[(sigla.index(self.view.version.siglum) + 1) % len(sigla)]
        self.operate("This version cannot be shown", lambda: None, lambda _, view: facts.ViewRead(view))

    def action_substantives(self) -> None:
        """Hide accidentals, or show them again."""
        self.accidentals = not self.accidentals
        self.show_marks()
        self.show_hand()

    @on(LineList.Chosen)
    def _item_chosen(self, message: LineList.Chosen) -> None:
        if self.view:
            self.take_in_hand(self.view.items[message.index])

    def action_back(self) -> None:
        """Go back to the desk."""
        if self.query_one("#search").display:
            self.close_search_line()
        elif self.from_desk:
            self.dismiss()
        else:
            self.say("There is nothing to go back to: q leaves Obelos.")

    def action_reload(self) -> None:
        """Read the document again from disk."""
        self.operate("This document could not be read again", self.review.reload, lambda _, v: facts.ViewRead(v))
