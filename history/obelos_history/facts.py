"""What git storage tells the rest of the program: frozen facts, no behaviour, no git.

Paths are relative to the top of the work tree, with ``/``; bytes of a name that are not UTF-8 are kept as lone
surrogates, as Python's file functions do. Times carry their offset.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Changes = Mapping[str, bytes | None]
"""Path → new bytes; None takes the file away."""

Check = Callable[[Changes], None]
"""Looks at what was read back from a commit before it is published; raises to stop it."""

Reached = Callable[[str], None]
"""Is told the name of each step of a commit when the step is done."""


def ignore(_step: str) -> None:
    """Nobody wants to know which step was reached."""


def accept(_changes: Changes) -> None:
    """Nothing more is checked before a commit is published."""


@dataclass(frozen=True)
class Person:
    """Who is answerable for a change, as git names people."""

    name: str
    mail: str

    def __str__(self) -> str:
        return f"{self.name} <{self.mail}>"


@dataclass(frozen=True)
class Joining:
    """How a commit takes in the work of others.

    Attributes:
        theirs: Their commit: the second parent, or with ``forward`` the very commit that the branch is to have.
        old: The commit of ours that it was worked out with; None before the first.
        forward: Ours is part of theirs: no commit is made.
        modes: Modes of files that are new, as git writes them.
    """

    theirs: str
    old: str | None
    forward: bool = False
    modes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Head:
    """The branch that is checked out: full name (``refs/heads/main``), and its commit; None before the first."""

    ref: str
    commit: str | None


@dataclass(frozen=True)
class Change:
    """One file that a commit changed.

    Attributes:
        path: Its path.
        old: Blob before; None when there was no plain file.
        new: Blob after; None when no plain file is left.
        parent: The parent it is compared with (a merge has several); None in the first commit.
    """

    path: str
    old: str | None
    new: str | None
    parent: str | None = None


@dataclass(frozen=True)
class Commit:
    """One commit, as far as the paths asked for are concerned.

    Attributes:
        subject: First paragraph of the message, on one line.
        body: The message after the subject, without its trailers.
        trailers: ``Key: value`` lines of the last paragraph, in their order.
        changes: Changes of the paths asked for; a merge has them for every parent that it differs from.
    """

    id: str
    parents: tuple[str, ...]
    person: Person
    when: datetime
    subject: str
    body: str
    trailers: tuple[tuple[str, str], ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Recovered:
    """What became of a commit that was interrupted.

    Attributes:
        job: Its number; what ``withdraw`` wants.
        outcome: ``finished``: it was published, and is now complete; ``redone``: it was made again from its
            record; ``withdrawn``: it had been refused, and its files are as they were; ``needs you``: it
            cannot be made now.
        commit: The commit made; None when there is none, or nothing was left to commit.
        subject: First line of its message.
        paths: The files it is about.
        why: Where it could not be made: what stands in the way, and what to do.
    """

    job: str
    outcome: Literal["finished", "redone", "withdrawn", "needs you"]
    commit: str | None
    subject: str
    paths: tuple[str, ...]
    why: str = ""

    def __str__(self) -> str:
        if self.outcome == "needs you":
            return f"“{self.subject}” could not be finished. {self.why}"
        return f"“{self.subject}” was {self.outcome}. {self.why}".strip()
