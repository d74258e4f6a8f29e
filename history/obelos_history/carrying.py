"""Decisions carried to another base text: where each stands there, and the record that says so. Pure functions.

Invariant: a decision keeps its words. One whose words or neighbourhood are not found for certain gets no place, and
neither do two that would only now lie over one another.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from obelos_transcripts.anchoring import Anchored, anchor
from obelos_transcripts.place import Place, place_of
from obelos_transcripts.text import Span

from .attestation import BaseRecord
from .decision import Decision
from .placing import new_id
from .records import Records
from .replay import overlaps
from .settled import holding


@dataclass(frozen=True)
class Signer:
    """Who signs new records, when, and after which commit (None before the first)."""

    resp: str
    now: datetime
    after: str | None = None


def carry(records: Records, texts: Mapping[str, str], base: str, base_id: str) -> dict[str, Anchored]:
    """What becomes of the decisions that count in other base texts and have no place in this one yet, by their ids.

    A decision is looked for from its place in the latest base text that it had one in; if it is lost there, from the
    one before, at last from where it was taken.

    Args:
        records: All records of the document.
        texts: Earlier base texts, by their blobs; a decision that has no place in any of them is left out.
        base: The base text that is to hold.
        base_id: Its blob.
    """
    known = known_anchors(records, base_id)
    given_up = {ident for one in records.retractions for ident in one.retracts}
    away = [d for d in records.decisions if d.base != base_id and d.id not in known and d.id not in given_up]
    asked = _sources(away, records, texts, base_id)
    found: dict[str, Anchored] = {}
    while asked := {ident: places for ident, places in asked.items() if places}:
        for blob in sorted({places[0][0] for places in asked.values()}):
            some = {ident: places[0][1] for ident, places in asked.items() if places[0][0] == blob}
            for ident, outcome in zip(some, anchor(some.values(), texts[blob], base), strict=True):
                if ident not in found or outcome.place:
                    found[ident] = outcome
        asked = {ident: [] if found[ident].place else places[1:] for ident, places in asked.items()}
    for ident in _fallen_together(records, known, found, base, base_id):
        found[ident] = Anchored("orphaned", None, found[ident].stands, found[ident].alike)
    return found


def known_anchors(records: Records, base_id: str) -> dict[str, Span]:
    """Places that records of a base text have found in it already, by decision; those of records that hold win."""
    return {ident: span for one in _by_weight(records) if one.base == base_id for ident, span in one.anchors}


def _by_weight(records: Records) -> list[BaseRecord]:
    """The base records, those that hold last."""
    held = {one.id for one in holding(records.bases)}
    return sorted(records.bases, key=lambda one: (one.id in held, one.id))


def _sources(
    decisions: list[Decision], records: Records, texts: Mapping[str, str], base_id: str
) -> dict[str, list[tuple[str, Place]]]:
    """Where to look for decisions from: for each the base texts in which it has a place, the latest first."""
    earlier = [(one.base, dict(one.anchors)) for one in reversed(_by_weight(records)) if one.base != base_id]
    found = {}
    for d in decisions:
        places = [
            (blob, place_of(texts[blob], anchors[d.id], d.place.layer))
            for blob, anchors in earlier
            if d.id in anchors and blob in texts
        ]
        if d.base in texts:
            places.append((d.base, d.place))
        found[d.id] = list(dict.fromkeys(places))
    return found


def _fallen_together(
    records: Records, known: Mapping[str, Span], found: Mapping[str, Anchored], base: str, base_id: str
) -> set[str]:
    """Standing decisions that lay apart and would lie over one another now, as words put in between may."""
    taken = {d.id: d for d in records.decisions}
    here = []
    for d in records.standing:
        outcome = found.get(d.id)
        span = d.place.span if d.base == base_id else known.get(d.id)
        span = outcome.place.span if outcome and outcome.place else span
        if span is not None:
            here.append(replace(d, base=base_id, place=place_of(base, span, d.place.layer)))
    fallen: set[str] = set()
    for one, other in overlaps(here):
        first, second = taken[one.id], taken[other.id]
        if first.base == second.base and not meets(first.place.span, second.place.span):
            fallen |= {one.id, other.id} & set(found)
    return fallen


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
