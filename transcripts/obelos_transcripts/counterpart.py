"""Where a passage of one version stands in another, by their alignment."""

from collections.abc import Sequence

from .align import Block
from .text import Span


def counterpart(blocks: Sequence[Block], span: Span, right_text: str = "") -> Span:
    """The span of the right text that answers a span of the left text.

    Inside an equal block positions correspond one to one; an unequal block answers as a whole. Two spans that
    stand between the same words answer each other even when one is empty. What only the right text has beside the
    passage is left out, unless it is joined to the passage's last word without a space (``J.I.C`` and ``J.I.C.``),
    which ``right_text`` tells.
    """
    start = end = None
    last = Span(0, 0)
    for block in blocks:
        left, right = block.left, block.right
        last = right
        if left.end < span.start:
            continue
        if left.start > span.end:
            break
        if block.equal:
            first, final = max(span.start, left.start), min(span.end, left.end)
            if first > final or (first == final and span.start < span.end):
                continue
            low, high = right.start + first - left.start, right.start + final - left.start
        elif left.overlaps(span) if left.start < left.end else span.start <= left.start <= span.end:
            beside = left.start == left.end and span.start < span.end and left.start in (span.start, span.end)
            joined = left.start == span.end and not right_text[right.start : right.start + 1].isspace()
            if beside and not (right_text and joined):
                continue
            low, high = right
        else:
            continue
        start = low if start is None else min(start, low)
        end = high if end is None else max(end, high)
    return Span(start, end) if start is not None and end is not None else Span(last.end, last.end)


def stands_whole(blocks: Sequence[Block], span: Span) -> bool:
    """Whether the counterpart of a span answers just that span: no difference reaches over its edges."""
    return not any(
        not block.equal
        and block.left.start < span.end
        and span.start < block.left.end
        and (block.left.start < span.start or block.left.end > span.end)
        for block in blocks
    )
