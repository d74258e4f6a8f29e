"""Tokens: words, punctuation, spaces and line ends, which joined give the text back.

A token never starts inside a grapheme: combining marks stay with the character before them.
"""

import re
import unicodedata
from itertools import accumulate
from typing import Literal, NamedTuple

TokenKind = Literal["word", "punctuation", "space", "line"]

# The common combining blocks, so that the usual accents need no second pass.
_MARK = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u200d"
# Each repetition can be read in one way only, so it is linear without possessive quantifiers, which Python 3.11.2
# (that of Debian 12) gets wrong around groups.
_LETTERS = rf"[^\W_]*(?:[{_MARK}]+[^\W_]*)*"
_WORD = rf"[^\W_]{_LETTERS}(?:['’ꞌʼʹ](?:[^\W_]|[{_MARK}]){_LETTERS})*"
_WORDS = re.compile(f"({_WORD})")
_COMMON_MARK = re.compile(f"[{_MARK}]")
_TOKEN = re.compile(
    rf"(?P<word>{_WORD})"
    r"|(?P<line>\r\n|[\n\r\u0085\u2028\u2029])"
    r"|(?P<space>[^\S\n\r\u0085\u2028\u2029]+)"
    rf"|(?P<punctuation>.[{_MARK}]*)",
    re.DOTALL,
)


class Token(NamedTuple):
    """One token: half-open span in code points, its text, its kind."""

    start: int
    end: int
    text: str
    kind: TokenKind

    @property
    def normal(self) -> str:
        """Form used when accidentals are to be ignored: NFC, without case."""
        return unicodedata.normalize("NFC", self.text).casefold()


def tokenize(text: str) -> list[Token]:
    """Tokens of a text, in order; joined they are the text."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind: TokenKind = match.lastgroup  # type: ignore[assignment]
        start, end = match.span()
        piece = match.group()
        if kind == "punctuation" and tokens and unicodedata.category(piece[0])[0] == "M":
            before = tokens.pop()
            tokens.append(Token(before.start, end, before.text + piece, before.kind))
        elif kind == "word" and tokens and tokens[-1].kind == "word":
            # Two words touch only where a mark outside the common blocks stood between them: it is one word.
            before = tokens.pop()
            tokens.append(Token(before.start, end, before.text + piece, "word"))
        else:
            tokens.append(Token(start, end, piece, kind))
    return tokens


def words(text: str) -> tuple[list[str], list[int]]:
    """The words of a text and the positions where they start: the tokens of that kind, without the others.

    Several times faster than `tokenize`, which a comparison of long texts feels.
    """
    if any(unicodedata.category(char)[0] == "M" and not _COMMON_MARK.match(char) for char in set(text)):
        found = [token for token in tokenize(text) if token.kind == "word"]
        return [token.text for token in found], [token.start for token in found]
    pieces = _WORDS.split(text)
    ends = list(accumulate(map(len, pieces)))
    return pieces[1::2], ends[0:-1:2]
