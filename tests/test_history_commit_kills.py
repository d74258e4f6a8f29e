"""A process killed at any step of a commit, or of its recovery, loses nothing and breaks nothing."""

import json
import os
import signal
import subprocess
import sys
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
    invariants,
    leftovers,
)
from obelos_history.repository import STEPS, Repository
from obelos_transcripts import Refused

# The process that dies: does one thing with the repository, and kills itself at the given step.
DYING = """
import json, os, signal, sys
from datetime import datetime
from pathlib import Path
from obelos_history.repository import Person, Repository
root, deed, step, times = sys.argv[1:5]
left = [int(times)]
def reached(name):
    left[0] -= name == step
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
import gitworld
repository = Repository.open(Path(root))
if deed == "recover":
    repository.recover(reached=reached)
else:
    changes = gitworld.CHANGES if deed == "commit" else {gitworld.LETTER: None}
    world = gitworld.World(Path(root))
    repository.commit(changes, "letter: received\\n", reviewed=world.reviewed(changes),
                      person=gitworld.EDITOR, when=gitworld.NOON, reached=reached)
"""

POINTS = [(step, 1) for step in STEPS] + [("temporary-written", 2), ("file-written", 2)]
PUBLISHED = STEPS[STEPS.index("branch-moved") :]


def die(world: World, deed: str, step: str, times: int = 1) -> None:
    """Start a process that does the deed and is killed at the step; it must have been killed."""
    line = [sys.executable, "-c", DYING, str(world.root), deed, step, str(times)]
    done = subprocess.run(
        line, env=os.environ | {"PYTHONPATH": str(Path(__file__).parent)}, capture_output=True, check=False
    )
    assert -signal.SIGKILL == done.returncode, done.stderr.decode()


@pytest.mark.parametrize(("step", "times"), POINTS)
def test_a_kill_at_any_step_is_made_good_by_recovery(world: World, step: str, times: int) -> None:
    """After a kill and one recovery there is the whole commit, or (killed before its record) none at all."""
    die(world, "commit", step, times)
    assert "" == world.git("fsck", "--full", "--strict", "--no-dangling")
    published = world.count()
    assert (1 if step in PUBLISHED else 0) == published
    found = Repository.open(world.root).recover()
    commits = 0 if step == "checked" else 1
    assert [] == invariants(world, commits=commits)
    quiet: dict[str, list[str]] = {"checked": [], "job-dropped": []}
    assert quiet.get(step, ["finished" if published else "redone"]) == [one.outcome for one in found]
    assert [] == Repository.open(world.root).recover()


@pytest.mark.parametrize("step", STEPS)
def test_an_interrupt_at_any_step_leaves_no_trace_or_the_whole_commit(world: World, step: str) -> None:
    """With ctrl+c before the publishing everything is put back at once; after it the next start completes."""

    def reached(name: str) -> None:
        if name == step:
            raise KeyboardInterrupt

    repository = Repository.open(world.root)
    with pytest.raises(KeyboardInterrupt):
        repository.commit(CHANGES, "m", reviewed=world.reviewed(CHANGES), person=EDITOR, when=NOON, reached=reached)
    if step in PUBLISHED:
        Repository.open(world.root).recover()
    assert [] == invariants(world, commits=1 if step in PUBLISHED else 0)
    assert [] == Repository.open(world.root).recover()


FIRST = ["job-written", "file-written", "index-locked", "index-prepared", "index-published"]
SECOND = ["job-written", "file-written", "job-completed", "index-locked", "index-published"]
TWICE = [
    pytest.param(first, second, marks=[] if number == FIRST.index(first) else pytest.mark.long)
    for first in FIRST
    for number, second in enumerate(SECOND)
]


@pytest.mark.parametrize(("first", "second"), TWICE)
def test_a_kill_during_recovery_is_made_good_by_the_next(world: World, first: str, second: str) -> None:
    """Recovery is killed too; the one after it completes the commit."""
    die(world, "commit", first)
    die(world, "recover", second)
    Repository.open(world.root).recover()
    assert [] == invariants(world)


@pytest.mark.parametrize("step", ["branch-moved", "lock-released"])
def test_a_recovery_killed_after_publishing_is_finished_by_the_next(world: World, step: str) -> None:
    """The commit is not made twice."""
    die(world, "commit", "file-written")
    die(world, "recover", step)
    assert ["finished"] == [one.outcome for one in Repository.open(world.root).recover()]
    assert [] == invariants(world)


@pytest.mark.parametrize("step", ["file-written", "index-locked", "index-published", "branch-moved"])
def test_a_killed_removal_is_made_good(tmp_path: Path, step: str) -> None:
    """Taking a file away survives a kill as well."""
    world = draw(tmp_path / "w")
    die(world, "remove", step)
    Repository.open(world.root).recover()
    assert 1 == world.count()
    assert not (world.root / LETTER).exists()
    assert world.blob(LETTER) is None


def test_recovery_keeps_what_somebody_else_wrote_after_the_kill(world: World) -> None:
    """A file changed by hand after the kill is left alone, and the interrupted commit waits for the editor."""
    die(world, "commit", "file-written", 2)
    world.write(LETTER, OLD + b" by hand")
    (found,) = Repository.open(world.root).recover()
    assert "needs you" == found.outcome
    assert "was changed on disk by another program" in found.why
    assert OLD + b" by hand" == world.read(LETTER)
    assert 0 == world.count()
    Repository.open(world.root).withdraw(found.job)
    assert OLD + b" by hand" == world.read(LETTER)
    assert [] == Repository.open(world.root).recover()


