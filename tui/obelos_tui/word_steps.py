"""Choosing words by steps: the next word, a stretch from one word to another. Spans are code points, half-open.

A word is what `tokenize` takes for one. Only the neighbourhood of a position is read, however long the text.
"""

from dataclasses import dataclass, replace

from obelos_transcripts import Span
from obelos_transcripts.tokens import tokenize

_REACH = 400


def word_from(text: str, position: int, direction: int) -> Span | None:
    """The first word that begins at or after a position (direction 1), or the last that ends at or before it (-1)."""
    start = position
    while 0 <= start <= len(text):
        window = Span(start, min(len(text), start + _REACH)) if direction > 0 else Span(max(0, start - _REACH), start)
        found = _words(text, window)
        if found:
            return found[0 if direction > 0 else -1]
        start = window.end if direction > 0 else window.start
        if start in (0, len(text)):
            break
    return None


def word_around(text: str, position: int) -> Span | None:
    """The word that a position lies in or, where it lies in none, the next one, or the last."""
    start = max(0, position - _REACH)
    for word in _words(text, Span(start, min(len(text), position + _REACH))):
        if word.end > position:
            return word
    return word_from(text, position, 1) or word_from(text, position, -1)


def _words(text: str, window: Span) -> list[Span]:
    """Words of a window; those that its edges would cut are taken whole."""
    shown = text[window.start : window.end]
    found = [Span(window.start + t.start, window.start + t.end) for t in tokenize(shown) if t.kind == "word"]
    return [_whole(text, word) if word.start == window.start or word.end == window.end else word for word in found]


def _whole(text: str, word: Span) -> Span:
    """A word cut by the edge of a window, whole again."""
    around = Span(max(0, word.start - _REACH), min(len(text), word.end + _REACH))
    for token in tokenize(text[around.start : around.end]):
        span = Span(around.start + token.start, around.start + token.end)
        if token.kind == "word" and span.overlaps(word):
            return span
    return word


@dataclass(frozen=True)
class Chosen:
    """A stretch of words chosen: it runs from the word it was begun at to the word that moves."""

    fixed: Span
    moving: Span

    @property
    def span(self) -> Span:
        """The whole stretch."""
        return Span(min(self.fixed.start, self.moving.start), max(self.fixed.end, self.moving.end))

    def stretched(self, text: str, direction: int) -> "Chosen":
        """The moving end a word further; the stretch grows, or shrinks back to the word it was begun at."""
        edge = self.moving.end if direction > 0 else self.moving.start
        word = word_from(text, edge, direction)
        return replace(self, moving=word) if word else self

    def moved(self, text: str, direction: int) -> "Chosen":
        """One word, beside the stretch."""
        edge = self.span.end if direction > 0 else self.span.start
        word = word_from(text, edge, direction)
        return Chosen(word, word) if word else self


def chosen_at(text: str, span: Span) -> Chosen | None:
    """A stretch to begin with: the words at a span; None where the text has none."""
    first = word_around(text, span.start)
    last = word_from(text, span.end, -1) if span.start < span.end else first
    if first is None:
        return None
    return Chosen(first, last if last and last.start >= first.start else first)


def dragged(text: str, start: int, end: int) -> Chosen | None:
    """The whole words between two positions, in either order; None where there is none."""
    first, last = sorted((start, end))
    one, other = word_around(text, first), word_around(text, last)
    if one is None or other is None:
        return None
    if other.start > last >= one.end:  # the drag ended in the space behind a word
        other = word_from(text, last + 1, -1) or other
    return Chosen(one, other) if start <= end else Chosen(other, one)
