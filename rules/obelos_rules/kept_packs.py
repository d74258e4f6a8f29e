"""Packs kept after they were read and validated, by their bytes and the program's: the next start reads no YAML.

What is kept is plain data. Nothing of it is executed: a rule is made of its entry by the same code as ever, when it is
needed. A kept pack that is damaged is read anew.
"""

import json
import os
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import uuid4

from obelos_transcripts import BadInput
from obelos_transcripts.plain_nodes import from_plain, to_plain
from obelos_transcripts.strict_yaml import Node

from .loader import detector_of, examples_of, read_entries
from .model import Detector, Examples, Rule

_COMMON = ("code", "name", "aliases", "kind", "level", "layers", "message", "why", "authority", "line")
_MOST_FILES = 200
"""With more files of former packs and programs in the folder, the oldest go."""
_DAMAGE = (OSError, ValueError, TypeError, KeyError, IndexError, RecursionError)


def kept_pack(folder: Path, data: bytes, where: str, name: str) -> tuple[Rule, ...]:
    """The rules of one file, as `loader.read_pack` gives them; made of what is kept, if it is.

    Raises:
        BadInput: With every problem of the file. What is refused is not kept.
    """
    file = folder / f"{sha256(program() + data).hexdigest()[:40]}.json"
    with suppress(*_DAMAGE):
        return tuple(_rule(entry, data, where, name) for entry in _read(file))
    entries = read_entries(data, where, name)
    with suppress(OSError):
        _write(
            file, [{**{key: getattr(rule, key) for key in _COMMON}, "entry": to_plain(node)} for rule, node in entries]
        )
    return tuple(rule for rule, _ in entries)


def _rule(entry: dict[str, Any], data: bytes, where: str, name: str) -> Rule:
    common: dict[str, Any] = {key: tuple(value) if isinstance(value := entry[key], list) else value for key in _COMMON}
    plain, place = entry["entry"], int(entry["line"])

    def anew() -> Rule:
        return next(rule for rule, _ in read_entries(data, where, name) if rule.line == place)

    def make() -> Detector:
        try:
            return detector_of(_without_examples(plain), where)
        except (*_DAMAGE, BadInput):
            return anew().detector

    def make_examples() -> Examples:
        try:
            return examples_of(from_plain(plain), where)
        except (*_DAMAGE, BadInput):
            return anew().make_examples()

    return Rule(**common, pack=name, make=make, make_examples=make_examples)


def _without_examples(plain: Any) -> Node:
    """An entry without its proof, which a run that only checks has no use for."""
    return from_plain([{key: pair for key, pair in plain[0].items() if key != "examples"}, plain[1]])


def _read(file: Path) -> Any:
    """What `_write` wrote; its first line is the hash of the rest."""
    total, _, body = file.read_bytes().partition(b"\n")
    if total != sha256(body).hexdigest().encode():
        raise ValueError("damaged")
    return json.loads(body)


def _write(file: Path, data: Any) -> None:
    """Whole or not at all; only its owner can read it."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = file.with_name(f"{file.name}.{uuid4().hex[:8]}")
    body = json.dumps(data, separators=(",", ":")).encode()
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(sha256(body).hexdigest().encode() + b"\n" + body)
        temporary.replace(file)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    _forget_oldest(file.parent)


def _forget_oldest(folder: Path) -> None:
    """A pack that was edited, or read by a former version, is never asked for again; nobody else tidies up."""
    files = [(entry.stat().st_mtime, entry.path) for entry in os.scandir(folder)]
    for _, path in sorted(files)[:-_MOST_FILES]:
        os.unlink(path)


@cache
def program() -> bytes:
    """A hash of the program that reads and applies rules: names, sizes and times of its modules and data."""
    total = sha256()
    for package in ("obelos_rules", "obelos_transcripts"):
        folder = Path(str(files(package)))
        for file in sorted(folder.rglob("*")):
            if file.suffix != ".pyc" and file.is_file():
                state = file.stat()
                total.update(f"{file.relative_to(folder)}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return total.digest()
