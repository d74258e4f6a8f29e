"""A text as the model sees it: words in small letters, signs, and one form each for figures and for what is unknown.

A run of forms is what is read in one breath: a paragraph, or a note. Between runs stand `EDGE` forms, so that no word
has a neighbour in another paragraph.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy

FIGURE, CAPITAL, UNKNOWN, EDGE = "<figure>", "<capital>", "<unknown>", "<edge>"
SPECIAL = ("<none>", FIGURE, CAPITAL, UNKNOWN, EDGE)
"""Forms before the words of the vocabulary, in this order; ``<none>`` stands for text that was left out."""
REACH = 4
"""How many neighbours on either side are looked at; so many edges stand between two runs."""
_FORM = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d[\d.,/]*\d|\d|[,.;:?!()\[\]—–&-]")
_CUT = re.compile(f"({_FORM.pattern})")
_SIGNS = {"?": ".", "!": ".", "[": "(", "]": ")", "–": "—"}
_BREAK = re.compile(r"\n[^\S\n]*\n\s*")

Array = Any
"""An array of numpy, which is loaded only where texts are judged."""


def cut(text: str) -> list[str]:
    """The words and signs of a text as written."""
    return _FORM.findall(text)


def form(written: str) -> str:
    """The form of a word or sign."""
    first = written[0]
    if first.isdigit():
        return FIGURE
    if len(written) == 1 and not first.isalpha():
        return _SIGNS.get(written, written)
    return written.lower().replace("’", "'")


def capital(written: str) -> int:
    """0 for small letters, 1 for a capital in front, 2 for capitals throughout."""
    if not written[0].isupper():
        return 0
    return 2 if len(written) > 1 and written[1].isupper() else 1


class Vocabulary:
    """Numbers of forms. A form that is not in the list has the number of `CAPITAL` or `UNKNOWN`."""

    def __init__(self, words: Iterable[str]) -> None:
        self.forms = (*SPECIAL, *words)
        self.numbers: Mapping[str, int] = {form: number for number, form in enumerate(self.forms)}
        self._written: dict[str, int] = {}

    def number(self, written: str) -> int:
        """The number of a word as written."""
        found = self._written.get(written)
        if found is None:
            found = self.numbers.get(form(written))
            if found is None:
                found = 2 if written[0].isupper() else 3
            if len(self._written) < 200_000:
                self._written[written] = found
        return found


@dataclass(frozen=True)
class Forms:
    """The forms of a text, in order, with edges between runs and at both ends.

    Attributes:
        ids: Numbers of the forms.
        capitals: As `capital` says.
        starts, ends: Spans in code points; -1 for edges.
        written: The words as written; "" for edges.
    """

    ids: "numpy.ndarray[Any, Any]"
    capitals: "numpy.ndarray[Any, Any]"
    starts: Sequence[int]
    ends: Sequence[int]
    written: Sequence[str]

    def __len__(self) -> int:
        return len(self.written)


def forms_of(spans: Iterable[tuple[str, int, int]], vocabulary: Vocabulary) -> Forms:
    """The forms of some spans of texts, each read by itself and broken at empty lines."""
    import numpy

    starts: list[int] = [-1] * REACH
    ends: list[int] = [-1] * REACH
    written: list[str] = [""] * REACH
    for view, first, last in spans:
        at = first
        while at < last:
            found = _BREAK.search(view, at, last)
            parts = _CUT.split(view[at : found.start() if found else last])
            if len(parts) > 1:
                edges = list(accumulate(map(len, parts), initial=at))
                starts += edges[1:-1:2]
                ends += edges[2::2]
                written += parts[1::2]
                starts += [-1] * REACH
                ends += [-1] * REACH
                written += [""] * REACH
            at = found.end() if found else last
    edge = vocabulary.numbers[EDGE]
    number = vocabulary.number
    distinct = {one: number(one) * 4 + capital(one) for one in set(written) if one}
    distinct[""] = edge * 4
    both = numpy.fromiter(map(distinct.__getitem__, written), dtype=numpy.int32, count=len(written))
    return Forms(both >> 2, both & 3, starts, ends, written)
