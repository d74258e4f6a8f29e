"""Kind ``repetition``: what stands twice where once was meant (dittography).

``what: word`` flags a word typed twice running; ``phrase`` flags ``least`` words or more that come again with at
most ``within`` words between; ``line`` flags a line typed twice, or a line begun again with ``least`` words of the
one before; ``passage`` flags ``least`` words that come again anywhere in the text. ``unless`` lists words that may
rightly be doubled; for a phrase of two, words that join a longer word to itself, as in *from time to time to*, and
pairs such as *by and*.

A phrase that comes again after other words, and a passage, are seen by a long word in them: of seven letters or more,
for a passage of nine.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import compress, count, islice
from operator import eq

from obelos_transcripts import MASK, Layer
from obelos_transcripts.schema import Field, Problems, choice, several, text, whole

from ..model import Detector, Hit
from ..reading import Reading, Words, normal_form
from .base import Kind, Values

_LONG = 7
"""Letters of a word by which a repetition is looked for: short words come again by chance in every line."""

_LONGER = 9
"""The same for passages that may stand anywhere, so that fewer are weighed."""

_FARTHEST = 12
"""Words of the longest phrase that is looked for running; a longer one is a passage."""

_MOST = 200
"""Words that one finding is followed through: a text pasted twice is reported once, not read to its end each time."""

_SHORTEST_LINE = 24
"""Code points of a line that may not stand twice: a shorter one is a heading or an entry of a table."""


def _build(values: Values, problems: Problems, line: int) -> Detector | None:
    allowed = frozenset(normal_form(word) for word in values["unless"])
    what, least, within = values["what"], values["least"], values["within"]
    if what != "word" and not least:
        problems.add(line, f"a repeated {what} needs “least”: from how many words on it is reported")
        return None

    def detect(reading: Reading, layers: tuple[Layer, ...]) -> Iterable[Hit]:
        if what == "line":
            return _lines(reading.view(layers), least)
        words = reading.words(layers)
        if what == "word":
            return _doubled(words, allowed)
        if what == "phrase" and not within:
            return _running(words, least, allowed)
        return _again(words, least, within if what == "phrase" else None)

    return detect


def _same(words: Words, distance: int) -> Iterator[int]:
    """Numbers of words that stand again that many words later; compared in one go, without a step of our own each."""
    return compress(count(), map(eq, words.normal, islice(words.normal, distance, None)))


def _doubled(words: Words, allowed: frozenset[str]) -> Iterator[Hit]:
    for first in _same(words, 1):
        number, word = first + 1, words.normal[first]
        # Two figures are a table.
        if word in allowed or not word.isalpha() or (len(word) == 1 and word != "a"):
            continue
        hyphened = first > 0 and words.gap(first - 1) in ("-", "–"), words.gap(number)[:1] == "-"
        if (
            words.before(number) is None
            or any(hyphened)
            # Two capitals are a name (Baden Baden).
            or (words.text(number)[0].isupper() and words.text(first)[0].isupper())
        ):
            continue
        yield Hit(words.starts[first], words.ends[number], (words.text(first),))


def _running(words: Words, least: int, joining: frozenset[str]) -> Iterator[Hit]:
    """Phrases of ``least`` to `_FARTHEST` words that stand twice without a word between."""
    end_of_last = 0
    for first, length in sorted(_pairs(words.normal, least)):
        second = first + length
        key = words.normal[second : second + length]
        # As many figures as words are lines of a table.
        if second < end_of_last or 2 * sum(map(str.isalpha, key)) <= length or not any(len(word) > 1 for word in key):
            continue
        if length == 2 and _paired(key, joining):
            continue
        if all(words.after(number) is not None for number in range(first, second + length - 1)):
            yield Hit(words.starts[second], words.ends[second + length - 1], (), {"words": str(length)})
            end_of_last = second + length


def _pairs(normal: list[str], least: int) -> Iterator[tuple[int, int]]:
    """Where a phrase begins that stands twice running, and its length.

    Of a phrase of n words at least one has a number that n divides: only those are compared, in one go like `_same`.
    """
    for length in range(least, _FARTHEST + 1):
        every = normal[::length]
        for number in compress(count(0, length), map(eq, every, islice(every, 1, None))):
            start = number
            while start > max(0, number - length + 1) and normal[start - 1] == normal[start - 1 + length]:
                start -= 1
            if normal[start : start + length] == normal[start + length : start + 2 * length]:
                yield start, length


def _close(words: Words, nearest: int, farthest: int) -> Iterator[tuple[int, int]]:
    """Long words and where they stood last, from so near to so far, a neighbour being the same there."""
    normal = [*words.normal, ""]
    last: dict[str, int] = {}
    for second in [number for number, word in enumerate(words.normal) if len(word) >= _LONG]:
        word = normal[second]
        first = last.get(word, -1)
        last[word] = second
        if (
            nearest <= second - first <= farthest
            and first >= 0
            and (normal[first + 1] == normal[second + 1] or normal[first - 1] == normal[second - 1])
        ):
            yield first, second


def _paired(key: list[str], joining: frozenset[str]) -> bool:
    """Whether a doubled pair is one word held together by another, as in *from time to time to*."""
    if " ".join(key) in joining:
        return True
    return any(one in joining and len(other) > 3 for one, other in (key, key[::-1]))


def _again(words: Words, least: int, within: int | None) -> Iterator[Hit]:
    """Runs of words that stood before: at most ``within`` words before, or anywhere."""
    read_until: dict[int, int] = {}
    reported = 0
    for first, second in _candidates(words, least, within):
        distance = second - first
        if first < read_until.get(distance, 0):
            continue
        start, end = _run(words, first, second, read_until.get(distance, 0))
        read_until[distance] = end
        for begin, stop in _unbroken(words, start, end, distance) if within is not None else [(start, end)]:
            length = min(stop - begin, distance)
            if length >= least and begin + distance >= reported and not _joins(words, begin, stop, distance):
                at = begin + distance
                reported = at + length
                yield Hit(words.starts[at], words.ends[at + length - 1], (), {"words": str(length)})


def _candidates(words: Words, least: int, within: int | None) -> Iterator[tuple[int, int]]:
    """Long words that stand again, with the place where they stood last, in order."""
    if within is not None:
        yield from _close(words, least, least + within)
        return
    normal = [*words.normal, ""]
    last: dict[tuple[str, str, str], int] = {}
    for second in [number for number, word in enumerate(words.normal) if len(word) >= _LONGER]:
        key = normal[second - 1], normal[second], normal[second + 1]
        if key in last:
            yield last[key], second
        last[key] = second


def _run(words: Words, first: int, second: int, lowest: int) -> tuple[int, int]:
    """First and last (exclusive) number of the words around ``first`` that are those around ``second``."""
    normal, distance = words.normal, second - first
    start = first
    while start > max(lowest, first - _MOST) and normal[start - 1] == normal[start - 1 + distance]:
        start -= 1
    end = first + 1
    while end + distance < min(len(normal), second + _MOST) and normal[end] == normal[end + distance]:
        end += 1
    return start, end


def _unbroken(words: Words, start: int, end: int, distance: int) -> Iterator[tuple[int, int]]:
    """The parts of a run that stand without a stop inside, both times, in one paragraph."""
    if "\n\n" in words.view[words.starts[start] : words.starts[start + distance]]:
        return
    begin = start
    for number in range(start, end):
        if number == end - 1 or words.after(number) is None or words.after(number + distance) is None:
            yield begin, number + 1
            begin = number + 1


def _joins(words: Words, begin: int, stop: int, distance: int) -> bool:
    """Whether the run goes over a place where another layer stands: its words do not follow one another there."""
    start, end = words.starts[begin + distance], words.ends[min(stop + distance, len(words)) - 1]
    return MASK in words.view[start:end]


def _lines(view: str, least: int) -> Iterator[Hit]:
    """Lines that stand twice with at most one line between, and lines begun again in the midst of a sentence."""
    earlier: list[str] = []
    at = 0
    before = ""
    for line in view.split("\n"):
        shown = line.strip(" \t\r")
        if MASK in shown:
            shown = ""
        if shown and earlier:
            start = at + line.index(shown)
            if len(shown) >= _SHORTEST_LINE and shown in earlier and any(map(str.islower, shown)):
                yield Hit(start, start + len(shown), ("",), {"words": str(len(shown.split()))})
            elif before and (begun := _begun_again(before, shown, least)):
                yield Hit(start, start + begun, (), {"words": str(len(shown[:begun].split()))})
        if shown:
            earlier = [*earlier[-1:], shown]
        before = shown
        at += len(line) + 1


def _begun_again(before: str, line: str, least: int) -> int:
    """Length of the beginning that a line shares with the one before it, which ends in the midst of a sentence."""
    if before[:8] != line[:8] or not before[-1].isalpha() or not before[-1].islower():
        return 0
    same = end = 0
    for one, other in zip(re.finditer(r"\S+", before), re.finditer(r"\S+", line), strict=False):
        if one.group() != other.group():
            break
        same, end = same + 1, other.end()
    return end if same >= least else 0


KIND = Kind(
    "repetition",
    {
        "what": Field(choice("word", "phrase", "line", "passage"), default="word", about="what stands twice"),
        "least": Field(whole, default=0, about="words from which on it is reported; needed but for `word`"),
        "within": Field(whole, default=0, about="words that may stand between"),
        "unless": Field(several(text), default=(), about="words that may rightly be doubled"),
    },
    _build,
    frozenset({"words"}),
    __doc__ or "",
)
