"""``decide``, ``undo``, ``redo``, ``commit``, ``adopt``: the decisions, without the screen."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

import click

from obelos_history import (
    CERTAINTIES,
    EVIDENCE,
    FAULTS,
    Decision,
    Disposition,
    DocumentHistory,
    Judgement,
    Repository,
    read_decisions,
)
from obelos_history import restore as restore_text
from obelos_history.orphans import give_up, orphan_of
from obelos_transcripts import BadInput, Edition, Span

from ..clock import now
from ..workplace import document_name, edition_here, occurrence, repository_of, review_of, say

# What only commits, undoes, restores reads no rules.
if TYPE_CHECKING:
    from obelos_rules import Level

    from ..review import Review
    from ..shown import Item

GROUNDS = [
    click.option("--note", default="", help="Why: what a scholar should read here in ten years."),
    click.option("--cert", type=click.Choice(CERTAINTIES), default="unknown", help="How sure you are (TEI)."),
    click.option("--evidence", type=click.Choice(EVIDENCE), help="On what ground (TEI)."),
    click.option("--source", default="", help="Witness, document or authority relied on."),
    click.option("--fault", type=click.Choice(FAULTS), help="Whose error it is."),
]


def grounds(command: click.decorators.FC) -> click.decorators.FC:
    """The options that say why, shared by every command that decides."""
    for option in reversed(GROUNDS):
        command = option(command)
    return command


@contextmanager
def reviewing(name: str | None, level: "Level" = "possible", *, most: int | None = None) -> "Iterator[Review]":
    """A document's review, let go of afterwards; ``most`` as in `review_of`."""
    edition = edition_here()
    review = review_of(edition, document_name(edition, name), level=level, most=most)
    try:
        for notice in review.state.notices:
            say(notice, err=True)
        yield review
    finally:
        review.close()


@click.command()
@click.argument("document")
@click.option("--at", help="The passage, as it stands in the working text; TEXT#2 for its second occurrence.")
@click.option("--finding", help="Fingerprint of a finding (its first characters do), from “obelos check”.")
@click.option("--correct", metavar="READING", help="The transcription is wrong; the source reads READING.")
@click.option("--emend", metavar="READING", help="The source itself is wrong; mend it to READING.")
@click.option("--stet", is_flag=True, help="The source reads so; keep it.")
@click.option("--reject", is_flag=True, help="False alarm.")
@click.option("--query", is_flag=True, help="Ask someone; it stays open.")
@click.option("--for", "orphan", metavar="ID", help="Give this decision, which lost its place, a new one.")
@click.option("--drop", metavar="ID", help="Be done with a decision that lost its place; the text stays as it is.")
@click.option(
    "--alike",
    type=click.Choice(["document", "edition"]),
    help="Decide at all places like it, too: of the document, or of the whole edition.",
)
@grounds
def decide(
    document: str,
    at: str | None,
    finding: str | None,
    correct: str | None,
    emend: str | None,
    stet: bool,
    reject: bool,
    query: bool,
    orphan: str | None,
    drop: str | None,
    alike: str | None,
    **grounds: Any,
) -> int | None:
    """Take one decision. It is kept on disk at once; “obelos commit” writes it into the text and the history.

    \b
    Examples:
      obelos decide chungking-456 --at "bane for" --correct "base for" --note "B reads base" --source B
      obelos decide chungking-456 --finding 3fa2 --reject
      obelos decide chungking-456 --at "bases" --correct "base" --for 01JD7Z --note "as before"
      obelos decide chungking-456 --finding 3fa2 --reject --alike edition --note "the edition's own spelling"
    """
    if drop:
        _drop(document, drop, grounds["note"])
        return None
    if orphan and alike:
        raise BadInput.at("decide", None, "--for gives one decision a place; --alike decides at many. Give one of them")
    changing = {"correct": correct, "emend": emend}
    keeping = {"stet": stet, "reject": reject, "query": query}
    chosen = [d for d, reading in changing.items() if reading is not None] + [d for d in keeping if keeping[d]]
    if len(chosen) != 1:
        raise BadInput.at("decide", None, "give one of --correct, --emend, --stet, --reject, --query")
    if (at is None) == (finding is None):
        raise BadInput.at("decide", None, "give one of --at TEXT and --finding FINGERPRINT")
    disposition = chosen[0]
    # A finding across documents can only be answered where they are looked across, however many there are.
    with reviewing(document, most=sys.maxsize if finding else None) as review:
        item = _finding(review, finding) if finding else review.item_for(Span(*occurrence(review.state.text, at or "")))
        judgement = _judgement(disposition, changing.get(disposition), grounds)
        if alike:
            return _decide_alike(review, _same_finding(review, item), judgement, everywhere=alike == "edition")
        lost = [orphan_of(review.history, orphan).decision.id] if orphan else []
        decision = review.decide(_same_finding(review, item), judgement, lost)
        say(f"{decision.id}  {decision.summary()} ({decision.disposition})")
        say(f"{len(review.state.pending)} not yet written; “obelos commit” writes.")
    return None


