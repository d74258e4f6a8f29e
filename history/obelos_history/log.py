"""The history of a document as people read it: commits and decisions, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Literal

from .decision import Decision
from .document_history import DocumentHistory
from .repository import Commit


@dataclass(frozen=True)
class Entry:
    """One line of the history.

    Attributes:
        id: ULID of the decision or id of the commit.
        title: What happened, in a few words.
        detail: Lines that say more: the words changed, the note, the ground.
        commit: The commit that recorded it; None while a decision is pending.
    """

    kind: Literal["decision", "commit"]
    id: str
    document: str
    when: datetime
    person: str
    title: str
    detail: tuple[str, ...]
    decision: Decision | None
    commit: str | None
    pending: bool


def entries(history: DocumentHistory) -> tuple[Entry, ...]:
    """Pending decisions, then each commit that touched the document, followed by the decisions it recorded."""
    repository, edition = history.repository, history.edition
    folder = repository.prefix(edition.history(history.name))
    commits = repository.log(repository.prefix(history.document.folder), folder)
    by_id = {decision.id: decision for decision in history.records.decisions}
    superseded = {ident: d.id for d in history.decisions for ident in d.supersedes}
    found = [_decision(d, None, superseded) for d in reversed(history.pending.taken)]
    for commit in commits:
        found.append(_commit(commit, history.name))
        paths = (PurePosixPath(change.path) for change in commit.changes if change.new and not change.old)
        ids = sorted((p.stem for p in paths if p.parent.as_posix() == folder), reverse=True)
        found += [_decision(by_id[i], commit.id, superseded) for i in ids if i in by_id]
    return tuple(found)


def _commit(commit: Commit, document: str) -> Entry:
    detail = [line for line in commit.body.splitlines() if line.strip()]
    files = [change.path for change in commit.changes]
    return Entry(
        "commit",
        commit.id,
        document,
        commit.when,
        str(commit.person),
        commit.subject,
        (*detail, "", *files),
        None,
        commit.id,
        False,
    )


def _decision(decision: Decision, commit: str | None, superseded: dict[str, str]) -> Entry:
    return Entry(
        "decision",
        decision.id,
        decision.document,
        decision.when,
        decision.resp,
        decision.summary(),
        tuple(describe(decision, superseded.get(decision.id))),
        decision,
        commit,
        commit is None,
    )


def describe(decision: Decision, superseded_by: str | None = None) -> Sequence[str]:
    """A decision in full, a line for each thing to say."""
    place = decision.place
    lines = [f"{decision.disposition} · fault: {decision.fault}"]
    lines.append(f"base text  …{place.prefix}[{place.exact}]{place.suffix}…")
    if decision.reading is not None:
        lines.append(f"now        …{place.prefix}[{decision.reading}]{place.suffix}…")
    if decision.note:
        lines.append(f"note       {decision.note}")
    ground = [f"certainty {decision.cert}"]
    ground += [f"evidence {decision.evidence}"] if decision.evidence else []
    ground += [f"source {decision.source}"] if decision.source else []
    lines.append("ground     " + ", ".join(ground))
    if decision.rule:
        lines.append(f"rule       {decision.rule}")
    lines.append(f"place      {place.layer}, characters {place.start} to {place.end} of base text {decision.base[:10]}")
    lines.append(f"by         {decision.resp}, {decision.when.isoformat(timespec='seconds')}")
    if decision.supersedes:
        lines.append(f"supersedes {', '.join(decision.supersedes)}")
    if superseded_by:
        lines.append(f"superseded by {superseded_by}")
    return lines
