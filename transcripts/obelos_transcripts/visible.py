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
_TABLE |= dict.fromkeys((8203, 8204, 8288, *range(8289, 8293), 6158), "‸")
_TABLE |= dict.fromkeys(range(55296, 57344), "�")

_SUSPECT = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u200b-\u200c\u200e\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff0-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
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


def name(char: str) -> str:
    """Code point and Unicode name: ``U+A78C LATIN SMALL LETTER SALTILLO``."""
    return f"U+{ord(char):04X} {unicodedata.name(char, 'unnamed')}"
