"""Searching both versions for words, without regard to case."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from obelos_transcripts import Span

from .layout import Side
from .view import Mark


@dataclass(frozen=True)
class Match:
    """Where the words stand: a half-open span of code points of one side's text."""

    side: Side
    span: Span


def find(left: str, right: str, wanted: str) -> tuple[Match, ...]:
    """Matches in the left text, in order; in the right one where the left has none. Spaces match any white space."""
    in_left = tuple(Match("left", span) for span in spans(left, wanted))
    return in_left or tuple(Match("right", span) for span in spans(right, wanted))


def spans(text: str, wanted: str) -> list[Span]:
    """Where the words stand in a text, in order."""
    words = wanted.split()
    if not words:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
    return [Span(*m.span()) for m in pattern.finditer(text)]


def match_marks(matches: Sequence[Match], side: Side) -> list[Mark]:
    """The matches of a side as marks."""
    return [Mark(match.span, "match") for match in matches if match.side == side]


def nearest(matches: Sequence[Match], position: int) -> Match:
    """The first match from a position on, or the first of all."""
    return next((match for match in matches if match.span.start >= position), matches[0])
