"""From a judgement on a passage to a decision: its place in the base text, what it supersedes, its signature.

Pure functions. A decision that is replaced or taken back stays as it is; the new one supersedes it.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from obelos_transcripts.errors import Refused
from obelos_transcripts.layers import read_layers
from obelos_transcripts.place import Place, place_of
from obelos_transcripts.text import Span

from .decision import USUAL_FAULT, Certainty, Decision, Disposition, Evidence, Fault, sound
from .replay import agree, effective, replay

_RANDOM = 80
"""Bits of a ULID that are random; those before them are the time in milliseconds."""


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
    """What a judgement is placed on: the base text of a document and the decisions taken so far.

    Attributes:
        decisions: Those with a place in the base text.
        elsewhere: Ids of those without; a decision may supersede them.
        latest: The highest id of any record of the document; "" where there is none.
    """

    document: str
    base: str
    base_id: str
    decisions: tuple[Decision, ...]
    elsewhere: frozenset[str] = frozenset()
    latest: str = ""


def placed(
    ground: Ground, span: Span, judgement: Judgement, resp: str, now: datetime, orphans: Iterable[str] = ()
) -> Decision:
    """The decision that a judgement on a span of the working text amounts to.

    It supersedes what was decided on the passage before, also several decisions at once. A reading that restores the
    base text of a changed passage becomes a stet that supersedes the change.

    Args:
        ground: What it is placed on.
        span: The passage, in code points of the working text.
        judgement: What is said of it.
        resp: Who says it.
        now: When.
        orphans: Ids of decisions without a place that it takes the place of.

    Raises:
        Refused: The reading is what stands there already.
    """
    current = replay(ground.base, ground.base_id, ground.decisions, ground.elsewhere)
    base_span, whole, touched = current.locate(span)
    place = place_of(ground.base, base_span, read_layers(ground.base).layer_at(base_span.start))
    standing = effective(ground.decisions)
    answered = [
        d
        for d in standing
        if not d.changes_text
        and d.place.span == base_span
        and (d.rule == judgement.rule or (d.disposition == "query" and d.rule is None))
    ]
    changed = [d for d in standing if d.changes_text and any(agree(d, one) for one in touched)]
    if judgement.reading is None:
        return _signed(ground, place, judgement, (*_ids(answered), *orphans), resp, now)
    if changed:
        text = current.text
        reading = text[whole.start : span.start] + judgement.reading + text[span.end : whole.end]
        judgement = replace(judgement, reading=reading)
    if judgement.reading == place.exact:
        if not changed:
            raise Refused("this reading is what stands there already")
        judgement = replace(judgement, disposition="stet", reading=None)
    # A question on just this place is answered, also where words in it were changed before.
    taken = [*changed, *(d for d in answered if d.disposition == "query")] if changed else answered
    return _signed(ground, place, judgement, (*_ids(taken), *orphans), resp, now)


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
    before = _before(ground, decision)
    if before:
        # The one taken back may have grown over its predecessors: what stood at the whole place stands again.
        place = decision.place
        reading, at = "", place.start
        for one in before:
            reading += ground.base[at : one.place.start] + (one.reading or "")
            at = one.place.end
        reading += ground.base[at : place.end]
        judgement = replace(judgement, disposition=before[0].disposition, reading=reading)
    else:
        judgement = replace(judgement, disposition="stet", reading=None)
    twins = [d for d in standing.values() if agree(d, decision)]
    return _signed(ground, decision.place, judgement, _ids(twins), resp, now)


def _before(ground: Ground, decision: Decision) -> list[Decision]:
    """The decisions that a decision superseded, as far as they changed the text; of those that agree, one."""
    gone = [d for d in ground.decisions if d.id in decision.supersedes and d.changes_text]
    gone.sort(key=lambda d: (d.place.start, d.place.end, d.id))
    inside = [d for d in gone if decision.place.start <= d.place.start and d.place.end <= decision.place.end]
    kept: list[Decision] = []
    for one in inside:
        # What contradicted its neighbour never stood in the text.
        if not kept or (one.place.start >= kept[-1].place.end and one.place.span != kept[-1].place.span):
            kept.append(one)
    return kept


def _ids(decisions: list[Decision]) -> tuple[str, ...]:
    return tuple(sorted(d.id for d in decisions))


def _signed(
    ground: Ground, place: Place, judgement: Judgement, superseded: tuple[str, ...], resp: str, now: datetime
) -> Decision:
    decision = Decision(
        id=new_id(now, (ground.latest, *(d.id for d in ground.decisions), *ground.elsewhere)),
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
        supersedes=superseded,
    )
    return sound(decision)


def new_id(now: datetime, ids: Iterable[str]) -> str:
    """A fresh ULID, later than others even when a clock was set back, or was far ahead.

    Its random part is fresh in any case: counted on from the latest id, two clones would give one id to two records.
    """
    from ulid import ULID  # loads slowly, and only who decides needs it

    fresh = int(ULID.from_datetime(now))
    latest = max((int(ULID.from_str(ident)) for ident in ids if ident), default=0)
    if fresh <= latest:
        fresh = ((latest >> _RANDOM) + 1 << _RANDOM) | secrets.randbits(_RANDOM)
    return str(ULID.from_int(fresh))
