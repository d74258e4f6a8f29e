"""States of a repository in which a commit works, and leaves everybody else's work as it was.

The numbers in the names are those of the list of faults in the reliability study.
"""

import os
import stat
import subprocess
from pathlib import Path

import pytest

from gitworld import (
    CHANGES,
    EDITOR,
    LETTER,
    NEW,
    NOON,
    OLD,
    OTHERS,
    RECORD,
    World,
    commit,
    draw,
    empty,
    invariants,
    leftovers,
)
from obelos_history.repository import Repository
from obelos_transcripts import Refused

ODD_NAMES = [
    "-rf",
    ":(glob)*",
    "*?[x]",
    "a\nb\tc",
    "quo\"te'\\",
    "sp ace ",
    os.fsdecode(b"b\xe9n\xff.txt"),
    "e\u0301.txt",
    "\u00e9.txt",
    "rtl\u202egpj.txt",
    "x" * 250,
    "line end\r",
]
BYTES = [b"", b"\r", b"\r\n", b"\n", b"a\rb\r\nc\n", b"caf\xe9 \x00 \xff\xfe na\xefve", b"\xef\xbb\xbf\r\n", b"$Id$\n"]
BYTES += ["\u2028\u0085".encode(), bytes(range(256)) * 300, b"\xff\xfeh\0i\0"]


def test_the_work_of_others_stays_as_it_was(world: World) -> None:
    """Staged, half staged, unstaged and untracked files of others are not touched, and not committed."""
    made = commit(world)
    assert world.git("rev-parse", "HEAD") == made
    assert [] == invariants(world)


def test_author_time_message_and_trailers_are_as_given(world: World) -> None:
    """The commit says who, when and why in the words it was given."""
    message = "letter: received for recieved\n\nThe source reads so.\n\nObelos-Decision: 01\nDisposition: correct\n"
    Repository.open(world.root).commit(CHANGES, message, reviewed=world.reviewed(CHANGES), person=EDITOR, when=NOON)
    said = world.git("log", "-1", "--format=%an|%ae|%cn|%ce|%aI|%B").rstrip()
    assert (
        f"{EDITOR.name}|{EDITOR.mail}|{EDITOR.name}|{EDITOR.mail}|2026-11-23T12:00:00+00:00|{message.rstrip()}" == said
    )


def test_B02_the_first_commit_leaves_what_is_staged(tmp_path: Path) -> None:
    """On an unborn branch the first commit is ours alone; what another staged stays staged."""
    world = empty(tmp_path / "w")
    world.write("x", "x")
    world.git("add", "x")
    commit(world, {"a.txt": b"hello"})
    assert "a.txt" == world.git("ls-tree", "-r", "--name-only", "HEAD")
    assert ["A  x"] == world.status()


def test_B09_a_shallow_clone_works(world: World, tmp_path: Path) -> None:
    """History that is not there is not needed."""
    world.git("commit", "-qm", "two")
    world.git("clone", "-q", "--depth=1", world.root.as_uri(), str(tmp_path / "c"))
    clone = World(tmp_path / "c")
    commit(clone)
    assert "letter: received\ntwo" == clone.git("log", "--format=%s")
    assert [] == clone.status()


@pytest.mark.parametrize("sparse_index", [False, True])
def test_B10_a_sparse_checkout_works(world: World, tmp_path: Path, sparse_index: bool) -> None:
    """Also with a sparse index, which many programs cannot read."""
    world.git("commit", "-qm", "two")
    world.git("clone", "-q", world.root.as_uri(), str(tmp_path / "c"))
    clone = World(tmp_path / "c")
    clone.git("sparse-checkout", "set", "--cone", *(["--sparse-index"] if sparse_index else []), "history")
    commit(clone, {RECORD: b"x"})
    assert RECORD == clone.git("diff-tree", "-r", "--name-only", "HEAD~", "HEAD")
    assert [] == clone.status()


def test_B11_a_linked_work_tree_works(world: World, tmp_path: Path) -> None:
    """The commit goes to its branch; the main work tree sees nothing."""
    world.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    side = World(tmp_path / "side", world.base)
    commit(side)
    assert 1 == side.count()
    assert [] == side.status()
    assert sorted(OTHERS) == world.status()
    assert "side" == side.git("branch", "--show-current")


