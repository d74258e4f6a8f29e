"""The differences of two versions as text: the words in their line, what is gone and what is new marked by sign."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from obelos_transcripts import VARIANT_CLASSES, Lines, Variant, VariantClass
from obelos_transcripts.moved import Moved, moved
from obelos_transcripts.normal_forms import NONE, Lists, forms_of
from obelos_transcripts.variants import variants

from ..version import Version
from .flow import Piece, flow
from .wording import after, before, spaces_shown, summary, told

_CONTEXT = 28
_NEAR = 56
"""Code points between two differences of a line up to which they are shown in one passage."""


@dataclass(frozen=True)
class Difference:
    """Two versions and where they differ."""

    left: Version
    right: Version
    lists: Lists = NONE

    @cached_property
    def variants(self) -> list[Variant]:
        """All variants, in the order of the text."""
        return variants(self.left.text, self.right.text, forms_of(self.lists))

    @cached_property
    def counts(self) -> dict[VariantClass, int]:
        """How many there are of each class."""
        kinds = [variant.kind for variant in self.variants]
        return {kind: kinds.count(kind) for kind in VARIANT_CLASSES}

    @cached_property
    def moved(self) -> list[Moved]:
        """Passages that stand elsewhere in the right version."""
        return moved(self.left.text, self.right.text)


def changes(found: Difference, room: int, wanted: Sequence[VariantClass] = VARIANT_CLASSES) -> Iterator[str]:
    """Lines of the report."""
    left, right = Lines(found.left.text), Lines(found.right.text)
    if found.variants:
        yield from flow([("--- ", ""), (found.left.siglum, "old"), (f"  {found.left.title}", "dim")], room)
        yield from flow([("+++ ", ""), (found.right.siglum, "new"), (f"  {found.right.title}", "dim")], room)
    for passage in _passages(found, [v for v in found.variants if v.kind in wanted]):
        line, other = left.at(passage[0].left.start)[0], right.at(passage[0].right.start)[0]
        where = f"line {line}" if line == other else f"line {line} ({other})"
        kinds = ", ".join(dict.fromkeys(variant.kind for variant in passage))
        yield from flow([(where, "head"), (" · ", "dim"), (kinds, "class")], room)
        yield from flow(_marked(found, passage), room, 4)
    for one, two in found.moved:
        words = told([found.right.text[slice(*two)]])[0]
        at, now = left.at(one.start)[0], right.at(two.start)[0]
        yield from flow([("moved", "head"), (f" · line {at} to line {now}: ", ""), (f"“{words}”", "dim")], room)
    yield from flow([(summary({kind: count for kind, count in found.counts.items() if kind in wanted}), "head")], room)
    hidden = {kind: count for kind, count in found.counts.items() if kind not in wanted}
    if any(hidden.values()):
        yield from flow([(f"not shown: {summary(hidden)}", "dim")], room)


def _passages(found: Difference, shown: Sequence[Variant]) -> Iterator[list[Variant]]:
    """The variants shown, those near each other on one line together."""
    passage: list[Variant] = []
    for variant in shown:
        between = found.left.text[passage[-1].left.end : variant.left.start] if passage else ""
        if passage and (len(between) > _NEAR or "\n" in between):
            yield passage
            passage = []
        passage.append(variant)
    if passage:
        yield passage


def _marked(found: Difference, passage: Sequence[Variant]) -> list[Piece]:
    text = found.left.text
    pieces: list[Piece] = [(before(text, passage[0].left.start, _CONTEXT), "")]
    at = passage[0].left.start
    for variant in passage:
        pieces.append((text[at : variant.left.start], ""))
        old, new = text[slice(*variant.left)], found.right.text[slice(*variant.right)]
        if variant.kind == "spacing" or not (old + new).strip():
            old, new = spaces_shown(old), spaces_shown(new)
        pieces += [(f"[-{old}-]", "old")] if old else []
        pieces += [(f"{{+{new}+}}", "new")] if new else []
        at = variant.left.end
    return [*pieces, (after(text, at, _CONTEXT), "")]
