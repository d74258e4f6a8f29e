"""The networks: how likely each word is in a gap, by the words on either side; no word in it is one of the answers.

What goes in is what stands to the left and to the right: a vector for each form and whether it has a capital; the
weighed mean of the vectors further off; and how telegraphic the passage is. Two layers lead to a vector of the gap; its
products with the vectors of the function words, of "nothing stands here", and of all other words are the scores. All
scores of a gap share one unknown summand, so only differences of scores mean anything.

There are two: a quick one for every place, and a thorough one, ten times larger and with a wider view, for the few
places that the quick one doubts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from .forms import EDGE, SPECIAL, Forms, Vocabulary

Floats = np.ndarray[Any, Any]
Ints = np.ndarray[Any, Any]

_WORDS = """
the a an of to in on at by for from with within into onto upon over under and or but nor if as that than then
this these those it its he his him her she they their them we us our you your i my is are was were be been being
has have had do does did not no now so such which who what when where there here will would shall should can
could may might must one any all some also only more most very about out up off through between among against
during before after until since while because though both each other own same just even without toward towards
however therefore still yet already again too much many few first two new well how why whether either neither
"""
FUNCTION = tuple(_WORDS.split())
"""The words that every gap is asked about."""
STYLE = 3
"""Inputs that say how telegraphic a passage is."""
_ARTICLES = ("the", "a", "an")
_LINKS = ("of", "to", "in", "that", "is", "was", "be", "have")
TOGETHER = 1024
"""Places worked out at once: what they need stays in the processor's cache."""
_AROUND = 40
"""Places on either side by which a passage is called telegraphic."""
_EDGE = SPECIAL.index(EDGE)
_COMMON = 1e-4
"""A word that makes up this share of a text counts half of what a rare one does in the mean of those further off."""


@dataclass(frozen=True)
class Vectors:
    """A vector for each form, in 127ths of its ``scale``."""

    e: Ints
    scale: Floats

    @classmethod
    def packed(cls, vectors: Floats) -> "Vectors":
        """Vectors in bytes."""
        scale = np.maximum(np.abs(vectors).max(1), 1e-6) / 127
        return cls(np.rint(vectors / scale[:, None]).astype(np.int8), scale.astype(np.float32))

    def of(self, forms: Ints) -> Floats:
        """The vectors of some forms."""
        found: Floats = self.e[forms] * self.scale[forms][..., None]
        return found


@dataclass(frozen=True)
class Weights:
    """The numbers of a network.

    Attributes:
        f: A vector for each function word, and a last for nothing; ``fb`` likewise.
        m: From the vector of a gap to those of the other words; ``b`` how common each form is.
    """

    w1: Floats
    b1: Floats
    w2: Floats
    b2: Floats
    f: Floats
    fb: Floats
    m: Floats
    b: Floats


def weighed(totals: Ints) -> Floats:
    """How much each form counts among those further off: the commoner the less, special forms not at all."""
    share = _COMMON / (_COMMON + totals / max(1.0, float(totals.sum())))
    share[: len(SPECIAL)] = 0
    found: Floats = share.astype(np.float32)
    return found


