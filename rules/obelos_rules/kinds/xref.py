"""Kind ``xref``: references inside a document that lead nowhere.

``what: direction`` (*paragraph 4 above* in or before paragraph 4), ``missing`` (*paragraph 9* of five), ``unlisted``
(*your telegram No. 459* where the document is headed *Your telegrams Nos. 494 and 495*), ``item`` (*paragraph 3 (d)*
where paragraph 3 ends with c), ``own`` (*Addressed to Paris telegram No. 61* in telegram No. 16; the number of
the heading against document.yaml or the document's name as well), ``note`` (*see footnote 5 above* in note 3),
``way`` (*Embtel 61* in the body, *telegram 61 to Lima* in its note: telegrams of the embassy come from there),
``noted`` (the note at a reference begins with another number), ``itself`` (*see Document 69* in
number 69), ``near`` (*urtel 615* and *urtel 1615* of one day).
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator

from obelos_transcripts import LAYERS, Layer
from obelos_transcripts.schema import Field, Problems, choice

from ..document_model import Head, head_of
from ..model import Detector, Hit
from ..reading import Reading
from ..references import references_of
from ..references_against import near_numbers, noted_otherwise
from ..structure import Label
from .base import Kind, Values
from .enumeration import list_items

_PARAGRAPH = re.compile(
    r"\b[Pp]ara(?:graph|s?\.)?\s(?P<number>\d{1,3})\b(?:\s?\(\w{1,3}\))*(?:,?\s(?P<way>above|below))?"
)
# A paragraph of another document: "paragraph 9 of your telegram", "your telegram 12, paragraph 9".
_ELSEWHERE = re.compile(
    r"\b(?:of|in|your|you|to|telegram|tel|despatch|dispatch|letter|note|memo\w*|report|resolution|article|treaty"
    r"|charter|agreement|section|part|annex|draft|document|directive|re|ref\w*|his|their)\b",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"^[ \t]*(?:[Yy]our|[Mm]y) (?:immediately preceding )?(?P<what>telegrams?|despatch(?:es)?) Nos?\b", re.MULTILINE
)
_CITED = re.compile(
    r"\b(?P<whose>[Yy]our|[Mm]y) (?P<what>telegram|despatch) Nos?\b\.?\s?(?P<number>\d{1,6})(?![\w/])(?! of)"
)
_ITEM = re.compile(r"\b[Pp]ara(?:graph|s?\.)?\s(?P<number>\d{1,3})\s?\((?P<letter>[a-z])\)")
_OWN = re.compile(
    r"\b(?P<way>Addressed to|Sent(?: to)?)\s(?:the\s)?(?P<whom>Department(?: of State)?|Dept|Foreign Office"
    r"|[A-Z][a-z]{2,15}(?: [A-Z][a-z]{2,15})?)(?P<as>\s(?:as\s)?(?:telegram|tel\.?)|\s[A-Z][a-z]{2,8})?(?:\sNo\.?)?\s?"
    r"(?P<number>\d{1,5})(?![\w/.,]\d|\w)(?=\s?[.,;:\n]|\sof\b|\srepeated|\srptd)"
)
_FOOTNOTE = re.compile(
    r"\bfootnote\s(?P<number>\d{1,3}),?\s(?P<way>above|below)\b(?!,?\s(?:p|pp|Document)\b)", re.IGNORECASE
)
_PRINTED = re.compile(
    r"[\s\ufeff]*(?P<number>\d{1,4})\. (?:Telegram|Memorandum|Letter|Airgram|Despatch|Circular|Paper|Note|Editorial)"
)
_AFTER_NAME = re.compile(r"[^\d]*[a-z]-(?P<number>\d{2,6})\Z")
_FEWEST = 3
_PARAGRAPH_WORDS = frozenset(["para", "paras", "paragraph"])
_MOST_ITEMS = 60


def _build(values: Values, problems: Problems, line: int) -> Detector:
    search = _SEARCHES[values["what"]]

    def detect(reading: Reading, layers: tuple[Layer, ...]) -> Iterable[Hit]:
        return search(reading, reading.view(layers))

    return detect


def _numbered(reading: Reading) -> dict[int, Label]:
    """Numbered paragraphs by number, if they make one list; a second list makes every reference ambiguous.

    None where the text does not speak of paragraphs at all.
    """
    if _PARAGRAPH_WORDS.isdisjoint(reading.words(LAYERS).distinct):
        return {}
    found: dict[int, Label] = {}
    for label in reading.labels:
        if label.series != "number" or label.shape != "1.":
            continue
        if label.value in found:
            return {}
        found[label.value] = label
    return found if len(found) >= _FEWEST else {}


def _direction(reading: Reading, view: str) -> Iterator[Hit]:
    numbered = _numbered(reading)
    for found in _PARAGRAPH.finditer(view) if numbered else ():
        target = numbered.get(int(found["number"]))
        if target is None or not found["way"]:
            continue
        right = "above" if target.start < found.start() else "below"
        following = [one.start for one in numbered.values() if one.start > target.start]
        inside = target.start < found.start() < min(following, default=len(view))
        if right != found["way"] or inside:
            suggestions = () if inside else (right,)
            yield Hit(*found.span("way"), suggestions, {"number": found["number"], "count": str(len(numbered))})


def _missing(reading: Reading, view: str) -> Iterator[Hit]:
    numbered = _numbered(reading)
    for found in _PARAGRAPH.finditer(view) if numbered else ():
        number = int(found["number"])
        if number <= max(numbered) or (not found["way"] and _of_another(view, *found.span())):
            continue
        yield Hit(*found.span("number"), (), {"number": str(number), "count": str(max(numbered))})


def _of_another(view: str, start: int, end: int) -> bool:
    before, after = view[max(0, start - 60) : start], view[end : end + 25]
    sentence = re.split(r"(?<!No)[.;]\s", before)[-1]
    sentence = re.sub(r"\b(?:in|of|to)\s*$", "", sentence, flags=re.IGNORECASE)
    return bool(_ELSEWHERE.search(sentence) or re.match(r"[\s,]*(?:\S+\s)?(?:of|in|your|my|reference)\b", after))


def _unlisted(reading: Reading, view: str) -> Iterator[Hit]:
    head = _HEAD.search(view)
    if not head:
        return
    spans = list_items(view, head.end())
    listed = {view[start:end] for start, end in spans}
    if len(listed) < 2 or not all(number.isdecimal() for number in listed):
        return
    whose = head.group().split()[0].lower()
    for found in _CITED.finditer(view, spans[-1][1]):
        same = found["whose"].lower() == whose and head["what"].startswith(found["what"])
        if same and found["number"] not in listed:
            yield Hit(*found.span("number"), (), {"number": found["number"], "count": ", ".join(sorted(listed))})


def _item(reading: Reading, view: str) -> Iterator[Hit]:
    numbered = _numbered(reading)
    for found in _ITEM.finditer(view) if numbered else ():
        target = numbered.get(int(found["number"]))
        if target is None or _of_another(view, *found.span()):
            continue
        end = min((one.start for one in numbered.values() if one.start > target.start), default=len(view))
        labels = reading.labels[bisect_left(reading.labels, (target.end,)) : bisect_left(reading.labels, (end,))]
        inside = [one.value for one in labels[:_MOST_ITEMS] if one.series == "letter"]
        wanted = ord(found["letter"]) - ord("a") + 1
        # A paragraph without lettered items may be lettered in the sender's copy; one of some must have them all.
        if len(inside) > 1 and wanted > max(inside) and inside == list(range(1, len(inside) + 1)):
            last = chr(ord("a") + max(inside) - 1)
            yield Hit(*found.span("letter"), (), {"number": found["number"], "count": last})


def _own(reading: Reading, view: str) -> Iterator[Hit]:
    head = reading.once(head_of)
    yield from _against_name(reading, head)
    for found in _OWN.finditer(view, 0, head.until) if head.number else ():
        if found["number"] != head.number:
            yield Hit(*found.span("number"), (head.number,), {"number": head.number, "count": ""})


def _note(reading: Reading, view: str) -> Iterator[Hit]:
    notes = [note for note in reading.layered.notes if note.body and note.label.isdecimal()]
    labels = {int(note.label) for note in notes}
    if not notes or "ootnote" not in view:
        return
    for note in notes:
        for found in _FOOTNOTE.finditer(view, *note.body) if note.body else ():
            number, own = int(found["number"]), int(note.label)
            above = found["way"].lower() == "above"
            if number not in labels or number == own or above != (number < own):
                group = "way" if number in labels and number != own else "number"
                yield Hit(*found.span(group), (), {"number": str(number), "count": str(max(labels))})


def _against_name(reading: Reading, head: Head) -> Iterator[Hit]:
    stated, named = reading.details.number, _AFTER_NAME.fullmatch(reading.name)
    if not stated and named and not (head.day and named["number"] == str(head.day.year)):
        stated = named["number"]
    if head.number and stated.isdecimal() and int(stated) != int(head.number):
        yield Hit(*head.number_span, (), {"number": stated, "count": ""})


def _itself(reading: Reading, view: str) -> Iterator[Hit]:
    """*See Document 69* in the note of a document that is printed as number 69."""
    own = _PRINTED.match(reading.text)
    for found in re.finditer(r"\bDocument (?P<number>\d{1,4})(?![\w/.–-]*\d)", view) if own else ():
        if own and found["number"] == own["number"]:
            yield Hit(*found.span("number"), (), {"number": found["number"], "count": ""})


def _way(reading: Reading, view: str) -> Iterator[Hit]:
    """Telegrams of the body whose side a note contradicts, and no other note confirms."""
    references = [one for one in reading.once(references_of) if one.noun == "telegram" and one.number]
    noted: dict[str, set[str]] = {}
    for one in references:
        if one.layer == "note" and one.way:
            noted.setdefault(one.number, set()).add(one.way)
    sides = _sides(reading.once(head_of))
    for one in references if noted else ():
        right = sides.get(one.whose)
        if one.layer == "body" and right and noted.get(one.number) == {"from" if right == "to" else "to"}:
            yield Hit(one.start, one.number_span[1], (), {"number": one.number, "count": ""})


def _sides(head: Head) -> dict[str, str]:
    """Whether a telegram came from the post or went to it, by what the text calls it."""
    sides = {"emb": "from", "dept": "to"}
    sender = head.sender.lower()
    if re.search(r"\bembassy|legation|consul|mission|ambassador|delegation|minister", sender):
        return sides | {"your": "to", "my": "from"}
    if re.search(r"department|secretary of state", sender):
        return sides | {"your": "from", "my": "to"}
    return sides


_SEARCHES: dict[str, Callable[[Reading, str], Iterable[Hit]]] = {
    "direction": _direction,
    "missing": _missing,
    "unlisted": _unlisted,
    "item": _item,
    "own": _own,
    "note": _note,
    "way": _way,
    "noted": lambda reading, view: noted_otherwise(reading, "number"),
    "itself": _itself,
    "near": lambda reading, view: near_numbers(reading),
}

KIND = Kind(
    "xref",
    {"what": Field(choice(*_SEARCHES), required=True, about="what is looked for; see above")},
    _build,
    frozenset({"number", "count"}),
    __doc__ or "",
)
