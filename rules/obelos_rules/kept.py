"""Findings and facts kept from earlier runs, by the text and the rules they came from; a cache, never the truth.

One SQLite file of the user's own, outside any edition: an edition that somebody sends cannot bring one along. If it is
damaged, busy or cannot be written, texts are checked as if it were not there.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, fields
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from obelos_transcripts import encode
from obelos_transcripts.details import Details

from .kinds.series import Facts
from .model import Finding

_T = TypeVar("_T")
_FORMAT = 1
_MOST_BYTES = 256 * 1024 * 1024
"""A larger file is begun anew."""
_WAIT = 0.5
"""Seconds that another process may keep us waiting."""
_AT_ONCE = 500


class KeptFindings:
    """Findings by key, as a context manager; see the module."""

    def __init__(self, file: Path) -> None:
        self._waiting: list[tuple[bytes, bytes]] = []
        self._open: sqlite3.Connection | None = None
        with suppress(OSError, sqlite3.Error):
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if file.exists() and file.stat().st_size > _MOST_BYTES:
                file.unlink()
            file.touch(mode=0o600)
            self._open = _opened(file)

    def __enter__(self) -> "KeptFindings":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.flush()
        if self._open:
            self._open.close()
            self._open = None

    def get(self, key: bytes) -> list[Finding] | None:
        """What was found then; None if nothing is known."""
        return self._get(key, _read)

    def put(self, key: bytes, findings: Iterable[Finding]) -> None:
        """Keep what was found; written a little later."""
        self._put(key, findings, _written)

    def get_facts(self, key: bytes) -> Facts | None:
        """The facts of a document that were gathered then; None if nothing is known."""
        return self._get(key, _read_facts)

    def put_facts(self, key: bytes, facts: Facts) -> None:
        """Keep the facts of a document; written a little later."""
        self._put(key, facts, _written_facts)

    def _get(self, key: bytes, read: Callable[[bytes], _T]) -> _T | None:
        if self._open is None:
            return None
        with suppress(sqlite3.Error, ValueError, TypeError, KeyError, AttributeError):
            row = self._open.execute("SELECT data FROM findings WHERE key = ?", (key,)).fetchone()
            return None if row is None else read(row[0])
        return None

    def _put(self, key: bytes, kept: _T, written: Callable[[_T], bytes]) -> None:
        if self._open is not None:
            self._waiting.append((key, written(kept)))
            if len(self._waiting) >= _AT_ONCE:
                self.flush()

    def flush(self) -> None:
        """Write what waits."""
        if self._open is not None and self._waiting:
            with suppress(sqlite3.Error), self._open:
                self._open.executemany("INSERT OR REPLACE INTO findings VALUES (?, ?)", self._waiting)
        self._waiting.clear()


def key_of(
    recipe: bytes, text: bytes, name: str, details: Details, witnesses: Mapping[str, str] | None = None
) -> bytes:
    """The key of a text, by all that findings depend on.

    That is the digest of the rules, the bytes of the text, name and details of the document, and its witnesses.
    """
    others = sorted((siglum, sha256(encode(other)).hexdigest()) for siglum, other in (witnesses or {}).items())
    about = json.dumps([name, asdict(details), others], sort_keys=True).encode()
    total = sha256(recipe + sha256(about).digest())
    total.update(text)
    return total.digest()


def _opened(file: Path) -> sqlite3.Connection:
    opened = sqlite3.connect(file, timeout=_WAIT)
    version = opened.execute("PRAGMA user_version").fetchone()[0]
    if version != _FORMAT:
        with opened:
            opened.execute("DROP TABLE IF EXISTS findings")
            opened.execute("CREATE TABLE findings (key BLOB PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID")
            opened.execute(f"PRAGMA user_version = {_FORMAT}")
    return opened


_COLUMNS = tuple(field.name for field in fields(Finding) if field.name != "why")


def _written(findings: Iterable[Finding]) -> bytes:
    """Findings as JSON; the explanation of a rule is written once."""
    whys: dict[str, str] = {}
    rows = []
    for one in findings:
        whys[one.code] = one.why
        rows.append([getattr(one, column) for column in _COLUMNS])
    return json.dumps([whys, rows], separators=(",", ":")).encode() if rows else b""


def _read(data: bytes) -> list[Finding]:
    if not data:
        return []
    whys, rows = json.loads(data)
    found = []
    for row in rows:
        values = dict(zip(_COLUMNS, row, strict=True))
        values["suggestions"] = tuple(values["suggestions"])
        found.append(Finding(**values, why=whys[values["code"]]))
    return found


def _written_facts(facts: Facts) -> bytes:
    return json.dumps(facts.as_json(), separators=(",", ":")).encode()


def _read_facts(data: bytes) -> Facts:
    return Facts.of_json(json.loads(data))
