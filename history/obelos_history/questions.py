"""The question that merging makes of contradicting decisions: how it is put, when it stands no more. Pure functions.

Invariant: which questions stand follows from what persons have recorded, never from the order in which it was merged. A
question that does not say exactly what contradicts now is moot, and what contradicts is put anew.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from obelos_transcripts.layers import Layered
from obelos_transcripts.place import place_of
from obelos_transcripts.text import Span
from obelos_transcripts.visible import visible

from .attestation import Retraction
from .carrying import Signer, meets
from .decision import Decision, sound
from .placing import new_id
from .records import Records

Group = tuple[Decision, ...]
"""Decisions that contradict each other."""

_EDITORS = "Two editors differ. "
_DECISIONS = "Two decisions differ. "
_LONGEST = 400
_MOOT = "What contradicted was taken back, lost its place, or was joined by something else."


def put_by_merging(decision: Decision) -> bool:
    """Whether a decision is a question that a merge put, and not a person."""
    return (
        decision.disposition == "query"
        and bool(decision.supersedes)
        and decision.note.startswith((_EDITORS, _DECISIONS))
    )


def open_questions(records: Records) -> frozenset[str]:
    """Questions put by merging that no person has answered or taken back."""
    return records.unanswered({d.id for d in records.decisions if put_by_merging(d)})


@dataclass(frozen=True)
class Sifted:
    """Open questions held against what contradicts.

    Attributes:
        moot: Questions that do not say what contradicts now, by id.
        unasked: What contradicts and is in no question yet.
    """

    moot: tuple[Decision, ...]
    unasked: list[Group]


def sifted(
    records: Records, asked: frozenset[str], placed: Collection[str], groups: Iterable[Group], standing: Collection[str]
) -> Sifted:
    """Which open questions still say what contradicts.

    Args:
        records: All records.
        asked: The open questions, by id.
        placed: Ids of the decisions that have a place in the base text.
        groups: What contradicts among those that would stand there if nothing had been asked.
        standing: Ids of those.
    """
    by_id = {d.id: d for d in records.decisions}
    unasked = {frozenset(d.id for d in group): group for group in groups}
    wanted = set(unasked)
    live = asked - records.moot
    covered: set[str] = set()
    moot = []
    for ident in sorted(live, reverse=True):  # what takes the place of another is younger
        one = by_id[ident]
        members = frozenset(_members(by_id, one) & set(standing))
        if ident in covered or (ident in placed and members in wanted):
            unasked.pop(members, None)
            covered.update(one.supersedes)
        else:
            moot.append(one)
    return Sifted(tuple(reversed(moot)), list(unasked.values()))


def _members(by_id: Mapping[str, Decision], question: Decision) -> set[str]:
    """Ids of the decisions that a question took the place of, also through other questions."""
    found: set[str] = set()
    todo = list(question.supersedes)
    while todo:
        member = by_id.get(todo.pop())
        if member and put_by_merging(member):
            todo += member.supersedes
        elif member:
            found.add(member.id)
    return found


def taken_back(document: str, moot: Sequence[Decision], signer: Signer, ids: Collection[str]) -> Retraction:
    """The record that takes questions back as moot.

    Args:
        document: The document's name.
        moot: The questions.
        signer: Who merged.
        ids: Ids of all records; this one's is later.
    """
    retracts, when = tuple(d.id for d in moot), signer.now.replace(microsecond=0)
    return Retraction(new_id(signer.now, ids), document, retracts, signer.resp, when, _MOOT, moot=True)


def question(
    document: str, base_id: str, layers: Layered, group: Group, signer: Signer, ids: Collection[str]
) -> Decision:
    """The query that takes the place of contradicting decisions and carries what each of them says.

    Args:
        document: The document's name.
        base_id: Blob of the base text.
        layers: That text.
        group: The decisions, with their places in it.
        signer: Who merged.
        ids: Ids of all records; the query's is later.
    """
    ordered = sorted(group, key=lambda d: (d.place.start, d.place.end, d.id))
    span = ordered[0].place.span
    for d in ordered[1:]:
        if meets(span, d.place.span) or span.end == d.place.start:
            span = Span(span.start, max(span.end, d.place.end))
    made = Decision(
        id=new_id(signer.now, ids),
        document=document,
        base=base_id,
        disposition="query",
        fault="none",
        place=place_of(layers.text, span, layers.layer_at(span.start)),
        reading=None,
        rule=None,
        fingerprint=None,
        note=_lead(ordered) + " / ".join(map(said, ordered)),
        cert="unknown",
        evidence=None,
        source="",
        resp=signer.resp,
        when=signer.now.replace(microsecond=0),
        supersedes=tuple(sorted(d.id for d in group)),
    )
    return sound(made)


def _lead(group: Sequence[Decision]) -> str:
    """What the question begins with: one editor does not differ from himself."""
    return _EDITORS if len({d.resp for d in group}) > 1 else _DECISIONS


def said(decision: Decision) -> str:
    """What one editor says of a place, on what ground: a part of the question's note."""
    if put_by_merging(decision):
        told = decision.note.removeprefix(_EDITORS).removeprefix(_DECISIONS)
        return visible(_short(told, _LONGEST * 10))
    quote = visible(decision.place.exact)
    what = {"stet": f"keeps “{quote}”", "reject": f"sees no fault in “{quote}”", "query": f"asks about “{quote}”"}
    if decision.reading is None:
        told = what[decision.disposition]
    elif not decision.reading:
        told = f"strikes out “{quote}”"
    else:
        told = f"reads “{visible(decision.reading)}”" + (f" for “{quote}”" if quote else ", put in")
    source = f" [{visible(decision.source)}]" if decision.source else ""
    note = f": {visible(_short(decision.note, _LONGEST))}" if decision.note else ""
    return f"{decision.resp.partition(' <')[0]} ({decision.when:%Y-%m-%d}) {told}{source}{note}"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
