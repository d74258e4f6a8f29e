"""The versions side by side as a table of HTML: a row for each line that all have, variants marked, moves linked."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from html import escape
from itertools import accumulate, pairwise
from typing import NamedTuple

from obelos_transcripts import Row, VariantClass

from ..paper import safe
from .model import Collation, Variant
from .wording import NOTHING, harmless, spaces_shown, told


class _Stretch(NamedTuple):
    """Part of a row: its number, its class, and for each version where it starts and ends."""

    number: int
    kind: VariantClass | None
    spans: tuple[tuple[int, int], ...]


def columns(collation: Collation) -> Iterator[str]:
    """Lines of the table."""
    yield '<table class="text">\n<thead><tr><th class="line">line</th>'
    for number, version in enumerate(collation.versions):
        base = " (base)" if number == collation.table.base else ""
        yield f'<th scope="col" title="{safe(version.title)}">{safe(version.siglum)}{base}</th>'
    yield "</tr></thead>\n<tbody>"
    lines = collation.lines[collation.table.base]
    moves = _moves(collation)
    hints = {variant.number: _hint(collation, variant) for variant in collation.variants()}
    for passage in _passages(collation):
        same = "" if any(stretch.kind for stretch in passage) else ' class="same"'
        line = lines.at(passage[0].spans[collation.table.base][0])[0]
        yield f'<tr{same}><td class="line">{line}</td>'
        for number in range(len(collation.versions)):
            cell = "".join(_marked(collation, stretch, number, moves[number], hints) for stretch in passage)
            yield f'<td dir="auto">{cell.rstrip(chr(10))}</td>'
        yield "</tr>"
    yield "</tbody>\n</table>"


def _passages(collation: Collation) -> Iterator[list[_Stretch]]:
    """The rows, broken where a line ends in all versions, equal or not."""
    passage: list[_Stretch] = []
    for number, (row, kind) in enumerate(zip(collation.table.rows, collation.classes, strict=True)):
        if kind is not None:
            passage.append(_Stretch(number, kind, row.cells))
            if all(map(_ends_line, collation.table.readings(row))):
                yield passage
                passage = []
            continue
        for start, end, ends_line in _lines_of(collation.table.reading(row, collation.table.base)):
            passage.append(_Stretch(number, None, _part(row, start, end)))
            if ends_line:
                yield passage
                passage = []
    if passage:
        yield passage


def _ends_line(reading: str) -> bool:
    return "\n" in reading[len(reading.rstrip()) :]


def _lines_of(text: str) -> Iterator[tuple[int, int, bool]]:
    """Lines of a text with the empty ones after them, and whether they have an end."""
    start = 0
    at = text.find("\n")
    while at >= 0:
        while at < len(text) and text[at] in "\r\n":
            at += 1
        yield start, at, True
        start = at
        at = text.find("\n", start)
    if start < len(text):
        yield start, len(text), False


def _part(row: Row, start: int, end: int) -> tuple[tuple[int, int], ...]:
    return tuple((cell.start + start, cell.start + end) for cell in row.cells)


def _marked(collation: Collation, stretch: _Stretch, number: int, moves: "_Moves", hints: dict[int, str]) -> str:
    """What a version has in a stretch, marked as a variant, and as moved where it is."""
    text = collation.table.texts[number]
    start, end = stretch.spans[number]
    cuts = [start, *moves.between(start, end), end]
    pieces = [_piece(text[a:b], stretch.kind, moves, a) for a, b in pairwise(cuts) if a < b]
    if stretch.kind is None:
        return "".join(pieces)
    classes: list[str] = [stretch.kind]
    classes += ["other"] if collation.table.rows[stretch.number].groups[number] else []
    classes += ["none"] if start == end else []
    place = f' id="v{stretch.number}"' if number == collation.table.base else ""
    return (
        f'<mark{place} class="{" ".join(classes)}" title="{hints[stretch.number]}">{"".join(pieces) or NOTHING}</mark>'
    )


def _piece(text: str, kind: VariantClass | None, moves: "_Moves", start: int) -> str:
    # Where spaces differ their signs are shown, and line ends as signs and as what they are.
    shown = spaces_shown(text).replace("↵", "↵\n") if kind == "spacing" else text.replace("\r\n", "\n")
    shown = escape(harmless(shown))
    links = "".join(
        f'<a class="moved-to" id="{name}-{side}" href="#{name}-{other}" title="moved">⇄{name[1:]}</a>'
        for name, side, other in moves.starts.get(start, ())
    )
    return f'{links}<span class="moved">{shown}</span>' if moves.covers(start) else links + shown


class _Moves:
    """The moved passages of one version: where each starts, with its name and that of its other place."""

    def __init__(self, places: Sequence[tuple[tuple[int, int], tuple[str, str, str]]]) -> None:
        self.starts: dict[int, list[tuple[str, str, str]]] = {}
        for (start, _), link in places:
            self.starts.setdefault(start, []).append(link)
        spans = sorted(span for span, _ in places)
        self._cuts = sorted({cut for span in spans for cut in span})
        # Spans of several other versions may overlap in the base: as far as each and those before it reach.
        self._starts = [start for start, _ in spans]
        self._reach = list(accumulate((end for _, end in spans), max))

    def between(self, start: int, end: int) -> list[int]:
        """Where a passage starts or ends inside a stretch."""
        return self._cuts[bisect_right(self._cuts, start) : bisect_left(self._cuts, end)]

    def covers(self, position: int) -> bool:
        """Whether what stands at a position was moved."""
        place = bisect_right(self._starts, position)
        return place > 0 and position < self._reach[place - 1]


def _moves(collation: Collation) -> list[_Moves]:
    """The moved passages of each version; those of the base are linked with the versions that have them elsewhere."""
    places: list[list[tuple[tuple[int, int], tuple[str, str, str]]]] = [[] for _ in collation.versions]
    for count, (number, passage) in enumerate(collation.moved, 1):
        places[collation.table.base].append((passage.left, (f"m{count}", "from", "to")))
        places[number].append((passage.right, (f"m{count}", "to", "from")))
    return [_Moves(of_version) for of_version in places]


def _hint(collation: Collation, variant: Variant) -> str:
    """What is told of a variant where the pointer rests on it."""
    readings = told([reading for reading, _ in variant.readings])
    of = [", ".join(collation.sigla[number] for number in numbers) for _, numbers in variant.readings]
    return safe(
        f"{variant.kind}: " + "; ".join(f"{reading} ({sigla})" for reading, sigla in zip(readings, of, strict=True))
    )
