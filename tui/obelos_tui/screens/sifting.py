"""Showing some of the findings only: one rule at a time, or by level, layer and state."""

from textual import on

from obelos_rules import LEVELS, Level

from .. import facts
from ..sieve import ALL, Sieve, next_rule
from ..view import first_open, item_at
from ..wording import counted
from .choosing import ChoosingScreen
from .filter import FilterDialog


class SiftingScreen(ChoosingScreen):
    """Proofreaders work one kind of finding at a time."""

    def action_filter(self) -> None:
        """Choose what is shown."""
        if self.view is None:
            return
        counts = self.sieve.counts(self.view.state.items)
        dialog = FilterDialog(self.sieve, self.review.rules, counts, self.review.level)
        self.app.push_screen(dialog, lambda sieve: self.sift(sieve) if sieve is not None else None)

    def action_filter_off(self) -> None:
        """Show all findings again."""
        if not self.sieve:
            self.say("No filter is on; f chooses one.")
        else:
            self.sift(ALL)

    def action_next_rule(self, direction: int) -> None:
        """Show only the findings of the next rule that has any, or of the one before."""
        if self.view is None:
            return
        sieve = next_rule(self.sieve, self.view.state.items, self.review.rules, direction)
        if sieve is None:
            self.say("No rule has findings here.")
        else:
            self.sift(sieve)

    def action_by_rank(self) -> None:
        """Order the findings by the records of their rules, or by the text again."""
        if self.view is None:
            return
        wanted = not self.view.state.by_rank
        self.operate(
            "The findings stay in the order of the text",
            lambda: self.review.order_by_rank(wanted),
            lambda _, view: facts.QueueOrdered(view),
        )

    @on(facts.QueueOrdered)
    def _queue_ordered(self, message: facts.QueueOrdered) -> None:
        self.show(message.view)
        by_rank = message.view.state.by_rank
        said = "By rank: rules that were right most often come first; o follows the text."
        here = first_open(message.view.items) if by_rank else self.item
        self.take_in_hand(here, said if by_rank else "In the order of the text.")

    def sift(self, sieve: Sieve) -> None:
        """Show other items; what is at hand stays, if it is shown."""
        self.sieve = sieve
        wanted = self._level_for(sieve)
        if LEVELS.index(wanted) > LEVELS.index(self.review.level):
            self.say("Asking the rules of that level …")
            self.operate(
                "These findings cannot be shown",
                lambda: self.review.look_down_to(wanted),
                lambda _, view: facts.ViewRead(view),
            )
        elif self.view:
            self.show(self.view.sifted(sieve))
            self._told_sifted()

    def _level_for(self, sieve: Sieve) -> Level:
        levels: list[Level] = [level for level in LEVELS if level in sieve.levels]
        levels += [rule.level for rule in self.review.rules if rule.code in sieve.rules]
        return max((*levels, self.review.level), key=LEVELS.index)

    def _told_sifted(self) -> None:
        if self.view is None:
            return
        items = self.view.items
        at = self.item.span.start if self.item else 0
        here = next((item for item in items if item is self.item), None) or first_open(items, at)
        here = here or item_at(items, at) or (items[0] if items else None)
        shown = counted(len(items), "finding", "findings")
        said = (
            f"{self.sieve.told()}: {shown}. . and , go to the next rule, F shows all."
            if self.sieve
            else f"All {shown}."
        )
        self.take_in_hand(here, said)
