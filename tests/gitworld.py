"""A small vocabulary for tests with git: a world is a repository in which other people are in the middle of their work.

All texts and names in it are made up.
"""

import os
import shutil
import stat
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from obelos_history.facts import Changes
from obelos_history.repository import Person, Repository

LETTER = "reading/letter.txt"
RECORD = "history/letter/01.yaml"
OLD = "\ufeffDear Sir,\r\nI recieved yr letter\r\nof the 4th inst".encode()  # BOM, CRLF, no line end at the end
NEW = OLD.replace(b"recieved", b"received")
CHANGES: dict[str, bytes | None] = {LETTER: NEW, RECORD: b"reading: received\r\n"}
EDITOR = Person("Ada Example", "ada@example.org")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ATTRIBUTES = b"reading/** -text -filter\nhistory/** -text\n"

# What `git status` says of the others' work in a drawn world.
OTHERS = [" M third.txt", "?? untracked.txt", "A  new-staged.txt", "MM other.txt"]


def environment() -> dict[str, str]:
    """The environment of a person who runs git by hand in a test: no setting of this machine reaches it."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return kept | {"GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_EDITOR": "false", "LC_ALL": "C"}


@dataclass(frozen=True)
class World:
    """A repository of the test's own.

    Attributes:
        root: Top of its work tree.
        base: The commit at which it was drawn; empty before the first.
    """

    root: Path
    base: str = ""

    def git(self, *args: str | bytes, check: bool = True) -> str:
        """What git says when a person runs it here; bytes that are not UTF-8 come as lone surrogates."""
        line: list[str | bytes] = ["git", *args]
        done = subprocess.run(line, cwd=self.root, env=environment(), capture_output=True, check=False)
        if check and done.returncode:
            raise AssertionError(f"git {args}: {os.fsdecode(done.stderr)}")
        return os.fsdecode(done.stdout).rstrip("\n")

    def write(self, path: str, data: str | bytes) -> Path:
        """Write a file of the work tree, with the folders above it."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)
        return file

    def read(self, path: str) -> bytes:
        """Bytes of a file of the work tree."""
        return (self.root / path).read_bytes()

    def blob(self, path: str, revision: str = "HEAD") -> str | None:
        """Blob at a path in a commit (or ``""``: in the index); None when there is none."""
        return self.git("rev-parse", "-q", "--verify", f"{revision}:{path}", check=False) or None

    def committed(self, path: str, revision: str = "HEAD") -> bytes:
        """Bytes at a path in a commit (or ``""``: in the index)."""
        line = ["git", "cat-file", "blob", f"{revision}:{path}"]
        return subprocess.run(line, cwd=self.root, env=environment(), capture_output=True, check=True).stdout

    def reviewed(self, changes: Changes) -> dict[str, str | None]:
        """The blobs that HEAD has at the paths: what somebody who looks now has reviewed."""
        return {path: self.blob(path) for path in changes}

    def status(self) -> list[str]:
        """Lines of ``git status``, sorted."""
        return sorted(line for line in self.git("status", "--porcelain", "-z").split("\0") if line)

    def count(self) -> int:
        """Commits made since the world was drawn."""
        return int(self.git("rev-list", "--count", "HEAD", *([f"^{self.base}"] if self.base else [])))


def empty(folder: Path, *options: str) -> World:
    """A repository without a commit; ``options`` are those of ``git init``."""
    folder.mkdir(parents=True)
    world = World(folder)
    world.git("init", "-q", "-b", "main", *options)
    return world


def draw(folder: Path, *options: str, attributes: bytes = ATTRIBUTES) -> World:
    """A repository in the middle of other people's work: staged, half staged, unstaged and untracked files."""
    world = empty(folder, *options)
    world.write(".gitattributes", attributes)
    world.write(LETTER, OLD).chmod(0o755)
    world.write("other.txt", "other 1\n")
    world.write("third.txt", "third 1\n")
    world.git("add", "-A")
    world.git("commit", "-qm", "base")
    world.write("other.txt", "other 2 staged\n")
    world.git("add", "other.txt")
    world.write("other.txt", "other 3 unstaged\n")
    world.write("third.txt", "third 2 unstaged\n")
    world.write("new-staged.txt", "n\n")
    world.git("add", "new-staged.txt")
    world.write("untracked.txt", "u\n")
    return World(folder, world.git("rev-parse", "HEAD"))


def copy(world: World, folder: Path) -> World:
    """The same world once more elsewhere."""
    shutil.copytree(world.root, folder, symlinks=True)
    again = World(folder, world.base)
    again.git("update-index", "-q", "--refresh", check=False)
    return again


def commit(world: World, changes: Changes = CHANGES) -> str | None:
    """Commit, as the editor, what is reviewed now: the commit's id."""
    repository = Repository.open(world.root)
    reviewed = world.reviewed(changes)
    return repository.commit(changes, "letter: received\n", reviewed=reviewed, person=EDITOR, when=NOON)


def invariants(world: World, *, commits: int = 1, changes: Mapping[str, bytes | None] | None = None) -> list[str]:
    """What must hold in a drawn world after ``commits`` (0 or 1) commits of ours: the list of what does not.

    Sound objects; exactly our paths changed; the bytes in the commit and on disk are those decided on; the others'
    work, the index and file modes are as they were; no lock, temporary or record is left.
    """
    wanted = CHANGES if changes is None else changes
    bad = []
    fsck = world.git("fsck", "--full", "--strict", "--no-dangling", check=False)
    if fsck:
        bad.append(f"fsck: {fsck}")
    if world.count() != commits:
        bad.append(f"{world.count()} commits instead of {commits}")
    touched = set(world.git("diff", "--name-only", "-z", "--no-renames", world.base, "HEAD").split("\0")) - {""}
    if touched != (set(wanted) if commits else set()):
        bad.append(f"changed: {touched}")
    for path, data in wanted.items():
        bad += _of_path(world, path, data if commits else _at_base(world, path))
    if world.status() != sorted(OTHERS):
        bad.append(f"status: {world.status()}")
    if world.committed("other.txt", "") != b"other 2 staged\n" or world.read("other.txt") != b"other 3 unstaged\n":
        bad.append("the work of others was changed")
    if stat.S_IMODE((world.root / LETTER).stat().st_mode) != 0o755:
        bad.append("the mode of the file was lost")
    return bad + leftovers(world)


def leftovers(world: World) -> list[str]:
    """Locks, temporary files and records of commits that are left."""
    names = [p for p in world.root.rglob("*") if p.name.endswith(".lock") or p.name.startswith(".obelos-")]
    names += world.root.glob(".git/obelos/commits/*")
    return [f"left over: {path.relative_to(world.root)}" for path in names]


def _at_base(world: World, path: str) -> bytes | None:
    return world.committed(path, world.base) if world.blob(path, world.base) else None


def _of_path(world: World, path: str, data: bytes | None) -> list[str]:
    file = world.root / path
    on_disk = file.read_bytes() if file.exists() else None
    in_commit = world.committed(path) if world.blob(path) else None
    found = {"on disk": on_disk, "in the commit": in_commit}
    return [f"{path} {where}: {bytes_!r}" for where, bytes_ in found.items() if bytes_ != data]
