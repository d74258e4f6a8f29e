"""Kind ``near-names``: two names of a document that lie so near in spelling that one may be a slip of the other.

``what: unknown``: a name in no list stands once or twice, and a name one slip away, or two in long names, stands more
often; ``known``: the same where the rare form is short or a name of its own (*Byrne* beside *Byrnes*); ``listed``: a
name in no list is one slip from a well-known name or word that the document does not have; ``initials``: *W. R. Smith*
once, *W. B. Smith* more often. Inflected forms (*Russia*, *Russian*) and spellings of one name are no slips. Names are
words with a capital that are no ordinary words.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from obelos_transcripts import Layer
from obelos_transcripts.schema import Field, Problems, choice
from obelos_transcripts.spelling import same_word

from .. import vocabulary
from ..model import Detector, Hit
from ..reading import Reading, Words
from ..slips import Slips, slip
from ..strange import strange
from ..wordforms import formed
from .base import Kind, Values

_RARE = 2
_TIMES = 2
"""A form is a slip of one that stands so many times more often."""
_LEAST = 5
_CLEAR = 6
"""Letters of a name that is not one of many like it, as the shorter Chinese and Vietnamese names are."""
_LONG = 8
"""Letters of a name that two slips leave recognisable, and of one that need not stand elsewhere in the document."""
_LONGEST = 30
_KNOWN_CLASS = 4
_FAMOUS_CLASS = 7
"""Two names so frequent are told apart by everybody: *London*, *Lyndon*."""
_LISTED_CLASS = 6
_COMMON_CLASS = 9
_CROWD = 24
"""Of so many names that are alike no two are compared: such a text is a list, or made to be slow."""
_WRITTEN_ENDINGS = "s es n an ian ians ans ns i is e ese er ers d y ys ish a as o os ism ist ists isms man men m st sts"
_ENDINGS = frozenset(["", *_WRITTEN_ENDINGS.split()])
_TITLE = re.compile(
    r"(?:\b(?:Mr|Mrs|Dr|Sir|Lord|General|Gen|Colonel|Col|Captain|Capt|Major|Maj|Admiral|Marshal|Secretary|Ambassador|"
    r"Minister|President|Senator|Professor|Prof|Consul|Chancellor)\.?|\b[A-Z]\.)\s$"
)
_TITLE_WIDTH = 16
_INITIALS = re.compile(r"(?<![\w.])((?:[A-Z]\. ?){1,3}[A-Z]\.) ?$")


@dataclass(frozen=True)
class _Name:
    """A name as written and in normal form, and the numbers of its places."""

    form: str
    normal: str
    numbers: tuple[int, ...]


@cache
def _names(layers: tuple[Layer, ...]) -> Callable[[Reading], list[_Name]]:
    """The model, for `Reading.once`, of the names in a text."""

    def model(reading: Reading) -> list[_Name]:
        words = reading.words(layers)
        view, starts = words.view, words.starts
        names = []
        for form, places in reading.once(strange(layers)).items():
            size = len(form)
            if not _LEAST <= size <= _LONGEST or not form.isalpha():
                continue
            texts = [view[starts[number] : starts[number] + size] for number in places]
            for text in dict.fromkeys(texts):
                if text[0].isupper() and not text.isupper():
                    numbers = (number for number, other in zip(places, texts, strict=True) if other == text)
                    names.append(_Name(text, form, tuple(numbers)))
        return names

    return model


@cache
def _alike(layers: tuple[Layer, ...]) -> Callable[[Reading], dict[str, list[_Name]]]:
    """The model of the names that stand twice or more, by what a slip of them would leave."""

    def model(reading: Reading) -> dict[str, list[_Name]]:
        alike: dict[str, list[_Name]] = defaultdict(list)
        for name in reading.once(_names(layers)):
            if len(name.numbers) >= _TIMES:
                for likeness in _likenesses(name.normal):
                    alike[likeness].append(name)
        return alike

    return model


def _pairs(reading: Reading, layers: tuple[Layer, ...], known: bool) -> Iterator[tuple[_Name, _Name]]:
    """Rare names, each with the most frequent of the frequent ones that it may be a slip of."""
    words = reading.words(layers)
    alike = reading.once(_alike(layers))
    for name in reading.once(_names(layers)) if alike else ():
        if len(name.numbers) <= _RARE and _known(name) == known:
            usual = _usual(name, alike, words)
            if usual and (known or not formed(name.normal, vocabulary.shipped().words)):
                yield name, usual


def _likenesses(form: str) -> list[str]:
    """What names one slip apart, or two in long ones, have in common."""
    found = [form, *{form[:cut] + form[cut + 1 :] for cut in range(len(form))}]
    if len(form) >= _LONG:
        half = len(form) // 2
        found += (form[:half] + "-", "-" + form[-half:])
    return found


def _usual(name: _Name, alike: dict[str, list[_Name]], words: Words) -> _Name | None:
    found = {
        other.form: other
        for likeness in _likenesses(name.normal)
        if likeness in alike and len(alike[likeness]) <= _CROWD
        for other in alike[likeness]
        if len(other.numbers) >= _TIMES * len(name.numbers) and _near(name, other, words)
    }
    return max(found.values(), key=lambda other: (len(other.numbers), other.form), default=None)


def _near(name: _Name, other: _Name, words: Words) -> bool:
    from rapidfuzz.distance import OSA

    left, right = name.normal, other.normal
    if left == right or same_word(left, right):
        return False
    most = 2 if min(len(left), len(right)) >= _LONG and left[0] == right[0] else 1
    if OSA.distance(left, right, score_cutoff=most) > most:
        return False
    if left + "s" == right or right + "s" == left:
        return _person(name, words) and _person(other, words)
    return not _inflected(left, right)


def _inflected(left: str, right: str) -> bool:
    differing = (n for n, (one, two) in enumerate(zip(left, right, strict=False)) if one != two)
    stem = next(differing, min(len(left), len(right)))
    # Endings may begin alike: Leninist, Leninism.
    return any(left[cut:] in _ENDINGS and right[cut:] in _ENDINGS for cut in range(max(3, stem - 2), stem + 1))


def _person(name: _Name, words: Words) -> bool:
    """Whether a title or an initial stands before the name, wherever it stands."""
    starts = (words.starts[number] for number in name.numbers)
    return all(_TITLE.search(words.view, max(0, start - _TITLE_WIDTH), start) for start in starts)


def _known(name: _Name) -> bool:
    return len(name.form) < _CLEAR or vocabulary.shipped().names.get(name.form, -1) >= _KNOWN_CLASS


def _unknown_beside(reading: Reading, layers: tuple[Layer, ...]) -> Iterator[Hit]:
    for name, usual in _pairs(reading, layers, known=False):
        yield from _hits(reading.words(layers), name, usual)


def _known_beside(reading: Reading, layers: tuple[Layer, ...]) -> Iterator[Hit]:
    for name, usual in _pairs(reading, layers, known=True):
        if name.normal.replace("y", "i") == usual.normal.replace("y", "i"):
            continue  # Tokio, Tokyo: one name spelt in two ways is a matter of consistency
        if min(vocabulary.shipped().names.get(one.form, 0) for one in (name, usual)) < _FAMOUS_CLASS:
            yield from _hits(reading.words(layers), name, usual)


def _hits(words: Words, name: _Name, usual: _Name) -> Iterator[Hit]:
    counts = {"rare": str(len(name.numbers)), "usual": str(len(usual.numbers))}
    for number in name.numbers:
        found = words.text(number)
        yield Hit(words.starts[number], words.ends[number], (usual.form + found[len(name.form) :],), counts)


@cache
def _listed_names() -> dict[str, str]:
    """Well-known names as written, by normal form."""
    names = vocabulary.shipped().names
    return {form.lower(): form for form, frequency in names.items() if frequency >= _LISTED_CLASS}


@cache
def _listed_slips() -> Slips:
    words = vocabulary.shipped().words
    return Slips([*_listed_names(), *(form for form, frequency in words.items() if frequency >= _LISTED_CLASS)])


def _frequency(normal: str) -> int:
    shipped = vocabulary.shipped()
    return max(shipped.words.get(normal, 0), shipped.names.get(_listed_names().get(normal, ""), 0))


def _beside_listed(reading: Reading, layers: tuple[Layer, ...]) -> Iterator[Hit]:
    shipped = vocabulary.shipped()
    words = reading.words(layers)
    here = reading.once(strange(layers))
    for name in reading.once(_names(layers)):
        single = len(name.numbers) == 1 and len(name.form) >= _LONG and name.form.isascii()
        if not single or name.normal in shipped.spelt:
            continue
        near = [right for right in _listed_slips().of(name.normal) if _slip_of(name.normal, right)]
        if formed(name.normal, shipped.words):
            near = [right for right in near if _usual_slip(name.normal, right)]
        number = name.numbers[0]
        if near and not any(right in here for right in near) and not _called(words, number, near):
            near.sort(key=lambda right: (-_frequency(right), right))
            rest = words.text(number)[len(name.form) :]
            readings = (_listed_names().get(right, right) for right in near[:3])
            yield Hit(
                words.starts[number],
                words.ends[number],
                tuple(to[0].upper() + to[1:] + rest for to in readings),
                {"rare": "1", "usual": "0"},
            )


def _called(words: Words, number: int, near: list[str]) -> bool:
    """Whether a given name stands before a surname that only looks like a word: *Arthur Snelling*."""
    shipped = vocabulary.shipped()
    before = words.before(number)
    given = before is not None and words.normal[before] not in shipped.words and words.text(before)[0].isupper()
    return given and all(shipped.words.get(right, _COMMON_CLASS) < _COMMON_CLASS for right in near)


def _usual_slip(wrong: str, right: str) -> bool:
    """Whether a form that could be made of a known word is likelier a slip, as *commited* is."""
    return slip(wrong, right) in ("dropped", "doubled", "turned") and _frequency(right) > _LISTED_CLASS


def _slip_of(wrong: str, right: str) -> bool:
    scottish = wrong.startswith("mc") and right.startswith("mac")
    if scottish or same_word(wrong, right) or _inflected(wrong, right) or wrong[0] != right[0]:
        return False
    return slip(wrong, right) != "changed" or _frequency(right) > _LISTED_CLASS


def _initials(reading: Reading, layers: tuple[Layer, ...]) -> Iterator[Hit]:
    words = reading.words(layers)
    for name in reading.once(_names(layers)):
        if len(name.numbers) <= _TIMES:
            continue
        places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number in name.numbers:
            start = words.starts[number]
            found = _INITIALS.search(words.view, max(0, start - _TITLE_WIDTH), start)
            if found:
                places[found[1].replace(" ", "")].append(found.span(1))
        usual = max(places, key=lambda initials: (len(places[initials]), initials), default="")
        for initials, spans in places.items():
            one_off = sum(a != b for a, b in zip(initials, usual, strict=False)) == 1 and len(initials) == len(usual)
            if one_off and len(spans) <= _RARE and len(places[usual]) >= _TIMES * len(spans):
                counts = {"rare": str(len(spans)), "usual": str(len(places[usual]))}
                for start, end in spans:
                    spaced = usual.replace(".", ". ").rstrip() if " " in words.view[start:end] else usual
                    yield Hit(start, end, (spaced,), counts)


_WHAT: dict[str, Callable[[Reading, tuple[Layer, ...]], Iterator[Hit]]] = {
    "unknown": _unknown_beside,
    "known": _known_beside,
    "listed": _beside_listed,
    "initials": _initials,
}


def _build(values: Values, problems: Problems, line: int) -> Detector | None:
    seek = _WHAT[values["what"]]

    def detect(reading: Reading, layers: tuple[Layer, ...]) -> Iterable[Hit]:
        return seek(reading, layers)

    return detect


KIND = Kind(
    "near-names",
    {"what": Field(choice(*_WHAT), required=True, default="unknown", about="which names are compared; see above")},
    _build,
    placeholders=frozenset({"rare", "usual"}),
    about=__doc__ or "",
    yields=True,
)
