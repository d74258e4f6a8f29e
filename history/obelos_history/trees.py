"""Trees as git stores them: read, changed at some paths, written again. No git, no files.

A tree object is a row of entries ``mode SP name NUL id``, sorted by name as bytes, where a folder counts as if its
name ended in ``/`` (git's base_name_compare). Only folders on the way to a changed path are touched, so a commit costs
what those folders hold and not what the edition holds.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from obelos_transcripts.errors import Refused

FOLDER = "40000"
FILE = "100644"
PROGRAM = "100755"


@dataclass(frozen=True)
class Entry:
    """One name in a tree: its mode in octal as git writes it, and the id of what it stands for."""

    mode: str
    id: str


def object_id(kind: str, data: bytes, algorithm: str) -> str:
    """Name that git gives to an object of these bytes; ``algorithm`` is ``sha1`` or ``sha256``."""
    digest = hashlib.new(algorithm, b"%s %d\0" % (kind.encode(), len(data)), usedforsecurity=False)
    digest.update(data)
    return digest.hexdigest()


class Tree:
    """The entries of a folder, each kept as git wrote it: of a hundred thousand one changes."""

    def __init__(self, data: bytes = b"", algorithm: str = "sha1") -> None:
        """Read a tree object.

        Raises:
            Refused: It is damaged.
        """
        self._rows: dict[bytes, bytes] = {row[1]: row[0] for row in _row(algorithm).finditer(data)}
        self._in_order = True
        if sum(map(len, self._rows.values())) != len(data):
            raise Refused("A folder in git's storage cannot be read. Nothing was changed; run “git fsck”.")

    def __bool__(self) -> bool:
        return bool(self._rows)

    def __contains__(self, name: bytes) -> bool:
        return name in self._rows

    def copy(self) -> "Tree":
        """The same entries, to be changed apart."""
        new = Tree()
        new._rows, new._in_order = dict(self._rows), self._in_order
        return new

    def get(self, name: bytes) -> Entry | None:
        """What stands under a name."""
        row = self._rows.get(name)
        if row is None:
            return None
        mode = row[: row.index(b" ")].decode("ascii")
        return Entry(mode, row[len(mode) + 1 + len(name) + 1 :].hex())

    def put(self, name: bytes, entry: Entry | None) -> None:
        """Set what stands under a name; None takes it out."""
        if entry is None:
            self._rows.pop(name, None)
            return
        old = self._rows.get(name)
        new = b"%s %s\0%s" % (entry.mode.encode("ascii"), name, bytes.fromhex(entry.id))
        if old is None or _is_folder(old) != _is_folder(new):
            self._in_order = False
        self._rows[name] = new

    def serialize(self) -> bytes:
        """The tree object with these entries."""
        if not self._in_order:
            self._rows = dict(sorted(self._rows.items(), key=lambda row: row[0] + b"/" * _is_folder(row[1])))
            self._in_order = True
        return b"".join(self._rows.values())


@cache
def _row(algorithm: str) -> re.Pattern[bytes]:
    size = hashlib.new(algorithm, usedforsecurity=False).digest_size
    return re.compile(rb"[0-7]+ ([^\0]+)\0.{%d}" % size, re.DOTALL)


def _is_folder(row: bytes) -> bool:
    return row.startswith(b"%s " % FOLDER.encode("ascii"))


def folders_of(paths: Iterable[str]) -> list[str]:
    """All folders on the way to some paths, the top (``""``) first."""
    found = {""}
    for path in paths:
        parts = path.split("/")[:-1]
        found.update("/".join(parts[: n + 1]) for n in range(len(parts)))
    return sorted(found)


def entry_at(trees: Mapping[str, Tree], path: str) -> Entry | None:
    """What stands at a path, given the trees of the folders on the way to it."""
    folder, _, name = path.rpartition("/")
    tree = trees.get(folder)
    return tree.get(os.fsencode(name)) if tree else None


def changed(
    trees: Mapping[str, Tree], changes: Mapping[str, Entry | None], name_of: Callable[[bytes], str]
) -> tuple[str, list[bytes]]:
    """Put entries in, or take them out (None): id of the new top, and the new tree objects, the top last.

    Args:
        trees: Trees of all folders on the way to the paths, by folder; those that do not exist yet may be absent.
        changes: The entries, by path.
        name_of: The id of a tree object.
    """
    new = {folder: trees[folder].copy() if folder in trees else Tree() for folder in folders_of(changes)}
    for path, entry in changes.items():
        folder, _, name = path.rpartition("/")
        new[folder].put(os.fsencode(name), entry)
    made: list[bytes] = []
    top = ""
    for folder in sorted(new, key=lambda f: (f.count("/") + bool(f), f), reverse=True):
        tree = new[folder]
        data = tree.serialize()
        top = name_of(data)
        if folder:
            above, _, name = folder.rpartition("/")
            new[above].put(os.fsencode(name), Entry(FOLDER, top) if tree else None)
        if tree or not folder:
            made.append(data)
    return top, made
