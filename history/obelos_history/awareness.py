"""Which decisions were taken without knowledge of which, by the commits that they came with.

Who decides knows what is in the history of the commit before. That is the same for everybody who asks, whoever merged
whom, and in which order.
"""

from collections.abc import Iterable
from pathlib import PurePosixPath

from .repository import Repository


class Awareness:
    """What was known when each decision on a document was taken; one git process, and only if it is asked."""

    def __init__(self, repository: Repository, tips: Iterable[str], folder: str) -> None:
        """Look from some commits, at the records in a folder (as `Repository.prefix` gives it)."""
        self._repository = repository
        self._tips = tuple(tips)
        self._folder = folder
        self._parents: dict[str, tuple[str, ...]] | None = None
        self._came: dict[str, set[str]] = {}

    def unaware(self, one: str, other: str) -> bool:
        """Whether each of two decisions was taken without knowledge of the other."""
        return not (self._knew(one, other) or self._knew(other, one))

    def _knew(self, later: str, earlier: str) -> bool:
        """Whether a commit that one came with builds on one that the other came with, or is it."""
        parents = self._read()
        wanted = self._came.get(earlier, set())
        todo, seen = list(self._came.get(later, ())), set[str]()
        while todo:
            commit = todo.pop()
            if commit in wanted:
                return True
            if commit not in seen:
                seen.add(commit)
                todo += parents.get(commit, ())
        return False

    def _read(self) -> dict[str, tuple[str, ...]]:
        if self._parents is None:
            self._parents = {}
            for commit in self._repository.log(self._folder, of=self._tips, followed=True):
                self._parents[commit.id] = commit.parents
                added = [PurePosixPath(change.path).stem for change in commit.changes if change.new and not change.old]
                for ident in set(added):
                    # What a merge took over from one of its parents did not come with it.
                    if added.count(ident) >= len(commit.parents):
                        self._came.setdefault(ident, set()).add(commit.id)
        return self._parents
