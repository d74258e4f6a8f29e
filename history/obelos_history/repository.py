"""A git repository as the rest of Obelos sees it: facts come out, commits go in, git's own words stay inside."""

import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from obelos_transcripts import Refused

from . import commit_log, gate, sound
from .commit import STEPS, Workshop, commit
from .facts import Change, Changes, Check, Commit, Head, Person, Reached, Recovered, accept, ignore
from .git import Git, check_version
from .job import Jobs
from .preconditions import check_person, top_of
from .recover import recover, take_back
from .signatures import Signature, signatures
from .store import Store
from .trees import FILE, PROGRAM

__all__ = ["STEPS", "Change", "Commit", "Head", "Person", "Recovered", "Repository"]


class Repository:
    """One repository with a work tree.

    Attributes:
        root: Top of the work tree.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._jobs = Jobs(store.git_dir / "obelos" / "commits")
        self.root = store.root

    @staticmethod
    def open(folder: Path, *, trusted: bool = False) -> "Repository":
        """The repository that a folder (or file) lies in.

        Args:
            folder: Any folder of the work tree.
            trusted: Whether the settings of the repository itself are taken as harmless without looking.

        Raises:
            Refused: There is none, it has no work tree, its settings could run programs, or git is missing, too old,
                or does not accept the repository. Each with what to do.
        """
        places = gate.find(folder)
        check_version()
        if not trusted:
            gate.check(places)
        git = Git(places.root)
        said = git("rev-parse", "--show-object-format", "--absolute-git-dir")
        algorithm, _, git_dir = said.removesuffix(b"\n").partition(b"\n")
        if Path(os.fsdecode(git_dir)).resolve() != places.git_dir:
            raise Refused(
                f"git takes {os.fsdecode(git_dir)} for the repository of {places.root}. Mend {places.root / '.git'}."
            )
        return Repository(Store(places.root, places.git_dir, places.common, algorithm.decode("ascii"), git))

    @staticmethod
    def create(folder: Path) -> "Repository":
        """Make a repository in a folder, branch ``main``, without template and hooks.

        Raises:
            Refused: The folder is or lies in a repository already.
        """
        check_version()
        folder = folder.resolve()
        for place in (folder, *folder.parents):
            if os.path.lexists(place / ".git"):
                raise Refused(f"{folder} lies in the repository {place} already. Use that one, or another folder.")
        folder.mkdir(parents=True, exist_ok=True)
        Git(folder)("init", "-q", "-b", "main", "--template=")
        return Repository.open(folder)

    @property
    def own(self) -> Path:
        """Our folder under the git folder of this work tree, made when something is written; never part of a commit."""
        return self._store.git_dir / "obelos"

    @property
    def commands(self) -> list[str]:
        """The git commands that ran, oldest first, quoted for a shell."""
        return list(self._store.git.commands)

    def prefix(self, path: Path) -> str:
        """Path of a file or folder as the other methods want it: relative to ``root``, with ``/``.

        Raises:
            Refused: It lies outside.
        """
        return top_of(self.root, path)

    def blob_id(self, data: bytes) -> str:
        """The name git gives to these bytes as a file, without asking git."""
        return self._store.blob_id(data)

    def head(self) -> Head:
        """The branch that is checked out, and its commit.

        Raises:
            Refused: No branch is, or it is checked out in another work tree as well.
        """
        return self._store.head()

    def tip(self) -> str | None:
        """The commit that is checked out, on a branch or not; None before the first."""
        return self._store.worktrees()[0].commit

    @property
    def is_shallow(self) -> bool:
        """Whether the clone has only the end of the history."""
        return (self._store.common / "shallow").exists()

    @property
    def place(self) -> Path:
        """The git folder shared by all work trees: what tells this repository from others on this machine."""
        return self._store.common

    def holds(self, commit: str, of: str = "HEAD") -> bool:
        """Whether a commit lies in the history of another; by default of what is checked out."""
        return self._store.is_ancestor(commit, of)

    def unsound(self, since: int) -> list[str]:
        """What is wrong with objects written since a moment (nanoseconds since 1970; 0: all); see `sound`."""
        return sound.unsound(self._store, since)

    def signatures(self, commits: Iterable[str]) -> list[Signature]:
        """Who signed some commits; see `signatures`."""
        return signatures(self._store, commits)

    def missing(self, commits: Iterable[str]) -> set[str]:
        """Those of some commits that do not lie in the history of what is checked out. Two git processes."""
        return self._store.missing(commits)

    def branches(self) -> dict[str, str]:
        """The branch that is checked out, and those last seen elsewhere (``refs/remotes/``): the commit of each."""
        return self._store.branches()

    def identity(self) -> Person:
        """Who works here, from git's settings ``user.name`` and ``user.email``. Never guessed.

        Raises:
            Refused: One is not set.
            BadInput: One cannot stand in a commit.
        """
        settings = self._store.settings(r"^user\.(name|email)$")
        person = Person(settings.get("user.name", "").strip(), settings.get("user.email", "").strip())
        if not person.name or not person.mail:
            raise Refused(
                "git does not know who you are, and a decision needs a name. Tell it once:\n"
                '  git config --global user.name "Your Name"\n'
                '  git config --global user.email "you@example.org"'
            )
        return check_person(person)

    def sign_as(self, person: Person) -> None:
        """Set who works in this repository, in its own settings; for repositories that we made ourselves."""
        check_person(person)
        self._store.git("config", "--local", "user.name", person.name)
        self._store.git("config", "--local", "user.email", person.mail)

    def tree(self, commit: str, *folders: str) -> dict[str, str]:
        """Plain files under some folders (``""``: all) in a commit, at any depth: path → blob. One git process."""
        under = ["--", *(f"{folder}/" for folder in folders)] if all(folders) else []
        records = self._store.git("ls-tree", "-r", "-z", "--full-tree", commit, *under).split(b"\0")[:-1]
        pairs = (record.split(b"\t", 1) for record in records)
        facts = ((os.fsdecode(path), *said.decode("ascii").split(" ")) for said, path in pairs)
        return {path: blob for path, mode, _, blob in facts if mode in (FILE, PROGRAM)}

    def blobs(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Bytes of blobs, by id. One git process.

        Raises:
            Refused: One is missing.
        """
        return self._store.blobs(ids)

    def sizes(self, ids: Iterable[str]) -> dict[str, int]:
        """Sizes of blobs in bytes, by id; those that are missing are not in it. One git process."""
        return self._store.sizes(ids)

    def log(self, *paths: str, since: str | None = None, followed: bool = False) -> list[Commit]:
        """Commits that touch any of the paths (none: all commits), newest first, children before their parents.

        Merges are among them when they differ at these paths from any of their parents. One git process.

        Args:
            paths: Files or folders, as ``prefix`` gives them.
            since: A commit; it and what it builds on are left out.
            followed: Each commit names as its parents the nearest commits that are listed, or that ``since`` leaves
                out; all merges are listed.
        """
        if self._store.worktrees()[0].commit is None:
            return []
        span = ["HEAD", f"^{since}"] if since else ["HEAD"]
        more = [commit_log.FOLLOWED] if followed else []
        out = self._store.git(*commit_log.ARGUMENTS, *more, *span, "--", *(p for p in paths if p))
        return commit_log.parse(out, followed=followed)

    def commit(
        self,
        changes: Changes,
        message: str,
        *,
        reviewed: Mapping[str, str | None],
        person: Person,
        when: datetime,
        check: Check | None = None,
        reached: Reached = ignore,
    ) -> str | None:
        """Commit exactly these files, byte for byte, and leave everybody else's work as it is.

        Args:
            changes: Path → new bytes; None takes the file away.
            message: The whole message, trailers included.
            reviewed: For each path the blob that was reviewed; None: there must be no file.
            person: Author and committer.
            when: Time of the commit, with its offset.
            check: Given what was read back from the new commit before it is published; raises to stop it.
            reached: Told each of ``STEPS`` when it is done.

        Returns:
            The commit's id; None when these bytes stand there already.

        Raises:
            Refused: The state of the repository forbids it; nothing was changed.
            BadInput: The message or the person cannot stand in a commit.
        """
        shop = self._shop(check, reached)
        return commit(shop, changes, message, reviewed=reviewed, person=person, when=when)

    def recover(self, check: Check | None = None, reached: Reached = ignore) -> list[Recovered]:
        """Finish what killed commits left; to be called at every start. What cannot be finished is said, and kept."""
        return recover(self._shop(check, reached))

    def withdraw(self, job: str) -> None:
        """Take back an interrupted commit that ``recover`` could not finish: its files are put back.

        Raises:
            Refused: There is none of this number.
        """
        take_back(self._shop(None, ignore), job)

    def _shop(self, check: Check | None, reached: Reached) -> Workshop:
        return Workshop(self._store, self._jobs, check or accept, reached)
