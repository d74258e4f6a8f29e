"""A text as rules see it: layers, words, paragraphs, each computed once and shared by all rules.

Positions everywhere are code points of the text. Words are found once for each set of layers; a rule then looks
its own words up, so a hundred rules cost little more than one.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from obelos_transcripts import LAYERS, MASK, Layer, Layered, read_layers
from obelos_transcripts.details import Details

from .structure import Label, find_labels

_T = TypeVar("_T")
NOTHING_KNOWN = Details()
_WORD = re.compile("[^\\W_][^\\W_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\\W_]*)*(?:['’ꞌʼʹ][^\\W_]+)*")


@dataclass(frozen=True)
class Words:
    """The words of a view in order. ``normal`` is lower case with ``'`` for every apostrophe."""

    view: str
    starts: list[int]
    ends: list[int]
    normal: list[str]
    index: dict[str, list[int]]

    def __len__(self) -> int:
        return len(self.starts)

    def text(self, number: int) -> str:
        """A word as it stands."""
        return self.view[self.starts[number] : self.ends[number]]

    def gap(self, number: int) -> str:
        """What stands between a word and the next one."""
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.view)
        return self.view[self.ends[number] : end]

    def after(self, number: int) -> int | None:
        """Number of the next word, if only white space within a paragraph lies between."""
        if number + 1 >= len(self.starts) or not _narrow(self.gap(number)):
            return None
        return number + 1

    def before(self, number: int) -> int | None:
        """Number of the word before, likewise."""
        return number - 1 if number > 0 and _narrow(self.gap(number - 1)) else None

    def of(self, word: str) -> list[int]:
        """Numbers of a word's occurrences, by its normal form."""
        return self.index.get(word, [])


def _narrow(gap: str) -> bool:
    return gap == " " or (gap.isspace() and gap.count("\n") < 2)


def _words(view: str) -> Words:
    spans = [found.span() for found in _WORD.finditer(view)]
    lowered = normal_form(view)
    if len(lowered) == len(view):
        normal = [lowered[start:end] for start, end in spans]
    else:  # a capital whose small letter is two code points
        normal = [normal_form(view[start:end]) for start, end in spans]
    index: dict[str, list[int]] = {}
    for number, word in enumerate(normal):
        if word in index:
            index[word].append(number)
        else:
            index[word] = [number]
    return Words(view, [start for start, _ in spans], [end for _, end in spans], normal, index)


def normal_form(word: str) -> str:
    """Lower case, with ``'`` for a typographic apostrophe."""
    return word.lower().replace("’", "'")


@dataclass(frozen=True)
class Reading:
    """A layered text and what is derived from it.

    Attributes:
        name: The document's or file's name, or empty.
        details: What ``document.yaml`` says of the document; nothing where there is none.
    """

    layered: Layered
    name: str = ""
    details: Details = NOTHING_KNOWN
    _views: dict[tuple[Layer, ...], str] = field(default_factory=dict)
    _words: dict[tuple[Layer, ...], Words] = field(default_factory=dict)
    _models: dict[Any, Any] = field(default_factory=dict)

    def once(self, model: Callable[["Reading"], _T]) -> _T:
        """What a function makes of this text, made once and shared by all rules that ask for it."""
        if model not in self._models:
            self._models[model] = model(self)
        made: _T = self._models[model]
        return made

    @property
    def text(self) -> str:
        """The whole text."""
        return self.layered.text

    def view(self, layers: tuple[Layer, ...]) -> str:
        """The text with every code point outside these layers masked, line ends apart."""
        if layers not in self._views:
            self._views[layers] = self._view(layers)
        return self._views[layers]

    def _view(self, layers: tuple[Layer, ...]) -> str:
        if set(layers) == set(LAYERS):
            return self.text
        if len(layers) == 1:
            return self.layered.view(layers[0])
        pieces = []
        for start, end, layer in self.layered.regions:
            piece = self.text[start:end]
            pieces.append(piece if layer in layers else re.sub(r"[^\n]", MASK, piece))
        return "".join(pieces)

    def words(self, layers: tuple[Layer, ...]) -> Words:
        """The words of these layers."""
        if layers not in self._words:
            self._words[layers] = _words(self.view(layers))
        return self._words[layers]

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        """Labels of numbered paragraphs and lettered items outside the notes, in order."""
        return find_labels(self.view(("heading", "body", "insertion")))

    def passages(self, layers: tuple[Layer, ...]) -> Iterator[tuple[str, int, int]]:
        """Notes, and lines of the other layers: what is read in one breath, and may contradict itself.

        Each is a view and a span in it; the view of a line does not show the notes that stand in it.
        """
        for start, end, layer in self.layered.regions:
            if layer == "note" and layer in layers:
                yield self.text, start, end
        others: tuple[Layer, ...] = tuple(layer for layer in layers if layer != "note")
        if others:
            view = self.view(others)
            for line in re.finditer(r"[^\n]+", view):
                yield view, *line.span()


def read(text: str, name: str = "") -> Reading:
    """Read any text."""
    return Reading(read_layers(text), name)
