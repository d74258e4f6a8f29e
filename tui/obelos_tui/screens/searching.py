"""Searching both versions of a document, and stepping through the matches."""

from textual import on
from textual.widgets import Input

from ..fields import from_field
from ..search import Match, find, match_marks, nearest
from ..view import Mark, View
from .seeking import SeekingScreen


class SearchingScreen(SeekingScreen):
    """While a search is on, n and N go to its matches; esc ends it."""

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        self._wanted = ""
        self._matches: tuple[Match, ...] = ()
        self._match: Match | None = None

    def show(self, view: View) -> None:
        """Show a view; the matches are those of its texts."""
        super().show(view)
        self._find_again()

    def passing_marks(self, view: View) -> tuple[list[Mark], list[Mark]]:
        """The matches, and over them the place at hand."""
        left, right = super().passing_marks(view)
        return [*match_marks(self._matches, "left"), *left], [*match_marks(self._matches, "right"), *right]

    def remark_on_found(self) -> str:
        """Which match it is."""
        return self.panel.said if self._match else ""

    def action_step(self, direction: int) -> None:
        """Next or previous match, or finding where no search is on."""
        if self._matches:
            number = self._matches.index(self._match) if self._match in self._matches else -1
            self._go_to_match(self._matches[(number + direction) % len(self._matches)])
        else:
            super().action_step(direction)

    def action_search(self) -> None:
        """Ask for the words to search."""
        self.open_search_line()

    @on(Input.Submitted, "#search")
    def _search(self, message: Input.Submitted) -> None:
        self._wanted = from_field(message.value)
        self.close_search_line()
        self._find_again()
        if not self._matches:
            self.show_hand()
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
        self.show_hand()
        self.columns.bring_to_sight(int(match.side == "right"), match.span.start)
        known = next((item for item in self.view.items if item.span == match.span), None) if self.view else None
        if match.side == "left" and known:
            self.take_in_hand(known, said)
        elif match.side == "left":
            self.look_up(match.span)

    def action_back(self) -> None:
        """End the search; without one go back."""
        if self._wanted and not self.query_one("#search").display:
            self._wanted, self._matches, self._match = "", (), None
            self.say("")
            self.show_hand()
        else:
            super().action_back()
