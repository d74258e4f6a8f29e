"""Kind ``count``: a number that is stated and can be counted, or is stated twice.

``what: figure`` compares a number in words with the figure in brackets beside it (*four (5)*). ``items`` counts what
is announced (*the following three points: (1) … (4)*). ``papers`` counts the enclosures or annexes that a document
says it has against the list of them at its end.
"""

import re
from collections.abc import Iterator

from obelos_transcripts import Layer
from obelos_transcripts.schema import Field, Problems, choice

from ..anchors import Anchor
from ..asked import Asked
from ..model import Detector, Hit
from ..numerals import BY_VALUE, WORDS
from ..reading import Reading, Words
from ..structure import items_from
from .base import Kind, Values

_BESIDE = re.compile(r"(?P<word>[A-Za-z]+(?:-[a-z]+)?)\s\((?P<figure>\d{1,3})\)(?!\()")
_BESIDE_REVERSED = re.compile(r"(?<![\w.,/–-])(?P<figure>\d{1,3})\s\((?P<word>[a-z]+(?:-[a-z]+)?)\)")
_NUMBERED = re.compile(
    r"(?:paragraphs?|paras?\.?|articles?|items?|sections?|points?|chapters?|annex(?:es)?|and|or|part)\s\Z",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    r"following\s(?:(?:main|general|further|additional|specific|principal|basic|possible)\s)?(?P<count>[a-z]{3,9}|\d\d?)\s"
    r"(?P<what>[a-z]{3,20}s)\b(?P<rest>[^.:;\n]{0,120}):[–—-]?(?=\s)"
)
_COUNTED = (
    "points questions proposals conditions reasons principles objectives aims items steps measures factors issues "
    "recommendations conclusions suggestions alternatives possibilities categories amendments considerations "
    "courses arguments requirements matters subjects problems observations comments assumptions stages topics"
)
_COUNTABLE = frozenset(_COUNTED.split())
_STATED = re.compile(
    r"(?P<count>[A-Za-z]{3,9}|\d\d?)\s(?P<what>[Ee]nclosures?|[Aa]nnex(?:es)?|[Aa]ttachments?|[Aa]ppendi(?:x|ces))\b"
    r"|(?P<label>Enclosures?|ENCLOSURES?|Encls?\.?|Attachments?|Annexes):?\s(?P<number>[A-Za-z]{3,9}|\d\d?)(?=\.?\s*$)",
    re.MULTILINE,
)
_LIST = re.compile(r"(?:Enclosures|Attachments|Annexes|ENCLOSURES):?[ \t]*$", re.MULTILINE)
_ENTRY = re.compile(r"\s{0,200}?(?P<line>^[ \t]*\(?(?P<number>\d{1,2})[.)]\)?[ \t]+\S.*$)", re.MULTILINE)


def _build(values: Values, problems: Problems, line: int) -> Detector:
    if values["what"] == "figure":
        return Asked(((Anchor(frozenset(WORDS)), _figures),))
    return _items if values["what"] == "items" else _papers


def value_of(word: str) -> int:
    """A number in words or figures; 0 for another word."""
    return int(word) if word.isascii() and word.isdigit() else WORDS.get(word.lower(), 0)


def _figures(words: Words, number: int) -> Iterator[Hit]:
    start, view = words.starts[number], words.view
    if view[start - 1 : start] == "-":
        return  # the second half of twenty-five
    found = _BESIDE.match(view, start)
    if not found and view[start - 1 : start] == "(":
        found = _BESIDE_REVERSED.search(view, max(0, start - 6), start + 20)
    if found and not _NUMBERED.search(view, max(0, found.start() - 14), found.start()):
        yield from _beside(found)


def _beside(found: re.Match[str]) -> Iterator[Hit]:
    said, figure = WORDS.get(found["word"].lower(), 0), int(found["figure"])
    # "article two (2)" agrees; "one (12)" may be a note or an item, so the two must be of like size.
    if not said or said == figure or not figure or figure > 4 * said + 9 or found["word"].lower() == "one":
        return
    other = BY_VALUE.get(figure, "")
    whole, word = found.group(), found["word"]
    readings = [whole.replace(f"{figure}", f"{said}", 1)]
    if other:
        readings.append(whole.replace(word, other.capitalize() if word[0].isupper() else other, 1))
    yield Hit(found.start(), found.end(), tuple(readings), {"counted": str(figure), "stated": word})


def _items(reading: Reading, layers: tuple[Layer, ...]) -> Iterator[Hit]:
    view = reading.view(layers)
    for found in _ANNOUNCED.finditer(view):
        stated = value_of(found["count"]) if found["what"] in _COUNTABLE else 0
        counted = items_from(view, reading.labels, found.end()) if 2 <= stated <= 20 else 0
        if counted and counted != stated:
            values = {"counted": str(counted), "stated": found["count"]}
            yield Hit(found.start("count"), found.end("count"), (), values)


def _papers(reading: Reading, layers: tuple[Layer, ...]) -> Iterator[Hit]:
    if not any(word in reading.text for word in ("nclosures", "ttachments", "nnexes", "NCLOSURES")):
        return
    headings = (one for one in _LIST.finditer(reading.text) if _opens_line(reading.text, one.start()))
    heading = next(headings, None)
    if heading is None:
        return
    counted, at = 0, heading.end()
    while (entry := _ENTRY.match(reading.text, at)) and int(entry["number"]) == counted + 1:
        counted, at = counted + 1, entry.end()
    if counted < 2:
        return
    kind = heading.group().lower()[:5]
    for found in _STATED.finditer(reading.view(layers), 0, heading.start()):
        word = found["count"] or found["number"]
        what = (found["what"] or found["label"]).lower()
        stated = value_of(word)
        if stated and stated != counted and what[:5] == kind:
            group = "count" if found["count"] else "number"
            yield Hit(*found.span(group), (), {"counted": str(counted), "stated": word})


def _opens_line(text: str, position: int) -> bool:
    """Whether nothing but “List of” stands before a position in its line."""
    return text[text.rfind("\n", max(0, position - 20), position) + 1 : position].strip().lower() in ("", "list of")


KIND = Kind(
    "count",
    {"what": Field(choice("figure", "items", "papers"), required=True, about="what is counted; see above")},
    _build,
    frozenset({"counted", "stated"}),
    __doc__ or "",
)
