"""Comparing versions: two to five columns, the variant at hand, going about, what is shown of the variants."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from obelos_transcripts import VARIANT_CLASSES, Row, Span, visible

from ..apparatus import class_line, counts_line, figures_text, heads_line
from ..collated import Collated, decided, nothing_collated
from ..layout import column_width, readable_columns
from ..quality import errors_in_short
from ..review import Review
from ..search import spans
from ..shown import Version
from ..turns import Turns
from ..view import Mark
from ..widgets.columns import TextColumns
from ..widgets.key_line import KeyLine
from ..widgets.overview import Overview
from ..widgets.title_line import TitleLine
from ..widgets.variant_panel import VariantPanel
from ..wording import counted
from .collating import GIVEN_UP, CollatingScreen
from .scrolled import ScrolledTexts
from .ticks import TickDialog

_BEGINNING = 4_000
"""Code points of each version that are shown while long ones are being collated."""

_SUBSTANTIVES = frozenset(VARIANT_CLASSES) - {"substantive"}


class ComparingScreen(ScrolledTexts, CollatingScreen):
    """Shows versions side by side and lets the editor go from variant to variant."""

    signs: ClassVar[dict[str, str]] = {
        "≠": "the version at the right of the sign differs from the base on this row",
        "‸": "words are missing here that another version has",
        "▸": "the column at hand; in the gutter, the variant at hand",
        "░▒▓█": "where the variants of substance lie, few to many, in the whole of the texts",
        "·": "only accidentals differ there",
        "◂": "the variant at hand lies there",
    }

    def __init__(self, review: Review, turns: Turns) -> None:
        super().__init__(review, turns)
        self.number: int | None = None
        self.column = 1
        self._hidden: frozenset[str] = frozenset()
        self._columns: tuple[int, ...] = (0, 1)
        self._matches: tuple[tuple[int, Span], ...] = ()
        self._match = -1
        self._wanted = ""

    # What it is made of

    def compose(self) -> ComposeResult:
        """Title, counts by class, heads, columns with the overview beside them, the variant at hand, the keys."""
        yield TitleLine(id="title")
        yield Static(id="counts", markup=False)
        yield Static(id="heads", markup=False)
        with Horizontal(id="table"):
            yield TextColumns(id="columns")
            yield Overview(id="overview")
        yield VariantPanel(id="variant")
        yield Input(id="search", placeholder="search the versions", compact=True)
        yield KeyLine()

    def on_mount(self) -> None:
        """Ask which versions there are; the usual ones are collated when that is known."""
        self.query_one("#search").display = False
        self.show_title()
        self.read_versions()

    @property
    def panel(self) -> VariantPanel:
        """The variant at hand."""
        return self.query_one(VariantPanel)

    def say(self, said: str) -> None:
        """A passing remark; "" takes the last one away."""
        self.panel.said = said

    # What it shows

    def show_beginnings(self, versions: Sequence[Version]) -> None:
        """Something to read meanwhile: as many columns as there is room for, not aligned."""
        texts, rows = nothing_collated(versions, _BEGINNING)
        self._columns = tuple(range(min(len(texts), readable_columns(self.app.size.width - 2))))
        self.columns.show_texts([texts[n] for n in self._columns], [_narrowed(row, self._columns) for row in rows])

    def show_anew(self, found: Collated) -> None:
        """Show a collation, the editor at the variant at hand or at the next one there is."""
        before = self.collated
        here = before.row(self.number).cells[0].start if before and self.number is not None else 0
        self.column = min(max(1, self.column), len(found.versions) - 1)
        self.number = self.panel.number = None
        self.show(found)
        first = found.table.row_at(0, here)
        self.take_in_hand(first if first in found.kinds else found.step(first - 1, 1, self._hidden))
        if not found.kinds:
            self.say("The versions read the same throughout.")

    def show(self, found: Collated) -> None:
        """Show a collation; what is at hand is for the caller to say."""
        before = self.collated
        self.collated = self.panel.collated = found
        if before is None or before.shown != found.shown:
            self._columns = ()
        self._show_columns()
        self.show_title()

    def _show_columns(self) -> None:
        """Put as many versions side by side as can be read, the working text and the one at hand among them."""
        found = self.collated
        if found is None:
            return
        room = min(len(found.versions), readable_columns(self.app.size.width - 2)) - 1
        others = [n for n in self._columns if n] or [1]
        first = min(max(others[0], self.column - room + 1), self.column, len(found.versions) - room)
        wanted = (0, *range(first, first + room))
        if wanted != self._columns:
            self._columns = wanted
            rows = found.table.rows
            if len(wanted) < len(found.versions):
                rows = tuple(_narrowed(row, wanted) for row in rows)
            self.columns.show_texts([found.shown[n] for n in wanted], rows)
        self._show_marks()

    def _show_marks(self) -> None:
        found = self.collated
        if found is None:
            return
        self.columns.show_marks([found.marks(n, self._hidden) for n in self._columns], self._decided_signs())
        self._show_overview()
        self._show_heads()
        self.panel.hidden = self._hidden
        self.query_one("#counts", Static).update(counts_line(found, self._hidden, self.app.size.width))

    def _decided_signs(self) -> Sequence[tuple[int, str]]:
        pending = {decision.id for decision in self.review.state.pending}
        return [(span.start, "*" if decision.id in pending else "✓") for span, decision in self.review.state.changed]

    def show_title(self) -> None:
        """Show name and figures, and what is not yet written."""
        state = self.review.state
        title = self.query_one(TitleLine)
        title.title = Content.assemble((visible(state.title), "bold"), ("  collation", "$faint"))
        parts: list[str | tuple[str, str]] = [figures_text(self.collated)] if self.collated else []
        parts.append(errors_in_short(self.errors, self.app.size.width))
        if state.pending:
            unwritten = counted(len(state.pending), "decision", "decisions")
            parts += [("  *", "bold $changed"), (f" {unwritten} not yet written", "$changed")]
        if state.read_only:
            parts.append((" read-only", "bold reverse"))
        title.status = Content.assemble(*parts)

    def _show_heads(self) -> None:
        found = self.collated
        if found is None:
            return
        width = column_width(self.app.size.width - 2, len(self._columns))
        beyond = len(found.versions) - len(self._columns)
        remark = f"+{beyond} more: h l" if beyond else ""
        heads = heads_line(
            found.versions, self._columns, width, base=found.table.base, at_hand=self.column, remark=remark
        )
        self.query_one("#heads", Static).update(heads, layout=False)

    @on(TextColumns.LaidOut)
    def _show_overview(self) -> None:
        if self.collated is None or not self._columns:
            return
        made = self.columns.layout_made
        starts = ((n, self.collated.row(n).cells[0].start) for n in self.collated.numbers(self._hidden))
        rows = [(made.find(0, start), self.collated.kinds[n] == "substantive") for n, start in starts]
        overview = self.query_one(Overview)
        overview.show_rows(rows, made.height)
        if self.number is not None:
            overview.show_here(made.find(0, self.collated.row(self.number).cells[0].start))

    def on_resize(self, event: events.Resize) -> None:
        """More columns where there is more room."""
        self.show_title()
        self._show_columns()
        self._show_hand()

    # The variant at hand

    def take_in_hand(self, number: int | None, said: str = "") -> None:
        """Bring a row of the table to hand and to sight, with a remark."""
        found = self.collated
        if found is None:
            return
        self.number = self.panel.number = number
        self._show_columns_with(self.column)
        self._show_heads()
        self.say(said)
        self._show_hand()
        if number is not None:
            column = self._columns.index(self.column)
            cells = found.row(number).cells
            # Where the version at hand has nothing, the working text shows the place.
            column = column if cells[self.column].start < cells[self.column].end else 0
            self.columns.bring_to_sight(column, cells[self._columns[column]].start)

    def _show_columns_with(self, column: int) -> None:
        if column not in self._columns:
            self._show_columns()

    def _show_hand(self) -> None:
        found = self.collated
        if found is None or not self._columns:
            return
        marks: list[list[Mark]] = []
        for n in self._columns:
            matches = [Mark(span, "match") for column, span in self._matches if column == n]
            marks.append([*matches, *found.hand_marks(self.number, n, at_hand=n == self.column)])
        self.columns.show_hand(marks)
        panel = self.panel
        panel.column = self.column
        panel.decision, panel.moved = None, ""
        if self.number is not None:
            span = found.row(self.number).cells[0]
            panel.decision = decided(self.review.state, span)
            pending = {decision.id for decision in self.review.state.pending}
            panel.pending = panel.decision is not None and panel.decision.id in pending
            panel.moved = self._told_moved()
            self.query_one(Overview).show_here(self.columns.layout_made.find(0, span.start))
        else:
            self.query_one(Overview).show_here(None)

    def _told_moved(self) -> str:
        if self.collated is None or self.number is None:
            return ""
        place = self.collated.moved_from(self.number, self.column)
        if place is None:
            return ""
        return f"moved: {visible(self.collated.versions[place[0]].siglum)} has it elsewhere; m goes there"

    # Going about

    def action_step(self, direction: int) -> None:
        """Next or previous variant, or match of the search."""
        if self._matches:
            self._go_to_match((self._match + direction) % len(self._matches))
        elif self.collated:
            number = self.collated.step(self.number, direction, self._hidden)
            self.take_in_hand(number, "" if number is not None else "There is no variant of the classes shown.")

    def action_column(self, step: int) -> None:
        """Take another column in hand."""
        if self.collated is None:
            return
        self.column = min(max(1, self.column + step), len(self.collated.versions) - 1)
        self._show_columns_with(self.column)
        self._show_heads()
        self._show_hand()

    def action_moved(self) -> None:
        """Go to the other place of the passage at hand; where it was not moved, to the next one that was."""
        found = self.collated
        if found is None:
            return
        place = found.moved_from(self.number, self.column) if self.number is not None else None
        if place:
            if place[0]:
                self.column = place[0]
            self.take_in_hand(found.table.row_at(*place))
            return
        moved = [n for n in found.kinds if found.moved_from(n, self.column)]
        number = next((n for n in moved if self.number is None or n > self.number), moved[0] if moved else None)
        if number is None:
            self.say("No passage was moved between the working text and these versions.")
        else:
            self.take_in_hand(number)

    def action_substantives(self) -> None:
        """Hide accidentals, or show all again."""
        self._hide(frozenset() if self._hidden == _SUBSTANTIVES else _SUBSTANTIVES)

    def action_classes(self) -> None:
        """Choose the classes that are shown."""
        found = self.collated
        if found is None:
            return
        lines = [class_line(kind, found.counts[kind]) for kind in VARIANT_CLASSES]
        ticked = [n for n, kind in enumerate(VARIANT_CLASSES) if kind not in self._hidden]

        def chosen(ticks: tuple[int, ...] | None) -> None:
            if ticks is not None:
                self._hide(frozenset(VARIANT_CLASSES) - {VARIANT_CLASSES[n] for n in ticks})

        self.app.push_screen(TickDialog("Classes of variants shown", lines, ticked), chosen)

    def _hide(self, hidden: frozenset[str]) -> None:
        self._hidden = hidden
        self._show_marks()
        found = self.collated
        if found and self.number is not None and found.kinds.get(self.number, "") in hidden:
            self.take_in_hand(found.step(self.number, 1, hidden))
        self._show_hand()

    @on(TextColumns.PlaceClicked)
    def _place_clicked(self, message: TextColumns.PlaceClicked) -> None:
        if self.collated is None or self.waiting:
            return
        column = self._columns[message.column]
        if column:
            self.column = column
        number = self.collated.nearest(column, message.position, self._hidden)
        self.take_in_hand(number, "" if number is not None else "All versions agree here.")

    @on(Overview.RowsChosen)
    def _rows_chosen(self, message: Overview.RowsChosen) -> None:
        found, made = self.collated, self.columns.layout_made
        if found is None:
            return
        starts = ((n, made.find(0, found.row(n).cells[0].start)) for n in found.numbers(self._hidden))
        number = next((n for n, row in starts if message.first <= row < message.end), None)
        if number is None:
            self.columns.scroll_to(y=message.first, animate=False, force=True)
        else:
            self.take_in_hand(number)

    # Search

    def action_search(self) -> None:
        """Ask for the words to search."""
        self.open_search_line()

    @on(Input.Submitted, "#search")
    def _search(self, message: Input.Submitted) -> None:
        self.close_search_line()
        self._wanted = message.value
        versions = self.collated.versions if self.collated else ()
        found = ([(n, span) for span in spans(version.text, self._wanted)] for n, version in enumerate(versions))
        self._matches = tuple(next((each for each in found if each), ()))
        self._show_hand()
        if self._matches:
            self._go_to_match(0)
        elif self._wanted:
            self.say(f"“{self._wanted}” stands in none of the versions.")

    def _go_to_match(self, number: int) -> None:
        self._match = number
        column, span = self._matches[number]
        if column:
            self.column = column
            self._show_columns_with(column)
        said = f"“{self._wanted}”: match {number + 1} of {len(self._matches)}. n and N step, esc ends the search."
        if self.collated:
            self.take_in_hand(self.collated.nearest(column, span.start, self._hidden), said)
        self.columns.bring_to_sight(self._columns.index(column), span.start)

    def action_back(self) -> None:
        """Give up what is under way, end the search, or go back."""
        if self.query_one("#search").display:
            self.close_search_line()
        elif self.give_up():
            self.say(GIVEN_UP)
        elif self._matches:
            self._matches, self._match, self._wanted = (), -1, ""
            self.say("")
            self._show_hand()
        else:
            self.dismiss()


def _narrowed(row: Row, columns: Sequence[int]) -> Row:
    """A row with some of its columns only."""
    return Row(tuple(row.cells[n] for n in columns), tuple(row.groups[n] for n in columns))
