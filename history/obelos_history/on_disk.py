"""The files of a document on disk, held against the last commit.

A file whose state (size, times, inode) is as when it was last read is not read again. As git does (racy-git.txt), a
file changed so shortly before it was read that a later change need not show in its times is read the next time, too.
"""

import hashlib
import os
import stat
import time
from collections.abc import Mapping
from typing import NamedTuple

from obelos_transcripts.edition import Edition
from obelos_transcripts.text import read_bytes

from .judge import Judge, Objects, Wrong
from .repository import Repository

# Some file systems keep times in steps of two seconds.
_MARGIN = 2_000_000_000


class Look(NamedTuple):
    """How the files of a document lay there: a digest of their states, and the youngest time among these (ns)."""

    digest: str
    youngest: int

    @property
    def telling(self) -> bool:
        """Whether any later change must show: nothing was changed just now."""
        return self.youngest < time.time_ns() - _MARGIN


def look(edition: Edition, name: str) -> Look:
    """The files of a document, not read."""
    digest, youngest = hashlib.sha256(usedforsecurity=False), 0
    document = edition.root / "transcripts" / name
    for folder in (document, edition.history(name)):
        try:
            with os.scandir(folder) as entries:
                found = sorted((entry.name, entry.stat(follow_symlinks=False)) for entry in entries)
        except (FileNotFoundError, NotADirectoryError):
            digest.update(b"none\0")
            continue
        for file, state in found:
            facts = (state.st_mode, state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino)
            digest.update(os.fsencode(file) + b"\0" + repr(facts).encode())
            youngest = max(youngest, state.st_mtime_ns, state.st_ctime_ns)
        digest.update(b"\0")
    return Look(digest.hexdigest()[:32], youngest)


class Lying(NamedTuple):
    """A document as it lies there: the blobs of its base text and working text (""; not there), what is wrong."""

    base: str
    text: str
    wrong: dict[Wrong, int]


def on_disk(
    edition: Edition,
    repository: Repository,
    name: str,
    judge: Judge,
    objects: Objects,
    committed: Mapping[str, str],
    came_with: str,
) -> Lying:
    """A document on disk, what is wrong with it, and which files are not those of the last commit.

    Args:
        edition: The edition.
        repository: Its repository.
        name: The document.
        judge: Judges its states.
        objects: Takes the bytes of the files.
        committed: The files of the last commit: path → blob.
        came_with: Blob of the base text that it came in with; "" where it is not committed.
    """
    document = edition.document(name)
    folder, history = repository.prefix(document.folder), repository.prefix(edition.history(name))
    text, base = f"{folder}/{document.working.name}", f"{folder}/{document.base.name}"
    tree: dict[str, str] = {}
    records = {path: repository.root / path for path in committed if path.startswith(f"{history}/")}
    records |= {f"{history}/{file.name}": file for file in edition.history(name).glob("*.yaml")}
    for path, file in {base: document.base, text: document.working, **records}.items():
        try:
            mode = file.lstat().st_mode
        except FileNotFoundError:
            continue
        if stat.S_ISLNK(mode):
            return Lying("", "", {f"{path} on disk is a symbolic link": 0})
        data = read_bytes(file)
        tree[path] = repository.blob_id(data)
        objects.put(tree[path], data)
    ours = {*tree, *(path for path in committed if path.startswith(f"{history}/"))}
    differing = [path for path in sorted(ours) if tree.get(path) != committed.get(path)]
    wrong: dict[Wrong, int] = {}
    if differing or (text in committed and text not in tree):
        objects.also(tree.values())
        wrong = judge.wrong(tree, came_with, had_text=text in committed)
    for path in differing:
        if not (wrong and path == text):
            wrong[f"{path} {'on disk is not what was committed' if path in tree else 'is missing on disk'}"] = 0
    return Lying(tree.get(base, ""), tree.get(text, ""), wrong)
