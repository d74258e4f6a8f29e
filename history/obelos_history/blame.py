"""Blame: for each word of a working text who put it there, and all that was decided on it before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from obelos_transcripts.along import Along
from obelos_transcripts.text import Lines, Span
from obelos_transcripts.tokens import tokenize

from .decision import Decision
from .replay import Replay


@dataclass(frozen=True)
class Blamed:
    """A stretch of the working text with one origin.

    Attributes:
        span: Half-open, code points of the working text; whole words where the base text stands.
        line: Line of its start, from 1.
        was: What the base text has there; the same as ``text`` where no decision was taken.
        decision: The decision that put it there; None for the base text.
        lineage: All decisions that were ever taken on the passage, oldest first; also those that changed nothing,
            and those that were superseded.
    """

    span: Span
    line: int
    text: str
    was: str
    decision: Decision | None
    lineage: tuple[Decision, ...] = ()


def blame(base: str, current: Replay, decisions: Iterable[Decision] = ()) -> Iterator[Blamed]:
    """Every word of the working text with its origin, in order; a passage that was decided on is one stretch.

    Args:
        base: The base text.
        current: The working text.
        decisions: All decisions that have a place in the base text.
    """
    along = Along(decisions, lambda decision: decision.place.span)

    def lineage(span: Span) -> tuple[Decision, ...]:
        return tuple(sorted(along.over(span), key=lambda decision: decision.id))

    lines = Lines(current.text)
    for piece in current.pieces:
        start, end = piece.working
        text = current.text[start:end]
        if piece.decision:
            was = base[piece.base.start : piece.base.end]
            yield Blamed(piece.working, lines.at(start)[0], text, was, piece.decision, lineage(piece.base))
            continue
        words = [token for token in tokenize(text) if token.kind == "word"]
        ever = [lineage(Span(piece.base.start + w.start, piece.base.start + w.end)) for w in words]
        for _, group in groupby(range(len(words)), key=lambda n: ever[n] or n):
            of = list(group)
            span = Span(start + words[of[0]].start, start + words[of[-1]].end)
            passage = current.text[slice(*span)]
            yield Blamed(span, lines.at(span.start)[0], passage, passage, None, ever[of[0]])
