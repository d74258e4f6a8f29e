"""Deciding in the plain review: one place, or many alike in one go; taking back; writing."""

from collections.abc import Callable
from typing import cast

from obelos_history import CERTAINTIES, EVIDENCE, FAULTS, Judgement, commit_message
from obelos_history.decision import CHANGING, Disposition
from obelos_transcripts import BadInput

from ..alike import decide_all, places_in, places_in_edition, wanted_for
from ..shown import Item
from ..told_done import told_done
from ..wording import asked_line, decision_line, like_line, passage_line, quoted, summary, summary_of
from .session import Session
from .verbs import verb

_CHOICES = {"cert": CERTAINTIES, "evidence": EVIDENCE, "fault": FAULTS}


@verb("take N [NOTE]")
def take(session: Session, rest: str) -> None:
    """Take the suggestion of that number: correct the passage. The number alone does as well."""
    number, _, note = rest.partition(" ")
    item = session.at_hand
    if not number.isdigit() or not 1 <= int(number) <= len(item.suggestions):
        raise BadInput.at("take", None, f"there is no suggestion “{number}” here")
    reading = item.suggestions[int(number) - 1]
    sigla = ", ".join(siglum for siglum, read in item.readings if read == reading and siglum != "base")
    if sigla:
        session.grounds = {"source": sigla, "evidence": "external"} | session.grounds
    _judge(session, "correct", reading, note)


@verb("correct READING", "c")
def correct(session: Session, rest: str) -> None:
    """The transcription is wrong: put what the source reads."""
    _judge(session, "correct", _reading(session, "correct", rest))


@verb("emend READING", "e")
def emend(session: Session, rest: str) -> None:
    """The source itself is wrong: mend it, and say why."""
    _judge(session, "emend", _reading(session, "emend", rest))


@verb("strike out", "strike")
def strike_out(session: Session, rest: str) -> None:
    """Correct the passage to nothing."""
    _judge(session, "correct", "", rest)


@verb("stet [NOTE]", "t")
def stet(session: Session, rest: str) -> None:
    """The source reads so: keep it."""
    _judge(session, "stet", None, rest)


@verb("reject [NOTE]", "r")
def reject(session: Session, rest: str) -> None:
    """A false alarm: nothing is wrong here."""
    if session.at_hand.finding is None:
        raise BadInput.at("reject", None, "there is no finding here to reject; stet records that the source reads so")
    _judge(session, "reject", None, rest)


@verb("query [QUESTION]", "a", "ask")
def query(session: Session, rest: str) -> None:
    """Put a question to someone; the passage stays open. Any other decision on it is the answer."""
    _judge(session, "query", None, rest)


def _reading(session: Session, verb: str, rest: str) -> str:
    if not rest:
        answer = session.hear(f"reading for {quoted(_words(session, session.at_hand), 60)}: ")
        rest = answer or ""
    if not rest:
        raise BadInput.at(verb, None, "say the reading; “strike out” corrects to nothing")
    return rest


def _words(session: Session, item: Item) -> str:
    return session.review.state.text[item.span.start : item.span.end]


def _judge(session: Session, disposition: Disposition, reading: str | None, note: str = "") -> None:
    item = session.at_hand
    if item.question:
        session.say(asked_line(item))
    judgement = _judgement(session, disposition, reading, note)
    before, after = session.review.preview(item.span, reading)
    decision = session.review.decide(item, judgement)
    session.grounds = {}
    if reading is not None:
        session.say(passage_line("before", before).plain)
        session.say(passage_line("after", after).plain)
    session.say(f"{summary(decision)} ({decision.disposition}), taken. undo takes it back, write writes it.")
    following = session.view.following(item.span)
    if item.finding and following:
        session.take_in_hand(following)
    else:
        session.item = next((one for one in session.view.items if one.decision == decision), following)
        if session.view.open_count == 0:
            session.say("All findings shown are answered.")


def _judgement(session: Session, disposition: Disposition, reading: str | None, note: str) -> Judgement:
    """With what was said before; what the edition asks for and was not said is asked for now."""
    grounds = {"note": note} | session.grounds if not note else session.grounds | {"note": note}
    for field in session.review.needs(disposition):
        if not grounds.get(field, "").strip():
            allowed = _CHOICES.get(field, ())
            label = "question" if (disposition, field) == ("query", "note") else field
            grounds[field] = session.hear(f"{label} ({', '.join(allowed)}): " if allowed else f"{label}: ") or ""
            if allowed and grounds[field] not in allowed:
                raise BadInput.at(field, None, f"“{grounds[field]}” is none of {', '.join(allowed)}")
    return Judgement(disposition, reading, **grounds)  # type: ignore[arg-type]


