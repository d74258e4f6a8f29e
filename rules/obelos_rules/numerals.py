"""Numbers in words and in Roman figures, as far as documents count with them."""

_UNITS = "one two three four five six seven eight nine"
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"

WORDS: dict[str, int] = {word: number for number, word in enumerate(f"{_UNITS} {_TEENS}".split(), 1)}
WORDS |= {word: 10 * number for number, word in enumerate(_TENS.split(), 2)}
WORDS |= {f"{ten}-{unit}": WORDS[ten] + WORDS[unit] for ten in _TENS.split() for unit in _UNITS.split()}
"""Numbers from one to ninety-nine by their words, in lower case."""

BY_VALUE = {number: word for word, number in WORDS.items()}
"""Words by number."""

_ROMAN = (("c", 100), ("xc", 90), ("l", 50), ("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))


def roman(value: int) -> str:
    """A number from 1 to 399 in Roman figures, in small letters."""
    written = ""
    for letters, worth in _ROMAN:
        written += letters * (value // worth)
        value %= worth
    return written
