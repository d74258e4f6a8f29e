"""States and second readers of an edition in words and as data; the same for the commands and the screens."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from obelos_history import Decision, DocumentHistory, Standing, read_records
from obelos_transcripts import BadInput, Edition, Lines, Span, visible

CONTEXT = 32
"""Code points of context on either side of a passage."""


@dataclass(frozen=True)
class Place:
    """A decision where its passage stands in the working text.

    Attributes:
        span: Half-open, code points of the working text.
        line: Of its start, from 1.
        before, now, after: The passage as it reads now, and what stands around it.
    """

    document: str
    decision: Decision
    span: Span
    line: int
    before: str
    now: str
    after: str


def places(history: DocumentHistory, decisions: Sequence[Decision]) -> list[Place]:
    """Committed decisions with their passages, in the order of the text."""
    if not decisions:
        return []
    current = history.replay(history.committed)
    lines = Lines(current.text)
    spans = {piece.decision.id: piece.working for piece in current.pieces if piece.decision}
    twins = {(p.decision.place.span, p.decision.reading): p.working for p in current.pieces if p.decision}
    found = []
    for decision in decisions:
        span = spans.get(decision.id) or twins.get((decision.place.span, decision.reading))
        span = span or current.to_working(decision.place.span)
        before, after = current.text[max(0, span.start - CONTEXT) : span.start], current.text[span.end :][:CONTEXT]
        now = current.text[span.start : span.end]
        found.append(Place(history.name, decision, span, lines.at(span.start)[0], before, now, after))
    return sorted(found, key=lambda place: (place.span, place.decision.id))


def owner(edition: Edition, ident: str) -> tuple[str, str]:
    """The document and the whole id of a written decision, by the beginning of its id.

    Raises:
        BadInput: None begins so, or several do.
    """
    begun = [
        name
        for name in edition.names()
        if any(path.name.startswith(ident.upper()) for path in edition.history(name).glob("*.yaml"))
    ]
    found = [
        (name, decision.id)
        for name in begun
        for decision in read_records(edition.history(name)).decisions
        if decision.id.startswith(ident.upper())
    ]
    if len(found) != 1 or not ident:
        what = "is the beginning of several ids" if found else "is the id of no decision that is written"
        raise BadInput.at("ID", None, f"“{ident}” {what}; “obelos waiting” and “obelos log” list them")
    return found[0]


def told(standing: Standing, *, short: bool = False) -> Iterator[str]:
    """How a document stands, line by line; ``short``: what is open is counted only."""
    record = standing.record
    since = f", {record.resp}, {record.when:%Y-%m-%d}" if record else ""
    queried = ", queried" if standing.queried else ""
    yield f"{standing.document}: {standing.state}{queried}{since}"
    if record and record.note:
        yield f"  note: {record.note}"
    if standing.why and standing.void:
        last = standing.void[-1].record
        yield f"  {last.state}, said by {last.resp} on {last.when:%Y-%m-%d}, does not hold: {standing.why}"
    for what, decisions in open_in(standing):
        yield f"  {what}: {len(decisions)}" if short else f"  {what}:"
        if short:
            continue
        yield from (f"    {d.id}  {visible(d.summary())} ({d.disposition}, {d.resp})" for d in decisions)


def open_in(standing: Standing) -> Iterator[tuple[str, Sequence[Decision]]]:
    """What is open in a document: what it is called, and the decisions."""
    clashing = [one for pair in standing.contradictions for one in pair]
    named = (
        ("asked", standing.queries),
        ("contradicting each other", tuple(dict.fromkeys(clashing))),
        ("without a place in the base text", standing.orphans),
        (f"changed since it was {standing.state}", standing.reopened),
        ("waiting for a second reader", standing.waiting),
    )
    return (each for each in named if each[1])


def as_data(standing: Standing) -> dict[str, Any]:
    """How a document stands, for JSON."""
    record = standing.record
    return {
        "document": standing.document,
        "state": standing.state,
        "queried": standing.queried,
        "record": record.id if record else None,
        "person": record.resp if record else None,
        "when": record.when.isoformat() if record else None,
        "note": record.note if record else None,
        "readers": list(standing.readers),
        "queries": [d.id for d in standing.queries],
        "contradictions": [[one.id, other.id] for one, other in standing.contradictions],
        "orphans": [d.id for d in standing.orphans],
        "reopened": [d.id for d in standing.reopened],
        "waiting": [d.id for d in standing.waiting],
        "void": [{"record": v.record.id, "state": v.record.state, "why": v.why} for v in standing.void],
    }


def place_as_data(place: Place) -> dict[str, Any]:
    """A decision with its passage, for JSON."""
    decision = place.decision
    return {
        "document": place.document,
        "decision": decision.id,
        "disposition": decision.disposition,
        "line": place.line,
        "start": place.span.start,
        "end": place.span.end,
        "was": decision.place.exact,
        "reading": decision.reading,
        "before": place.before,
        "now": place.now,
        "after": place.after,
        "person": decision.resp,
        "when": decision.when.isoformat(),
        "note": decision.note,
        "source": decision.source,
    }
