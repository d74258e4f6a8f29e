"""Kind ``notes``: anchors and bodies of notes that do not match, in either notation.

``what: bodyless`` (an anchor without its note), ``anchorless`` (a note that nothing refers to), ``order``,
``repeated`` (two anchors, or two bodies, of one label), ``ibid`` (the first note says *Ibid.*), ``placement`` (anchors
now before, now after the stop; the less frequent way is flagged), ``stop`` (a note without its full stop among others
that have it), ``same`` (two notes of one wording).
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

_SHORTEST = 60
"""Code points of a note below which another may well say the same: *Not printed.*"""
_IBID = re.compile(r"\s*(?P<ibid>ibid)\b", re.IGNORECASE)
_ENDED = re.compile(r"[.?!…:)\]”’\"'»]\s*\Z")

_ANCHOR = re.compile(r"\[(?:footnote|endnote)Ref:(\w{1,12})\]")


def _build(values: Values, problems: Problems, line: int) -> Detector:
    search = _SEARCHES[values["what"]]

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


def _ibid(reading: Reading) -> Iterator[Hit]:
    first = next((note for note in reading.layered.notes if note.body), None)
    found = _IBID.match(reading.text, *first.body) if first and first.body else None
    if found:
        yield Hit(*found.span("ibid"), (), {"label": first.label if first else ""})


def _placement(reading: Reading) -> Iterator[Hit]:
    before, after = [], []
    for note in reading.layered.notes:
        if note.anchor and reading.text[note.anchor.end : note.anchor.end + 1] in (".", ","):
            before.append(note)
        elif note.anchor and reading.text[max(0, note.anchor.start - 1) : note.anchor.start] in (".", ","):
            after.append(note)
    rare = min((before, after), key=len)
    for note in rare if len(before) + len(after) > 2 * len(rare) else ():
        if note.anchor:
            yield Hit(*note.anchor, (), {"label": note.label})


def _stop(reading: Reading) -> Iterator[Hit]:
    bodies = [(note, note.body) for note in reading.layered.notes if note.body and note.body.start < note.body.end]
    open_ones = [(note, body) for note, body in bodies if not _ENDED.search(reading.text, body.end - 3, body.end)]
    for note, body in open_ones if len(open_ones) * 3 <= len(bodies) else ():
        end = body.start + len(reading.text[body.start : body.end].rstrip())
        if end > body.start:
            yield Hit(end - 1, end, (reading.text[end - 1] + ".",), {"label": note.label})


def _same(reading: Reading) -> Iterator[Hit]:
    seen: dict[str, str] = {}
    for note in reading.layered.notes:
        said = " ".join(reading.text[note.body.start : note.body.end].split()) if note.body else ""
        if note.body and said in seen and len(said) >= _SHORTEST:
            yield Hit(*_opening(reading.text, note.body), (), {"label": seen[said]})
        seen.setdefault(said, note.label)


_SEARCHES = {
    "bodyless": _bodyless,
    "anchorless": _anchorless,
    "order": _order,
    "repeated": _repeated,
    "ibid": _ibid,
    "placement": _placement,
    "stop": _stop,
    "same": _same,
}

KIND = Kind(
    "notes",
    {"what": Field(choice(*_SEARCHES), required=True, about="what is looked for; see above")},
    _build,
    frozenset({"label"}),
    __doc__ or "",
)