def _ground(field: str) -> Callable[[Session, str], None]:
    def say(session: Session, rest: str) -> None:
        allowed = _CHOICES.get(field)
        if allowed and rest and rest not in allowed:
            raise BadInput.at(field, None, f"“{rest}” is none of {', '.join(allowed)}")
        if rest:
            session.grounds[field] = rest
        else:
            session.grounds.pop(field, None)
        said = ", ".join(f"{name} {value}" for name, value in session.grounds.items())
        session.say(f"For the next decision: {said or 'nothing'}")

    what = f" ({', '.join(_CHOICES[field])})" if field in _CHOICES else ""
    say.__doc__ = f"Say the {field} for the next decision{what}; alone: none."
    return say


for _field in ("note", "source", "cert", "evidence", "fault"):
    verb(f"{_field} [WORDS]")(_ground(_field))


@verb("undo", "z")
def undo(session: Session, rest: str) -> None:
    """Take back the last decision that is not yet written, or all that were taken with it in one go."""
    decisions = session.review.undo()
    session.again()
    session.say(f"Taken back: {summary_of(decisions)}." if decisions else "There is nothing to take back.")


@verb("redo", "Z")
def redo(session: Session, rest: str) -> None:
    """Take again what was taken back last."""
    decisions = session.review.redo()
    session.again()
    session.say(f"Taken again: {summary_of(decisions)}." if decisions else "There is nothing to take again.")


@verb("pending")
def pending(session: Session, rest: str) -> None:
    """List the decisions not yet written, and what the commit would be called."""
    taken = session.review.state.pending
    for decision in taken:
        session.say(decision_line(decision, pending=False).plain)
    subject = commit_message(session.review.state.name, taken).split("\n", 1)[0] if taken else ""
    session.say(f"commit: {subject}" if taken else "There is nothing to write.")


@verb("write", "w", "commit")
def write(session: Session, rest: str) -> None:
    """Write and commit the decisions taken."""
    made = session.review.commit()
    session.again()
    session.say(f"Written: commit {made[:10]}." if made else "There is nothing to write.")


@verb("like [edition] [any]", "m", "more")
def like(session: Session, rest: str) -> None:
    """List the places like the one at hand, in this document or in the whole edition; “any”: on any words."""
    wanted = wanted_for(session.review, session.at_hand)
    if "any" in rest.split() and wanted.rule:
        wanted = type(wanted)(wanted.words, wanted.rule, True)
    if "edition" in rest.split():
        session.likes, unreadable = places_in_edition(session.review, wanted)
        for name, why in unreadable:
            session.say(f"{name} could not be read: {why}")
    else:
        session.likes = places_in(session.review, wanted)
    session.wanted, session.dropped = wanted, set()
    _tell_likes(session)


@verb("keep WHICH")
def keep(session: Session, rest: str) -> None:
    """Keep places of the last list: numbers, as “3 5-7”, or all."""
    session.dropped -= _chosen(session, rest)
    _tell_likes(session)


@verb("drop WHICH")
def drop(session: Session, rest: str) -> None:
    """Drop places of the last list: numbers, as “3 5-7”, or all."""
    session.dropped |= _chosen(session, rest)
    _tell_likes(session)


def _chosen(session: Session, rest: str) -> set[int]:
    if rest == "all":
        return set(range(len(session.likes)))
    found: set[int] = set()
    for part in rest.replace(",", " ").split():
        first, _, last = part.partition("-")
        if not first.isdigit() or not (last or first).isdigit():
            raise BadInput.at("keep", None, f"“{part}” is no number of the list; say as “3 5-7”, or all")
        found |= {n - 1 for n in range(int(first), int(last or first) + 1) if 1 <= n <= len(session.likes)}
    return found


def _tell_likes(session: Session) -> None:
    width = min(28, max((len(f"{one.document}:{one.line}") for one in session.likes), default=0))
    for number, one in enumerate(session.likes):
        session.say(f"{number + 1:>4} {like_line(one, number not in session.dropped, width).plain}")
    if not session.likes:
        session.say("There is no open place like this.")
        return
    kept = len(session.likes) - len(session.dropped)
    session.say(f"{kept} of {len(session.likes)} kept. keep, drop change that; each DISPOSITION decides on all kept.")


@verb("each DISPOSITION [READING or NOTE]")
def each(session: Session, rest: str) -> None:
    """Decide on every place kept of the last list: each correct READING, each stet NOTE, each reject NOTE, …"""
    disposition, _, words = rest.partition(" ")
    if disposition not in ("correct", "emend", "stet", "reject", "query"):
        raise BadInput.at("each", None, "say each correct, each emend, each stet, each reject or each query")
    kept = [one for number, one in enumerate(session.likes) if number not in session.dropped]
    if not kept:
        raise BadInput.at("each", None, "nothing is kept: “like” lists places")
    if disposition == "reject" and not all(one.finding for one in kept):
        raise BadInput.at(
            "each", None, "there are no findings here to reject; each stet records that the source reads so"
        )
    changing = disposition in CHANGING
    reading = (words or None) if changing else None
    judgement = _judgement(session, cast(Disposition, disposition), reading, "" if changing else words)
    done = decide_all(session.review, kept, judgement)
    session.grounds, session.likes, session.dropped = {}, [], set()
    session.again()
    for line in told_done(done, len(kept)):
        session.say(line)
