"""What waits for a second reader: the decisions in their places, to be confirmed, opened, or asked about."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from obelos_transcripts import ObelosError, visible

from .. import facts
from ..attesting import Attesting
from ..keys import WAITING, Command, bindings
from ..shown import Passage
from ..states import Place
from ..turns import Turns
from ..widgets.key_line import KeyLine
from ..widgets.line_list import LineList
from ..widgets.title_line import TitleLine
from ..wording import counted, decision_details, passage_line, shortened, summary
from .attesting import AttestDialog
from .listed import ListedScreen
from .message import MessageScreen

_SHOWN = 6
"""Decisions that are named where many are confirmed."""


class WaitingScreen(ListedScreen):
    """The queue of the second reader."""

    commands: ClassVar[tuple[Command, ...]] = WAITING
    BINDINGS: ClassVar[list[BindingType]] = bindings(WAITING)

    def __init__(self, attesting: Attesting, names: Sequence[str], turns: Turns) -> None:
        """``names``: the documents looked at; ``turns`` are those of the review that is open, if one is."""
        super().__init__()
        self._attesting = attesting
        self._names = tuple(names)
        self._turns = turns
        self._places: tuple[Place, ...] = ()
        self._troubles: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """The list, the decision at hand, the keys."""
        yield TitleLine(id="title")
        with Horizontal(id="history"):
            yield LineList(id="entries")
            with VerticalScroll(id="entry", can_focus=False):
                yield Static(id="detail", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Say what is shown."""
        where = self._names[0] if len(self._names) == 1 else counted(len(self._names), "document", "documents")
        title = self.query_one(TitleLine)
        title.title = Content.assemble((visible(where), "bold"), ("  waiting for a second reader", "$faint"))
        title.status = Content("looking …")

    def on_screen_resume(self) -> None:
        """Look again after a review, or a confirmation."""
        self.action_reload()

    def action_reload(self) -> None:
        """Look what waits."""

        async def look() -> None:
            fact: Message
            try:
                fact = facts.WaitingRead(await self._turns.take(lambda: self._attesting.waiting(self._names)))
            except ObelosError as error:
                fact = facts.OperationRefused("What waits cannot be told", str(error))
            self.post_message(fact)

        self.begin(look, group="waiting", exclusive=True)

    @on(facts.WaitingRead)
    def _read(self, message: facts.WaitingRead) -> None:
        entries = self.query_one(LineList)
        cursor = max(0, entries.cursor)
        self._places = message.queue.places
        self._troubles = message.queue.troubles
        entries.show_lines([place_line(place, alone=len(self._names) == 1) for place in self._places], cursor=cursor)
        unread = f", {counted(len(self._troubles), 'document', 'documents')} not readable" if self._troubles else ""
        self.query_one(TitleLine).status = Content(counted(len(self._places), "decision", "decisions") + unread)
        self._show_place()

    @on(LineList.Moved)
    def _show_place(self) -> None:
        detail, place = self.query_one("#detail", Static), self._at_hand()
        if place is None:
            asked = self._attesting.edition.settings.policy.second_reader
            why = "Nothing waits for a second reader." if asked else _NOT_ASKED
            detail.update(
                Content("\n").join([Content.styled(why, "$faint"), *map(Content, map(visible, self._troubles))])
            )
            return
        detail.update(Content("\n").join(place_details(place)))
        self.query_one("#entry").scroll_home(animate=False)

    def _at_hand(self) -> Place | None:
        cursor = self.query_one(LineList).cursor
        return self._places[cursor] if 0 <= cursor < len(self._places) else None

    def action_approve(self) -> None:
        """Ask for a note, and confirm the decision at hand."""
        place = self._at_hand()
        if place:
            lines = [Content.styled(summary(place.decision), "bold"), passage_line("now", _passage(place))]
            lines.append(Content.styled(f"{visible(place.decision.resp)} decided it; you confirm it.", "$faint"))
            self.app.push_screen(AttestDialog("Confirm", lines, partial(self._approve, place)))

    def action_approve_all(self) -> None:
        """Ask for one note, and confirm all that waits on the document at hand."""
        place = self._at_hand()
        if place is None:
            return
        name = place.document
        listed = [one for one in self._places if one.document == name]
        try:
            waits = self._attesting.to_confirm(listed, name)
        except ObelosError as refusal:
            self.app.push_screen(MessageScreen("This cannot be confirmed", str(refusal).split("\n")))
            return
        if not waits:
            self.app.push_screen(MessageScreen("Nothing to confirm", [f"All that waits on {name} is your own."]))
            return
        told = counted(len(waits), "decision", "decisions")
        own = f"; {len(listed) - len(waits)} of your own stay" if len(waits) < len(listed) else ""
        lines = [Content.styled(f"{told} on {visible(name)}{own}", "bold")]
        lines += [place_line(one, alone=True) for one in waits[:_SHOWN]]
        if len(waits) > _SHOWN:
            lines.append(Content.styled(f"… and {len(waits) - _SHOWN} more", "$faint"))
        lines.append(Content.styled("You confirm all of them with what is written here.", "$faint"))
        self.app.push_screen(AttestDialog(f"Confirm {told}", lines, partial(self._approve_all, name, waits)))

    async def _approve_all(self, name: str, waits: Sequence[Place], _: str, note: str) -> None:
        ids = [place.decision.id for place in waits]
        await self._turns.take(lambda: self._attesting.approve(name, ids, note))

    async def _approve(self, place: Place, _: str, note: str) -> None:
        await self._turns.take(lambda: self._attesting.approve(place.document, [place.decision.id], note))

    @on(LineList.Chosen)
    def action_open(self) -> None:
        """Go to the passage in its review."""
        place = self._at_hand()
        if place:
            self.app.post_message(facts.PassageWanted(place.document, place.decision.id))

    def action_query(self) -> None:
        """Go to the passage, and ask."""
        place = self._at_hand()
        if place:
            self.app.post_message(facts.PassageWanted(place.document, place.decision.id, ask=True))

    def action_explain(self) -> None:
        """Show the decision at hand in full."""
        place = self._at_hand()
        if place:
            self.app.push_screen(MessageScreen("The decision at hand", place_details(place)))

    def action_back(self) -> None:
        """Go back to where it was opened."""
        self.dismiss()


_NOT_ASKED = (
    "This edition asks for no second reader. In edition.yaml, under policy:, “second_reader: [correct, emend]” makes "
    "corrections and emendations wait for another person."
)


def place_line(place: Place, *, alone: bool) -> Content:
    """A decision in the list: document unless there is only one, line, words, who decided."""
    decision = place.decision
    name = "" if alone else f"{visible(place.document)}  "
    person = visible(decision.resp).split(" <")[0]
    return Content.assemble(
        (name, "bold"),
        (f"{place.line:>4}  ", "$faint"),
        shortened(decision.summary(), 60),
        (f"  {decision.disposition}, {person}", "$faint"),
    )


def place_details(place: Place) -> list[Content]:
    """A decision in full, its passage as it reads now."""
    return [passage_line("now", _passage(place)), Content(""), *decision_details(place.decision, pending=False)]


def _passage(place: Place) -> Passage:
    return Passage(place.before, place.now, place.after)
