"""A small vocabulary: editors with a clone each of one edition, and a bare repository through which they share it.

The texts and the people are made up.
"""

import contextlib
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gitworld import environment
from independent_verify import holds
from independent_verify import main as verify_independently
from obelos_history import DocumentHistory, Judgement, Person, Repository
from obelos_history.founding import add_texts, found
from obelos_history.merge import Outcome, merge
from obelos_history.settling import settle_here
from obelos_history.sync import Step, Wanted, sync
from obelos_history.verify import verify
from obelos_transcripts import Edition, Span, find_edition
from obelos_tui.cli import run
from obelos_tui.clock import now

LETTER = "Sir, the bane of operations lies at Dairen.\nThe consul wires that the guns have left for the north.\n"


@dataclass
class Clone:
    """One editor and their clone."""

    root: Path
    person: Person

    @property
    def edition(self) -> Edition:
        """The edition as it is now."""
        edition = find_edition(self.root)
        assert edition is not None
        return edition

    def repository(self) -> Repository:
        """The repository, opened as every command does."""
        return Repository.open(self.root)

    def git(self, *args: str, check: bool = True) -> str:
        """What git says when the editor runs it by hand."""
        done = subprocess.run(["git", *args], cwd=self.root, env=environment(), capture_output=True, check=False)
        if check and done.returncode:
            raise AssertionError(f"git {args}: {done.stderr.decode()}")
        return done.stdout.decode().rstrip("\n")

    def types(self, *arguments: str) -> int:
        """Run a command of Obelos here; its exit code."""
        with contextlib.chdir(self.root):
            return run(list(arguments))

    def decides(
        self, at: str, reading: str | None, document: str = "letter", *, note: str = "", write: bool = True
    ) -> str:
        """Correct a passage (None: let it stand), and write that: the decision's id."""
        history = DocumentHistory(self.edition, self.repository(), document)
        history.open_for_deciding()
        try:
            start = history.replayed().text.index(at)
            judgement = Judgement("stet" if reading is None else "correct", reading, note=note)
            decision = history.take(Span(start, start + len(at)), judgement, self.person, now())
            if write:
                history.commit(self.person, now())
        finally:
            history.close()
        return decision.id

    def merges(self, other: "Clone", **options: object) -> Outcome:
        """Fetch another editor's branch, and merge it."""
        self.git("fetch", "-q", str(other.root), "+main:refs/remotes/other/main")
        repository = self.repository()
        return merge(repository, "other/main", self.person, now(), **options)  # type: ignore[arg-type]

    def settles(self) -> Outcome:
        """Settle what a plain merge left."""
        return settle_here(self.edition, self.repository(), self.person, now())

    def syncs(self, told: Callable[[str], None] = lambda _: None, **options: object) -> bool:
        """Fetch, merge, push."""

        def tell(step: Step) -> None:
            told(step.said)

        wanted = Wanted(**options)  # type: ignore[arg-type]
        return sync(self.edition, self.repository(), self.person, now, wanted, tell)

    def text(self, document: str = "letter") -> str:
        """The working text on disk."""
        return (self.root / "transcripts" / document / "text.txt").read_text()

    def records(self, document: str = "letter") -> set[str]:
        """Ids of all records on disk."""
        return {path.stem for path in (self.root / "history" / document).glob("*.yaml")}

    def verified(self) -> bool:
        """Whether both verifications hold, git finds no fault, and nothing lies about."""
        repository = self.repository()
        proved = all(verify(self.edition, repository, name).holds for name in self.edition.names())
        sound = self.git("fsck", "--strict", "--no-dangling", check=False) == ""
        return proved and verify_independently(self.root) == 0 and sound and self.git("status", "--porcelain") == ""

    def verified_now(self) -> bool:
        """Whether the last commit holds without asking Obelos, and is what lies on disk."""
        sound = self.git("fsck", "--strict", "--no-dangling", check=False) == ""
        held = all(holds(self.root, "HEAD", name) for name in self.edition.names())
        return held and sound and self.git("status", "--porcelain") == ""


def person(name: str) -> Person:
    """A made-up person."""
    return Person(name.capitalize(), f"{name}@example.org")


def found_edition(root: Path, name: str = "ada", letter: str = LETTER) -> Clone:
    """An edition with one letter, in a repository of its own."""
    repository = Repository.create(root)
    repository.sign_as(person(name))
    edition = found(root, "Made up", person(name), now(), repository)
    source = root.parent / f"{root.name}-letter.txt"
    source.write_text(letter)
    add_texts(edition, repository, [("letter", source)], None, person(name), now())
    return Clone(root, person(name))


def clone_of(other: Clone, name: str) -> Clone:
    """Another editor's clone."""
    root = other.root.parent / name
    subprocess.run(["git", "clone", "-q", str(other.root), str(root)], env=environment(), check=True)
    here = Clone(root, person(name))
    here.git("config", "user.name", here.person.name)
    here.git("config", "user.email", here.person.mail)
    return here


def hub_of(clone: Clone) -> Path:
    """A bare repository beside a clone, which is its remote ``origin`` from now on."""
    hub = clone.root.parent / "hub.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(hub)], env=environment(), check=True)
    clone.git("remote", "add", "origin", str(hub))
    return hub


def at(moment: str) -> datetime:
    """A moment, from its ISO form."""
    return datetime.fromisoformat(moment)
