"""Characters that a keyboard lacks, found by a compose sequence, a Unicode name or a code point.

Sequences follow the compose key of X11 where it has one: ``e'`` for é, ``--.`` for –, ``<<`` for «.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from obelos_transcripts import visible

_MOST = 60

_MARKS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "-": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "o": "\u030a",
    "v": "\u030c",
    ",": "\u0327",
    ";": "\u0328",
}
"""Signs that, behind a letter, put a mark on it."""

SEQUENCES = {
    "--.": "–",
    "---": "—",
    "<<": "«",
    ">>": "»",
    "<'": "‘",
    ">'": "’",
    '<"': "“",
    '>"': "”",
    ",'": "‚",
    ',"': "„",
    "..": "…",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "ss": "ß",
    "fs": "ſ",
    "th": "þ",
    "TH": "Þ",
    "dh": "ð",
    "DH": "Ð",
    "o/": "ø",
    "O/": "Ø",
    "l/": "ł",
    "L/": "Ł",
    "so": "§",
    "p!": "¶",
    "-+": "†",
    "=+": "‡",
    "L-": "£",
    "E=": "€",
    "oo": "°",
    "xx": "×",
    "12": "½",
    "14": "¼",
    "34": "¾",
    "13": "⅓",
    "23": "⅔",
    "^1": "¹",
    "^2": "²",
    "^3": "³",
    "^a": "ª",
    "^o": "º",
    "oc": "©",
    "tm": "™",
    "(<": "⟨",
    ">)": "⟩",
    "->": "→",
    "??": "¿",
    "!!": "¡",
    "  ": "\u00a0",
    "--": "\u00ad",
}
"""The rest: each says one character."""

USUAL = "–—‘’“”«»§¶†‡…£°½¼¾ſæœþðß×·⟨⟩⟦⟧‖′″℞℔ꝑꝓꝗꝛ\u00a0\u2009"
"""What is offered before anything is said."""

_RANGES = (
    (0xA0, 0x250),  # Latin
    (0x2B0, 0x400),  # modifiers, combining marks, Greek
    (0x400, 0x530),  # Cyrillic
    (0x590, 0x600),  # Hebrew
    (0x1D00, 0x2000),  # phonetic, Latin additional, Greek extended
    (0x2010, 0x2700),  # punctuation to miscellaneous symbols
    (0x2700, 0x2C00),
    (0x2C60, 0x2C80),
    (0x2E00, 0x2E80),  # editorial brackets and signs of collation
    (0xA720, 0xA800),  # medieval abbreviations
    (0xFB00, 0xFB50),  # ligatures
)
_OTHER_NAMES = {
    "long s": "ſ",
    "nbsp": "\u00a0",
    "no break space": "\u00a0",
    "pilcrow": "¶",
    "paragraph": "¶",
    "obelos": "÷",
    "obelus": "÷",
    "crux": "†",
    "thorn": "þ",
    "yogh": "ȝ",
    "wynn": "ƿ",
    "pound": "£",
    "lira": "₤",
    "degree": "°",
    "prime": "′",
    "guillemet": "«",
}


@dataclass(frozen=True)
class Character:
    """A character that may be meant, its name in small letters."""

    char: str
    name: str

    @property
    def told(self) -> str:
        """The character as it is shown, its code point, its name."""
        kind = unicodedata.category(self.char)
        shown = f"◌{self.char}" if kind[0] == "M" else "␣" if kind == "Zs" else visible(self.char)
        return f"{shown}  U+{ord(self.char):04X}  {self.name}"


def found(words: str) -> tuple[Character, ...]:
    """What some words may mean, the likeliest first: a sequence, a code point, a character itself, words of a name."""
    return tuple(islice(_distinct(_found(words)), _MOST))


def _found(words: str) -> Iterator[str]:
    if not words:
        yield from USUAL
        return
    if words in SEQUENCES:
        yield SEQUENCES[words]
    if len(words) == 2 and words[1] in _MARKS:
        yield from _marked(words[0], words[1])
    if len(words) == 2 and words[0] in _MARKS:
        yield from _marked(words[1], words[0])
    bare = words.strip()
    code = re.fullmatch(r"(?:u\+|0x|\\u)([0-9a-f]{2,6})", bare, re.IGNORECASE)
    if code and int(code[1], 16) < 0x110000:
        yield chr(int(code[1], 16))
    if len(bare) == 1 and not bare.isascii():
        yield bare
    said = [f" {word}" for word in bare.casefold().split()]
    if len(bare) > 1 and any(char.isalpha() for char in bare):
        yield from (char for name, char in _OTHER_NAMES.items() if name.startswith(bare.casefold()))
        named = [(len(name), char) for char, name in _named() if all(word in name for word in said)]
        yield from (char for _, char in sorted(named))


def _marked(letter: str, mark: str) -> Iterator[str]:
    made = unicodedata.normalize("NFC", letter + _MARKS[mark])
    if len(made) == 1 and letter.isalpha():
        yield made


def _distinct(chars: Iterator[str]) -> Iterator[Character]:
    seen: set[str] = set()
    for char in chars:
        name = unicodedata.name(char, "").lower()
        if name and char not in seen and unicodedata.category(char) not in ("Cc", "Cs", "Co", "Cn"):
            seen.add(char)
            yield Character(char, name)


@lru_cache(maxsize=1)
def _named() -> tuple[tuple[str, str], ...]:
    """All characters that are looked through, each with a space and its name in small letters; no bidi controls."""
    chars = (chr(code) for first, end in _RANGES for code in range(first, end))
    bidi = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x61C}
    return tuple((c, f" {name.lower()}") for c in chars if ord(c) not in bidi and (name := unicodedata.name(c, "")))
