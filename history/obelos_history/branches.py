"""What git knows of other branches: where they part from ours, what changed since, what a merge of all files gives.

Nothing here writes but objects; neither index nor files nor branches are touched.
"""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass

from obelos_transcripts import BadInput, visible

from .store import Store
from .trees import Entry

# A name may not look like an option, nor hold what git reads as a range, a path or a pattern.
_REVISION = re.compile(r"[^-\s:?*\[\\^~][^\s:?*\[\\]*")


@dataclass(frozen=True)
class Differing:
    """A path at which two commits differ: what stands there before and after; None for nothing."""

    path: str
    old: Entry | None
    new: Entry | None


def resolve(store: Store, revision: str) -> str:
    """The commit that a branch, tag or id names.

    Raises:
        BadInput: There is none.
    """
    if _REVISION.fullmatch(revision) and ".." not in revision:
        status, out = store.git.answer("rev-parse", "-q", "--verify", f"{revision}^{{commit}}", ok=(0, 1, 128))
        if status == 0:
            return out.decode("ascii").strip()
    known = store.git("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes").decode(
        "utf-8", "replace"
    )
    names = [name for name in known.split("\n") if name and not name.endswith("/HEAD")]
    there = f" There are: {', '.join(names[:12])}." if names else ""
    raise BadInput.at(
        "merge", None, f"“{visible(revision)}” is no branch, tag or commit of this repository.{visible(there)}"
    )


def parting(store: Store, ours: str, theirs: str) -> str | None:
    """The last commit that two have in common; None where their histories have nothing in common."""
    status, out = store.git.answer("merge-base", ours, theirs, ok=(0, 1))
    return out.decode("ascii").strip() if status == 0 else None


def differing(store: Store, old: str | None, new: str) -> list[Differing]:
    """Where two commits (or trees; None: nothing) differ, file by file; no renames are guessed."""
    out = store.git(
        "diff-tree", "-r", "-z", "--no-renames", "--no-ext-diff", old or store.tree_id(b""), new,
        environment=store.without_index,
    )  # fmt: skip
    fields = out.split(b"\0")[:-1]
    found = []
    for facts, path in zip(fields[::2], fields[1::2], strict=True):
        old_mode, new_mode, old_id, new_id, _ = facts.decode("ascii").removeprefix(":").split(" ")
        found.append(Differing(os.fsdecode(path), _entry(old_mode, old_id), _entry(new_mode, new_id)))
    return found


def _entry(mode: str, ident: str) -> Entry | None:
    return Entry(mode, ident) if ident.strip("0") else None


def merged_tree(store: Store, ours: str, theirs: str) -> tuple[str, list[str]]:
    """The tree that git makes of two commits, and the paths that it could not settle.

    A merge driver that the attributes name is not run: the paths that want one count as unsettled.
    """
    drivers = store.settings(r"^merge\..*\.driver$")
    status, out = store.git.answer(
        "merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", ours, theirs,
        settings={name: "false" for name in drivers if "=" not in name},
        ok=(0, 1),
    )  # fmt: skip
    tree, *conflicted = out.split(b"\0")
    return tree.decode("ascii"), sorted({os.fsdecode(path) for path in conflicted if path}) if status else []


def entries(store: Store, commit: str, places: Iterable[str]) -> dict[str, Entry]:
    """Files in a commit at or under some paths, at any depth, by path."""
    wanted = sorted(set(places))
    found = {}
    for start in range(0, len(wanted), 500):
        out = store.git("ls-tree", "-r", "-z", "--full-tree", commit, "--", *wanted[start : start + 500])
        for line in out.split(b"\0")[:-1]:
            facts, _, path = line.partition(b"\t")
            mode, _, ident = facts.decode("ascii").split(" ")
            found[os.fsdecode(path)] = Entry(mode, ident)
    return found


@dataclass(frozen=True)
class Touching:
    """A commit and its parents."""

    commit: str
    parents: tuple[str, ...]


def last_touching(store: Store, commit: str, folders: Iterable[str]) -> Touching | None:
    """The last commit, in the history of one, that left some folders as they are there; None where nothing did."""
    out = store.git("rev-list", "-1", commit, "--", *(f"{folder}/" for folder in folders)).decode("ascii").strip()
    if not out:
        return None
    # Asked for again: with paths, git names the parents as if what did not touch them were not there.
    words = store.git("rev-list", "-1", "--parents", out).decode("ascii").split()
    return Touching(words[0], tuple(words[1:]))
