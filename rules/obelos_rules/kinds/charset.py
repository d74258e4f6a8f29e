"""Kind ``charset``: characters that have no business where they stand.

``characters`` maps a character, ``U+A78C`` or a range ``U+0080-U+009F`` to the readings proposed (an empty one:
leave it out); with ``where: word`` only between letters. ``mixed: true`` flags words of Latin letters mixed with
Cyrillic or Greek ones that look like them; ``composed: true`` letters written as letter and accent, or by a code of
a unit or ligature, for which Unicode (NFC) has another spelling. ``most`` reports characters only where at most so
many of them stand in the text: what a text uses throughout is its own.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from obelos_transcripts import Layer
from obelos_transcripts.schema import Field, Problems, any_text, choice, flag, several, table, whole
from obelos_transcripts.visible import name

from ..model import Detector, Hit
from ..reading import Reading
from .base import Kind, Values

_CODE = re.compile(r"U\+([0-9A-F]{4,6})(?:-U\+([0-9A-F]{4,6}))?")
_TWINS = str.maketrans("АВЕЅІЈКМНОРСТУХаесоріјѕхуԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABESIJKMHOPCTYXaecopijsxyqwhABEZHIKMNOPTYXo")
_FOREIGN = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_COMPOSABLE = re.compile("[^\\W\\d_]?[\u0300-\u036f]+|[\u0340\u0341\u0374\u037e\u0387\u2126\u212a\u212b\uf900-\ufaff]")
_MOST = 0x10FFFF
_COMMON = frozenset(map(chr, range(0x20, 0x7F))) | {"\n"}
_UNCOMMON = re.compile(r"[^ -~\n]")


def _characters(node: Any, problems: Problems) -> Any:
    read = table(several(any_text))(node, problems) or {}
    ranges = []
    for key, readings in read.items():
        code = _CODE.fullmatch(key)
        low = int(code[1], 16) if code else ord(key[0]) if len(key) == 1 else _MOST + 1
        high = int(code[2], 16) if code and code[2] else low
        if not low <= high <= _MOST:
            problems.add(node.keys[key], f"“{key}” is not a character, U+XXXX or a range U+XXXX-U+XXXX")
        elif 0xD800 <= low <= 0xDFFF:
            problems.add(node.keys[key], f"“{key}” cannot stand in a text")
        else:
            ranges.append((low, high, readings))
    return tuple(ranges)


def _build(values: Values, problems: Problems, line: int) -> Detector | None:
    ranges: tuple[tuple[int, int, tuple[str, ...]], ...] = values["characters"]
    if not (ranges or values["mixed"] or values["composed"]):
        problems.add(line, "a charset rule needs “characters”, “mixed: true” or “composed: true”")
        return None
    search = _search(ranges, 1)
    with_nul = _search(ranges, 0) if any(not low for low, _, _ in ranges) else None
    within, most = values["where"] == "word", values["most"]

    def listed_in(signs: frozenset[str]) -> bool:
        return any(one is not None and one.match(sign) for one in (search, with_nul) for sign in signs)

    common = listed_in(_COMMON)

    def detect(reading: Reading, layers: tuple[Layer, ...]) -> Iterable[Hit]:
        looked_for = common or listed_in(reading.once(_uncommon))
        if not looked_for and not (values["mixed"] or values["composed"]):
            return
        view = reading.view(layers)
        found = list(search.finditer(view)) if search and looked_for else []
        if with_nul and "\0" in reading.text:  # in a view it also stands for what is masked
            found = [
                one for one in with_nul.finditer(view) if one.group() != "\0" or _stands(reading, one.start(), layers)
            ]
        if most and found:
            alike = Counter(one.group() for one in found)
            found = [one for one in found if alike[one.group()] <= most]
        for one in found:
            if within and not _between_letters(view, one.start()):
                continue
            readings = next(readings for low, high, readings in ranges if low <= ord(one.group()) <= high)
            yield Hit(*one.span(), readings, {"character": name(one.group())})
        if values["mixed"]:
            yield from _mixed(view)
        if values["composed"]:
            yield from _composable(view)

    return detect


def _search(ranges: Iterable[tuple[int, int, tuple[str, ...]]], least: int) -> re.Pattern[str] | None:
    """One class of characters for all ranges, from a code point on."""
    listed = [f"{re.escape(chr(max(low, least)))}-{re.escape(chr(high))}" for low, high, _ in ranges if high >= least]
    return re.compile(f"[{''.join(listed)}]") if listed else None


def _stands(reading: Reading, at: int, layers: tuple[Layer, ...]) -> bool:
    """Whether NUL itself stands there, in one of these layers."""
    return reading.text[at] == "\0" and reading.layered.layer_at(at) in layers


def _uncommon(reading: Reading) -> frozenset[str]:
    """The characters of a text besides those that every text has."""
    return frozenset(_UNCOMMON.findall(reading.text))


def _between_letters(view: str, at: int) -> bool:
    return 0 < at < len(view) - 1 and view[at - 1].isalpha() and view[at + 1].isalpha()


def _composable(view: str) -> Iterator[Hit]:
    if unicodedata.is_normalized("NFC", view):
        return
    for found in _COMPOSABLE.finditer(view):
        composed = unicodedata.normalize("NFC", found.group())
        if composed != found.group():
            yield Hit(*found.span(), (composed,), {"character": name(found.group()[-1])})


def _mixed(view: str) -> Iterator[Hit]:
    end = 0
    for found in _FOREIGN.finditer(view):
        if found.start() < end:
            continue
        start, end = found.span()
        while start and view[start - 1].isalpha():
            start -= 1
        while end < len(view) and view[end].isalpha():
            end += 1
        word = view[start:end]
        if not _LATIN.search(word):
            continue
        latin = word.translate(_TWINS)
        odd = _FOREIGN.findall(word)
        stray = name(odd[0])
        if len(odd) * 2 <= len(word) and not _FOREIGN.search(latin):
            yield Hit(start, end, (latin,), {"character": stray})
        elif len(_LATIN.findall(word)) * 2 <= len(word):
            yield Hit(start, end, (), {"character": name(_LATIN.findall(word)[0])})
        else:
            yield Hit(start, end, (), {"character": stray})


KIND = Kind(
    "charset",
    {
        "characters": Field(_characters, default=(), about="characters, each with the readings proposed; see above"),
        "where": Field(choice("anywhere", "word"), default="anywhere", about="`word`: only between letters"),
        "mixed": Field(flag, default=False, about="whether words of mixed alphabets are flagged"),
        "composed": Field(flag, default=False, about="whether letters that NFC spells otherwise are flagged"),
        "most": Field(whole, default=0, about="flagged only where no more of them stand in the text; 0: always"),
    },
    _build,
    frozenset({"character"}),
    __doc__ or "",
)
