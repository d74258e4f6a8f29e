"""Where a decision applies: W3C *TextPositionSelector* plus *TextQuoteSelector*, plus layer.

Offsets are half-open, in code points of the base text, start included (W3C Web Annotation Data Model).
"""

from dataclasses import dataclass

from .layers import Layer
from .text import Span

CONTEXT = 32
"""Code points of context kept on each side of a quote."""


@dataclass(frozen=True, order=True)
class Place:
    """A quoted passage of a base text: its span, the quote, what stands on either side."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    layer: Layer

    @property
    def span(self) -> Span:
        """The half-open span of the quote."""
        return Span(self.start, self.end)

    def holds(self, base: str) -> bool:
        """Whether the quote, with its context, stands at this place of a text."""
        return (
            base[self.start : self.end] == self.exact
            and base[: self.start].endswith(self.prefix)
            and base[self.end :].startswith(self.suffix)
        )


def place_of(base: str, span: Span, layer: Layer) -> Place:
    """The place of a span of the base text."""
    start, end = span
    return Place(
        start,
        end,
        base[start:end],
        base[max(0, start - CONTEXT) : start],
        base[end : end + CONTEXT],
        layer,
    )
