"""Kind ``pairing``: an opening sign without its closing one, or the reverse, within a paragraph.

``open`` and ``close`` are the two signs; the same for both where one sign does both, as on a typewriter. A quotation
that runs through several paragraphs opens each of them and closes the last, so an opening sign is excused where the
next paragraph begins with one; with ``across`` also where it does not. ``a)`` labels an item.
"""

import re
from collections.abc import Iterable, Iterator

from obelos_transcripts import MASK, Layer
from obelos_transcripts.schema import Field, Problems, flag, text

from ..model import Detector, Hit
from ..reading import Reading
from .base import Kind, Values

_LABEL = re.compile(r"(?:^|[\s(;,:.])(?:\d{1,3}|[A-Za-z]|[ivx]{1,5})$")
_LABEL_REACH = 8


def _build(values: Values, problems: Problems, line: int) -> Detector | None:
    opening, closing = values["open"], values["close"]
    if not (opening and closing and len(opening) == len(closing) == 1):
        problems.add(line, "“open” and “close” must be signs of one character each")
        return None
    # A blank line ends the paragraph; what stands first in the next is looked at as well.
    marks = re.compile(rf"[{re.escape(opening)}{re.escape(closing)}]|\n[ \t\r]*\n[\s{MASK}]*")

    def detect(reading: Reading, layers: tuple[Layer, ...]) -> Iterable[Hit]:
        for layer in layers:
            view = reading.view((layer,))
            if opening in view or closing in view:
                left = _unpaired(view, marks, opening, closing)
                yield from _alone(view, list(left), opening) if values["across"] else left

    return detect


def _unpaired(view: str, marks: re.Pattern[str], opening: str, closing: str) -> Iterator[Hit]:
    waiting: list[int] = []
    for mark in marks.finditer(view):
        at = mark.start()
        if view[at] == opening and not (waiting and opening == closing):
            waiting.append(at)
        elif view[at] == closing:
            if waiting:
                waiting.pop()
            elif not (closing == ")" and _LABEL.search(view[max(0, at - _LABEL_REACH) : at])):
                yield Hit(at, at + 1)
        else:
            if not view.startswith(opening, mark.end()):
                yield from (Hit(at, at + 1) for at in waiting)
            waiting = []
    yield from (Hit(at, at + 1) for at in waiting)


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
