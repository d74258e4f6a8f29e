"""Versions collated, as all formats tell them: the table, its variants one by one, how far the versions agree."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from obelos_transcripts import VARIANT_CLASSES, Lines, Row, VariantClass
from obelos_transcripts.agreement import Agreement, agreement
from obelos_transcripts.moved import Moved, moved
from obelos_transcripts.normal_forms import NONE, Lists, forms_of

from ..notes_apart import collate_notes_apart
from ..version import Version


@dataclass(frozen=True)
class Variant:
    """A row in which the versions differ.

    Attributes:
        number: Of the row in the table, from 0.
        line: Line of the base, from 1; with ``column`` where its reading begins, or would stand.
        kind: The gravest difference from the base.
        readings: Each reading once, that of the base first, with the numbers of the versions that have it.
    """

    number: int
    line: int
    column: int
    kind: VariantClass
    readings: tuple[tuple[str, tuple[int, ...]], ...]


class Collation:
    """Some versions and what comparing them gives; each figure is computed when it is asked for."""

    def __init__(self, versions: Sequence[Version], base: int = 0, lists: Lists = NONE) -> None:
        self.versions = tuple(versions)
        self.table = collate_notes_apart([version.text for version in versions], base, forms_of(lists))

    @property
    def sigla(self) -> list[str]:
        """The sigla, in the order of the columns."""
        return [version.siglum for version in self.versions]

    @property
    def base(self) -> Version:
        """The version that the others are compared with."""
        return self.versions[self.table.base]

    @cached_property
    def lines(self) -> list[Lines]:
        """Lines of each version."""
        return [Lines(version.text) for version in self.versions]

    @cached_property
    def classes(self) -> list[VariantClass | None]:
        """The class of each row; none where all agree."""
        return [None if row.agree else self.table.kind(row) for row in self.table.rows]

    @cached_property
    def counts(self) -> dict[VariantClass, int]:
        """How many variants there are of each class."""
        return {kind: self.classes.count(kind) for kind in VARIANT_CLASSES}

    def variants(self, wanted: Sequence[VariantClass] = VARIANT_CLASSES) -> Iterator[Variant]:
        """The rows that differ, of the classes wanted, in the order of the text."""
        lines = self.lines[self.table.base]
        for number, (row, kind) in enumerate(zip(self.table.rows, self.classes, strict=True)):
            if kind is not None and kind in wanted:
                line, column = lines.at(row.cells[self.table.base].start)
                yield Variant(number, line, column, kind, self._readings(row))

    def _readings(self, row: Row) -> tuple[tuple[str, tuple[int, ...]], ...]:
        found: dict[str, tuple[int, ...]] = {self.table.reading(row, self.table.base): ()}
        for number, reading in enumerate(self.table.readings(row)):
            found[reading] = (*found.get(reading, ()), number)
        return tuple(found.items())

    @cached_property
    def moved(self) -> list[tuple[int, Moved]]:
        """Passages that stand elsewhere than in the base, by version; the left place is the base's."""
        base = self.table.base
        return [
            (number, passage)
            for number, version in enumerate(self.versions)
            if number != base
            for passage in moved(self.base.text, version.text)
        ]

    @cached_property
    def agreements(self) -> list[tuple[int, Agreement]]:
        """How far each other version agrees with the base."""
        others = (number for number in range(len(self.versions)) if number != self.table.base)
        return [(number, agreement(self.table, number)) for number in others]
