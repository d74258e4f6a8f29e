"""What the desk remembers of an edition between two sittings, so that it opens at once; a cache, never the truth.

One SQLite file for each edition in the user's cache folder: an edition that somebody sends cannot bring one along. A
row is shown until its document has been looked at, and counts as looked at only while the stamp of the document's
files is the one it was made with. A file that is damaged, or not made by us in this form, is thrown away.
"""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from .desk_row import DeskRow
from .kept import kept_desk

_FORMAT = 1
_MOST_BYTES = 512 * 1024 * 1024
_WAIT = 2.0
"""Seconds that another process may keep us waiting."""

_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
}

_WHOLE = ("certain", "likely", "possible", "queries", "pending", "decisions")
_COLUMNS = ", ".join(f'"{name}" {"INTEGER" if name in _WHOLE else "TEXT"} NOT NULL' for name in DeskRow._fields)
_TABLE = f"CREATE TABLE documents ({_COLUMNS}, stamp BLOB NOT NULL, PRIMARY KEY (name)) WITHOUT ROWID"
_NAMES = ", ".join(f'"{name}"' for name in DeskRow._fields)
_ODD = " OR ".join(f"typeof(\"{name}\") != '{'integer' if name in _WHOLE else 'text'}'" for name in DeskRow._fields)


class DeskIndex:
    """The rows of one edition, as a context manager; used by the thread that opened it."""

    def __init__(self, root: Path) -> None:
        """Open the index of the edition at a root folder, or begin one; without a cache folder nothing is kept."""
        self._file = kept_desk(blake2b(os.fsencode(root.resolve()), digest_size=12).hexdigest())
        self._open: sqlite3.Connection | None = None
        if self._file is not None:
            with suppress(OSError):
                self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                if self._file.exists() and self._file.stat().st_size > _MOST_BYTES:
                    self._file.unlink()
                self._open = _opened(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._open:
            self._open.close()
            self._open = None

    def rows(self) -> list[DeskRow]:
        """All rows by name, as they were when somebody looked last."""
        found = self._ask(f"SELECT {_NAMES} FROM documents ORDER BY name")  # noqa: S608
        return list(map(DeskRow._make, found))

    def stamps(self) -> dict[str, bytes]:
        """The stamp of each document when its row was made."""
        return {str(name): bytes(stamp) for name, stamp in self._ask("SELECT name, stamp FROM documents")}

    def keep(self, rows: Iterable[tuple[DeskRow, bytes]]) -> None:
        """Keep rows with their stamps; an empty stamp fits no document."""
        places = ", ".join("?" * (len(DeskRow._fields) + 1))
        self._do(
            f"INSERT OR REPLACE INTO documents VALUES ({places})",  # noqa: S608
            [(*row, stamp) for row, stamp in rows if _is_text(row.name)],
        )

    def forget(self, names: Iterable[str]) -> None:
        """Drop documents that are gone."""
        self._do("DELETE FROM documents WHERE name = ?", [(name,) for name in names])

    def _ask(self, question: str) -> list[tuple[Any, ...]]:
        if self._open is None:
            return []
        try:
            return self._open.execute(question).fetchall()
        except sqlite3.Error as error:
            if not _for_now(error):
                self._throw_away()
            return []

    def _do(self, statement: str, values: list[tuple[object, ...]]) -> None:
        if self._open is None or not values:
            return
        try:
            with self._open:
                self._open.executemany(statement, values)
        except sqlite3.Error as error:
            if not _for_now(error):
                self._throw_away()  # else: what is not kept is counted again

    def _throw_away(self) -> None:
        if self._open:
            self._open.close()
            self._open = None
        if self._file:
            self._file.unlink(missing_ok=True)


def _for_now(error: sqlite3.Error) -> bool:
    """Whether it says nothing against the file: another process has it, or the disk is full or write-protected."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _PASSING


def _is_text(name: str) -> bool:
    """Whether a name is Unicode text; a folder's need not be."""
    return name.isascii() or name.encode(errors="replace").decode() == name


def _opened(file: Path) -> sqlite3.Connection | None:
    """The index in a file; what is there in another form is removed first."""
    for fresh in (False, True):
        if fresh:
            file.unlink(missing_ok=True)
        new = not file.exists()
        file.touch(mode=0o600)
        opened = sqlite3.connect(file, timeout=_WAIT, isolation_level="IMMEDIATE")
        try:
            if new:
                with opened:
                    opened.execute("BEGIN IMMEDIATE")
                    opened.execute(_TABLE)
                    opened.execute(f"PRAGMA user_version = {_FORMAT}")
            if _is_ours(opened):
                return opened
        except sqlite3.Error as error:
            if fresh or _for_now(error):
                opened.close()
                if not _for_now(error):
                    raise
                return None
        opened.close()
    return None


def _is_ours(opened: sqlite3.Connection) -> bool:
    """Whether the file holds just our table, in this form, with values of the kinds we write."""
    held = opened.execute("SELECT type, sql FROM sqlite_master").fetchall()
    if held != [("table", _TABLE)] or opened.execute("PRAGMA user_version").fetchone()[0] != _FORMAT:
        return False
    odd = opened.execute(f"SELECT 1 FROM documents WHERE {_ODD} OR typeof(stamp) != 'blob' LIMIT 1")  # noqa: S608
    return odd.fetchone() is None
