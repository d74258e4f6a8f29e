"""Kind ``consistency``: two forms of one thing in one layer; the less frequent form is flagged.

``forms`` lists sets of forms, each compared as written, capitals included. On a tie the form that comes later in
the text is flagged. Layers are judged apart: a note may spell as its own time does. ``swaps`` compares spellings of
one word by letters that are exchanged (*organised*, *organized* by ``[is, iz]``); ``division: true`` compares words
with and without their hyphen (*north-east*, *northeast*); ``dates: true`` compares *25 March 1946* with *March 25,
1946*.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from obelos_transcripts import Layer
from obelos_transcripts.schema import Field, Problems, flag, several, text

from ..document_model import written_dates
from ..model import Detector, Hit
from ..reading import Reading, Words, normal_form
from .base import Kind, Values

_TAIL = re.compile(r"-[a-z]{2,20}(?![\w-])")
_LEAD = re.compile(r"(?<![\w-])[A-Za-z]{2,20}\Z")
_FIRST_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SHORTEST = 6
"""Letters of a word whose spelling is compared; shorter ones are too often two words."""

_Span = tuple[int, int]


@dataclass(frozen=True)
class _Group:
    """Forms of one thing, each with its places; ``reading`` makes of a place and a form what should stand there."""

    forms: dict[str, list[_Span]]
    reading: Callable[[str, str], tuple[str, ...]]


def _as_listed(said: str, form: str) -> tuple[str, ...]:
    return (form,)


def _in_its_case(said: str, form: str) -> tuple[str, ...]:
    return (form.upper() if said.isupper() else form.capitalize() if said[0].isupper() else form,)


def _not_said(said: str, form: str) -> tuple[str, ...]:
    return ()


def _forms(node: Any, problems: Problems) -> Any:
    before = len(problems.found)
    groups = several(several(text))(node, problems)
    for group in groups if len(problems.found) == before else ():
        if group and (len(group) < 2 or len(set(group)) < len(group)):
            problems.add(node.line, "each set of forms needs two different forms or more, as in [[inquiry, enquiry]]")
    return groups


def _swaps(node: Any, problems: Problems) -> Any:
    before = len(problems.found)
    pairs = several(several(text))(node, problems)
    for pair in pairs if len(problems.found) == before else ():
        if len(pair) != 2 or pair[0] == pair[1] or not all(part.isalpha() and part.islower() for part in pair):
            problems.add(node.line, "each swap needs two different runs of small letters, as in [[is, iz], [our, or]]")
    return pairs


def _build(values: Values, problems: Problems, line: int) -> Detector | None:
    if not any(values[key] for key in ("forms", "swaps", "division", "dates")):
        problems.add(line, "a consistency rule needs “forms”, “swaps”, “division: true” or “dates: true”")
        return None
    unless = frozenset(values["unless"])

    def detect(reading: Reading, layers: tuple[Layer, ...]) -> Iterable[Hit]:
        for group in _groups(reading, layers, values, unless):
            for layer in layers:
                yield from _rarer(reading, group, layer)

    return detect


def _groups(reading: Reading, layers: tuple[Layer, ...], values: Values, unless: frozenset[str]) -> Iterator[_Group]:
    """Groups of which two forms or more stand in the text."""
    if values["dates"]:
        yield _date_forms(reading)
    if not (values["forms"] or values["swaps"] or values["division"]):
        return
    words = reading.words(layers)
    listed = [forms for forms in values["forms"] if sum(_first(form) in words.distinct for form in forms) > 1]
    swapped = [pair for swap in values["swaps"] for pair in _swapped(words, swap) if not unless & set(pair)]
    hyphened = _hyphened(words, unless) if values["division"] else {}
    wanted = {_first(form) for forms in listed for form in forms}
    wanted |= {form for pair in swapped for form in pair} | {form.replace("-", "") for form in hyphened}
    places = _places(words, wanted)
    for forms in listed:
        yield _Group({form: list(_written_so(words, places[_first(form)], form)) for form in forms}, _as_listed)
    for pair in swapped:
        yield _Group({form: places[form] for form in pair}, _in_its_case)
    for form, spans in hyphened.items():
        closed = form.replace("-", "")
        yield _Group({form: spans, closed: places[closed]}, _in_its_case)


def _rarer(reading: Reading, group: _Group, layer: Layer) -> Iterator[Hit]:
    """Places of the forms that are less frequent in a layer than another."""
    places = {
        form: [span for span in spans if reading.layered.layer_at(span[0]) == layer]
        for form, spans in group.forms.items()
    }
    present = [form for form in places if places[form]]
    if len(present) < 2:
        return
    usual = max(present, key=lambda form: (len(places[form]), -places[form][0][0]))
    for form in present:
        for start, end in places[form] if form != usual else ():
            counts = {"rare": str(len(places[form])), "usual": str(len(places[usual]))}
            yield Hit(start, end, group.reading(reading.text[start:end], usual), counts)


def _first(form: str) -> str:
    """The first word of a form, in its normal form."""
    found = _FIRST_WORD.match(form)
    return normal_form(found.group()) if found else ""


def _places(words: Words, wanted: set[str]) -> dict[str, list[_Span]]:
    """Where each of some words stands, looked for once for all of them."""
    places: dict[str, list[_Span]] = {form: [] for form in wanted}
    if not wanted.isdisjoint(words.distinct):
        for number in [number for number, form in enumerate(words.normal) if form in wanted]:
            places[words.normal[number]].append((words.starts[number], words.ends[number]))
    return places


def _written_so(words: Words, spans: list[_Span], form: str) -> Iterator[_Span]:
    for start, _ in spans:
        end = start + len(form)
        if words.view.startswith(form, start) and not words.view[end : end + 1].isalnum():
            yield start, end


def _swapped(words: Words, swap: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Words of which both spellings stand in the text, in alphabetical order."""
    first, second = swap
    for form in sorted(form for form in words.distinct if first in form and len(form) >= _SHORTEST):
        at = form.rfind(first)
        other = form[:at] + second + form[at + len(first) :]
        if at and other in words.distinct:
            yield form, other


def _hyphened(words: Words, unless: frozenset[str]) -> dict[str, list[_Span]]:
    """Words with a hyphen that stand without it as well."""
    found: dict[str, list[_Span]] = {}
    for tail in _TAIL.finditer(words.view):
        if lead := _LEAD.search(words.view, max(0, tail.start() - 22), tail.start()):
            form = normal_form(words.view[lead.start() : tail.end()])
            if form not in unless and form.replace("-", "") in words.distinct:
                found.setdefault(form, []).append((lead.start(), tail.end()))
    return found


def _date_forms(reading: Reading) -> _Group:
    forms: dict[str, list[_Span]] = {"day first": [], "month first": []}
    for one, _ in reading.once(written_dates):
        if one.day and one.year and not one.numeric and not one.weekday:
            forms["day first" if one.text[0].isdecimal() else "month first"].append((one.start, one.end))
    rare, usual = sorted(forms.values(), key=len)
    return _Group(forms if 2 * len(rare) <= len(usual) else {}, _not_said)


KIND = Kind(
    "consistency",
    {
        "forms": Field(_forms, default=(), about="sets of forms of one thing, as written"),
        "swaps": Field(_swaps, default=(), about="pairs of letters that two spellings of a word exchange"),
        "division": Field(flag, default=False, about="whether hyphened and closed forms are compared"),
        "dates": Field(flag, default=False, about="whether the order of day and month is compared"),
        "unless": Field(several(text), default=(), about="words that are left alone, in small letters"),
    },
    _build,
    frozenset({"rare", "usual"}),
    __doc__ or "",
)
