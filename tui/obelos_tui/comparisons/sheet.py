"""CSV for spreadsheets: UTF-8, one row a variant, a column for each version. No cell can act as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from obelos_transcripts import Lines, VariantClass

from .changes import Difference
from .model import Collation
from .wording import harmless

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""What a spreadsheet may take for the beginning of a formula, or pass over to find one."""


def sheet_of_collation(collation: Collation, wanted: Sequence[VariantClass], whole: bool = False) -> str:
    """Place in the base, class, the reading of each version; ``whole``: also rows in which all agree."""
    lines = collation.lines[collation.table.base]
    rows: list[Iterable[object]] = [("line", "column", "class", *collation.sigla)]
    for row, kind in zip(collation.table.rows, collation.classes, strict=True):
        if (kind is None and whole) or kind in wanted:
            place = lines.at(row.cells[collation.table.base].start)
            rows.append((*place, kind or "", *collation.table.readings(row)))
    return _written(rows)


def sheet_of_differences(found: Difference, wanted: Sequence[VariantClass]) -> str:
    """Place in the left version, class, both readings."""
    lines = Lines(found.left.text)
    rows: list[Iterable[object]] = [("line", "column", "class", found.left.siglum, found.right.siglum)]
    for variant in found.variants:
        if variant.kind in wanted:
            readings = found.left.text[slice(*variant.left)], found.right.text[slice(*variant.right)]
            rows.append((*lines.at(variant.left.start), variant.kind, *readings))
    return _written(rows)


def _written(rows: Iterable[Iterable[object]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows([_safe(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return buffer.getvalue()


def _safe(cell: str) -> str:
    """A cell that a spreadsheet takes for text: an apostrophe before what it would take for a formula."""
    shown = harmless(cell)
    return f"'{shown}" if shown.lstrip(" \u00a0").startswith(_FORMULA) else shown
