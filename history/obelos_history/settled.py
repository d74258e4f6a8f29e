"""The records of a document brought onto the base text that holds now. Pure functions.

Decisions that count in an earlier base text get the place that a base record found for them; those without one are
orphans: they stay on record, take no part in the text, and wait for an editor. Nothing is guessed here.
"""

from dataclasses import dataclass, replace

from obelos_transcripts.errors import BadInput
from obelos_transcripts.layers import Layered, read_layers
from obelos_transcripts.place import place_of
from obelos_transcripts.text import Span

from .attestation import BaseRecord
from .decision import Decision
from .records import Records


@dataclass(frozen=True)
class Settled:
    """Decisions as they count in the base text that holds.

    Attributes:
        decisions: Those with a place in it, by id.
        orphans: Those that have lost their place and stand all the same, by id.
        elsewhere: Ids of all decisions without a place here; a decision may supersede them.
        retracted: Decisions that were taken back without another in their place, by id.
        moot: Ids of those among them that supersede nothing, being questions that turned out to be none.
    """

    decisions: tuple[Decision, ...]
    orphans: tuple[Decision, ...] = ()
    elsewhere: frozenset[str] = frozenset()
    retracted: tuple[Decision, ...] = ()
    moot: frozenset[str] = frozenset()


def holding(bases: tuple[BaseRecord, ...]) -> tuple[BaseRecord, ...]:
    """The base records that no other supersedes, by id. They should all name one base text."""
    gone = {ident for one in bases for ident in one.supersedes}
    return tuple(one for one in bases if one.id not in gone)


def base_of(bases: tuple[BaseRecord, ...]) -> str | None:
    """The blob that the base records name as the base text; None where there are no records.

    Raises:
        BadInput: They contradict each other.
    """
    names = {one.base for one in holding(bases)}
    if len(names) > 1:
        ids = ", ".join(one.id for one in holding(bases))
        document = bases[0].document
        raise BadInput.at(
            document,
            None,
            f"two editors have put another base text in place ({ids}). “obelos base {document} FILE” says which holds",
        )
    if bases and not names:
        raise BadInput.at(bases[0].document, None, "its records of the base text supersede each other in a circle")
    return next(iter(names), None)


def settle(base: str, base_id: str, records: Records) -> Settled:
    """The decisions on a base text, also those that were taken on an earlier one.

    Raises:
        BadInput: The base records contradict each other, or name another base text than this.
    """
    named = base_of(records.bases)
    if named not in (None, base_id):
        raise BadInput.at(
            records.bases[0].document,
            None,
            f"its records name {named[:10] if named else ''} as the base text, but {base_id[:10]} stands there. The "
            "base text is never edited: put it back (git restore), or take the new one with “obelos base”",
        )
    anchors = {ident: span for one in holding(records.bases) for ident, span in one.anchors}
    earlier = {blob for one in records.bases for blob in (one.base, one.replaces)} - {base_id}
    layers = read_layers(base) if anchors else None
    placed: list[Decision] = []
    lost: list[Decision] = []
    retracted = {ident for one in records.retractions for ident in one.retracts}
    gone = tuple(d for d in records.decisions if d.id in retracted)
    moot = records.moot
    for decision in records.decisions:
        if decision.id in retracted:
            continue
        # A decision that counts in a text nobody ever recorded is no orphan: replay says that it is wrong.
        if decision.base == base_id or decision.base not in earlier:
            placed.append(decision)
        elif layers is not None and decision.id in anchors:
            placed.append(_moved(decision, layers, base_id, anchors[decision.id]))
        else:
            lost.append(decision)
    # What an orphan superseded must not come back to life because its successor lost its place or was taken back.
    hiding = [d for d in gone if d.id not in moot]
    while hidden := {ident for one in (*lost, *hiding) for ident in one.supersedes} & {d.id for d in placed}:
        lost += [d for d in placed if d.id in hidden]
        placed = [d for d in placed if d.id not in hidden]
    superseded = {ident for decision in (*placed, *lost, *hiding) for ident in decision.supersedes}
    orphans = tuple(sorted((d for d in lost if d.id not in superseded), key=lambda d: d.id))
    return Settled(tuple(placed), orphans, frozenset(d.id for d in (*lost, *gone)), gone, moot)


def _moved(decision: Decision, layers: Layered, base_id: str, span: Span) -> Decision:
    place = place_of(layers.text, span, layers.layer_at(span.start))
    if place.exact != decision.place.exact:
        raise BadInput.at(
            decision.id, None, f"“{decision.place.exact}” does not stand at {span.start} of the new base text"
        )
    return replace(decision, base=base_id, place=place)
