"""Cuts a text into forms, all of it at once: the same that `forms.cut`, `forms.form` and `forms.capital` give.

A megabyte has two hundred thousand words and signs; an object for each, and a look at each, would take longer than all
that the model does with them. So whole arrays are worked on, one item for each code point: what kind of character it
is, where words begin and end, and a sum over the letters of each that tells it from the other words.
"""

from functools import lru_cache
from typing import Any

import numpy as np

from .forms import AROUND, EDGE, FIGURE, REACH, SPECIAL, Forms, Vocabulary, form

Ints = np.ndarray[Any, Any]
_NONE, _SPACE, _LINE, _LETTER, _APOSTROPHE, _DIGIT, _POINT, _SLASH, _SIGN = range(9)
"""Kinds of characters. Points and slashes may stand within figures; a slash is nothing elsewhere."""
_BETWEEN = "\n\n"
_R = 0x9E3779B97F4A7C15
_INVERSE = pow(_R, -1, 1 << 64)
_POINTS, _MARKS = ".,", ";:?!()[]—–&-"
_CODES = 0x110000


def _kind(character: str) -> int:
    if character == "\n":
        return _LINE
    if character.isspace():
        return _SPACE
    if character in _POINTS:
        return _POINT
    if character == "/":
        return _SLASH
    if character in _MARKS:
        return _SIGN
    if character in "'’":
        return _APOSTROPHE
    if character.isdecimal():
        return _DIGIT
    return _LETTER if character.isalnum() else _NONE


class _Characters:
    """What is known of each code point, found out when it is first met."""

    def __init__(self) -> None:
        self.kind = np.full(_CODES, 255, np.uint8)
        self.upper = np.zeros(_CODES, bool)
        self.digit = np.zeros(_CODES, bool)
        self.small = np.zeros(_CODES, np.uint64)
        self._up = self._down = np.ones(1, np.uint64)

    def meet(self, codes: Ints) -> None:
        there = np.zeros(int(codes.max(initial=0)) + 1, bool)
        there[codes] = True
        for code in np.flatnonzero(there & (self.kind[: len(there)] == 255)).tolist():
            character = chr(code)
            self.kind[code] = _kind(character)
            self.upper[code] = character.isupper()
            self.digit[code] = character.isdigit()
            small = character.lower()
            self.small[code] = _mixed(ord("'" if small == "’" else small) if len(small) == 1 else code)

    def powers(self, total: int) -> tuple[Ints, Ints]:
        """Powers of an odd number and of its inverse, modulo two to the sixty-fourth; so many at least."""
        if len(self._up) < total:
            size = 1 << total.bit_length()
            up, down = np.full(size, _R, np.uint64), np.full(size, _INVERSE, np.uint64)
            up[0] = down[0] = 1
            self._up, self._down = np.cumprod(up), np.cumprod(down)
        return self._up, self._down


def _mixed(code: int) -> int:
    """Sixty-four bits for a code point, unlike those of its neighbours."""
    bits = (code + 1) * 0xBF58476D1CE4E5B9 & (1 << 64) - 1
    bits = (bits ^ bits >> 27) * 0x94D049BB133111EB & (1 << 64) - 1
    return bits ^ bits >> 31


@lru_cache(maxsize=1)
def _characters() -> _Characters:
    return _Characters()


def _codes(text: str) -> Ints:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def sums(text: str, starts: Ints, ends: Ints) -> Ints:
    """A sum for each span of a text: the same for the same word in small letters."""
    codes = _codes(text)
    _characters().meet(codes)
    return _sums(codes, starts, ends)


def _sums(codes: Ints, starts: Ints, ends: Ints) -> Ints:
    up, down = _characters().powers(len(codes) + 1)
    summed = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(_characters().small[codes] * up[: len(codes)], out=summed[1:])
    found: Ints = (summed[ends] - summed[starts]) * down[starts]
    return found


def forms_of_pieces(pieces: list[list[tuple[str, int, int]]], vocabulary: Vocabulary) -> Forms:
    """As `forms.forms_of_pieces` says."""
    spans = [span for piece in pieces for span in piece]
    text = _BETWEEN.join(view[first:last] for view, first, last in spans)
    codes = _codes(text)
    known = _characters()
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
    letter = kind == _LETTER
    inner[letter] = _LETTER
    inner[(kind == _SIGN) | (kind == _POINT)] = _SIGN
    inner[_figures(kind)] = _DIGIT
    inner[_joints(kind, letter)] = _LETTER
    changed = what[1:] != what[:-1]
    one = what == _SIGN
    begin = (changed[:-1] | one[1:-1]) & (inner != _NONE)
    end = (changed[1:] | one[1:-1]) & (inner != _NONE)
    starts, ends = np.flatnonzero(begin), np.flatnonzero(end) + 1
    return starts, ends, inner[starts]


def _figures(kind: Ints) -> Ints:
    """Places within figures: from the first digit to the last of a row of digits and points."""
    row = np.flatnonzero((kind == _DIGIT) | (kind == _POINT) | (kind == _SLASH))
    if not len(row):
        return row
    number = np.cumsum(np.diff(row, prepend=row[0] - 1) != 1)
    digit = kind[row] == _DIGIT
    first = np.full(int(number[-1]) + 1, len(kind))
    last = np.full(int(number[-1]) + 1, -1)
    digits = row[digit]
    last[number[digit]] = digits
    first[number[digit][::-1]] = digits[::-1]
    found: Ints = row[(row >= first[number]) & (row <= last[number])]
    return found


def _joints(kind: Ints, letter: Ints) -> Ints:
    """Apostrophes between letters, of which a word has one."""
    at = np.flatnonzero(kind[1:-1] == _APOSTROPHE) + 1
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
    at = np.flatnonzero(kind != _SPACE)
    line = kind[at] == _LINE
    found = np.zeros(len(kind), np.int32)
    found[at[1:][line[1:] & line[:-1]]] = 1
    return np.cumsum(found, dtype=np.int32)


def _numbers(codes: Ints, starts: Ints, ends: Ints, what: Ints, vocabulary: Vocabulary) -> tuple[Ints, Ints]:
    """Numbers of the forms, and their capitals."""
    upper, digit = _characters().upper, _characters().digit
    big = upper[codes[starts]]
    second = np.minimum(starts + 1, max(len(codes) - 1, 0))
    capitals = np.where(big, 1 + (upper[codes[second]] & (ends - starts > 1)), 0)
    sorted_sums, numbers = vocabulary.sums
    asked = _sums(codes, starts, ends)
    at = np.searchsorted(sorted_sums, asked)
    at[at == len(sorted_sums)] = 0
    ids = np.where(sorted_sums[at] == asked, numbers[at], np.where(big, 2, 3))
    ids[digit[codes[starts]]] = SPECIAL.index(FIGURE)
    signs = np.flatnonzero(what == _SIGN)
    written = codes[starts[signs]]
    for code in np.unique(written).tolist():
        ids[signs[written == code]] = vocabulary.numbers.get(form(chr(code)), 3)
    return ids, capitals
