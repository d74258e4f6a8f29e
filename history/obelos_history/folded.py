"""A document followed through its commits: what was wrong since when, and until when; which records were touched.

A difference begins at the commit whose parents do not have it, and ends at the first that has it no more. So in a
history with branches it is put down to the commit that brought it in, not to the one that merged it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import NamedTuple

from .course import Courses, Layout, Step, Trail, Unknown
from .facts import Change, Commit
from .judge import NONE, Judge, Open, Tree, Wrong
from .verdict import Tampering, Unexplained


class Since(NamedTuple):
    """The commit that brought something in, and the line where it stood then; 0 where a line means nothing."""

    commit: Commit
    line: int


class Past(NamedTuple):
    """Something that was wrong once: since when, and the commit that ended it."""

    what: Wrong
    since: Since
    gone: Commit


class Touched(NamedTuple):
    """A record changed or taken away after it was made."""

    path: str
    what: str
    commit: Commit


@dataclass(frozen=True)
class Node:
    """The state of a document at a commit.

    Attributes:
        tree: Its files.
        base: Blob of the base text that it came in with; "" before that.
        had_text: Whether there has been a working text.
        wrong: What is wrong, since when.
    """

    tree: Tree = field(default_factory=dict)
    base: str = ""
    had_text: bool = False
    wrong: Mapping[Wrong, Since] = field(default_factory=dict)


NOTHING = Node()


@dataclass
class Folded:
    """A document at the last commit, and what happened on the way.

    Attributes:
        commits: How many changed it, not counting merges that have it as one of their parents has it; ``last`` is the
            last of them.
        first: For each record the blob that it was made with.
        brought: The commits that added records.
        open: What waits for an editor; None until it was asked.
    """

    name: str
    node: Node = NOTHING
    past: list[Past] = field(default_factory=list)
    first: dict[str, str] = field(default_factory=dict)
    touched: list[Touched] = field(default_factory=list)
    brought: list[str] = field(default_factory=list)
    commits: int = 0
    last: Commit | None = None
    open: Open = NONE

    @property
    def was_there(self) -> bool:
        """Whether it ever had a base text."""
        return bool(self.node.base)

    def wrongs(self) -> tuple[list[Unexplained], list[Tampering]]:
        """What is to be told: words without a decision, and what else may not happen; what stands first."""
        words = [
            Unexplained(since.line, what.expected, what.found, since.commit)
            for what, since in self.node.wrong.items()
            if not isinstance(what, str)
        ]
        words += [
            Unexplained(since.line, what.expected, what.found, since.commit, gone)
            for what, since, gone in self.past
            if not isinstance(what, str)
        ]
        others = [Tampering(what, at.commit) for what, at in self.node.wrong.items() if isinstance(what, str)]
        others += [Tampering(what, at.commit, settled=True) for what, at, _ in self.past if isinstance(what, str)]
        for path, what, commit in self.touched:
            settled = self.node.tree.get(path) == self.first.get(path)
            others.append(Tampering(f"record {PurePosixPath(path).stem} {what}", commit, settled))
        return words, list(dict.fromkeys(others))


def follow(
    folded: Folded, courses: Courses, judge: Judge, layout: Layout, *, to: str, before: Callable[[str], Node]
) -> None:
    """Follow a document through the commits at hand.

    Args:
        folded: The document as it was before them; changed in place.
        courses: The commits.
        judge: Judges its states.
        layout: Where its files lie.
        to: The newest of the commits.
        before: Its state at commits that are not at hand.

    Raises:
        Unknown: A branch begins at a commit whose state is not known; ``folded`` is of no use then.
    """
    trail = Trail(courses, before, NOTHING)
    for step in courses.steps.get(folded.name, ()):
        parents = trail.parents(step.commit)
        tree = _changed(parents[0][1].tree, step, parents[0][0], folded.name, layout)
        had_text = any(node.had_text for _, node in parents)
        base = next((node.base for _, node in parents if node.base), "")
        wrong = {}
        if base or judge.bases(tree):
            wrong = judge.wrong(tree, base, had_text)
            base = base or tree[judge.bases(tree)[0]]
            had_text = had_text or any(path in tree for path in layout.texts(folded.name))
        node = Node(tree, base, had_text, _since(wrong, [node for _, node in parents], step.commit))
        for _, parent in parents:
            _ended(folded, parent, wrong, step.commit)
        _records(folded, step, layout)
        trail.put(step, node)
        if len({change.parent for change in step.changes}) >= len(step.commit.parents):
            folded.commits += 1
            folded.last = step.commit
    folded.node = trail.at(to)
    folded.open = judge.open(folded.node.tree)


def _changed(tree: Tree, step: Step, parent: str | None, name: str, layout: Layout) -> Tree:
    now = dict(tree)
    for change in step.changes:
        if change.parent == parent and layout.counts(change.path, name):
            if change.new:
                now[change.path] = change.new
            else:
                now.pop(change.path, None)
    return now


def _since(wrong: Mapping[Wrong, int], parents: list[Node], commit: Commit) -> dict[Wrong, Since]:
    return {
        what: next((node.wrong[what] for node in parents if what in node.wrong), Since(commit, line))
        for what, line in wrong.items()
    }


def _ended(folded: Folded, parent: Node, wrong: Mapping[Wrong, int], commit: Commit) -> None:
    for what, since in parent.wrong.items():
        if what not in wrong and not any((past.what, past.since) == (what, since) for past in folded.past):
            folded.past.append(Past(what, since, commit))


def _records(folded: Folded, step: Step, layout: Layout) -> None:
    """Note records that were added, edited, taken away; in a merge, those that it did not take from a parent so."""
    before: dict[str, list[Change]] = {}
    for change in step.changes:
        if change.path.startswith(layout.records(folded.name)):
            before.setdefault(change.path, []).append(change)
    added = False
    for path, changes in before.items():
        taken_over = len(changes) < len(step.commit.parents)
        for change in changes:
            if change.new and not change.old:
                added = added or not (taken_over or path in folded.first)
                folded.first.setdefault(path, change.new)
            elif change.new is None or not taken_over:
                what = "was deleted" if change.new is None else "was edited after it was made"
                known = taken_over and any(one.path == path and one.what == what for one in folded.touched)
                if not known:
                    folded.touched.append(Touched(path, what, step.commit))
    if added:
        folded.brought.append(step.commit.id)


__all__ = ["NOTHING", "Folded", "Node", "Past", "Since", "Touched", "Unknown", "follow"]
