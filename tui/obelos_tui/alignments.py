"""Alignments of a working text with the other versions of it, each made once.

They are dropped when either text is another one, so that what was aligned for an earlier text is never taken for this.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from obelos_transcripts import BadInput, Span
from obelos_transcripts.align import Block, coarser, finest
from obelos_transcripts.counterpart import counterpart, stands_whole
from obelos_transcripts.normal_forms import NONE, Lists, forms_of
from obelos_transcripts.normalising import NormalForms
from obelos_transcripts.variants import Variant, variants

from .version import Version


@dataclass(frozen=True)
class Alignment:
    """The working text (left) beside one version (right)."""

    text: str
    other: str
    forms: NormalForms

    @cached_property
    def _parts(self) -> list[Block]:
        return finest(self.text, self.other)

    @cached_property
    def blocks(self) -> list[Block]:
        """The aligned stretches, in order."""
        return coarser(self._parts)

    @cached_property
    def variants(self) -> tuple[Variant, ...]:
        """Where the two differ, in order."""
        return tuple(variants(self.text, self.other, self.forms, self._parts))

    @cached_property
    def _edges(self) -> tuple[list[int], list[int]]:
        return [block.left.start for block in self.blocks], [block.left.end for block in self.blocks]

    def reading(self, span: Span) -> tuple[str, bool]:
        """What the version reads at a span of the working text, and whether that stands there as a whole.

        Only the blocks at the span are looked at: where thousands of places differ, asking for each stays cheap.
        """
        starts, ends = self._edges
        near = self.blocks[bisect_left(ends, span.start) : bisect_right(starts, span.end)]
        right = counterpart(near, span, self.other)
        return self.other[right.start : right.end], stands_whole(near, span)


class Alignments:
    """The working text of a document beside each of its other versions."""

    def __init__(self, lists: Lists = NONE) -> None:
        """``lists``: what the edition takes for one word."""
        self._forms = forms_of(lists)
        self._text = ""
        self._versions: Sequence[Version] = ()
        self._made: dict[str, Alignment] = {}

    def show(self, text: str, versions: Sequence[Version]) -> None:
        """Go on with these texts; what was made for the same ones stays."""
        known = {version.siglum: version.text for version in versions}
        same = {s: one for s, one in self._made.items() if (text, known.get(s)) == (one.text, one.other)}
        self._text, self._versions, self._made = text, versions, same

    def beside(self, siglum: str) -> Alignment:
        """The working text beside a version.

        Raises:
            BadInput: There is no such version.
        """
        if siglum not in self._made:
            self._made[siglum] = Alignment(self._text, self._version(siglum).text, self._forms)
        return self._made[siglum]

    def _version(self, siglum: str) -> Version:
        for version in self._versions:
            if version.siglum == siglum:
                return version
        known = ", ".join(version.siglum for version in self._versions)
        raise BadInput.at("the review", None, f"there is no version “{siglum}”; there are {known}")
