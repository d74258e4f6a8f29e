"""What the collation screen shows, worked out without a screen: versions in columns, where they differ, what is moved.

The working text is always the first version. Rows are numbered as in the table; a difference is known by the number
of its row, which stays the same when a decision changes the working text there.
"""

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from obelos_history import Decision
from obelos_transcripts import (
    VARIANT_CLASSES,
    ErrorRate,
    Layered,
    Lines,
    Moved,
    Row,
    Span,
    Table,
    VariantClass,
    character_errors,
    read_layers,
    visible,
    with_base,
    word_errors,
)
from obelos_transcripts.moved import moved
from obelos_transcripts.normal_forms import NONE, Lists, forms_of
from obelos_transcripts.variants import variants

from .notes_apart import collate_notes_apart
from .shown import ReviewState, Version
from .view import Mark, mark

MOST = 5
"""Versions that stand side by side, at most."""

_SHORT = 400
"""Code points of all readings together up to which what they share at both ends is looked for."""

_SOON = 200_000
"""Code points of two texts together whose error rates are counted anew after each decision."""


class Reading(NamedTuple):
    """A reading, the columns that have it, and the number that takes it: 0 for that of the working text."""

    text: str
    columns: tuple[int, ...]
    number: int


class Figures(NamedTuple):
    """Error rates between the first two versions, the second one read as the reference."""

    characters: ErrorRate
    words: ErrorRate


