"""Where the editor was in a document: place, filters, versions shown.

Kept under the git folder, never in the work tree. It is a convenience: a file that is damaged, or of another version,
is as good as none.
"""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from obelos_history import Repository
from obelos_history.files import atomic_write
from obelos_rules import LEVELS, Level

from .sieve import ALL, Sieve

FORMAT = "obelos-place/1"
_MOST = 100_000


@dataclass(frozen=True)
class Kept:
    """Where the editor was.

    Attributes:
        start, end: The place at hand, code points of the working text, which may have changed since.
        siglum: The version in the right column; None for the first.
        accidentals: Whether accidentals are shown.
        only_open: Whether stepping passes over answered findings.
        level: The weakest level asked for.
    """

    start: int = 0
    end: int = 0
    siglum: str | None = None
    accidentals: bool = True
    only_open: bool = False
    level: Level = "likely"
    sieve: Sieve = ALL


def keep_place(repository: Repository, document: str, kept: Kept) -> None:
    """Write down where the editor was; a disk that takes no more is no reason to stop anyone."""
    path = _path(repository, document)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic_write(path, json.dumps({"format": FORMAT} | asdict(kept)).encode("ascii"))
    except OSError:
        return


def kept_place(repository: Repository, document: str) -> Kept | None:
    """Where the editor was; None where that is not known."""
    try:
        data = json.loads(_path(repository, document).read_bytes()[:_MOST])
        return _read(data)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _path(repository: Repository, document: str) -> Path:
    return repository.own / "places" / f"{document}.json"


def _read(data: Any) -> Kept:
    """Raises ValueError, TypeError, KeyError or AttributeError for what this version did not write."""
    if data.pop("format") != FORMAT:
        raise ValueError("another version")
    sieve = Sieve(**{key: tuple(map(_text, value)) for key, value in data.pop("sieve").items()})
    kept = replace(Kept(**data), sieve=sieve)
    numbers, flags = (kept.start, kept.end), (kept.accidentals, kept.only_open)
    sound = all(type(n) is int and n >= 0 for n in numbers) and all(type(flag) is bool for flag in flags)
    if not sound or kept.level not in LEVELS or not (kept.siglum is None or isinstance(kept.siglum, str)):
        raise ValueError("damaged")
    return kept


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a text was expected")
    return value
