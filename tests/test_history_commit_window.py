"""A plain `git commit` at any moment of ours: it fails, or what it makes still holds our change.

Git's commit reads HEAD, then the index without its lock, and locks the index only afterwards (`prepare_index` in
builtin/commit.c). So it may lock when ours is long done, and still commit the index that it read before.
"""

import shutil
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations_with_replacement
from pathlib import Path

import pytest

from gitworld import (
    CHANGES,
    EDITOR,
    LETTER,
    NEW,
    NOON,
    OTHERS,
    World,
    commit,
    empty,
    environment,
    invariants,
    leftovers,
)
from obelos_history.repository import Repository
from obelos_transcripts import Refused


@dataclass(frozen=True)
class Moment:
    """What another git program can read at a step of ours: HEAD (None before the first commit) and the index."""

    step: str
    head: str | None
    index: Path


class Watcher:
    """Reads at each step what a slow `git commit` would have read there."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world = world
        self.folder = folder
        self.moments: list[Moment] = []
        folder.mkdir()

    def __call__(self, step: str) -> None:
        """Remember HEAD and the index as they are at this step."""
        copy = self.folder / f"{len(self.moments)}.index"
        index = self.world.root / self.world.git("rev-parse", "--git-path", "index")
        if index.exists():
            shutil.copy2(index, copy)
        head = self.world.git("rev-parse", "-q", "--verify", "HEAD", check=False)
        self.moments.append(Moment(step, head or None, copy))

    def harmful(self) -> list[str]:
        """Pairs of moments (HEAD read, index read) after which a late commit would take our change back."""
        now = self.world.git("rev-parse", "HEAD")
        return [
            f"HEAD read at {first.step}, index at {second.step}"
            for first, second in combinations_with_replacement(self.moments, 2)
            if self._commits(first, second) and not self._holds_our_change(now)
        ]

    def _commits(self, first: Moment, second: Moment) -> bool:
        """Do the rest of a commit that read these, put back what it did; whether git let the branch be moved."""
        tree = self._git("write-tree", index=second.index)
        parent = ["-p", first.head] if first.head else []
        made = self._git("commit-tree", tree, "-m", "theirs", *parent)
        moved = subprocess.run(
            ["git", "update-ref", "HEAD", made, first.head or "0" * len(made)],
            cwd=self.world.root,
            env=environment(),
            capture_output=True,
            check=False,
        )
        return moved.returncode == 0

    def _holds_our_change(self, now: str) -> bool:
        found = {path: self.world.blob(path) for path in CHANGES}
        wanted = {path: self.world.blob(path, now) for path in CHANGES}
        self.world.git("update-ref", "HEAD", now)
        assert NEW == self.world.committed(LETTER)
        return found == wanted

    def _git(self, *line: str, index: Path | None = None) -> str:
        extra = {"GIT_INDEX_FILE": str(index)} if index else {}
        settings = environment() | extra
        done = subprocess.run(["git", *line], cwd=self.world.root, env=settings, capture_output=True, check=True)
        return done.stdout.decode().strip()


def commit_watched(world: World, watcher: Watcher) -> None:
    """Commit while every step is watched."""
    Repository.open(world.root).commit(
        CHANGES, "ours", reviewed=world.reviewed(CHANGES), person=EDITOR, when=NOON, reached=watcher
    )


def test_a_slow_git_commit_never_takes_our_change_back(world: World, tmp_path: Path) -> None:
    """It read HEAD at one of our steps and the index at the same or a later one, and goes on when we are done."""
    watcher = Watcher(world, tmp_path / "seen")
    commit_watched(world, watcher)
    assert [] == watcher.harmful()
    assert [] == invariants(world)


def test_nor_before_the_first_commit(tmp_path: Path) -> None:
    """There is neither branch nor index at first; what another staged is there."""
    for staged in (True, False):
        world = empty(tmp_path / f"w{staged}")
        if staged:
            world.write("x", "x")
            world.git("add", "x")
        watcher = Watcher(world, tmp_path / f"seen{staged}")
        commit_watched(world, watcher)
        assert [] == watcher.harmful()
        assert (["A  x"] if staged else []) == world.status()


def test_nor_in_a_linked_work_tree(world: World, tmp_path: Path) -> None:
    """It has an index and a HEAD of its own."""
    world.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    side = World(tmp_path / "side", world.base)
    watcher = Watcher(side, tmp_path / "seen")
    commit_watched(side, watcher)
    assert [] == watcher.harmful()
    assert [] == side.status()
    assert sorted(OTHERS) == world.status()


def test_nor_when_somebody_is_faster_and_we_try_again(world: World, tmp_path: Path) -> None:
    """Somebody moves the branch at the last moment: our index is put back, and the commit made on the new ground."""
    watcher = Watcher(world, tmp_path / "seen")
    done: list[str] = []

    def reached(step: str) -> None:
        watcher(step)
        if step == "index-published" and not done:
            tree = world.git("rev-parse", "HEAD^{tree}")
            done.append(world.git("commit-tree", tree, "-p", "HEAD", "-m", "theirs"))
            world.git("update-ref", "HEAD", done[0])

    Repository.open(world.root).commit(
        CHANGES, "ours", reviewed=world.reviewed(CHANGES), person=EDITOR, when=NOON, reached=reached
    )
    assert [] == watcher.harmful()
    assert "ours\ntheirs\nbase" == world.git("log", "--format=%s")
    assert sorted(OTHERS) == world.status()
    assert [] == leftovers(world)


@pytest.mark.parametrize("lock", ["HEAD.lock", "refs/heads/main.lock"])
def test_a_branch_that_cannot_be_moved_leaves_the_index_as_it_was(world: World, lock: str) -> None:
    """The same file with the same time, by which git tells what may have changed in the same instant."""
    before = _identity(world)
    foreign = world.root / ".git" / lock
    foreign.write_text("another program\n")
    with pytest.raises(Refused, match="keeps moving or holding the branch"):
        commit(world)
    assert before == _identity(world)
    foreign.unlink()
    assert [] == invariants(world, commits=0)


def test_without_an_index_there_is_none_afterwards(tmp_path: Path) -> None:
    """A first commit that is interrupted leaves no index behind."""
    world = empty(tmp_path / "w")

    def reached(step: str) -> None:
        if step == "index-published":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Repository.open(world.root).commit(
            CHANGES, "m", reviewed=world.reviewed(CHANGES), person=EDITOR, when=NOON, reached=reached
        )
    assert not (world.root / ".git/index").exists()
    assert [] == world.status()
    assert [] == leftovers(world)


@pytest.mark.parametrize("killed", [False, True])
def test_an_old_index_written_back_by_a_failed_git_commit_is_mended(world: World, tmp_path: Path, killed: bool) -> None:
    """It had read the index before us; its commit fails, but it writes what it read. We look once more, or recovery."""
    old = tmp_path / "old"
    shutil.copy2(world.root / ".git/index", old)

    def reached(step: str) -> None:
        if step == "lock-released":
            old.replace(world.root / ".git/index")
            if killed:
                raise KeyboardInterrupt

    repository = Repository.open(world.root)
    with suppress(KeyboardInterrupt):
        repository.commit(CHANGES, "m", reviewed=world.reviewed(CHANGES), person=EDITOR, when=NOON, reached=reached)
    assert (["finished"] if killed else []) == [one.outcome for one in repository.recover()]
    assert [] == invariants(world)


def _identity(world: World) -> tuple[int, int]:
    found = (world.root / ".git/index").stat()
    return found.st_ino, found.st_mtime_ns
