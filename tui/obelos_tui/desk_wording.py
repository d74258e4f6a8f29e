"""The words of the desk: its columns, a document in a line, an edition at a glance. Foreign text is made visible."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import overload

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from obelos_history import STATES
from obelos_transcripts import visible

from .desk_row import DeskRow, Totals, told
from .wording import shortened

WIDE = 110
"""Cells from which the columns have words for heads, and titles stand beside the names."""

BARS = {"published": "█", "verified": "▓", "proofread": "▒", "draft": "░"}
"""What stands for a state in the bar: the further, the darker."""

SIGNS = {
    "●": "findings that are certain, and open",
    "◐": "findings that are likely, and open",
    "○": "findings that are possible, and open",
    "?": "questions asked and not answered",
    "*": "decisions taken and not yet written",
    "…": "nobody has looked at the document yet",
    "–": "none",
    "!": "the document could not be looked at",
    "▼ ▲": "the documents are in the order of this column",
    "█ ▓ ▒ ░": "in the bar: published, verified, proofread, draft",
}
"""What each sign of the desk says."""

Cell = tuple[str, str]


@dataclass(frozen=True)
class Column:
    """One column: what it is sorted by, its head, its width in cells (0: what is left), what stands in it."""

    sort: str
    head: str
    width: int
    cell: Callable[[DeskRow], Cell]
    right: bool = False


def _count(value: int, style: str) -> Cell:
    if value < 0:
        return "…", "$faint"
    return (str(value), style) if value else ("–", "$faint")


def _name(row: DeskRow) -> Cell:
    return visible(row.name), "bold"


def _when(row: DeskRow) -> Cell:
    return row.when[:10] or "–", "$faint"


_COUNTS: tuple[tuple[str, str, str, int, Callable[[DeskRow], Cell]], ...] = (
    ("certain", "●", "certain", 3, lambda row: _count(row.certain, "bold $certain")),
    ("likely", "◐", "likely", 3, lambda row: _count(row.likely, "$likely")),
    ("possible", "○", "possible", 3, lambda row: _count(row.possible, "$possible")),
    ("asked", "?", "asked", 3, lambda row: _count(row.queries, "bold $accent")),
    ("unwritten", "*", "unwritten", 3, lambda row: _count(row.pending, "bold $changed")),
)


def columns(width: int) -> tuple[Column, ...]:
    """The columns of a list so many cells wide."""
    wide = width >= WIDE
    counts = (
        Column(sort, f"{sign} {word}" if wide else sign, max(cells, len(word) + 2) if wide else cells, cell, right=True)
        for sort, sign, word, cells, cell in _COUNTS
    )
    return (
        Column("name", "document", 0, _name),
        Column("state", "state", 9, lambda row: (visible(row.state), "")),
        *counts,
        Column("last", "last", 10, _when),
        Column("by", "by", 20 if wide else 11, lambda row: (shortened(row.person, 40) or "–", "$faint")),
    )


def _placed(width: int) -> list[tuple[Column, int]]:
    """The columns with the cells that each takes; the first has what is left."""
    made = columns(width)
    taken = sum(column.width for column in made) + 2 * (len(made) - 1)
    return [(column, column.width or max(8, width - taken)) for column in made]


def heads(width: int, sort: str, *, backwards: bool) -> Content:
    """The heads, with a sign at the column that the documents are sorted by."""
    parts: list[Content] = []
    for column, cells in _placed(width):
        here = sort == column.sort or (sort, column.sort) == ("open", "certain")
        mark = ("▲" if backwards else "▼") if here else ""
        head = Content.styled(column.head, "bold" if here else "$faint")
        parts.append(_fitted(Content.assemble(head, (mark, "bold $primary")), cells, right=column.right))
    return Content(" ") + Content("  ").join(parts)


def head_at(width: int, x: int) -> str:
    """What a list is sorted by whose heads were clicked at a cell."""
    placed = _placed(width)
    ends = accumulate(cells + 2 for _, cells in placed)
    return next((column.sort for (column, _), end in zip(placed, ends, strict=True) if x - 1 < end), "name")


@lru_cache(512)
def desk_line(row: DeskRow, width: int) -> Content:
    """A document and how it stands."""
    placed = _placed(width)
    if row.trouble:
        name = set_cell_size(visible(row.name), placed[0][1])
        return Content.assemble((name, "bold"), ("  ! ", "bold $accent"), (shortened(row.trouble, 400), "$accent"))
    parts: list[Cell] = []
    for number, (column, cells) in enumerate(placed):
        text, style = column.cell(row)
        if column.right:
            text = f"{text[:-3]}k" if len(text) > cells else text
            parts.append((text.rjust(cells), style))
        else:
            title = column.sort == "name" and row.title and cells > cell_len(text) + 8
            name = f"{text}  " if title else _cut(text, cells)
            parts.append((name, style))
            if title:
                parts.append((_cut(shortened(row.title, 120), cells - cell_len(name)), "$faint"))
        if number < len(placed) - 1:
            parts.append(("  ", style))
    return Content.assemble(*_merged(parts))


def _cut(text: str, cells: int) -> str:
    """A text in so many cells, with an ellipsis where there is more of it."""
    return set_cell_size(text, cells) if cell_len(text) <= cells else set_cell_size(text, cells - 1) + "…"


def _merged(parts: list[Cell]) -> list[Cell]:
    """Neighbours of one style as one: each stretch is drawn by itself."""
    found: list[Cell] = []
    for text, style in parts:
        if found and (found[-1][1] == style or not text.strip()):
            found[-1] = (found[-1][0] + text, found[-1][1])
        else:
            found.append((text, style))
    return found


def _fitted(content: Content, cells: int, *, right: bool = False) -> Content:
    content = content.truncate(cells, ellipsis=True)
    space = max(0, cells - content.cell_length)
    return content.pad_left(space) if right else content.pad_right(space)


class DeskLines(Sequence[Content]):
    """Rows as lines that are made when they are drawn."""

    def __init__(self, rows: Sequence[DeskRow], width: Callable[[], int]) -> None:
        self._rows = rows
        self._width = width

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Content: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Content]: ...
    def __getitem__(self, at: int | slice) -> Content | Sequence[Content]:
        if isinstance(at, slice):
            return [desk_line(row, self._width()) for row in self._rows[at]]
        return desk_line(self._rows[at], self._width())


def summary(sums: Totals) -> Content:
    """What is to be done in an edition, in a line; the same words as the plain command's."""
    return Content.assemble(*((text, "bold" if number else "") for number, text in enumerate(told(sums))))


def bar(sums: Totals, width: int) -> Content:
    """How far the edition has come: a bar in which each state has a sign of its own, and the counts."""
    known = {state: sums.states.get(state, 0) for state in reversed(STATES)}
    legend = " ".join(f"{BARS[state]} {count:,} {state}" for state, count in known.items())
    cells = max(0, width - len(legend) - 2)
    total = max(1, sum(known.values()))
    ends = [round(cells * reached / total) for reached in accumulate(known.values())]
    starts = [0, *ends[:-1]]
    drawn = "".join(BARS[state] * (end - start) for state, start, end in zip(known, starts, ends, strict=True))
    return Content.assemble((drawn.ljust(cells), "$primary"), "  ", (legend, "$faint"))