@dataclass(frozen=True)
class Around:
    """What a network sees of the places around a gap: ``reach`` on either side one by one, up to ``far`` as a mean."""

    reach: int
    far: int

    def inputs(self, size: int) -> int:
        """How many numbers go in, with vectors of that size."""
        return 2 * self.reach * (size + 1) + (2 * size if self.far else 0) + STYLE

    @staticmethod
    def runs(ids: Ints) -> Ints:
        """The number of the run that each place belongs to; edges have numbers of their own."""
        found: Ints = np.cumsum(ids == _EDGE, dtype=np.int32)
        return found

    def look(
        self, ids: Ints, capitals: Ints, runs: Ints, at: Ints, after: Ints, vectors: "Floats | Vectors", share: Floats
    ) -> tuple[Floats, Ints]:
        """What goes in for some gaps, their style left open, and the forms seen one by one.

        Args:
            runs: As `runs` gives them.
            at: The places, or those before which the gaps are where ``after`` is 0.
            vectors: One for each form.
            share: As `weighed` gives it.
        """
        of = vectors.of if isinstance(vectors, Vectors) else vectors.__getitem__
        size = (vectors.e if isinstance(vectors, Vectors) else vectors).shape[1]
        x = np.empty((len(at), self.inputs(size)), np.float32)
        close = np.arange(-self.reach, self.reach)
        seen, known = self._seen(ids, runs, at, after, close)
        near = 2 * self.reach * (size + 1)
        rows = x[:, :near].reshape(len(at), 2 * self.reach, size + 1)
        rows[..., :-1] = of(seen)
        rows[..., -1] = np.where(known, capitals[self._places(at, after, close, len(ids))], 0) * np.float32(0.5)
        if self.far:
            for number, offsets in enumerate((np.arange(-self.far, -self.reach), np.arange(self.reach, self.far))):
                there, _ = self._seen(ids, runs, at, after, offsets)
                weights = share[there]
                weights /= weights.sum(1, keepdims=True) + 1
                into = x[:, near + number * size : near + (number + 1) * size]
                np.matmul(weights[:, None], of(there), out=into[:, None])
        return x, seen

    @staticmethod
    def _places(at: Ints, after: Ints, offsets: Ints, total: int) -> Ints:
        there = at[:, None] + np.where(offsets < 0, offsets, offsets + np.asarray(after)[..., None])
        return np.clip(there, 0, total - 1)

    def _seen(self, ids: Ints, runs: Ints, at: Ints, after: Ints, offsets: Ints) -> tuple[Ints, Ints]:
        there = self._places(at, after, offsets, len(ids))
        known = runs[there] == runs[at, None]
        return np.where(known, ids[there], _EDGE), known


QUICK, THOROUGH = Around(3, 0), Around(6, 20)


def style(ids: Ints, capitals: Ints, vocabulary: Vocabulary) -> Floats:
    """How telegraphic the passage around each place is: share of articles, of links, of unknown words and codes."""
    total = len(ids)
    numbers = vocabulary.numbers
    first = np.maximum(np.arange(total) - _AROUND, 0)
    last = np.minimum(np.arange(total) + _AROUND + 1, total)

    def around(which: Any) -> Any:
        summed = np.concatenate([[0.0], np.cumsum(which, dtype=np.float64)])
        return summed[last] - summed[first]

    words = around(ids > len(SPECIAL) - 1) + 5.0
    shares = (
        around(np.isin(ids, [numbers[word] for word in _ARTICLES])) / words * 8 - 0.6,
        around(np.isin(ids, [numbers[word] for word in _LINKS])) / words * 5 - 0.8,
        around((ids == 3) | (capitals == 2)) / words * 5 - 0.2,
    )
    return np.stack(shares, 1).astype(np.float32)


class Network:
    """Scores of words in gaps, of the vectors of the gaps; `Quick` and `Thorough` make those of a text."""

    def __init__(self, weights: Weights, answers: Vectors, vocabulary: Vocabulary) -> None:
        self._w = weights
        self._answers = answers
        self._w1, self._w2 = weights.w1.astype(np.float32), weights.w2.astype(np.float32)
        self.function = np.array([vocabulary.numbers[word] for word in FUNCTION], dtype=np.int32)
        self.place_of = np.full(len(vocabulary.forms), -1, dtype=np.int32)
        self.place_of[self.function] = np.arange(len(FUNCTION))

    def _deeper(self, hidden: Floats) -> Floats:
        """Vectors of gaps, of what goes into the first layer's units; which it changes."""
        np.maximum(hidden, 0, out=hidden)
        found: Floats = hidden @ self._w2
        found += self._w.b2
        np.maximum(found, 0, out=found)
        return found

    def functions(self, gaps: Floats) -> Floats:
        """Scores of the function words in some gaps, and of nothing, which comes last."""
        found: Floats = gaps @ self._w.f.T
        found += self._w.fb
        return found

    def scores(self, gaps: Floats, words: Ints) -> Floats:
        """Scores of the same words, none of them a function word, in all of some gaps."""
        found: Floats = gaps @ (self._w.m @ self._answers.of(words).T)
        found += self._w.b[words]
        return found

    def words(self, gaps: Floats, words: Ints) -> Floats:
        """Score of one form in each gap; forms that are function words have the score that `functions` gives."""
        return self.alike(gaps, np.arange(len(words)), words)

    def alike(self, gaps: Floats, rows: Ints, words: Ints) -> Floats:
        """Score of words in gaps, of which each word says in which ``row`` its gap is."""
        w = self._w
        wanted = gaps @ w.m
        found = np.empty(len(words), np.float32)
        for begin in range(0, len(words), TOGETHER):
            part = slice(begin, begin + TOGETHER)
            chosen = words[part]
            products = np.einsum("ij,ij->i", wanted[rows[part]], self._answers.e[chosen].astype(np.float32))
            found[part] = products * self._answers.scale[chosen] + w.b[chosen]
        place = self.place_of[words]
        function = np.flatnonzero(place >= 0)
        own = place[function]
        found[function] = np.einsum("ij,ij->i", gaps[rows[function]], w.f[own]) + w.fb[own]
        return found


