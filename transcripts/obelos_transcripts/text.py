"""Decoded text and its bytes: what is read can always be written back byte for byte.

A text is a plain ``str``: the strict UTF-8 decoding of the file, with a byte order mark kept as its first
character and line ends as they are. Positions everywhere in Obelos are half-open spans of code points in it.
"""

from bisect import bisect_right
from pathlib import Path, PurePath
from typing import NamedTuple

from .errors import BadInput

MOST_BYTES = 64 * 1024 * 1024
"""Largest transcript read, in bytes."""


class Span(NamedTuple):
    """Half-open range of code points."""

    start: int
    end: int

    def __contains__(self, position: object) -> bool:
        return isinstance(position, int) and self.start <= position < self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the spans share a code point; an empty span counts as the gap where it stands."""
        if self.start == self.end or other.start == other.end:
            return self.start <= other.end and other.start <= self.end
        return self.start < other.end and other.start < self.end


def decode(data: bytes, where: str | PurePath) -> str:
    """Text of a file's bytes.

    Raises:
        BadInput: The bytes are not UTF-8; the message gives the offset.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput.at(
            where,
            line,
            f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8. Nothing was changed. "
            "Convert the file to UTF-8 first, for instance: iconv -f WINDOWS-1252 -t UTF-8",
        ) from error


def encode(text: str) -> bytes:
    """Bytes of a text; the inverse of `decode`."""
    return text.encode("utf-8")


def read_bytes(path: Path) -> bytes:
    """Bytes of a regular file of sensible size.

    Raises:
        BadInput: There is no such file, it is not a regular file, or it is too large.
    """
    try:
        if not path.is_file():
            what = "is not a regular file" if path.exists() else "there is no such file"
            raise BadInput.at(path, None, what)
        if path.stat().st_size > MOST_BYTES:
            raise BadInput.at(path, None, f"is larger than {MOST_BYTES // 2**20} MiB; split it")
        return path.read_bytes()
    except OSError as error:
        raise BadInput.at(path, None, f"cannot be read: {error.strerror}") from error


def read_text(path: Path) -> str:
    """Decoded text of a file; raises `BadInput` as `read_bytes` and `decode` do."""
    return decode(read_bytes(path), path)


class Lines:
    """Line and column of a position, both counted from 1; only ``\\n`` ends a line, as in every linter."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0]
        position = text.find("\n")
        while position >= 0:
            self._starts.append(position + 1)
            position = text.find("\n", position + 1)

    def at(self, position: int) -> tuple[int, int]:
        """(line, column) of a code point."""
        line = bisect_right(self._starts, position)
        return line, position - self._starts[line - 1] + 1

    def start(self, number: int) -> int:
        """Position at which the line of that number begins."""
        return self._starts[number - 1]

    def line(self, number: int) -> str:
        """The line of that number, without its end."""
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self.text)
        return self.text[start:end].removesuffix("\r")
