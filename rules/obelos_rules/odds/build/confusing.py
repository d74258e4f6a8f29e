"""Which words are alike in letters or in sound, and how function words are taken for one another.

The sounds are those of Metaphone (Lawrence Philips, 1990), which keeps the consonants as they are spoken: *medal* and
*model* are MTL both. Where letters differ much, the vowels have to be the same, too.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Any

import jellyfish
import numpy as np
from rapidfuzz.distance import OSA

from ..confusions import Confusions
from ..forms import SPECIAL
from ..network import FUNCTION

_MOST = 24
"""Words that one word is confused with at most, the nearest and commonest first."""
_ALIKE = 0.45
"""Share of the letters that may differ in words with the same beginning or end."""
_COMMON = 15
"""What may be meant stands so often in the text that was counted."""
_SOUND = 0.6
"""Share of the letters that may differ in words of the same consonants, where the vowels differ."""
_SOUNDS_APART = 3
"""Words alike in sound are taken for one another no seldomer than those that differ in so many letters: of the wrong
words of the evaluation set's even half one is such, where forty are alike in letters."""
_VOWELS = frozenset("aeiouy")
_NAME = "confusions.txt"


def shipped() -> Mapping[tuple[str, str], int]:
    """How often editors put the second for the first, of function words; "" where they put a word in."""
    found: dict[tuple[str, str], int] = {}
    for line in (files("obelos_rules") / "data" / _NAME).read_text(encoding="utf-8").splitlines():
        if line and line[0] != "#":
            wrong, right, count = line.split()
            found["" if wrong == "-" else wrong, right] = int(count)
    return found


def counted(corrections: Iterable[Mapping[str, str]]) -> str:
    """The text of that file, of corrections as the evaluation set has them; only those with an even number count."""
    found: Counter[tuple[str, str]] = Counter()
    for one in corrections:
        wrong, right = one["sic"].lower().strip(), one["corr"].lower().strip()
        if int(one["id"][2:]) % 2 or right not in FUNCTION or wrong == right:
            continue
        if one["kind"] == "missing-word" or (one["kind"] == "real-word" and wrong in FUNCTION):
            found[wrong or "-", right] += 1
    head = (
        "# Function words that editors put for others, or put in (-), and how often: the even-numbered corrections\n"
        "# of the evaluation set only. Written by: python -m obelos_rules.odds.build confusions CORRECTIONS.jsonl OUT\n"
    )
    return head + "".join(f"{wrong} {right} {count}\n" for (wrong, right), count in sorted(found.items()))


def confusions(forms: Sequence[str], totals: Any, *, sound: bool = True) -> Confusions:
    """The confusions of a vocabulary whose words stand so often in the text that was counted.

    Without ``sound`` letters alone count.
    """
    index = _Index(forms, totals, sound)
    first = [0]
    near: list[int] = []
    apart: list[int] = []
    for form in forms:
        found = index.look(form)
        near += [number for number, _ in found]
        apart += [far for _, far in found]
        first.append(len(near))
    return Confusions(
        _between(forms, totals),
        np.array(first, dtype=np.uint32),
        np.array(near, dtype=np.uint16),
        np.array(apart, dtype=np.uint8),
    )


def _between(forms: Sequence[str], totals: Any) -> Any:
    numbers = {form: number for number, form in enumerate(forms)}
    counts = np.array([totals[numbers[word]] for word in FUNCTION], dtype=np.float64)
    far = np.array([[OSA.distance(a, b) for b in FUNCTION] for a in FUNCTION], dtype=np.float64)
    alike = np.exp(-1.2 * far) * np.sqrt(counts)[None]
    common = np.tile(counts**0.7, (len(counts), 1))
    for table in (alike, common):
        np.fill_diagonal(table, 0)
        table /= table.sum(1, keepdims=True)
    seen = np.zeros_like(alike)
    place = {word: number for number, word in enumerate(FUNCTION)}
    for (wrong, right), count in shipped().items():
        if wrong:
            seen[place[right], place[wrong]] += count
    told = (seen + 0.3 * alike) / (seen.sum(1, keepdims=True) + 0.3)
    mixed = 0.45 * alike + 0.25 * common + 0.3 * told
    return np.log(mixed / mixed.sum(1, keepdims=True) + 1e-9).astype(np.float32)


class _Index:
    def __init__(self, forms: Sequence[str], totals: Any, sound: bool) -> None:
        self._numbers = {form: number for number, form in enumerate(forms)}
        self._totals = totals
        self._one: dict[str, list[str]] = defaultdict(list)
        self._begin: dict[str, list[str]] = defaultdict(list)
        self._end: dict[str, list[str]] = defaultdict(list)
        self._sound: dict[str, list[str]] = defaultdict(list)
        for number in range(len(SPECIAL), len(forms)):
            word = forms[number]
            if totals[number] >= _COMMON and word.isalpha() and len(word) > 1:
                for rest in _rests(word):
                    self._one[rest].append(word)
                if sound:
                    self._sound[_consonants(word)].append(word)
                if len(word) > 3 and word not in FUNCTION:
                    self._begin[word[:3]].append(word)
                    self._end[word[-4:]].append(word)

    def look(self, word: str) -> list[tuple[int, int]]:
        if not word.isalpha() or len(word) < 2:
            return []
        found = {other: 1 for rest in _rests(word) for other in self._one.get(rest, ())}
        if len(word) > 3 and word not in FUNCTION:
            for other in (*self._begin.get(word[:3], ()), *self._end.get(word[-4:], ())):
                if other not in found:
                    far = OSA.distance(word, other)
                    if far <= 2 or far <= _ALIKE * max(len(word), len(other)):
                        found[other] = far
        for other in self._sound.get(_consonants(word), ()):
            if other not in found or found[other] > _SOUNDS_APART:
                far = OSA.distance(word, other)
                if far <= _SOUND * min(len(word), len(other)) or _vowels(word) == _vowels(other):
                    found[other] = min(far, _SOUNDS_APART)
        found.pop(word, None)
        ranked = sorted((far, -int(self._totals[self._numbers[other]]), other) for other, far in found.items())
        return [(self._numbers[other], far) for far, _, other in ranked[:_MOST]]


def _rests(word: str) -> list[str]:
    return [word, *dict.fromkeys(word[:at] + word[at + 1 :] for at in range(len(word)))]


def _consonants(word: str) -> str:
    """What is spoken of a word without its vowels; one in front is kept, whichever it is."""
    key = jellyfish.metaphone(word)
    return f"A{key[1:]}" if key[:1] in {"A", "E", "I", "O", "U"} else key


def _vowels(word: str) -> str:
    """The vowels that are written, without an *e* at the end, which is silent."""
    return "".join(letter for letter in word.removesuffix("e") if letter in _VOWELS)
