"""Where the witnesses of a document read otherwise than its working text: places, each with the readings there.

A place holds every difference that it touches whole, of all witnesses together; so a reading, put in its stead, is that
witness's text, letter for letter.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from obelos_transcripts import LAYERS, VARIANT_CLASSES, Layered, Span, Variant, VariantClass, read_layers
from obelos_transcripts.normal_forms import forms_of
from obelos_transcripts.tokens import words as words_of
from obelos_transcripts.variants import variants

from .reading import Reading, Words
from .vocabulary import shipped


@dataclass(frozen=True)
class Witnessed:
    """What one or several witnesses read at a place."""

    text: str
    sigla: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """A half-open span of the working text, the gravest class of what differs there, the likeliest reading first."""

    span: Span
    kind: VariantClass
    readings: tuple[Witnessed, ...]


def places_of(reading: Reading) -> tuple[Place, ...]:
    """The places where witnesses differ from a text, in order; none of a witness that is another text."""
    columns = [
        _Column(siglum, other, found)
        for siglum, other in sorted(reading.witnesses.items())
        if (found := _differences(reading, siglum, other)) and not _unlike(reading.text, other, found)
    ]
    words = reading.words(LAYERS)
    marks = [
        _Mark(_span(reading, words, variant, column.text), number, variant)
        for number, column in enumerate(columns)
        for variant in column.telling(reading)
    ]
    marks.sort(key=lambda mark: (mark.span, mark.column))
    return tuple(_places(marks, columns))


def _differences(reading: Reading, siglum: str, other: str) -> Sequence[Variant]:
    if siglum in reading.differences:
        return reading.differences[siglum]
    return variants(reading.text, other, forms_of(reading.forms))


class _Mark(NamedTuple):
    """Where a difference is told, the number of its column, the difference."""

    span: Span
    column: int
    variant: Variant


def _places(marks: list[_Mark], columns: list["_Column"]) -> Iterator[Place]:
    """The differences that overlap, as one place."""
    first = 0
    while first < len(marks):
        (start, end), after = marks[first].span, first + 1
        while after < len(marks) and marks[after].span.start < end:
            end = max(end, marks[after].span.end)
            after += 1
        if start < end:
            yield _place(Span(start, end), marks[first:after], columns)
        first = after


def _place(span: Span, marks: list[_Mark], columns: list["_Column"]) -> Place:
    found: dict[int, list[Variant]] = {}
    for mark in marks:
        found.setdefault(mark.column, []).append(mark.variant)
    readings: dict[str, list[str]] = {}
    for number in sorted(found):
        readings.setdefault(columns[number].reads(span, found[number]), []).append(columns[number].siglum)
    kind = min((mark.variant.kind for mark in marks), key=VARIANT_CLASSES.index)
    ranked = _ranked([Witnessed(text, tuple(sigla)) for text, sigla in readings.items()])
    return Place(span, kind, tuple(ranked))


class _Column:
    """A witness beside the working text."""

    def __init__(self, siglum: str, text: str, found: Sequence[Variant]) -> None:
        self.siglum = siglum
        self.text = text
        self._found = found
        self._ends = [variant.left.end for variant in found]

    def telling(self, reading: Reading) -> Iterator[Variant]:
        """The differences that tell of the source: not the edges of lines, not what an editor put in."""
        layered = read_layers(self.text) if "[" in self.text else None
        for variant in self._found:
            left, right = reading.text[slice(*variant.left)], self.text[slice(*variant.right)]
            if variant.kind == "spacing" and (
                "\n" in left + right or _at_edge(reading.text, variant.left) or _at_edge(self.text, variant.right)
            ):
                continue
            if right.strip():
                if layered and _inserted(layered, variant.right):
                    continue
            elif left.strip() and _inserted(reading.layered, variant.left):
                continue
            yield variant

    def reads(self, span: Span, own: list[Variant]) -> str:
        """What the witness has for a span of the working text with these differences, and what it has beside it."""
        start = min(self._at(span.start, after=True), min(variant.right.start for variant in own))
        end = max(self._at(span.end, after=False), max(variant.right.end for variant in own))
        return self.text[start:end]

    def _at(self, position: int, *, after: bool) -> int:
        """The position that answers to one of the working text, before or after what is put in there."""
        last = bisect_right(self._ends, position) - 1
        while last >= 0 and not after and self._found[last].left.start == position:
            last -= 1
        if last < 0:
            return position
        return self._found[last].right.end + position - self._found[last].left.end


def _at_edge(text: str, span: Span) -> bool:
    """Whether a span begins or ends with its line: how far a line is set in is no reading."""
    return any(
        not sign or sign in "\r\n"
        for sign in (text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1])
    )


def _inserted(layered: Layered, span: Span) -> bool:
    """Whether all words of a span are an editor's insertion."""
    text = layered.text[slice(*span)]
    start = span.start + len(text) - len(text.lstrip())
    end = span.start + len(text.rstrip())
    return layered.layer_at(start) == "insertion" == layered.layer_at(end - 1)


