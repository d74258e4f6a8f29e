"""Findings of a long text, as they come: what the editor sees first, and no screen waits for the last.

The rules are asked in a process of their own. The part of the text that is looked at comes first, by the rules that see
no farther; then all rules are asked of the whole text, those that take long last. What is known of a passage stays
known when another passage changes. In the end the findings are those that `check` gives, whatever was shown before.
"""

import os
import time
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from obelos_rules import LEVELS, Checker, Finding, Level, Rule
from obelos_rules.engine import Given
from obelos_rules.model import MODEL_KINDS
from obelos_rules.reading import NOTHING_KNOWN, Differences
from obelos_rules.recipe import Recipe
from obelos_transcripts import Span
from obelos_transcripts.details import Details
from obelos_transcripts.normal_forms import NONE, Lists

from .aside import Aside

LONG = 500_000
"""Code points of a text and its witnesses together from which its findings are looked for aside."""

_NEAR = 20_000
"""Code points before and after a place that are looked at first."""

_OF_WORDS = ("repetition", "charset", "pattern", "spacing", "lexicon", "confusable", "substitution", "enumeration")
_NEARSIGHTED = frozenset((*_OF_WORDS, *MODEL_KINDS))
"""Kinds of rules that look no farther than a few words around."""

_OFTEN = 0.5
"""Seconds from one result to the next, at least."""

_NICE = 10


@dataclass(frozen=True)
class Asked:
    """What is looked for, as `check` takes it."""

    text: str
    level: Level
    name: str = ""
    details: Details = NOTHING_KNOWN
    witnesses: Mapping[str, str] = field(default_factory=dict)
    forms: Lists = NONE
    learned: Path | None = None


@dataclass(frozen=True)
class Sought:
    """A result: findings of some rules in some part of the text, all that there are.

    Attributes:
        codes: Those of the rules that were asked.
        span: The part of the text.
        asked: How many rules have been asked of the whole text.
        of: How many there are to be asked.
    """

    findings: tuple[Finding, ...]
    codes: frozenset[str]
    span: Span
    asked: int
    of: int


def seek_aside(recipe: Recipe, wanted: Asked, differences: Differences, near: int) -> Iterator[Sought]:
    """`seek` in a process that lets the screen go first."""
    os.nice(_NICE)
    yield from seek(recipe, wanted, differences, near)


def seek(recipe: Recipe, wanted: Asked, differences: Differences, near: int) -> Iterator[Sought]:
    """Look for the findings of a text, first around a position; the last result is all of them."""
    rules = [rule for rule in recipe.rules() if LEVELS.index(rule.level) <= LEVELS.index(wanted.level)]
    of = len({rule.code for rule in rules})
    nearsighted = [rule for rule in rules if rule.kind in _NEARSIGHTED]
    span = around(wanted.text, near)
    part = wanted.text[slice(*span)]
    found = _checker(nearsighted, wanted).findings(part, wanted.name, wanted.details)
    moved = tuple(replace(one, start=one.start + span.start, end=one.end + span.start) for one in found)
    yield Sought(moved, frozenset(rule.code for rule in nearsighted), span, 0, of)

    whole = Span(0, len(wanted.text))
    given = Given(wanted.text, wanted.name, wanted.details, wanted.witnesses)
    told = time.monotonic()
    last = None
    for last in _checker(rules, wanted).so_far(given, differences):
        if time.monotonic() - told > _OFTEN and len(last.asked) < of:
            yield Sought(tuple(last.findings()), last.asked, whole, len(last.asked), of)
            told = time.monotonic()
    codes = frozenset(rule.code for rule in rules)
    yield Sought(tuple(last.findings()) if last else (), codes, whole, of, of)


def _checker(rules: Sequence[Rule], wanted: Asked) -> Checker:
    return Checker(rules, wanted.level, forms=wanted.forms, learned=wanted.learned)


def around(text: str, position: int) -> Span:
    """The lines around a position."""
    start = text.rfind("\n", 0, max(0, position - _NEAR)) + 1
    end = text.find("\n", min(len(text), position + _NEAR)) + 1 or len(text)
    return Span(start, end)


@dataclass(frozen=True)
class Seeking:
    """What is being looked for, and where."""

    wanted: Asked
    aside: Aside[Sought]


class Seeker:
    """What is known of the findings of a text that is being looked at, and of what it became by decisions."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self._wanted: Asked | None = None
        self._findings: tuple[Finding, ...] = ()
        self._progress: tuple[int, int] | None = (0, 0)

    def known(self, wanted: Asked) -> tuple[tuple[Finding, ...], tuple[int, int] | None]:
        """What is known; and how many rules have been asked, of how many, None where all have."""
        before = self._wanted
        if before != wanted:
            self._wanted, self._progress = wanted, (0, 0)
            if before is None or replace(before, text=wanted.text, level=wanted.level) != wanted:
                self._findings = ()
            else:
                weakest = LEVELS.index(wanted.level)
                kept = carried(self._findings, before.text, wanted.text)
                self._findings = tuple(one for one in kept if LEVELS.index(one.level) <= weakest)
        return self._findings, self._progress

    def begin(self, near: int, differences: Differences) -> Seeking | None:
        """Have the findings looked for that are lacking; None where none are.

        Args:
            near: The position around which they are looked for first.
            differences: Where witnesses differ from the text, as far as that is known.
        """
        if self._wanted is None or self._progress is None:
            return None
        return Seeking(self._wanted, Aside(seek_aside, self.recipe, self._wanted, differences, near))

    def is_for_now(self, seeking: Seeking) -> bool:
        """Whether what is being looked for is what is wanted."""
        return seeking.wanted is self._wanted

    def take_in(self, sought: Sought) -> None:
        """Know a result from now on."""
        start, end = sought.span
        kept = (f for f in self._findings if f.code not in sought.codes or not start <= f.start < end)
        found = sorted([*sought.findings, *kept], key=lambda one: (one.start, one.end, one.code))
        self._findings = tuple(found)
        self._progress = None if sought.asked == sought.of else (sought.asked, sought.of)


def carried(findings: Sequence[Finding], before: str, after: str) -> list[Finding]:
    """The findings outside of what is other in a text than it was, at their places now."""
    if before == after:
        return list(findings)
    start = _alike(before, after)
    tail = min(_alike(before[::-1], after[::-1]), min(len(before), len(after)) - start)
    end, shift = len(before) - tail, len(after) - len(before)
    kept = [one for one in findings if one.end < start]
    return kept + [replace(one, start=one.start + shift, end=one.end + shift) for one in findings if one.start > end]


def _alike(one: str, other: str) -> int:
    """How many code points two texts begin with alike."""
    shorter = min(len(one), len(other))
    return bisect_left(range(shorter), True, key=lambda n: one[: n + 1] != other[: n + 1])
