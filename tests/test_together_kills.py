"""A process killed while it merges, or takes a branch over, loses nothing and leaves nothing half done."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gitworld import EDITOR, LETTER, NOON, OLD, World, draw, invariants, leftovers
from joining import changes_of, join, made_for, theirs_of
from obelos_history.facts import Joining
from obelos_history.repository import STEPS, Repository
from obelos_transcripts import Refused

DYING = """
import os, signal, sys
from pathlib import Path
import joining as here
root, deed, step = sys.argv[1:4]
def reached(name):
    if name == step:
        os.kill(os.getpid(), signal.SIGKILL)
if deed == "recover":
    here.Repository.open(Path(root)).recover(reached=reached)
else:
    here.join(here.World(Path(root)), deed, reached)
"""


@pytest.fixture
def drawn(world: World) -> World:
    """A world in which main and the branch ``theirs`` have parted."""
    theirs_of(world, world.base)
    return world


def wrong(world: World, deed: str, *, done: bool) -> list[str]:
    """What does not hold after the deed was done, or was not."""
    bad = invariants(world, commits=1 if done else 0, changes=changes_of(deed))
    if done and deed == "merge":
        bad = [one for one in bad if one != "2 commits instead of 1"]  # theirs, and the merge
        parents = [world.git("rev-parse", name) for name in (world.base, "theirs")]
        if world.git("log", "-1", "--format=%P").split() != parents:
            bad.append("not these two parents")
    if done and deed == "forward" and world.git("rev-parse", "HEAD") != world.git("rev-parse", "theirs"):
        bad.append("not their commit")
    if done and not os.access(world.root / "run.sh", os.X_OK):
        bad.append("a program came in as a text")
    return bad


def die(world: World, deed: str, step: str) -> None:
    """A process does the deed and is killed at the step; it must have been killed."""
    line = [sys.executable, "-c", DYING, str(world.root), deed, step]
    where = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    done = subprocess.run(line, env=where, capture_output=True, check=False)
    assert -signal.SIGKILL == done.returncode, done.stderr.decode()


@pytest.mark.parametrize("step", STEPS)
def test_C01_a_merge_killed_at_any_step_is_made_good(drawn: World, step: str) -> None:
    """After one recovery the whole merge is there, with both parents and only its files, or nothing of it."""
    world = made_for(drawn, "merge")
    die(world, "merge", step)
    Repository.open(world.root).recover()

    assert [] == wrong(world, "merge", done=step != "checked")
    assert [] == Repository.open(world.root).recover()


@pytest.mark.parametrize("step", ["file-written", "read-back", "index-published", "branch-moved"])
def test_C01_taking_a_branch_over_killed_at_any_step_is_made_good(drawn: World, step: str) -> None:
    """The branch is moved to their commit, or not at all."""
    die(drawn, "forward", step)
    Repository.open(drawn.root).recover()

    assert [] == wrong(drawn, "forward", done=True)


@pytest.mark.parametrize("second", ["file-written", "index-published", "branch-moved"])
def test_C02_a_recovery_of_a_merge_that_is_killed_too_is_made_good(drawn: World, second: str) -> None:
    """The next one completes it."""
    world = made_for(drawn, "merge")
    die(world, "merge", "index-prepared")
    die(world, "recover", second)
    Repository.open(world.root).recover()

    assert [] == wrong(world, "merge", done=True)


@pytest.mark.parametrize("deed", ["merge", "forward"])
def test_an_interrupt_before_publishing_takes_everything_back(drawn: World, deed: str) -> None:
    """ctrl+c: files, index and branch are as they were."""
    world = made_for(drawn, deed)

    def reached(step: str) -> None:
        if step == "index-prepared":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        join(world, deed, reached)
    assert [] == wrong(world, deed, done=False)


def test_a_killed_merge_that_somebody_overtook_is_taken_back(drawn: World) -> None:
    """It was worked out with another commit than the branch has now: it is withdrawn, and can be said again."""
    world = made_for(drawn, "merge")
    die(world, "merge", "job-completed")
    by_hand = world.git("commit-tree", world.git("rev-parse", "HEAD^{tree}"), "-p", "HEAD", "-m", "meanwhile")
    world.git("update-ref", "refs/heads/main", by_hand)
    (found,) = Repository.open(world.root).recover()

    assert ("withdrawn", "Somebody committed meanwhile; merge again.") == (found.outcome, found.why)
    assert OLD == world.read(LETTER)
    assert not (world.root / "run.sh").exists()
    assert [] == leftovers(world)


def test_a_first_commit_can_be_taken_over_where_there_is_none(tmp_path: Path) -> None:
    """B02: a fresh repository has theirs as its own; a file in the way refuses it."""
    source = draw(tmp_path / "source")
    fresh = World(tmp_path / "fresh")
    fresh.root.mkdir()
    fresh.git("init", "-q", "-b", "main")
    fresh.git("fetch", "-q", str(source.root), "main:refs/heads/theirs")
    repository = Repository.open(fresh.root)
    theirs = repository.resolve("theirs")
    blobs = repository.entries(theirs, [LETTER, "other.txt", "third.txt", ".gitattributes"])
    data = repository.blobs(entry.id for entry in blobs.values())
    changes: dict[str, bytes | None] = {path: data[entry.id] for path, entry in blobs.items()}
    joining = Joining(theirs, None, True, {path: entry.mode for path, entry in blobs.items()})
    fresh.write("third.txt", "in the way")
    with pytest.raises(Refused, match=r"third\.txt” lies there"):
        repository.join(changes, "m", joining, reviewed=dict.fromkeys(changes), person=EDITOR, when=NOON)
    (fresh.root / "third.txt").unlink()
    repository.join(changes, "m", joining, reviewed=dict.fromkeys(changes), person=EDITOR, when=NOON)

    assert theirs == fresh.git("rev-parse", "HEAD")
    assert [] == fresh.status()
