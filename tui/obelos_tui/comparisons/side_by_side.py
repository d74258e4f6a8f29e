"""The table as text: a column for each version, a row for each variant, or for every row."""

from collections.abc import Iterator, Sequence

from obelos_transcripts import VARIANT_CLASSES, BadInput, Row, VariantClass

from .apparatus import foot
from .flow import Piece, cells, flow, styled
from .model import Collation
from .wording import NOTHING, after, before, told

_GUTTER = 7
_BETWEEN = " │ "
_NARROWEST = 8
_CONTEXT_FROM = 20
"""Cells of a column from which on a word or two around the reading are shown."""


def side_by_side(
    collation: Collation, room: int, wanted: Sequence[VariantClass] = VARIANT_CLASSES, whole: bool = False
) -> Iterator[str]:
    """Lines of the table; ``whole``: with the rows in which all agree."""
    size = (room - _GUTTER - len(_BETWEEN) * (len(collation.versions) - 1)) // len(collation.versions)
    if size < _NARROWEST:
        what = f"{len(collation.versions)} columns are too many for {room} cells; leave it out, or take --format html"
        raise BadInput.at("--table", None, what)
    base = collation.table.base
    titles = [f"{version.siglum}{' (base)' * (n == base)}" for n, version in enumerate(collation.versions)]
    yield from _beside("line", [flow([(title, "siglum")], size) for title in titles], size)
    yield styled([("─" * _GUTTER + "─┼─".join(["─" * size] * len(titles)), "dim")])
    lines = collation.lines[collation.table.base]
    for row, kind in zip(collation.table.rows, collation.classes, strict=True):
        if (kind is None and whole) or kind in wanted:
            pieces = _row(collation, row, size)
            yield from _beside(str(lines.at(row.cells[base].start)[0]), [flow(cell, size) for cell in pieces], size)
    yield ""
    yield from foot(collation, room, wanted)


def _row(collation: Collation, row: Row, size: int) -> list[list[Piece]]:
    readings = collation.table.readings(row)
    if row.agree:
        return [[(reading.strip(), "dim")] for reading in readings]
    shown = dict(zip(readings, told(readings), strict=True))
    found: list[list[Piece]] = []
    for number, (reading, group) in enumerate(zip(readings, row.groups, strict=True)):
        pieces: list[Piece] = [(shown[reading], "new" if group else "head")]
        if size >= _CONTEXT_FROM:
            text, (start, end) = collation.table.texts[number], row.cells[number]
            most = max(8, (size - 8) // 2)
            bare = start + len(reading.rstrip()) if reading.strip() else start
            marked = f"‹{shown[reading]}›" if shown[reading] != NOTHING else f"{NOTHING} "
            pieces = [
                (before(text, start, most), "dim"),
                (marked, "new" if group else "head"),
                (after(text, min(bare, end), most), "dim"),
            ]
        found.append(pieces)
    return found


def _beside(where: str, columns: Sequence[list[str]], size: int) -> Iterator[str]:
    """Lines of one row, its cells filled up to their width."""
    for n in range(max(map(len, columns))):
        line = styled([(f"{where if n == 0 else '':>{_GUTTER - 2}}  ", "dim")])
        for number, column in enumerate(columns):
            text = column[n] if n < len(column) else ""
            line += styled([(_BETWEEN, "dim")]) if number else ""
            line += text + " " * (size - cells(_plain(text))) * (number < len(columns) - 1)
        yield line


def _plain(text: str) -> str:
    """A line without its styles."""
    from click import unstyle

    return unstyle(text)
