"""What is said of a doubtful place: where it lies in its text, what would stand there instead, and the evidence.

Evidence is how often the two readings stand in the counted text, each with the same neighbours.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from .counts import Counts, hashed
from .forms import Forms, form
from .model import Model

_GAIN = 13.8
"""Odds above a million to one are told as that."""


@dataclass(frozen=True)
class Doubt:
    """A doubtful place.

    Attributes:
        question: ``changed``, ``missing`` or ``surplus``. A word that may be two, and two that may be one, are changed.
        start, end: Span in code points: what is doubtful, or the words on either side of a gap.
        word: The doubtful word, or that which may be missing.
        suggestion: What the text would read instead.
        figure: How likely it is wrong: the higher, the likelier.
        gain: By how much the other reading is likelier, as a natural logarithm.
        tell: Gives the evidence.
    """

    question: str
    start: int
    end: int
    word: str
    suggestion: str
    figure: float
    gain: float
    tell: Callable[[], str] = field(repr=False, compare=False)

    @property
    def evidence(self) -> str:
        """How often either reading stands in the counted text, in words."""
        return self.tell()


_Words = tuple[str, ...]


class Teller:
    """Tells of places among some forms."""

    def __init__(self, model: Model, counts: Counts, forms: Forms) -> None:
        """``counts``: of the counted text and of the edition."""
        self._model = model
        self._counts = counts
        self._forms = forms

    def doubt(self, question: str, at: int, rival: int, text: str, figure: float, gain: float) -> Doubt | None:
        """What is said of a place, or None: something that is no word stands between its words.

        Args:
            question: One of `QUESTIONS`.
            at, rival: Place and rival reading as `Table` has them.
            text: The text that the place lies in.
        """
        gain = min(max(gain, 0.0), _GAIN)
        if question == "changed":
            return self._changed(at, self._model.words_of(rival), figure, gain)
        if question == "joined":
            table = self._model.divisions
            both = (table.first[rival], table.second[rival])
            return self._changed(at, self._model.words_of(*map(int, both)), figure, gain)
        forms = self._forms
        if forms.starts[at - 1] < 0:
            return None
        start, end = int(forms.starts[at - 1]), int(forms.ends[at])
        gap = text[forms.ends[at - 1] : forms.starts[at]]
        if gap.strip() or not gap:
            return None
        before, written = forms.word(at - 1), forms.word(at)
        if question == "missing":
            (word,) = self._model.words_of(rival)
            tell = partial(self._told, (before, word, written), (before, written))
            return Doubt("missing", start, end, word, f"{before} {word}{gap}{written}", figure, gain, tell)
        after = self._words(at + 1)
        if question == "surplus":
            tell = partial(self._told, (before, *after), (before, written, *after))
            return Doubt("surplus", start, end, written, before, figure, gain, tell)
        if "\n" in gap:
            return None
        (whole,) = self._model.words_of(int(self._model.divisions.whole[rival]))
        suggestion = _like(whole, before + written if len(before) == 1 else before)
        tell = partial(self._told_beside, (suggestion,), (before, written), self._words(at - 2), after)
        return Doubt("changed", start, end, f"{before} {written}", suggestion, figure, gain, tell)

    def _changed(self, at: int, words: _Words, figure: float, gain: float) -> Doubt:
        """Another word, or two, for one."""
        written = self._forms.word(at)
        suggestion = " ".join(
            _like(word, written) if not n or written.isupper() else word for n, word in enumerate(words)
        )
        before, after = self._words(at - 1), self._words(at + 1)
        tell = partial(self._told_between, tuple(suggestion.split()), (written,), before, after)
        start, end = int(self._forms.starts[at]), int(self._forms.ends[at])
        return Doubt("changed", start, end, written, suggestion, figure, gain, tell)

    def _words(self, at: int) -> _Words:
        """The form at a place, as it is written; none at an edge."""
        return (self._forms.word(at),) if self._forms.starts[at] >= 0 else ()

    def _told_between(self, other: _Words, own: _Words, before: _Words, after: _Words) -> str:
        """The evidence with both neighbours; with one, for two words, and where neither reading was counted so."""
        both = (*before, *other, *after), (*before, *own, *after)
        if len(other) == 1 and any(len(words) > 1 and self._many(words) for words in both):
            return self._told(*both)
        return self._told_beside(other, own, before, after)

    def _told_beside(self, other: _Words, own: _Words, before: _Words, after: _Words) -> str:
        """The evidence for one word and for two: with the neighbour of which the counts know more; one or the other."""
        beside = [((*before, *other), (*before, *own))] if before else []
        beside += [((*other, *after), (*own, *after))] if after else []
        if not beside:
            return self._told(other, own)
        return self._told(*max(beside, key=lambda both: self._many(both[0]) + self._many(both[1])))

    def _told(self, other: _Words, own: _Words) -> str:
        """``“a base for” 212, “a bane for” 0 times``."""
        return ", ".join(f"“{' '.join(words)}” {self._count(words)}" for words in (other, own))

    def _count(self, words: _Words) -> str:
        if len(words) < 2:
            return "?"
        many = self._many(words)
        return f"about {round(many, -(len(str(many)) - 2)):,}" if many > 127 else str(many)

    def _many(self, words: _Words) -> int:
        """How often two or three words stand together."""
        columns = [np.array([hashed(form(word))], dtype=np.uint64) for word in words]
        return int((self._counts.pair(*columns) if len(columns) == 2 else self._counts.triple(*columns))[0])


def _like(word: str, written: str) -> str:
    """The word with the capitals of another."""
    if len(written) > 1 and written.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if written[:1].isupper() else word
