"""Cuts a text into forms, all of it at once: the same that `forms.cut`, `forms.form` and `forms.capital` give.

A megabyte has two hundred thousand words and signs; an object for each, and a look at each, would take longer than all
that the model does with them. So whole arrays are worked on, one item for each code point: what kind of character it
is, where words begin and end, and a sum over the letters of each that tells it from the other words.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np

from .characters import (
    APOSTROPHE,
    DIGIT,
    LETTER,
    LINE,
    NONE,
    POINT,
    SIGN,
    SLASH,
    SPACE,
    Ints,
    characters,
    codes_of,
    sums_of,
)
from .forms import AROUND, EDGE, FIGURE, REACH, SPECIAL, Forms, Vocabulary, form

_BETWEEN = "\n\n"


def forms_of(spans: Iterable[tuple[str, int, int]], vocabulary: Vocabulary) -> Forms:
    """The forms of some spans of texts, each read by itself and broken at empty lines."""
    return forms_of_pieces([list(spans)], vocabulary)


def forms_of_pieces(pieces: list[list[tuple[str, int, int]]], vocabulary: Vocabulary) -> Forms:
    """The same of several pieces, so far apart that nothing of one is near another."""
    spans = [span for piece in pieces for span in piece]
    text = _BETWEEN.join(view[first:last] for view, first, last in spans)
    codes = codes_of(text)
    known = characters()
    known.meet(codes)
    kind = known.kind[codes]
    starts, ends, what = _words(kind)
    ids, capitals = _numbers(codes, starts, ends, what, vocabulary)
    lengths = np.array([last - first for _, first, last in spans], np.int64)
    begins = np.cumsum(lengths + len(_BETWEEN)) - lengths - len(_BETWEEN)
    moved = np.array([first for _, first, _ in spans], np.int64) - begins
    piece_of = np.repeat(np.arange(len(pieces)), [len(piece) for piece in pieces])
    span = np.searchsorted(begins, starts, "right") - 1
    shift = moved[span] if len(starts) else starts
    runs = _breaks(kind)[starts]
    new = np.diff(runs, prepend=-1) != 0 if len(runs) else np.zeros(0, bool)
    piece = piece_of[span] if len(starts) else span
    at = np.arange(len(starts)) + REACH * np.cumsum(new)
    at[1:] += (AROUND - REACH) * np.cumsum(np.diff(piece) != 0)
    total = int(at[-1]) + 1 + REACH if len(at) else REACH

    def spread(values: Ints, edge: int, dtype: Any) -> Ints:
        found = np.full(total, edge, dtype)
        found[at] = values
        return found

    return Forms(
        spread(ids, SPECIAL.index(EDGE), np.int32),
        spread(capitals, 0, np.int32),
        spread(starts + shift, -1, np.int64),
        spread(ends + shift, -1, np.int64),
        text,
        spread(starts, 0, np.int64),
        begins[np.cumsum([0, *map(len, pieces[:-1])])] if len(spans) else begins,
    )


def _words(kind: Ints) -> tuple[Ints, Ints, Ints]:
    """Where words, figures and signs begin and end, and the kind of each."""
    what = np.zeros(len(kind) + 2, np.uint8)
    inner = what[1:-1]
    letter = kind == LETTER
    inner[letter] = LETTER
    inner[(kind == SIGN) | (kind == POINT)] = SIGN
    inner[_figures(kind)] = DIGIT
    inner[_joints(kind, letter)] = LETTER
    changed = what[1:] != what[:-1]
    one = what == SIGN
    begin = (changed[:-1] | one[1:-1]) & (inner != NONE)
    end = (changed[1:] | one[1:-1]) & (inner != NONE)
    starts, ends = np.flatnonzero(begin), np.flatnonzero(end) + 1
    return starts, ends, inner[starts]


def _figures(kind: Ints) -> Ints:
    """Places within figures: from the first digit to the last of a row of digits and points."""
    row = np.flatnonzero((kind == DIGIT) | (kind == POINT) | (kind == SLASH))
    if not len(row):
        return row
    number = np.cumsum(np.diff(row, prepend=row[0] - 1) != 1)
    digit = kind[row] == DIGIT
    first = np.full(int(number[-1]) + 1, len(kind))
    last = np.full(int(number[-1]) + 1, -1)
    digits = row[digit]
    last[number[digit]] = digits
    first[number[digit][::-1]] = digits[::-1]
    found: Ints = row[(row >= first[number]) & (row <= last[number])]
    return found


def _joints(kind: Ints, letter: Ints) -> Ints:
    """Apostrophes between letters, of which a word has one."""
    at = np.flatnonzero(kind[1:-1] == APOSTROPHE) + 1
    at = at[letter[at - 1] & letter[at + 1]]
    if len(at) < 2:
        return at
    others = np.cumsum(~letter)
    close = np.diff(others[at - 1], prepend=-9) == 1  # only letters and this apostrophe since the one before
    rank = np.arange(len(at)) - np.maximum.accumulate(np.where(close, 0, np.arange(len(at))))
    found: Ints = at[rank % 2 == 0]
    return found


def _breaks(kind: Ints) -> Ints:
    """How many empty lines end before each place."""
    at = np.flatnonzero(kind != SPACE)
    line = kind[at] == LINE
    found = np.zeros(len(kind), np.int32)
    found[at[1:][line[1:] & line[:-1]]] = 1
    return np.cumsum(found, dtype=np.int32)


def _numbers(codes: Ints, starts: Ints, ends: Ints, what: Ints, vocabulary: Vocabulary) -> tuple[Ints, Ints]:
    """Numbers of the forms, and their capitals."""
    upper, digit = characters().upper, characters().digit
    big = upper[codes[starts]]
    second = np.minimum(starts + 1, max(len(codes) - 1, 0))
    capitals = np.where(big, 1 + (upper[codes[second]] & (ends - starts > 1)), 0)
    sorted_sums, numbers = vocabulary.sums
    asked = sums_of(codes, starts, ends)
    at = np.searchsorted(sorted_sums, asked)
    at[at == len(sorted_sums)] = 0
    ids = np.where(sorted_sums[at] == asked, numbers[at], np.where(big, 2, 3))
    ids[digit[codes[starts]]] = SPECIAL.index(FIGURE)
    signs = np.flatnonzero(what == SIGN)
    written = codes[starts[signs]]
    for code in np.unique(written).tolist():
        ids[signs[written == code]] = vocabulary.numbers.get(form(chr(code)), 3)
    return ids, capitals
