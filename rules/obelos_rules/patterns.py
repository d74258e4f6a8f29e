"""Patterns that come from rules: RE2 only, so that no pattern from a stranger can take more than linear time.

The only module that imports ``re2``, and only when a rule needs a pattern. In RE2 ``\\b`` and ``\\w`` know ASCII
letters only; ``\\p{L}`` is any letter.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from obelos_transcripts.schema import Problems, kind
from obelos_transcripts.strict_yaml import Node, Scalar


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
            ValueError: It is not an RE2 pattern; the text says why.
        """
        import re2

        options = re2.Options()
        options.log_errors = False
        try:
            self._compiled: Any = re2.compile(source, options)
        except re2.error as error:
            reason = error.args[0] if error.args else "unknown"
            raise ValueError(reason.decode() if isinstance(reason, bytes) else str(reason)) from error
        self.source = source
        self.groups: int = self._compiled.groups

    def whole(self, text: str) -> bool:
        """Whether the pattern matches the whole of a text."""
        return self._compiled.fullmatch(text) is not None

    def each(self, text: str) -> Iterator[Match]:
        """Matches from left to right that do not overlap."""
        for found in self._compiled.finditer(text):
            spans = (found.span(number) for number in range(self.groups + 1))
            yield Match(text, tuple(None if span[0] < 0 else span for span in spans))


def pattern(node: Node, problems: Problems) -> Any:
    """Converter: an RE2 pattern that cannot match nothing."""
    if not isinstance(node, Scalar) or not node.value:
        return problems.add(node.line, f"a pattern was expected, not {kind(node)}")
    try:
        compiled = Pattern(node.value)
    except ValueError as error:
        return problems.add(
            node.line,
            f"“{node.value}” is not a pattern ({error}); RE2 syntax was expected, which has no look-around "
            "and no back-references: use left, right and unless",
        )
    if compiled.whole(""):
        return problems.add(
            node.line, f"the pattern “{node.value}” matches nothing at all, so it would match everywhere"
        )
    return compiled
