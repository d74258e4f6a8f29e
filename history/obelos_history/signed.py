"""Who brought a record into the history: the commit, and whether its author is the person that signed the record."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from obelos_transcripts.edition import HISTORY, Edition

from .facts import Commit
from .persons import Persons
from .records import Record
from .repository import Repository


def first_commits(edition: Edition, repository: Repository, names: Iterable[str] | None = None) -> dict[str, Commit]:
    """For the id of each record the commit that brought it in. One git process.

    Args:
        names: Documents; None for the whole edition.
    """
    folders = [edition.root / HISTORY] if names is None else [edition.history(name) for name in names]
    found: dict[str, Commit] = {}
    for commit in reversed(repository.log(*map(repository.prefix, folders)) if folders else []):
        for change in commit.changes:
            if change.new and not change.old:
                found.setdefault(PurePosixPath(change.path).stem, commit)
    return found


def signed_by_another(
    records: Iterable[Record], commits: Mapping[str, Commit], persons: Persons
) -> tuple[tuple[Record, Commit], ...]:
    """Records that bear one person's name and were committed by another, with the commit."""
    return tuple(
        (record, commit)
        for record in records
        if (commit := commits.get(record.id)) and not persons.same(record.resp, str(commit.person))
    )
