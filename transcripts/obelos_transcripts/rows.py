"""From columns of words to rows a reader takes in: a word for a word, a phrase for a phrase, agreement in long runs.

Rows are joined only where that hides nothing: what two versions share is never put into one row with a place where
they part.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .columns import Column, columns
from .matching import codes
from .pairing import likeness
from .text import Span
from .units import Units, units, with_divided_words

Cells = tuple[Span, ...]

_ALIKE = 0.5
"""Likeness above which two words are taken for one word misread rather than two phrases side by side."""

_SURELY_ALIKE = 0.75
"""Likeness below which a word between two phrases is part of them."""

_MOST_PARTS = 5
"""Rows, at most, that are tried together as one word divided differently."""


@dataclass
class _Part:
    """A row in the making: for each version where its reading starts and ends, and which versions read the same.

    ``kinds`` numbers the readings; 0 is no reading. ``like`` is how alike the least alike of them are; a ``loose``
    row is one where words were left out, put in, or exchanged for words quite unlike them.
    """

    starts: list[int]
    ends: list[int]
    kinds: tuple[int, ...]
    like: float
    same: bool

    @property
    def loose(self) -> bool:
        return self.like <= _ALIKE

    def take(self, other: "_Part") -> None:
        """Make one row of two that follow each other."""
        self.ends = other.ends
        pairs = list(zip(self.kinds, other.kinds, strict=True))
        known: dict[tuple[int, int], int] = {(0, 0): 0}
        self.kinds = tuple(known.setdefault(pair, len(known)) for pair in pairs)
        self.like = min(self.like, other.like)
        self.same = self.same and other.same


def rows_of(texts: Sequence[str]) -> list[Cells]:
    """Rows of distinct texts, in order, without gap; none for a single empty text."""
    if len(texts) == 1:
        return [(Span(0, len(texts[0])),)] if texts[0] else []
    sides = with_divided_words([units(text) for text in texts])
    rows = _runs(_turned(texts, list(_runs(_phrases(texts, _parts(sides))))))
    return [tuple(map(Span, part.starts, part.ends)) for part in rows]


def _runs(parts: Iterable[_Part]) -> Iterator[_Part]:
    """The parts, with those in which all agree joined where they follow one another."""
    run: _Part | None = None
    for part in parts:
        if run is not None and run.same and part.same:
            run.take(part)
            continue
        if run is not None:
            yield run
        run = part
    if run is not None:
        yield run


def _parts(sides: Sequence[Units]) -> Iterator[_Part]:
    """A part for each column of words; columns in which all agree follow one another as one part."""
    readings = codes(*[side.texts for side in sides])
    at = [0] * len(sides)
    run: _Part | None = None
    agreed = (1,) * len(sides)
    for column in columns([side.words for side in sides]):
        kinds = _kinds(column, readings)
        starts = at
        at = [place if n < 0 else side.starts[n + 1] for place, n, side in zip(at, column, sides, strict=True)]
        if kinds == agreed:
            if run is None:
                run = _Part(starts, at, agreed, like=1.0, same=True)
            else:
                run.ends = at
            continue
        if run is not None:
            yield run
            run = None
        yield _Part(starts, at, kinds, _like(column, sides), same=False)
    if run is not None:
        yield run


def _kinds(column: Column, readings: Sequence[Sequence[int]]) -> tuple[int, ...]:
    known: dict[int, int] = {-1: 0}
    if min(column) >= 0:
        first = readings[0][column[0]]
        if all(side[n] == first for side, n in zip(readings, column, strict=True)):
            return (1,) * len(column)
    return tuple(
        [known.setdefault(side[n] if n >= 0 else -1, len(known)) for side, n in zip(readings, column, strict=True)]
    )


def _like(column: Column, sides: Sequence[Units]) -> float:
    if min(column) < 0:
        return 0.0
    words = list({side.words[n] for side, n in zip(sides, column, strict=True)})
    return min((likeness(one, other) for n, one in enumerate(words) for other in words[:n]), default=1.0)


def _phrases(texts: Sequence[str], parts: Iterator[_Part]) -> Iterator[_Part]:
    """The parts; those that make up one word differently divided, or one phrase for another, as one."""
    run: list[_Part] = []
    for part in parts:
        if part.same:
            yield from _joined(texts, run)
            run = []
            yield part
        else:
            run.append(part)
    yield from _joined(texts, run)


def _joined(texts: Sequence[str], run: list[_Part]) -> Iterator[_Part]:
    whole = list(_whole_words(texts, run))
    for before, part, after in zip(whole, whole[1:], whole[2:], strict=False):
        if before.loose and after.loose and part.like < _SURELY_ALIKE:
            part.like = _ALIKE
    done: _Part | None = None
    for part in whole:
        if done is not None and done.loose and part.loose and _hide_nothing(done, part):
            done.take(part)
            continue
        if done is not None:
            yield done
        done = part
    if done is not None:
        yield done


def _hide_nothing(one: _Part, other: _Part) -> bool:
    """Whether versions that share a reading in one of two rows never part in the other."""
    for first, second in ((one.kinds, other.kinds), (other.kinds, one.kinds)):
        partner: dict[int, int] = {}
        if any(kind and partner.setdefault(kind, there) != there for kind, there in zip(first, second, strict=True)):
            return False
    return True


def _whole_words(texts: Sequence[str], run: list[_Part]) -> Iterator[_Part]:
    """The rows of a run; those that make up one word, differently divided, as one."""
    place = 0
    while place < len(run):
        part = run[place]
        place += 1
        for end in range(place, min(len(run), place + _MOST_PARTS - 1)):
            # A word is divided differently only if a version has one part fewer.
            if not any(0 in one.kinds for one in run[place - 1 : end + 1]):
                continue
            letters = {
                _letters(text[start:stop]) for text, start, stop in zip(texts, part.starts, run[end].ends, strict=True)
            }
            if len(letters - {""}) == 1:
                for other in run[place : end + 1]:
                    part.take(other)
                part.like = 0.0 if "" in letters else 1.0
                place = end + 1
                break
        yield part


def _letters(text: str) -> str:
    """Letters and figures of a reading, joined across spaces, line ends and hyphens, without case."""
    return "".join(filter(str.isalnum, text.casefold()))


def _turned(texts: Sequence[str], parts: list[_Part]) -> Iterator[_Part]:
    """The parts; where words were put in before or after a stop, the stop itself agrees.

    Of *in China, the* and *in China and Tibet, the* not *China,* and *China* differ, and *and Tibet,* besides, but
    only *and Tibet*.
    """
    n = 0
    while n < len(parts):
        found = _after_words(texts, parts[n], parts[n + 1]) if n + 1 < len(parts) else None
        found = found or (_before_words(texts, parts[n], parts[n + 1]) if n + 1 < len(parts) else None)
        yield from found or [parts[n]]
        n += 2 if found else 1


def _after_words(texts: Sequence[str], word: _Part, added: _Part) -> list[_Part] | None:
    """The word, what some versions add after it, and the stop after both, if that is what two parts come to."""
    short = _lacking(texts, word, added)
    if short is None:
        return None
    core = len(short.rstrip(_others(short)))
    # A stop that all have stays with the word: what is added after it is a sentence of its own.
    tails = [text[start + core : end].rstrip() for text, start, end in zip(texts, word.starts, word.ends, strict=True)]
    core += _common_start(tails)
    stem, stop = short[:core], short[core:]
    size = len(stop)
    for text, start, end, last, kind in zip(texts, word.starts, word.ends, added.ends, added.kinds, strict=True):
        if text[start : start + core] != stem or any(map(str.isalnum, text[start + core : end])):
            return None
        if kind and (last - size <= end or text[last - size : last] != stop):
            return None
    middle = [start + core for start in word.starts]
    late = [last - size if kind else at for last, at, kind in zip(added.ends, middle, added.kinds, strict=True)]
    same = (1,) * len(texts)
    return [
        _Part(word.starts, middle, same, like=1.0, same=True),
        _Part(middle, late, _kinds_of(texts, middle, late), like=0.0, same=False),
        _Part(late, added.ends, same, like=1.0, same=True),
    ]


def _before_words(texts: Sequence[str], added: _Part, word: _Part) -> list[_Part] | None:
    """What opens, what some versions add after that, and the word: `_after_words`, the other way round."""
    short = _lacking(texts, word, added)
    if short is None:
        return None
    size = len(short) - len(short.lstrip(_others(short)))
    opening, stem = short[:size], short[size:]
    if not opening:
        return None
    rest = len(stem)
    for text, first, start, end, kind in zip(texts, added.starts, word.starts, word.ends, added.kinds, strict=True):
        if end - rest < start or text[end - rest : end] != stem or any(map(str.isalnum, text[start : end - rest])):
            return None
        if kind and (start <= first + size or text[first : first + size] != opening):
            return None
    early = [first + size for first in added.starts]
    late = [end - rest for end in word.ends]
    same = (1,) * len(texts)
    return [
        _Part(added.starts, early, same, like=1.0, same=True),
        _Part(early, late, _kinds_of(texts, early, late), like=0.0, same=False),
        _Part(late, word.ends, same, like=1.0, same=True),
    ]


def _lacking(texts: Sequence[str], word: _Part, added: _Part) -> str | None:
    """How the versions without an addition read the word beside it, if all have the word and these read the same."""
    if word.same or added.same or 0 in word.kinds or 0 not in added.kinds or not any(added.kinds):
        return None
    found = {
        text[start:end]
        for text, start, end, kind in zip(texts, word.starts, word.ends, added.kinds, strict=True)
        if not kind
    }
    return found.pop() if len(found) == 1 else None


def _others(text: str) -> str:
    """The characters of a reading that are neither letters nor figures, nor belong to one."""
    return "".join({char for char in text if not char.isalnum() and unicodedata.category(char)[0] != "M"})


def _kinds_of(texts: Sequence[str], starts: list[int], ends: list[int]) -> tuple[int, ...]:
    known = {"": 0}
    readings = [text[start:end] for text, start, end in zip(texts, starts, ends, strict=True)]
    return tuple([known.setdefault(reading, len(known)) for reading in readings])


def _common_start(texts: Sequence[str]) -> int:
    """How many characters all begin with."""
    least, most = min(texts), max(texts)
    return next((n for n, (one, other) in enumerate(zip(least, most, strict=False)) if one != other), len(least))
