"""Setting the state of a document, and confirming decisions of others: each a record in one commit."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from obelos_transcripts.errors import BadInput, Refused
from obelos_transcripts.text import encode
from obelos_transcripts.visible import visible

from .attestation import Approval, State, StateRecord
from .decision import Decision
from .document_history import DocumentHistory
from .persons import Persons
from .placing import new_id
from .records import dump_record, parse
from .repository import Person
from .standing import confirmations, ground_of, standing
from .state_policy import against, step_to

T = TypeVar("T", StateRecord, Approval)


def set_state(
    history: DocumentHistory, state: State, note: str, person: Person, now: datetime
) -> tuple[StateRecord, str] | None:
    """Record the state of a document as it is committed, by one commit; the record and the commit's id.

    None where the same person has said the same of the same text already.

    Raises:
        BadInput: A note is asked for.
        Refused: The policy forbids it, or the state of document or repository.
    """
    history.must_be_writer()
    if history.pending.taken:
        raise Refused(
            f"{history.name} has decisions that are not yet written, and a state is one of the written text. "
            f"Write them first: obelos commit {history.name}"
        )
    history.check_disk()
    ground = ground_of(history)
    policy, persons = history.edition.settings.policy, Persons(history.edition.settings.editors)
    how = standing(ground, policy, persons)
    text = encode(history.replay(history.committed).text)
    record = _sound(
        StateRecord(
            id=new_id(now, history.records.ids),
            document=history.name,
            base=history.base_id,
            text=history.repository.blob_id(text),
            state=state,
            resp=str(person),
            when=now.replace(microsecond=0),
            after=history.repository.head().commit,
            note=note,
            covers=tuple(sorted(d.id for d in ground.standing)),
        )
    )
    last = how.record
    unchanged = last and (last.state, last.text, last.covers) == (state, record.text, record.covers)
    if last and unchanged and persons.same(last.resp, record.resp):
        return None
    step = step_to(record, ground, how.void)
    if step and not note.strip():
        raise BadInput.at(history.name, None, f"{step} asks for a note that says why: --note")
    objections = against(record, ground, how.void, policy, persons)
    if state in policy.nothing_open:
        if how.orphans:
            objections.append(f"{state} is not set while a decision has lost its place ({how.orphans[0].summary()})")
        if how.waiting and not (state == "verified" and _read_by_another(how.waiting, record, persons)):
            first = how.waiting[0]
            objections.append(f"{state} is not set while {first.summary()} waits for a second reader ({first.resp})")
    if objections:
        raise Refused(f"{history.name} stays {how.state}: {'; '.join(objections)}. Nothing was recorded.")
    made = history.commit_records([record], _state_message(record), person, now)
    return record, made or ""


def approve(
    history: DocumentHistory, ids: Sequence[str], note: str, person: Person, now: datetime
) -> tuple[tuple[Approval, ...], str]:
    """Confirm decisions of another person, by one commit; the records and the commit's id.

    Raises:
        Refused: One does not stand, is the person's own, or was confirmed by them already; nothing was recorded.
    """
    history.must_be_writer()
    ground = ground_of(history)
    persons = Persons(history.edition.settings.editors)
    standing_now = {d.id: d for d in ground.standing}
    confirmed = confirmations(ground, persons)
    made: list[Approval] = []
    decisions: list[Decision] = []
    for ident in dict.fromkeys(ids):
        decision = standing_now.get(ident)
        if decision is None:
            raise Refused(
                f"{ident} cannot be confirmed: it is not written, does not stand any more, or has lost its place. "
                "Nothing was recorded."
            )
        if persons.same(decision.resp, str(person)):
            raise Refused(
                f"{decision.summary()} is a decision of your own ({decision.resp}): a second reader confirms it. "
                "Nothing was recorded."
            )
        if any(persons.same(one.person, str(person)) for one in confirmed.get(ident, ())):
            raise Refused(f"{decision.summary()} was confirmed by you already. Nothing was recorded.")
        fresh = new_id(now, (*history.records.ids, *(one.id for one in made)))
        record = Approval(fresh, history.name, ident, str(person), now.replace(microsecond=0), note)
        made.append(_sound(record))
        decisions.append(decision)
    commit = history.commit_records(made, _approval_message(history.name, made, decisions), person, now)
    return tuple(made), commit or ""


def _read_by_another(waiting: Iterable[Decision], record: StateRecord, persons: Persons) -> bool:
    """Whether the reading itself is the second reader's."""
    return all(not persons.same(decision.resp, record.resp) for decision in waiting)


def _sound(record: T) -> T:
    """The record as its file gives it back."""
    try:
        again = parse(dump_record(record), "the record")
    except UnicodeEncodeError as error:
        raise BadInput.at("the note", None, "holds characters that are not Unicode text") from error
    if again != record:
        raise BadInput.at("the note", None, "cannot be written down as it is; shorten it")
    return record


def _state_message(record: StateRecord) -> str:
    note = f"\n{visible(record.note)}\n" if record.note else ""
    return f"{record.document}: {record.state}\n{note}\nObelos-State: {record.id}\nState: {record.state}\n"


def _approval_message(document: str, approvals: Sequence[Approval], decisions: Sequence[Decision]) -> str:
    first = visible(decisions[0].summary())
    first = first if len(first) <= 40 else first[:39].rstrip() + "…"
    more = f", and {len(decisions) - 1} more" if len(decisions) > 1 else ""
    lines = [f"{document}: confirmed {first}{more}", ""]
    note = f": {visible(approvals[0].note)}" if approvals[0].note else ""
    lines += [f"- {visible(d.summary())} ({d.disposition}, {visible(d.resp)}){note}" for d in decisions]
    lines.append("")
    for approval in approvals:
        lines += [f"Obelos-Approval: {approval.id}", f"Obelos-Decision: {approval.decision}"]
    return "\n".join(lines) + "\n"
