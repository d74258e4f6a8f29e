"""A text as it is read aloud to somebody who follows the source: in breath-groups, with every sign spoken.

Convention of tandem proofreading: capitals, figures and punctuation are named, figures digit by digit. Together the
groups cover the text; nothing of it is left unspoken but single spaces between words.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from obelos_transcripts import Lines, Span
from obelos_transcripts.tokens import Token, tokenize

MOST_WORDS = 12
"""Words after which a breath is drawn even where no sign calls for one."""

_FEWEST = 3
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SIGNS = {
    ",": "comma",
    ".": "stop",
    ";": "semicolon",
    ":": "colon",
    "?": "question mark",
    "!": "exclamation mark",
    "-": "hyphen",
    "‐": "hyphen",
    "–": "en dash",
    "—": "em dash",
    "(": "open bracket",
    ")": "close bracket",
    "[": "open square bracket",
    "]": "close square bracket",
    "“": "open double quote",
    "”": "close double quote",
    "‘": "open single quote",
    "’": "apostrophe or close single quote",
    "'": "straight apostrophe",
    '"': "straight double quote",
    "/": "slash",
    "&": "ampersand",
    "*": "asterisk",
    "…": "ellipsis",
    "§": "section sign",
    "£": "pound sign",
    "$": "dollar sign",
    "%": "per cent sign",
    "°": "degree sign",
    "†": "dagger",
    "_": "underscore",
    "+": "plus",
    "=": "equals",
    "\u00ad": "soft hyphen",
    "\u200b": "zero-width space",
}
_BREATH = frozenset(",.;:?!—–)]")
_INSIDE = {"'": "straight apostrophe", "’": "apostrophe"}
_WITH = re.compile(r"LATIN (?:SMALL|CAPITAL) (?:LETTER|LIGATURE) (.+)")


@dataclass(frozen=True)
class Breath:
    """What is read in one breath.

    Attributes:
        span: In the text, half-open, code points; the groups follow each other without gap.
        line: Line of its first word, from 1.
        text: The words as they stand.
        spoken: The words as they are said.
    """

    span: Span
    line: int
    text: str
    spoken: str


def breaths(text: str) -> tuple[Breath, ...]:
    """The breath-groups of a text, in order; a text of nothing but spaces has none."""
    lines = Lines(text)
    found = []
    for start, end in _groups(text):
        own = text[start:end]
        first = start + len(own) - len(own.lstrip())
        found.append(Breath(Span(start, end), lines.at(first)[0], own, spoken(own)))
    return tuple(found)


def breath_at(groups: tuple[Breath, ...], position: int) -> int:
    """The number, from 0, of the group that a position lies in; of the last one behind them all."""
    return next((n for n, group in enumerate(groups) if position < group.span.end), max(0, len(groups) - 1))


def _groups(text: str) -> Iterator[Span]:
    """Groups end after a sign that asks for a breath, at a line end, or after so many words."""
    start = words = 0
    last = ""
    tokens = tokenize(text)
    for number, token in enumerate(tokens):
        words += token.kind == "word"
        blank = token.kind in ("space", "line")
        last = last if blank else token.text
        following = tokens[number + 1] if number + 1 < len(tokens) else None
        if not blank or following is None or following.kind in ("space", "line"):
            continue  # no breath is drawn within “J.I.C.”, and none between two spaces
        line = token.kind == "line" or (number and tokens[number - 1].kind == "line")
        ends = line or words >= MOST_WORDS or (last in _BREATH and words >= _FEWEST)
        if ends and words:
            yield Span(start, token.end)
            start = token.end
            words = 0
    if text[start:].strip():
        yield Span(start, len(text))


def spoken(text: str) -> str:
    """A passage as it is said."""
    said: list[str] = []
    tokens = tokenize(text)
    for number, token in enumerate(tokens):
        before = tokens[number - 1] if number else None
        said += _said(token, before)
    return " ".join(said)


def _said(token: Token, before: Token | None) -> list[str]:
    if token.kind == "word":
        return list(_word(token.text))
    if token.kind == "space":
        return _space(token.text)
    if token.kind == "line":
        return ["new paragraph"] if before and before.kind == "line" else ["new line"]
    return [sign_name(char) for char in token.text]


def _space(text: str) -> list[str]:
    if text == " ":
        return []
    if set(text) == {" "}:
        return [f"{len(text)} spaces" if len(text) >= len(_DIGITS) else f"{_DIGITS[len(text)]} spaces"]
    return ["tab" if char == "\t" else sign_name(char) for char in text if char != " "]


def _word(word: str) -> Iterator[str]:
    if any(char.isdigit() for char in word):
        yield from (_letter(char) for char in word)
        return
    letters = [char for char in word if char.isalpha()]
    capitals = [char for char in letters if char.isupper()]
    if len(capitals) > 1 and len(capitals) == len(letters):
        yield "all capitals"
    else:
        yield from (f"capital {char}" for char in capitals)
    parts = re.split(r"(['’])", word)
    if len(letters) > 1 or not capitals:
        yield from (_INSIDE.get(part, part) for part in parts if part)
    odd = [name for char in dict.fromkeys(word) if not char.isascii() and char not in _INSIDE and (name := _odd(char))]
    if odd:
        yield f"({', '.join(odd)})"


def _letter(char: str) -> str:
    if char.isdigit():
        value = unicodedata.digit(char, None)
        return _DIGITS[value] if value is not None and char.isascii() else sign_name(char)
    return f"capital {char}" if char.isupper() else char


def _odd(char: str) -> str:
    """What a letter that a typewriter lacks is called: *é, e with acute*."""
    name = unicodedata.name(char, "")
    plain = _WITH.fullmatch(name)
    return f"{char}, {(plain[1] if plain else name).lower()}" if name else ""


def sign_name(char: str) -> str:
    """What a sign is called, by the table here or by Unicode; a code point without a name by its number."""
    return _SIGNS.get(char) or unicodedata.name(char, f"code point {ord(char):04X}").lower()
