"""A reading in a one-line field: what cannot be seen or typed there is written as an escape, and back.

``from_field(to_field(text)) == text`` for every text.
"""

import re

from obelos_transcripts import visible

_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}
_LONG = {escape: char for char, escape in _SHORT.items()}
_ESCAPE = re.compile(r"\\(?:[nrt\\]|u[0-9a-f]{4}|U[0-9a-f]{8})")


def to_field(text: str) -> str:
    """The text with control, bidi and zero-width characters as ``\\n``, ``\\t``, ``\\u202e`` and the like."""
    return "".join(_escaped(char) for char in text)


def from_field(shown: str) -> str:
    """The text that a field stands for; a backslash that begins no escape is itself."""
    return _ESCAPE.sub(_meant, shown)


def _escaped(char: str) -> str:
    if char in _SHORT:
        return _SHORT[char]
    if visible(char) == char:
        return char
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"


def _meant(match: re.Match[str]) -> str:
    escape = match.group()
    if escape in _LONG:
        return _LONG[escape]
    code = int(escape[2:], 16)
    return chr(code) if code < 0x110000 else escape
