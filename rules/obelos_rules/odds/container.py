"""Named arrays in one file, mapped into memory: nothing is read but what is looked at.

A line that says what it is, the length of a header, the header (JSON: type, shape and place of each array), the arrays.
"""

import json
import mmap
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

MAGIC = b"obelos-arrays/1\n"
_LENGTH = struct.Struct("<I")
_ALIGN = 64
_TYPES = ("<f4", "<f2", "<u8", "<u4", "<i4", "<u2", "|u1", "|i1")
_MOST_HEADER = 1 << 16

Arrays = Mapping[str, np.ndarray[Any, Any]]


def to_bytes(arrays: Arrays) -> bytes:
    """Arrays as bytes; the same arrays give the same bytes."""
    header: dict[str, Any] = {}
    body: list[bytes] = []
    at = 0
    for name, array in arrays.items():
        data = np.ascontiguousarray(array)
        kind = data.dtype.newbyteorder("<").str
        header[name] = [kind, list(data.shape), at]
        raw = data.astype(kind).tobytes()
        raw += bytes(-len(raw) % _ALIGN)
        body.append(raw)
        at += len(raw)
    head = json.dumps(header, separators=(",", ":")).encode()
    head += b" " * (-(len(MAGIC) + _LENGTH.size + len(head)) % _ALIGN)
    return MAGIC + _LENGTH.pack(len(head)) + head + b"".join(body)


def mapped(path: Path) -> Any:
    """The bytes of a file, mapped into memory.

    Raises:
        OSError: It cannot be read.
        ValueError: It is empty.
    """
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def from_buffer(data: Any) -> dict[str, np.ndarray[Any, Any]]:
    """The arrays in some bytes.

    Raises:
        ValueError: These are no arrays, or not all of them.
    """
    view = memoryview(data)
    start = len(MAGIC) + _LENGTH.size
    if len(view) < start or bytes(view[: len(MAGIC)]) != MAGIC:
        raise ValueError("these are no arrays")
    (length,) = _LENGTH.unpack(view[len(MAGIC) : start])
    if length > min(_MOST_HEADER, len(view) - start):
        raise ValueError("the header is not whole")
    header = json.loads(bytes(view[start : start + length]))
    found = {}
    for name, (kind, shape, at) in header.items():
        if kind not in _TYPES or not all(isinstance(n, int) and n >= 0 for n in (*shape, at)):
            raise ValueError(f"the array {name} is of no known kind")
        count = int(np.prod(shape, dtype=np.int64))
        first = start + length + at
        if first + count * int(kind[-1]) > len(view):
            raise ValueError(f"the array {name} is not whole")
        found[name] = np.frombuffer(view, kind, count, first).reshape(shape)
    return found
