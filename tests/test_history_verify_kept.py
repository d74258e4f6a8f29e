"""What was verified is taken over, and never believed against the objects, the history, or the files on disk."""

import os
import random
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from fast_history import Growing, Stream, founding
from gitworld import World
from independent_verify import main as verify_independently
from obelos_history import Commit, Verdict
from obelos_history.on_disk import look
from obelos_history.own_file import read_own, write_own
from obelos_transcripts import find_edition
from test_history_verify import grown, run, verdicts


@pytest.fixture
def keep(tmp_path: Path) -> Path:
    """A folder for what was verified."""
    return tmp_path / "kept"


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Three documents with a correction each; their files were written long ago."""
    world = grown(3, 1)[0].write(tmp_path / "world")
    settle(world)
    return world


def settle(world: World) -> None:
    """Let the files of the work tree be older than a moment: their times tell of later changes from then on."""
    edition = find_edition(world.root)
    assert edition
    while not all(look(edition, name).telling for name in edition.names()):
        os.sched_yield()


def spoil(world: World, name: str = "doc-0001") -> Path:
    """Change a letter of a document's text."""
    text = world.root / "transcripts" / name / "text.txt"
    text.write_bytes(text.read_bytes().replace(b"bane", b"bone", 1))
    return text


def taken_over(world: World, keep: Path) -> int:
    """How many verdicts a run over all documents takes over; all of them must hold."""
    verification = run(world, keep=keep)
    assert all(verdict.holds for verdict in verification)
    return verification.taken_over


def test_what_was_verified_is_taken_over_and_what_is_new_is_not(world: World, keep: Path) -> None:
    """The second run takes all over; after a commit to one document, all but that one."""
    first, second = taken_over(world, keep), taken_over(world, keep)
    (world.root / "transcripts/doc-0002/B.txt").write_text("another witness\n")
    world.git("add", "-A")
    world.git("commit", "-qm", "doc-0002: add witness B")

    assert (0, 3, 2) == (first, second, taken_over(world, keep))


def test_nothing_is_taken_over_with_full(world: World, keep: Path) -> None:
    """`--full` asks everything again."""
    taken_over(world, keep)
    full = run(world, keep=keep, full=True)

    assert 3 == len(list(full))
    assert (0, "") == (full.taken_over, full.since)


def test_a_verdict_taken_over_is_the_one_that_was_found(world: World, keep: Path) -> None:
    """What failed fails again, with the same words, commit and person."""
    spoil(world)
    world.git("commit", "-qam", "small fix")
    first, again = verdicts(world, keep=keep), verdicts(world, keep=keep)

    assert not again["doc-0001"].holds
    assert first["doc-0001"].unexplained[0].line == again["doc-0001"].unexplained[0].line
    assert "small fix" == getattr(again["doc-0001"].unexplained[0].commit, "subject", "")


def test_a_file_changed_with_its_size_and_time_as_before_is_noticed(world: World, keep: Path) -> None:
    """A letter is exchanged and the time put back: the time of the inode cannot be."""
    verdicts(world, keep=keep)
    text = world.root / "transcripts/doc-0001/text.txt"
    before = text.stat()
    spoil(world)
    os.utime(text, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert before.st_size == text.stat().st_size
    assert before.st_mtime_ns == text.stat().st_mtime_ns
    assert not verdicts(world, keep=keep)["doc-0001"].holds


def test_a_file_written_just_before_it_was_read_is_read_again(world: World, keep: Path) -> None:
    """racy-git: its state is not taken for telling, so a change in the same instant cannot hide behind it."""
    text = world.root / "transcripts/doc-0001/text.txt"
    text.write_bytes(text.read_bytes())
    verdicts(world, keep=keep)
    (kept,) = keep.iterdir()
    documents = (read_own(kept) or {})["documents"]

    assert documents["doc-0001"]["look"] is None
    assert documents["doc-0002"]["look"] is not None


def test_J03_a_history_that_was_rewritten_is_verified_anew(world: World, keep: Path) -> None:
    """J03: the commit verified last is in the history no more: nothing of it is taken over."""
    taken_over(world, keep)
    world.git("commit", "-q", "--amend", "-m", "the same with other words")

    assert 0 == taken_over(world, keep)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-9])


def _flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))


def _forge(file: Path) -> None:
    """All verdicts are good ones; who forges it does not know of the digest."""
    file.write_bytes(file.read_bytes().replace(b'"wrong":[[', b'"wrong":[],"right":[['))


def _open(file: Path) -> None:
    file.chmod(0o666)


def _link(file: Path) -> None:
    elsewhere = file.with_name("elsewhere")
    file.rename(elsewhere)
    file.symlink_to(elsewhere)


def _foreign(file: Path) -> None:
    write_own(file, {**(read_own(file) or {}), "place": "/another/repository\n/another"})


