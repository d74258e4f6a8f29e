"""Kind ``notes``: anchors and bodies of notes that do not match, in either notation.

``what: bodyless`` (an anchor without its note), ``anchorless`` (a note that nothing refers to), ``order``,
``repeated`` (two anchors, or two bodies, of one label).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from obelos_transcripts import Layer, Span
from obelos_transcripts.schema import Field, Problems, choice

from ..model import Detector, Hit
from ..reading import Reading
from .base import Kind, Values

_SHOWN = 40
"""Code points of a note that are flagged when the note as a whole is meant."""

_ANCHOR = re.compile(r"\[(?:footnote|endnote)Ref:(\w{1,12})\]")


def _build(values: Values, problems: Problems, line: int) -> Detector:
    search = {"bodyless": _bodyless, "anchorless": _anchorless, "order": _order, "repeated": _repeated}[values["what"]]

    def detect(reading: Reading, layers: tuple[Layer, ...]) -> Iterable[Hit]:
        return search(reading)

    return detect


def _bodyless(reading: Reading) -> Iterator[Hit]:
    # A number in brackets that no line at the foot answers is an insertion; only among answered ones is it a note.
    answered = _answered(reading)
    for note in reading.layered.notes:
        if note.anchor and note.body is None and (answered or note.notation == "reference"):
            yield Hit(*note.anchor, (), {"label": note.label})


def _answered(reading: Reading) -> bool:
    notes = [note for note in reading.layered.notes if note.notation == "foot"]
    return sum(note.body is not None and note.anchor is not None for note in notes) * 2 >= len(notes)


def _anchorless(reading: Reading) -> Iterator[Hit]:
    for note in reading.layered.notes:
        if note.anchor is None and note.body is not None:
            yield Hit(*_opening(reading.text, note.body), (), {"label": note.label})


def _opening(text: str, body: Span) -> tuple[int, int]:
    """Where a note begins: its first words, without the space before them."""
    start = body.end - len(text[body.start : body.end].lstrip())
    return start, min(body.end, start + _SHOWN)


def _order(reading: Reading) -> Iterator[Hit]:
    highest = 0
    for note in reading.layered.notes:
        if note.anchor is None or not note.label.isdecimal():
            continue
        if int(note.label) < highest:
            yield Hit(*note.anchor, (), {"label": note.label})
        highest = max(highest, int(note.label))


def _repeated(reading: Reading) -> Iterator[Hit]:
    seen = set()
    for anchor in _ANCHOR.finditer(reading.text):
        label = anchor[0]
        if label in seen:
            yield Hit(*anchor.span(), (), {"label": anchor[1]})
        seen.add(label)
    bodies = Counter(note.label for note in reading.layered.notes if note.body)
    for note in reading.layered.notes:
        if note.notation == "foot" and note.body and bodies[note.label] > 1 and note.anchor is None:
            yield Hit(*_opening(reading.text, note.body), (), {"label": note.label})


KIND = Kind(
    "notes",
    {"what": Field(choice("bodyless", "anchorless", "order", "repeated"), required=True)},
    _build,
    frozenset({"label"}),
)
