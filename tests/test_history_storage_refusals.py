"""States of a repository in which a commit is refused whole, and nothing is changed.

The numbers in the names are those of the list of faults in the reliability study.
"""

import os
import shutil
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
    RECORD,
    World,
    commit,
    empty,
    environment,
    invariants,
    leftovers,
)
from obelos_history.facts import Changes
from obelos_history.repository import Repository
from obelos_transcripts import BadInput, Refused

BAD_NAMES = ["../x", "/abs", ".git/hooks/pre-commit", "a/.GIT/config", "a//b", "a/./b", "GIT~1/x", "a\0b", "dir/", ""]
BAD_NAMES += [".g\u200cit/config", ".git./x", ".git /x"]


def refused(world: World, changes: Changes = CHANGES) -> str:
    """What a refusal says; the world is as it was, to the byte."""
    before, status = world.git("rev-parse", "-q", "--verify", "HEAD", check=False), world.status()
    with pytest.raises(Refused) as refusal:
        commit(world, changes)
    assert before == world.git("rev-parse", "-q", "--verify", "HEAD", check=False)
    assert status == world.status()
    assert [] == leftovers(world)
    return str(refusal.value)


def test_B01_detached_head_is_refused(world: World) -> None:
    """A commit on no branch would be out of sight after the next switch."""
    world.git("checkout", "-q", "--detach")
    assert "git switch BRANCH" in refused(world)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("MERGE_HEAD", "A merge"),
        ("CHERRY_PICK_HEAD", "A cherry-pick"),
        ("REVERT_HEAD", "A revert"),
        ("rebase-merge/", "A rebase"),
        ("rebase-apply/", "A rebase"),
        ("sequencer/", "A series of picks"),
    ],
)
def test_B03_an_operation_under_way_is_refused(world: World, name: str, what: str) -> None:
    """During a merge or the like a commit of ours would become part of it."""
    place = world.root / ".git" / name
    if name.endswith("/"):
        place.mkdir()
    else:
        place.write_text(f"{world.base}\n")
    with pytest.raises(Refused, match=f"{what} is under way .*--abort"):
        commit(world)
    assert 0 == world.count()


def test_B04_a_bare_repository_is_refused(tmp_path: Path) -> None:
    """There are no files to edit."""
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path / "b")], check=True, env=environment())
    with pytest.raises(Refused, match=r"bare repository.*clone"):
        Repository.open(tmp_path / "b")


def test_B05_our_path_staged_by_another_is_refused(world: World) -> None:
    """What somebody staged would be lost from the index."""
    world.write(LETTER, "x")
    world.git("add", LETTER)
    world.write(LETTER, OLD)
    assert f"git restore --staged -- {LETTER}" in refused(world)


def test_B06_a_file_changed_on_disk_is_refused(world: World) -> None:
    """What another program wrote is not written over."""
    world.write(LETTER, "edited elsewhere")
    assert f"git diff -- {LETTER}" in refused(world)
    assert b"edited elsewhere" == world.read(LETTER)


def test_B07_a_path_changed_on_the_branch_since_is_refused(world: World) -> None:
    """What was reviewed is no longer what stands there."""
    reviewed = world.reviewed(CHANGES)
    world.write(LETTER, OLD + b"!")
    world.git("commit", "-qm", "theirs", "--only", LETTER)
    with pytest.raises(Refused, match="changed on the branch main since it was reviewed"):
        Repository.open(world.root).commit(CHANGES, "m", reviewed=reviewed, person=EDITOR, when=NOON)
    assert OLD + b"!" == world.read(LETTER)


def test_B08_an_unmerged_path_is_refused(world: World) -> None:
    """A merge that was never finished leaves several entries in the index."""
    blob = world.blob(LETTER)
    lines = "".join(f"100644 {blob} {stage}\t{LETTER}\n" for stage in (1, 2, 3))
    zero = f"0 {'0' * 40}\t{LETTER}\n"
    line = ["git", "update-index", "--index-info"]
    subprocess.run(line, input=(zero + lines).encode(), cwd=world.root, check=True, env=environment())
    assert "unfinished merge" in refused(world)


def test_B15_a_branch_checked_out_twice_is_refused(world: World, tmp_path: Path) -> None:
    """The other work tree would show a staged reversal of the commit."""
    world.git("worktree", "add", "-q", "-f", str(tmp_path / "twin"), "main")
    assert f"checked out in {tmp_path / 'twin'} as well" in refused(world)


def test_B16_a_path_in_a_submodule_is_refused(world: World, tmp_path: Path) -> None:
    """It belongs to another repository, whether that is filled in or not."""
    sub = empty(tmp_path / "sub")
    sub.write("f", "1")
    sub.git("add", ".")
    sub.git("commit", "-qm", "s")
    world.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(sub.root), "sub")
    with pytest.raises(Refused, match="another repository inside"):
        commit(world, {"sub/f": b"2"})
    world.git("commit", "-qm", "with submodule")
    shutil.rmtree(world.root / "sub")
    (world.root / "sub").mkdir()
    with pytest.raises(Refused, match="recorded as a submodule"):
        commit(world, {"sub/f": b"2"})
    assert [] == list((world.root / "sub").iterdir())


def test_B17_a_folder_that_is_a_link_is_refused(world: World, tmp_path: Path) -> None:
    """It may lead out of the edition."""
    (tmp_path / "outside").mkdir()
    (world.root / "lnk").symlink_to(tmp_path / "outside")
    assert "symbolic link" in refused(world, {"lnk/x": b"2"})
    assert [] == list((tmp_path / "outside").iterdir())


