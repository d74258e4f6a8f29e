"""Findings of a long text that come while the editor is at work."""

from textual import on
from textual.content import Content

from .. import facts
from ..aside import Failed, GivenUp
from ..seeking import Seeking
from ..shown import Item
from ..view import View, first_open
from .reading import ReadingScreen


class SeekingScreen(ReadingScreen):
    """Shows findings as they come, and moves nothing under the editor's hands."""

    _seeking: Seeking | None = None
    _going_on = False
    _idle = True
    """Nothing has been at hand since the document was opened."""

    def show(self, view: View) -> None:
        """Show a view, and look for what is not known of it yet."""
        super().show(view)
        if view.state.asked is None:
            self._leave_off()
        elif self._seeking is None or not self.review.is_sought(self._seeking):
            self._leave_off()
            self._begin_seeking()
            self.show_status(view)

    def status(self, view: View) -> Content:
        """With how far looking has come."""
        known, asked = super().status(view), view.state.asked
        if asked is None:
            return known
        told = f"{asked[0]} of {asked[1]} rules asked" if asked[0] else "no rule asked of all of it yet"
        told += ", esc ends it" if self._going_on else ", ^r asks the others"
        return Content.assemble(known, (f"  {told}", "$accent"))

    def action_step(self, direction: int) -> None:
        """Next or previous finding; where there is none yet, it is said that some may come."""
        super().action_step(direction)
        if self.view and self.view.state.asked and not self.view.state.items:
            self.say("No finding has come yet.")

    def take_in_hand(self, item: Item | None, said: str = "") -> None:
        """Whoever has something in hand is not given another."""
        super().take_in_hand(item, said)
        self._idle = self._idle and item is None

    def _begin_seeking(self) -> None:
        near = self.columns.position_at_top()
        self._going_on = True

        def begin() -> facts.SeekingBegun | facts.SeekingEnded:
            seeking = self.review.seek(near)
            return facts.SeekingBegun(seeking) if seeking else facts.SeekingEnded(None)

        self.ask("The findings cannot be looked for", begin)

    @on(facts.SeekingBegun)
    def _seek(self, message: facts.SeekingBegun) -> None:
        wanted, seeking = self._going_on, message.seeking
        self._leave_off()
        self._seeking, self._going_on = seeking, wanted
        if not wanted:  # it was ended before it had begun
            return

        def work() -> None:
            try:
                for sought in seeking.aside.results():
                    self.post_message(facts.FindingsCame(seeking, sought))
                why = ""
            except GivenUp:
                return
            except Failed as failure:
                why = str(failure)
            self.post_message(facts.SeekingEnded(seeking, why))

        self.run_worker(work, thread=True, group="seeking")

    @on(facts.FindingsCame)
    def _findings_came(self, message: facts.FindingsCame) -> None:
        seeking, sought = message.seeking, message.sought
        if seeking is self._seeking and self._going_on:
            self.operate(
                "The findings cannot be shown",
                lambda: self.review.take_in(seeking, sought),
                lambda _, view: facts.FindingsRead(view),
            )

    @on(facts.FindingsRead)
    def _findings_read(self, message: facts.FindingsRead) -> None:
        said, item = self.panel.said, self.item
        self.show(message.view)
        if item is None:
            if self._idle and (first := first_open(message.view.items, self.columns.position_at_top())):
                self.take_in_hand(first, said)
            return
        here = next((one for one in message.view.items if _same(one, item)), None)
        if here:
            self.hold(here)

    @on(facts.SeekingEnded)
    def _ended(self, message: facts.SeekingEnded) -> None:
        if message.seeking is self._seeking:
            self._going_on = False
            if self.view:
                self.show_status(self.view)
            if message.why:
                self.say(f"Not all findings could be looked for: {message.why}. ^r tries again.")

    def action_back(self) -> None:
        """End the looking, or go back."""
        if not self._going_on:
            super().action_back()
            return
        self._leave_off()
        if self.view:
            self.show_status(self.view)
        self.say("No more findings are looked for; those that have come stay. ^r looks for the others.")

    def action_reload(self) -> None:
        """Read again from disk, and look for what is lacking."""
        self._leave_off()
        self._seeking = None
        super().action_reload()

    def _leave_off(self) -> None:
        self._going_on = False
        if self._seeking:
            self._seeking.aside.give_up()

    def on_unmount(self) -> None:
        """Nobody waits for findings any more."""
        self._leave_off()


def _same(one: Item, other: Item) -> bool:
    """Whether two items are the same stop, though more may be known of one."""
    return one.span == other.span and (other.finding is None or one.finding == other.finding)
