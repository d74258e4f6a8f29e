"""A text as the model sees it: words in small letters, signs, and one form each for figures and for what is unknown.

A run of forms is what is read in one breath: a paragraph, or a note. Between runs stand `EDGE` forms, so that no word
has a neighbour in another paragraph.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy

FIGURE, CAPITAL, UNKNOWN, EDGE = "<figure>", "<capital>", "<unknown>", "<edge>"
SPECIAL = ("<none>", FIGURE, CAPITAL, UNKNOWN, EDGE)
"""Forms before the words of the vocabulary, in this order; ``<none>`` stands for text that was left out."""
REACH = 4
"""How many neighbours on either side are looked at; so many edges stand between two runs, and at both ends."""
AROUND = 40
"""Places on either side by which a passage is called telegraphic; so many edges stand between two pieces."""
_FORM = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d[\d.,/]*\d|\d|[,.;:?!()\[\]—–&-]")
_SIGNS = {"?": ".", "!": ".", "[": "(", "]": ")", "–": "—"}

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

    def number(self, written: str) -> int:
        """The number of a word as written."""
        found = self.numbers.get(form(written))
        if found is None:
            return 2 if written[0].isupper() else 3
        return found

    @cached_property
    def sums(self) -> tuple[Array, Array]:
        """What tells the words from one another, sorted, and the number of each."""
        import numpy

        from .characters import sums

        words = self.forms[len(SPECIAL) :]
        lengths = numpy.fromiter(map(len, words), numpy.int64, len(words))
        ends = numpy.cumsum(lengths)
        found = sums("".join(words), ends - lengths, ends)
        order = numpy.argsort(found)
        return found[order], (order + len(SPECIAL)).astype(numpy.int32)


@dataclass(frozen=True)
class Forms:
    """The forms of a text, in order, with edges between runs and at both ends.

    Attributes:
        ids: Numbers of the forms.
        capitals: As `capital` says.
        starts, ends: Spans in code points; -1 for edges.
        text: What was cut; the forms lie in it at ``places`` (beginnings; their lengths are those of the spans).
            Empty where only numbers are known.
        pieces: Where in ``text`` each piece begins.
    """

    ids: "numpy.ndarray[Any, Any]"
    capitals: "numpy.ndarray[Any, Any]"
    starts: "numpy.ndarray[Any, Any]"
    ends: "numpy.ndarray[Any, Any]"
    text: str = ""
    places: "numpy.ndarray[Any, Any] | None" = None
    pieces: "numpy.ndarray[Any, Any] | None" = None

    def __len__(self) -> int:
        return len(self.ids)

    def piece(self, number: int) -> int:
        """The number of the piece that a form lies in."""
        if self.places is None or self.pieces is None:
            return 0
        return int(self.pieces.searchsorted(self.places[number], "right")) - 1

    def word(self, number: int) -> str:
        """A form as it is written; an edge is written as nothing."""
        if self.places is None:
            return ""
        begin = int(self.places[number])
        return self.text[begin : begin + int(self.ends[number] - self.starts[number])]
