"""Kind ``lexicon``: words that are in no list, and the well-known words that each may stand for.

``what: slip``: one letter dropped, added or changed, or two changed about, have made an unknown word of a well-known
one; ``doubtful``: so it seems, but the word is short and may be one after all; ``joined``: two words without their
space (*ofthe*); ``split``: one word with a space in it (*govern ment*); ``unknown``: a word in no list, and no slip;
``rare``: the same, where a list of general English has the word. The list is the vocabulary that comes with Obelos and
``known``, further words that are right. ``words`` is a list instead of it: then every word one slip from a listed one,
or (``unknown``) every unlisted word, is flagged, with a capital or without.

Left alone are words that begin with a capital, short ones in capitals, words with figures or accents, beside a hyphen
at a line end, cut by a bracket, before the stop of an abbreviation, in a foreign phrase, or formed by rule from known
words; and, ``unknown`` apart, words that recur in the document: a spelling that recurs is the writer's own.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from obelos_transcripts import Layer
from obelos_transcripts.schema import Field, Problems, choice, several, text, whole
from obelos_transcripts.spelling import same_word

from .. import vocabulary
from ..general_words import is_general
from ..model import Detector, Hit
from ..reading import Reading, Words, normal_form
from ..slips import Slips, slip
from ..strange import strange
from ..wordforms import JOINING, LONGEST, formed
from .base import Kind, Values
from .confusable import cased

_MOST = 3
"""So many suggestions are enough."""
_RIGHT_CLASS = {"dropped": 4, "doubled": 4, "added": 4, "turned": 4, "changed": 5}
_SHORT = 9
"""Shorter words lie nearer to one another: what a slip made them of must be four times as frequent."""
_TURNED_CLASS = 2
"""Two letters changed about are seldom another word, in a long one."""
_NO_ACRONYM = 8
"""Letters of a word in capitals that is no abbreviation."""
_LONG = 7
_SURE_CLASS = 9
_MADE_CLASS = 7
_JOINED_CLASS = 9
_JOINING_CLASS = 14
_SPLIT_CLASS = 7


@dataclass(frozen=True)
class _Unknown:
    """A word in no list: its normal form without *'s*, and the numbers of the places where it may be judged."""

    form: str
    numbers: list[int]
    recurs: bool
    formed: bool = False


@dataclass(frozen=True)
class _Rule:
    """What a rule looks for, and by which list."""

    least: int
    most: int
    known: frozenset[str]
    own: Slips | None
    sure: bool

    def unknown(self, reading: Reading, layers: tuple[Layer, ...]) -> Iterator[_Unknown]:
        """Words in no list, each once."""
        if self.own:
            words = reading.words(layers)
            places = words.index.items()
            candidates = [_Unknown(form, numbers, len(numbers) > 1) for form, numbers in sorted(places)]
        else:
            candidates = reading.once(_model(layers))
        for one in candidates:
            if self.least <= len(one.form) <= self.most and one.form not in self.known and one.form.isalpha():
                yield one


@cache
def _model(layers: tuple[Layer, ...]) -> Callable[[Reading], list[_Unknown]]:
    """A model of a text: words that the shipped vocabulary lacks, in alphabetical order."""

    def model(reading: Reading) -> list[_Unknown]:
        words = reading.words(layers)
        shipped = vocabulary.shipped()
        unknown = []
        for form, places in sorted(reading.once(strange(layers)).items()):
            if form in shipped.spelt or not (form.isascii() and form.isalpha()):
                continue
            numbers = [number for number in places if _open_to_judgement(reading.text, words, number)]
            if numbers:
                unknown.append(_Unknown(form, numbers, len(places) > 1, formed(form, shipped.words)))
        return unknown

    return model


def _open_to_judgement(text: str, words: Words, number: int) -> bool:
    """Whether a word is written in small letters, or is a long one in capitals, and stands whole."""
    word = words.text(number)
    if not (word.islower() or (word.isupper() and len(word) >= _NO_ACRONYM)):
        return False
    start, end = words.starts[number], words.ends[number]
    before = text[max(0, start - 2) : start]
    sign, following, third = text[end : end + 1], text[end + 1 : end + 2], text[end + 2 : end + 3]
    if before[-1:] in _CUT_BEFORE or (before[-1:].isspace() and before[:1] in _HYPHENS):
        return False
    if sign in _HYPHENS:
        return not following.isspace()
    if sign in _CLOSING:
        return not following.isalnum()
    if sign == ".":  # a stop within a sentence is that of an abbreviation
        return (not following or following in ' \n”"') and not third.islower()
    return sign not in _CUT_AFTER or _ANCHOR.match(text, end) is not None


