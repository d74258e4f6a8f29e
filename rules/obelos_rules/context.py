"""Contexts: which words stand beside a word. Written as phrases of items.

An item is a word, ``<class>``, an RE2 ``/pattern/`` for one word, several of these with ``|`` between them, or
``_`` for the word in question. ``<stop>`` is the place where no word follows directly: punctuation or an end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from obelos_transcripts.schema import Problems, did_you_mean, kind
from obelos_transcripts.strict_yaml import Node, Scalar

from .classes import CLASSES
from .patterns import Pattern
from .reading import Words, normal_form

NEAR = 8
"""Words on either side that count as near."""

Test = Callable[[str], bool]


@dataclass(frozen=True)
class Item:
    """One place of a phrase: literal words in normal form, tests of other words, whether a stop will do."""

    words: frozenset[str]
    tests: tuple[Test, ...] = ()
    stop: bool = False
    itself: bool = False

    def fits(self, words: Words, number: int | None) -> bool:
        """Whether the word of that number, or a stop (None), may stand here."""
        if number is None:
            return self.stop
        if words.normal[number] in self.words:
            return True
        return bool(self.tests) and any(test(words.text(number)) for test in self.tests)


@dataclass(frozen=True)
class Phrase:
    """Items in order."""

    items: tuple[Item, ...]

    def __len__(self) -> int:
        return len(self.items)

    def right_of(self, words: Words, number: int) -> int | None:
        """Number of the last word of the phrase standing right after a word; None if it does not stand there."""
        return _walk(words, number, self.items, words.after)

    def left_of(self, words: Words, number: int) -> int | None:
        """Number of the first word of the phrase standing right before a word; None if it does not."""
        return _walk(words, number, tuple(reversed(self.items)), words.before)

    def around(self, words: Words, number: int) -> bool:
        """Whether the phrase stands with the word at ``_``, or, without ``_``, at any item that fits it."""
        marked = any(item.itself for item in self.items)
        for place, item in enumerate(self.items):
            if (item.itself if marked else item.fits(words, number)) and self._with(words, number, place):
                return True
        return False

    def _with(self, words: Words, number: int, place: int) -> bool:
        left, right = Phrase(self.items[:place]), Phrase(self.items[place + 1 :])
        return left.left_of(words, number) is not None and right.right_of(words, number) is not None

    def at(self, words: Words, number: int) -> int | None:
        """Number of the last word of the phrase beginning with this word; None if it does not."""
        if not self.items[0].fits(words, number):
            return None
        return Phrase(self.items[1:]).right_of(words, number)


def _walk(words: Words, number: int, items: tuple[Item, ...], step: Callable[[int], int | None]) -> int | None:
    last = number
    for place, item in enumerate(items):
        following = step(last)
        if not item.fits(words, following):
            return None
        if following is None:
            return last if place == len(items) - 1 else None
        last = following
    return last


@dataclass(frozen=True)
class Context:
    """Conditions on what stands around a word; empty ones hold."""

    left: tuple[Phrase, ...] = ()
    right: tuple[Phrase, ...] = ()
    where: tuple[Phrase, ...] = ()
    near: tuple[Phrase, ...] = ()
    unless: tuple[Phrase, ...] = ()

    def holds(self, words: Words, first: int, last: int) -> bool:
        """Whether the conditions hold for the words from first to last."""
        if self.left and not any(phrase.left_of(words, first) is not None for phrase in self.left):
            return False
        if self.right and not any(phrase.right_of(words, last) is not None for phrase in self.right):
            return False
        if self.where and not any(phrase.around(words, first) for phrase in self.where):
            return False
        if any(phrase.around(words, number) for phrase in self.unless for number in range(first, last + 1)):
            return False
        return not self.near or self._near(words, first, last)

    def _near(self, words: Words, first: int, last: int) -> bool:
        span = range(max(0, first - NEAR), min(len(words), last + NEAR + 1))
        return any(
            phrase.at(words, number) is not None
            for number in span
            if not first <= number <= last
            for phrase in self.near
        )


def phrase(node: Node, problems: Problems) -> Any:
    """Converter: a phrase."""
    if not isinstance(node, Scalar) or not node.value.strip():
        return problems.add(node.line, f"words, <classes> or /patterns/ were expected, not {kind(node)}")
    items = [_item(part, node.line, problems) for part in node.value.split()]
    return None if any(item is None for item in items) else Phrase(tuple(item for item in items if item))


def _item(source: str, line: int, problems: Problems) -> Item | None:
    if source == "_":
        return Item(frozenset(), itself=True)
    literal: set[str] = set()
    tests: list[Test] = []
    stop = False
    parts = [source] if source.startswith("/") else source.split("|")
    for part in parts:
        if part == "<stop>":
            stop = True
        elif part.startswith("<") and part.endswith(">"):
            found = CLASSES.get(part[1:-1])
            if found is None:
                problems.add(line, f"there is no class {part}{did_you_mean(part[1:-1], CLASSES)}")
                return None
            literal |= found.words
            tests += found.tests
        elif part.startswith("/") and part.endswith("/") and len(part) > 2:
            try:
                tests.append(Pattern(part[1:-1]).whole)
            except ValueError as error:
                problems.add(line, f"{part} is not an RE2 pattern: {error}")
                return None
        elif part and all(char.isalnum() or char in "'’" for char in part):
            literal.add(normal_form(part))
        else:
            problems.add(line, f"“{source}” is not a word, a <class>, a /pattern/ or these with | between them")
            return None
    return Item(frozenset(literal), tuple(tests), stop)
