"""Verification: nothing that no record explains goes unseen, and it is put down to the commit that brought it in."""

import os
import random
from collections.abc import Iterable, Mapping
from pathlib import Path

from fast_history import Growing, Stream, founding
from gitworld import World
from independent_verify import broken as broken_independently
from independent_verify import main as verify_independently
from obelos_history import Repository, Verdict, Verification
from obelos_transcripts import find_edition
from tampering import KINDS

TAMPERED = 2_000 if os.environ.get("OBELOS_SOAK") else 500
"""All thirteen kinds in turn; two thousand where time is no matter."""
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


def together(parts: Iterable[Mapping[str, bytes | None]]) -> dict[str, bytes | None]:
    """The files of several documents, for one commit."""
    files: dict[str, bytes | None] = {}
    for part in parts:
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


def one_document(words: int = 30) -> tuple[Stream, Growing]:
    """An edition of one document without corrections."""
    stream = Stream()
    stream.commit(founding(), "Found the edition")
    document = Growing("letter", words)
    stream.commit(document.added(), "letter: add base text")
    return stream, document


def alone(document: Growing, number: int) -> dict[str, bytes | None]:
    """The files of its n-th decision on a branch that has no other."""
    text = document.text
    for other in range(len(document.decisions), 0, -1):
        if other != number:
            word = document.decisions[other - 1]
            text = text.replace(str(word.reading), word.place.exact, 1)
    record = document.record(number)
    return {f"{document.folder}/text.txt": text.encode(), record: document.files[record]}


def test_a_change_without_a_decision_is_put_down_to_the_branch_that_made_it(tmp_path: Path) -> None:
    """Somebody changed a word on a branch; the merge that brought it in is not to blame, and nothing was mended."""
    stream, document = one_document()
    wrong = document.text.replace("bane2", "bone2", 1).encode()
    stream.commit({f"{document.folder}/text.txt": wrong}, "small fix", parents=[2])
    stream.commit({"README.md": b"hello\n"}, "meanwhile", parents=[2])
    stream.commit({f"{document.folder}/text.txt": wrong}, "merge", parents=[4, 3])
    verdict = verdicts(stream.write(tmp_path / "world"))["letter"]

    assert [("bone2", "small fix", None)] == [
        (one.found, one.commit.subject if one.commit else "", one.gone) for one in verdict.unexplained
    ]


def test_decisions_of_two_branches_hold_through_their_merge(tmp_path: Path) -> None:
    """Each branch holds with its own decision, the merge with both; the second program says so, too."""
    stream, document = one_document()
    document.corrected()
    both = together([document.corrected(), {document.record(1): document.files[document.record(1)]}])
    stream.commit(alone(document, 1), "one", parents=[2])
    stream.commit(alone(document, 2), "other", parents=[2])
    stream.commit(both, "merge", parents=[3, 4])
    world = stream.write(tmp_path / "world")
    verdict = verdicts(world)["letter"]

    assert (True, 2, 4, ()) == (verdict.holds, verdict.decisions, verdict.commits, verdict.tampering)
    assert 0 == verify_independently(world.root)


def test_J02_a_decision_that_a_merge_dropped_is_missed(tmp_path: Path) -> None:
    """A merge that keeps only one side's files loses the other side's decision: it is named, with that merge."""
    stream, document = one_document()
    document.corrected()
    document.corrected()
    stream.commit(alone(document, 1), "one", parents=[2])
    stream.commit(alone(document, 2), "other", parents=[2])
    stream.commit({"README.md": b"x"}, "merge, mine only", parents=[3, 4])
    world = stream.write(tmp_path / "world")
    (wrong,) = verdicts(world)["letter"].tampering

    assert f"record {document.record_id(2)} was deleted" == wrong.what
    assert "merge, mine only" == (wrong.commit.subject if wrong.commit else "")
    assert 1 == verify_independently(world.root)


def test_F04_two_readings_that_a_plain_merge_left_are_told_with_what_to_do(tmp_path: Path) -> None:
    """Two editors corrected one word; git merged the files. Verify says which two, and which command makes a query."""
    stream, document = one_document()
    document.corrected()
    record = document.record(1)
    other = document.files[record].replace(b"reading: telegram0x", b"reading: telegram0y")
    second = document.record(2)
    other = other.replace(document.record_id(1).encode(), document.record_id(2).encode())
    stream.commit({record: document.files[record], **alone(document, 1)}, "one", parents=[2])
    theirs = document.text.replace("telegram0x", "telegram0y").encode()
    stream.commit({second: other, f"{document.folder}/text.txt": theirs}, "other", parents=[2])
    stream.commit({second: other}, "merge", parents=[3, 4])
    world = stream.write(tmp_path / "world")
    (wrong,) = [one for one in verdicts(world)["letter"].tampering if not one.settled]

    assert "two readings of one place" in wrong.what
    assert "“obelos merge” makes a query of them" in wrong.what
    assert 1 == verify_independently(world.root)


def test_queries_and_orphans_are_open_and_no_failure(tmp_path: Path) -> None:
    """A query waits for an answer, and the proof holds."""
    stream, document = one_document()
    document.corrected()
    record = document.files[document.record(1)]
    query = record.replace(b"reading: telegram0x\n", b"").replace(b"disposition: correct", b"disposition: query")
    stream.commit({document.record(1): query}, "ask")
    verdict = verdicts(stream.write(tmp_path / "world"))["letter"]

    assert (True, (document.record_id(1),)) == (verdict.holds, verdict.queries)


def test_what_is_no_record_may_not_lie_among_the_records(tmp_path: Path) -> None:
    """A file, or a folder with a file, that no reader of records would see is named."""
    stream, document = one_document()
    document.corrected()
    hidden = f"history/letter/more/{document.record_id(1)}.yaml"
    stream.commit({hidden: document.files[document.record(1)]}, "hide")
    (wrong,) = verdicts(stream.write(tmp_path / "world"))["letter"].tampering

    assert wrong.what.startswith(f"{hidden}: is no record")
