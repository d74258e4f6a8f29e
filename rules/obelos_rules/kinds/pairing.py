"""Kind ``pairing``: an opening sign without its closing one, or the reverse, within a paragraph.

``open`` and ``close`` are the two signs; the same for both where one sign does both, as on a typewriter. A quotation
that runs through several paragraphs opens each of them and closes the last, so an opening sign is excused where the
next paragraph begins with one; with ``across`` also where it does not. ``a)`` labels an item.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from obelos_transcripts import MASK, Layer
from obelos_transcripts.schema import Field, Problems, flag, text

from ..model import Detector, Hit
from ..reading import Reading
from .base import Kind, Values

_LABEL = re.compile(r"(?:^|[\s(;,:.])(?:\d{1,3}|[A-Za-z]|[ivx]{1,5})$")
_LABEL_REACH = 8
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_FIRST = re.compile(rf"[\s{MASK}]*")


def _build(values: Values, problems: Problems, line: int) -> Detector | None:
    opening, closing = values["open"], values["close"]
    if not (opening and closing and len(opening) == len(closing) == 1):
        problems.add(line, "“open” and “close” must be signs of one character each")
        return None
    marks = re.compile(rf"[{re.escape(opening)}{re.escape(closing)}]")

    def detect(reading: Reading, layers: tuple[Layer, ...]) -> Iterable[Hit]:
        for layer in layers:
            view = reading.view((layer,))
            if opening in view or closing in view:
                left = _unpaired(view, marks, reading.once(_paragraph_ends), opening, closing)
                yield from _alone(view, list(left), opening) if values["across"] else left

    return detect


def _paragraph_ends(reading: Reading) -> list[int]:
    """Where each paragraph ends, at a blank line."""
    return [found.start() for found in _BLANK_LINE.finditer(reading.text)]


def _unpaired(view: str, marks: re.Pattern[str], ends: list[int], opening: str, closing: str) -> Iterator[Hit]:
    waiting: list[int] = []
    paragraph = 0
    for mark in marks.finditer(view):
        at = mark.start()
        if paragraph < len(ends) and ends[paragraph] < at:
            # What stands first in the next paragraph is looked at as well.
            if not view.startswith(opening, _FIRST.match(view, ends[paragraph]).end()):  # type: ignore[union-attr]
                yield from (Hit(one, one + 1) for one in waiting)
            waiting = []
            paragraph = bisect_left(ends, at)
        if view[at] == opening and not (waiting and opening == closing):
            waiting.append(at)
        elif waiting:
            waiting.pop()
        elif not (closing == ")" and _LABEL.search(view[max(0, at - _LABEL_REACH) : at])):
            yield Hit(at, at + 1)
    yield from (Hit(one, one + 1) for one in waiting)


def _alone(view: str, left: list[Hit], opening: str) -> Iterator[Hit]:
    """Of the signs without a partner in their paragraph those that have none in another paragraph either."""
    waiting: list[Hit] = []
    alone: list[Hit] = []
    for hit in left:
        if view[hit.start] == opening:
            waiting.append(hit)
        elif waiting:
            waiting.pop()
        else:
            alone.append(hit)
    return iter(sorted([*alone, *waiting], key=lambda hit: hit.start))


KIND = Kind(
    "pairing",
    {
        "open": Field(text, required=True, about="the opening sign, one character"),
        "close": Field(text, required=True, about="the closing sign"),
        "across": Field(flag, default=False, about="whether a pair may embrace several paragraphs"),
    },
    _build,
    about=__doc__ or "",
)
