"""The outline of a text: labels of numbered paragraphs and lettered items, as typed at the start of a line.

``[1.]`` counts as ``1.``: an editor has supplied the label, and the sequence runs through it.
"""

import re
from typing import Literal, NamedTuple

Series = Literal["number", "letter", "roman"]

_LABEL = re.compile(
    r"^[ \t\ufeff]*(?P<open>\[?\(?)(?:(?P<number>\d{1,3})|(?P<letter>[a-zA-Z])|(?P<roman>[ivx]{2,5}))"
    r"(?P<close>\.\)?|\))\]?(?=[ \t]+\S|\][ \t]+\S)",
    re.MULTILINE,
)
_ROMAN = {"i": 1, "v": 5, "x": 10}
ROMAN_LETTERS = (9, 22, 24)
"""Values of the letters i, v, x, which may be Roman numerals."""


class Label(NamedTuple):
    """A label: half-open span of its number or letter, its series, its shape such as ``(a)``, its value from 1."""

    start: int
    end: int
    series: Series
    shape: str
    value: int


def find_labels(view: str) -> tuple[Label, ...]:
    """Labels at the starts of lines, in order. A single ``i``, ``v`` or ``x`` is a letter; see `as_roman`."""
    labels = []
    for found in _LABEL.finditer(view):
        series: Series = "number" if found["number"] else "letter" if found["letter"] else "roman"
        text = found[series]
        case = "A" if text.isupper() else "a"
        # An editor's brackets are not part of the shape: [1.] and 2. are one list.
        shape = found["open"].replace("[", "") + ("1" if series == "number" else case) + found["close"]
        labels.append(Label(*found.span(series), series, shape, _value(series, text.lower())))
    return tuple(labels)


def as_roman(label: Label) -> Label:
    """The same label read as a Roman numeral: ``v.`` is the 22nd letter, or five."""
    letter = chr(ord("a") + label.value - 1)
    return label._replace(series="roman", value=_value("roman", letter))


def _value(series: Series, text: str) -> int:
    if series == "number":
        return int(text)
    if series == "letter":
        return ord(text) - ord("a") + 1
    values = [_ROMAN[char] for char in text]
    following = [*values[1:], 0]
    return sum(-one if one < next_ else one for one, next_ in zip(values, following, strict=True))
