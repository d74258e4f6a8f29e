"""Decisions carried to another base text: where each stands there, and the record that says so. Pure functions.

Invariant: a decision keeps its words; one whose words or neighbourhood are not found for certain gets no place. Where
it stands follows from the base texts and from itself alone, not from what else is decided: two that come to lie over
one another become a question.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from obelos_transcripts.anchoring import Anchored, anchor
from obelos_transcripts.place import Place, place_of
from obelos_transcripts.text import Span

from .attestation import BaseRecord
from .placing import new_id
from .records import Records
from .settled import holding


@dataclass(frozen=True)
class Signer:
    """Who signs new records, when, and after which commit (None before the first)."""

    resp: str
    now: datetime
    after: str | None = None


def carry(records: Records, texts: Mapping[str, str], base: str, base_id: str) -> dict[str, Anchored]:
    """What becomes of the decisions that count in other base texts and have no place in this one yet, by their ids.

    A decision goes from one base text to the next, as it would have gone had it been known when each arrived: so it
    does not matter who merged it when. In each it is looked for from its place in the text before; if it is lost
    there, from the one before that, at last from where it was taken.

    Args:
        records: All records of the document.
        texts: Earlier base texts, by their blobs; a decision that has no place in any of them is left out.
        base: The base text that is to hold.
        base_id: Its blob.
    """
    known = known_anchors(records, base_id)
    given_up = {ident for one in records.retractions for ident in one.retracts}
    away = [d for d in records.decisions if d.base != base_id and d.id not in known and d.id not in given_up]
    places: dict[str, dict[str, Place]] = {d.id: {} for d in away}
    for blob in _course(records, base_id):
        if blob in texts:
            anchors = known_anchors(records, blob)
            for d in away:
                if d.base == blob:
                    places[d.id][blob] = d.place
                elif d.id in anchors:
                    places[d.id][blob] = place_of(texts[blob], anchors[d.id], d.place.layer)
            lost = {ident: found for ident, found in places.items() if found and blob not in found}
            for ident, outcome in _looked_for(lost, texts, texts[blob]).items():
                if outcome.place:
                    places[ident][blob] = outcome.place
    return _looked_for({ident: one for ident, one in places.items() if one}, texts, base)


def _course(records: Records, base_id: str) -> list[str]:
    """Blobs of the base texts before this one, the oldest first; those that no base record names come before."""
    on_record = [one.base for one in reversed(_by_weight(records))]
    latest_first = dict.fromkeys((*on_record, *sorted({d.base for d in records.decisions} - set(on_record))))
    return [blob for blob in reversed(latest_first) if blob != base_id]


def _looked_for(lost: Mapping[str, Mapping[str, Place]], texts: Mapping[str, str], text: str) -> dict[str, Anchored]:
    """Where decisions stand in a text, from their places in others, the oldest first; the latest is asked first."""
    asked = {ident: list(places.items())[::-1] for ident, places in lost.items()}
    found: dict[str, Anchored] = {}
    while asked:
        for blob in sorted({places[0][0] for places in asked.values()}):
            some = {ident: places[0][1] for ident, places in asked.items() if places[0][0] == blob}
            for ident, outcome in zip(some, anchor(some.values(), texts[blob], text), strict=True):
                if ident not in found or outcome.place:
                    found[ident] = outcome
        asked = {ident: places[1:] for ident, places in asked.items() if places[1:] and not found[ident].place}
    return found


def known_anchors(records: Records, base_id: str) -> dict[str, Span]:
    """Places that records of a base text have found in it already, by decision; those of records that hold win."""
    return {ident: span for one in _by_weight(records) if one.base == base_id for ident, span in one.anchors}


def _by_weight(records: Records) -> list[BaseRecord]:
    """The base records, those that hold last."""
    held = {one.id for one in holding(records.bases)}
    return sorted(records.bases, key=lambda one: (one.id in held, one.id))


def meets(one: Span, other: Span) -> bool:
    """Whether two places lie over one another: they share a code point, are the same gap, or a gap lies inside."""
    first, later = sorted((one, other))
    return later.start < first.end or first == later


def base_record(
    document: str,
    records: Records,
    base_id: str,
    carried: Mapping[str, Anchored],
    signer: Signer,
    *,
    note: str = "",
    source: str = "",
    replaces: str | None = None,
) -> BaseRecord:
    """The record that puts a base text in place, or affirms it, with every place that is known in it."""
    anchors = known_anchors(records, base_id)
    anchors |= {ident: one.place.span for ident, one in carried.items() if one.place}
    return BaseRecord(
        id=new_id(signer.now, records.ids),
        document=document,
        base=base_id,
        resp=signer.resp,
        when=signer.now.replace(microsecond=0),
        after=signer.after,
        replaces=replaces,
        note=note,
        source=source,
        supersedes=tuple(one.id for one in holding(records.bases)),
        anchors=tuple(sorted(anchors.items())),
    )
