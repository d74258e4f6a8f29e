"""Two readings brought to a normal form and compared, word by word.

A word may have several normal forms (*yr* is *your* or *year*); two words are one where they have a form in common.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from .spelling import APOSTROPHES, bare, is_sign, normal_word
from .tokens import Token, tokenize

LONGEST = 100
"""Code points of a form that is listed."""

_MOST = 400
"""Code points of two readings together from which they are passages, not words."""

_STEM = 3
"""Letters before an ending, at least."""

_HYPHENS = "-\u2010\u2011\u00ad"


class _Item(NamedTuple):
    """A word or sign as it is written, and without case and accents; of initials with stops the letters alone."""

    written: str
    plain: str
    initials: bool = False


class NormalForms:
    """What counts as one word; made once, asked often."""

    def __init__(
        self,
        words: Iterable[Sequence[str]],
        letters: Iterable[Sequence[str]],
        endings: Iterable[Sequence[str]],
        after_figures: Iterable[str],
        apart: Iterable[str],
    ) -> None:
        """See `normal_forms.Lists`; the first of a set is its normal form, which shows nowhere."""
        self._letters = [(bare(other), bare(first)) for first, *others in letters for other in others]
        self._endings = [(bare(other), bare(first)) for first, *others in endings for other in others]
        self._after_figures = tuple(map(bare, after_figures))
        self._sets: dict[tuple[str, ...], list[tuple[str, tuple[str, ...] | None]]] = {}
        never = {key_of(form) for form in apart}
        for number, forms in enumerate(words):
            for form in forms:
                items = _items(form)
                key = tuple(item.plain for item in items)
                if key not in never:
                    exact = _written(items) if any(map(_has_capital, items)) else None
                    self._sets.setdefault(key, []).append((f"set {number}", exact))
        self._longest = max(map(len, self._sets), default=0)
        self._first = {key[0] for key in self._sets if len(key) > 1}

    def same(self, one: str, other: str) -> bool:
        """Whether two readings are the same words, by the lists and the table of spellings."""
        if len(one) + len(other) > _MOST:
            return False
        left, right = self._normal(one), self._normal(other)
        if left is None or right is None or len(left) != len(right):
            return False
        return not any(a.isdisjoint(b) for a, b in zip(left, right, strict=True))

    def may_begin(self, reading: str) -> bool:
        """Whether a phrase of the lists, or initials, may begin with what a reading begins with."""
        items = _items(reading[:LONGEST])
        return bool(items) and (len(items[0].plain) == 1 or items[0].plain in self._first)

    def _normal(self, reading: str) -> list[set[str]] | None:
        """The normal forms of each word; None where marks stand among the words that may carry sense."""
        items = _items(reading)
        if not items or _Item("", "") in items:
            return None
        found: list[set[str]] = []
        at = 0
        while at < len(items):
            size, names = self._longest_at(items, at)
            if size < 2:
                names |= self._plain(items[at])
            found.append(names)
            at += max(1, size)
        return found

    def _longest_at(self, items: Sequence[_Item], at: int) -> tuple[int, set[str]]:
        """How many items from a place are the longest form listed, and the names of its sets."""
        for size in range(min(self._longest, len(items) - at), 0, -1):
            part = items[at : at + size]
            names = self._named(part)
            last = part[-1]
            if not names and last.plain.endswith("'s"):
                # The genitive of a form: *Govt's*.
                bare_of_s = last._replace(written=last.written[:-2], plain=last.plain[:-2])
                names = {f"{name}'s" for name in self._named([*part[:-1], bare_of_s])}
            if names:
                return size, names
        return 0, set()

    def _named(self, part: Sequence[_Item]) -> set[str]:
        """The names of the sets in which some items stand as one form."""
        written = _written(part)
        listed = self._sets.get(tuple([item.plain for item in part]), ())
        return {name for name, exact in listed if exact in (None, written) or "".join(written).isupper()}

    def _plain(self, item: _Item) -> set[str]:
        """The word itself in its plain forms."""
        if item.initials:
            return {item.written}
        word = item.plain
        if word[0].isdecimal():
            ending = next((e for e in self._after_figures if word.endswith(e) and word[: -len(e)].isdecimal()), "")
            return {word, word.removesuffix(ending)}
        for other, first in self._letters:
            word = word.replace(other, first)
        for other, first in self._endings:
            if word.endswith(other) and len(word) >= len(other) + _STEM:
                word = word[: -len(other)] + first
                break
        found = {normal_word(item.plain), normal_word(word)}
        # *USSR* is *U.S.S.R.*, but *us* is not *U.S.*
        return found | {item.written} if len(item.written) > 1 and item.written.isupper() else found


def key_of(form: str) -> tuple[str, ...]:
    """The plain words of a form; empty where it holds none."""
    return tuple(item.plain for item in _items(form) if item.plain)


@lru_cache(maxsize=4096)
def _items(reading: str) -> tuple[_Item, ...]:
    """The words and signs of a reading; an empty item for each mark that may carry sense.

    Stops after words, apostrophes and the hyphens between words are left out.
    """
    tokens = [token for token in tokenize(reading) if token.kind in ("word", "punctuation")]
    found: list[_Item] = []
    at = 0
    while at < len(tokens):
        text = tokens[at].text
        size = _initials(tokens, at)
        if size > 1:
            letters = "".join(token.text for token in tokens[at : at + 2 * size : 2])
            found.append(_Item(letters, bare(letters), True))
            at += 2 * size - (at + 2 * size > len(tokens))
            continue
        if tokens[at].kind == "word" or is_sign(text):
            found.append(_Item(text, bare(text)))
        elif text in APOSTROPHES or (at and tokens[at - 1].text[-1].isalpha() and text in (".", *_HYPHENS)):
            pass
        else:
            found.append(_Item("", ""))
        at += 1
    return tuple(found)


def _initials(tokens: Sequence[Token], at: int) -> int:
    """How many letters with stops begin at a token; the last may lack its stop."""
    size = 0
    while at < len(tokens) and len(tokens[at].text) == 1 and tokens[at].text.isalpha():
        size += 1
        if at + 1 == len(tokens) or tokens[at + 1].text != ".":
            break
        at += 2
    return size


def _written(items: Sequence[_Item]) -> tuple[str, ...]:
    return tuple([item.written for item in items])


def _has_capital(item: _Item) -> bool:
    return item.written != item.written.lower()
