"""How far a document has come, and what is open in it: its state, reopened passages, what waits for a second reader.

Pure functions over records. A state record holds when it attests what it names: the base text that holds now, and
the text that base text and the decisions it covers make. Of several that hold the latest counts, also where they were
made on two branches: what the one did not cover is a reopened passage then. A later change reopens its passage and
leaves the state as it is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from obelos_transcripts.edition import Policy
from obelos_transcripts.errors import BadInput
from obelos_transcripts.text import encode

from .attestation import Approval, State, StateRecord
from .decision import Decision
from .persons import Persons
from .records import Records
from .replay import agree, effective, overlaps, replay
from .settled import Settled

if TYPE_CHECKING:
    from .document_history import DocumentHistory

READING: tuple[State, ...] = ("proofread", "verified")
"""States that say that somebody read the whole document."""


@dataclass(frozen=True)
class Ground:
    """What the state of a document is judged on.

    Attributes:
        blob_id: Gives the id of a blob for its bytes.
    """

    document: str
    base: str
    base_id: str
    records: Records
    settled: Settled
    blob_id: Callable[[bytes], str]

    @property
    def standing(self) -> list[Decision]:
        """Decisions that stand and have a place, by place."""
        return effective(self.settled.decisions)


@dataclass(frozen=True)
class Void:
    """A record of a state that does not hold.

    Attributes:
        replaced: The base text was replaced since; else it never held.
    """

    record: StateRecord
    why: str
    replaced: bool = False


@dataclass(frozen=True)
class Confirmation:
    """Somebody other than its author stands behind a decision: by an approval, by having read the whole text with it,
    or by the same decision of their own."""

    person: str
    record: str


@dataclass(frozen=True)
class Standing:
    """How a document stands.

    Attributes:
        state: The state that holds; *draft* where nothing else was recorded.
        record: The record that it rests on; None for a draft that nobody declared.
        why: Why the latest record does not hold; "" where it does.
        void: Records of states that do not hold, by id.
        queries: Standing queries.
        contradictions: Standing decisions that lie over one another.
        orphans: Standing decisions that have lost their place.
        reopened: Standing decisions that changed the text after the state was set, confirmed by nobody else.
        waiting: Standing decisions that the policy wants confirmed by a second reader, and that nobody has confirmed.
        readers: Who has read the whole of this base text, by records that hold: each once, in order.
    """

    document: str
    state: State
    record: StateRecord | None
    why: str = ""
    void: tuple[Void, ...] = ()
    queries: tuple[Decision, ...] = ()
    contradictions: tuple[tuple[Decision, Decision], ...] = ()
    orphans: tuple[Decision, ...] = ()
    reopened: tuple[Decision, ...] = ()
    waiting: tuple[Decision, ...] = ()
    readers: tuple[str, ...] = ()

    @property
    def queried(self) -> bool:
        """Whether somebody must answer something: the flag beside the state."""
        return bool(self.queries or self.contradictions or self.orphans)


def document_state(history: "DocumentHistory") -> State:
    """The state of a document. Reads nothing but its base text and records, which ``history`` has read already, and
    replays only where there are records of states."""
    ground = ground_of(history)
    holding = (record for record in reversed(ground.records.states) if _void(record, ground) is None)
    return next((record.state for record in holding), "draft")


def standing_of(history: "DocumentHistory") -> Standing:
    """How a document stands by its committed records and the policy of its edition."""
    settings = history.edition.settings
    return standing(ground_of(history), settings.policy, Persons(settings.editors))


def ground_of(history: "DocumentHistory") -> Ground:
    """What is committed of a document, as far as its state rests on it."""
    return Ground(
        history.name, history.base, history.base_id, history.records, history.settled, history.repository.blob_id
    )


def standing(ground: Ground, policy: Policy, persons: Persons) -> Standing:
    """How a document stands."""
    state, record, void = state_of(ground)
    latest = next((v for v in void if ground.records.states[-1:] == (v.record,)), None)
    decisions = ground.standing
    waiting = [d for d in decisions if d.disposition in policy.second_reader]
    changed = _changed_since(ground, record) if record and state != "draft" else []
    confirmed = confirmations(ground, persons, void) if waiting or changed else {}
    return Standing(
        document=ground.document,
        state=state,
        record=record,
        why=latest.why if latest else "",
        void=void,
        queries=tuple(d for d in decisions if d.disposition == "query"),
        contradictions=tuple(overlaps(decisions)),
        orphans=ground.settled.orphans,
        reopened=tuple(d for d in changed if d.id not in confirmed),
        waiting=tuple(d for d in waiting if d.id not in confirmed),
        readers=persons.each_once(one.resp for one in readings(ground, void)),
    )


def state_of(ground: Ground) -> tuple[State, StateRecord | None, tuple[Void, ...]]:
    """The state of a document, the record that it rests on, and the records that do not hold, by id."""
    if not ground.records.states:
        return "draft", None, ()
    void = tuple(found for record in ground.records.states if (found := _void(record, ground)))
    gone = {one.record.id for one in void}
    holding = [record for record in ground.records.states if record.id not in gone]
    return (holding[-1].state, holding[-1], void) if holding else ("draft", None, void)


def readings(ground: Ground, void: Iterable[Void]) -> tuple[StateRecord, ...]:
    """The records that say that somebody read the whole of the present base text, and hold; by id."""
    gone = {one.record.id for one in void}
    return tuple(r for r in ground.records.states if r.state in READING and r.id not in gone)


def confirmations(
    ground: Ground, persons: Persons, void: Iterable[Void] | None = None
) -> dict[str, tuple[Confirmation, ...]]:
    """Who else stands behind a decision, by its id. Decisions that nobody else confirmed are not in it."""
    void = state_of(ground)[2] if void is None else void
    # Who read the decisions on an earlier base text has read them all the same.
    gone = {one.record.id for one in void if not one.replaced}
    authors = {d.id: d.resp for d in ground.records.decisions}
    found: dict[str, list[Confirmation]] = {}

    def confirm(ident: str, record: StateRecord | Approval | Decision) -> None:
        author = authors.get(ident)
        if author is not None and not persons.same(author, record.resp):
            found.setdefault(ident, []).append(Confirmation(record.resp, record.id))

    for approval in ground.records.approvals:
        confirm(approval.decision, approval)
    for record in ground.records.states:
        if record.state in READING and record.id not in gone:
            for ident in record.covers:
                confirm(ident, record)
    changing = [d for d in ground.standing if d.changes_text]
    twins: dict[tuple[int, int, str | None], list[Decision]] = {}
    for decision in changing:
        twins.setdefault((*decision.place.span, decision.reading), []).append(decision)
    for alike in twins.values():
        for one in alike:
            for other in alike:
                confirm(one.id, other)
    return {ident: tuple(by) for ident, by in found.items()}


def _void(record: StateRecord, ground: Ground) -> Void | None:
    if record.base != ground.base_id:
        earlier = {blob for one in ground.records.bases for blob in (one.base, one.replaces)}
        if record.base in earlier:
            return Void(record, "the base text was replaced since; the document must be read again", replaced=True)
        return Void(record, f"it names a base text that the document never had ({record.base[:10]})")
    # What was taken back since stood when the text was read.
    by_id = {d.id: d for d in ground.records.decisions if d.base == ground.base_id}
    by_id |= {d.id: d for d in ground.settled.decisions}
    silent = {d.id for d in ground.settled.retracted if not d.changes_text}
    unknown = [ident for ident in record.covers if ident not in by_id and ident not in silent]
    if unknown:
        return Void(record, f"it covers {unknown[0]}, which is no decision on this base text")
    covered = [by_id[ident] for ident in record.covers if ident in by_id]
    # What they supersede is not among those covered.
    elsewhere = {ident for d in covered for ident in d.supersedes} | set(by_id)
    try:
        text = replay(ground.base, ground.base_id, covered, elsewhere).text
    except BadInput as error:
        return Void(record, f"the decisions that it covers do not go together: {error}")
    if ground.blob_id(encode(text)) != record.text:
        return Void(record, "it attests another text than base text and the decisions that it covers make")
    return None


def _changed_since(ground: Ground, record: StateRecord) -> list[Decision]:
    """Standing decisions by which the text reads otherwise than the one attested."""
    by_id = {d.id: d for d in ground.records.decisions}
    covers = set(record.covers)
    covered = [d for d in ground.settled.decisions if d.id in covers]
    found = []
    for decision in ground.standing:
        if decision.id in covers or not _touches_text(decision, by_id):
            continue
        if not any(agree(decision, one) for one in covered):
            found.append(decision)
    return found


def _touches_text(decision: Decision, by_id: dict[str, Decision]) -> bool:
    """Whether a decision changes the text, or takes back one that did."""
    seen: set[str] = set()
    waiting = [decision]
    while waiting:
        one = waiting.pop()
        if one.changes_text:
            return True
        waiting += [by_id[ident] for ident in one.supersedes if ident in by_id and ident not in seen]
        seen.update(one.supersedes)
    return False
