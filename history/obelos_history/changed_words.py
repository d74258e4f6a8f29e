"""The words that differ between two texts, for a line of the history."""

from obelos_transcripts.errors import BadInput
from obelos_transcripts.text import decode
from obelos_transcripts.variants import variants

Words = tuple[tuple[str, str], ...]
"""Pairs of what stood there and what stands there now; either may be empty."""

MOST = 20
"""Pairs told of one change of a text; a text exchanged as a whole is no list of words."""


def changed_words(old: bytes, new: bytes) -> Words:
    """The words that differ, in order, up to a sensible number; none where a text cannot be read."""
    try:
        left, right = decode(old, "before"), decode(new, "after")
    except BadInput:
        return ()
    pairs = ((left[slice(*v.left)], right[slice(*v.right)]) for v in variants(left, right)[:MOST])
    return tuple(pairs)
