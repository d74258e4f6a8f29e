"""Words one slip of the keys or of the eye away: a letter dropped, added, changed, or two changed about.

A few questions are answered by trying every slip; when many are asked, words are looked up by a half of theirs that
the slip left as it was. Either way no word is compared with all others, and the answer is the same.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from string import ascii_lowercase

from .wordforms import LONGEST

_PLAIN = re.compile("[a-z]+")
_LAST = chr(0x10FFFF)
_FEW = 500
"""About so many trials take as long as sorting the words."""
_REMEMBERED = 20_000


class Slips:
    """A list of right words, asked for those that a wrong one may stand for."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take the right words."""
        self._words = frozenset(words)
        self._asked = 0
        self._memo: dict[str, tuple[str, ...]] = {}

    def of(self, word: str) -> tuple[str, ...]:
        """Right words that are one slip away from a word of two letters or more, sorted; itself not among them."""
        if word not in self._memo:
            if len(self._memo) >= _REMEMBERED:
                self._memo.clear()
            self._asked += 1
            look = self._tried if self._asked <= _FEW else self._looked_up
            self._memo[word] = tuple(sorted(look(word))) if 1 < len(word) <= LONGEST else ()
        return self._memo[word]

    def _tried(self, word: str) -> set[str]:
        parts = [(word[:cut], word[cut:]) for cut in range(len(word) + 1)]
        found = {left + right[1:] for left, right in parts if right}
        found.update(left + right[1] + right[0] + right[2:] for left, right in parts if len(right) > 1)
        found.update([left + letter + right for left, right in parts for letter in self._letters])
        found.update([left + letter + right[1:] for left, right in parts if right for letter in self._letters])
        return (found & self._words) - {word}

    @cached_property
    def _letters(self) -> str:
        others = set(_PLAIN.sub("", "".join(self._words)))
        return "".join(sorted(others | set(ascii_lowercase)))

    @cached_property
    def _forwards(self) -> dict[int, list[str]]:
        return _by_length(self._words)

    @cached_property
    def _backwards(self) -> dict[int, list[str]]:
        return _by_length(word[::-1] for word in self._words)

    def _looked_up(self, word: str) -> set[str]:
        from rapidfuzz.distance import OSA

        half = len(word) // 2
        beginning, end = word[:half], word[half:][::-1]
        candidates: list[str] = []
        for length in (len(word) - 1, len(word), len(word) + 1):
            candidates += _starting(self._forwards.get(length, []), beginning)
            candidates += [one[::-1] for one in _starting(self._backwards.get(length, []), end)]
        near = {one for one in candidates if OSA.distance(word, one, score_cutoff=1) == 1}
        # Only where the two letters at the seam change places is neither half left as it was.
        turned = word[: half - 1] + word[half] + word[half - 1] + word[half + 1 :]
        if turned != word and turned in self._words:
            near.add(turned)
        return near


def _by_length(words: Iterable[str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for word in sorted(words):
        found.setdefault(len(word), []).append(word)
    return found


def _starting(words: list[str], beginning: str) -> list[str]:
    first = bisect_left(words, beginning)
    return words[first : bisect_left(words, beginning + _LAST, first)]


def slip(wrong: str, right: str) -> str:
    """What happened to the right word: a letter ``dropped``, ``doubled``, ``added``, ``changed``, or two ``turned``."""
    if len(wrong) < len(right):
        return "dropped"
    at = next((n for n, (one, other) in enumerate(zip(wrong, right, strict=False)) if one != other), len(right))
    if len(wrong) > len(right):
        return "doubled" if at and wrong[at : at + 1] == wrong[at - 1] else "added"
    return "turned" if wrong[at : at + 2] == right[at : at + 2][::-1] else "changed"
