"""Blame: for each word of a working text, the decision that put it there, or the base text."""

from collections.abc import Iterator
from dataclasses import dataclass

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
    """

    span: Span
    line: int
    text: str
    was: str
    decision: Decision | None


def blame(base: str, current: Replay) -> Iterator[Blamed]:
    """Every word of the working text with its origin, in order; a changed passage is one stretch."""
    lines = Lines(current.text)
    for piece in current.pieces:
        start, end = piece.working
        text = current.text[start:end]
        if piece.decision:
            was = base[piece.base.start : piece.base.end]
            yield Blamed(piece.working, lines.at(start)[0], text, was, piece.decision)
            continue
        for token in tokenize(text):
            if token.kind == "word":
                span = Span(start + token.start, start + token.end)
                yield Blamed(span, lines.at(span.start)[0], token.text, token.text, None)
