"""Several writers and a person with plain git on one repository: what they do, and what must hold afterwards."""

import os
import subprocess
import sys
from pathlib import Path

from gitworld import World, empty, leftovers

WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from obelos_history.repository import Person, Repository
root, name, each = sys.argv[1:4]
repository = Repository.open(Path(root))
for number in range(1, int(each) + 1):
    repository.recover()
    old = (Path(root) / name).read_bytes()
    made = repository.commit({name: b"%d\\n" % number, f"history/{name}/{number}.yaml": b"x"}, f"{name} {number}",
        reviewed={name: repository.blob_id(old), f"history/{name}/{number}.yaml": None},
        person=Person(name, "w@example.org"), when=datetime.now(UTC))
    assert made
"""


def write_together(folder: Path, count: int, each: int) -> int:
    """Let so many writers make so many commits each, while a person commits by hand all the time: how often they did.

    Raises:
        AssertionError: A commit that was reported is not in the history once, with its own files only; or a value
            went back; or something is left over.
    """
    world = empty(folder / "w")
    names = [f"w{number}.txt" for number in range(count)]
    for name in [*names, "by-hand.txt"]:
        world.write(name, "0\n")
    world.write(".gitattributes", "* -text\n")
    world.git("add", ".")
    world.git("commit", "-qm", "base")
    world = World(world.root, world.git("rev-parse", "HEAD"))
    line = [sys.executable, "-c", WRITER, str(world.root)]
    writers = [subprocess.Popen([*line, name, str(each)], env=os.environ, stderr=subprocess.PIPE) for name in names]
    by_hand = 0
    while any(writer.poll() is None for writer in writers):
        world.write("by-hand.txt", f"{by_hand + 1}\n")
        world.git("add", "by-hand.txt", check=False)
        world.git("commit", "-qm", f"by-hand.txt {by_hand + 1}", check=False)
        by_hand += world.git("show", "HEAD:by-hand.txt") == f"{by_hand + 1}"
    errors = [writer.communicate()[1].decode() for writer in writers]
    assert [0] * count == [writer.returncode for writer in writers], errors
    _check_history(world, names, by_hand, each)
    assert [str(each)] * count == [world.git("show", f"HEAD:{name}") for name in names]
    assert "" == world.git("fsck", "--full", "--strict", "--no-dangling")
    assert [] == leftovers(world)
    return by_hand


def _check_history(world: World, names: list[str], by_hand: int, each: int) -> None:
    """In every commit the one value that belongs to its message has changed, and only forwards."""
    seen = dict.fromkeys([*names, "by-hand.txt"], 0)
    subjects = []
    for entry in world.git("log", "--reverse", "--format=%H %s", f"{world.base}..HEAD").splitlines():
        commit, name, number = entry.split()
        subjects.append(f"{name} {number}")
        touched = world.git("diff-tree", "-r", "--name-only", "--no-commit-id", commit).splitlines()
        record = [] if name == "by-hand.txt" else [f"history/{name}/{number}.yaml"]
        assert sorted([name, *record]) == sorted(touched)
        assert seen[name] < int(world.git("show", f"{commit}:{name}"))
        seen[name] = int(number)
    expected = {f"{name} {number}" for name in names for number in range(1, each + 1)}
    assert expected <= set(subjects)
    assert len(subjects) == len(set(subjects)) >= len(expected) + by_hand
