"""Replay: base text + decisions = working text, and where each word of either stands in the other.

Pure functions. The order in which decisions were taken does not matter: every place counts in the base text.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from obelos_transcripts.errors import BadInput, Problem
from obelos_transcripts.text import Span

from .decision import Decision


@dataclass(frozen=True)
class Piece:
    """A stretch of the working text and what it comes from.

    Attributes:
        base: Its half-open span in the base text.
        working: Its half-open span in the working text.
        decision: The decision that put it there; None where the base text stands unchanged.
    """

    base: Span
    working: Span
    decision: Decision | None


class Located(NamedTuple):
    """A passage of the working text and its place in the base text.

    Attributes:
        base: Half-open span of the base text.
        working: The passage, grown to hold the changed passages that it touches.
        decisions: The decisions behind these.
    """

    base: Span
    working: Span
    decisions: tuple[Decision, ...]


@dataclass(frozen=True)
class Replay:
    """A working text and the pieces it is made of, in order, without gap."""

    text: str
    pieces: tuple[Piece, ...]

    def locate(self, span: Span) -> Located:
        """Where a span of the working text comes from.

        Inside a changed passage there is no finer place than the passage: the span grows to hold it.
        """
        touched = [piece for piece in self._near(span) if _meets(piece, span)]
        changed = [piece for piece in touched if piece.decision]
        base = [self._position(span.start, touched, 0), self._position(span.end, touched, 1)]
        working = [span.start, span.end]
        for piece in changed:
            base = [min(base[0], piece.base.start), max(base[1], piece.base.end)]
            working = [min(working[0], piece.working.start), max(working[1], piece.working.end)]
        decisions = tuple(piece.decision for piece in changed if piece.decision)
        return Located(Span(*base), Span(*working), decisions)

    def to_working(self, span: Span) -> Span:
        """Span of the working text in which a span of the base text is found again."""
        return Span(self._forward(span.start, 0), self._forward(span.end, 1))

    @cached_property
    def _base_starts(self) -> list[int]:
        return [piece.base.start for piece in self.pieces]

    @cached_property
    def _working_starts(self) -> list[int]:
        return [piece.working.start for piece in self.pieces]

    def _near(self, span: Span) -> list[Piece]:
        first = max(0, bisect_right(self._working_starts, span.start) - 2)
        last = bisect_right(self._working_starts, span.end) + 1
        return list(self.pieces[first:last])

    def _position(self, position: int, touched: list[Piece], side: int) -> int:
        for piece in touched:
            if piece.decision is None and piece.working.start <= position <= piece.working.end:
                return piece.base.start + position - piece.working.start
        for piece in touched:
            if piece.working.start <= position <= piece.working.end:
                return piece.base[side]
        return self.pieces[-1].base.end if self.pieces else 0

    def _forward(self, position: int, side: int) -> int:
        if not self.pieces:
            return 0
        index = max(0, bisect_right(self._base_starts, position) - 1)
        piece = self.pieces[index]
        if side and index and piece.base.start == position:
            piece = self.pieces[index - 1]
        if piece.decision is None:
            return min(piece.working.start + position - piece.base.start, piece.working.end)
        return piece.working[side]


def _meets(piece: Piece, span: Span) -> bool:
    if piece.decision is None:
        return piece.working.start <= span.end and span.start <= piece.working.end
    if piece.working.start == piece.working.end:
        # Struck out: touched only when the span covers the gap, not when it ends there.
        return span.start < piece.working.start < span.end
    return piece.working.overlaps(span) if span.start < span.end else span.start in piece.working


def effective(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that no other supersedes, by place and id."""
    decisions = list(decisions)
    superseded = {ident for decision in decisions for ident in decision.supersedes}
    standing = (decision for decision in decisions if decision.id not in superseded)
    return sorted(standing, key=lambda d: (d.place.start, d.place.end, d.id))


def agree(one: Decision, other: Decision) -> bool:
    """Whether two decisions give one place the same reading, as two editors may who found the same error."""
    return one.place.span == other.place.span and one.reading == other.reading is not None


def replay(base: str, base_id: str, decisions: Iterable[Decision], elsewhere: Collection[str] = frozenset()) -> Replay:
    """The working text that the decisions make of a base text.

    Decisions that agree count once; the first by id stands for them.

    Args:
        elsewhere: Ids of decisions without a place in this base text, which others may supersede.

    Raises:
        BadInput: Decisions that contradict the base text or one another, all of them.
    """
    decisions = list(decisions)
    problems = [Problem(decision.id, None, what) for decision, what in objections(base, base_id, decisions, elsewhere)]
    if problems:
        raise BadInput(*problems)
    out: list[str] = []
    pieces: list[Piece] = []
    at = written = 0

    def put(text: str, span: Span, decision: Decision | None) -> None:
        nonlocal at, written
        if text or decision:
            out.append(text)
            pieces.append(Piece(span, Span(written, written + len(text)), decision))
        written += len(text)
        at = span.end

    last: Decision | None = None
    for decision in effective(decisions):
        if decision.reading is not None and not (last and agree(last, decision)):
            start, end = decision.place.span
            put(base[at:start], Span(at, start), None)
            put(decision.reading, Span(start, end), decision)
            last = decision
    put(base[at:], Span(at, len(base)), None)
    return Replay("".join(out), tuple(pieces))


def objections(
    base: str, base_id: str, decisions: list[Decision], elsewhere: Collection[str] = frozenset()
) -> list[tuple[Decision, str]]:
    """What keeps decisions from being replayed on a base text; empty when nothing does."""
    return misplaced(base, base_id, decisions, elsewhere) + [
        (later, f"lies over the place of {first.id}; one must supersede the other")
        for first, later in overlaps(decisions)
    ]


def misplaced(
    base: str, base_id: str, decisions: list[Decision], elsewhere: Collection[str] = frozenset()
) -> list[tuple[Decision, str]]:
    """Decisions that do not go with the base text, or supersede what they cannot, each with what is wrong."""
    found: list[tuple[Decision, str]] = []
    by_id = {decision.id: decision for decision in decisions}
    if len(by_id) < len(decisions):
        found.append((decisions[-1], "two decisions have the same id"))
    for decision in decisions:
        if decision.base != base_id:
            found.append((decision, f"counts in another base text ({decision.base[:10]}), not {base_id[:10]}"))
        elif not decision.place.holds(base):
            found.append(
                (decision, f"“{decision.place.exact}” does not stand at {decision.place.start} of the base text")
            )
        for ident in decision.supersedes:
            if ident not in by_id and ident not in elsewhere:
                found.append((decision, f"supersedes {ident}, which is not there"))
            elif ident > decision.id:
                found.append((decision, f"supersedes {ident}, which is younger"))
    return found


def overlaps(decisions: Iterable[Decision]) -> list[tuple[Decision, Decision]]:
    """Standing decisions that give one passage two readings: each with the one before it that it lies over."""
    found = []
    at = 0
    last: Decision | None = None
    for decision in effective(decisions):
        if decision.reading is None or (last and agree(last, decision)):
            continue
        start, end = decision.place.span
        if last and (start < at or (start, end) == last.place.span):
            found.append((last, decision))
        if end >= at:
            at, last = end, decision
    return found
