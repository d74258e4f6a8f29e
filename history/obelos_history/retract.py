"""Taking back a written decision that changes nothing in the text, so that its finding is open again."""

from datetime import datetime

from obelos_transcripts.errors import BadInput, Refused
from obelos_transcripts.visible import visible

from .attestation import Retraction
from .document_history import DocumentHistory
from .placing import new_id
from .replay import effective
from .repository import Person


def retract(
    history: DocumentHistory, ident: str, note: str, person: Person, now: datetime
) -> tuple[Retraction, str | None]:
    """Take one back by a record of its own, and commit that; the record, and the commit.

    Raises:
        BadInput: There is no reason.
        Refused: It does not stand any more, or it changes the text; or as for `DocumentHistory.commit`.
    """
    history.must_be_writer()
    history.check_disk()
    standing = {d.id: d for d in (*effective(history.committed), *history.settled.orphans)}
    decision = standing.get(ident)
    if decision is None:
        raise Refused(f"{ident} is no standing decision on {history.name}: it is not there, or superseded already")
    if decision.changes_text and decision not in history.settled.orphans:
        raise Refused(f"{decision.summary()} changes the text; “obelos revert {ident}” takes it back by a new decision")
    if not note.strip():
        raise BadInput.at("--note", None, "say why the decision is taken back: it stays in the history")
    fresh = Retraction(
        id=new_id(now, (*history.records.ids, *(d.id for d in history.decisions))),
        document=history.name,
        retracts=(ident,),
        resp=str(person),
        when=now.replace(microsecond=0),
        note=note,
    )
    what = visible(decision.summary())
    message = f"{history.name}: take back “{what}”\n\n{visible(note)}\n\nObelos-Retraction: {fresh.id}\n"
    return fresh, history.commit_records([fresh], message, person, now)
