"""Graphemes: what a reader takes for one character.

After Unicode Standard Annex 29, as far as historical texts and their transcriptions need it: combining marks,
joined and toned pictographs, flags, Korean syllables in parts, CRLF. Conjuncts of Indic scripts are not joined.
"""

import re
import unicodedata

_JOIN = "\u200d\u200c"
_GRAPHEME = re.compile(
    r"\r\n|[\U0001f1e6-\U0001f1ff]{2}|[\u1100-\u115f\ua960-\ua97c]+[\u1160-\u11ff\ud7b0-\ud7fb]*|.",
    re.DOTALL,
)


def graphemes(text: str) -> list[str]:
    """Graphemes of a text, in order; joined they are the text."""
    found: list[str] = []
    for piece in _GRAPHEME.findall(text):
        if found and (_extends(piece) or found[-1][-1] == "\u200d"):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def _extends(piece: str) -> bool:
    """Whether it belongs to the character before it."""
    return piece in _JOIN or "\U0001f3fb" <= piece <= "\U0001f3ff" or unicodedata.category(piece[0])[0] == "M"
