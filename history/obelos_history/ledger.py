"""The ledger: decisions on disk the moment they are taken, before they are committed.

One append-only file for each document, in our folder under the git directory. A line is the hash of all lines
before it and a record in JSON; it is written with one call and synced before the decision counts as taken. On
reading, the longest prefix whose chain holds is used; a damaged tail is set aside and reported, never guessed at.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from obelos_transcripts.errors import ObelosError, Refused

from .decision import Decision, dump, parse
from .files import make_folders, sync_folder


@dataclass(frozen=True)
class Pending:
    """Decisions taken and not yet committed, and those undone that can be taken again (last undone last).

    Attributes:
        lost: Those taken on an earlier base text that have no place in the one that holds now.
    """

    taken: tuple[Decision, ...] = ()
    undone: tuple[Decision, ...] = ()
    lost: tuple[Decision, ...] = ()


class Ledger:
    """The ledger file of one document; open it under its `Lock` to write."""

    def __init__(self, folder: Path, document: str) -> None:
        self.path = folder / f"{document}.ledger"
        self.pending = Pending()
        self._last = ""
        self._good = 0
        self._tail = b""
        self._load()

    def take(self, decision: Decision) -> None:
        """Record a decision; what was undone can no longer be redone."""
        self._append({"op": "take", "decision": dump(decision).decode()})

    def undo(self) -> Decision | None:
        """Take back the last decision; it, or None when there is none."""
        if not self.pending.taken:
            return None
        decision = self.pending.taken[-1]
        self._append({"op": "undo"})
        return decision

    def redo(self) -> Decision | None:
        """Take again what was undone last; it, or None when there is nothing."""
        if not self.pending.undone:
            return None
        decision = self.pending.undone[-1]
        self._append({"op": "redo"})
        return decision

    def written(self, ids: Iterable[str]) -> None:
        """Note that decisions are committed, and so no longer pending."""
        # They are committed already: where the disk takes no more, this is noted at the next opening.
        with suppress(Refused):
            self._append({"op": "written", "ids": sorted(ids)})

    def anchored(self, decisions: Iterable[Decision]) -> None:
        """Note that decisions taken, or undone, count in another base text now: each as it is there, by its id."""
        for decision in decisions:
            self._append({"op": "anchored", "decision": dump(decision).decode()})

    def drop(self, ids: Iterable[str]) -> None:
        """Forget decisions taken; their place is taken by others."""
        self._append({"op": "drop", "ids": sorted(ids)})

    def _load(self) -> None:
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return
        for line in data.splitlines(keepends=True):
            record = _checked(line, self._last)
            if record is None:
                break
            try:
                self._apply(record)
            except (ObelosError, KeyError):
                break  # sound as a line, but no decision: from here on it is set aside, like any damage
            self._last = line[:32].decode()
            self._good += len(line)
        self._tail = data[self._good :]

    def set_aside_damage(self) -> str | None:
        """Move a tail that cannot be read out of the way; what was done, or None when nothing was wrong.

        Only for the holder of the lock: to anyone else the tail may be a line that is being written.
        """
        if not self._tail:
            return None
        aside = self.path.with_suffix(f".damaged-{hashlib.sha256(self._tail).hexdigest()[:12]}")
        with aside.open("wb") as kept:
            kept.write(self._tail)
            kept.flush()
            os.fsync(kept.fileno())
        os.truncate(self.path, self._good)
        size, self._tail = len(self._tail), b""
        return (
            f"the end of the list of uncommitted decisions could not be read ({size} bytes, after "
            f"{len(self.pending.taken)} decisions that could); it is kept in {aside}"
        )

    def _append(self, record: dict[str, Any]) -> None:
        body = json.dumps(record, ensure_ascii=True, sort_keys=True).encode()
        chained = _chain(self._last, body)
        line = chained.encode() + b" " + body + b"\n"
        try:
            self._write(line)
        except OSError as error:
            raise Refused(
                f"the decision could not be kept on disk ({error.strerror or error}); it was not taken. "
                "Free some space and take it again."
            ) from error
        self._good += len(line)
        self._last = chained
        self._apply(record)

    def _write(self, line: bytes) -> None:
        """Put a line behind the good ones, and nothing of it if that fails: the next would not follow from it."""
        fresh = not self.path.exists()
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            end = self._good + len(self._tail)
            # What an earlier failure left, and could not take away.
            if os.fstat(handle).st_size > end:
                os.ftruncate(handle, end)
            try:
                if os.write(handle, line) != len(line):
                    raise OSError("the disk is full")
                os.fdatasync(handle)
                if fresh:
                    sync_folder(self.path.parent)
            except OSError:
                os.ftruncate(handle, end)
                raise
        finally:
            os.close(handle)

    def _apply(self, record: dict[str, Any]) -> None:
        taken, undone = self.pending.taken, self.pending.undone
        if record["op"] == "take":
            decision = parse(record["decision"].encode(), self.path.name)
            self.pending = Pending((*taken, decision))
        elif record["op"] == "undo" and taken:
            self.pending = Pending(taken[:-1], (*undone, taken[-1]))
        elif record["op"] == "redo" and undone:
            self.pending = Pending((*taken, undone[-1]), undone[:-1])
        elif record["op"] == "anchored":
            again = parse(record["decision"].encode(), self.path.name)
            taken, undone = (tuple(again if d.id == again.id else d for d in some) for some in (taken, undone))
            self.pending = Pending(taken, undone)
        elif record["op"] == "drop":
            self.pending = Pending(tuple(d for d in taken if d.id not in record["ids"]), undone)
        elif record["op"] == "written":
            self.pending = Pending(tuple(d for d in taken if d.id not in record["ids"]))


def _chain(last: str, body: bytes) -> str:
    return hashlib.sha256(last.encode() + body).hexdigest()[:32]


def _checked(line: bytes, last: str) -> dict[str, Any] | None:
    """The record of a line whose chain holds; None for any other line."""
    if not line.endswith(b"\n") or line[32:33] != b" ":
        return None
    body = line[33:-1]
    if _chain(last, body).encode() != line[:32]:
        return None
    record: dict[str, Any] = json.loads(body)
    return record


class Lock:
    """One writer for each document. Held by the open file, so a killed process releases it."""

    def __init__(self, folder: Path, document: str) -> None:
        self.path = folder / f"{document}.lock"
        self._handle: int | None = None

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            Refused: Another process holds it; the message says which.
        """
        try:
            make_folders(self.path.parent)
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise Refused(
                f"nothing can be recorded here: {self.path.parent} cannot be written ({error.strerror}). "
                "Make it writable, or work in a copy."
            ) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(handle, 20).decode("ascii", "replace").strip() or "unknown"
            os.close(handle)
            raise Refused(
                f"{self.path.stem} is open in another Obelos (process {holder}). "
                "Close it there, or look at the document here without deciding."
            ) from error
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        self._handle = handle

    def release(self) -> None:
        """Let go of the lock; harmless when it is not held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
