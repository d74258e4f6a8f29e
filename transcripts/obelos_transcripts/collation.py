"""Two or more versions of a document side by side: a table without loss.

The cells of a column, joined, are that version, code point for code point. Which version is the base, and in which
order they are given, changes how the rows are told, never which readings stand in one row: versions are aligned to
each other, in an order that only their texts decide.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from .normalising import NormalForms
from .rows import Cells, rows_of
from .text import Span
from .variants import VARIANT_CLASSES, VariantClass, classify_within


class Row(NamedTuple):
    """Readings that answer to each other: for each version the span of its reading, empty where it has nothing.

    ``groups`` has a number for each version; those that read exactly the same have the same number, the base has 0.
    """

    cells: tuple[Span, ...]
    groups: tuple[int, ...]

    @property
    def agree(self) -> bool:
        """Whether all read the same."""
        return not any(self.groups)


@dataclass(frozen=True)
class Table:
    """Versions in columns. Rows in which all agree are as long as can be; the others are as short as makes sense."""

    texts: tuple[str, ...]
    base: int
    rows: tuple[Row, ...]
    forms: NormalForms | None = None
    """What an edition takes for one word besides; without them what the package knows."""

    def reading(self, row: Row, witness: int) -> str:
        """What a version has in a row; nothing where it lacks it."""
        return self.texts[witness][slice(*row.cells[witness])]

    def readings(self, row: Row) -> list[str]:
        """All cells of a row, in the order of the versions."""
        return [text[start:end] for text, (start, end) in zip(self.texts, row.cells, strict=True)]

    def kind(self, row: Row) -> VariantClass | None:
        """The gravest class among the differences of a row from the base; none where all agree."""
        kinds = {self.difference(row, self.base, row.groups.index(group)) for group in set(row.groups) - {0}}
        return next((kind for kind in VARIANT_CLASSES if kind in kinds), None)

    def difference(self, row: Row, one: int, other: int) -> VariantClass | None:
        """The gravest class among the differences of two versions in a row; none where they read the same."""
        if row.groups[one] == row.groups[other]:
            return None
        left, right = self.reading(row, one), self.reading(row, other)
        if not (left and right) and any(map(str.isalnum, left + right)):
            return "substantive"  # the most frequent case, and the cheapest to tell
        return classify_within(self.texts[one], row.cells[one], self.texts[other], row.cells[other], self.forms)

    def substantive_groups(self, row: Row) -> tuple[int, ...]:
        """As ``groups``, but versions that differ in accidentals only have the same number too."""
        leaders = [self.base]
        found: dict[int, int] = {0: 0}
        for witness, group in enumerate(row.groups):
            if group in found:
                continue
            alike = (n for n, leader in enumerate(leaders) if self.difference(row, leader, witness) != "substantive")
            found[group] = next(alike, len(leaders))
            if found[group] == len(leaders):
                leaders.append(witness)
        return tuple(found[group] for group in row.groups)

    def counts(self) -> dict[VariantClass, int]:
        """How many rows there are of each class, those of which there are none included."""
        found = Counter(self.kind(row) for row in self.rows if not row.agree)
        return {kind: found[kind] for kind in VARIANT_CLASSES}

    def row_at(self, witness: int, position: int) -> int:
        """The number of the row where a code point of a version stands; of the end of the text, the last row."""
        return max(0, min(bisect_right(self._starts[witness], position), len(self.rows)) - 1)

    @cached_property
    def _starts(self) -> list[list[int]]:
        return [[row.cells[n].start for row in self.rows] for n in range(len(self.texts))]


def collate(texts: Sequence[str], base: int = 0, forms: NormalForms | None = None) -> Table:
    """The table of some versions, of which one is the base of comparison.

    ``forms`` changes the classes of the differences, never the rows.

    Raises:
        ValueError: There is no version, or none of that number.
    """
    if not 0 <= base < len(texts):
        raise ValueError(f"no version has the number {base}")
    # The same table whatever the order: only the texts say which comes first.
    distinct = sorted(set(texts), key=lambda text: (len(text), text))
    place = [distinct.index(text) for text in texts]
    rows = (Row(tuple([cells[n] for n in place]), ()) for cells in rows_of(distinct))
    return with_base(Table(tuple(texts), base, tuple(rows), forms), base)


def with_base(table: Table, base: int) -> Table:
    """The same table with another version as its base: as collating anew, without the work."""
    rows = tuple(Row(row.cells, _groups(table.texts, row.cells, base)) for row in table.rows)
    return Table(table.texts, base, rows, table.forms)


def _groups(texts: tuple[str, ...], cells: Cells, base: int) -> tuple[int, ...]:
    numbers = {texts[base][slice(*cells[base])]: 0}
    return tuple([numbers.setdefault(text[a:b], len(numbers)) for text, (a, b) in zip(texts, cells, strict=True)])