class Quick(Network):
    """The network for every place of a text."""

    def __init__(self, weights: Weights, near: Vectors, answers: Vectors, vocabulary: Vocabulary) -> None:
        super().__init__(weights, answers, vocabulary)
        self._near = near

    def sides(self, forms: Forms, styles: Floats) -> Callable[[int, int], "Sides"]:
        """What gives the two sides of the gaps from one place to before another.

        What a form gives at a distance is worked out once for all places that it stands in.
        """
        reach = QUICK.reach
        both = forms.ids * 4 + forms.capitals
        there = np.bincount(both) > 0
        distinct = np.flatnonzero(there)
        row = np.pad((np.cumsum(there) - 1)[both], reach, mode="edge")
        inputs = np.empty((len(distinct), self._near.e.shape[1] + 1), np.float32)
        inputs[:, :-1] = self._near.of(distinct >> 2)
        inputs[:, -1] = (distinct & 3) * np.float32(0.5)
        size = inputs.shape[1]
        tables = [inputs @ self._w1[number * size : (number + 1) * size] for number in range(2 * reach)]
        by_style = self._w1[2 * reach * size :]
        buffer = np.empty((TOGETHER + 1, self._w1.shape[1]), np.float32)

        def given(begin: int, end: int) -> Sides:
            left: Floats = styles[begin:end] @ by_style
            left += self._w.b1
            right = np.zeros((end + 1 - begin, left.shape[1]), np.float32)
            for number, table in enumerate(tables):
                into = left if number < reach else right
                at = begin + number
                taken = buffer[: len(into)]
                np.take(table, row[at : at + len(into)], axis=0, out=taken, mode="clip")
                into += taken
            return Sides(begin, left, right)

        return given

    def gaps(self, sides: "Sides", at: Ints, after: int) -> Floats:
        """Vectors of the gaps where the forms at some places stand (``after`` 1), or before them (0)."""
        hidden = sides.left[at - sides.begin]
        hidden += sides.right[at + after - sides.begin]
        return self._deeper(hidden)


class Sides(NamedTuple):
    """What stands to the left of some places and, from ``begin`` on, to the right of them, gives to the first layer."""

    begin: int
    left: Floats
    right: Floats


class Thorough(Network):
    """The network for the few places that the other doubts."""

    def __init__(self, weights: Weights, near: Vectors, answers: Vectors, vocabulary: Vocabulary, totals: Ints) -> None:
        super().__init__(weights, answers, vocabulary)
        self._near = near
        self._share = weighed(totals)

    def gaps(self, forms: Forms, styles: Floats, at: Ints, after: int) -> Floats:
        """As those of `Quick`."""
        found = np.empty((len(at), self._w2.shape[1]), np.float32)
        runs = THOROUGH.runs(forms.ids)
        for begin in range(0, len(at), TOGETHER):
            part = at[begin : begin + TOGETHER]
            x, _ = THOROUGH.look(
                forms.ids, forms.capitals, runs, part, np.full(len(part), after), self._near, self._share
            )
            x[:, -STYLE:] = styles[part]
            hidden = x @ self._w1
            hidden += self._w.b1
            found[begin : begin + len(part)] = self._deeper(hidden)
        return found
