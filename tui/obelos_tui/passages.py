"""What was said of a passage before: the chain of decisions on it, and the notes anchored near it.

Made once for a state of the document; asking for a place costs what lies near it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from obelos_history import Decision, Replay, effective
from obelos_transcripts import Span, read_layers
from obelos_transcripts.along import Along
from obelos_transcripts.layers import Note


@dataclass(frozen=True)
class Link:
    """A decision in the chain of a passage.

    Attributes:
        was: What its place read before it was taken.
        stands: Whether no other decision supersedes it.
    """

    decision: Decision
    was: str
    stands: bool


@dataclass(frozen=True)
class Anchored:
    """A note: its label, where it is anchored in the working text, what it says, where that stands."""

    label: str
    anchor: Span
    text: str
    body: Span


class Passages:
    """A working text, all decisions ever taken on it, its notes."""

    def __init__(self, current: Replay, decisions: Iterable[Decision]) -> None:
        self._current = current
        self._decisions = tuple(decisions)

    def ready(self) -> None:
        """Work out now, where nobody waits for the screen, what takes as long as the text is."""
        _ = self._notes, self._along, self._standing

    def chain(self, span: Span) -> tuple[Link, ...]:
        """The decisions on a passage of the working text, superseded ones too, oldest first."""
        base = self._current.locate(span).base if self._current.pieces else Span(0, 0)
        near = sorted(self._along.over(base), key=lambda decision: decision.id)
        return tuple(Link(d, self._was(d), d.id in self._standing) for d in near)

    def working(self, decision: Decision) -> Span:
        """Where the place of a decision is now in the working text."""
        put = next((p.working for p in self._current.pieces if p.decision and p.decision.id == decision.id), None)
        return put or self._current.to_working(decision.place.span)

    def notes(self, span: Span) -> tuple[Anchored, ...]:
        """The notes anchored in a stretch of the working text, or whose body holds it, in the order of the anchors."""
        return tuple(note for note in self._notes if note.anchor.overlaps(span) or note.body.overlaps(span))

    @cached_property
    def _along(self) -> Along[Decision]:
        return Along(self._decisions, lambda decision: decision.place.span)

    @cached_property
    def _standing(self) -> frozenset[str]:
        return frozenset(decision.id for decision in effective(self._decisions))

    @cached_property
    def _notes(self) -> tuple[Anchored, ...]:
        text = self._current.text
        return tuple(_anchored(text, note) for note in read_layers(text).notes if note.anchor and note.body)

    def _was(self, decision: Decision) -> str:
        """The quote of the base text with the readings of that time in it: a place holds whole changed passages."""
        place = decision.place
        read = place.exact
        before = [older for older in self._along.over(place.span) if older.id < decision.id]
        for older in reversed(effective(before)):
            start, end = older.place.start - place.start, older.place.end - place.start
            if older.reading is not None and 0 <= start <= end <= len(place.exact):
                read = read[:start] + older.reading + read[end:]
        return read


def _anchored(text: str, note: Note) -> Anchored:
    anchor, body = note.anchor or Span(0, 0), note.body or Span(0, 0)
    return Anchored(note.label, anchor, text[body.start : body.end], body)


def paragraph_at(text: str, span: Span) -> Span:
    """The paragraph, or paragraphs, around a span: from one line end to the next."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", max(span.start, span.end))
    return Span(start, len(text) if end < 0 else end)