def _decide_alike(review: "Review", item: "Item", judgement: Judgement, *, everywhere: bool) -> int:
    """Decide at every place like an item; 0, or 3 where some were left out."""
    from ..alike import decide_all, places_in, places_in_edition, wanted_for
    from ..told_done import told_done

    wanted = wanted_for(review, item)
    likes, unreadable = places_in_edition(review, wanted) if everywhere else (places_in(review, wanted), [])
    done = decide_all(review, likes, judgement)
    for decision in done.taken:
        say(f"{decision.id}  {decision.document}: {decision.summary()} ({decision.disposition})")
    for line in told_done(done, len(likes)):
        say(line)
    for name, why in unreadable:
        say(f"{name} could not be read: {why}", err=True)
    return 3 if done.left_out or unreadable else 0


def _drop(document: str, ident: str, note: str) -> None:
    """Be done with an orphan."""
    if not note.strip():
        raise BadInput.at("--drop", None, "say why with --note")
    with reviewing(document) as review:
        history = review.history
        orphan = orphan_of(history, ident)
        made = give_up(history, orphan, note, history.repository.identity(), review.clock())
        written = f", in commit {made[:10]}" if made else ""
        say(f"Done with {orphan.decision.summary()} ({orphan.decision.id}){written}.")


def _judgement(disposition: str, reading: str | None, grounds: dict[str, Any]) -> Judgement:
    return Judgement(cast(Disposition, disposition), reading, **grounds)


def _finding(review: "Review", fingerprint: str) -> "Item":
    found = [i for i in review.state.items if i.finding and i.finding.fingerprint.startswith(fingerprint)]
    if len(found) != 1:
        what = "is the fingerprint of no finding" if not found else "is the beginning of several fingerprints"
        raise BadInput.at("--finding", None, f"“{fingerprint}” {what}; “obelos check” lists them")
    return found[0]


def _same_finding(review: "Review", item: "Item") -> "Item":
    """The finding that stands exactly at a passage named by its words, if there is one."""
    if item.finding:
        return item
    return next((i for i in review.state.items if i.finding and i.span == item.span), item)


@contextmanager
def _ledger_of(name: str | None) -> Iterator[DocumentHistory]:
    """A document's record, also where its decisions contradict each other: undo is the way out of that."""
    edition = edition_here()
    history = DocumentHistory(edition, repository_of(edition), document_name(edition, name))
    history.open_for_deciding()
    try:
        yield history
    finally:
        history.close()


@click.command()
@click.argument("document", required=False)
def undo(document: str | None) -> None:
    """Take back the last decision that is not yet written; again for the one before."""
    with _ledger_of(document) as history:
        _tell("Taken back", history.undo())


@click.command()
@click.argument("document", required=False)
def redo(document: str | None) -> None:
    """Take again the decision that was undone last."""
    with _ledger_of(document) as history:
        _tell("Taken again", history.redo())


def _tell(done: str, decision: Decision | None) -> None:
    say(f"{done}: {decision.summary()} ({decision.disposition})" if decision else "There is nothing to do.")


def begun(edition: Edition, repository: Repository) -> list[str]:
    """The documents on which decisions were ever taken here; the others need not be opened to see that none wait."""
    ledgers = {file.stem for file in (repository.own / "ledger").glob("*.ledger")}
    return [name for name in edition.names() if name in ledgers]


