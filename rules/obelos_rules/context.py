"""Contexts: which words stand beside a word. Written as phrases of items.

An item is a word, ``<class>``, an RE2 ``/pattern/`` for one word, several of these with ``|`` between them, or
``_`` for the word in question. ``<stop>`` is the place where no word follows directly: punctuation or an end.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from obelos_transcripts.schema import Problems, did_you_mean, kind
from obelos_transcripts.strict_yaml import Node, Scalar

from .anchors import Anchor, best_anchor
from .classes import CLASSES
from .patterns import Pattern
from .reading import JOINT, Words, normal_form

NEAR = 8
"""Words on either side that count as near."""

_MOST_TESTED = 20_000
Test = Callable[[str], bool]


@dataclass(frozen=True)
class Item:
    """One place of a phrase: literal words in normal form, tests of other words, whether a stop will do."""

    words: frozenset[str]
    tests: tuple[Test, ...] = ()
    stop: bool = False
    itself: bool = False

    @property
    def listed(self) -> frozenset[str] | None:
        """The words that may stand here, if they can be listed."""
        return self.words if self.words and not (self.tests or self.stop) else None

    @cached_property
    def _tested(self) -> dict[str, bool]:
        return {}

    def suits(self, form: str) -> bool:
        """Whether one of the tests takes a word as it stands; words come again, so what was said is remembered."""
        known = self._tested.get(form)
        if known is None:
            if len(self._tested) >= _MOST_TESTED:
                self._tested.clear()
            known = self._tested[form] = any(test(form) for test in self.tests)
        return known

    def fits(self, words: Words, number: int) -> bool:
        """Whether the word of that number may stand here."""
        return words.normal[number] in self.words or (bool(self.tests) and self.suits(words.text(number)))


@dataclass(frozen=True)
class Phrase:
    """Items in order."""

    items: tuple[Item, ...]

    def __len__(self) -> int:
        return len(self.items)

    @cached_property
    def _reversed(self) -> tuple[Item, ...]:
        return self.items[::-1]

    @cached_property
    def _parts(self) -> tuple[tuple[tuple[Item, ...], tuple[Item, ...]], ...]:
        """For each place what stands before it, nearest first, and what stands after it."""
        return tuple((self.items[:place][::-1], self.items[place + 1 :]) for place in range(len(self.items)))

    @cached_property
    def _places(self) -> tuple[int, ...]:
        """Where the word in question may stand: at ``_``, or anywhere."""
        marked = tuple(place for place, item in enumerate(self.items) if item.itself)
        return marked or tuple(range(len(self.items)))

    def right_of(self, words: Words, number: int) -> int | None:
        """Number of the last word of the phrase standing right after a word; None if it does not stand there."""
        return _forwards(words, number, self.items)

    def left_of(self, words: Words, number: int) -> int | None:
        """Number of the first word of the phrase standing right before a word; None if it does not."""
        return _backwards(words, number, self._reversed)

    def around(self, words: Words, number: int) -> bool:
        """Whether the phrase stands with the word at ``_``, or, without ``_``, at any item that fits it."""
        return any(
            (self.items[place].itself or self.items[place].fits(words, number))
            and self.with_word_at(words, number, place) is not None
            for place in self._places
        )

    def with_word_at(self, words: Words, number: int, place: int) -> tuple[int, int] | None:
        """First and last word number of the phrase, if the rest of it stands around its item of that place."""
        before, after = self._parts[place]
        first = _backwards(words, number, before)
        if first is None:
            return None
        last = _forwards(words, number, after)
        return None if last is None else (first, last)

    def at(self, words: Words, number: int) -> int | None:
        """Number of the last word of the phrase beginning with this word; None if it does not."""
        if not self.items[0].fits(words, number):
            return None
        return _forwards(words, number, self._parts[0][1])

    @cached_property
    def anchor(self) -> tuple[int, Anchor] | None:
        """The rarest words that the phrase must hold, and their place in it; None if it must hold none."""
        return best_anchor([item.listed for item in self.items])


def _forwards(words: Words, number: int, items: tuple[Item, ...]) -> int | None:
    """Number of the last word of what stands right after a word; None if it is not these items."""
    joints, normal = words.joints, words.normal
    for place, item in enumerate(items):
        if joints[number + 1] is not JOINT:
            return number if item.stop and place == len(items) - 1 else None
        number += 1
        if normal[number] not in item.words and not (item.tests and item.suits(words.text(number))):
            return None
    return number


def _backwards(words: Words, number: int, items: tuple[Item, ...]) -> int | None:
    """Number of the first word of what stands right before a word, nearest first; None if it is not these items."""
    joints, normal = words.joints, words.normal
    for place, item in enumerate(items):
        if joints[number] is not JOINT:
            return number if item.stop and place == len(items) - 1 else None
        number -= 1
        if normal[number] not in item.words and not (item.tests and item.suits(words.text(number))):
            return None
    return number


@dataclass(frozen=True)
class Context:
    """Conditions on what stands around a word; empty ones hold."""

    left: tuple[Phrase, ...] = ()
    right: tuple[Phrase, ...] = ()
    where: tuple[Phrase, ...] = ()
    near: tuple[Phrase, ...] = ()
    unless: tuple[Phrase, ...] = ()

    def anchor(self, asked: frozenset[str]) -> tuple[int, Anchor]:
        """The rarest words that must stand where one of some words does in this context.

        Returns:
            Where the anchor's first word stands as seen from that word (-1, 0 or 1), and the anchor.
        """
        before = _rarest([_adjacent(self.left, -1), _adjacent_to_marked(self.where, -1)])
        after = _rarest([_adjacent(self.right, 0), _adjacent_to_marked(self.where, 1)])
        place, anchor = best_anchor([before, asked, after]) or (1, Anchor(asked))
        return place - 1, anchor

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


def _union(listed: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    found: frozenset[str] = frozenset()
    for words in listed:
        if words is None:
            return None
        found |= words
    return found or None


def _adjacent(phrases: tuple[Phrase, ...], place: int) -> frozenset[str] | None:
    """Words of which one must stand beside the word in question, if the phrases demand any."""
    return _union(one.items[place].listed for one in phrases)


def _adjacent_to_marked(phrases: tuple[Phrase, ...], step: int) -> frozenset[str] | None:
    beside: list[frozenset[str] | None] = []
    for one in phrases:
        places = [place + step for place, item in enumerate(one.items) if item.itself]
        inside = places and all(0 <= place < len(one) for place in places)
        beside += [one.items[place].listed for place in places] if inside else [None]
    return _union(beside)


def _rarest(found: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    return min((words for words in found if words), key=lambda words: Anchor(words).cost, default=None)


def phrase(node: Node, problems: Problems) -> Any:
    """Converter: a phrase."""
    if not isinstance(node, Scalar) or not node.value.strip():
        return problems.add(node.line, f"words, <classes> or /patterns/ were expected, not {kind(node)}")
    items = [_item(part, node.line, problems) for part in node.value.split()]
    return None if any(item is None for item in items) else Phrase(tuple(item for item in items if item))


def _item(source: str, line: int, problems: Problems) -> Item | None:
    try:
        return _read_item(source)
    except ValueError as error:
        problems.add(line, str(error))
        return None


@lru_cache(maxsize=4096)
def _read_item(source: str) -> Item:
    """An item as written; the same one again for the same text, since rules share most of theirs.

    Raises:
        ValueError: It is none; the text says why.
    """
    if source == "_":
        return Item(frozenset(), itself=True)
    literal: frozenset[str] = frozenset()
    tests: list[Test] = []
    stop = False
    parts = [source] if source.startswith("/") else source.split("|")
    for part in parts:
        if part == "<stop>":
            stop = True
        elif part.startswith("<") and part.endswith(">"):
            found = CLASSES.get(part[1:-1])
            if found is None:
                raise ValueError(f"there is no class {part}{did_you_mean(part[1:-1], CLASSES)}")
            literal |= found.words
            tests += found.tests
        elif part.startswith("/") and part.endswith("/") and len(part) > 2:
            try:
                tests.append(Pattern(part[1:-1]).whole)
            except ValueError as error:
                raise ValueError(f"{part} is not an RE2 pattern: {error}") from error
        elif part and all(char.isalnum() or char in "'’" for char in part):
            literal |= {normal_form(part)}
        else:
            raise ValueError(f"“{source}” is not a word, a <class>, a /pattern/ or these with | between them")
    return Item(literal, tuple(tests), stop)
