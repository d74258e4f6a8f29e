"""Variants for spreadsheets: one row a variant, a column for each version."""

from collections.abc import Iterable, Sequence

from obelos_transcripts import Lines, VariantClass

from ..csv_sheet import written
from .changes import Difference
from .model import Collation


def sheet_of_collation(collation: Collation, wanted: Sequence[VariantClass], whole: bool = False) -> str:
    """Place in the base, class, the reading of each version; ``whole``: also rows in which all agree."""
    lines = collation.lines[collation.table.base]
    rows: list[Iterable[object]] = [("line", "column", "class", *collation.sigla)]
    for row, kind in zip(collation.table.rows, collation.classes, strict=True):
        if (kind is None and whole) or kind in wanted:
            place = lines.at(row.cells[collation.table.base].start)
            rows.append((*place, kind or "", *collation.table.readings(row)))
    return written(rows)


def sheet_of_differences(found: Difference, wanted: Sequence[VariantClass]) -> str:
    """Place in the left version, class, both readings."""
    lines = Lines(found.left.text)
    rows: list[Iterable[object]] = [("line", "column", "class", found.left.siglum, found.right.siglum)]
    for variant in found.variants:
        if variant.kind in wanted:
            readings = found.left.text[slice(*variant.left)], found.right.text[slice(*variant.right)]
            rows.append((*lines.at(variant.left.start), variant.kind, *readings))
    return written(rows)
