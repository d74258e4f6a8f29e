"""Kind ``repetition``: what stands twice where once was meant (dittography).

``what: word`` flags a word typed twice running; ``what: phrase`` flags ``least`` words or more that come again
with at most ``within`` words between. ``unless`` lists words that may rightly be doubled; for a phrase of two,
words that join a longer word to itself, as in *from time to time to*.
"""

from collections.abc import Iterable, Iterator

from obelos_transcripts import Layer
from obelos_transcripts.schema import Field, Problems, choice, several, text, whole

from ..model import Detector, Hit
from ..reading import Reading, Words, normal_form
from .base import Kind, Values


def _build(values: Values, problems: Problems, line: int) -> Detector | None:
    allowed = frozenset(normal_form(word) for word in values["unless"])
    least, within = values["least"], values["within"]
    if values["what"] == "phrase" and not least:
        problems.add(line, "a repeated phrase needs “least”: from how many words on it is reported")
        return None

    def detect(reading: Reading, layers: tuple[Layer, ...]) -> Iterable[Hit]:
        words = reading.words(layers)
        return _phrases(words, least, within, allowed) if values["what"] == "phrase" else _doubled(words, allowed)

    return detect


def _doubled(words: Words, allowed: frozenset[str]) -> Iterator[Hit]:
    for number in range(1, len(words)):
        word = words.normal[number]
        # Two capitals are a name (Baden Baden), two figures a table.
        if word != words.normal[number - 1] or word in allowed or not word.isalpha():
            continue
        if len(word) == 1 and word != "a":
            continue
        hyphened = number > 1 and words.gap(number - 2) in ("-", "–"), words.gap(number)[:1] == "-"
        if (
            words.before(number) is None
            or any(hyphened)
            or (words.text(number)[0].isupper() and words.text(number - 1)[0].isupper())
        ):
            continue
        yield Hit(words.starts[number - 1], words.ends[number], (words.text(number - 1),))


def _phrases(words: Words, least: int, within: int, joining: frozenset[str]) -> Iterator[Hit]:
    end_of_last = 0
    for first, second in _twice(words.normal, least, within):
        key = tuple(words.normal[second : second + least])
        if second < end_of_last or not any(word.isalpha() and len(word) > 1 for word in key):
            continue
        if least == 2 and _paired(key, joining):
            continue
        length = _common(words, first, second, least)
        joined = within > 0 or words.before(second) is not None
        if joined and _unbroken(words, first, second, length):
            yield Hit(words.starts[second], words.ends[second + length - 1], (), {"words": str(length)})
            end_of_last = second + length


def _twice(normal: list[str], least: int, within: int) -> Iterator[tuple[int, int]]:
    """Where ``least`` words stand that stood at most ``within`` words before: numbers of the first of them."""
    if not within:
        for first in range(len(normal) - 2 * least + 1):
            second = first + least
            if normal[first] == normal[second] and normal[first:second] == normal[second : second + least]:
                yield first, second
        return
    last_seen: dict[tuple[str, ...], int] = {}
    for second, key in enumerate(zip(*(normal[place:] for place in range(least)), strict=False)):
        first = last_seen.get(key, second)
        last_seen[key] = second
        if least <= second - first <= least + within:
            yield first, second


def _paired(key: tuple[str, ...], joining: frozenset[str]) -> bool:
    """Whether a doubled pair is one word held together by another, as in *from time to time to*."""
    return any(one in joining and len(other) > 3 for one, other in (key, key[::-1]))


def _common(words: Words, first: int, second: int, least: int) -> int:
    length = least
    while second + length < len(words) and first + length < second:
        if words.normal[first + length] != words.normal[second + length]:
            break
        length += 1
    return length


def _unbroken(words: Words, first: int, second: int, length: int) -> bool:
    """Whether both stand in one paragraph, each without a stop inside."""
    if "\n\n" in words.view[words.starts[first] : words.starts[second]]:
        return False
    inside = [*range(first, first + length - 1), *range(second, second + length - 1)]
    return all(words.after(number) is not None for number in inside)


KIND = Kind(
    "repetition",
    {
        "what": Field(choice("word", "phrase"), default="word"),
        "least": Field(whole, default=0),
        "within": Field(whole, default=0),
        "unless": Field(several(text), default=()),
    },
    _build,
    frozenset({"words"}),
)
