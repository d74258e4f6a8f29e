"""Verification: nothing that no record explains goes unseen, and it is put down to the commit that brought it in."""

import random
from pathlib import Path

from fast_history import Growing, Stream, founding
from gitworld import World
from independent_verify import broken as broken_independently
from obelos_history import Repository, Verdict, Verification
from obelos_transcripts import find_edition
from tampering import KINDS

TAMPERED = 2_000
UNTOUCHED = 100


def run(world: World, *names: str, keep: Path | None = None, full: bool = False) -> Verification:
    """A verification that is about to begin."""
    edition = find_edition(world.root)
    assert edition
    return Verification(edition, Repository.open(world.root), names, keep=keep, full=full)


def verdicts(world: World, *names: str, keep: Path | None = None) -> dict[str, Verdict]:
    """The verdict on each document."""
    return {verdict.document: verdict for verdict in run(world, *names, keep=keep)}


def grown(count: int, corrections: int, words: int = 30) -> tuple[Stream, list[Growing]]:
    """An edition of documents that have some corrections each, all made in the same commits."""
    stream = Stream()
    stream.commit(founding(), "Found the edition")
    documents = [Growing(f"doc-{number:04}", words, number) for number in range(count)]
    stream.commit(together(one.added() for one in documents), "add")
    for _ in range(corrections):
        stream.commit(together(one.corrected() for one in documents), "correct")
    return stream, documents


def together(parts: "object") -> dict[str, bytes | None]:
    """The files of several documents, for one commit."""
    files: dict[str, bytes | None] = {}
    for part in parts:  # type: ignore[attr-defined]
        files.update(part)
    return files


def test_J01_J06_no_tampering_of_thirteen_kinds_goes_unseen_and_two_programs_agree(tmp_path: Path) -> None:
    """J01, J06: two thousand documents are tampered with, and a hundred are not; both verifications tell which."""
    stream, documents = grown(TAMPERED + UNTOUCHED, 2)
    chance = random.Random(20261123)
    touched = documents[:TAMPERED]
    files = together(KINDS[n % len(KINDS)](one, chance) for n, one in enumerate(touched))
    stream.commit(files, "tidy")
    world = stream.write(tmp_path / "world")
    failed = {name for name, verdict in verdicts(world).items() if not verdict.holds}
    independently, fine = broken_independently(world.root)

    assert 13 == len(KINDS)
    assert {one.name for one in touched} == failed
    assert {name for name, commits in independently.items() if commits} == failed
    assert not fine
