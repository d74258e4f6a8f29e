"""The versions of a document that can stand in a column: working text, witnesses, base text, earlier commits."""

from collections.abc import Sequence
from dataclasses import dataclass

from obelos_transcripts import BadInput, decode

from .collated import MOST
from .review import Review
from .shown import Version

WORKING = "T"
"""Siglum of the working text on the screens."""

COMMIT = "@"
"""Begins the siglum of an earlier commit."""

LATEST = 5
"""Earlier commits that are offered."""


@dataclass(frozen=True)
class Candidate:
    """A version that can be chosen. ``witness``: its readings are evidence of what the source reads."""

    version: Version
    witness: bool = False


def candidates(review: Review, *, earlier: bool) -> tuple[Candidate, ...]:
    """The working text first, then the witnesses, the base text, and the document at its latest commits.

    ``earlier``: whether the commits are wanted; a long history takes its time.
    """
    state = review.state
    found = [Candidate(Version(WORKING, "working text", state.text))]
    found += [Candidate(version, witness=version.siglum != "base") for version in state.versions]
    return (*found, *(Candidate(version) for version in (_revisions(review) if earlier else ())))


def usual(offered: Sequence[Candidate]) -> list[int]:
    """What is put side by side first: the working text and the witnesses; the base text where there is none."""
    witnesses = [n for n, candidate in enumerate(offered) if candidate.witness]
    return [0, *(witnesses or range(1, min(2, len(offered))))][:MOST]


def _revisions(review: Review) -> list[Version]:
    """The working text at the latest commits that changed it, newest first, each text once."""
    history = review.history
    repository = history.repository
    path = repository.prefix(history.document.working)
    wanted: dict[str, Version] = {}
    for commit in repository.log(path):
        blob = next((change.new for change in commit.changes if change.path == path), None)
        if blob and blob not in wanted:
            title = f"{commit.when:%Y-%m-%d} {commit.subject}"
            wanted[blob] = Version(f"{COMMIT}{commit.id[:8]}", title, "")
        if len(wanted) > LATEST:
            break
    texts = repository.blobs(wanted)
    found = []
    seen = {review.state.text}
    for blob, version in wanted.items():
        try:
            text = decode(texts[blob], history.document.working)
        except BadInput:
            continue  # what is no text cannot stand in a column; verify tells of it
        if text not in seen:
            seen.add(text)
            found.append(Version(version.siglum, version.title, text))
    return found[:LATEST]
