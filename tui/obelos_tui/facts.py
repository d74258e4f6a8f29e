"""What has happened, as messages: workers post them, the screens decide what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, dataclass_transform

from textual.message import Message

# The application knows these messages before it has anything to say with them: its first frame waits for none of it.
if TYPE_CHECKING:
    from textual.content import Content

    from obelos_history import Decision, Entry, Standing
    from obelos_rules import Rule
    from obelos_transcripts import Edition
    from obelos_transcripts.details import PageImage

    from .aloud import Breath
    from .attesting import Queue
    from .candidates import Candidate
    from .collated import Collated
    from .comparisons.errors import Errors
    from .desk import Desk
    from .desk_row import DeskRow, Totals
    from .facsimile import Page
    from .goto import Arrived, Target
    from .review import Review
    from .seeking import Seeking, Sought
    from .shown import Item, Version
    from .view import View

T = TypeVar("T")


@dataclass_transform(eq_default=False)
def _fact(message: type[T]) -> type[T]:
    """A dataclass that is made in a quarter of the time: nobody compares facts or prints them."""
    return dataclass(eq=False, repr=False, match_args=False)(message)


@_fact
class DeskOpened(Message):
    """The edition is open: its repository was looked over, its rules were read."""

    desk: Desk


@_fact
class DeskRefused(Message):
    """The edition cannot be opened."""

    error: Exception


@_fact
class ViewRead(Message):
    """The document was read, or another version put beside it."""

    view: View


@_fact
class SeekingBegun(Message):
    """The findings of a long text are being looked for."""

    seeking: Seeking


@_fact
class FindingsCame(Message):
    """Some of them have come."""

    seeking: Seeking
    sought: Sought


@_fact
class FindingsRead(Message):
    """The view was read again with findings that have come."""

    view: View


@_fact
class SeekingEnded(Message):
    """All have come, or no more will; ``why``: the reason, where something stopped it. None: there was nothing."""

    seeking: Seeking | None
    why: str = ""


@_fact
class QueueOrdered(Message):
    """The findings are in another order: by the records of their rules, or of the text."""

    view: View


@_fact
class DecisionRecorded(Message):
    """A decision on an item was taken and is on disk."""

    item: Item
    decision: Decision
    view: View


@_fact
class DecisionUndone(Message):
    """The last decision, or what was decided in one go, was taken back; none: there was none."""

    decisions: tuple[Decision, ...]
    view: View


@_fact
class DecisionRedone(Message):
    """What was taken back last was taken again; none: there was nothing to take."""

    decisions: tuple[Decision, ...]
    view: View


@_fact
class DecisionReverted(Message):
    """A written decision was taken back by a new one; the history was read again."""

    decision: Decision
    entries: tuple[Entry, ...]


@_fact
class CommitWritten(Message):
    """The pending decisions were committed; None: there were none."""

    commit: str | None
    view: View


@_fact
class ItemFound(Message):
    """A passage was looked up: what the versions read there, what was decided."""

    item: Item


@_fact
class WordBlamed(Message):
    """It is known who put a word there."""

    said: str


@_fact
class PlaceExplained(Message):
    """All that is known about a passage is there."""

    item: Item
    blame: str


@_fact
class EntriesRead(Message):
    """The history was read, newest first."""

    entries: tuple[Entry, ...]


@_fact
class DocumentsTold(Message):
    """It is known how documents stand.

    Attributes:
        totals: Sums over all documents, where they are at hand.
        every: The rows are all documents there are.
        progress: How far looking has come; "" when it is done, None where nothing is said of that.
    """

    rows: tuple[DeskRow, ...]
    totals: Totals | None
    every: bool
    progress: str | None


@_fact
class DocumentsListed(Message):
    """The documents that are wanted, in the order wanted."""

    rows: tuple[DeskRow, ...]


@_fact
class DeskWanted(Message):
    """The edition holds several documents, or none."""


@_fact
class ReviewOpened(Message):
    """A document was opened for review; ``collation``: to go on to its collation at once."""

    review: Review
    collation: bool = False


@_fact
class Verified(Message):
    """Base text and decisions were replayed and compared with the working text."""

    holds: bool
    lines: tuple[str, ...]


@_fact
class OperationRefused(Message):
    """Something was not done; nothing was changed."""

    what: str
    why: str


@_fact
class VersionsListed(Message):
    """It is known which versions can stand side by side; ``to_choose``: somebody wants to choose from them."""

    candidates: tuple[Candidate, ...]
    to_choose: bool = False


@_fact
class VersionsCollated(Message):
    """Versions were collated; ``of``: what another base was chosen for, None when all was done anew."""

    collated: Collated
    of: Collated | None = None


@_fact
class ErrorsCounted(Message):
    """The errors of some versions by the working text are known; None: they cannot be told."""

    versions: tuple[Version, ...]
    errors: Errors | None


@_fact
class QualityTold(Message):
    """All figures on the versions are there, in words."""

    lines: list[Content]


@_fact
class CollationGivenUp(Message):
    """Collating was ended before it was done; ``why``: the reason, where nobody gave it up."""

    why: str = ""


@_fact
class WorkingTextDecided(Message):
    """Decisions were taken, taken back or taken again; none: there was none.

    ``collated`` is the collation with the working text as it is now, None where that must be made anew.
    """

    decisions: tuple[Decision, ...]
    collated: Collated | None
    taken: bool
    what: str


@_fact
class DecisionsWritten(Message):
    """The pending decisions were committed from the collation; None: there were none."""

    commit: str | None


@_fact
class RulesChanged(Message):
    """Rules were switched off or on, or written: the edition and its rules as they are now, and what to say."""

    edition: Edition
    rules: tuple[Rule, ...]
    said: str


@_fact
class BreathsDrawn(Message):
    """A version was cut into breath-groups to be read aloud."""

    version: Version
    groups: tuple[Breath, ...]


@_fact
class ArrivedAt(Message):
    """It is known where a target within the document leads."""

    target: Target
    arrived: Arrived


@_fact
class PageFound(Message):
    """It is known which page image shows a passage."""

    images: tuple[PageImage, ...]
    page: Page


@_fact
class StandingRead(Message):
    """It is known how a document stands."""

    standing: Standing


@_fact
class StateRecorded(Message):
    """The state of a document was committed; None for ``commit``: it had been said already."""

    document: str
    state: str
    commit: str | None


@_fact
class WaitingRead(Message):
    """It is known what waits for a second reader."""

    queue: Queue


@_fact
class PassageWanted(Message):
    """The passage of a decision is to be shown in the review of its document; ``ask``: to put a question there."""

    document: str
    decision: str
    ask: bool = False


@_fact
class SyncTold(Message):
    """A step of a sync was made, or is begun: its lines."""

    lines: tuple[str, ...]


@_fact
class SyncEnded(Message):
    """A sync came to its end; ``why``: what stopped it, "" where nothing did."""

    why: str
