"""Where a finding is, as services outside know it: paths from the top of a checkout, regions of a file."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from ..checking import Checked
    from ..targets import Target

_BOM = "\ufeff"
WORKSPACE = "GITHUB_WORKSPACE"
"""Names the top of the checkout in GitHub's runners; elsewhere paths are told as they were given."""


def path_from_top(target: "Target", environ: Mapping[str, str] = os.environ) -> str:
    """The target's path from the top of the checkout, with ``/``; its name where that is not known."""
    top = environ.get(WORKSPACE)
    if top and target.path:
        path = Path(os.path.abspath(target.path))
        if path.is_relative_to(os.path.abspath(top)):
            return path.relative_to(os.path.abspath(top)).as_posix()
    return target.name


def uri(path: str) -> str:
    """A path as a URI reference: relative paths stay relative, every byte that needs it is escaped."""
    escaped = quote(os.fsencode(path))
    return f"file://{escaped}" if path.startswith("/") else escaped


def region(checked: "Checked", start: int, end: int) -> dict[str, int]:
    """A half-open span as a SARIF region: lines and columns from 1, offsets from 0, in code points.

    A byte order mark does not count (SARIF 2.1.0, 3.30.2), whereas it does in our own positions.
    """
    (line, column), (end_line, end_column) = checked.lines.at(start), checked.lines.at(end)
    bom = int(checked.text.startswith(_BOM))
    first, last = max(0, start - bom), max(0, end - bom)
    return {
        "startLine": line,
        "startColumn": max(1, column - bom) if line == 1 else column,
        "endLine": end_line,
        "endColumn": max(1, end_column - bom) if end_line == 1 else end_column,
        "charOffset": first,
        "charLength": last - first,
    }
