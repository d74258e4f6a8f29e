"""Merging one document: by decision, then by word. Pure functions.

Records are united and never contradict each other as files. The working text is made anew, never merged as text. Which
side is which does not matter for the outcome; what two editors decided differently becomes a question.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from obelos_transcripts.errors import BadInput, Refused
from obelos_transcripts.layers import read_layers

from .attestation import BaseRecord
from .carrying import Signer, base_record, carry
from .conflicts import Unaware, conflicts
from .decision import Decision
from .questions import open_questions, question, sifted, taken_back
from .records import Record, Records, gathered
from .replay import effective, replay
from .settled import Settled, holding, settle

Choice = Literal["ours", "theirs"]


@dataclass(frozen=True)
class Side:
    """A document as one side has it: its base text, the blob of that, and all records."""

    base: str
    base_id: str
    records: Records


@dataclass(frozen=True)
class Merged:
    """A document after merging.

    Attributes:
        base, base_id: The base text that holds.
        records: All records, the fresh ones among them.
        fresh: Records that merging made: questions, what takes back those that are moot, and the record of the base
            text where places had to be found.
        text: The working text.
        settled: The decisions as they count in the base text.
        moot: Questions put earlier that are none any more.
    """

    base: str
    base_id: str
    records: Records
    fresh: tuple[Record, ...]
    text: str
    settled: Settled
    moot: tuple[Decision, ...] = ()

    @property
    def questions(self) -> tuple[Decision, ...]:
        """The questions that merging put."""
        return tuple(one for one in self.fresh if isinstance(one, Decision))


class TwoBases(Refused):
    """Two editors put another base text in place, and nobody has said which of them holds."""


def merge_document(
    document: str,
    ours: Side,
    theirs: Side,
    texts: Mapping[str, str],
    signer: Signer,
    unaware: Unaware,
    choice: Choice | None = None,
) -> Merged:
    """What two sides have decided on a document, as one.

    Args:
        document: The document's name.
        ours: The side that is checked out.
        theirs: The other.
        texts: Earlier base texts of either, by their blobs.
        signer: Who merges.
        unaware: Which decisions were taken without knowledge of which; not asked of two that only one side each has.
        choice: Whose base text is to hold where both have put another one in place.

    Raises:
        TwoBases: They have, and nobody said which.
        BadInput: A record of one id has two contents, or records contradict the base text.
    """
    records = united(ours.records, theirs.records, document)
    names = bases_named(records) or {ours.base_id, theirs.base_id}
    sides = {"ours": ours, "theirs": theirs}
    if len(names) > 1 and choice is None:
        raise TwoBases(
            f"{document}: both sides have put another base text in place ({ours.base_id[:10]} and "
            f"{theirs.base_id[:10]}). Nothing was changed. Say which is to hold, --base ours or --base theirs; the "
            "decisions on the other are carried to it"
        )
    holds = (
        sides[choice] if choice and len(names) > 1 else next((s for s in sides.values() if s.base_id in names), None)
    )
    if holds is None:
        raise BadInput.at(document, None, "the base text of neither side is the one on record; it was altered")
    mine, others = ours.records.ids - theirs.records.ids, theirs.records.ids - ours.records.ids
    every = {**texts, ours.base_id: ours.base, theirs.base_id: theirs.base}

    def apart(one: str, other: str) -> bool:
        met_now = (one in mine and other in others) or (one in others and other in mine)
        return met_now or unaware(one, other)

    return settle_document(document, holds.base, holds.base_id, records, every, signer, apart)


def settle_document(
    document: str,
    base: str,
    base_id: str,
    records: Records,
    texts: Mapping[str, str],
    signer: Signer,
    unaware: Unaware,
) -> Merged:
    """Bring all records onto one base text, put what contradicts there as questions, take back those that are moot.

    Args:
        document: The document's name.
        base: The base text that holds.
        base_id: Its blob.
        records: All records.
        texts: Base texts by their blobs.
        signer: Who does this.
        unaware: Which decisions were taken without knowledge of which.

    Raises:
        BadInput: Records contradict the base text.
    """
    fresh: list[Record] = []
    rival = next((one.base for one in holding(records.bases) if one.base != base_id), None)
    carried = carry(records, texts, base, base_id)
    if rival or any(one.place for one in carried.values()) or _scattered(records, base_id):
        fresh.append(base_record(document, records, base_id, carried, signer, replaces=rival))
    records = gathered((*records.all, *fresh))
    asked = open_questions(records)
    placed = {d.id for d in settle(base, base_id, records).decisions} if asked else set[str]()
    standing = effective(settle(base, base_id, records.without(asked)).decisions)
    found = sifted(records, asked, placed, conflicts(standing, unaware), {d.id for d in standing})
    ids = set(records.ids)
    if found.moot:
        fresh.append(taken_back(document, found.moot, signer, ids))
        ids.add(fresh[-1].id)
    layers = read_layers(base)
    for group in found.unasked:
        fresh.append(question(document, base_id, layers, group, signer, ids))
        ids.add(fresh[-1].id)
    records = gathered({one.id: one for one in (*records.all, *fresh)}.values())
    settled = settle(base, base_id, records)
    text = replay(base, base_id, settled.decisions, settled.elsewhere).text
    return Merged(base, base_id, records, tuple(fresh), text, settled, found.moot)


def united(one: Records, other: Records, document: str) -> Records:
    """All records of both.

    Raises:
        BadInput: Two records of one id differ; a record is written once and never changed.
    """
    found = {record.id: record for record in one.all}
    wrong = [record.id for record in other.all if found.setdefault(record.id, record) != record]
    if wrong:
        more = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        raise BadInput.at(
            f"history/{document}/{wrong[0]}.yaml",
            None,
            f"the two sides have this record{more} with different contents, but a record is never changed. Look which "
            f"is the first (git log -p -- history/{document}/{wrong[0]}.yaml), and put that one back",
        )
    return gathered(found.values())


def _scattered(records: Records, base_id: str) -> bool:
    """Whether places in this base text are known that no record that holds names, since one side had put it aside."""
    held = {ident for one in holding(records.bases) for ident, _ in one.anchors}
    every = {ident for one in records.bases if one.base == base_id for ident, _ in one.anchors}
    return not every <= held


def bases_named(records: Records) -> set[str]:
    """Blobs of the base texts that the records name as the one that holds; several where editors disagree.

    Who only affirmed a base text that another has replaced knowingly meanwhile does not disagree with them.
    """
    held = holding(records.bases)
    earlier = {one.id: _replaced_by(one, records) for one in held}
    known = {one.base: set[str]().union(*(earlier[o.id] for o in held if o.base == one.base)) for one in held}
    replaced = {
        name for name in known for other in known if name != other and name in known[other] and other not in known[name]
    }
    return set(known) - replaced


def _replaced_by(one: BaseRecord, records: Records) -> set[str]:
    """Blobs of the base texts that a base record has taken the place of, knowingly."""
    by_id = {record.id: record for record in records.bases}
    found: set[str] = set()
    todo, seen = [one], {one.id}
    while todo:
        record = todo.pop()
        found |= {record.base, record.replaces or record.base}
        todo += [by_id[i] for i in record.supersedes if i in by_id and i not in seen]
        seen |= set(record.supersedes)
    return found - {one.base}
