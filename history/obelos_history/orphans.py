"""Orphans: decisions that have no place in the base text that holds now, and what an editor does about them."""

from dataclasses import dataclass
from datetime import datetime

from obelos_transcripts.errors import BadInput
from obelos_transcripts.text import Lines, Span, decode

from .carrying import carry, known_anchors
from .decision import Decision
from .document_history import DocumentHistory
from .records import gathered
from .repository import Person
from .retract import retract


@dataclass(frozen=True)
class Orphan:
    """A decision without a place.

    Attributes:
        span: Where its words would have to stand in the working text.
        line: The line of that, from 1.
        reads: What stands there.
        written: Whether it is committed; else it is still pending.
    """

    decision: Decision
    span: Span
    line: int
    reads: str
    written: bool


def orphans(history: DocumentHistory) -> tuple[Orphan, ...]:
    """The orphans of a document, in the order of the text.

    Raises:
        BadInput, Refused: The decisions contradict each other, or an earlier base text is missing.
    """
    lost = [(d, True) for d in history.settled.orphans] + [(d, False) for d in history.pending.lost]
    if not lost:
        return ()
    records = gathered((*history.records.all, *history.pending.lost))
    names = {d.base for d in records.decisions} | {one.base for one in records.bases}
    texts = {blob: decode(data, blob) for blob, data in history.repository.blobs(sorted(names)).items()}
    carried = carry(records, texts, history.base, history.base_id)
    known = known_anchors(records, history.base_id)
    current = history.replayed()
    lines = Lines(current.text)
    found = []
    for decision, written in lost:
        base = carried[decision.id].stands if decision.id in carried else known.get(decision.id, decision.place.span)
        span = current.to_working(base)
        found.append(Orphan(decision, span, lines.at(span.start)[0], current.text[span.start : span.end], written))
    return tuple(sorted(found, key=lambda one: (one.span, one.decision.id)))


def orphan_of(history: DocumentHistory, ident: str) -> Orphan:
    """The orphan whose id begins so.

    Raises:
        BadInput: There is none, or several.
    """
    found = [one for one in orphans(history) if one.decision.id.startswith(ident.upper())]
    if len(found) != 1:
        what = "is the beginning of several ids" if found else "is the id of no decision that has lost its place"
        raise BadInput.at(history.name, None, f"“{ident}” {what}; “obelos orphans {history.name}” lists them")
    return found[0]


def give_up(history: DocumentHistory, orphan: Orphan, note: str, person: Person, now: datetime) -> str | None:
    """Be done with an orphan: it is taken back by a record of its own, and that is committed; the commit.

    One that was never written is just forgotten: None.

    Raises:
        BadInput: There is no reason.
        Refused: As for `retract`.
    """
    if not orphan.written:
        history.forget_lost(orphan.decision.id)
        return None
    return retract(history, orphan.decision.id, note, person, now)[1]
