"""Patterns that come from rules: RE2 only, so that no pattern from a stranger can take more than linear time.

The only module that imports ``re2``, and only when a rule needs a pattern. In RE2 ``\\b`` and ``\\w`` know ASCII
letters only; ``\\p{L}`` is any letter. One search of RE2 is linear, yet a search for *all* matches is not: each may
read to the end of the text before it settles for less. So a text is read through a window, and a match has an end.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

from obelos_transcripts.schema import Problems, kind
from obelos_transcripts.strict_yaml import Node, Scalar

LONGEST = 2048
"""Bytes of the longest pattern taken."""

REACH = 2048
"""Bytes (UTF-8) that every match may be long; a longer one may be missed."""

_WINDOW = 8 * REACH
_MOST_MEMORY = 4 * 1024 * 1024
"""Bytes that RE2 may use for one pattern; past it, it refuses the pattern or searches more slowly."""
_SET_MEMORY = 64 * 1024 * 1024
"""The same for all patterns of a set together."""
_SHOWN = 60


@dataclass(frozen=True)
class Match:
    """One match: spans of the whole (0) and of each group in code points, None for a group that took no part."""

    text: str
    spans: tuple[tuple[int, int] | None, ...]

    def group(self, number: int) -> str:
        """Text of a group, empty if it took no part."""
        span = self.spans[number]
        return self.text[span[0] : span[1]] if span else ""


class Pattern:
    """A compiled pattern."""

    def __init__(self, source: str) -> None:
        """Compile it.

        Raises:
            ValueError: It is not an RE2 pattern, or too large a one; the text says why.
        """
        import re2

        if len(_encoded(source)) > LONGEST:
            raise ValueError(f"longer than {LONGEST} bytes")
        options = re2.Options()
        options.log_errors = False
        options.max_mem = _MOST_MEMORY
        try:
            self._compiled: Any = re2.compile(_encoded(source), options)
        except re2.error as error:
            reason = error.args[0] if error.args else "unknown"
            raise ValueError(reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)) from error
        self.source = source
        self.groups: int = self._compiled.groups
        self.size: int = self._compiled.programsize

    def whole(self, text: str) -> bool:
        """Whether the pattern matches the whole of a text."""
        return self._compiled.fullmatch(_encoded(text)) is not None

    def each(self, text: str) -> Iterator[Match]:
        """Matches from left to right that do not overlap; one that is empty flags nothing and is left out."""
        data = _encoded(text)
        at_byte = at_point = 0
        for found in self._spans(data):
            points = {}
            for byte in sorted({byte for span in found for byte in span if byte >= 0}):
                at_point += byte - at_byte if len(data) == len(text) else _points(data[at_byte:byte])
                at_byte = byte
                points[byte] = at_point
            yield Match(text, tuple((points[start], points[end]) if start >= 0 else None for start, end in found))

    def _spans(self, data: bytes) -> Iterator[list[tuple[int, int]]]:
        """Spans in bytes of each match and its groups. RE2 sees what lies around a window: ``\\b`` and ``$`` hold."""
        at = 0
        while at < len(data):
            stop = _boundary(data, at + _WINDOW)
            found = self._compiled.search(data, at, stop)
            start, end = found.span() if found else (stop, stop)
            sure = _boundary(data, stop - REACH) if stop < len(data) else stop + 1
            if start >= sure:
                at = sure
            elif not found:
                return
            elif start < end and (end < stop or stop == len(data)):
                yield [found.span(number) for number in range(self.groups + 1)]
                at = end
            else:
                at = _boundary(data, end + 1, 1) if start == end else end


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _points(data: bytes) -> int:
    return len(data.decode("utf-8", "surrogatepass"))


def _boundary(data: bytes, at: int, step: int = -1) -> int:
    """The next place, backwards or forwards, where a code point begins; the end of the data if it lies past it."""
    while at < len(data) and data[at] & 0xC0 == 0x80:
        at += step
    return min(at, len(data))


class PatternSet:
    """Patterns looked for together: one pass tells which of them a text matches at all."""

    FEWEST = 4
    """Fewer patterns than that are looked for one by one."""

    ENOUGH = 60_000
    """Code points to look at before a set is made: for less, making it takes longer than it saves."""

    LARGEST = 400_000
    """Instructions of all patterns of a set together. RE2 refuses a larger one, at twice as many; what does not go
    into the set is looked for by itself, so that no pack can keep another's patterns from being found."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._count = len(patterns)
        self._seen = 0
        sizes = accumulate(one.size for one in patterns)
        self._sources = [one.source for one, size in zip(patterns, sizes, strict=True) if size <= self.LARGEST]

    @cached_property
    def _compiled(self) -> Any:
        import re2

        options = re2.Options()
        options.log_errors = False
        options.max_mem = _SET_MEMORY
        found = re2.Set.SearchSet(options)
        for source in self._sources:
            found.Add(_encoded(source))
        found.Compile()
        return found

    def found_in(self, text: str) -> Sequence[int]:
        """Places of the patterns that may match, in order; those left out do not."""
        self._seen += len(text)
        if len(self._sources) < self.FEWEST or self._seen < self.ENOUGH:
            return range(self._count)
        together = sorted(self._compiled.Match(_encoded(text)) or ())
        return [*together, *range(len(self._sources), self._count)]


def pattern(node: Node, problems: Problems) -> Any:
    """Converter: an RE2 pattern that cannot match nothing."""
    if not isinstance(node, Scalar) or not node.value:
        return problems.add(node.line, f"a pattern was expected, not {kind(node)}")
    shown = node.value if len(node.value) <= _SHOWN else f"{node.value[:_SHOWN]}…"
    try:
        compiled = Pattern(node.value)
    except ValueError as error:
        return problems.add(
            node.line,
            f"“{shown}” is not a pattern ({error}); RE2 syntax was expected, which has no look-around "
            "and no back-references: use left, right and unless",
        )
    if compiled.whole(""):
        return problems.add(node.line, f"the pattern “{shown}” matches nothing at all, so it would match everywhere")
    return compiled


_PLAIN = r"(?:[^\\()\[\]*+{}]|\\.|\[(?:[^\\\]]|\\.)*\])"
_NESTED = re.compile(rf"\({_PLAIN}*(?:[*+]|\{{\d+,\}})\)(?:[*+]|\{{\d*,)")
_OPEN_END = re.compile(r"(?:\\[sSwWdD]|\.|\])[*+]\??(?:\$|\\z)\Z")
_OPEN_START = re.compile(r"(?:\(\?[a-zA-Z]*\))?(?:\.|\\S|\\s|\\w)[*+]")
_ANCHORS = re.compile(r"^(?:\^|\\A)|(?<!\\)(?:\\\\)*\$\Z")
_ASCII_ONLY = re.compile(r"\\[bBwW]")


def doubts(source: str) -> list[str]:
    """What is allowed in a pattern, harmless under RE2, and yet rarely what its author means."""
    found = []
    if _NESTED.search(source):
        found.append("a repeat stands within a repeat, as in (a+)+; one of them says all")
    if _OPEN_END.search(source):
        found.append("it ends with a repeat before the end of the text, as in \\s+$: only one place can ever match")
    elif _ANCHORS.search(source) and "(?" not in source[:2]:
        found.append("^ and $ mean the beginning and the end of the whole text; (?m) makes them those of a line")
    if _OPEN_START.match(source):
        found.append("it begins with a repeat of anything, so all that stands before is flagged too; use “mark”")
    if _ASCII_ONLY.search(source) and not source.isascii():
        found.append("\\b and \\w know ASCII letters only, and it names other letters; \\pL is any letter")
    return found
