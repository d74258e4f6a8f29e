"""Looking closer in the plain review: the place in full, its history, the proof, the rules, the help."""

import textwrap

from obelos_transcripts import BadInput, Span

from ..aloud import breath_at, breaths
from ..beside import chain_details
from ..explained import explain_rule, find_rule
from ..goto import arrive, target_of
from ..passages import paragraph_at
from ..wording import entry_line, explanation, review_status
from .session import Session
from .verbs import VERBS, verb, verb_for


@verb("show", "⏎", "explain")
def show(session: Session, rest: str) -> None:
    """Say all there is to say about the place at hand: message, reason, readings, decisions, notes."""
    item = session.at_hand
    lines = explanation(session.view, item, session.review.blame(item.span.start))
    for line in (*lines, *chain_details(session.view, item)):
        session.say(line.plain)


@verb("read", "text")
def read(session: Session, rest: str) -> None:
    """Read the paragraph around the place at hand, and the notes anchored in it."""
    text, passages = session.review.state.text, session.review.state.passages
    around = paragraph_at(text, session.item.span if session.item else Span(0, 0))
    session.say(textwrap.fill(" ".join(text[around.start : around.end].split()), 100))
    for note in passages.notes(around):
        session.say(f"note {note.label}: {' '.join(note.text.split())}")


@verb("aloud", "p")
def aloud(session: Session, rest: str) -> None:
    """Say the breath-group at the place at hand as it is read aloud; “obelos review DOC --aloud” goes on from group to
    group."""
    groups = breaths(session.review.state.text)
    if groups:
        session.say(groups[breath_at(groups, session.item.span.start if session.item else 0)].spoken)


@verb("blame", "b")
def blame(session: Session, rest: str) -> None:
    """Say who put the words at hand there, when and why, and what was decided before."""
    item = session.at_hand
    session.say(session.review.blame(item.span.start))
    for line in chain_details(session.view, item):
        session.say(line.plain)


@verb("history", "h")
def history(session: Session, rest: str) -> None:
    """List the decisions and commits of this document, newest first."""
    entries = session.review.entries()
    for entry in entries:
        session.say(entry_line(entry).plain)
    if not entries:
        session.say("Nothing has been decided or written yet.")


@verb("go WHERE", ":", "goto")
def go(session: Session, rest: str) -> None:
    """Go to a finding (its number), a line (line 12), a rule (its code), a decision or a commit (its id)."""
    target = target_of(rest, session.review, [session.review.state.name], session.view.items)
    if target.kind == "document":
        raise BadInput.at("go", None, f"this is {session.review.state.name}; end it with quit to open another")
    arrived = arrive(session.review, target, session.view.items)
    for line in arrived.lines:
        session.say(line)
    if arrived.item:
        session.take_in_hand(arrived.item)


@verb("rule [CODE]", "L")
def rule(session: Session, rest: str) -> None:
    """Explain a rule, that of the finding at hand unless you name one."""
    finding = session.item.finding if session.item else None
    code = rest or (finding.code if finding else "")
    if not code:
        raise BadInput.at("rule", None, "say which rule")
    for line in explain_rule(find_rule(code, session.review.rules, "rule")):
        session.say(line)


@verb("image", "i")
def image(session: Session, rest: str) -> None:
    """Say which page image shows the place at hand, and where it is."""
    from ..facsimile import page_for

    page = page_for(session.review.history.document, session.review.state.text, session.at_hand.span.start)
    session.say(page.told)


@verb("verify", "V")
def verify(session: Session, rest: str) -> None:
    """Prove that base text and decisions give the working text."""
    _, lines = session.review.verify()
    for line in lines:
        session.say(line)


@verb("git", "@")
def git_commands(session: Session, rest: str) -> None:
    """List the git commands that ran."""
    for command in session.review.git_commands() or ("No git command has run.",):
        session.say(command)


@verb("reload", "^r")
def reload(session: Session, rest: str) -> None:
    """Read the document again from disk."""
    session.review.reload()
    session.again()
    status(session, "")


@verb("status")
def status(session: Session, rest: str) -> None:
    """Say how the review stands."""
    session.say(f"{session.review.state.title}. {review_status(session.view).plain}.")


@verb("help [VERB]", "?")
def help_(session: Session, rest: str) -> None:
    """List the verbs, or explain one. A verb's key on the screen does as well."""
    if rest:
        one, _ = verb_for(rest)
        session.say(f"{one.usage}  ({', '.join(one.names)})")
        session.say(one.help)
        return
    for one in VERBS:
        keys = ", ".join(name for name in one.names[1:])
        session.say(f"{one.usage:<28} {keys:<14} {one.help}")


@verb("quit", "q", "end")
def quit_(session: Session, rest: str) -> None:
    """End. Decisions that are not yet written are kept and are there next time."""
    session.over = True