def test_B12_packed_refs_and_objects_work(world: World) -> None:
    """After ``git gc`` nothing is loose."""
    world.git("gc", "-q")
    world.git("pack-refs", "--all")
    commit(world)
    assert [] == invariants(world)


def test_B13_a_sha256_repository_works(tmp_path: Path) -> None:
    """The longer names of objects are used throughout."""
    world = draw(tmp_path / "w", "--object-format=sha256")
    made = commit(world)
    assert 64 == len(made or "")
    assert [] == invariants(world)
    assert NEW == next(iter(Repository.open(world.root).blobs([world.blob(LETTER) or ""]).values()))


def test_B14_a_repository_with_reftables_works(tmp_path: Path) -> None:
    """Where git knows them (2.45): branches in tables instead of files."""
    trial = ["git", "init", "-q", "--ref-format=reftable", str(tmp_path / "trial")]
    if subprocess.run(trial, capture_output=True, check=False).returncode:
        pytest.skip("this git knows no reftables")
    world = draw(tmp_path / "w", "--ref-format=reftable")
    commit(world)
    assert [] == invariants(world)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_B20_odd_names_work(world: World, name: str) -> None:
    """Names with quotes, line ends, leading hyphens, or that are not UTF-8, at the top and in a folder."""
    changes: dict[str, bytes | None] = {LETTER: NEW, name: b"1\r\n", f"history/{name}/{name}": b"2"}
    commit(world, changes)
    assert [] == invariants(world, changes=changes)
    logged = {change.path for entry in Repository.open(world.root).log(name) for change in entry.changes}
    assert {name} == logged


@pytest.mark.parametrize("data", BYTES, ids=range(len(BYTES)))
def test_B23_bytes_are_kept(world: World, data: bytes) -> None:
    """Whatever is in a file stands so in the commit and on disk."""
    changes: dict[str, bytes | None] = {LETTER: NEW, "history/z": data}
    commit(world, changes)
    assert [] == invariants(world, changes=changes)


def test_B24_minus_text_is_the_cure(world: World) -> None:
    """The attribute that the refusal names makes the commit possible."""
    world.git("config", "core.autocrlf", "true")
    commit(world)
    assert [] == invariants(world)


def test_B25_a_signature_is_made_where_the_users_git_signs(world: World, home: Path, tmp_path: Path) -> None:
    """``commit.gpgsign`` of the user is obeyed; without the key nothing is published."""
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    with (home / ".gitconfig").open("a") as config:
        config.write(f"[commit]\n\tgpgsign = true\n[gpg]\n\tformat = ssh\n[user]\n\tsigningkey = {key}\n")
    allowed = tmp_path / "allowed"
    allowed.write_text(f"{EDITOR.mail} {key.with_suffix('.pub').read_text()}")
    commit(world)
    assert [] == invariants(world)
    world.git("-c", f"gpg.ssh.allowedSignersFile={allowed}", "verify-commit", "HEAD")
    key.unlink()
    key.with_suffix(".pub").unlink()
    head = world.git("rev-parse", "HEAD")
    with pytest.raises(Refused, match="git refused"):
        commit(world, {LETTER: OLD})
    assert head == world.git("rev-parse", "HEAD")
    assert [] == invariants(world)


def test_B26_nothing_changed_makes_no_commit(world: World) -> None:
    """The same bytes once more are no commit."""
    commit(world)
    assert commit(world) is None
    assert [] == invariants(world)


def test_B27_mode_and_extended_attributes_are_kept(world: World) -> None:
    """A file that may be executed still may; what other programs noted on it is still there."""
    os.setxattr(world.root / LETTER, "user.origin", b"scan 7")
    commit(world)
    assert b"scan 7" == os.getxattr(world.root / LETTER, "user.origin")
    assert 0o755 == stat.S_IMODE((world.root / LETTER).stat().st_mode)
    assert "100755" == world.git("ls-tree", "HEAD", LETTER).split()[0]