_CUT_BEFORE = frozenset("[])}<>@/\\_*+=#&")
_CUT_AFTER = frozenset("[({<>@/\\_*+=#&")
_CLOSING = frozenset(")]}")
_HYPHENS = frozenset("-\u2010\u2011\u00ad")
_ANCHOR = re.compile(r"\[(?:footnoteRef|endnoteRef|\d)")


def _foreign(words: Words, number: int) -> bool:
    """Whether the word before or after is unknown as well: two unknown words running are another language."""
    right = vocabulary.shipped().spelt
    for beside in (words.before(number), words.after(number)):
        if beside is None:
            continue
        form = words.normal[beside].removesuffix("'s")
        if form not in right and form.isalpha() and not formed(form, vocabulary.shipped().words):
            return True
    return False


def _slips(reading: Reading, layers: tuple[Layer, ...], rule: _Rule) -> Iterator[Hit]:
    words = reading.words(layers)
    for one in rule.unknown(reading, layers):
        if not rule.own and (one.recurs or (rule.sure and len(one.form) < _LONG - 1)):
            continue
        readings = rule.own.of(one.form)[:_MOST] if rule.own else _readings(one.form, one.formed)
        if not rule.own and _sure(one.form, readings) != rule.sure:
            continue
        for number in one.numbers if readings else ():
            if rule.own or not _foreign(words, number):
                found = words.text(number)
                yield _hit(words, number, number, tuple(cased(found, to) + found[len(one.form) :] for to in readings))


def _sure(form: str, readings: tuple[str, ...]) -> bool:
    """Whether a form is long enough, or the slip of a kind and the word so frequent, that it is hardly a rare word."""
    if len(form) >= _LONG:
        return True
    frequent = [to for to in readings if vocabulary.shipped().words[to] >= _SURE_CLASS and slip(form, to) != "changed"]
    return len(form) == _LONG - 1 and bool(frequent)


@cache
def _shipped_slips() -> Slips:
    return Slips(vocabulary.shipped().words)


def _readings(form: str, made: bool = False) -> tuple[str, ...]:
    """Well-known words that a slip may have made this one of, the likeliest first; none for a known one's variant.

    ``made``: the form could be made of a known word by rule, as *begining* could of *begin*, so the slip must be
    a usual one and the word frequent.
    """
    if made and len(form) < _LONG:
        return ()
    near = _shipped_slips().of(form)
    likely = [other for other in near if (_usual if made else _likely)(form, other)]
    if not likely or any(_inflected(form, other) or same_word(form, other) for other in near):
        return ()
    count = vocabulary.shipped().count
    return tuple(sorted(likely, key=lambda to: (-count(to), to))[:_MOST])


def _usual(wrong: str, right: str) -> bool:
    usual = slip(wrong, right) in ("dropped", "doubled", "turned") and wrong[:1] == right[:1]
    return usual and vocabulary.shipped().words[right] >= _MADE_CLASS and _likely(wrong, right)


def _inflected(form: str, other: str) -> bool:
    return other.startswith(form) and other[len(form) :] in ("s", "d", "y", "e")


def _likely(wrong: str, right: str) -> bool:
    """Whether a slip of the right word is likelier than a word that the vocabulary lacks."""
    what = slip(wrong, right)
    least = _RIGHT_CLASS[what] + (2 if len(wrong) < _SHORT else 0)
    if what == "turned" and len(wrong) >= _SHORT - 1:
        least = _TURNED_CLASS
    if vocabulary.shipped().words[right] < least:
        return False
    if what != "doubled" and (wrong.startswith(right) or right.startswith(wrong) or wrong[:-1] == right[:-1]):
        return False  # an ending more or less: another form of the word
    initial = wrong.endswith(right) or right.endswith(wrong) or wrong[1:] == right[1:]
    return not initial or len(wrong) >= _SHORT


def _joined(reading: Reading, layers: tuple[Layer, ...], rule: _Rule) -> Iterator[Hit]:
    words = reading.words(layers)
    for one in rule.unknown(reading, layers):
        cuts = _cuts(one)
        for number in one.numbers if cuts else ():
            if not _foreign(words, number):
                found = words.text(number)
                yield _hit(words, number, number, tuple(f"{found[:cut]} {found[cut:]}" for cut in cuts[:_MOST]))


