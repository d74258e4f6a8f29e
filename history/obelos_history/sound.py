"""Whether the objects of a repository are what their names say.

Git names an object by a digest of its bytes, but does not look at the digest again whenever it reads one. So a proof
that speaks of names holds only while the bytes are looked through: all of them once, later those that were written
since. Objects borrowed from another repository (alternates) are that one's to look through.
"""

import hashlib
import os
import re
import zlib
from pathlib import Path

from obelos_transcripts import visible

from .git import GitFailed
from .store import Store

_SLACK = 2_000_000_000
_CHUNK = 1 << 16
_LOOSE = re.compile(r"[0-9a-f]{2}")


def unsound(store: Store, since: int) -> list[str]:
    """What is wrong with objects that were written since a moment.

    Args:
        store: The repository.
        since: In nanoseconds since 1970; 0 for all objects.
    """
    objects = store.common / "objects"
    found = []
    for folder in _folders(objects):
        with os.scandir(folder) as entries:
            fresh = [entry.name for entry in entries if entry.stat(follow_symlinks=False).st_ctime_ns >= since - _SLACK]
        for name in fresh:
            ident = folder.name + name
            if re.fullmatch(r"[0-9a-f]{40,64}", ident) and _name(folder / name, store.algorithm) != ident:
                found.append(f"the object {ident} is damaged, or was tampered with: its bytes have another name")
    packs = objects / "pack"
    if packs.is_dir():
        for file in sorted(packs.glob("*.idx")):
            if any(_written(part) >= since - _SLACK for part in (file, file.with_suffix(".pack"))):
                found += _pack(store, file)
    return found


def _folders(objects: Path) -> list[Path]:
    return sorted(Path(entry.path) for entry in os.scandir(objects) if _LOOSE.fullmatch(entry.name) and entry.is_dir())


def _written(file: Path) -> int:
    return file.stat().st_ctime_ns if file.exists() else 1 << 63


def _name(file: Path, algorithm: str) -> str | None:
    """The name that the bytes of a loose object have; None where it cannot be read. Of any size, in little memory."""
    digest = hashlib.new(algorithm, usedforsecurity=False)
    try:
        with file.open("rb") as opened:
            unpack = zlib.decompressobj()
            while data := opened.read(_CHUNK):
                while data:
                    digest.update(unpack.decompress(data, _CHUNK))
                    data = unpack.unconsumed_tail
            digest.update(unpack.flush())
            if not unpack.eof:
                return None
    except (OSError, zlib.error):
        return None
    return digest.hexdigest()


def _pack(store: Store, index: Path) -> list[str]:
    try:
        store.git("verify-pack", str(index))
    except GitFailed as error:
        said = visible(error.message.strip().splitlines()[0]) if error.message.strip() else "git verify-pack says no"
        return [f"the pack {index.name} is damaged, or was tampered with: {said}"]
    return []
