"""A text as readable units: a word with the spaces and punctuation that follow it, and what opens before it.

Units have no gap between them and joined are the text; a table of versions has one of them in a cell. A figure is
one unit with its points and strokes (*1.5*, *10,000*, *06/06/1945*), and so is a sign that stands like a word (*&*).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import compress, pairwise
from typing import NamedTuple

from .tokens import words

_SIGN = re.compile(r"(?<!\S)(?:[&§¶†‡+=×÷]|[£$€]|[%‰])(?!\S)")
_INSIDE_A_FIGURE = frozenset(".,:/'’")
_OPENING = "([{<“‘«‹„‚¿¡"


class Units(NamedTuple):
    """Units of a text, the word of each, and where each begins; ``starts`` has the text's end besides."""

    texts: list[str]
    words: list[str]
    starts: list[int]


def units(text: str) -> Units:
    """The units of a text, in order; a text without a word is one unit, an empty text none."""
    found, found_at = words(text)
    if not found:
        return Units([text], [""], [0, len(text)]) if text else Units([], [], [0])
    ends = [start + len(word) for word, start in zip(found, found_at, strict=True)]
    starts = found_at.copy()
    starts[0] = 0
    inside: list[int] = []  # words that are part of the figure before them
    signs: list[int] = []  # where signs stand that are words of their own
    known: dict[str, tuple[list[int], int]] = {}
    # Nearly every word follows one space.
    others = [
        n
        for n, (at, start) in enumerate(zip(ends, found_at[1:], strict=False), 1)
        if start - at != 1 or text[at] != " "
    ]
    for n in others:
        at, start = ends[n - 1], found_at[n]
        between = text[at:start]
        if between in _INSIDE_A_FIGURE and text[at - 1].isdecimal() and text[start].isdecimal():
            inside.append(n)
            continue
        if between not in known:
            known[between] = _parts(between)
        alone, prefix = known[between]
        signs += [at + sign for sign in alone]
        starts[n] = at + prefix
    names = found
    if inside:
        names, starts = _with_figures(text, found, (found_at, ends, starts), inside)
    if signs:
        pairs = sorted([*zip(starts, names, strict=True), *((sign, text[sign]) for sign in signs)])
        starts, names = [start for start, _ in pairs], [name for _, name in pairs]
    starts.append(len(text))
    return Units([text[start:end] for start, end in pairwise(starts)], names, starts)


def _with_figures(
    text: str, names: list[str], edges: tuple[list[int], list[int], list[int]], inside: list[int]
) -> tuple[list[str], list[int]]:
    """Names and starts of units, with each of some words made part of the figure before it."""
    word_starts, word_ends, starts = edges
    names = names.copy()
    kept = [True] * len(names)
    head = 0
    for n in inside:
        head = head if n and not kept[n - 1] else n - 1
        names[head] = text[word_starts[head] : word_ends[n]]
        kept[n] = False
    return list(compress(names, kept)), list(compress(starts, kept))


def _parts(between: str) -> tuple[list[int], int]:
    """Of what stands between two words: where signs stand alone, and where what belongs to the next word begins."""
    signs = [match.start() for match in _SIGN.finditer(between) if 0 < match.start() < len(between) - 1]
    spaces = [n for n, char in enumerate(between) if char.isspace()]
    prefix = spaces[-1] + 1 if spaces else len(between.rstrip(_OPENING))
    while parts_a_character(between, prefix):
        prefix += 1
    return signs, prefix


def parts_a_character(text: str, at: int) -> bool:
    """Whether a cut there would part a character from its accent, or a line end in two."""
    if not 0 < at < len(text):
        return False
    return (
        text[at - 1 : at + 1] == "\r\n" or unicodedata.category(text[at])[0] == "M" or "\u200d" in text[at - 1 : at + 1]
    )


def with_divided_words(sides: Sequence[Units]) -> list[Units]:
    """The units of several texts; two that are one word in another text are one: *con- tinues*, *Sin Kiang*.

    Only where one of the two is no word of any other text: *in to* may well be two words.
    """
    plain = [[word.casefold() for word in side.words] for side in sides]
    known = Counter(word for words_of_one in plain for word in set(words_of_one))
    return [_joined(side, words_of_one, known) for side, words_of_one in zip(sides, plain, strict=True)]


def _joined(side: Units, plain: Sequence[str], known: Counter[str]) -> Units:
    own = [n for n, word in enumerate(plain) if known[word] == 1]  # words that no other text has
    firsts: set[int] = set()
    for n in sorted({first for place in own for first in (place - 1, place)}):
        if 0 <= n < len(plain) - 1 and n - 1 not in firsts:
            joined = plain[n] + plain[n + 1]
            if plain[n] and joined in known and not joined.isdecimal():
                firsts.add(n)
    if not firsts:
        return side
    rest = [n for n in range(len(plain)) if n - 1 not in firsts]
    starts = [*(side.starts[n] for n in rest), side.starts[-1]]
    return Units(
        [side.texts[n] + side.texts[n + 1] if n in firsts else side.texts[n] for n in rest],
        [side.words[n] + side.words[n + 1] if n in firsts else side.words[n] for n in rest],
        starts,
    )
