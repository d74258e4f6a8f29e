"""CSV for spreadsheets: UTF-8. No cell can act as a formula, no character is invisible."""

import csv
import io
from collections.abc import Iterable

from .comparisons.wording import harmless

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""What a spreadsheet may take for the beginning of a formula, or pass over to find one."""


def written(rows: Iterable[Iterable[object]]) -> str:
    """Rows, the head among them, as a CSV file."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows([_safe(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return buffer.getvalue()


def _safe(cell: str) -> str:
    """A cell that a spreadsheet takes for text: an apostrophe before what it would take for a formula."""
    shown = harmless(cell)
    return f"'{shown}" if shown.lstrip(" \u00a0").startswith(_FORMULA) else shown
