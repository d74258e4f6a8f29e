"""How often neighbouring words stand together: sorted tables of hashed pairs and triples, with a byte for each count.

A table is bytes, mapped into memory and looked up where it lies; nothing is read at the start. A count up to 127 is
exact, a larger one to about 3 %. The key of a pair or triple has 32 bits, so that one in some thousand pairs that no
text has is taken for another: enough for weighing, and said nowhere to be more.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np

Ints = np.ndarray[Any, Any]
MAGIC = b"obelos-counts/1\n"
_HEAD = struct.Struct("<QQ")
_EXACT = 127
_FINE = 12
"""Steps in which a large count doubles."""
_MANY = 3000
_A, _B, _C = (np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))


@lru_cache(maxsize=200_000)
def hashed(form: str) -> int:
    """64 bits for a form, the same on every machine."""
    return int.from_bytes(blake2b(form.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def hashes(forms: Iterable[str]) -> Ints:
    """An array of `hashed`."""
    return np.fromiter((hashed(form) for form in forms), dtype=np.uint64)


def keys(*columns: Ints) -> Ints:
    """Keys of pairs or triples, a column for each word of them."""
    total: Ints = columns[0] * _A
    for column, factor in zip(columns[1:], (_B, _C), strict=False):
        total = (total ^ (total >> np.uint64(29))) * _A + column * factor
    found: Ints = ((total ^ (total >> np.uint64(32))) >> np.uint64(16)).astype(np.uint32)
    return found


def packed(counts: Ints) -> Ints:
    """A byte for each count."""
    rough = _EXACT + np.rint(_FINE * np.log2(np.maximum(counts, 1) / _EXACT))
    return np.where(counts <= _EXACT, counts, np.minimum(rough, 255)).astype(np.uint8)


_UNPACKED = np.array(
    [n if n <= _EXACT else round(_EXACT * 2 ** ((n - _EXACT) / _FINE)) for n in range(256)], dtype=np.int32
)


@dataclass(frozen=True)
class Table:
    """Sorted keys and their packed counts."""

    keys: Ints
    packed: Ints

    def get(self, asked: Ints) -> Ints:
        """The counts of some keys."""
        if not len(self.keys):
            return np.zeros(len(asked), dtype=np.int32)
        if len(asked) < _MANY:
            return self._found(asked)
        order = np.argsort(asked)  # neighbours in the table are looked up one after another: five times faster
        found = np.empty(len(asked), np.int32)
        found[order] = self._found(asked[order])
        return found

    def _found(self, asked: Ints) -> Ints:
        at = np.searchsorted(self.keys, asked)
        at[at == len(self.keys)] = 0
        return np.where(self.keys[at] == asked, _UNPACKED[self.packed[at]], 0)


@dataclass(frozen=True)
class Counts:
    """Tables of pairs and of triples; of several texts they are added up."""

    pairs: Sequence[Table]
    triples: Sequence[Table]

    def pair(self, a: Ints, b: Ints) -> Ints:
        """How often a stands before b."""
        return _sum(self.pairs, keys(a, b))

    def triple(self, a: Ints, b: Ints, c: Ints) -> Ints:
        """How often a, b, c stand in a row."""
        return _sum(self.triples, keys(a, b, c))

    def together(self, *rows: Sequence[Ints]) -> Ints:
        """How often several pairs, or several triples, stand in the text: a row for each, looked up in one go."""
        ask = self.pair if len(rows[0]) == 2 else self.triple
        return ask(*map(np.concatenate, zip(*rows, strict=True))).reshape(len(rows), -1)

    def with_more(self, more: "Counts") -> "Counts":
        """These and others, added up."""
        return Counts((*self.pairs, *more.pairs), (*self.triples, *more.triples))


def _sum(tables: Sequence[Table], asked: Ints) -> Ints:
    total = tables[0].get(asked)
    for table in tables[1:]:
        total = total + table.get(asked)
    return total


def counted(columns: Sequence[Ints], least: int = 1) -> Table:
    """The table of pairs or triples that stand together so often at least."""
    found, counts = np.unique(keys(*columns), return_counts=True)
    kept = counts >= least
    return Table(found[kept], packed(counts[kept]))


def to_bytes(pairs: Table, triples: Table) -> bytes:
    """Two tables as bytes."""
    head = MAGIC + _HEAD.pack(len(pairs.keys), len(triples.keys))
    arrays = (pairs.keys.astype("<u4"), triples.keys.astype("<u4"), pairs.packed, triples.packed)
    return head + b"".join(array.tobytes() for array in arrays)


def from_buffer(data: Any) -> Counts:
    """Tables out of bytes or mapped memory.

    Raises:
        ValueError: These are no such tables, or not all of them.
    """
    view = memoryview(data)
    start = len(MAGIC) + _HEAD.size
    if bytes(view[: len(MAGIC)]) != MAGIC or len(view) < start:
        raise ValueError("these are no counts")
    pairs, triples = _HEAD.unpack(view[len(MAGIC) : start])
    if pairs > len(view) or triples > len(view) or len(view) != start + 5 * (pairs + triples):
        raise ValueError("the counts are not whole")
    numbers = np.frombuffer(view, "<u4", pairs + triples, start)
    codes = np.frombuffer(view, np.uint8, pairs + triples, start + 4 * (pairs + triples))
    return Counts((Table(numbers[:pairs], codes[:pairs]),), (Table(numbers[pairs:], codes[pairs:]),))
