"""Versions collated with their notes apart: a note that stands elsewhere, or nowhere, moves no word of the body.

Bodies are aligned with bodies, and a note with the note of the same label where both stand at the same place of the
body. Every version keeps its own order: a note that another version has elsewhere is a row of its own there. The table
is what `collate` promises: without loss, the same whatever the order and the base, rows in which all agree as long as
can be.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from obelos_transcripts import Row, Span, Table, collate, read_layers, with_base
from obelos_transcripts.normalising import NormalForms


class Piece(NamedTuple):
    """A note: its label, where it stands with its brackets, how it is written."""

    label: str
    span: Span
    notation: str


def collate_notes_apart(texts: Sequence[str], base: int, forms: NormalForms | None = None) -> Table:
    """The table of some versions; as `collate` where all have the same notes in the same notation."""
    distinct = sorted(set(texts), key=lambda text: (len(text), text))
    notes = [_notes(text) for text in distinct]
    if len({tuple((piece.label, piece.notation) for piece in each) for each in notes}) == 1:
        return collate(texts, base, forms)
    place = [distinct.index(text) for text in texts]
    woven = _joined(distinct, _Weaver(distinct, notes).rows())
    rows = tuple(Row(tuple(cells[n] for n in place), ()) for cells in woven)
    return with_base(Table(tuple(texts), base, rows, forms), base)


def _joined(texts: Sequence[str], rows: Iterable[tuple[Span, ...]]) -> Iterator[tuple[Span, ...]]:
    """The rows, those next to each other in which all agree put together."""

    def agree(row: tuple[Span, ...]) -> bool:
        return len({text[start:end] for text, (start, end) in zip(texts, row, strict=True)}) == 1

    for alike, group in groupby(rows, agree):
        found = list(group)
        if alike:
            found = [tuple(Span(one.start, other.end) for one, other in zip(found[0], found[-1], strict=True))]
        yield from found


def _notes(text: str) -> list[Piece]:
    """The notes whose body stands in the text, in its order, with their notation."""
    found: list[Piece] = []
    for note in sorted((n for n in read_layers(text).notes if n.body), key=lambda n: n.body or Span(0, 0)):
        body = note.body or Span(0, 0)
        start = text.rfind("[", 0, body.start)
        end = body.end + (note.notation == "reference" and text[body.end : body.end + 1] == "]")
        if start >= 0 and (not found or found[-1].span.end <= start):
            found.append(Piece(note.label, Span(start, end), note.notation))
    return found


class _Weaver:
    """Puts the rows of the bodies and of the notes together, each version read from start to end."""

    def __init__(self, texts: Sequence[str], notes: Sequence[list[Piece]]) -> None:
        self._texts = texts
        self._notes = notes
        self._at = [0] * len(texts)  # how far each version has been put into rows
        self._next = [0] * len(texts)  # which of its notes comes next

    def rows(self) -> list[tuple[Span, ...]]:
        """All rows, in order."""
        found: list[tuple[Span, ...]] = []
        table = collate([self._body(n) for n in range(len(self._texts))])
        self._put_notes(found)
        for row in table.rows:
            left = [cell.end - cell.start for cell in row.cells]
            while any(left):
                sizes = [self._before_note(n, size) for n, size in enumerate(left)]
                if row.agree:
                    sizes = [min(sizes)] * len(sizes)
                self._put(found, sizes)
                self._put_notes(found)
                left = [size - put for size, put in zip(left, sizes, strict=True)]
        return found

    def _body(self, n: int) -> str:
        ends = [0, *(piece.span.end for piece in self._notes[n])]
        starts = [*(piece.span.start for piece in self._notes[n]), len(self._texts[n])]
        return "".join(self._texts[n][a:b] for a, b in zip(ends, starts, strict=True))

    def _waiting(self, n: int) -> Piece | None:
        return self._notes[n][self._next[n]] if self._next[n] < len(self._notes[n]) else None

    def _before_note(self, n: int, size: int) -> int:
        """How many of so many code points of a body stand before its next note."""
        piece = self._waiting(n)
        return min(size, piece.span.start - self._at[n]) if piece else size

    def _put(self, found: list[tuple[Span, ...]], sizes: Sequence[int]) -> None:
        """A row of so many code points of each body."""
        cells = tuple(Span(at, at + size) for at, size in zip(self._at, sizes, strict=True))
        self._at = [cell.end for cell in cells]
        found.append(cells)

    def _put_notes(self, found: list[tuple[Span, ...]]) -> None:
        """The notes that stand here: those of one label side by side, compared word by word."""
        while ready := [n for n in range(len(self._texts)) if (p := self._waiting(n)) and p.span.start == self._at[n]]:
            label = self._notes[ready[0]][self._next[ready[0]]].label
            ready = [n for n in ready if self._notes[n][self._next[n]].label == label]
            spans = {n: self._notes[n][self._next[n]].span for n in ready}
            for row in collate([self._texts[n][slice(*spans[n])] for n in ready]).rows:
                cells = [Span(at, at) for at in self._at]
                for n, cell in zip(ready, row.cells, strict=True):
                    cells[n] = Span(self._at[n], self._at[n] + cell.end - cell.start)
                    self._at[n] = cells[n].end
                found.append(tuple(cells))
            for n in ready:
                self._next[n] += 1
