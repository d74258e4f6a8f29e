"""Tokens: words, punctuation, spaces and line ends, which joined give the text back.

A token never starts inside a grapheme: combining marks stay with the character before them.
"""

import re
import unicodedata
from typing import Literal, NamedTuple

TokenKind = Literal["word", "punctuation", "space", "line"]

# The common combining blocks, so that the usual accents need no second pass.
_MARK = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u200d"
_TOKEN = re.compile(
    rf"(?P<word>[^\W_](?:[^\W_]|[{_MARK}])*(?:['’ꞌʼʹ](?:[^\W_]|[{_MARK}])+)*)"
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
        else:
            tokens.append(Token(start, end, piece, kind))
    return tokens
