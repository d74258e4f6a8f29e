"""Where places of one text stand in a better transcription of it: found through the word difference, then checked.

A place is found only if its quote stands there letter by letter and what surrounds it is alike; nothing is ever
guessed. "The first place where the quote stands" was wrong in most cases of a trial, this one in none.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .align import align
from .counterpart import counterpart
from .layers import read_layers
from .place import Place, place_of
from .text import Span

ALIKE = 0.6
"""How alike the context must be, from 0 to 1: Levenshtein's ratio of prefix and suffix, old and new."""


@dataclass(frozen=True)
class Anchored:
    """What became of one place.

    Attributes:
        outcome: ``held``: the same span; ``moved``: the same words elsewhere; ``orphaned``: not found for certain.
        place: The place in the new text; None when it is orphaned.
        stands: Where an orphan's words would have to stand in the new text, for the editor to look at.
        alike: How alike the context is, from 0 to 1.
    """

    outcome: Literal["held", "moved", "orphaned"]
    place: Place | None
    stands: Span
    alike: float


def anchor(places: Iterable[Place], old: str, new: str) -> list[Anchored]:
    """Find places of one text in another, in the order given. The two texts are aligned once."""
    blocks = align(old, new)
    starts, ends = [block.left.start for block in blocks], [block.left.end for block in blocks]
    layers = read_layers(new)
    found = []
    for place in places:
        near = blocks[bisect_left(ends, place.start) : bisect_right(starts, place.end)]
        stands = counterpart(near, place.span)
        again = place_of(new, stands, layers.layer_at(stands.start))
        alike = _alike(place, again)
        if again.exact != place.exact or alike < ALIKE:
            found.append(Anchored("orphaned", None, stands, alike))
        else:
            found.append(Anchored("held" if stands == place.span else "moved", again, stands, alike))
    return found


def _alike(old: Place, new: Place) -> float:
    if (old.prefix, old.suffix) == (new.prefix, new.suffix):
        return 1.0
    from rapidfuzz.distance import Levenshtein  # here, as elsewhere: to start fast

    sides = ((old.prefix, new.prefix), (old.suffix, new.suffix))
    lengths = sum(max(len(one), len(other)) for one, other in sides)
    return 1 - sum(Levenshtein.distance(one, other) for one, other in sides) / lengths if lengths else 1.0
