"""Thirteen ways to tamper with a document. Each changes one thing that no record explains.

Texts and names are made up.
"""

import random
import unicodedata
from collections.abc import Callable

from fast_history import Growing

Files = dict[str, bytes | None]
Chance = random.Random


def _text(document: Growing, text: str) -> Files:
    return {f"{document.folder}/text.txt": text.encode()}


def _word(document: Growing, chance: Chance) -> tuple[int, int]:
    """The span of any word of the working text but the last."""
    words = document.text.split(" ")
    number = chance.randrange(len(words) - 2)
    start = len(" ".join(words[:number])) + bool(number)
    return start, start + len(words[number])


def flipped(document: Growing, chance: Chance) -> Files:
    """A letter is another."""
    text, at = document.text, chance.randrange(len(document.text) - 1)
    return _text(document, text[:at] + ("#" if text[at] != "#" else "%") + text[at + 1 :])


def struck(document: Growing, chance: Chance) -> Files:
    """A word is gone."""
    start, end = _word(document, chance)
    return _text(document, document.text[:start] + document.text[end + 1 :])


def doubled(document: Growing, chance: Chance) -> Files:
    """A word stands there twice."""
    start, end = _word(document, chance)
    return _text(document, document.text[:end] + " " + document.text[start:end] + document.text[end:])


def moved(document: Growing, chance: Chance) -> Files:
    """The first word stands at the end of the line."""
    first, _, rest = document.text.partition(" ")
    line, _, others = rest.partition("\n")
    return _text(document, f"{line} {first}\n{others}")


def windows(document: Growing, chance: Chance) -> Files:
    """One line end is CR LF."""
    return _text(document, document.text.replace("\n", "\r\n", 1))


def unended(document: Growing, chance: Chance) -> Files:
    """The last line end is gone."""
    return _text(document, document.text[:-1])


def decomposed(document: Growing, chance: Chance) -> Files:
    """The same letters to the eye, other code points."""
    return _text(document, unicodedata.normalize("NFD", document.text))


def spaced(document: Growing, chance: Chance) -> Files:
    """A space too many."""
    _, end = _word(document, chance)
    return _text(document, document.text[:end] + " " + document.text[end:])


def deleted(document: Growing, chance: Chance) -> Files:
    """A record is gone, and the text as it would be without."""
    return {document.record(1): None, **_text(document, document.text_without(1))}


def annotated(document: Growing, chance: Chance) -> Files:
    """The note of a decision is another; the text is right."""
    return {document.record(1): document.files[document.record(1)].replace(b"other keying", b"author's hand")}


def resigned(document: Growing, chance: Chance) -> Files:
    """A decision is somebody else's; the text is right."""
    return {document.record(2): document.files[document.record(2)].replace(b"Ada Example", b"Eve Example")}


def copied(document: Growing, chance: Chance) -> Files:
    """A record lies there a second time, under another name."""
    return {document.record(9): document.files[document.record(1)]}


def swapped(document: Growing, chance: Chance) -> Files:
    """Two records have changed their files."""
    one, other = document.record(1), document.record(2)
    return {one: document.files[other], other: document.files[one]}


KINDS: tuple[Callable[[Growing, Chance], Files], ...] = (
    flipped,
    struck,
    doubled,
    moved,
    windows,
    unended,
    decomposed,
    spaced,
    deleted,
    annotated,
    resigned,
    copied,
    swapped,
)
