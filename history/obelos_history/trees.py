"""Trees as git stores them: read, changed at some paths, written again. No git, no files.

A tree object is a row of entries ``mode SP name NUL id``, sorted by name as bytes, where a folder counts as if its
name ended in ``/`` (git's base_name_compare). Only folders on the way to a changed path are touched, so a commit costs
what those folders hold and not what the edition holds.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

FOLDER = "40000"
FILE = "100644"
PROGRAM = "100755"


@dataclass(frozen=True)
class Entry:
    """One name in a tree: its mode in octal as git writes it, and the id of what it stands for."""

    mode: str
    id: str


Tree = dict[bytes, Entry]


def object_id(kind: str, data: bytes, algorithm: str) -> str:
    """Name that git gives to an object of these bytes; ``algorithm`` is ``sha1`` or ``sha256``."""
    digest = hashlib.new(algorithm, b"%s %d\0" % (kind.encode(), len(data)), usedforsecurity=False)
    digest.update(data)
    return digest.hexdigest()


def parse(data: bytes, algorithm: str) -> Tree:
    """Entries of a tree object."""
    size = hashlib.new(algorithm, usedforsecurity=False).digest_size
    tree, at = {}, 0
    while at < len(data):
        end = data.index(b"\0", at)
        mode, _, name = data[at:end].partition(b" ")
        at = end + 1 + size
        tree[name] = Entry(mode.decode("ascii"), data[end + 1 : at].hex())
    return tree


def serialize(tree: Tree) -> bytes:
    """The tree object with these entries."""
    return b"".join(
        b"%s %s\0%s" % (tree[name].mode.encode("ascii"), name, bytes.fromhex(tree[name].id)) for name in _sorted(tree)
    )


def _sorted(tree: Tree) -> list[bytes]:
    return sorted(tree, key=lambda name: name + b"/" if tree[name].mode == FOLDER else name)


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
    return trees.get(folder, {}).get(os.fsencode(name))


def changed(
    trees: Mapping[str, Tree], changes: Mapping[str, Entry | None], name_of: Callable[[bytes], str]
) -> tuple[str, list[bytes]]:
    """Put entries in, or take them out (None): id of the new top, and the new tree objects, the top last.

    Args:
        trees: Trees of all folders on the way to the paths, by folder; those that do not exist yet may be absent.
        changes: The entries, by path.
        name_of: The id of a tree object.
    """
    new = {folder: dict(trees.get(folder, {})) for folder in folders_of(changes)}
    for path, entry in changes.items():
        folder, _, name = path.rpartition("/")
        _put(new[folder], os.fsencode(name), entry)
    made: list[bytes] = []
    top = ""
    for folder in sorted(new, key=lambda f: (f.count("/") + bool(f), f), reverse=True):
        tree = new[folder]
        data = serialize(tree)
        top = name_of(data)
        if folder:
            above, _, name = folder.rpartition("/")
            _put(new[above], os.fsencode(name), Entry(FOLDER, top) if tree else None)
        if tree or not folder:
            made.append(data)
    return top, made


def _put(tree: Tree, name: bytes, entry: Entry | None) -> None:
    if entry is None:
        tree.pop(name, None)
    else:
        tree[name] = entry