@dataclass(frozen=True)
class Collated:
    """Versions collated.

    Attributes:
        kinds: Class of each row of the table in which versions differ, in order.
        moves: For each version the passages that stand elsewhere in the working text (left) than in it (right).
        figures: None where they are not known.
    """

    versions: tuple[Version, ...]
    table: Table
    kinds: dict[int, VariantClass]
    moves: tuple[tuple[Moved, ...], ...]
    figures: Figures | None

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """The texts as they are shown, code point for code point."""
        return tuple(visible(version.text, keep_lines=True) for version in self.versions)

    @cached_property
    def lines(self) -> Lines:
        """Lines of the working text."""
        return Lines(self.versions[0].text)

    @cached_property
    def layered(self) -> Layered:
        """Layers of the working text."""
        return read_layers(self.versions[0].text)

    @cached_property
    def counts(self) -> dict[VariantClass, int]:
        """How many differences there are of each class."""
        found = Counter(self.kinds.values())
        return {kind: found[kind] for kind in VARIANT_CLASSES}

    def row(self, number: int) -> Row:
        """A row of the table."""
        return self.table.rows[number]

    def numbers(self, hidden: Collection[str] = ()) -> Sequence[int]:
        """The differences, in order, without those of hidden classes."""
        asked = frozenset(hidden)
        if asked not in self._asked:
            self._asked[asked] = [number for number, kind in self.kinds.items() if kind not in asked]
        return self._asked[asked]

    @cached_property
    def _asked(self) -> dict[frozenset[str], list[int]]:
        """The differences left by classes hidden, as they have been asked for: a collation never changes."""
        return {}

    def readings(self, number: int) -> tuple[Reading, ...]:
        """The readings of a row: that of the base first, the others in the order of the versions."""
        row = self.row(number)
        found: list[Reading] = []
        taken = 0
        for group in dict.fromkeys((0, *row.groups)):
            columns = tuple(n for n, other in enumerate(row.groups) if other == group)
            own = 0 in columns
            taken += not own
            found.append(Reading(self.table.reading(row, columns[0]), columns, 0 if own else taken))
        return tuple(found)

    def marks(self, column: int, hidden: Collection[str] = ()) -> list[Mark]:
        """Standing marks of a column: passages moved, then what differs from the base, or what others differ from."""
        text = self.versions[column].text
        moves = [m.left for each in self.moves for m in each] if column == 0 else [m.right for m in self.moves[column]]
        found = [mark(text, span, "moved") for span in moves]
        for number, kind in self.kinds.items():
            if kind in hidden:
                continue
            row = self.row(number)
            if row.groups[column]:
                style = "difference" if kind == "substantive" else "accidental"
            elif column == self.table.base:
                style = "lemma"
            else:
                continue
            found.append(mark(text, self.core(number, column), style))
        return found

    def core(self, number: int, column: int) -> Span:
        """What a version reads in a row without the spaces and points at both ends that all versions share there."""
        span = self.row(number).cells[column]
        own = self.versions[column].text[slice(*span)]
        found = {text for text in self.table.readings(self.row(number)) if text}
        if len(found) > 1 and own and sum(map(len, found)) <= _SHORT:
            tail = _shared([text[::-1] for text in found])
            head = _shared([text[: len(text) - tail] for text in found])
        else:
            head, tail = 0, len(own) - len(own.rstrip()) if own.strip() else 0
        return Span(span.start + head, span.end - tail)

    def hand_marks(self, number: int | None, column: int, *, at_hand: bool) -> list[Mark]:
        """The mark of the difference at hand in a column."""
        if number is None:
            return []
        return [mark(self.versions[column].text, self.core(number, column), "hand" if at_hand else "counterpart")]

    def place_of(self, number: int, column: int) -> tuple[Span, str]:
        """Where the working text would be corrected to what a version reads in a row, and to what.

        No more than differs: of *495,* and *493,* the comma is left alone.
        """
        row = self.row(number)
        here, there = self.table.reading(row, 0), self.table.reading(row, column)
        found = variants(here, there)
        if not found:
            return self.core(number, 0), there
        start, end = found[0].left.start, found[-1].left.end
        offset = row.cells[0].start
        return Span(offset + start, offset + end), there[found[0].right.start : found[-1].right.end]

    def nearest(self, column: int, position: int, hidden: Collection[str] = ()) -> int | None:
        """The difference at a position of a version; None where it has none."""
        number = self.table.row_at(column, position)
        return number if number in self.kinds and self.kinds[number] not in hidden else None

    def step(self, at: int | None, direction: int, hidden: Collection[str] = ()) -> int | None:
        """The next difference (direction 1) or the one before (-1), going round; None where there is none."""
        numbers = self.numbers(hidden)
        if not numbers:
            return None
        if at is None:
            return numbers[0 if direction > 0 else -1]
        place = bisect_right(numbers, at) if direction > 0 else bisect_left(numbers, at) - 1
        return numbers[place % len(numbers)]

    def moved_from(self, number: int, column: int) -> tuple[int, int] | None:
        """Column and position of the other place of a passage that was moved, where a row lies in one.

        Asked for the column at hand; for the working text's own cell, the passage of any version.
        """
        cells = self.row(number).cells
        for other, moves in enumerate(self.moves):
            for left, right in moves:
                if _touches(cells[0], left):
                    return other, right.start
                if other == column and _touches(cells[other], right):
                    return 0, left.start
        return None

    def with_base(self, base: int) -> "Collated":
        """The same with another version as the base of comparison."""
        table = with_base(self.table, base)
        return replace(self, table=table, kinds=_kinds(table))

    def with_working(self, text: str, at: int | None = None) -> "Collated | None":
        """The same with a working text that was changed within one row; None where it was changed elsewhere.

        ``at`` is the row that was decided on: at its edge another row could have been meant as well.
        """
        before = self.versions[0].text
        if text == before:
            return self
        start, end = _changed(before, text)
        holding = [n for n in (*self.kinds, *self._settled) if _holds(self.row(n).cells[0], start, end)]
        if not holding:
            return None
        number = min(holding, key=lambda n: (n != at, self.row(n).cells[0].end - self.row(n).cells[0].start))
        grown = len(text) - len(before)
        cells = [list(row.cells) for row in self.table.rows]
        cells[number][0] = Span(cells[number][0].start, cells[number][0].end + grown)
        for later in cells[number + 1 :]:
            later[0] = Span(later[0].start + grown, later[0].end + grown)
        texts = (text, *self.table.texts[1:])
        rows = tuple(Row(tuple(row), ()) for row in cells)
        table = with_base(replace(self.table, texts=texts, rows=rows), self.table.base)
        kinds = {n: kind for n, kind in self.kinds.items() if n != number}
        kind = table.kind(table.rows[number])
        if kind:
            kinds[number] = kind
        versions = (replace(self.versions[0], text=text), *self.versions[1:])
        moves = tuple(
            tuple(Moved(_shifted(m.left, start, grown), m.right) for m in each if not _holds(m.left, start, end))
            for each in self.moves
        )
        return replace(
            self,
            versions=versions,
            table=table,
            kinds=dict(sorted(kinds.items())),
            moves=moves,
            figures=_figures(versions) if len(text) < _SOON // 2 else None,
        )

    @cached_property
    def _settled(self) -> list[int]:
        """Short rows in which all agree: among them those that a decision has settled."""
        return [
            n
            for n, row in enumerate(self.table.rows)
            if row.agree and n not in self.kinds and row.cells[0].end - row.cells[0].start <= _SHORT
        ]


