"""What rules flag in many texts, each place on a line with the words around it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from obelos_rules import Rule, check
from obelos_transcripts import Lines

AROUND = 32
"""Code points shown on either side."""


class Place(NamedTuple):
    """A finding: its text, its line, and the words around it; white space is single spaces."""

    name: str
    line: int
    before: str
    found: str
    after: str


def places(texts: Iterable[tuple[str, str]], rules: Sequence[Rule], learned: Path | None = None) -> Iterator[Place]:
    """Findings of every level in texts, given with their names, in the order of the texts; others as in `check`."""
    for name, text in texts:
        lines = Lines(text)
        for finding in check(text, rules, level="possible", name=name, learned=learned):
            line, _ = lines.at(finding.start)
            parts = (
                text[max(0, finding.start - AROUND) : finding.start],
                finding.found,
                text[finding.end : finding.end + AROUND],
            )
            yield Place(name, line, *(re.sub(r"\s+", " ", part) for part in parts))


def told(found: Sequence[Place], texts: int, most: int = 50) -> Iterator[str]:
    """Lines for a person: the first places with their words under one another, then how many in how many texts."""
    width = max((len(f"{one.name}:{one.line}") for one in found[:most]), default=0)
    for one in found[:most]:
        yield f"  {f'{one.name}:{one.line}':{width}}  {one.before:>{AROUND}}[{one.found}]{one.after}"
    if len(found) > most:
        yield f"  … and {len(found) - most} more"
    documents = len({one.name for one in found})
    yield f"{_count(len(found), 'finding')} in {_count(documents, 'document')} of {texts}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
