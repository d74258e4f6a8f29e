"""A text as rules see it: layers, words, paragraphs, each computed once and shared by all rules.

Positions everywhere are code points of the text. Words are found once for each set of layers; a rule then looks
its own words up, so a hundred rules cost little more than one.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from obelos_transcripts import LAYERS, Layer, Layered, Region, Variant, read_layers
from obelos_transcripts.details import Details
from obelos_transcripts.normal_forms import NONE, Lists

from .structure import Label, find_labels

_T = TypeVar("_T")
NOTHING_KNOWN = Details()
_WORD = re.compile("([^\\W_]+(?:['’ꞌʼʹ][^\\W_]+)*)")
_ACCENTED = re.compile("([^\\W_][^\\W_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\\W_]*)*(?:['’ꞌʼʹ][^\\W_]+)*)")
_ACCENT = re.compile("[\u0300-\u036f]")
# The same words, cut faster, where all letters are small Latin ones and all apostrophes straight.
_LATIN = "a-z0-9ß-öø-ɏ"
_LATIN_WORD = re.compile(f"([{_LATIN}]+(?:'[{_LATIN}]+)*)")
_NOT_LATIN = re.compile(f"[^\\x00-@\\[-`{_LATIN}{{-~“”‘—–…•§£°×÷]")


@dataclass(frozen=True)
class Words:
    """The words of some layers of a text, in order.

    ``normal`` is lower case with ``'`` for every apostrophe. ``joints`` has one more item: what stands before each
    word and after the last, `JOINT` where only white space within a paragraph does, else a stop.
    """

    view: str
    starts: list[int]
    ends: list[int]
    normal: list[str]
    joints: list[str]

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def index(self) -> dict[str, list[int]]:
        """Numbers of the occurrences of each word."""
        found: dict[str, list[int]] = {}
        for number, word in enumerate(self.normal):
            if word in found:
                found[word].append(number)
            else:
                found[word] = [number]
        return found

    @cached_property
    def padded(self) -> list[str]:
        """The words in normal form, and nothing beside the last one and, counted from the end, before the first."""
        return [*self.normal, "", ""]

    @cached_property
    def distinct(self) -> frozenset[str]:
        """The different words, in normal form: the cheapest question to ask of a text."""
        return frozenset(self.normal)

    def text(self, number: int) -> str:
        """A word as it stands."""
        return self.view[self.starts[number] : self.ends[number]]

    def gap(self, number: int) -> str:
        """What stands between a word and the next one."""
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.view)
        return self.view[self.ends[number] : end]

    def after(self, number: int) -> int | None:
        """Number of the next word, if only white space within a paragraph lies between."""
        return number + 1 if self.joints[number + 1] is JOINT else None

    def before(self, number: int) -> int | None:
        """Number of the word before, likewise."""
        return number - 1 if self.joints[number] is JOINT else None


JOINT = " "
_STOP = "."


class _Joints(dict[str, str]):
    """What each gap between words is; there are few different ones."""

    def __missing__(self, gap: str) -> str:
        self[gap] = JOINT if gap == " " or (gap.isspace() and gap.count("\n") < 2) else _STOP
        return self[gap]


_joints = _Joints()
_MOST_JOINTS = 4096


def _words(view: str) -> Words:
    lowered = normal_form(view)
    same = len(lowered) == len(view)  # else a capital stands there whose small letter is two code points
    plain = same and not _NOT_LATIN.search(lowered)
    cut = _LATIN_WORD if plain else _ACCENTED if _ACCENT.search(view) else _WORD
    pieces = cut.split(lowered if same else view)
    ends = list(accumulate(map(len, pieces)))
    normal = pieces[1::2] if same else [normal_form(piece) for piece in pieces[1::2]]
    if len(_joints) > _MOST_JOINTS:
        _joints.clear()
    joints = [_joints[gap] for gap in pieces[0::2]]
    joints[0] = joints[-1] = _STOP
    return Words(view, ends[0:-1:2], ends[1::2], normal, joints)


def _part(whole: Words, view: str, regions: Iterable[Region]) -> Words:
    """The words that stand in some regions; a joint that reaches over what lies between is a stop."""
    starts: list[int] = []
    ends: list[int] = []
    normal: list[str] = []
    joints: list[str] = []
    end_of_last = -1
    for start, end, _ in regions:
        first, after = bisect_left(whole.starts, start), bisect_left(whole.starts, end)
        if first == after:
            continue
        starts += whole.starts[first:after]
        ends += whole.ends[first:after]
        normal += whole.normal[first:after]
        joints += whole.joints[first:after]
        if start != end_of_last:
            joints[first - after] = _STOP
        end_of_last = end
    return Words(view, starts, ends, normal, [*joints, _STOP])


def normal_form(word: str) -> str:
    """Lower case, with ``'`` for a typographic apostrophe."""
    return word.lower().replace("’", "'")


Differences = Mapping[str, Sequence[Variant]]
NO_DIFFERENCES: Differences = MappingProxyType({})


@dataclass(frozen=True)
class Reading:
    """A layered text and what is derived from it.

    Attributes:
        name: The document's or file's name, or empty.
        details: What ``document.yaml`` says of the document; nothing where there is none.
        witnesses: The other texts that carry the document, by siglum.
        forms: What the edition takes for one word when it compares them, besides what is shipped.
        learned: File of what the edition has taught; None where nothing was learned.
        differences: Where a witness differs from the text, by siglum, of those compared before.
    """

    layered: Layered
    name: str = ""
    details: Details = NOTHING_KNOWN
    witnesses: Mapping[str, str] = field(default_factory=dict)
    forms: Lists = NONE
    learned: Path | None = None
    differences: Differences = field(default_factory=dict)
    _views: dict[tuple[Layer, ...], str] = field(default_factory=dict)
    _words: dict[tuple[Layer, ...], Words] = field(default_factory=dict)
    _models: dict[Any, Any] = field(default_factory=dict)

    def once(self, model: Callable[["Reading"], _T]) -> _T:
        """What a function makes of this text, made once and shared by all rules that ask for it."""
        if model not in self._models:
            self._models[model] = model(self)
        made: _T = self._models[model]
        return made

    def knows(self, model: Callable[["Reading"], Any]) -> bool:
        """Whether `once` has made this already."""
        return model in self._models

    def know(self, model: Callable[["Reading"], _T], made: _T) -> None:
        """Take what a function makes of this text as made: something makes it of many texts at once."""
        self._models[model] = made

    @property
    def text(self) -> str:
        """The whole text."""
        return self.layered.text

    def view(self, layers: tuple[Layer, ...]) -> str:
        """The text with every code point outside these layers masked, line ends apart."""
        layers = self._present(layers)
        if layers not in self._views:
            self._views[layers] = self.text if layers == self._layers else self.layered.view(*layers)
        return self._views[layers]

    def _present(self, layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
        """Those of some layers that the text has: rules for different layers often see the same."""
        return tuple(layer for layer in self._layers if layer in layers)

    @cached_property
    def _layers(self) -> tuple[Layer, ...]:
        here = {region.layer for region in self.layered.regions}
        return tuple(layer for layer in LAYERS if layer in here)

    def words(self, layers: tuple[Layer, ...]) -> Words:
        """The words of these layers."""
        layers = self._present(layers)
        if layers not in self._words:
            if layers == self._layers:
                self._words[layers] = _words(self.text)
            else:
                regions = (region for region in self.layered.regions if region.layer in layers)
                self._words[layers] = _part(self.words(LAYERS), self.view(layers), regions)
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
