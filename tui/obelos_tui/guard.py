"""The last line of defence at the terminal: whatever reaches it, no control or bidi character does.

Texts are made visible before they are laid out (`obelos_transcripts.visible`); this filter deletes what a widget
may have let through. The characters have no width, so the columns stay where they are.
"""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_FORBIDDEN: dict[int, str | None] = dict.fromkeys(
    (
        *range(32),
        *range(127, 160),
        0x61C,
        0x200E,
        0x200F,
        0x2028,
        0x2029,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        0xFEFF,
    )
)
_FORBIDDEN |= dict.fromkeys(range(0xD800, 0xE000), "�")


class Guard(LineFilter):
    """Deletes control, bidi and surrogate code points from every line that is drawn."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments without forbidden code points; their styles and Textual's own controls are untouched."""
        return [
            segment
            if segment.text.isprintable()
            else Segment(segment.text.translate(_FORBIDDEN), segment.style, segment.control)
            for segment in segments
        ]
