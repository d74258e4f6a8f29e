"""A git repository as the rest of Obelos sees it: facts come out, commits go in, git's own words stay inside."""

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from obelos_transcripts import Refused, visible

from . import branches, commit_log, gate, remotes, sound
from .commit import STEPS, Workshop, commit
from .copies import copies
from .facts import Change, Changes, Check, Commit, Head, Joining, Person, Reached, Recovered, accept, ignore
from .git import Git
from .git_version import check_version
from .job import Jobs
from .preconditions import check_person, head_of_merge, top_of
from .recover import recover, take_back
from .remotes import Remote
from .signatures import Signature, signatures
from .store import Store
from .trees import FILE, PROGRAM, Entry

__all__ = ["STEPS", "Change", "Commit", "Head", "Person", "Recovered", "Repository"]


class Repository:
    """One repository with a work tree.

    Attributes:
        root: Top of the work tree.
        person: Who works here, where it is not whom git's settings name.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.person: Person | None = None
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
        if algorithm not in (b"sha1", b"sha256"):
            raise Refused(
                f"git was asked for the form of {places.root} and said “{visible(os.fsdecode(said[:80]))}”. "
                "Obelos needs git 2.39 or later; is what is called git on your PATH something else?"
            )
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

    def copies(self, *folders: Path) -> list[Path]:
        """Copies that a synchronisation program left in some folders, or in the git folder where they do harm."""
        store = self._store
        return copies(
            (*folders, store.git_dir, store.common / "refs" / "heads", self.own / "ledger", self._jobs.folder)
        )

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

    def unsound(self, since: int) -> list[str]:
        """What is wrong with objects written since a moment (nanoseconds since 1970; 0: all); see `sound`."""
        return sound.unsound(self._store, since)

    def signatures(self, commits: Iterable[str]) -> list[Signature]:
        """Who signed some commits; see `signatures`."""
        return signatures(self._store, commits)

    def missing(self, commits: Iterable[str]) -> set[str]:
        """Those of some commits that do not lie in the history of what is checked out. Two git processes."""
        return self._store.missing(commits)

    def tips(self) -> dict[str, str]:
        """The branch that is checked out, and those last seen elsewhere (``refs/remotes/``): the commit of each."""
        return self._store.branches()

    def identity(self) -> Person:
        """Who works here: whom the caller has named, or git's ``user.name`` and ``user.email``. Never guessed.

        Raises:
            Refused: One is not set.
            BadInput: One cannot stand in a commit.
        """
        if self.person is not None:
            return check_person(self.person)
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

    def commit_id(self, revision: str) -> str:
        """The commit that an id, a tag or a branch names.

        Raises:
            GitFailed: It names none.
        """
        name = f"{revision}^{{commit}}"
        return self._store.git("rev-parse", "--verify", "--end-of-options", name).decode("ascii").strip()

    def tree(self, commit: str, *folders: str) -> dict[str, str]:
        """Plain files under some folders (``""``: all) in a commit, at any depth: path → blob. One git process."""
        under = ["--", *(f"{folder}/" for folder in folders)] if all(folders) else []
        records = self._store.git("ls-tree", "-r", "-z", "--full-tree", "--end-of-options", commit, *under).split(
            b"\0"
        )[:-1]
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

    def log(
        self,
        *paths: str,
        of: Sequence[str] = ("HEAD",),
        since: str | None = None,
        most: int | None = None,
        followed: bool = False,
    ) -> list[Commit]:
        """Commits that touch any of the paths (none: all commits), newest first, children before their parents.

        Merges are among them when they differ at these paths from any of their parents. One git process.

        Args:
            paths: Files or folders, as ``prefix`` gives them.
            of: The commits whose histories are told.
            since: A commit; it and what it builds on are left out.
            most: How many at most; None for all.
            followed: Each commit names as its parents the nearest commits that are listed, or that ``since`` leaves
                out; all merges are listed.
        """
        if self._store.worktrees()[0].commit is None:
            return []
        span = [*of, f"^{since}"] if since else list(of)
        more = [f"--max-count={most}"] if most is not None else []
        more += [commit_log.FOLLOWED] if followed else []
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

    def join(
        self,
        changes: Changes,
        message: str,
        joining: Joining,
        *,
        reviewed: Mapping[str, str | None],
        person: Person,
        when: datetime,
        check: Check | None = None,
        reached: Reached = ignore,
    ) -> str:
        """Take in the work of others: a commit with two parents, or the branch moved forward to theirs.

        The same protocol and the same refusals as ``commit``; arguments as there.

        Args:
            changes: Everything in which the result differs from what is checked out; may be nothing.
            joining: Whose work, and what it was worked out with.

        Raises:
            Refused: The state of the repository forbids it, or somebody committed here meanwhile; nothing was changed.
        """
        shop = self._shop(check, reached)
        made = commit(shop, changes, message, reviewed=reviewed, person=person, when=when, joining=joining)
        return made or joining.theirs

    def resolve(self, revision: str) -> str:
        """The commit that a branch, tag or id names.

        Raises:
            BadInput: There is none.
        """
        return branches.resolve(self._store, revision)

    def is_ancestor(self, commit: str, of: str = "HEAD") -> bool:
        """Whether a commit lies in the history of another (or is it); by default of what is checked out."""
        return self._store.is_ancestor(commit, of)

    def parting(self, ours: str, theirs: str) -> str | None:
        """The last commit that two have in common; None where their histories have nothing in common."""
        return branches.parting(self._store, ours, theirs)

    def differing(self, old: str | None, new: str) -> list[branches.Differing]:
        """Where two commits or trees differ, file by file; ``old`` None: everything that the new one has."""
        return branches.differing(self._store, old, new)

    def merged_tree(self, ours: str, theirs: str) -> tuple[str, list[str]]:
        """The tree that git makes of two commits, and the paths that it could not settle."""
        return branches.merged_tree(self._store, ours, theirs)

    def entries(self, commit: str, places: Iterable[str]) -> dict[str, Entry]:
        """Files in a commit at or under some paths, with their modes."""
        return branches.entries(self._store, commit, places)

    def last_touching(self, commit: str, folders: Iterable[str]) -> branches.Touching | None:
        """The last commit, in the history of one, that left some folders as they are there."""
        return branches.last_touching(self._store, commit, folders)

    def remote(self, ref: str, named: str | None = None) -> Remote:
        """The remote that a branch is shared through.

        Raises:
            BadInput, Refused: There is none, or it cannot be used; with what to do.
        """
        return remotes.remote_of(self._store, ref, named)

    def tracked(self, remote: Remote) -> str | None:
        """The commit that was fetched last of a remote's branch; None where it has none."""
        status, out = self._store.git.answer("rev-parse", "-q", "--verify", f"{remote.tracking}^{{commit}}", ok=(0, 1))
        return out.decode("ascii").strip() if status == 0 else None

    def fetch(self, remote: Remote, line: remotes.Line) -> None:
        """Bring in what others pushed; no branch of ours is touched."""
        remotes.fetch(self._store, remote, line)

    def push(self, remote: Remote, commit: str, line: remotes.Line) -> Literal["pushed", "overtaken"]:
        """Let a remote's branch have our commit, never by force."""
        return remotes.push(self._store, remote, commit, line)

    def set_upstream(self, remote: Remote, ref: str) -> None:
        """Note where a branch is shared, as ``git push -u`` does."""
        remotes.set_upstream(self._store, remote, ref)

    def under_way(self) -> str | None:
        """The commit that a git merge under way takes in; None when none is."""
        return head_of_merge(self._store)

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
