"""What was ever decided on a passage: every decision that touches it, standing or superseded, in the order taken."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from obelos_transcripts.text import Span

from .decision import Decision


class Lineage:
    """The decisions of a document by their place in the base text, for asking about many passages."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        """All decisions that have a place in the base text."""
        self._by_start = sorted(decisions, key=lambda d: d.place.start)
        self._starts = [decision.place.start for decision in self._by_start]
        self._longest = max((len(decision.place.exact) for decision in self._by_start), default=0)

    def of(self, span: Span) -> tuple[Decision, ...]:
        """The decisions that touch a passage of the base text, oldest first.

        A passage is touched by what shares a character with it, and by words put in at or inside it.
        """
        first = bisect_left(self._starts, span.start - self._longest)
        last = bisect_right(self._starts, span.end)
        near = self._by_start[first:last]
        return tuple(sorted((d for d in near if d.place.span.overlaps(span)), key=lambda d: d.id))
