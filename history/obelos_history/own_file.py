"""Files of the user's own, beside all repositories: facts as JSON under a digest, for nobody else to write.

What is damaged, a link, somebody else's, or open to others is not read.
"""

import hashlib
import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .files import atomic_write, make_folders

_LARGEST = 1 << 30


def own_name(what: str) -> str:
    """The name of the file on something that is told by a path."""
    return f"{hashlib.sha256(os.fsencode(what)).hexdigest()[:32]}.json"


def read_own(file: Path) -> dict[str, Any] | None:
    """The facts in a file; None where there are none that can be trusted."""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    with open(handle, "rb") as opened:
        state = os.fstat(handle)
        ours = stat.S_ISREG(state.st_mode) and state.st_uid == os.geteuid() and not state.st_mode & 0o022
        if not ours or state.st_size > _LARGEST:
            return None
        digest, _, data = opened.read().partition(b"\n")
    if digest != _digest(data):
        return None
    facts = json.loads(data)
    return facts if isinstance(facts, dict) else None


def write_own(file: Path, facts: Mapping[str, Any]) -> None:
    """Put facts into a file that only its owner can read.

    Raises:
        OSError: The file system refuses; the old file is as it was.
    """
    data = json.dumps(facts, ensure_ascii=True, separators=(",", ":")).encode()
    make_folders(file.parent)
    atomic_write(file, _digest(data) + b"\n" + data, mode=0o600)


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
