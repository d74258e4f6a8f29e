"""Git's own locks: taking ``index.lock`` so that it can be proved ours, and clearing what a killed git left.

Invariant: a lock that cannot be proved ours is never removed.
"""

import os
import random
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from obelos_transcripts import Refused

_PATIENCE = 5.0
_TURNS = 12
_PAUSE = (0.005, 0.03)
_PID_FOLDER = Path("/proc")


class Busy(Refused):
    """Another process holds a lock of git's, or moved the branch meanwhile. Trying again may do."""


@dataclass(frozen=True)
class IndexLock:
    """``index.lock``, made as a hard link of a file of ours: as exclusive as creating it, and ours by inode."""

    lock: Path
    mine: Path

    def release(self) -> None:
        """Let go of the lock if it is still this one."""
        try:
            ours = os.path.samestat(self.lock.lstat(), self.mine.lstat())
        except FileNotFoundError:
            return
        if ours:
            self.lock.unlink()


def take(index: Path, mine: Path) -> IndexLock:
    """Take the lock of an index, waiting up to five seconds for another process to let go of it.

    Where others take turns at it, that is five seconds for each, and a minute in all.

    Args:
        index: The index.
        mine: A new name for our file, on the same file system.

    Raises:
        Busy: Another process keeps it.
        Refused: The file system knows no hard links.
    """
    os.close(os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644))
    lock = index.with_name(f"{index.name}.lock")
    last = time.monotonic() + _TURNS * _PATIENCE
    deadline, holder = time.monotonic() + _PATIENCE, None
    while True:
        try:
            os.link(mine, lock)
        except FileExistsError:
            with suppress(FileNotFoundError):
                state = lock.lstat()
                if holder != (state.st_ino, state.st_ctime_ns):
                    deadline, holder = min(last, time.monotonic() + _PATIENCE), (state.st_ino, state.st_ctime_ns)
            if time.monotonic() > deadline:
                raise Busy(
                    f"{lock} is held by another process, so nothing was committed. Let the other git program finish. "
                    "If none is running, a crashed one left it: remove that file and try again."
                ) from None
            # Git offers nothing to wait on but the file itself.
            time.sleep(random.uniform(*_PAUSE))  # noqa: S311 - only spreads several writers out
        except OSError as error:
            raise Refused(
                f"{lock} could not be made: {error.strerror}. Obelos needs a file system with hard links."
            ) from error
        else:
            return IndexLock(lock, mine)


def clear_ref_locks(locks: list[Path], commit: str, since: float) -> None:
    """Remove locks of a branch that our own ``git update-ref`` left when it was killed or failed.

    Ours are those that hold a part of our commit's id from its start (also nothing), are no older than ``since``
    (seconds since 1970), and are open in no process. The caller holds the lock of the index: so no commit, merge or
    switch of another program is at work, whose own locks could look the same.
    """
    for lock in locks:
        try:
            state, held = lock.lstat(), lock.read_bytes()[:200].strip()
        except OSError:
            continue
        if commit.encode().startswith(held) and state.st_mtime >= since and not _is_open(state):
            with suppress(FileNotFoundError):
                lock.unlink()


def _is_open(file: os.stat_result) -> bool:
    """Whether any process that we may look at has a file open. Where this cannot be seen: unless it is a minute old."""
    if not (_PID_FOLDER / "self" / "fd").is_dir():
        return time.time() - file.st_mtime < 60
    for process in _PID_FOLDER.iterdir():
        if not process.name.isdigit():
            continue
        with suppress(OSError):
            for handle in (process / "fd").iterdir():
                with suppress(OSError):
                    if os.path.samestat(handle.stat(), file):
                        return True
    return False
