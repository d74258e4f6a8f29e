"""How far the document has come, and what waits for a second reader, in the plain review."""

from obelos_history import STATES
from obelos_transcripts import BadInput

from ..attesting import Attesting
from ..states import told
from ..wording import summary
from .session import Session
from .verbs import verb


def _attesting(session: Session) -> Attesting:
    history = session.review.history
    review = session.review
    return Attesting(history.edition, history.repository, review=review, clock=review.clock, notice=session.say)


@verb("state [STATE] [NOTE]", "A")
def state(session: Session, rest: str) -> None:
    """Say how the document stands; with a state (draft, proofread, verified, published), say how far it has come."""
    name = session.review.history.name
    wanted, _, note = rest.partition(" ")
    if wanted and wanted not in STATES:
        raise BadInput.at("state", None, f"“{wanted}” is none of {', '.join(STATES)}")
    if wanted:
        made = _attesting(session).set_state(name, wanted, note.strip())
        session.review.look_again()
        session.say(f"{name}: {wanted}, {f'commit {made[1][:10]}' if made else 'said of this very text already'}")
    for line in told(_attesting(session).standing(name), short=bool(wanted)):
        session.say(line)


@verb("waiting", "W")
def waiting(session: Session, rest: str) -> None:
    """List the decisions that wait for a second reader."""
    found = _attesting(session).waiting([session.review.history.name]).places
    for place in found:
        decision = place.decision
        session.say(f"{decision.id}  {summary(decision)} ({decision.disposition}, {decision.resp})")
    if not found:
        session.say("Nothing waits for a second reader.")


@verb("approve ID [NOTE]")
def approve(session: Session, rest: str) -> None:
    """Confirm a decision of another person, by its id or the beginning of it."""
    ident, _, note = rest.partition(" ")
    name = session.review.history.name
    found = [
        one.decision.id
        for one in _attesting(session).waiting([name]).places
        if one.decision.id.startswith(ident.upper())
    ]
    if not ident or len(found) != 1:
        raise BadInput.at("approve", None, f"“{ident}” is not one decision that waits; “waiting” lists them")
    _, made = _attesting(session).approve(name, found, note.strip())
    session.review.look_again()
    session.say(f"Confirmed, in commit {made[:10]}.")
