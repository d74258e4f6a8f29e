"""Documents as they are at the last commit: taken over from an earlier run, followed from there, or from the start.

What is taken over is held against the files of the last commit; what does not fit is followed from the first commit.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from .course import Courses, Layout, Unknown
from .folded import NOTHING, Folded, Node, follow
from .judge import Judge, Objects
from .kept import Kept, restored
from .repository import Repository

# More documents than this are looked for in the log of the whole edition.
_FEW = 50


class Carried:
    """The documents of one run.

    Attributes:
        tip: The last commit; "" before the first.
        taken_over: Documents about whose commits nothing was asked anew.
        objects: The blobs at hand.
        layout: Where the documents lie.
    """

    def __init__(self, repository: Repository, layout: Layout, kept: Kept, names: Sequence[str], whole: bool) -> None:
        """Begin: the commits are read that are new since most of the documents were verified.

        Args:
            repository: The repository.
            layout: Where the documents lie.
            kept: What is known of earlier runs; what speaks of another history is forgotten.
            names: The documents that will be asked for.
            whole: Whether these are all that are in the edition.
        """
        self.tip = repository.tip() or ""
        self.taken_over: set[str] = set()
        self.objects = Objects(repository)
        self._repository = repository
        self.layout = layout
        self._kept = kept
        self._whole = whole
        tips = Counter(entry["tip"] for name in names if (entry := kept.documents.get(name)))
        self._from: str = next((tip for tip, _ in tips.most_common(1)), kept.whole)
        if self._from and not (self._from == self.tip or repository.is_ancestor(self._from)):
            self._from = ""
        if not self._from:
            kept.documents, kept.whole = {}, ""
        self._fresh, self._newest = Courses(), self._from
        self._now: dict[str, dict[str, str]] | None = None
        self._anew: tuple[Courses, str] | None = None
        if self._from not in ("", self.tip):
            folders = self._folders(names)
            self._fresh, self._newest = self._read(folders, since=self._from)
            self._now = self._trees(folders)

    def judge(self, name: str) -> Judge:
        """A judge of a document's states."""
        return Judge(name, self.layout, self.objects)

    def gone(self, names: Iterable[str]) -> list[str]:
        """Documents that the history knows besides these; asked of a run over all."""
        if self.tip and self._anew is None and not (self._from and self._kept.whole == self._from):
            self._from_the_first(())
        courses = [self._fresh, self._anew[0]] if self._anew else [self._fresh]
        known = {name for one in courses for name in one.steps} | set(self._kept.documents)
        return sorted(known - set(names))

    def fold(self, names: Sequence[str]) -> dict[str, Folded]:
        """Some documents at the last commit."""
        found: dict[str, Folded] = {}
        started = {name: folded for name in names if self._from and (folded := self._start(name))}
        touched = {name: folded for name, folded in started.items() if name in self._fresh.steps}
        self._want(self._fresh, {name: folded.node for name, folded in touched.items()})
        for name, folded in started.items():
            node = folded.node
            if name not in touched:
                self.taken_over.add(name)
            elif not self._follow(folded, self._fresh, self._newest, _only(self._from, node)):
                continue
            if self._now is None or dict(folded.node.tree) == self._now.get(name, {}):
                found[name] = folded
        anew = [name for name in names if name not in found]
        self.taken_over.difference_update(anew)
        if anew and self.tip:
            courses, newest = self._from_the_first(anew)
            self._want(courses, dict.fromkeys(anew, NOTHING))
            for name in anew:
                found[name] = Folded(name)
                self._follow(found[name], courses, newest, _nowhere)
        return {name: found.get(name) or Folded(name) for name in names}

    def _start(self, name: str) -> Folded | None:
        """What is known of a document at the commit from which on the rest is followed."""
        entry = self._kept.documents.get(name)
        if entry is None:
            return Folded(name) if self._kept.whole == self._from else None
        if entry["tip"] != self._from:
            return None
        try:
            return restored(name, entry, self.layout.records(name))
        except (KeyError, TypeError, ValueError, IndexError):
            return None

    def _follow(self, folded: Folded, courses: Courses, newest: str, before: Callable[[str], Node]) -> bool:
        try:
            judge = self.judge(folded.name)
            follow(folded, courses, judge, self.layout, to=newest, before=before)
        except Unknown:
            return False
        return True

    def _want(self, courses: Courses, nodes: Mapping[str, Node]) -> None:
        """Have the blobs at hand that tell of the documents, on their way from a state on."""
        read: list[str] = []
        perhaps: list[str] = []
        for name, node in nodes.items():
            changes = (change for step in courses.steps.get(name, ()) for change in step.changes)
            files = [*node.tree.items(), *((change.path, change.new) for change in changes)]
            for path, blob in files:
                if blob and self.layout.counts(path, name):
                    (read if self.layout.told_by(path, name) else perhaps).append(blob)
        self.objects.want(read, perhaps)

    def _from_the_first(self, names: Sequence[str]) -> tuple[Courses, str]:
        """All commits, of the whole edition when that is worth it."""
        if self._anew is not None:
            return self._anew
        if self._whole or len(names) > _FEW:
            self._anew = self._read(self._folders(names))
            return self._anew
        return self._read(self._folders(names))

    def _read(self, folders: Sequence[str], since: str | None = None) -> tuple[Courses, str]:
        commits = self._repository.log(*folders, since=since, followed=True)
        return Courses.of(commits, self.layout), commits[0].id if commits else since or self.tip

    def _folders(self, names: Sequence[str]) -> list[str]:
        if self._whole or len(names) > _FEW:
            return [self.layout.transcripts, self.layout.history]
        return [folder for name in names for folder in self.layout.folders(name)]

    def _trees(self, folders: Sequence[str]) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for path, blob in self._repository.tree(self.tip, *folders).items():
            if (name := self.layout.document(path)) and self.layout.counts(path, name):
                found.setdefault(name, {})[path] = blob
        return found


def _only(commit: str, node: Node) -> Callable[[str], Node]:
    """The state at one commit, and none other."""

    def before(asked: str) -> Node:
        if asked != commit:
            raise Unknown
        return node

    return before


def _nowhere(_commit: str) -> Node:
    """Before the first commit there is nothing."""
    return NOTHING
