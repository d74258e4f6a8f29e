"""Kind ``charset``: characters that have no business where they stand.

``characters`` maps a character, ``U+A78C`` or a range ``U+0080-U+009F`` to the readings proposed (an empty one:
leave it out); with ``where: word`` only between letters. ``mixed: true`` flags words of Latin letters mixed with
Cyrillic or Greek ones that look like them.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from obelos_transcripts import Layer
from obelos_transcripts.schema import Field, Problems, any_text, choice, flag, several, table
from obelos_transcripts.visible import name

from ..model import Detector, Hit
from ..reading import Reading
from .base import Kind, Values

_CODE = re.compile(r"U\+([0-9A-F]{4,6})(?:-U\+([0-9A-F]{4,6}))?")
_TWINS = str.maketrans("АВЕЅІЈКМНОРСТУХаесоріјѕхуԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABESIJKMHOPCTYXaecopijsxyqwhABEZHIKMNOPTYXo")
_FOREIGN = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_MEETING = re.compile(r"[A-Za-z\u00c0-\u024f][\u0370-\u052f]|[\u0370-\u052f][A-Za-z\u00c0-\u024f]")
_MOST = 0x10FFFF


def _characters(node: Any, problems: Problems) -> Any:
    read = table(several(any_text))(node, problems) or {}
    ranges = []
    for key, readings in read.items():
        code = _CODE.fullmatch(key)
        low = int(code[1], 16) if code else ord(key[0]) if len(key) == 1 else _MOST + 1
        high = int(code[2], 16) if code and code[2] else low
        if not low <= high <= _MOST:
            problems.add(node.keys[key], f"“{key}” is not a character, U+XXXX or a range U+XXXX-U+XXXX")
        elif not 0 < low < 0xD800 and not low > 0xDFFF:
            problems.add(node.keys[key], f"“{key}” cannot stand in a text")
        else:
            ranges.append((low, high, readings))
    return tuple(ranges)


def _build(values: Values, problems: Problems, line: int) -> Detector | None:
    ranges: tuple[tuple[int, int, tuple[str, ...]], ...] = values["characters"]
    if not ranges and not values["mixed"]:
        problems.add(line, "a charset rule needs “characters” or “mixed: true”")
        return None
    listed = "".join(f"{re.escape(chr(low))}-{re.escape(chr(high))}" for low, high, _ in ranges)
    letter = "[^\\W\\d_]"
    around = (f"(?<={letter})", f"(?={letter})") if values["where"] == "word" else ("", "")
    search = re.compile(f"{around[0]}[{listed}]{around[1]}") if listed else None

    def detect(reading: Reading, layers: tuple[Layer, ...]) -> Iterable[Hit]:
        view = reading.view(layers)
        if view.isascii() and all(low > 127 for low, _, _ in ranges):
            return
        for found in search.finditer(view) if search else ():
            code = ord(found.group())
            readings = next(readings for low, high, readings in ranges if low <= code <= high)
            yield Hit(*found.span(), readings, {"character": name(found.group())})
        if values["mixed"]:
            yield from _mixed(view)

    return detect


def _mixed(view: str) -> Iterator[Hit]:
    end = 0
    for found in _MEETING.finditer(view):
        if found.start() < end:
            continue
        start, end = found.span()
        while start and view[start - 1].isalpha():
            start -= 1
        while end < len(view) and view[end].isalpha():
            end += 1
        word = view[start:end]
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
        "characters": Field(_characters, default=()),
        "where": Field(choice("anywhere", "word"), default="anywhere"),
        "mixed": Field(flag, default=False),
    },
    _build,
    frozenset({"character"}),
)
