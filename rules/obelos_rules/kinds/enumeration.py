"""Kind ``enumeration``: a number that stands twice in one list, as in *Nos. 495, 494, and 495*.

``after`` names the words that open such a list. Items are compared whole: *2 (a) and 2 (b)* are two items.
``what: displaced`` looks for a number out of its order, ``descending`` for ranges that run backwards (*pp. 247–243*;
*247–53* is short for *247–253*), ``years`` for such ranges of years anywhere.
"""

import re
from collections.abc import Iterable

from obelos_transcripts.schema import Field, Problems, choice, several, text

from ..anchors import Anchor
from ..asked import Asked
from ..model import Detector, Hit
from ..reading import Words, normal_form
from .base import Kind, Values

_ITEM = re.compile(r"\d{1,6}(?:[/–-]\d{1,6})?(?:[ ]?\([a-z]{1,4}\))*[a-z]?(?![\w°%])")
_LINK = re.compile(r"\s{0,3}(?:[,;&]|\band\b|\bor\b)(?:\s{0,3}(?:and|or)\b)?\s{0,3}(?:Nos?\.\s{0,3})?(?=\d)")
_RANGE = re.compile(
    r"\.?\s{0,3}(?P<first>\d{1,6})\s?(?:[–-]|\bto\b|\bthrough\b)\s?(?P<last>\d{2,6})(?![\w/–-]|[.,]\d|\s\([a-z]\))"
)
# What stands before is asked afterwards: a pattern that begins with a figure is looked for much faster.
_YEARS = re.compile(r"(?P<first>1[6-9]\d\d)(?P<link>[–-]| to )(?P<last>1[6-9]\d\d)(?![\w/–-]|[.,]\d)")
_ALONE = re.compile(r"[^\w/.,–-]|\A")
_INSIDE = re.compile(r"\d[a-z)]?\s{0,3}(?:[,;&]|\band\b|\bor\b)(?:\s{0,3}(?:and|or))?\s{0,3}\Z")
_LONGEST = 60
"""Numbers in a list that is still read for its order; a longer one is a table."""
_LONGEST_SHOWN = 80
"""Code points of a list that a message quotes."""
_OPEN = re.compile(r"[.:]?[ \t\n]{0,3}(?=\d)")


def list_items(view: str, position: int) -> list[tuple[int, int]]:
    """Spans of the numbers of a list that begins at a position, after the word that opens it."""
    spans = []
    opening = _OPEN.match(view, position)
    position = opening.end() if opening else -1
    while position >= 0 and (item := _ITEM.match(view, position)):
        spans.append(item.span())
        link = _LINK.match(view, item.end())
        position = link.end() if link else -1
    return spans


def _build(values: Values, problems: Problems, line: int) -> Detector | None:
    what = values["what"]
    if what == "years":
        return lambda reading, layers: _years(reading.view(layers))
    if not values["after"]:
        problems.add(line, "“after” is missing: the words that open a list, as in [Nos., pages]")
        return None
    openers = Anchor(frozenset(normal_form(word.rstrip(".")) for word in values["after"]))
    return Asked(((openers, {"doubled": _doubled, "displaced": _displaced, "descending": _descending}[what]),))


def _list_after(words: Words, number: int) -> list[tuple[int, int]]:
    """The list that a word opens; none where the word itself stands in a list, as in *Nos. 5, No. 6 and No. 7*."""
    start = words.starts[number]
    if words.normal[number] in ("no", "nos") and _INSIDE.search(words.view, max(0, start - 12), start):
        return []
    return list_items(words.view, words.ends[number])


def _descending(words: Words, number: int) -> Iterable[Hit]:
    found = _RANGE.match(words.view, words.ends[number])
    if found and _backwards(found["first"], found["last"]):
        yield Hit(found.start("first"), found.end(), (), {"list": "", "number": found["last"]})


def _years(view: str) -> Iterable[Hit]:
    for found in _YEARS.finditer(view):
        before = view[max(0, found.start() - 5) : found.start()]
        alone = before == "from " if found["link"] == " to " else _ALONE.match(before[-1:])
        if alone and _backwards(found["first"], found["last"]):
            yield Hit(*found.span(), (), {"list": "", "number": found["last"]})


def _backwards(first: str, last: str) -> bool:
    """Whether a range does not ascend, its end written out where it is shortened: 247–53 is 247–253."""
    whole = first[: max(0, len(first) - len(last))] + last
    return int(whole) <= int(first)


def _shown(view: str, spans: list[tuple[int, int]]) -> str:
    """The list for a message; a long one is cut, or a message for each of its numbers would grow with its square."""
    start, end = spans[0][0], spans[-1][1]
    return view[start:end] if end - start <= _LONGEST_SHOWN else f"{view[start : start + _LONGEST_SHOWN]}…"


def _doubled(words: Words, number: int) -> Iterable[Hit]:
    """From one occurrence to the next: either may be the wrong one, and another version may show which."""
    view, spans = words.view, _list_after(words, number)
    seen: dict[str, int] = {}
    for start, end in spans:
        item = re.sub(r"\s", "", view[start:end])
        if item in seen:
            yield Hit(seen[item], end, (), {"list": _shown(view, spans), "number": item})
        seen[item] = start


def _displaced(words: Words, number: int) -> Iterable[Hit]:
    view, spans = words.view, _list_after(words, number)
    values = [int(view[start:end]) if view[start:end].isdecimal() else -1 for start, end in spans]
    if not 4 <= len(values) <= _LONGEST or -1 in values or values == sorted(values):
        return
    for place in range(1, len(values)):
        rest = values[:place] + values[place + 1 :]
        if rest == sorted(rest):
            yield Hit(*spans[place], (), {"list": _shown(view, spans), "number": view[slice(*spans[place])]})
            return


KIND = Kind(
    "enumeration",
    {
        "after": Field(several(text), default=(), about="words that open a list or range"),
        "what": Field(choice("doubled", "displaced", "descending", "years"), default="doubled", about="see above"),
    },
    _build,
    frozenset({"list", "number"}),
    __doc__ or "",
)
