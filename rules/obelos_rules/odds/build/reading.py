"""Step 1: the text that is counted, as numbers of forms. A twenty-fifth of it, in blocks, is held out."""

import gzip
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from ..forms import EDGE, REACH, SPECIAL, Vocabulary, capital, cut, form
from ..network import FUNCTION

LEAST = 4
"""Rarer forms are unknown."""
_BLOCK = 500
_EVERY = 25
_HELD = 7


def is_held(number: int) -> bool:
    """Whether the line of that number, from 0, is held out."""
    return (number // _BLOCK) % _EVERY == _HELD


def read(source: Path) -> tuple[Vocabulary, Any, Any, Any]:
    """Vocabulary, forms, capitals and which places are held out, of a text.

    The text has one paragraph a line.
    """
    counts: Counter[str] = Counter()
    lines: list[list[str]] = []
    with gzip.open(source, "rt", encoding="utf-8") as text:
        for line in text:
            written = cut(line)
            lines.append(written)
            counts.update(written)
    totals: Counter[str] = Counter()
    for one, count in counts.items():
        totals[form(one)] += count
    common = {word for word, count in totals.items() if count >= LEAST} - {*SPECIAL}
    words = sorted(common | {*FUNCTION}, key=lambda word: (-totals[word], word))
    vocabulary = Vocabulary(words)
    known = {one: (vocabulary.number(one), capital(one)) for one in counts}
    edge = vocabulary.numbers[EDGE]
    size = sum(len(written) + REACH for written in lines) + REACH
    ids = np.full(size, edge, dtype=np.uint16)
    capitals = np.zeros(size, dtype=np.uint8)
    held = np.zeros(size, dtype=bool)
    at = REACH
    for number, written in enumerate(lines):
        if written:
            both = np.array([known[one] for one in written])
            ids[at : at + len(written)] = both[:, 0]
            capitals[at : at + len(written)] = both[:, 1]
        if is_held(number):
            held[at : at + len(written) + REACH] = True
        at += len(written) + REACH
    return vocabulary, ids, capitals, held
