"""Merging, syncing and orphans in words; what both the commands and the screens show."""

from collections.abc import Iterator, Sequence

from obelos_history import Decision, DocumentHistory, Repository
from obelos_history.merge import DocumentMerged, Outcome
from obelos_history.orphans import Orphan
from obelos_history.sync import Step
from obelos_transcripts import BadInput, Edition


def step_lines(step: Step) -> Iterator[str]:
    """One step of a sync: what it was, and under it what a merge did."""
    yield step.said
    if step.outcome:
        yield from (f"  {line}" for line in _found(step.outcome))


def merged_lines(outcome: Outcome, what: str, *, dry_run: bool = False) -> Iterator[str]:
    """What a merge did, line by line.

    Args:
        what: The branch, as the editor named it.
        dry_run: Nothing was done; it is told what would be.
    """
    yield from _found(outcome)
    yield _last(outcome, what, dry_run=dry_run)


def _found(outcome: Outcome) -> Iterator[str]:
    for one in outcome.documents:
        yield from _document(one)
    if outcome.others:
        shown = ", ".join(outcome.others[:6]) + (" …" if len(outcome.others) > 6 else "")
        yield f"  {_counted(len(outcome.others), 'other file', 'other files')}: {shown}"
    yield from outcome.notices


def _last(outcome: Outcome, what: str, *, dry_run: bool) -> str:
    if outcome.kind == "nothing":
        return f"{what} holds nothing that is not here already." if what else "There is nothing to settle."
    if dry_run or outcome.commit is None:
        return "This would be done; nothing was changed."
    if outcome.kind == "forward":
        return f"Taken over as it is: your branch has {outcome.commit[:10]} now."
    done = "Merged" if outcome.kind == "merged" else "Settled"
    return f"{done} in commit {outcome.commit[:10]}."


def _document(one: DocumentMerged) -> Iterator[str]:
    how = {"taken": "taken over", "merged": "merged", "settled": "settled"}[one.how]
    came = f", {_counted(one.decisions, 'record', 'records')} came in" if one.decisions else ""
    new_base = ", another base text" if one.new_base else ""
    yield f"{one.name}: {how}{came}{new_base}{'; ' + one.notice if one.notice else ''}"
    for query in one.moot:
        yield f"  no question any more: “{query.place.exact}” ({query.id})"
    for query in one.questions:
        yield f"  ? {question(query)}"
    if one.orphans:
        yield (
            f"  {_counted(len(one.orphans), 'decision has', 'decisions have')} no place in the base text: "
            f"obelos orphans {one.name}"
        )


def question(query: Decision) -> str:
    """A question that arose from a merge, on one line."""
    return f"“{query.place.exact}”: {query.note} ({query.id})"


def orphan_lines(name: str, orphans: Sequence[Orphan]) -> Iterator[str]:
    """Orphans of a document, two lines each."""
    if orphans:
        yield f"{name}: {_counted(len(orphans), 'decision has', 'decisions have')} no place in the base text"
    for one in orphans:
        decision = one.decision
        unwritten = "" if one.written else ", not yet written"
        note = f": {decision.note}" if decision.note else ""
        yield f"  {decision.id}  {decision.summary()} ({decision.disposition}, {decision.resp}{unwritten}){note}"
        reads = f"line {one.line} has “{one.reads}” there" if one.reads else f"line {one.line} has nothing there"
        yield f"    …{decision.place.prefix}[{decision.place.exact}]{decision.place.suffix}… — {reads}"


def pending_lines(edition: Edition, repository: Repository) -> Iterator[str]:
    """Decisions not yet written: how many, and which documents' contradict what is committed now."""
    total = 0
    for name in edition.names():
        if not (repository.own / "ledger" / f"{name}.ledger").exists():
            continue
        try:
            history = DocumentHistory(edition, repository, name)
            total += len(history.pending.taken)
            if history.pending.lost:
                yield (
                    f"{name}: {_counted(len(history.pending.lost), 'decision', 'decisions')} not yet written "
                    f"lost their place: obelos orphans {name}"
                )
            history.replayed()
        except BadInput as error:
            yield f"{name}: {error}"
    if total:
        yield (
            f"{_counted(total, 'decision', 'decisions')} not yet written: they stay with you. "
            "“obelos commit” writes them, then they can be shared."
        )


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
