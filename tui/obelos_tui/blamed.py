"""Blame, for the plain command and the screen: each word with its decisions and the commits that recorded them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from obelos_history import Blamed, Decision, DocumentHistory, Repository
from obelos_history.blame import blame
from obelos_history.past import document_at
from obelos_transcripts import Edition

from .versions import commit_named


@dataclass(frozen=True)
class Row:
    """One word, or one changed passage.

    Attributes:
        commits: The commit that recorded each decision, by its id; none for one not yet written.
        superseded: Ids of decisions that another took the place of.
    """

    part: Blamed
    commits: Mapping[str, str]
    superseded: frozenset[str]


def blamed_now(history: DocumentHistory) -> Iterator[Row]:
    """Every word of the working text with all decisions, also those not yet written."""
    commits = recorded_in(history.edition, history.repository, history.name)
    parts = blame(history.base, history.replayed(), history.decisions)
    return _rows(parts, commits, history.decisions)


def blamed_at(edition: Edition, repository: Repository, name: str, revision: str) -> Iterator[Row]:
    """Every word of the working text as it was in a commit.

    Raises:
        BadInput: There is no such commit, or no such document in it.
    """
    folder = repository.prefix(edition.document(name).folder)
    commit = commit_named(repository, folder, revision, f"{name}@{revision}")
    past = document_at(edition, repository, name, commit)
    decisions = past.settled.decisions
    return _rows(blame(past.base, past.current, decisions), recorded_in(edition, repository, name), decisions)


def _rows(parts: Iterable[Blamed], commits: Mapping[str, str], decisions: Iterable[Decision]) -> Iterator[Row]:
    superseded = frozenset(ident for decision in decisions for ident in decision.supersedes)
    return (Row(part, commits, superseded) for part in parts)


def recorded_in(edition: Edition, repository: Repository, name: str) -> dict[str, str]:
    """The commit that recorded each record of a document, by id; of several the oldest."""
    folder = repository.prefix(edition.history(name))
    return {
        PurePosixPath(change.path).stem: commit.id
        for commit in repository.log(folder)
        for change in commit.changes
        if change.new and not change.old
    }
