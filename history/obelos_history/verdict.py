"""The outcome of a verification, as plain data."""

from dataclasses import dataclass

from .facts import Commit


@dataclass(frozen=True)
class Unexplained:
    """Words of the text that no decision accounts for.

    Attributes:
        line: Line of the text, from 1.
        expected: What base text and decisions have there.
        found: What stands there instead.
        commit: The commit that brought it in; None when it is on disk only.
        gone: The commit that took it out again; None while it stands.
    """

    line: int
    expected: str
    found: str
    commit: Commit | None
    gone: Commit | None = None


@dataclass(frozen=True)
class Tampering:
    """Something else that may not happen to an edition: a record changed, a base text altered.

    Attributes:
        commit: Where it happened; None on disk.
        settled: It was made good since: told, but no failure.
    """

    what: str
    commit: Commit | None
    settled: bool = False


@dataclass(frozen=True)
class Verdict:
    """The outcome for one document.

    Attributes:
        base_id, text_id: Blobs of its base text and working text on disk; "" where there is none.
        decisions: How many are on record.
        commits: How many have touched it.
        orphans: Ids of decisions that have lost their place and wait for an editor. No failure.
        queries: Ids of queries that stand. No failure.
    """

    document: str
    base_id: str
    text_id: str
    decisions: int
    commits: int
    unexplained: tuple[Unexplained, ...]
    tampering: tuple[Tampering, ...]
    orphans: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the text follows from the base text and the decisions as they now stand.

        A change without a decision that was taken out again, or explained later, is told but is no failure.
        """
        return all(wrong.settled for wrong in self.tampering) and all(change.gone for change in self.unexplained)
