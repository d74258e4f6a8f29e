"""What a review shows: plain data, the same for the screen and for the plain commands."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from obelos_history import Decision
from obelos_rules import Finding
from obelos_transcripts import Span
from obelos_transcripts.variants import Variant

from .answered import Earlier, Stale
from .passages import Passages
from .rule_record import Record
from .version import Version as Version


@dataclass(frozen=True)
class Passage:
    """A passage for a preview: what stands before the words in question, these words, what follows."""

    before: str
    middle: str
    after: str


@dataclass(frozen=True)
class Item:
    """Something the review stops at, in the working text.

    Attributes:
        span: Half-open, code points of the working text.
        finding: What a rule reports; None for a variant or a passage of the editor's own choosing.
        variant: Where the versions differ; its left span lies in the working text.
        decision: The standing decision about it.
        suggestions: The finding's, then what other versions read; each once.
        readings: What each other version reads here, by siglum.
        earlier: The decision on the passage before it changed, where its finding is open again.
        stale: Why the decision matches nothing any more.
    """

    span: Span
    finding: Finding | None
    variant: Variant | None
    decision: Decision | None
    suggestions: tuple[str, ...]
    readings: tuple[tuple[str, str], ...]
    earlier: Earlier | None = None
    stale: Stale | None = None

    @property
    def question(self) -> Decision | None:
        """The query that stands here and waits for an answer."""
        return self.decision if self.decision and self.decision.disposition == "query" else None


@dataclass(frozen=True)
class ReviewState:
    """All that a screen shows of a review; replaced whole after each operation.

    Attributes:
        items: In the order of the text.
        passages: The chain of decisions on each passage, and the notes.
        records: How often the findings of each rule were accepted in the edition, by code; empty where that is not
            known, or not wanted.
        by_rank: The queue begins with the rules whose findings were accepted most, not with the text.
        asked: How many rules have been asked, and how many are to be; None when all have been.
    """

    name: str
    title: str
    text: str
    versions: tuple[Version, ...]
    items: tuple[Item, ...]
    changed: tuple[tuple[Span, Decision], ...]
    pending: tuple[Decision, ...]
    redoable: int
    read_only: str
    notices: tuple[str, ...]
    passages: Passages
    records: Mapping[str, Record] = field(default_factory=dict)
    by_rank: bool = False
    asked: tuple[int, int] | None = None