def _older(file: Path) -> None:
    write_own(file, {**(read_own(file) or {}), "program": "an earlier one"})


def _shapeless(file: Path) -> None:
    write_own(file, {**(read_own(file) or {}), "documents": [1, 2]})


@pytest.mark.parametrize("harm", [_cut, _flip, _forge, _open, _link, _foreign, _older, _shapeless])
def test_what_is_kept_is_not_believed_when_it_is_damaged_or_forged(
    world: World, keep: Path, harm: Callable[[Path], None]
) -> None:
    """The verdict is found anew, and is the same."""
    spoil(world)
    world.git("commit", "-qam", "small fix")
    verdicts(world, keep=keep)
    (kept,) = keep.iterdir()
    assert 0o600 == kept.stat().st_mode & 0o777
    harm(kept)
    verification = run(world, keep=keep)

    assert ["doc-0001"] == [verdict.document for verdict in verification if not verdict.holds]
    assert 0 == verification.taken_over


def test_an_old_object_that_was_changed_in_place_is_noticed(world: World, keep: Path) -> None:
    """Somebody puts other bytes into the file of an object, of the same kind and size: its name tells."""
    world.git("unpack-objects", "-q", check=False)
    (world.root / "note.txt").write_text("one\n")
    world.git("add", "note.txt")
    world.git("commit", "-qm", "a loose object")
    taken_over(world, keep)
    blob = world.blob("note.txt") or ""
    file = world.root / ".git/objects" / blob[:2] / blob[2:]
    file.chmod(0o644)
    file.write_bytes(zlib.compress(b"blob 4\0two\n"))
    quick, full = run(world, keep=keep), run(world, keep=keep, full=True)

    assert [f"the object {blob} is damaged, or was tampered with: its bytes have another name"] == list(quick.unsound)
    assert quick.unsound == full.unsound


def test_a_pack_that_was_changed_in_place_is_noticed(world: World, keep: Path) -> None:
    """A byte in the middle of a pack is another: what git can no longer read is told, not passed over."""
    world.git("repack", "-adq")
    taken_over(world, keep)
    (pack,) = (world.root / ".git/objects/pack").glob("*.pack")
    pack.chmod(0o644)
    _flip(pack)

    assert "is damaged, or was tampered with" in run(world, keep=keep).unsound[0]


def test_steps_of_any_history_lead_to_the_verdicts_that_the_whole_way_leads_to(tmp_path: Path, keep: Path) -> None:
    """Branches from old commits, merges, changes by hand, mended or not: in steps or at once, it is the same."""
    chance = random.Random(7)
    stream = Stream()
    stream.commit(founding(), "Found the edition")
    documents = [Growing(f"doc-{n}", 24, n) for n in range(4)]
    for document in documents:
        stream.commit(document.added(), "add")
    numbers = [5]
    for step in range(60):
        document = chance.choice(documents)
        parents = [numbers[-1]]
        if step % 4 == 3:
            parents.append(chance.choice(numbers))
        elif step % 5 == 4:
            parents = [chance.choice(numbers)]
        if chance.random() < 0.3:
            text = document.text.replace("bane", chance.choice(["bone", "bane"]))
            files: dict[str, bytes | None] = {f"{document.folder}/text.txt": text.encode()}
        elif len(document.decisions) < 20:
            files = document.corrected()
        numbers.append(stream.commit(files, f"step {step}", parents=list(dict.fromkeys(parents))))
    world = stream.write(tmp_path / "world")
    stepwise: dict[str, Verdict] = {}
    reused = 0
    for commit in world.git("rev-list", "--reverse", "--topo-order", "--first-parent", "HEAD").split()[4:]:
        world.git("reset", "-q", "--hard", commit)
        verification = run(world, keep=keep)
        stepwise = {verdict.document: verdict for verdict in verification}
        reused += verification.taken_over
        whole = _told(verdicts(world))
        assert [] == [(told, whole[name]) for name, told in _told(stepwise).items() if told != whole[name]]

    assert reused
    assert any(not verdict.holds for verdict in stepwise.values()) == (1 == verify_independently(world.root))


def _told(found: Mapping[str, Verdict]) -> dict[str, tuple[object, ...]]:
    """Verdicts without what is not kept of commits: only who, when, what."""
    plain: dict[str, tuple[object, ...]] = {}
    for name, verdict in found.items():
        words = [(w.line, w.expected, w.found, _id(w.commit), _id(w.gone)) for w in verdict.unexplained]
        others = [(t.what, _id(t.commit), t.settled) for t in verdict.tampering]
        plain[name] = (replace(verdict, unexplained=(), tampering=()), sorted(words), sorted(others))
    return plain


def _id(commit: Commit | None) -> str:
    return commit.id if commit else ""