def collated(versions: Sequence[Version], base: int, lists: Lists = NONE) -> Collated:
    """The collation of some versions, the working text first; ``lists``: what the edition counts as one word.

    Takes a second or two a million characters.
    """
    table = collate_notes_apart([version.text for version in versions], base, forms_of(lists))
    working = versions[0].text
    moves = ((), *(tuple(moved(working, version.text)) for version in versions[1:]))
    return Collated(tuple(versions), table, _kinds(table), moves, _figures(versions))


def decided(state: ReviewState, span: Span) -> Decision | None:
    """The decision that stands at a passage of the working text; the one that changed it before any other."""
    changed = next((decision for place, decision in state.changed if _touches(place, span)), None)
    if changed:
        return changed
    others = (item for item in state.items if item.decision and _touches(item.span, span))
    return next((item.decision for item in others), None)


def _kinds(table: Table) -> dict[int, VariantClass]:
    found = ((number, table.kind(row)) for number, row in enumerate(table.rows) if not row.agree)
    return {number: kind for number, kind in found if kind}


def _figures(versions: Sequence[Version]) -> Figures | None:
    if len(versions) < 2:
        return None
    ours, theirs = versions[0].text, versions[1].text
    return Figures(character_errors(theirs, ours), word_errors(theirs, ours))


def _shared(texts: Collection[str]) -> int:
    """How many spaces and points all begin with, leaving each something else."""
    most = min(len(text) for text in texts) - 1
    count = 0
    first = next(iter(texts))
    while count < most and _is_stop(first[count]) and len({text[count] for text in texts}) == 1:
        count += 1
    return count


def _is_stop(char: str) -> bool:
    return char.isspace() or unicodedata.category(char)[0] == "P"


def _changed(before: str, after: str) -> tuple[int, int]:
    """Half-open span of the earlier text that the later one has otherwise."""
    shorter = min(len(before), len(after))
    start = _common(before, after, shorter)
    return start, len(before) - _common(before[::-1], after[::-1], shorter - start)


def _common(one: str, other: str, most: int) -> int:
    """How many characters both begin with."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low


def _holds(span: Span, start: int, end: int) -> bool:
    return span.start <= start and end <= span.end


def _touches(one: Span, other: Span) -> bool:
    """Whether two spans overlap; an empty one lies inside the other or at the same place."""
    return one == other or (one.start < other.end and other.start < one.end)


def _shifted(span: Span, behind: int, by: int) -> Span:
    return Span(span.start + by, span.end + by) if span.start >= behind else span


def nothing_collated(versions: Sequence[Version], most: int) -> tuple[tuple[str, ...], list[Row]]:
    """The beginnings of texts, as they are shown, unaligned: something to read while they are being collated."""
    texts = tuple(visible(version.text[:most], keep_lines=True) for version in versions)
    row = Row(tuple(Span(0, len(text)) for text in texts), tuple(range(len(texts))))
    return texts, [row]
