"""Layers: which part of a text is heading, body, note or editorial insertion.

The layers partition the text without loss: every code point lies in exactly one region. Notes come as Apache
POI writes them out of Word files (``[footnoteRef:1]`` in the text, ``[1:  body]`` at the end of the paragraph,
``endnoteRef`` likewise) or as ``[1] body`` lines at the foot of the file. The notation itself, like any other
square bracket, is an insertion: nothing that the source reads.
"""

import re
from bisect import bisect_right
from collections import defaultdict, deque
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

from .text import Span

Layer = Literal["heading", "body", "note", "insertion"]
LAYERS: tuple[Layer, ...] = ("heading", "body", "note", "insertion")

MASK = "\0"
"""Stands in a layer's view for every code point of another layer; no rule matches across it."""

_BRACKET = re.compile(r"[\[\]]")
_BRACKET_OR_LINE = re.compile(r"[\[\]\n]")
_REFERENCE = re.compile(r"\[(?P<kind>footnote|endnote)Ref:(?P<label>\w{1,12})\]")
_OPENING = re.compile(r"\[(\w{1,12}): ")
_FOOT_NOTE = re.compile(r"^\[(\d{1,4})\][ \t]+(?=\S)", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_HEADING_WIDTH = 70
_HEADING_LINES = 12


class Region(NamedTuple):
    """A stretch of one layer."""

    start: int
    end: int
    layer: Layer


@dataclass(frozen=True)
class Note:
    """A note: its label, where it is anchored, where its body stands (without the notation)."""

    label: str
    anchor: Span | None
    body: Span | None
    notation: Literal["reference", "foot"]


@dataclass(frozen=True)
class Layered:
    """A text read into layers. ``regions`` is an ordered partition; ``notes`` are in order of their anchors."""

    text: str
    regions: tuple[Region, ...]
    notes: tuple[Note, ...]

    @cached_property
    def _by_position(self) -> list[int]:
        return [region.start for region in self.regions]

    def layer_at(self, position: int) -> Layer:
        """Layer of a code point; that of the last one at the end of the text."""

        if not self.regions:
            return "body"
        return self.regions[max(0, bisect_right(self._by_position, position) - 1)].layer

    def view(self, *layers: Layer) -> str:
        """The text with every code point outside these layers, line ends apart, replaced by `MASK`.

        Positions in the view are positions in the text.
        """
        pieces = []
        for start, end, name in self.regions:
            piece = self.text[start:end]
            pieces.append(piece if name in layers else _masked(piece))
        return "".join(pieces)


def _masked(piece: str) -> str:
    return "\n".join(MASK * len(line) for line in piece.split("\n"))


def read_layers(text: str) -> Layered:
    """Read a text into layers and notes. Any text is accepted; what is not understood is body."""
    notes, insertions, bodies = _reference_notes(text)
    if not notes:
        notes, insertions, bodies = _foot_notes(text)
    marks: list[Region] = [Region(*span, "note") for span in bodies]
    marks += [Region(*span, "insertion") for span in insertions]
    marks += [Region(*span, "insertion") for span in _brackets(text, insertions)]
    heading = _heading_end(text, marks)
    return Layered(text, tuple(_partition(text, marks, heading)), tuple(notes))


def _reference_notes(text: str) -> tuple[list[Note], list[Span], list[Span]]:
    """Notes in Apache POI's notation; spans of the notation; spans of the bodies.

    A footnote and an endnote may bear the same label; the bodies do not say which they are, so they are taken in
    the order of the anchors.
    """
    insertions: list[Span] = []
    anchors: dict[tuple[str, str], Span] = {}  # by kind and label; of a note referred to twice, the first
    for m in _REFERENCE.finditer(text):
        insertions.append(Span(*m.span()))
        anchors.setdefault((m["kind"], m["label"]), Span(*m.span()))
    if not anchors:
        return [], [], []
    open_anchors: dict[str, deque[Span]] = defaultdict(deque)
    for (_, label), anchor in anchors.items():
        open_anchors[label].append(anchor)
    openings = [m for m in _OPENING.finditer(text) if m[1] in open_anchors or _follows_bracket(text, m.start())]
    closings = _closings(text)
    notes: list[Note] = []
    bodies: list[Span] = []
    end_of_last = 0
    for number, m in enumerate(openings, 1):
        following = openings[number] if number < len(openings) else None
        if m.start() < end_of_last:
            continue
        waiting = open_anchors.get(m[1], deque())
        known = bool(waiting) and waiting[0].end <= m.start()
        # A body without an anchor is told from an editor's "[N: …]" by standing behind a note or a reference.
        if not known and not (m[1].isdigit() and _follows_bracket(text, m.start())):
            continue
        close = closings.get(m.start(), len(text))
        if close == len(text) or (following and following.start() < close and following[1] in open_anchors):
            close = _closing_in_line(text, m, following)
        body = Span(m.end(), max(m.end(), close))
        notes.append(Note(m[1], waiting.popleft() if known else None, body, "reference"))
        bodies.append(body)
        insertions += [Span(*m.span()), Span(body.end, min(body.end + (text[close : close + 1] == "]"), len(text)))]
        end_of_last = body.end
    notes += [Note(label, anchor, None, "reference") for label, rest in open_anchors.items() for anchor in rest]
    notes.sort(key=lambda note: (note.anchor or note.body or Span(0, 0)).start)
    return notes, [span for span in insertions if span.start < span.end], bodies


def _follows_bracket(text: str, position: int) -> bool:
    while position and text[position - 1] == " ":
        position -= 1
    return position > 0 and text[position - 1] == "]"


def _closings(text: str) -> dict[int, int]:
    """Position of the bracket that closes each opening one, by position; those that nothing closes are absent."""
    closings: dict[int, int] = {}
    waiting: list[int] = []
    for m in _BRACKET.finditer(text):
        if m.group() == "[":
            waiting.append(m.start())
        elif waiting:
            closings[waiting.pop()] = m.start()
    return closings


def _closing_in_line(text: str, opening: re.Match[str], following: re.Match[str] | None) -> int:
    """Where a note ends whose brackets do not match: at the last bracket before the next note or the line's end."""
    end = text.find("\n", opening.end())
    end = len(text) if end < 0 else end
    if following and following.start() < end:
        end = following.start()
    last = text.rfind("]", opening.end(), end)
    return end if last < 0 else last


def _foot_notes(text: str) -> tuple[list[Note], list[Span], list[Span]]:
    """``[1] body`` lines at the foot of the file, and their anchors above."""
    openings: list[re.Match[str]] = []
    for m in reversed(list(_FOOT_NOTE.finditer(text))):
        # Only the last block of such lines: what follows each must be another, or the end.
        end = openings[-1].start() if openings else len(text)
        if openings and _BLANK_LINE.search(text[m.end() : end].strip("\r\n")):
            break
        openings.append(m)
    openings.reverse()
    if not openings:
        return [], [], []
    first = openings[0].start()
    # A higher number in brackets is no anchor that lost its note but, say, a year that the editor supplied.
    highest = max(int(m[1]) for m in openings)
    anchors: dict[str, Span] = {}
    insertions: list[Span] = []
    for m in re.finditer(r"\[(\d{1,4})\]", text[:first]):
        if int(m[1]) <= highest:
            anchors.setdefault(m[1], Span(*m.span()))
    if not anchors:
        return [], [], []
    insertions += anchors.values()
    notes, bodies = [], []
    ends = [m.start() for m in openings[1:]] + [len(text)]
    for m, end in zip(openings, ends, strict=True):
        body = Span(m.end(), m.end() + len(text[m.end() : end].rstrip()))
        bodies.append(body)
        insertions.append(Span(*m.span()))
        notes.append(Note(m[1], anchors.pop(m[1], None), body, "foot"))
    notes += [Note(label, anchor, None, "foot") for label, anchor in anchors.items()]
    notes.sort(key=lambda note: (note.anchor or note.body or Span(0, 0)).start)
    return notes, insertions, bodies


def _brackets(text: str, notation: list[Span]) -> list[Span]:
    """Outermost square brackets that close within their line and lie in no note notation."""
    spans: list[Span] = []
    depth, start = 0, 0
    skip = dict(notation)
    position = 0
    while m := _BRACKET_OR_LINE.search(text, position):
        at = m.start()
        position = at + 1
        if at in skip:
            depth, position = 0, max(skip[at], at + 1)
        elif m.group() == "[":
            start = start if depth else at
            depth += 1
        elif m.group() == "]" and depth:
            depth -= 1
            if not depth:
                spans.append(Span(start, at + 1))
        elif m.group() == "\n":
            depth = 0
    return spans


def _heading_end(text: str, marks: list[Region]) -> int:
    """Where the heading ends: the short lines without a full stop that a longer text follows.

    A fragment that consists of such lines only has no heading.
    """
    waiting = deque(sorted(marks))
    covered = start = end = before = lines = width = 0
    while start < len(text):
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        covered, plain = _outside(text, start, stop, waiting, covered)
        shown = plain.strip("\r \t\ufeff")
        if shown:
            if len(shown) > _HEADING_WIDTH or shown[-1] in ".?!:;,)" or lines >= _HEADING_LINES:
                return before if _continues(width, shown) else end
            if _continues(width, shown):
                return before
            lines, width = lines + 1, len(shown)
            before, end = end, stop + 1
        start = stop + 1
    return 0


def _outside(text: str, start: int, stop: int, waiting: deque[Region], covered: int) -> tuple[int, str]:
    """How far the marks reach that begin before the end of a line, and the line without them."""
    pieces = []
    at = max(start, covered)
    while waiting and waiting[0].start < stop:
        mark = waiting.popleft()
        pieces.append(text[at : max(at, mark.start)])
        covered = max(covered, mark.end)
        at = max(at, covered)
    pieces.append(text[at:stop] if at < stop else "")
    return covered, "".join(pieces)


def _continues(width: int, line: str) -> bool:
    """Whether a line goes on with the sentence of the one before it, which was ``width`` wide: wrapped body text."""
    return width > _HEADING_WIDTH // 2 and line[0].islower()


def _partition(text: str, marks: list[Region], heading: int) -> list[Region]:
    """Marks laid over heading and body; a mark inside another wins over it."""
    cuts: list[Region] = [Region(0, min(heading, len(text)), "heading")]
    cuts.append(Region(min(heading, len(text)), len(text), "body"))
    edges = sorted({0, len(text), *(e for r in [*marks, *cuts] for e in (r.start, r.end))})
    layered = sorted([*cuts, *marks], key=lambda r: (r.start, -r.end))
    regions: list[Region] = []
    stack: list[Region] = []
    following = iter(layered)
    pending = next(following, None)
    for start, end in pairwise(edges):
        while stack and stack[-1].end <= start:
            stack.pop()
        while pending and pending.start <= start:
            if pending.end > start:
                stack.append(pending)
            pending = next(following, None)
        layer: Layer = min((r for r in stack if r.end > start), key=lambda r: r.end - r.start).layer
        if regions and regions[-1].layer == layer:
            regions[-1] = Region(regions[-1].start, end, layer)
        else:
            regions.append(Region(start, end, layer))
    return regions
