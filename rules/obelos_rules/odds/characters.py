"""What kind of character each code point is, and a sum over the letters of a word that tells it from other words."""

from functools import lru_cache
from typing import Any

import numpy as np

Ints = np.ndarray[Any, Any]
NONE, SPACE, LINE, LETTER, APOSTROPHE, DIGIT, POINT, SLASH, SIGN = range(9)
"""Kinds of characters. Points and slashes may stand within figures; a slash is nothing elsewhere."""
_R = 0x9E3779B97F4A7C15
_INVERSE = pow(_R, -1, 1 << 64)
_POINTS, _MARKS = ".,", ";:?!()[]—–&-"
_CODES = 0x110000


def _kind(character: str) -> int:
    if character == "\n":
        return LINE
    if character.isspace():
        return SPACE
    if character in _POINTS:
        return POINT
    if character == "/":
        return SLASH
    if character in _MARKS:
        return SIGN
    if character in "'’":
        return APOSTROPHE
    if character.isdecimal():
        return DIGIT
    return LETTER if character.isalnum() else NONE


class Characters:
    """What is known of each code point, found out when it is first met."""

    def __init__(self) -> None:
        self.kind = np.full(_CODES, 255, np.uint8)
        self.upper = np.zeros(_CODES, bool)
        self.digit = np.zeros(_CODES, bool)
        self.small = np.zeros(_CODES, np.uint64)
        self._up = self._down = np.ones(1, np.uint64)

    def meet(self, codes: Ints) -> None:
        """Find out what is not known yet of some code points."""
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
def characters() -> Characters:
    """Those met so far."""
    return Characters()


def codes_of(text: str) -> Ints:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def sums(text: str, starts: Ints, ends: Ints) -> Ints:
    """A sum for each span of a text: the same for the same word in small letters."""
    codes = codes_of(text)
    characters().meet(codes)
    return sums_of(codes, starts, ends)


def sums_of(codes: Ints, starts: Ints, ends: Ints) -> Ints:
    """As `sums`, of code points that were met."""
    up, down = characters().powers(len(codes) + 1)
    summed = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(characters().small[codes] * up[: len(codes)], out=summed[1:])
    found: Ints = (summed[ends] - summed[starts]) * down[starts]
    return found