@click.command()
@click.argument("documents", nargs=-1)
def commit(documents: tuple[str, ...]) -> None:
    """Write the decisions taken into the working text and the history, and commit them: one commit a document.

    Nothing else is touched: your staged and changed files stay as they are.
    """
    edition = edition_here()
    repository = repository_of(edition)
    written = 0
    for name in documents or begun(edition, repository):
        history = DocumentHistory(edition, repository, name)
        history.open_for_deciding()
        try:
            for notice in history.notices:
                say(notice, err=True)
            history.replayed()  # says how to go on where a decision contradicts what was committed meanwhile
            pending = len(history.pending.taken)
            made = history.commit(repository.identity(), now()) if pending else None
        finally:
            history.close()
        if made:
            written += pending
            say(f"{name}: {pending} decision{'s' if pending > 1 else ''} written in commit {made[:10]}")
    if not written:
        say("There is nothing to write.")


@click.command()
@click.argument("document")
@click.option(
    "--as",
    "disposition",
    type=click.Choice(["correct", "emend"]),
    required=True,
    help="What these changes are.",
)
@grounds
def adopt(document: str, disposition: Disposition, **grounds: Any) -> None:
    """Make decisions of the words that somebody changed in the working text by hand, one for each place, and
    commit them. Other decisions that are not yet written stay as they are.

    \b
    Example:
      obelos adopt chungking-456 --as correct --note "checked against the file copy" --source "FO 371"
    """
    with reviewing(document) as review:
        taken, made = review.adopt(Judgement(disposition, **grounds))
        for decision in taken:
            say(f"{decision.id}  {decision.summary()} ({decision.disposition})")
        say(f"{len(taken)} changes adopted in commit {made[:10]}." if made else "There is nothing to adopt.")


@click.command()
@click.argument("document")
def restore(document: str) -> None:
    """Put back the working text that base text and decisions make, where somebody changed it by hand.

    What stood there is kept aside, and where it is, is said; a change that was committed stays in the history.
    """
    with reviewing(document) as review:
        history = review.history
        aside, made = restore_text(history, history.repository.identity(), review.clock())
        if aside is None and made is None:
            say("There is nothing to put back.")
        else:
            say(f"Put back{f', in commit {made[:10]}' if made else ''}.")
        if aside:
            say(f"The text that stood there is kept in {aside}")


@click.command()
@click.argument("ident", metavar="ID")
@grounds
def revert(ident: str, **grounds: Any) -> None:
    """Take a decision back: what stood there before stands again, later decisions stay.

    Where it changed the text, by a new decision, which “obelos commit” writes. Where it changed nothing (a stet, a
    rejection, a query), or has lost its place, by a record that says so, written at once: its finding is open again.

    \b
    Example:
      obelos revert 01JD7Z --note "the file copy has bane after all"
    """
    edition = edition_here()
    owners = [
        (name, decision)
        for name in edition.names()
        for decision in read_decisions(edition.history(name))
        if decision.id.startswith(ident.upper())
    ]
    if len(owners) != 1:
        what = "is the beginning of several ids" if owners else "is the id of no decision that is written"
        raise BadInput.at(
            "revert", None, f"“{ident}” {what}; “obelos log” lists them, “obelos undo” takes back the rest"
        )
    ((name, old),) = owners
    whole = old.id
    with reviewing(name) as review:
        if review.is_silent(old):
            _, made = review.retract(whole, grounds["note"])
            say(
                f"Taken back: {old.summary()}, in commit {str(made)[:10]}. Its finding, if there is one, is open again."
            )
            return
        decision = review.revert(whole, Judgement("stet", **grounds))
        say(f"{decision.id}  {decision.summary()} ({decision.disposition}), supersedes {whole}")
        say(f"{len(review.state.pending)} not yet written; “obelos commit” writes.")


@click.command()
def withdraw() -> None:
    """Take back commits that were interrupted and cannot be finished. Their decisions are kept, not yet written."""
    repository = Repository.open(edition_here().root)
    stuck = [left for left in repository.recover() if left.outcome == "needs you"]
    for left in stuck:
        repository.withdraw(left.job)
        say(f"Taken back: “{left.subject}”. Its decisions are kept; “obelos commit” writes them.")
    if not stuck:
        say("No interrupted commit waits.")