def test_B18_a_file_that_is_a_link_is_refused(world: World) -> None:
    """Its target would be replaced by a file."""
    (world.root / "reading/l").symlink_to("letter.txt")
    assert "not a regular file" in refused(world, {"reading/l": b"2"})


def test_B19_a_file_with_hard_links_is_refused(world: World) -> None:
    """Replacing it would part it from its twin."""
    os.link(world.root / LETTER, world.root.parent / "twin")
    assert "has 2 hard links" in refused(world)


@pytest.mark.parametrize("name", BAD_NAMES)
def test_B21_names_that_lead_elsewhere_are_refused(world: World, name: str) -> None:
    """Out of the work tree, into the git folder in any disguise, or nowhere."""
    with pytest.raises(Refused, match="no path for a transcript"):
        Repository.open(world.root).commit({name: b"x"}, "m", reviewed={name: None}, person=EDITOR, when=NOON)


@pytest.mark.parametrize("name", ["Reading/letter2.txt", "reading/LETTER.TXT", "reading/con.txt", "reading/x."])
def test_B22_names_that_other_systems_cannot_tell_apart_are_refused(world: World, name: str) -> None:
    """A clone on Windows or macOS would lose one of the two."""
    assert "name." in refused(world, {name: b"x"})


@pytest.mark.parametrize(
    ("attributes", "setting", "said"),
    [
        ("* filter=lfs\n", None, "attribute filter=lfs"),
        ("* working-tree-encoding=UTF-16\n", None, "working-tree-encoding=UTF-16"),
        ("* ident\n", None, "attribute ident=set"),
        ("* text=auto\n", None, "convert its line ends"),
        ("* eol=crlf\n", None, "convert its line ends"),
        ("", "true", "core.autocrlf=true"),
        ("", "input", "core.autocrlf=input"),
    ],
)
def test_B24_conversion_of_bytes_is_refused(world: World, attributes: str, setting: str | None, said: str) -> None:
    """git would store, or check out elsewhere, other bytes than were reviewed."""
    (world.root / ".git/info").mkdir(exist_ok=True)
    (world.root / ".git/info/attributes").write_text(attributes)
    if setting:
        world.git("config", "core.autocrlf", setting)
    with pytest.raises(Refused, match=said):
        commit(world, {"new.txt": NEW})
    assert not (world.root / "new.txt").exists()


def test_A17_a_missing_object_is_said_and_not_fetched(world: World) -> None:
    """An object that is not here is named, with what to do."""
    with pytest.raises(Refused, match="missing in this repository"):
        Repository.open(world.root).blobs(["1" * 40])


def test_a_check_that_fails_stops_the_commit_before_anybody_sees_it(world: World) -> None:
    """The caller's check gets what was read back; when it raises, everything is put back."""
    seen: list[Changes] = []

    def check(back: Changes) -> None:
        seen.append(back)
        raise Refused("the text does not follow from the decisions")

    repository = Repository.open(world.root)
    with pytest.raises(Refused, match="does not follow"):
        repository.commit(CHANGES, "m", reviewed=world.reviewed(CHANGES), person=EDITOR, when=NOON, check=check)
    assert [CHANGES] == seen
    assert [] == invariants(world, commits=0)


@pytest.mark.parametrize("step", ["job-written", "temporary-written", "file-written"])
def test_a_file_changed_on_disk_while_we_commit_is_left_alone_and_refused(world: World, step: str) -> None:
    """Another program writes into the second file while the first is written: its text stays, ours is taken back."""

    def reached(name: str) -> None:
        if name == step:
            world.write(RECORD, "by hand")

    repository = Repository.open(world.root)
    with pytest.raises(Refused, match="changed on disk by another program just now"):
        repository.commit(CHANGES, "m", reviewed=world.reviewed(CHANGES), person=EDITOR, when=NOON, reached=reached)
    assert (OLD, b"by hand", 0) == (world.read(LETTER), world.read(RECORD), world.count())
    assert [] == leftovers(world)


def test_a_file_staged_while_we_commit_is_not_lost(world: World) -> None:
    """Somebody stages our path between the checks and the publishing: refused, and their entry stays."""

    def reached(step: str) -> None:
        if step == "read-back":
            line = ["git", "update-index", "--cacheinfo", f"100755,{world.blob('other.txt')},{LETTER}"]
            subprocess.run(line, cwd=world.root, check=True, env=environment())

    repository = Repository.open(world.root)
    with pytest.raises(Refused, match="staged by somebody meanwhile"):
        repository.commit(CHANGES, "m", reviewed=world.reviewed(CHANGES), person=EDITOR, when=NOON, reached=reached)
    assert world.blob("other.txt") == world.blob(LETTER, "")
    assert OLD == world.read(LETTER)
    assert 0 == world.count()


def test_a_foreign_index_lock_stops_the_commit_and_stays(world: World) -> None:
    """The lock of another program is waited for, then respected."""
    lock = world.root / ".git" / "index.lock"
    lock.write_bytes(b"")
    with pytest.raises(Refused, match="held by another process"):
        commit(world)
    assert lock.exists()
    lock.unlink()
    assert [] == invariants(world, commits=0)


@pytest.mark.parametrize("message", ["", " \n", "a\0b", "a\ud800"])
def test_A14_messages_that_git_cannot_keep_are_refused(world: World, message: str) -> None:
    """A NUL would hide the rest of the message from every reader."""
    with pytest.raises(BadInput, match="the message of the commit"):
        Repository.open(world.root).commit(CHANGES, message, reviewed=world.reviewed(CHANGES), person=EDITOR, when=NOON)
