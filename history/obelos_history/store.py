"""What git knows of a repository, read by few processes: the branch, trees, blobs, the index, the configuration.

Nothing here writes. Each method is one git process, unless it says otherwise.
"""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from obelos_transcripts import Refused, visible

from .facts import Head
from .git import Git, GitFailed
from .trees import Tree, entry_at, folders_of, object_id

# Arguments of one process; git takes paths of ls-files and ls-tree only there.
_AT_ONCE = 1000


@dataclass(frozen=True)
class Worktree:
    """One work tree of the repository: its branch (None when HEAD is detached) and commit (None before the first)."""

    ref: str | None
    commit: str | None


@dataclass(frozen=True)
class IndexEntry:
    """One entry of the index.

    Attributes:
        stage: 0, or 1 to 3 where a merge left several.
        absent: Sparse checkout leaves the file out of the work tree.
    """

    mode: str
    id: str
    stage: int
    absent: bool


@dataclass(frozen=True)
class Store:
    """A repository that the gate has let pass.

    Attributes:
        root: Top of the work tree.
        git_dir: Git folder of this work tree.
        common: Git folder shared by all work trees.
        algorithm: ``sha1`` or ``sha256``.
        git: Runs git at the top of the work tree.
    """

    root: Path
    git_dir: Path
    common: Path
    algorithm: str
    git: Git

    @property
    def index(self) -> Path:
        """The index of this work tree."""
        return self.git_dir / "index"

    @property
    def without_index(self) -> dict[str, str]:
        """Environment of a command that reads the whole index without needing it: it finds none."""
        return {"GIT_INDEX_FILE": str(self.git_dir / "obelos" / "no-index")}

    def index_state(self) -> tuple[int, int, int] | None:
        """What changes whenever the index is written; None when there is no index. No git."""
        try:
            state = self.index.stat()
        except FileNotFoundError:
            return None
        return state.st_ino, state.st_mtime_ns, state.st_size

    @property
    def none(self) -> str:
        """The id that stands for no object."""
        return "0" * len(object_id("blob", b"", self.algorithm))

    def blob_id(self, data: bytes) -> str:
        """The blob that git would make of these bytes, without asking git."""
        return object_id("blob", data, self.algorithm)

    def tree_id(self, tree_data: bytes) -> str:
        """The tree that git would make of these bytes, without asking git."""
        return object_id("tree", tree_data, self.algorithm)

    def worktrees(self) -> tuple[Worktree, list[tuple[str, Worktree]]]:
        """This work tree, and the others by their place."""
        mine, others = None, []
        for number, record in enumerate(self.git("worktree", "list", "--porcelain", "-z").split(b"\0\0")):
            fields = dict(_field(line) for line in record.split(b"\0") if line)
            if "worktree" not in fields or "bare" in fields:
                continue
            commit = fields.get("HEAD", self.none)
            found = Worktree(fields.get("branch"), None if commit == self.none else commit)
            # git lists the main work tree first; the place it names is wrong where the git folder lies elsewhere.
            here = number == 0 if self.git_dir == self.common else Path(fields["worktree"]).resolve() == self.root
            if here:
                mine = found
            else:
                others.append((fields["worktree"], found))
        if mine is None:
            raise Refused(f"git does not list {self.root} among its work trees. Run “git worktree repair” there.")
        return mine, others

    def head(self) -> Head:
        """The branch that is checked out.

        Raises:
            Refused: HEAD is detached, or the branch is checked out in another work tree too.
        """
        mine, others = self.worktrees()
        if mine.ref is None:
            raise Refused(
                "No branch is checked out (detached HEAD): a commit made here would be lost from sight at the next "
                "switch. Check a branch out: git switch BRANCH, or git switch -c NEW-BRANCH."
            )
        twin = next((place for place, other in others if other.ref == mine.ref), None)
        if twin is not None:
            raise Refused(
                f"The branch {visible(mine.ref.removeprefix('refs/heads/'))} is checked out in {visible(twin)} as "
                "well; a commit made here would look like a reversal there. Switch one of the two to another branch."
            )
        return Head(mine.ref, mine.commit)

    def trees(self, commit: str | None, paths: Iterable[str]) -> dict[str, Tree]:
        """Trees of the folders on the way to some paths, by folder (``""`` is the top); none for folders not there.

        Raises:
            Refused: Something else than a folder stands on the way.
        """
        found: dict[str, Tree] = {}
        folders = folders_of(paths)
        if commit is None:
            return found
        wanted = b"".join(b"%s:%s\0" % (commit.encode(), os.fsencode(folder)) for folder in folders)
        objects = read_objects(self.git("cat-file", "--batch", "-z", stdin=wanted), wanted.split(b"\0")[:-1])
        for folder, (kind, data) in zip(folders, objects, strict=True):
            if kind == "tree":
                found[folder] = Tree(data, self.algorithm)
            elif kind or entry_at(found, folder):
                raise Refused(
                    f"“{visible(folder)}” is recorded as a submodule, a link or a file, not as a folder. "
                    "Use another place."
                )
        return found

    def blobs(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Bytes of blobs.

        Raises:
            Refused: One is missing, as in a partial clone.
        """
        wanted = list(dict.fromkeys(ids))
        if not wanted:
            return {}
        out = self.git("cat-file", "--batch", stdin="".join(f"{blob}\n" for blob in wanted).encode())
        found = {}
        for blob, (kind, data) in zip(wanted, read_objects(out, [b.encode() for b in wanted]), strict=True):
            if kind != "blob":
                raise Refused(f"The object {blob} is missing in this repository. Fetch it all: git fetch --refetch.")
            found[blob] = data
        return found

    def sizes(self, ids: Iterable[str]) -> dict[str, int]:
        """Sizes of blobs in bytes, by id; those that are missing are not in it."""
        wanted = "".join(f"{blob}\n" for blob in dict.fromkeys(ids)).encode()
        if not wanted:
            return {}
        lines = self.git("cat-file", "--batch-check", stdin=wanted).decode("ascii").splitlines()
        facts = (line.split(" ") for line in lines)
        return {fact[0]: int(fact[2]) for fact in facts if len(fact) == 3 and fact[1] == "blob"}

    def index_entries(self, paths: Sequence[str], index: Path | None = None) -> dict[str, list[IndexEntry]]:
        """Entries of the index (or of another file of that form) at some paths; one process for a thousand paths."""
        environment = {"GIT_INDEX_FILE": str(index)} if index else {}
        found: dict[str, list[IndexEntry]] = {}
        for start in range(0, len(paths), _AT_ONCE):
            some = paths[start : start + _AT_ONCE]
            out = self.git("ls-files", "-s", "-t", "-z", "--full-name", "--", *some, environment=environment)
            for record in out.split(b"\0")[:-1]:
                facts, _, name = record.partition(b"\t")
                tag, mode, blob, stage = facts.decode("ascii").split(" ")
                found.setdefault(os.fsdecode(name), []).append(IndexEntry(mode, blob, int(stage), tag == "S"))
        return found

    def attributes(self, paths: Iterable[str], names: Sequence[str], *, from_index: bool) -> dict[str, dict[str, str]]:
        """What ``.gitattributes`` say: path → attribute → ``unspecified``, ``set``, ``unset`` or a value.

        With ``from_index`` those files count too that a sparse checkout leaves out of the work tree.
        """
        environment = {} if from_index else self.without_index
        asked = list(paths)
        wanted = b"".join(os.fsencode(path) + b"\0" for path in asked)
        out = self.git("check-attr", "-z", "--stdin", *names, stdin=wanted, environment=environment)
        fields = out.split(b"\0")[:-1]
        if len(fields) != 3 * len(asked) * len(names):
            raise GitFailed("git check-attr", 0, os.fsdecode(out[:200]))
        found: dict[str, dict[str, str]] = {}
        for path, name, value in zip(fields[::3], fields[1::3], fields[2::3], strict=True):
            found.setdefault(os.fsdecode(path), {})[name.decode()] = os.fsdecode(value)
        return found

    def settings(self, pattern: str) -> dict[str, str]:
        """Git settings whose name matches, the effective value of each."""
        status, out = self.git.answer("config", "--null", "--get-regexp", pattern, ok=(0, 1))
        pairs = (record.partition("\n") for record in out.decode("utf-8", "surrogateescape").split("\0")[:-1])
        return {key: value if separator else "true" for key, separator, value in pairs} if status == 0 else {}

    def disk(self, path: str) -> tuple[str | None, bool]:
        """Blob id of a file of the work tree (None: not there), and whether it may be executed. No git."""
        file = self.root / path
        try:
            mode = file.lstat().st_mode
            return self.blob_id(file.read_bytes()), bool(mode & stat.S_IXUSR)
        except (FileNotFoundError, NotADirectoryError):
            return None, False

    def is_ancestor(self, commit: str, of: str) -> bool:
        """Whether a commit lies in the history of another."""
        return self.git.answer("merge-base", "--is-ancestor", commit, of, ok=(0, 1, 128))[0] == 0

    def missing(self, commits: Iterable[str]) -> set[str]:
        """Those of some commits that do not lie in the history of HEAD. Two processes."""
        wanted = list(dict.fromkeys(commits))
        if not wanted:
            return set()
        asked = "".join(f"{commit}\n" for commit in wanted).encode()
        lines = self.git("cat-file", "--batch-check", stdin=asked).decode("ascii").splitlines()
        there = [commit for commit, line in zip(wanted, lines, strict=True) if line.startswith(f"{commit} commit ")]
        beside = set(self.git("rev-list", "--stdin", stdin="\n".join((*there, "^HEAD", "")).encode()).decode().split())
        return {commit for commit in wanted if commit in beside or commit not in there}

    def branches(self) -> dict[str, str]:
        """The branch that is checked out, and remote-tracking branches: the commit of each. Two processes."""
        mine = self.worktrees()[0].ref
        out = self.git("for-each-ref", "--format=%(objectname) %(refname)", *([mine] if mine else []), "refs/remotes")
        pairs = (line.split(" ", 1) for line in os.fsdecode(out).splitlines())
        return {name: commit for commit, name in pairs}


def read_objects(out: bytes, asked: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    """What ``cat-file --batch`` said to each question: kind and bytes; an empty kind when there is no such object."""
    at = 0
    for question in asked:
        missing = question + b" missing\n"
        if out.startswith(missing, at):
            at += len(missing)
            yield "", b""
            continue
        end = out.index(b"\n", at)
        words = out[at:end].split(b" ")
        if len(words) != 3 or not words[2].isdigit():
            raise GitFailed("git cat-file --batch", 0, os.fsdecode(out[at:end]))
        start, size = end + 1, int(words[2])
        yield words[1].decode("ascii"), out[start : start + size]
        at = start + size + 1


def _field(line: bytes) -> tuple[str, str]:
    key, _, value = os.fsdecode(line).partition(" ")
    return key, value


def by_path(entries: Mapping[str, list[IndexEntry]], path: str) -> str | None:
    """Blob at a path of the index; None when there is no entry."""
    found = entries.get(path)
    return found[0].id if found else None
