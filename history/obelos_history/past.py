"""A document as it was in a commit: its base text, its records, the text that they make."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from obelos_transcripts.edition import SUFFIXES, Edition
from obelos_transcripts.errors import BadInput
from obelos_transcripts.text import decode

from .records import Records, read_all
from .replay import Replay, replay
from .repository import Repository
from .settled import Settled, settle


@dataclass(frozen=True)
class Past:
    """One state of a document, made anew out of the commit's objects."""

    base: str
    base_id: str
    records: Records
    settled: Settled
    current: Replay


def document_at(edition: Edition, repository: Repository, name: str, revision: str) -> Past:
    """A document as a commit has it.

    Args:
        revision: What git takes for a commit: an id, a tag, a branch; nothing that begins with a hyphen.

    Raises:
        BadInput: The commit has no such document, or its records contradict each other.
        GitFailed: There is no such commit.
    """
    commit = repository.commit_id(revision)
    folder, history = (repository.prefix(path) for path in (edition.document(name).folder, edition.history(name)))
    files = repository.tree(commit, folder)
    path = next((path for suffix in SUFFIXES if (path := f"{folder}/base{suffix}") in files), None)
    if path is None:
        raise BadInput.at(name, None, f"at “{revision}” there is no such document yet")
    listed = repository.tree(commit, history)
    blobs = repository.blobs([files[path], *listed.values()])
    records, problems = read_all({PurePosixPath(one): blobs[blob] for one, blob in listed.items()}, name)
    if problems:
        raise BadInput(*problems)
    base = decode(blobs[files[path]], path)
    settled = settle(base, files[path], records)
    return Past(base, files[path], records, settled, replay(base, files[path], settled.decisions, settled.elsewhere))
