"""The outline of a text: labels of numbered paragraphs and lettered items, as typed at the start of a line.

``[1.]`` counts as ``1.``: an editor has supplied the label, and the sequence runs through it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
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


_RUN_IN = re.compile(
    r"\((?:(?P<number>\d{1,2})|(?P<letter>[a-zA-Z])|(?P<roman>[ivx]{2,4}))\)(?=\s{1,3}[\w“\"‘'$£])(?!\s{1,3}"
    r"(?:above|below|and|or|of|is|are|was|were|would|will|should|may|can|has|have|to\s\(|supra|infra|thereof|hereof)(?!\w))"
)
_REFERRED = re.compile(
    r"(?:\d|[IVX]|\b(?:paragraphs?|paras?\.?|articles?|art\.|sections?|sec\.|clauses?|items?|points?|part|annex|rule|under"
    r"|alternatives?|courses?|plan|phase|stage|option|questions?|in|of|to|from|on|see|under|with|for|by|category|class"
    r"|chapter|schedule|note|footnote|law|act|no\.|group|sub\w*))\s{0,2}\Z",
    re.IGNORECASE,
)


def run_in_labels(view: str, start: int = 0, end: int | None = None) -> Iterator[Label]:
    """Labels inside paragraphs: *(1) one thing; (2) another*. References such as *paragraph (b)* are left out."""
    for found in _RUN_IN.finditer(view, start, len(view) if end is None else end):
        at = found.start()
        if at and not (view[at - 1].isspace() or view[at - 1] in ":;,—–"):
            continue
        series: Series = "number" if found["number"] else "letter" if found["letter"] else "roman"
        text = found[series]
        label = Label(
            *found.span(series), series, f"({'1' if series == 'number' else 'A' if text.isupper() else 'a'})", 0
        )
        label = label._replace(value=_value(series, text.lower()))
        if label.value > 1 and _REFERRED.search(view, max(0, at - 16), at):
            continue
        yield label


def runs_in(view: str) -> tuple[tuple[Label, ...], ...]:
    """Run-in labels of one shape within one paragraph, each run beginning with its first: (a) … (b) … (d)."""
    runs: list[tuple[Label, ...]] = []
    waiting: dict[str, list[Label]] = {}
    line_end = -1
    for label in run_in_labels(view):
        if label.start > line_end:
            runs += [tuple(run) for run in waiting.values() if len(run) > 1]
            waiting = {}
            line_end = view.find("\n", label.start)
            line_end = len(view) if line_end < 0 else line_end
        _join(waiting, label, runs)
    runs += [tuple(run) for run in waiting.values() if len(run) > 1]
    return tuple(sorted(runs))


def _join(waiting: dict[str, list[Label]], label: Label, runs: list[tuple[Label, ...]]) -> None:
    """Add a label to the run that it goes on with, or begin one with it."""
    if label.series == "letter" and label.value in ROMAN_LETTERS:
        letters = waiting.get(f"{label.shape} letter")
        if not letters or letters[-1].value != label.value - 1:
            label = as_roman(label)
    key = f"{label.shape} {label.series}"
    if label.value == 1:
        if len(waiting.get(key, ())) > 1:
            runs.append(tuple(waiting[key]))
        waiting[key] = [label]
    elif key in waiting:
        waiting[key].append(label)


_LONGEST_LIST = 6_000
"""Code points of a paragraph in which the items of an announced list are counted."""


def items_from(view: str, labels: tuple[Label, ...], start: int) -> int:
    """How many items a list has that begins at a position: run in there, or on the lines below; 0 if none does."""
    farthest = min(len(view), start + _LONGEST_LIST)
    line_end = view.find("\n", start, farthest)
    line_end = farthest if line_end < 0 else line_end
    inside = list(run_in_labels(view, start, line_end))
    if inside and inside[0].start - start < 4 and inside[0].value in (1, *ROMAN_LETTERS):
        return _consecutive(inside)
    if view[start:line_end].strip():
        return 0
    low = bisect_left(labels, (line_end,))
    following = labels[low : low + 60]
    if (
        not following
        or view[line_end : following[0].start].strip(" \t\n([")
        or following[0].value not in (1, ROMAN_LETTERS[0])
    ):
        return 0
    return _consecutive(list(following))


def _consecutive(labels: list[Label]) -> int:
    """Members of the list that the first label opens; others between them are taken for lists inside it."""
    first = as_roman(labels[0]) if labels[0].value == ROMAN_LETTERS[0] and labels[0].series == "letter" else labels[0]
    count = 1 if first.value == 1 else 0
    for label in labels[1:]:
        same = label.shape == first.shape
        readings = (label, as_roman(label)) if label.series == "letter" and label.value in ROMAN_LETTERS else (label,)
        if same and any(one.series == first.series and one.value == count + 1 for one in readings):
            count += 1
        elif same and label.value == 1:
            break
    return count
