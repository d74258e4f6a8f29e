"""The apparatus: line by line where the versions differ, the base's reading first, then the others with their sigla."""

from collections.abc import Iterator, Sequence

from obelos_transcripts import VARIANT_CLASSES, VariantClass

from .flow import Piece, flow, styled
from .model import Collation, Variant
from .wording import NOTHING, after, agreed, before, summary, told

_CONTEXT = 28
_MARGIN = 22


def apparatus(collation: Collation, room: int, wanted: Sequence[VariantClass] = VARIANT_CLASSES) -> Iterator[str]:
    """Lines of the apparatus."""
    yield from head(collation, room)
    found = False
    for variant in collation.variants(wanted):
        found = True
        yield from _entry(collation, variant, room)
    if found:
        yield ""
    yield from foot(collation, room, wanted)


def head(collation: Collation, room: int) -> Iterator[str]:
    """Which versions there are."""
    size = max(map(len, collation.sigla))
    for number, version in enumerate(collation.versions):
        role = " (base)" if number == collation.table.base else ""
        yield from flow([(version.siglum.ljust(size), "siglum"), (f"  {version.title}{role}", "")], room)
    yield ""


def foot(collation: Collation, room: int, wanted: Sequence[VariantClass]) -> Iterator[str]:
    """What was moved, how many variants there are, how far the versions agree."""
    for number, passage in collation.moved:
        yield from flow(_moved(collation, number, passage.left.start, passage.right), room, 2)
    shown = {kind: count for kind, count in collation.counts.items() if kind in wanted}
    yield from flow([(summary(shown, "variant"), "head")], room)
    hidden = {kind: count for kind, count in collation.counts.items() if kind not in wanted}
    if any(hidden.values()):
        yield from flow([(f"not shown: {summary(hidden, 'variant')}", "dim")], room)
    for version in collation.versions:
        if version is not collation.base:
            yield from flow([(agreed(collation.base, version), "dim")], room)


def _entry(collation: Collation, variant: Variant, room: int) -> Iterator[str]:
    """The line, the class, the readings; below them the words around."""
    lemma, *others = told([reading for reading, _ in variant.readings])
    pieces: list[Piece] = [(lemma, "head"), (" ] ", "dim")]
    for place, (reading, (_, versions)) in enumerate(zip(others, variant.readings[1:], strict=True)):
        sigla = ", ".join(collation.sigla[number] for number in versions)
        pieces += [("; ", "dim")] if place else []
        pieces += [(reading, "new"), (" ", ""), (f"({sigla})", "siglum")]
    gutter = styled([(f"{variant.line:>5}  ", "dim"), (f"{variant.kind:<14} ", "class")])
    first, *rest = flow(pieces, room - _MARGIN)
    yield gutter + first
    yield from (" " * _MARGIN + line for line in rest)
    yield from flow(_around(collation, variant, room), room, _MARGIN)


def _around(collation: Collation, variant: Variant, room: int) -> list[Piece]:
    text = collation.base.text
    start, end = collation.table.rows[variant.number].cells[collation.table.base]
    bare = end - len(text[start:end]) + len(text[start:end].rstrip())
    middle = told([text[start:end]])[0] if bare > start else NOTHING
    most = max(_CONTEXT // 2, min(_CONTEXT, (room - _MARGIN - len(middle) - 3) // 2))
    left, right = before(text, start, most), after(text, max(bare, start), most)
    return [(left, "dim"), (middle, "dim"), ("" if bare > start else " ", "dim"), (right, "dim")]


def _moved(collation: Collation, number: int, start: int, place: tuple[int, int]) -> list[Piece]:
    version = collation.versions[number]
    words = told([version.text[slice(*place)]])[0]
    there, here = collation.lines[collation.table.base].at(start)[0], collation.lines[number].at(place[0])[0]
    return [
        (f"moved: line {there} of ", ""),
        (collation.base.siglum, "siglum"),
        (f" stands at line {here} of ", ""),
        (version.siglum, "siglum"),
        (f": “{words}”", "dim"),
    ]
