"""From a judgement on a passage to a decision: its place in the base text, what it supersedes, its signature.

Pure functions. A decision that is replaced or taken back stays as it is; the new one supersedes it.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from ulid import ULID

from obelos_transcripts.errors import Refused
from obelos_transcripts.layers import read_layers
from obelos_transcripts.place import Place, place_of
from obelos_transcripts.text import Span

from .decision import USUAL_FAULT, Certainty, Decision, Disposition, Evidence, Fault, sound
from .replay import effective, replay


@dataclass(frozen=True)
class Judgement:
    """What an editor says of a passage, before it is placed and signed."""

    disposition: Disposition
    reading: str | None = None
    note: str = ""
    cert: Certainty = "unknown"
    evidence: Evidence | None = None
    source: str = ""
    fault: Fault | None = None
    rule: str | None = None
    fingerprint: str | None = None


@dataclass(frozen=True)
class Ground:
    """What a judgement is placed on: the base text of a document and the decisions taken so far."""

    document: str
    base: str
    base_id: str
    decisions: tuple[Decision, ...]


def placed(ground: Ground, span: Span, judgement: Judgement, resp: str, now: datetime) -> Decision:
    """The decision that a judgement on a span of the working text amounts to.

    A reading that restores the base text of a changed passage becomes a stet that supersedes the change.

    Raises:
        Refused: The passage holds several decisions, or the reading is what stands there already.
    """
    current = replay(ground.base, ground.base_id, ground.decisions)
    base_span, whole, touched = current.locate(span)
    place = place_of(ground.base, base_span, read_layers(ground.base).layer_at(base_span.start))
    answered = [
        d
        for d in effective(ground.decisions)
        if not d.changes_text and d.place.span == base_span and d.rule == judgement.rule
    ]
    if judgement.reading is None:
        return _signed(ground, place, judgement, _only(answered), resp, now)
    changed = list(touched)
    if changed:
        text = current.text
        reading = text[whole.start : span.start] + judgement.reading + text[span.end : whole.end]
        judgement = replace(judgement, reading=reading)
    if judgement.reading == place.exact:
        if not changed:
            raise Refused("this reading is what stands there already")
        judgement = replace(judgement, disposition="stet", reading=None)
    return _signed(ground, place, judgement, _only(changed or answered), resp, now)


def reverted(ground: Ground, ident: str, judgement: Judgement, resp: str, now: datetime) -> Decision:
    """The decision that takes a standing one back: what stood at its place before stands there again.

    Raises:
        Refused: There is no such decision, it does not stand any more, or it changed nothing.
    """
    standing = {decision.id: decision for decision in effective(ground.decisions)}
    decision = standing.get(ident)
    if decision is None:
        raise Refused(f"{ident} is no standing decision on {ground.document}: it is not there, or superseded already")
    if not decision.changes_text:
        raise Refused(f"{decision.summary()} changed nothing in the text; take another decision on the passage instead")
    before = next((d for d in ground.decisions if d.id == decision.supersedes and d.changes_text), None)
    if before and before.reading is not None:
        # The one taken back may have grown over its predecessor: what stood at the whole place stands again.
        place = decision.place
        lead, tail = before.place.start - place.start, before.place.end - place.start
        reading = place.exact[:lead] + before.reading + place.exact[tail:]
        judgement = replace(judgement, disposition=before.disposition, reading=reading)
    else:
        judgement = replace(judgement, disposition="stet", reading=None)
    return _signed(ground, decision.place, judgement, decision, resp, now)


def _only(decisions: list[Decision]) -> Decision | None:
    if len(decisions) > 1:
        raise Refused(
            f"this passage holds {len(decisions)} decisions ({', '.join(d.summary() for d in decisions)}). "
            "Choose a shorter passage, with one of them."
        )
    return decisions[0] if decisions else None


def _signed(
    ground: Ground, place: Place, judgement: Judgement, superseded: Decision | None, resp: str, now: datetime
) -> Decision:
    decision = Decision(
        id=new_id(now, ground.decisions),
        document=ground.document,
        base=ground.base_id,
        disposition=judgement.disposition,
        fault=judgement.fault or USUAL_FAULT[judgement.disposition],
        place=place,
        reading=judgement.reading,
        rule=judgement.rule,
        fingerprint=judgement.fingerprint,
        note=judgement.note,
        cert=judgement.cert,
        evidence=judgement.evidence,
        source=judgement.source,
        resp=resp,
        when=now.replace(microsecond=0),
        supersedes=superseded.id if superseded else None,
    )
    return sound(decision)


def new_id(now: datetime, decisions: tuple[Decision, ...]) -> str:
    """A fresh ULID, later than those of the decisions even when a clock was set back, or was far ahead."""
    fresh = ULID.from_datetime(now)
    latest = max((int(ULID.from_str(d.id)) for d in decisions), default=0)
    return str(fresh if int(fresh) > latest else ULID.from_int(latest + 1))
