"""What an edition has taught: counts of its own text, and how its editors answered findings about pairs of words.

Only what stands in two documents or more counts for the text: in a single one it may be the very slip that is looked
for. All is in one file of the user's own, outside any edition, so that nobody can send it along. A file that is damaged
or forged is not believed: its sum and its order are checked, and `obelos learn` makes it anew.
"""

import json
import math
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from obelos_transcripts import BadInput

from . import container
from .counts import Counts, Table, hashes, keys, packed
from .forms import EDGE, cut, form

_MOST = 1 << 28
"""Bytes of such a file."""
_WEIGHT = 0.8
_FURTHEST = 4.0
"""How far decisions move a figure at most, as a natural logarithm."""
Pair = tuple[str, str]


@dataclass(frozen=True)
class Text:
    """What one document adds: keys and counts of its pairs and triples, and a sum of the text they were counted in."""

    sum: str
    pairs: Mapping[int, int]
    triples: Mapping[int, int]


@dataclass(frozen=True)
class Learned:
    """What an edition has taught.

    Attributes:
        counts: Of its documents, added up.
        answers: Accepted and rejected findings by the word found and the word suggested; "" where one was put in
            or taken out.
        documents: Sum of each document's text when it was counted.
    """

    counts: Counts
    answers: Mapping[Pair, tuple[int, int]] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)

    @property
    def moved(self) -> dict[Pair, float]:
        """By how much the answers move the figure of a pair: up where it was accepted more often than rejected."""
        return {pair: moved(*answers) for pair, answers in self.answers.items()}


def moved(accepted: int, rejected: int) -> float:
    """By how much so many answers move a figure, as a natural logarithm: 1:0 about half, 0:3 about one and a bit."""
    shift = _WEIGHT * math.log((accepted + 1) / (rejected + 1))
    return max(-_FURTHEST, min(_FURTHEST, shift))


def count(text: str) -> Text:
    """The pairs and triples of a text, each paragraph by itself."""
    pairs: list[Any] = []
    triples: list[Any] = []
    edge = hashes([EDGE])
    for paragraph in text.split("\n\n"):
        written = cut(paragraph)
        if len(written) > 1:
            each = np.concatenate([edge, hashes(map(form, written)), edge])
            pairs.append(keys(each[:-1], each[1:]))
            triples.append(keys(each[:-2], each[1:-1], each[2:]))
    return Text(text_sum(text), _counted(pairs), _counted(triples))


def text_sum(text: str) -> str:
    """What tells a text from any other."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _counted(parts: list[Any]) -> dict[int, int]:
    if not parts:
        return {}
    found, counts = np.unique(np.concatenate(parts), return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def _table(parts: Iterable[Mapping[int, int]]) -> Table:
    """What stands in two documents or more. What stands in one may be the slip that is looked for in it."""
    keys_of, counts_of = [], []
    for part in parts:
        keys_of.append(np.fromiter(part.keys(), dtype=np.uint32, count=len(part)))
        counts_of.append(np.fromiter(part.values(), dtype=np.int64, count=len(part)))
    if not keys_of:
        return Table(np.zeros(0, np.uint32), np.zeros(0, np.uint8))
    found, where, documents = np.unique(np.concatenate(keys_of), return_inverse=True, return_counts=True)
    total = np.bincount(where, weights=np.concatenate(counts_of), minlength=len(found)).astype(np.int64)
    common = documents > 1
    return Table(found[common], packed(total[common]))


def to_bytes(texts: Mapping[str, Text], answers: Mapping[Pair, tuple[int, int]]) -> bytes:
    """What is kept of some documents, by name, and of the decisions; the same gives the same bytes."""
    arrays: dict[str, Any] = {}
    names = sorted(texts)
    for number, name in enumerate(names):
        for what in ("pairs", "triples"):
            part: Mapping[int, int] = getattr(texts[name], what)
            ordered = sorted(part)
            arrays[f"{number}.{what}"] = np.array(ordered, dtype=np.uint32)
            arrays[f"{number}.{what}.n"] = np.array([part[key] for key in ordered], dtype=np.uint32)
    for what in ("pairs", "triples"):
        table = _table(getattr(texts[name], what) for name in names)
        arrays[what], arrays[f"{what}.n"] = table.keys, table.packed
    about = {
        "documents": [[name, texts[name].sum] for name in names],
        "answers": [[*pair, *answers[pair]] for pair in sorted(answers)],
    }
    arrays["about"] = np.frombuffer(json.dumps(about, ensure_ascii=True).encode(), np.uint8)
    body = container.to_bytes(arrays)
    return sha256(body).digest() + body


def from_bytes(data: bytes, where: Path | str) -> tuple[Learned, dict[str, Text]]:
    """What was kept, and of which documents it is made.

    Raises:
        BadInput: It is damaged, or was not written by `to_bytes`.
    """
    try:
        if len(data) > _MOST or sha256(data[32:]).digest() != data[:32]:
            raise ValueError("its sum does not match")
        arrays = container.from_buffer(data[32:])
        about = json.loads(arrays["about"].tobytes())
        texts: dict[str, Text] = {}
        for number, (name, known) in enumerate(about["documents"]):
            parts = []
            for what in ("pairs", "triples"):
                listed, counts = arrays[f"{number}.{what}"], arrays[f"{number}.{what}.n"]
                parts.append(dict(zip(listed.tolist(), counts.tolist(), strict=True)))
            texts[str(name)] = Text(str(known), *parts)
        tables = [Table(_ordered(arrays[what]), arrays[f"{what}.n"]) for what in ("pairs", "triples")]
        if any(len(table.keys) != len(table.packed) for table in tables):
            raise ValueError("its tables are not whole")
        answers = {(str(a), str(b)): (int(yes), int(no)) for a, b, yes, no in about["answers"]}
        if any(number < 0 for pair in answers.values() for number in pair):
            raise ValueError("it counts less than nothing")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        what_to_do = "“obelos learn” makes it anew"
        raise BadInput.at(where, None, f"what was learned is damaged: {error}. {what_to_do}") from None
    documents = {name: text.sum for name, text in texts.items()}
    return Learned(Counts((tables[0],), (tables[1],)), answers, documents), texts


def _ordered(found: Any) -> Any:
    if found.dtype != np.uint32 or (np.diff(found.astype(np.int64)) <= 0).any():
        raise ValueError("its keys are not in order")
    return found


def read_learned(file: Path | None) -> Learned | None:
    """What an edition has taught, or None: nothing yet, or nothing that can be believed."""
    if file is None:
        return None
    with suppress(OSError):
        about = file.stat()
        return _read(file, about.st_mtime_ns, about.st_size)
    return None


@lru_cache(maxsize=2)
def _read(file: Path, _when: int, _size: int) -> Learned | None:
    with suppress(OSError, BadInput):
        return from_bytes(file.read_bytes(), file)[0]
    return None
