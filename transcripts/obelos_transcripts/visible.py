"""Text made harmless and visible for a screen: one code point in, one code point out, no control character left.

The last word on what may reach a terminal. Positions are unchanged, so marks laid over the text stay right.
"""

import re
import unicodedata

_NAMED = {
    0x09: "→",  # tab, as word processors show it
    0x0A: "↵",
    0x0D: "␍",
    0x7F: "␡",
    0x85: "␤",
    0xA0: "°",  # no-break space, as word processors show it
    0xAD: "¬",  # soft hyphen, likewise
    0x2028: "↵",
    0x2029: "¶",
    0x202F: "°",
    0xFEFF: "⌁",
}
_TABLE: dict[int, str] = {code: chr(0x2400 + code) for code in range(0x20)} | _NAMED
_TABLE |= {code: "␦" for code in range(0x80, 0xA0) if code != 0x85}
_TABLE |= dict.fromkeys((1564, 8206, 8207, *range(8234, 8239), *range(8294, 8298)), "⇋")
_TABLE |= dict.fromkeys((847, *range(6155, 6160), 8203, 8204, 8205, *range(8288, 8293), *range(65024, 65040)), "‸")
_TABLE |= dict.fromkeys(range(55296, 57344), "�")

_SUSPECT = re.compile(
    # controls, spaces that do not break, all that Unicode calls default-ignorable, and format characters
    "[\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f"
    "\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def visible(text: str, *, keep_lines: bool = False) -> str:
    """The text with every control, bidi and zero-width character shown by a sign of its own.

    The result has as many code points as the text. With ``keep_lines`` a line feed stays one.
    """

    def shown(match: re.Match[str]) -> str:
        char = match.group()
        if keep_lines and char == "\n":
            return char
        return _TABLE.get(ord(char), "�")

    return _SUSPECT.sub(shown, text)


_ALIASES = {
    "\0": "NULL",
    "\x07": "ALERT",
    "\x08": "BACKSPACE",
    "\x0b": "LINE TABULATION",
    "\x0c": "FORM FEED",
    "\r": "CARRIAGE RETURN",
    "\x1b": "ESCAPE",
    "\x7f": "DELETE",
    "\x85": "NEXT LINE",
}
"""What the Unicode Standard calls control characters, which have no names."""


def name(char: str) -> str:
    """Code point and Unicode name, or alias: ``U+A78C LATIN SMALL LETTER SALTILLO``, ``U+000C FORM FEED``."""
    return f"U+{ord(char):04X} {unicodedata.name(char, _ALIASES.get(char, ''))}".rstrip()
