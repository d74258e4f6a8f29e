"""What can be wrong with input: one small vocabulary for all packages.

An error carries what a person needs to act: what happened, where (file, line), what to do.
The interface turns these classes into exit codes; nothing else does.
"""

from dataclasses import dataclass
from pathlib import PurePath


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one file.

    Attributes:
        where: The file as the person named it, or a description such as ``standard input``.
        line: Line, counted from 1; None where a line means nothing.
        what: What is wrong, and what was expected, as one sentence.
    """

    where: str
    line: int | None
    what: str

    def __str__(self) -> str:
        return f"{self.where}:{self.line}: {self.what}" if self.line else f"{self.where}: {self.what}"


class ObelosError(Exception):
    """Base of every error that Obelos raises on purpose. Its text is written for an editor."""


class BadInput(ObelosError):
    """A file or an argument cannot be used; nothing was changed. Lists every problem found."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems

    @classmethod
    def at(cls, where: str | PurePath, line: int | None, what: str) -> "BadInput":
        """One problem at one place."""
        return cls(Problem(str(where), line, what))


class Refused(ObelosError):
    """The state of the repository or of the edition forbids it; nothing was changed."""
