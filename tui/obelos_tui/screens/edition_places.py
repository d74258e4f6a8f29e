"""What a rule flags in the whole edition, listed while it is being looked for; another search ends the one before."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.content import Content
from textual.message import Message
from textual.worker import get_current_worker

from obelos_rules import Rule
from obelos_transcripts import Edition, ObelosError

from ..begun_rule import texts_of
from ..concordance import Place, places
from ..recipes import learned_of
from ..widgets.line_list import LineList
from ..wording import counted, place_line
from .listed import ListedScreen

_SHOWN = 2_000
"""Places that are listed; the others are counted."""

_EACH = 25
"""Documents after which the list is shown as far as it has come."""


@dataclass
class PlacesListed(Message):
    """So far as the edition was looked through: the places, their number, documents looked at, whether that is all."""

    rule: Rule
    found: Sequence[Place]
    number: int
    documents: int
    looked: int
    done: bool
    unreadable: int


class EditionPlacesScreen(ListedScreen):
    """Has a list ``#places`` and shows in it what a rule flags."""

    edition: Edition
    rule: Rule | None = None

    def look(self, rule: Rule) -> None:
        """List what a rule flags."""
        self.rule = rule
        self.run_worker(lambda: self._look(rule), thread=True, exclusive=True, group="places")

    def look_no_more(self) -> None:
        """End the search, and show nothing."""
        self.rule = None
        self.workers.cancel_group(self, "places")
        self.query_one("#places", LineList).show_lines([])

    def _look(self, rule: Rule) -> None:
        worker = get_current_worker()
        found: list[Place] = []
        number = documents = unreadable = looked = 0
        learned = learned_of(self.edition)
        for looked, name in enumerate(self.edition.names(), 1):
            if worker.is_cancelled:
                return
            try:
                here = list(places(texts_of(self.edition, [name]), [rule], learned))
            except ObelosError:
                unreadable += 1
                continue
            number += len(here)
            documents += bool(here)
            found += here[: max(0, _SHOWN - len(found))]
            if looked % _EACH == 0:
                self.post_message(PlacesListed(rule, tuple(found), number, documents, looked, False, unreadable))
        if not worker.is_cancelled:
            self.post_message(PlacesListed(rule, tuple(found), number, documents, looked, True, unreadable))

    @on(PlacesListed)
    def _places_listed(self, message: PlacesListed) -> None:
        if message.rule is not self.rule:
            return
        places = self.query_one("#places", LineList)
        width = min(28, max((len(f"{one.name}:{one.line}") for one in message.found), default=0))
        places.show_lines([place_line(one, width) for one in message.found], max(0, places.cursor))
        told = f"{counted(message.number, 'place', 'places')} in {message.documents} of {message.looked} documents"
        if message.unreadable:
            told += f", {message.unreadable} could not be read"
        if message.number > len(message.found):
            told += f"; the first {len(message.found)} are listed"
        self.show_status(Content(told if message.done else f"{told} …"))

    def show_status(self, told: Content) -> None:
        """How far the search has come."""
        raise NotImplementedError
