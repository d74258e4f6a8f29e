"""More like this: places, each with the words around it, to be kept or dropped; then one note, all decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from obelos_history import Judgement
from obelos_history.decision import CHANGING, Disposition
from obelos_transcripts import visible

from .. import facts
from ..alike import Done, Like, Wanted, decide_all, places_in, places_in_edition
from ..keys import CONCORDANCE, Command, bindings
from ..review import Review
from ..shown import Passage
from ..told_done import told_done
from ..turns import Turns
from ..widgets.key_line import KeyLine
from ..widgets.line_list import LineList
from ..widgets.title_line import TitleLine
from ..wording import TITLES, counted, like_line, quoted, shortened
from .decision import DecisionDialog, Draft
from .document import DocumentScreen
from .listed import ListedScreen
from .message import MessageScreen


@dataclass
class PlacesFound(Message):
    """The places are there."""

    likes: Sequence[Like]
    unreadable: Sequence[tuple[str, str]]
    number: int


@dataclass
class PlacesDecided(Message):
    """The decisions were taken, or as many as could be."""

    done: Done


@dataclass
class WorkGoesOn(Message):
    """How far the work under way has come."""

    said: str


class ConcordanceScreen(ListedScreen, DocumentScreen):
    """Places like one passage, through the document or through the edition."""

    commands: ClassVar[tuple[Command, ...]] = CONCORDANCE
    BINDINGS: ClassVar[list[BindingType]] = bindings(CONCORDANCE)

    def __init__(self, review: Review, turns: Turns, wanted: Wanted, offered: str | None) -> None:
        """``offered``: the reading that stands in the field with *correct* and *emend*."""
        super().__init__(review, turns)
        self.wanted = wanted
        self.everywhere = False
        self.likes: Sequence[Like] = ()
        self.dropped: set[int] = set()
        self._offered = offered
        self._stop = Event()
        self._number = 0
        self._busy = False

    def compose(self) -> ComposeResult:
        """What is looked for, the places, a line for remarks, the keys."""
        yield TitleLine(id="title")
        yield LineList(id="places")
        yield Static(id="told", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Look for the places in this document."""
        self._look()

    def on_unmount(self) -> None:
        """Whatever is under way ends."""
        self._stop.set()

    # Looking

    def _look(self) -> None:
        self._stop.set()
        self._stop = stop = Event()
        self._number += 1
        number, wanted, everywhere = self._number, self.wanted, self.everywhere
        self._say("Looking …")

        def begun(name: str) -> bool:
            self.post_message(WorkGoesOn(f"Looking in {name} … esc ends it"))
            return not stop.is_set()

        def work() -> PlacesFound:
            found = (
                places_in_edition(self.review, wanted, begun) if everywhere else (places_in(self.review, wanted), [])
            )
            return PlacesFound(*found, number)

        self._busy = True
        self.ask("These places cannot be listed", work)

    @on(PlacesFound)
    def _places_found(self, message: PlacesFound) -> None:
        if message.number != self._number:
            return
        self._busy = False
        self.likes, self.dropped = message.likes, set()
        self._show(0)
        self._say("; ".join(f"{name} could not be read: {why}" for name, why in message.unreadable))

    def _show(self, cursor: int) -> None:
        kept = len(self.likes) - len(self.dropped)
        title = self.query_one(TitleLine)
        what = quoted(self.wanted.words, 30)
        if self.wanted.rule:
            on_words = "any words" if self.wanted.any_words else what
            what = f"{visible(self.wanted.rule.code)} on {on_words}"
        where = "in the edition" if self.everywhere else f"in {visible(self.review.state.name)}"
        title.title = Content.assemble(("More like this", "bold"), (f"  {what} {where}", "$faint"))
        documents = len({like.document for like in self.likes})
        title.status = Content(f"{kept} of {len(self.likes)} kept, {counted(documents, 'document', 'documents')}")
        width = max((len(f"{like.document}:{like.line}") for like in self.likes), default=0)
        lines = [like_line(like, n not in self.dropped, min(width, 28)) for n, like in enumerate(self.likes)]
        self.query_one(LineList).show_lines(lines, cursor)

    def _say(self, said: str) -> None:
        nothing = "" if self.likes or self._busy else "There is no other open place like this."
        self.query_one("#told", Static).update(Content(visible(said or nothing)))

    @on(WorkGoesOn)
    def _work_goes_on(self, message: WorkGoesOn) -> None:
        if self._busy:
            self._say(message.said)

    # Keeping and dropping

    def action_keep(self) -> None:
        """Keep the place at hand, or drop it, and go on."""
        places = self.query_one(LineList)
        if 0 <= places.cursor < len(self.likes):
            self.dropped ^= {places.cursor}
            self._show(min(places.cursor + 1, len(self.likes) - 1))

    @on(LineList.Chosen)
    def _chosen(self, message: LineList.Chosen) -> None:
        self.dropped ^= {message.index}
        self._show(message.index)

    def action_all(self, keep: bool) -> None:
        """Keep all, or none."""
        self.dropped = set() if keep else set(range(len(self.likes)))
        self._show(self.query_one(LineList).cursor)

    def action_everywhere(self) -> None:
        """Through the edition, or through this document only."""
        self.everywhere = not self.everywhere
        self._look()

    def action_any_words(self) -> None:
        """All findings of the rule, or only those on the same words."""
        if self.wanted.rule is None:
            self._say("No rule flags these words: only the words themselves can be looked for.")
            return
        self.wanted = Wanted(self.wanted.words, self.wanted.rule, not self.wanted.any_words)
        self._look()

    # Deciding

    def action_judge(self, disposition: Disposition) -> None:
        """Ask for one note, and decide at every place kept."""
        kept = [like for number, like in enumerate(self.likes) if number not in self.dropped]
        state = self.review.state
        if self._busy or not kept:
            self._say("Nothing is kept: space keeps a place, + keeps all." if not self._busy else "Still at work …")
            return
        if state.read_only:
            self.app.push_screen(MessageScreen("Nothing can be recorded here", state.read_only.split("\n")))
            return
        if disposition == "reject" and self.wanted.rule is None:
            self._say("There are no findings here to reject; t (stet) records that the source reads so.")
            return
        each = self.wanted.any_words and disposition in CHANGING
        reading = (self._offered or self.wanted.words) if disposition in CHANGING and not each else None
        places = counted(len(kept), "place", "places")
        meaning = f"{TITLES[disposition][1]}: at {places}, a decision for each, all with what is written here"
        if each:
            meaning += ". Each place takes the first suggestion of its own finding"
        draft = Draft(
            disposition,
            kept[0].found,
            reading,
            needs=self.review.needs(disposition),
            focus="note" if reading is None else "reading",
            heading=(TITLES[disposition][0], meaning),
        )
        self.app.push_screen(DecisionDialog(draft, partial(_preview, kept[0]), partial(self._decide, kept)))

    async def _decide(self, kept: Sequence[Like], judgement: Judgement) -> None:
        self.review.may_decide(judgement)
        self._stop = stop = Event()
        self._busy = True

        def going(taken: int) -> bool:
            if taken % 10 == 0:
                self.post_message(WorkGoesOn(f"{taken} of {len(kept)} taken … esc ends it; what is taken stays"))
            return not stop.is_set()

        self.ask("Nothing more was decided", lambda: PlacesDecided(decide_all(self.review, kept, judgement, going)))

    @on(facts.OperationRefused)
    def _not_done(self) -> None:
        self._busy = False

    @on(PlacesDecided)
    def _places_decided(self, message: PlacesDecided) -> None:
        self._busy = False
        done = message.done
        lines = told_done(done, len([n for n in range(len(self.likes)) if n not in self.dropped]))
        self.app.push_screen(MessageScreen("Decided" if done.taken else "Nothing was decided", lines))
        self._look()

    # Going about

    def action_explain(self) -> None:
        """Show the place at hand with its paragraph."""
        cursor = self.query_one(LineList).cursor
        if 0 <= cursor < len(self.likes):
            like = self.likes[cursor]
            start = max(0, like.span.start - 600)
            around = like.text[start : like.span.end + 600]
            title = f"{like.document}, line {like.line}: {shortened(like.found, 30)}"
            self.app.push_screen(MessageScreen(title, around.split("\n")))

    def action_back(self) -> None:
        """End what is under way, or go back."""
        if self._busy and not self._stop.is_set():
            self._stop.set()
            self._say("Ending …")
        else:
            self.dismiss()


def _preview(like: Like, reading: str | None) -> tuple[Passage, Passage]:
    text, (start, end) = like.text, like.span
    before, after = text[max(0, start - 48) : start], text[end : end + 48]
    return Passage(before, like.found, after), Passage(before, like.found if reading is None else reading, after)
