"""Detectors that are asked only where their anchors stand; a text without them costs nothing."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from obelos_transcripts import Layer

from .anchors import Anchor, Table
from .context import Phrase
from .model import Detector, Hit
from .patterns import Pattern
from .reading import Reading, Words

Ask = Callable[[Words, int], Iterable[Hit]]
"""Hits around the word of that number, the first one of an anchor."""
Question = tuple[Anchor, Ask]


@dataclass(frozen=True)
class Asked:
    """A detector made of questions. A check asks those of all rules in one pass; called by itself it asks its own."""

    questions: tuple[Question, ...]

    @cached_property
    def _table(self) -> Table[Ask]:
        return Table(self.questions)

    def __call__(self, reading: Reading, layers: tuple[Layer, ...]) -> Iterator[Hit]:
        """Hits in some layers of a text."""
        words = reading.words(layers)
        for number, ask in self._table.places(words):
            yield from ask(words, number)


@dataclass(frozen=True)
class Searched:
    """A detector that can only hit where its pattern matches; a check looks for all patterns of a text at once."""

    pattern: Pattern
    look: Detector

    def __call__(self, reading: Reading, layers: tuple[Layer, ...]) -> Iterable[Hit]:
        """Hits in some layers of a text."""
        return self.look(reading, layers)


def phrase_question(
    flagged: Phrase,
    found: Callable[[Words, int, int], Iterable[Hit]],
    left: Phrase | None = None,
    right: Phrase | None = None,
) -> Question:
    """The question where a phrase stands between two others; ``found`` is told its first and last word."""
    before = len(left) if left else 0
    whole = Phrase((*(left.items if left else ()), *flagged.items, *(right.items if right else ())))
    if whole.anchor is None:
        raise ValueError("a phrase without a plain word has no anchor")
    place, anchor = whole.anchor

    def ask(words: Words, number: int) -> Iterable[Hit]:
        span = whole.with_word_at(words, number, place)
        if span is None:
            return ()
        first = number - place + before if left else span[0]
        return found(words, first, first + len(flagged) - 1 if right else span[1])

    return anchor, ask
