"""From the review to everything else: places alike, reading aloud, the page image, rules, history, other documents."""

from textual import on

from obelos_transcripts import BadInput, Span

from .. import facts
from ..alike import wanted_for
from ..facsimile import images_of, page_for
from ..goto import Target, arrive, targets
from ..opening import OpenWanted
from ..shown import Version
from .message import MessageScreen
from .sifting import SiftingScreen


class LeadingScreen(SiftingScreen):
    """Each screen is loaded when it is first wanted."""

    def action_more(self) -> None:
        """List the places like the one at hand."""
        item = self.item
        if item is None:
            self.say("Nothing is at hand: n goes to a finding, → to a word.")
            return
        from .concordance import ConcordanceScreen

        try:
            wanted = wanted_for(self.review, item)
        except BadInput as error:
            self.say(error.problems[0].what)
            return
        offered = item.suggestions[0] if item.suggestions else None
        self.app.push_screen(ConcordanceScreen(self.review, self.turns, wanted, offered))

    def action_house_rule(self) -> None:
        """Begin a rule from the words at hand."""
        from .house_rule import HouseRuleScreen

        item = self.item
        words = self.review.state.text[slice(*item.span)].strip() if item else ""
        reading = item.suggestions[0] if item and item.suggestions else ""
        edition = self.review.history.edition
        self.app.push_screen(HouseRuleScreen(edition, self.review, self.turns, words, reading))

    def action_history(self) -> None:
        """Show decisions and commits."""
        from .history import HistoryScreen

        self.app.push_screen(HistoryScreen(self.review, self.turns))

    def action_collation(self) -> None:
        """Show all versions side by side."""
        from .collation import CollationScreen

        self.app.push_screen(CollationScreen(self.review, self.turns))

    # Read aloud, the page image

    def action_aloud(self) -> None:
        """Read from the place at hand, breath by breath."""
        from .aloud import AloudScreen

        if self.view is None:
            return
        state = self.view.state
        versions = (Version("T", "working text", state.text), *state.versions)
        position = self.item.span.start if self.item else 0
        self.app.push_screen(AloudScreen(versions, position, self._take_breath))

    def _take_breath(self, span: Span) -> None:
        self.look_up(span)

    def action_image(self) -> None:
        """Show the page that the place at hand is on."""
        if self.view is None:
            return
        position = self.item.span.start if self.item else 0
        document, text = self.review.history.document, self.view.state.text

        def find() -> facts.PageFound:
            return facts.PageFound(images_of(document), page_for(document, text, position))

        self.ask("There is no page image", find)

    @on(facts.PageFound)
    def _page_found(self, message: facts.PageFound) -> None:
        from .facsimile import FacsimileScreen

        self.app.push_screen(FacsimileScreen(self.review.history.document, message.images, message.page))

    # Going to

    def action_go(self) -> None:
        """Ask where to go."""
        from .goto import GoToDialog

        if self.view is None:
            return
        items = self.view.items

        def ask(words: str) -> tuple[Target, ...]:
            return targets(words, self.review, self.review.history.edition.names(), items)

        self.app.push_screen(GoToDialog(ask), lambda target: self._go(target) if target else None)

    def _go(self, target: Target) -> None:
        if self.view is None:
            return
        items = self.view.items
        if target.kind != "document":
            self.ask("There is no such place", lambda: facts.ArrivedAt(target, arrive(self.review, target, items)))
        elif target.value == self.review.state.name:
            self.say("You are there.")
        else:
            self.leave_for(target.value)

    @on(facts.ArrivedAt)
    def _arrived_at(self, message: facts.ArrivedAt) -> None:
        arrived = message.arrived
        if arrived.item:
            self.take_in_hand(arrived.item)
        if arrived.lines:
            self.app.push_screen(MessageScreen(message.target.told, arrived.lines))

    def leave_for(self, name: str) -> None:
        """Close this document and open another; pending decisions stay on disk."""
        self.keep_place()
        app = self.app
        self.dismiss()
        app.post_message(OpenWanted(name))
