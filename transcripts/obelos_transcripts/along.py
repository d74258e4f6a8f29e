"""Things that lie along a text, found by where they are: asking for a place costs what lies near it."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from .text import Span

_T = TypeVar("_T")


class Along(Generic[_T]):
    """Things with a span each."""

    def __init__(self, things: Iterable[_T], span_of: Callable[[_T], Span]) -> None:
        self._spread = sorted(((span_of(thing), thing) for thing in things), key=lambda pair: pair[0])
        self._starts = [span.start for span, _ in self._spread]
        self._longest = max((span.end - span.start for span, _ in self._spread), default=0)

    def over(self, span: Span) -> list[_T]:
        """Those that overlap a span, in order; an empty one counts as the gap where it stands."""
        first = bisect_left(self._starts, span.start - self._longest)
        last = bisect_right(self._starts, span.end)
        return [thing for own, thing in self._spread[first:last] if own.overlaps(span)]
