"""Choosing any words of the working text, by keys or with the mouse, to decide on them.

Right and left go from word to word; with shift, or after space, the stretch grows or shrinks by a word.
"""

from collections.abc import Callable

from textual import on

from obelos_transcripts import Span

from ..shown import Item
from ..view import Mark, View, item_at, mark
from ..widgets.columns import TextColumns
from ..word_steps import Chosen, chosen_at, dragged
from ..wording import counted, word_at
from .searching import SearchingScreen

_CHOOSING = "Choosing: → and ← stretch it by words, space or esc end it; c e t a decide."


class ChoosingScreen(SearchingScreen):
    """What is chosen is at hand like a finding; deciding on it works the same."""

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)
        self._chosen: Chosen | None = None
        self._stretching = False

    def passing_marks(self, view: View) -> tuple[list[Mark], list[Mark]]:
        """The stretch that is being chosen is seen at once, before anything is looked up for it."""
        left, right = super().passing_marks(view)
        if self._chosen and (self.item is None or self.item.span != self._chosen.span):
            left = [*(one for one in left if one.kind != "hand"), mark(view.state.text, self._chosen.span, "hand")]
        return left, right

    def take_in_hand(self, item: Item | None, said: str = "") -> None:
        """What is not the stretch chosen ends the choosing."""
        if self._chosen and (item is None or item.span != self._chosen.span):
            self._chosen, self._stretching = None, False
        super().take_in_hand(item, said)

    def found(self, item: Item) -> None:
        """Of quick steps only the last is taken in hand; the others are on their way still."""
        if self._chosen is None or item.span == self._chosen.span:
            super().found(item)

    def remark_on_found(self) -> str:
        """How many words are chosen."""
        if self._stretching and self._chosen and self.view:
            number = len(self.view.state.text[slice(*self._chosen.span)].split())
            return f"{counted(number, 'word', 'words')}. {_CHOOSING}"
        return super().remark_on_found()

    def action_word(self, direction: int) -> None:
        """The next word or the one before; while choosing, stretch the choice by one."""
        if self._stretching:
            self.action_stretch(direction)
        else:
            self._choose(lambda text, at: at.moved(text, direction))

    def action_stretch(self, direction: int) -> None:
        """Stretch what is at hand by a word, or let it shrink back."""
        self._choose(lambda text, at: at.stretched(text, direction))

    def action_choose(self) -> None:
        """Begin to choose words from the place at hand, or end it."""
        if self._stretching:
            self._stretching = False
            self.say("")
            return
        self._stretching = True
        self._choose(lambda text, at: at)

    def _choose(self, how: Callable[[str, Chosen], Chosen]) -> None:
        if self.view is None:
            return
        text = self.view.state.text
        begun = self._chosen or chosen_at(text, self.item.span if self.item else self._first_in_sight())
        if begun is None:
            self.say("There are no words in this text.")
            self._stretching = False
            return
        fresh = self._chosen is None and self.item is None
        self._take(begun if fresh else how(text, begun))

    def _take(self, chosen: Chosen) -> None:
        self._chosen = chosen
        self.show_hand()
        self.columns.bring_to_sight(0, chosen.moving.start)
        self.look_up(chosen.span)

    def _first_in_sight(self) -> Span:
        row = min(self.columns.scroll_offset.y, max(0, self.columns.layout_made.height - 1))
        return self.columns.layout_made.row(0, row)

    def action_back(self) -> None:
        """End choosing; otherwise as before."""
        if self._stretching:
            self._stretching = False
            self.say("")
        else:
            super().action_back()

    # The mouse

    @on(TextColumns.PlaceClicked)
    def _place_clicked(self, message: TextColumns.PlaceClicked) -> None:
        if self.view is None:
            return
        self._chosen, self._stretching = None, False
        if message.column:
            variant = next((v for v in self.view.variants if message.position in v.right), None)
            if variant:
                self.look_up(variant.left, self.view.version.siglum)
            return
        item = item_at(self.view.items, message.position)
        if item:
            self.take_in_hand(item)
        else:
            variant = next((v for v in self.view.variants if message.position in v.left), None)
            if variant:
                self.look_up(variant.left, self.view.version.siglum)
            else:
                self.look_up(word_at(self.view.state.text, message.position))

    @on(TextColumns.StretchDragged)
    def _stretch_dragged(self, message: TextColumns.StretchDragged) -> None:
        if self.view is None:
            return
        if message.column:
            self.say("Words are chosen in the working text, at the left: that is what decisions are on.")
            return
        chosen = dragged(self.view.state.text, message.start, message.end)
        if chosen and message.done:
            self._take(chosen)
        elif chosen:
            self._chosen = chosen
            self.show_hand()
