"""One plain review: what is at hand, what was said, a line read."""

import re
import sys
from collections.abc import Iterator
from typing import TextIO

import click

from obelos_transcripts import BadInput, visible

from ..alike import Like, Wanted
from ..kept_place import Kept, keep_place, kept_place
from ..review import Review
from ..shown import Item
from ..sieve import ALL, Sieve
from ..view import View, first_open, read_view
from ..word_steps import Chosen
from ..wording import (
    asked_line,
    decision_line,
    finding_line,
    readings_line,
    remembered_line,
    review_status,
    suggestions_line,
    words,
)


class Session:
    """A review at a line-by-line terminal, or at the end of a pipe.

    Attributes:
        grounds: Note, source and the like that were said for the next decision.
        failed: The exit code for what was refused or not understood; of a person at a terminal nothing is held.
    """

    def __init__(self, review: Review, lines: TextIO) -> None:
        self.review = review
        self.siglum: str | None = None
        self.sieve: Sieve = ALL
        self.item: Item | None = None
        self.chosen: Chosen | None = None
        self.likes: list[Like] = []
        self.dropped: set[int] = set()
        self.wanted: Wanted | None = None
        self.matches: list[tuple[int, int]] = []
        self.only_open = False
        self.grounds: dict[str, str] = {}
        self.failed = 0
        self.over = False
        self._lines = lines
        self._view: View | None = None

    # Words in, words out

    def say(self, text: str = "") -> None:
        """Print a line; nothing of it can reach the terminal as a control sequence."""
        click.echo(visible(text, keep_lines=True))

    def hear(self, prompt: str) -> str | None:
        """Ask on standard output for a line; None at the end of what there is to read."""
        click.echo(visible(prompt), nl=False)
        sys.stdout.flush()
        line = self._lines.readline()
        if not self._lines.isatty():
            click.echo()  # nobody typed a line end, and the answer does not belong beside the question
        return line.rstrip("\r\n") if line else None

    # What is shown

    @property
    def view(self) -> View:
        """The review as it stands, beside the version chosen, through the filter chosen."""
        known = self._view
        if known is None or known.state is not self.review.state or self.siglum not in (None, known.version.siglum):
            known = read_view(self.review, self.siglum, self.sieve)
        elif known.sieve != self.sieve:
            known = known.sifted(self.sieve)
        self._view = known
        return known

    def take_in_hand(self, item: Item | None, nothing: str = "There are no findings here.") -> None:
        """Bring a place to hand, and say what it is."""
        if self.chosen and (item is None or item.span != self.chosen.span):
            self.chosen = None
        self.item = item
        if item is None:
            self.say(nothing)
            return
        for line in place_lines(self.view, item):
            self.say(line)

    @property
    def at_hand(self) -> Item:
        """The place at hand; raises `BadInput` where there is none."""
        if self.item is None:
            what = "nothing is at hand: “next” goes to a finding, “choose WORDS” to words"
            raise BadInput.at("the review", None, what)
        return self.item

    def again(self) -> None:
        """The place at hand as it is after the text or the decisions have changed."""
        if self.item:
            span = self.item.span
            here = next((item for item in self.view.items if item.span == span), None)
            fits = span.end <= len(self.review.state.text)
            self.item = here or (self.review.item_for(span) if fits else None)

    # The loop

    def begin(self) -> None:
        """Say where one is, and go to where one was last time, or to the first open finding."""
        state = self.review.state
        for notice in state.notices:
            self.say(notice)
        kept = kept_place(self.review.history.repository, state.name)
        if kept:
            self.review.look_down_to(kept.level)
            known = {version.siglum for version in state.versions}
            self.siglum = kept.siglum if kept.siglum in known else None
            self.sieve, self.only_open = kept.sieve, kept.only_open
        self.say(f"{state.title}. {review_status(self.view).plain}. “help” lists what you can say.")
        if state.read_only:
            self.say(f"Read-only: {state.read_only}")
        here = None
        if kept:
            here = next((item for item in self.view.items if item.span == (kept.start, kept.end)), None)
        self.take_in_hand(here or first_open(self.view.items, kept.start if kept else 0))

    def end(self) -> None:
        """Keep the place, and say what is not yet written."""
        state = self.review.state
        if not state.read_only:
            span = self.item.span if self.item else (0, 0)
            kept = Kept(span[0], span[1], self.siglum, True, self.only_open, self.review.level, self.sieve)
            keep_place(self.review.history.repository, state.name, kept)
        if state.pending:
            number = len(state.pending)
            self.say(f"{number} not yet written: kept, and there next time. “obelos commit” writes them too.")


def place_lines(view: View, item: Item) -> Iterator[str]:
    """A place in lines: what it is, the passage, the message, suggestions, readings, what was decided."""
    yield finding_line(view, item).plain
    text, (start, end) = view.state.text, item.span
    before, after = text[max(0, start - 60) : start], text[end : end + 60]
    before, after = (re.sub(r"\s+", " ", part) for part in (before, after))
    yield f"  …{before}[{words(text[start:end], 200)}]{after}…"
    if item.finding:
        yield f"  {item.finding.message}"
    if remembered := remembered_line(item):
        yield f"  {remembered.plain}"
    if item.decision is None or not item.decision.changes_text:
        yield f"  {suggestions_line(item).plain.rstrip()}"
    if item.readings:
        yield f"  readings: {readings_line(item).plain.rstrip()}"
    if item.decision:
        yield f"  {decision_line(item.decision, pending=view.is_pending(item.decision)).plain}"
    if item.question:
        yield f"  {asked_line(item)}"