def _span(reading: Reading, words: Words, variant: Variant, other: str) -> Span:
    """Where a difference is told: what is put in or left out, with the word before and the word after."""
    start, end = variant.left
    one, two = reading.text[start:end], other[slice(*variant.right)]
    if (one.strip() and two.strip()) or (one and two and variant.kind == "spacing"):
        return variant.left
    before = bisect_left(words.starts, start) - 1
    after = bisect_right(words.ends, end)
    near = [
        (words.starts[number], words.ends[number])
        for number in (before, after)
        if 0 <= number < len(words) and _together(reading, words, number, Span(start, end))
    ]
    if not near and start == end:  # something must stand there that a finding can quote
        nearest = before if before >= 0 else after
        near = [(words.starts[nearest], words.ends[nearest])] if len(words) else []
    return Span(min([start, *(one for one, _ in near)]), max([end, *(other for _, other in near)]))


def _together(reading: Reading, words: Words, number: int, span: Span) -> bool:
    """Whether a word stands in the same line and layer as a place."""
    first, last = words.starts[number], words.ends[number]
    between = reading.text[last : span.start] if last <= span.start else reading.text[span.end : first]
    layer_at = reading.layered.layer_at
    at = max(0, span.start - 1) if first < span.start else span.end
    return not any(sign in between for sign in "\n[]") and layer_at(first) == layer_at(at)


def _unlike(text: str, other: str, found: Sequence[Variant]) -> bool:
    """Whether a witness has less than half of the words in common with the text: then it is another text."""
    changed = [variant for variant in found if variant.kind == "substantive"]
    own, others = len(words_of(text)[0]), len(words_of(other)[0])
    shared = own - sum(len(words_of(text[slice(*variant.left)])[0]) for variant in changed)
    return 2 * shared < max(own, others)


def _ranked(readings: list[Witnessed]) -> list[Witnessed]:
    """The likelier reading first: of more witnesses; of words that are known; of commoner words; then by sigla."""
    if len(readings) < 2:
        return readings
    words = [{word.lower().replace("’", "'") for word in words_of(one.text)[0]} for one in readings]
    own = [found.difference(*(words[:n] + words[n + 1 :])) for n, found in enumerate(words)]
    vocabulary = shipped()

    def rank(number: int) -> tuple[int, int, int]:
        letters = [word for word in own[number] if word.isalpha()]
        unknown = sum(word not in vocabulary.spelt for word in letters)
        # Where a reading has no word of its own, how common the others are says nothing.
        rarest = min((vocabulary.count(word) for word in letters), default=0) if all(own) else 0
        return -len(readings[number].sigla), unknown, -rarest

    return [readings[number] for number in sorted(range(len(readings)), key=rank)]