def _cuts(one: _Unknown) -> list[int]:
    """Where the space between two words may be lost."""
    if one.recurs or one.formed:
        return []
    return [cut for cut in range(2, len(one.form) - 1) if _two_words(one.form[:cut], one.form[cut:])]


def _two_words(left: str, right: str) -> bool:
    """Whether both are frequent and one holds sentences together; parts of compounds (*our-self*) do not count."""
    frequency = vocabulary.shipped().words.get
    classes = frequency(left, -1), frequency(right, -1)
    if min(classes) < _JOINED_CLASS:
        return False
    if left in JOINING and right in JOINING:
        return min(classes) >= _JOINING_CLASS
    return left in _RUNNING or right in _RUNNING


_RUNNING = frozenset(
    ["and", "as", "by", "for", "from", "had", "in", "is", "of", "on", "that", "the", "to", "was", "with"]
)


def _split(reading: Reading, layers: tuple[Layer, ...], rule: _Rule) -> Iterator[Hit]:
    words = reading.words(layers)
    for first in sorted({first for one in rule.unknown(reading, layers) for n in one.numbers for first in (n - 1, n)}):
        second = _other_piece(words, first)
        if second is not None:
            yield _hit(words, first, second, (words.text(first) + words.text(second),))


def _other_piece(words: Words, first: int) -> int | None:
    """The number of the next word, where the two are pieces of a known one."""
    second = words.after(first) if first >= 0 else None
    if second is None or words.gap(first) != " ":
        return None
    whole_word = words.normal[first] + words.normal[second]
    return second if vocabulary.shipped().words.get(whole_word, -1) >= _SPLIT_CLASS else None


def _unknown(reading: Reading, layers: tuple[Layer, ...], rule: _Rule) -> Iterator[Hit]:
    """What the other searches have no reading for, and no list of general English has."""
    return _left(reading, layers, rule, general=False)


def _rare(reading: Reading, layers: tuple[Layer, ...], rule: _Rule) -> Iterator[Hit]:
    """The same, of the words that general English has."""
    return _left(reading, layers, rule, general=True)


def _left(reading: Reading, layers: tuple[Layer, ...], rule: _Rule, general: bool) -> Iterator[Hit]:
    words = reading.words(layers)
    for one in rule.unknown(reading, layers):
        if rule.own or not (one.formed or _readings(one.form) or _cuts(one) or is_general(one.form) is not general):
            for number in one.numbers:
                piece = any(_other_piece(words, first) is not None for first in (number - 1, number))
                if rule.own or not (piece or _foreign(words, number)):
                    yield _hit(words, number, number, ())


def _hit(words: Words, first: int, last: int, suggestions: tuple[str, ...]) -> Hit:
    return Hit(words.starts[first], words.ends[last], suggestions)


_WHAT: dict[str, Callable[[Reading, tuple[Layer, ...], _Rule], Iterator[Hit]]] = {
    "slip": _slips,
    "doubtful": _slips,
    "joined": _joined,
    "split": _split,
    "unknown": _unknown,
    "rare": _rare,
}


def _build(values: Values, problems: Problems, line: int) -> Detector | None:
    own = frozenset(normal_form(word) for word in values["words"])
    known = frozenset(normal_form(word) for word in values["known"])
    seek = _WHAT[values["what"]]
    if own and values["what"] not in ("slip", "unknown"):
        problems.add(line, "“words”, a list of the rule’s own, goes with slip and unknown only")
        return None
    rule = _Rule(
        values["least"],
        min(values["most"], LONGEST),
        known | own,
        Slips(own) if own else None,
        values["what"] == "slip",
    )

    def detect(reading: Reading, layers: tuple[Layer, ...]) -> Iterable[Hit]:
        return seek(reading, layers, rule)

    return detect


KIND = Kind(
    "lexicon",
    {
        "what": Field(
            choice(*_WHAT),
            required=True,
            default="slip",
            about="`slip`, `doubtful`, `joined`, `split`, `unknown` or `rare`; see above",
        ),
        "words": Field(several(text), default=(), about="a list to go by instead of the shipped vocabulary"),
        "known": Field(several(text), default=(), about="further words that are right"),
        "most": Field(whole, default=LONGEST, about="words with more letters are left alone; 40 unless told"),
        "least": Field(whole, default=5, about="words with fewer letters are left alone; 5 unless told"),
    },
    _build,
    about=__doc__ or "",
    yields=True,
)
