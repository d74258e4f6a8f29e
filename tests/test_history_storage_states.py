"""States that a repository can be in: the ones in which a commit works, and the ones in which it is refused whole.

The numbers in the names are those of the list of faults in the reliability study.
"""

import os
import shutil
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
    draw,
    empty,
    environment,
    invariants,
    leftovers,
)
from obelos_history.facts import Changes
from obelos_history.repository import Repository
from obelos_transcripts import BadInput, Refused

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
BAD_NAMES = ["../x", "/abs", ".git/hooks/pre-commit", "a/.GIT/config", "a//b", "a/./b", "GIT~1/x", "a\0b", "dir/", ""]
BAD_NAMES += [".g\u200cit/config", ".git./x", ".git /x"]
BYTES = [b"", b"\r", b"\r\n", b"\n", b"a\rb\r\nc\n", b"caf\xe9 \x00 \xff\xfe na\xefve", b"\xef\xbb\xbf\r\n", b"$Id$\n"]
BYTES += ["\u2028\u0085".encode(), bytes(range(256)) * 300, b"\xff\xfeh\0i\0"]


def commit(world: World, changes: Changes = CHANGES, **options: object) -> str | None:
    """Commit what is reviewed now."""
    reviewed = world.reviewed(changes)
    repository = Repository.open(world.root)
    return repository.commit(changes, "letter: received\n", reviewed=reviewed, person=EDITOR, when=NOON)


def refused(world: World, changes: Changes = CHANGES) -> str:
    """What a refusal says; the world is as it was, to the byte."""
    before, status = world.git("rev-parse", "-q", "--verify", "HEAD", check=False), world.status()
    with pytest.raises(Refused) as refusal:
        commit(world, changes)
    assert before == world.git("rev-parse", "-q", "--verify", "HEAD", check=False)
    assert status == world.status()
    assert [] == leftovers(world)
    return str(refusal.value)


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


def test_B01_detached_head_is_refused(world: World) -> None:
    """A commit on no branch would be out of sight after the next switch."""
    world.git("checkout", "-q", "--detach")
    assert "git switch BRANCH" in refused(world)


def test_B02_the_first_commit_leaves_what_is_staged(tmp_path: Path) -> None:
    """On an unborn branch the first commit is ours alone; what another staged stays staged."""
    world = empty(tmp_path / "w")
    world.write("x", "x")
    world.git("add", "x")
    commit(world, {"a.txt": b"hello"})
    assert "a.txt" == world.git("ls-tree", "-r", "--name-only", "HEAD")
    assert ["A  x"] == world.status()


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


@pytest.mark.parametrize("name", ODD_NAMES)
def test_B20_odd_names_work(world: World, name: str) -> None:
    """Names with quotes, line ends, leading hyphens, or that are not UTF-8, at the top and in a folder."""
    changes: dict[str, bytes | None] = {LETTER: NEW, name: b"1\r\n", f"history/{name}/{name}": b"2"}
    commit(world, changes)
    assert [] == invariants(world, changes=changes)
    logged = {change.path for entry in Repository.open(world.root).log(name) for change in entry.changes}
    assert {name} == logged


@pytest.mark.parametrize("name", BAD_NAMES)
def test_B21_names_that_lead_elsewhere_are_refused(world: World, name: str) -> None:
    """Out of the work tree, into the git folder in any disguise, or nowhere."""
    with pytest.raises(Refused, match="no path for a transcript"):
        Repository.open(world.root).commit({name: b"x"}, "m", reviewed={name: None}, person=EDITOR, when=NOON)


@pytest.mark.parametrize("name", ["Reading/letter2.txt", "reading/LETTER.TXT", "reading/con.txt", "reading/x."])
def test_B22_names_that_other_systems_cannot_tell_apart_are_refused(world: World, name: str) -> None:
    """A clone on Windows or macOS would lose one of the two."""
    assert "name." in refused(world, {name: b"x"})


@pytest.mark.parametrize("data", BYTES, ids=range(len(BYTES)))
def test_B23_bytes_are_kept(world: World, data: bytes) -> None:
    """Whatever is in a file stands so in the commit and on disk."""
    changes: dict[str, bytes | None] = {LETTER: NEW, "history/z": data}
    commit(world, changes)
    assert [] == invariants(world, changes=changes)


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


def test_A17_a_missing_object_is_said_and_not_fetched(world: World) -> None:
    """An object that is not here is named, with what to do."""
    with pytest.raises(Refused, match="missing in this repository"):
        Repository.open(world.root).blobs(["1" * 40])


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
