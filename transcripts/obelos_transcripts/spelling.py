"""Whether two spellings are one word: a small table of the differences that English spelling has long known.

Only known differences count. A small distance between letters does not: *bane* and *base* are one letter apart
and are two words, and such pairs are what an editor must be shown.

The endings follow the usual accounts of British and American spelling (Fowler, *Modern English Usage*, under
“-ise, -ize”, “-our and -or”, “-re and -er”, “-ll-”); the single words are those frequent in official papers of the
nineteenth and twentieth centuries.
"""

import re
import unicodedata
from functools import cache, lru_cache

APOSTROPHES = "'’‘ꞌʼʹ`´′"
"""Forms of the apostrophe found in transcripts, typewriters and transliterations; they count as one."""

_TABLE = (
    # -ise and -ize, -yse and -yze; never in a short word (rise, prise and prize are words of their own)
    (r"(?<=\w{3})is(?=(?:e|es|ed|ing|er|ers|able|ation|ations)$)", "iz"),
    (r"(?<=\w{2})ys(?=(?:e|es|ed|ing|er|ers)$)", "yz"),
    # -our and -or; four, tour, hour, court keep theirs
    (r"(?<=\w{2})our", "or"),
    # -re and -er
    (r"(cent|met|lit|theat|spect|scept|lust|fib|sab|calib|somb|oeuv|euv)re(s?|d?)$", r"\1er\2"),
    # a doubled l before an ending, or lost in one
    (r"(?<=[^aeiou][aeou]l)l(?=(?:ed|ing|er|ers|or|ors|ous)$)(?<=\w{5})", ""),
    (r"(skil|wil)l(?=ful)|(fulfil|instal|enrol|instil|distil)l(?=$|s$|ment)", r"\1\2"),
    # -ence and -ense, -ogue and -og, -gramme and -gram, -xion and -ction
    (r"(?<=^def|^off)ence|(?<=^pret)ence|(?<=^lic)ence", "ense"),
    (r"(?<=\w{3})ogue(s?)$", r"og\1"),
    (r"gramme(s?)$", r"gram\1"),
    (r"(conn|refl|infl|defl)exion", r"\1ection"),
    # ae, oe and e, in words of Greek and Latin
    (r"(arch|encyclop|p|h|prim|medi)ae(?=[^l]|l$)", r"\1e"),
    (r"(?<=man)oeu", "eu"),
    (r"(?<=^f)oe(?=t)|^oe(?=c|s)", "e"),
    (r"(?<=dg)e(?=ment)", ""),
    # single words
    (r"^despatch", "dispatch"),
    (r"^enquir", "inquir"),
    (r"^shew", "show"),
    (r"^gaol", "jail"),
    (r"^grey", "gray"),
    (r"^plough", "plow"),
    (r"^sceptic", "skeptic"),
    (r"^(czar|tzar)", "tsar"),
    (r"^r(ou|o)mania", "rumania"),
    (r"^moslem", "muslim"),
    (r"^jugoslav", "yugoslav"),
    (r"^corea", "korea"),
)
# Latin, Greek and Cyrillic accents only: in other scripts a mark may be a vowel.
_ACCENT = re.compile("[\u0300-\u036f]")
_UNDECOMPOSED = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"} | dict.fromkeys(APOSTROPHES, "'"))


def same_word(left: str, right: str) -> bool:
    """Whether two readings differ in spelling only: by the table, in accents, or in the form of an apostrophe.

    Phrases are compared as a whole, spaces and punctuation included.
    """
    return left == right or _normal(left) == _normal(right)


def _normal(text: str) -> str:
    return "".join(normal_word(piece) for piece in re.findall(r"\w+|\W+", bare(text)))


def bare(text: str) -> str:
    """A text without case, accents and ligatures, with one form of apostrophe."""
    decomposed = unicodedata.normalize("NFD", text.casefold().translate(_UNDECOMPOSED))
    return _ACCENT.sub("", decomposed)


_SIGNS = "%‰&@#§¶*†‡/\\"


def is_sign(text: str) -> bool:
    """Whether a mark stands like a word: losing one is no accidental."""
    return not text.isspace() and (text[0] in _SIGNS or unicodedata.category(text[0]) in ("Sc", "Sm", "So"))


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), replacement) for pattern, replacement in _TABLE]


@lru_cache(maxsize=4096)
def normal_word(word: str) -> str:
    """One spelling of a word that has several by the table; of a bare word, see `bare`."""
    for pattern, replacement in _patterns():
        word = pattern.sub(replacement, word)
    return word
