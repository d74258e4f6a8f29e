"""Reading a document: two versions side by side, the place at hand, going about, searching."""

from collections.abc import Callable
from typing import TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, Input, Static

from obelos_transcripts import Span, visible

from .. import facts
from ..layout import rows_of_pair
from ..review import Review
from ..search import Match, find, match_marks, nearest
from ..shown import Item
from ..turns import Turns
from ..view import View, first_open, item_at, read_view, step
from ..widgets.column_heads import ColumnHeads
from ..widgets.columns import TextColumns
from ..widgets.finding_panel import FindingPanel
from ..widgets.line_list import LineList
from ..widgets.title_line import TitleLine
from ..wording import item_line, review_status, word_at
from .document import DocumentScreen
from .message import MessageScreen
from .scrolled import ScrolledTexts

T = TypeVar("T")


class ReadingScreen(ScrolledTexts, DocumentScreen):
    """Shows a view of a review and lets the editor go about in it."""

    def __init__(self, review: Review, *, from_desk: bool) -> None:
        """``from_desk``: there is a list of documents to go back to."""
        super().__init__(review, Turns())
        self.view: View | None = None
        self.item: Item | None = None
        self._from_desk = from_desk
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
                yield ColumnHeads(id="heads")
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
        self.operate("This document cannot be shown", lambda: None, lambda _, view: facts.ViewRead(view))

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
            return fact(result, read_view(self.review, self._siglum))

        self.ask(what, work)

    # Facts, and what follows

    @on(facts.ViewRead)
    def _view_read(self, message: facts.ViewRead) -> None:
        before = self.item
        self.show(message.view)
        for notice in message.view.state.notices:
            self.notify(visible(notice), markup=False, timeout=8)
        here = before and item_at(message.view.state.items, before.span.start)
        read_only = message.view.state.read_only
        if read_only and before is None:
            self.app.push_screen(MessageScreen("Nothing can be recorded here", read_only.split("\n")))
        self.take_in_hand(here or first_open(message.view.state.items), read_only and f"Read-only: {read_only}")

    @on(facts.ItemFound)
    def _item_found(self, message: facts.ItemFound) -> None:
        self.take_in_hand(message.item, self.panel.said if self._match else "")

    def show(self, view: View) -> None:
        """Show a view; what is at hand is for the caller to say."""
        before = self.view
        self.view = self.panel.view = view
        same = before and (before.left, before.right) == (view.left, view.right)
        if not same:
            self.columns.show_texts((view.left, view.right), rows_of_pair(view.blocks))
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
        self.columns.show_marks((left, right), self.view.signs())
        heads = self.query_one(ColumnHeads)
        heads.view = self.view
        heads.remark = "" if self._accidentals else "substantives only"

    def take_in_hand(self, item: Item | None, said: str = "") -> None:
        """Bring an item to hand and to sight, with a remark."""
        if self.view is None:
            return
        self.item = self.panel.item = item
        self.say(said)
        self._show_hand()
        items = self.view.state.items
        cursor = next((number for number, known in enumerate(items) if known is item), -1)
        self.query_one("#items", LineList).put_cursor(cursor)
        if item:
            self.columns.bring_to_sight(0, item.span.start)

    def _show_hand(self) -> None:
        if self.view:
            left = [*match_marks(self._matches, "left"), *self.view.hand_marks("left", self.item)]
            right = [*match_marks(self._matches, "right"), *self.view.hand_marks("right", self.item)]
            self.columns.show_hand((left, right))

    def say(self, said: str) -> None:
        """A passing remark; "" takes the last one away."""
        self.panel.said = said

    # Going about

    def action_step(self, direction: int) -> None:
        """Next or previous finding, or match of the search."""
        if self._matches and self.view:
            number = self._matches.index(self._match) if self._match in self._matches else -1
            self._go_to_match(self._matches[(number + direction) % len(self._matches)])
        elif self.view:
            item = step(self.view.state.items, self.item, direction, only_open=self._only_open)
            self.take_in_hand(item, "" if item else "There are no findings here.")

    def action_difference(self, direction: int) -> None:
        """Next or previous place where the versions differ."""
        if self.view is None:
            return
        differences = self.view.differences(accidentals=self._accidentals)
        if not differences:
            self.say(f"{self.view.version.title} does not differ here.")
            return
        at = self.item.span if self.item else Span(-1, -1)
        beyond = [v for v in differences if (v.left > at if direction > 0 else v.left < at)]
        if not beyond:
            self.say("That was the last difference; on from the start." if direction > 0 else "On from the end.")
        self._look_up((beyond or differences)[0 if direction > 0 else -1].left, self.view.version.siglum)

    def _look_up(self, span: Span, siglum: str | None = None) -> None:
        self.ask("This passage cannot be shown", lambda: facts.ItemFound(self.review.item_for(span, siglum)))

    def action_open_only(self) -> None:
        """Pass over answered findings, or not."""
        self._only_open = not self._only_open
        self.say("n and N go to open findings only." if self._only_open else "n and N go to all findings.")

    def action_next_version(self) -> None:
        """Put the next version in the right column."""
        if self.view is None:
            return
        sigla = [version.siglum for version in self.view.state.versions]
        self._siglum = sigla[(sigla.index(self.view.version.siglum) + 1) % len(sigla)]
        self.operate("This version cannot be shown", lambda: None, lambda _, view: facts.ViewRead(view))

    def action_substantives(self) -> None:
        """Hide accidentals, or show them again."""
        self._accidentals = not self._accidentals
        self._show_marks()
        self._show_hand()

    @on(TextColumns.PlaceClicked)
    def _place_clicked(self, message: TextColumns.PlaceClicked) -> None:
        if self.view is None:
            return
        if message.column:
            variant = next((v for v in self.view.variants if message.position in v.right), None)
            if variant:
                self._look_up(variant.left, self.view.version.siglum)
            return
        item = item_at(self.view.state.items, message.position)
        if item:
            self.take_in_hand(item)
        else:
            variant = next((v for v in self.view.variants if message.position in v.left), None)
            if variant:
                self._look_up(variant.left, self.view.version.siglum)
            else:
                self._look_up(word_at(self.view.state.text, message.position))

    @on(LineList.Chosen)
    def _item_chosen(self, message: LineList.Chosen) -> None:
        if self.view:
            self.take_in_hand(self.view.state.items[message.index])

    # Search

    def action_search(self) -> None:
        """Ask for the words to search."""
        self.open_search_line()

    @on(Input.Submitted, "#search")
    def _search(self, message: Input.Submitted) -> None:
        self._wanted = message.value
        self.close_search_line()
        self._find_again()
        if not self._matches:
            self._show_hand()
            self.say(f"“{self._wanted}” stands in neither version." if self._wanted else "")
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
        self.say(said)
        self._show_hand()
        self.columns.bring_to_sight(int(match.side == "right"), match.span.start)
        known = next((item for item in self.view.state.items if item.span == match.span), None) if self.view else None
        if match.side == "left" and known:
            self.take_in_hand(known, said)
        elif match.side == "left":
            self._look_up(match.span)

    def action_back(self) -> None:
        """End the search; without one go back to the desk."""
        if self.query_one("#search").display:
            self.close_search_line()
        elif self._wanted:
            self._wanted, self._matches, self._match = "", (), None
            self.say("")
            self._show_hand()
        elif self._from_desk:
            self.dismiss()
        else:
            self.say("There is nothing to go back to: q leaves Obelos.")

    def action_reload(self) -> None:
        """Read the document again from disk."""
        self.operate("This document could not be read again", self.review.reload, lambda _, v: facts.ViewRead(v))