@pytest.mark.parametrize("step", ["job-completed", "index-published"])
def test_taking_an_interrupted_commit_back_puts_the_files_back(world: World, step: str) -> None:
    """On another branch the commit cannot be finished; withdrawn, it leaves no trace on disk or in the index."""
    die(world, "commit", step)
    world.git("branch", "side")
    world.git("symbolic-ref", "HEAD", "refs/heads/side")
    (found,) = Repository.open(world.root).recover()
    assert "It was meant for the branch refs/heads/main. Check that out: git switch main" == found.why
    world.git("symbolic-ref", "HEAD", "refs/heads/main")
    Repository.open(world.root).withdraw(found.job)
    assert [] == invariants(world, commits=0)


def test_a_killed_removal_can_be_taken_back(world: World) -> None:
    """The file is there again, and no longer staged as taken away."""
    die(world, "remove", "index-published")
    (record,) = (world.root / ".git/obelos/commits").glob("*.json")
    Repository.open(world.root).withdraw(record.stem)
    assert [] == invariants(world, commits=0)


def test_taking_back_keeps_what_somebody_staged_since(world: World) -> None:
    """After the kill somebody removed the lock and staged a version of their own: it stays staged."""
    die(world, "commit", "index-published")
    (world.root / ".git/index.lock").unlink()
    world.write(LETTER, OLD + b" by hand")
    world.git("add", LETTER)
    (found,) = Repository.open(world.root).recover()
    assert "needs you" == found.outcome
    Repository.open(world.root).withdraw(found.job)
    assert (OLD + b" by hand", OLD + b" by hand") == (world.read(LETTER), world.committed(LETTER, ""))
    assert world.blob(RECORD, "") is None
    assert not (world.root / RECORD).exists()
    assert [] == leftovers(world)


def test_taking_back_waits_while_the_index_is_locked(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program keeps the lock: nothing is put back yet, and the next recovery does it."""
    monkeypatch.setattr("obelos_history.index_lock._PATIENCE", 0)
    die(world, "commit", "index-published")
    lock = world.root / ".git/index.lock"
    lock.unlink()
    lock.write_bytes(b"")
    (record,) = (world.root / ".git/obelos/commits").glob("*.json")
    with pytest.raises(Refused, match="held by another process"):
        Repository.open(world.root).withdraw(record.stem)
    assert (NEW, NEW) == (world.read(LETTER), world.committed(LETTER, ""))
    lock.unlink()
    assert ["withdrawn"] == [one.outcome for one in Repository.open(world.root).recover()]
    assert [] == invariants(world, commits=0)


@pytest.mark.parametrize("step", ["index-published", "branch-moved"])
def test_a_person_without_obelos_who_removes_the_lock_and_commits_keeps_everything(world: World, step: str) -> None:
    """After the kill plain git shows the change as staged, or committed; text and record go together."""
    die(world, "commit", step)
    (world.root / ".git/index.lock").unlink()
    staged = [f"A  {RECORD}", f"M  {LETTER}"] if step == "index-published" else []
    assert sorted([*OTHERS, *staged]) == world.status()
    world.git("commit", "-qm", "by hand")
    assert (NEW, CHANGES[RECORD]) == (world.committed(LETTER), world.committed(RECORD))
    (found,) = Repository.open(world.root).recover()
    assert "by hand" == world.git("log", "-1", "--format=%s")
    assert ("redone", None) == (found.outcome, found.commit) or step == "branch-moved"
    assert ["?? untracked.txt"] == [line for line in world.status() if not line.startswith(" M")]
    assert [] == leftovers(world)


def test_recovery_leaves_a_living_commit_alone(world: World) -> None:
    """Another process that starts while a commit is under way does not touch it."""
    seen: list[object] = []

    def reached(step: str) -> None:
        if step == "read-back":
            seen.extend(Repository.open(world.root).recover())

    repository = Repository.open(world.root)
    repository.commit(CHANGES, "m", reviewed=world.reviewed(CHANGES), person=EDITOR, when=NOON, reached=reached)
    assert [] == seen
    assert [] == invariants(world)


@pytest.mark.parametrize("part", [0, 7, 40])
def test_locks_that_our_killed_git_left_on_the_branch_are_cleared(world: World, part: int) -> None:
    """They hold the id of our commit, or a part of it; the commit is then completed."""
    die(world, "commit", "index-prepared")
    (record,) = (world.root / ".git/obelos/commits").glob("*.json")
    (world.root / ".git/refs/heads/main.lock").write_text(json.loads(record.read_bytes())["commit"][:part])
    (world.root / ".git/HEAD.lock").write_bytes(b"")
    assert ["redone"] == [one.outcome for one in Repository.open(world.root).recover()]
    assert [] == invariants(world)


def test_a_record_of_another_version_is_kept_and_said(world: World) -> None:
    """What this version cannot read it does not touch."""
    die(world, "commit", "file-written")
    (record,) = (world.root / ".git/obelos/commits").glob("*.json")
    record.write_text('{"format": "obelos-commit/9"}')
    (found,) = Repository.open(world.root).recover()
    assert "needs you" == found.outcome
    assert "Finish it with the version that wrote it" in str(found)
    assert record.exists()


def test_a_lock_that_is_not_ours_is_never_removed(world: World) -> None:
    """The lock of another program stays, also when a killed commit of ours is recovered."""
    die(world, "commit", "job-completed")
    foreign = world.root / ".git" / "HEAD.lock"
    foreign.write_text("another program\n")
    Repository.open(world.root).recover()
    assert "another program\n" == foreign.read_text()