def test_A06_hooks_do_not_run(world: World, tmp_path: Path) -> None:
    """No hook of the repository is started, whatever its name."""
    hooks = world.root / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("pre-commit", "commit-msg", "post-commit", "reference-transaction", "post-index-change"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch '{tmp_path}/ran'\nexit 1\n")
        (hooks / name).chmod(0o755)
    commit(world)
    # Looked at first: the person's own `git status` below does run hooks.
    assert not (tmp_path / "ran").exists()
    assert [] == invariants(world)


@pytest.mark.parametrize("settings", [("index.version", "4"), ("core.splitIndex", "true")])
def test_A10_other_forms_of_the_index_work(world: World, settings: tuple[str, str]) -> None:
    """Version 4 and a split index are read and written."""
    world.git("config", *settings)
    world.git("update-index", "--index-version", "4")
    world.git("update-index", "--split-index" if "split" in settings[0].lower() else "--no-split-index")
    commit(world)
    assert [] == invariants(world)


def test_A12_the_mode_comes_from_the_commit_where_the_disk_has_none(world: World) -> None:
    """On file systems without an executable bit a program stays one."""
    world.git("config", "core.fileMode", "false")
    (world.root / LETTER).chmod(0o644)
    commit(world)
    assert "100755" == world.git("ls-tree", "HEAD", LETTER).split()[0]


def test_A16_replaced_objects_do_not_deceive(world: World) -> None:
    """The commit stands on the real bytes, not on those that ``git replace`` puts in their place."""
    blob = world.blob(LETTER)
    other = world.git("hash-object", "-w", "other.txt")
    world.git("replace", str(blob), other)
    assert {blob: OLD} == Repository.open(world.root).blobs([str(blob)])


def test_files_that_somebody_else_commits_in_between_are_not_committed_twice(world: World) -> None:
    """A ``git commit -a`` takes our new text along; what is left of the change is committed on top of it."""
    done: list[str] = []

    def reached(step: str) -> None:
        if step == "blobs-written" and not done:
            done.append(step)
            world.git("commit", "-qam", "theirs")

    Repository.open(world.root).commit(
        CHANGES, "ours", reviewed=world.reviewed(CHANGES), person=EDITOR, when=NOON, reached=reached
    )
    assert LETTER in world.git("show", "--format=", "--name-only", "HEAD~").splitlines()
    assert RECORD == world.git("show", "--format=", "--name-only", "HEAD")
    assert (NEW, CHANGES[RECORD]) == (world.committed(LETTER), world.committed(RECORD))
    assert ["?? untracked.txt"] == world.status()
    assert [] == leftovers(world)


def test_a_removal_is_committed_and_folders_that_become_empty_go(world: World) -> None:
    """Taking away the last file of a folder takes the folder out of the tree."""
    commit(world, {LETTER: None})
    assert ".gitattributes\nother.txt\nthird.txt" == world.git("ls-tree", "-r", "--name-only", "HEAD")
    assert sorted(OTHERS) == world.status()
    assert "" == world.git("fsck", "--strict", "--no-dangling")


def test_an_edition_in_a_sub_folder_works(world: World) -> None:
    """Opened from a folder inside, paths still count from the top."""
    repository = Repository.open(world.root / "reading")
    assert world.root == repository.root
    assert LETTER == repository.prefix(world.root / "reading" / "letter.txt")
    assert "" == repository.prefix(world.root)
    with pytest.raises(Refused, match="lies outside the repository"):
        repository.prefix(world.root.parent / "x")


def test_a_commit_that_loses_a_race_is_made_on_the_new_ground(world: World) -> None:
    """Another commit lands between the checks and the publishing: ours goes on top of it."""
    done: list[str] = []

    def reached(step: str) -> None:
        if step == "job-completed" and not done:
            done.append(step)
            world.git("commit", "-qm", "theirs")

    made = Repository.open(world.root).commit(
        CHANGES, "ours", reviewed=world.reviewed(CHANGES), person=EDITOR, when=NOON, reached=reached
    )
    assert world.git("rev-parse", "HEAD") == made
    assert "ours\ntheirs\nbase" == world.git("log", "--format=%s")
    assert [" M other.txt", " M third.txt", "?? untracked.txt"] == world.status()
    assert [] == leftovers(world)
