"""From columns of words to rows a reader takes in: a word for a word, a phrase for a phrase, agreement in long runs.

Rows are joined only where that hides nothing: what two versions share is never put into one row with a place where
they part.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial, reduce
from operator import and_, eq

from .answers import Column
from .columns import columns
from .edges import settled
from .matching import codes
from .pairing import likeness
from .parts import ALIKE, Part
from .text import Span
from .units import Units, units, with_divided_words

Cells = tuple[Span, ...]

_SURELY_ALIKE = 0.75
"""Likeness up to which a word between two phrases is part of them."""

_MOST_PARTS = 5
"""Rows, at most, that are tried together as one word divided differently."""


def rows_of(texts: Sequence[str]) -> list[Cells]:
    """Rows of distinct texts, in order, without gap; none for a single empty text."""
    if len(texts) == 1:
        return [(Span(0, len(texts[0])),)] if texts[0] else []
    sides = with_divided_words([units(text) for text in texts])
    rows = _runs(settled(texts, [side.starts for side in sides], list(_runs(_phrases(texts, _parts(sides))))))
    return [tuple(map(Span, part.starts, part.ends)) for part in rows]


def _runs(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts, with those in which all agree joined where they follow one another."""
    run: Part | None = None
    for part in parts:
        if run is not None and run.same and part.same:
            run.take(part)
            continue
        if run is not None:
            yield run
        run = part
    if run is not None:
        yield run


def _parts(sides: Sequence[Units]) -> Iterator[Part]:
    """A part for each column of words; columns in which all agree follow one another as one part."""
    readings = codes(*[side.texts for side in sides])
    found = columns([side.words for side in sides])
    agree = _agreement(found, readings)
    agree += [False, True]  # ends for both kinds of runs
    agreed = (1,) * len(sides)
    at = [0] * len(sides)
    place = 0
    while place < len(found):
        end = agree.index(False, place)
        if end > place:
            starts, at = at, [side.starts[n + 1] for side, n in zip(sides, found[end - 1], strict=True)]
            yield Part(starts, at, agreed, 1.0, same=True)
        place = agree.index(True, end)
        for column in found[end:place]:
            starts, at = (
                at,
                [old if n < 0 else side.starts[n + 1] for old, n, side in zip(at, column, sides, strict=True)],
            )
            yield Part(starts, at, _kinds(column, readings), _like(column, sides), same=False)


def _agreement(found: Sequence[Column], readings: Sequence[Sequence[int]]) -> list[bool]:
    """Of each column whether all read the same there."""
    # Where a version has nothing its number is -1, which finds a reading that no other has.
    sides = [[*side, -1 - n] for n, side in enumerate(readings)]
    first, *others = (
        map(side.__getitem__, places) for side, places in zip(sides, zip(*found, strict=True), strict=False)
    )
    expected = list(first)
    return list(reduce(partial(map, and_), (map(eq, expected, other) for other in others)))


def _kinds(column: Column, readings: Sequence[Sequence[int]]) -> tuple[int, ...]:
    known = {-1: 0}
    found = [side[n] if n >= 0 else -1 for side, n in zip(readings, column, strict=True)]
    return tuple([known.setdefault(reading, len(known)) for reading in found])


def _like(column: Column, sides: Sequence[Units]) -> float:
    if min(column) < 0:
        return 0.0
    words = list({side.words[n] for side, n in zip(sides, column, strict=True)})
    return min((likeness(one, other) for n, one in enumerate(words) for other in words[:n]), default=1.0)


def _phrases(texts: Sequence[str], parts: Iterator[Part]) -> Iterator[Part]:
    """The parts; those that make up one word differently divided, or one phrase for another, as one."""
    run: list[Part] = []
    for part in parts:
        if part.same:
            yield from _joined(texts, run)
            run = []
            yield part
        else:
            run.append(part)
    yield from _joined(texts, run)


def _joined(texts: Sequence[str], run: list[Part]) -> Iterator[Part]:
    whole = list(_whole_words(texts, run))
    for before, part, after in zip(whole, whole[1:], whole[2:], strict=False):
        if before.loose and after.loose and part.like <= _SURELY_ALIKE:
            part.like = ALIKE
    done: Part | None = None
    for part in whole:
        if done is not None and done.loose and part.loose and _hide_nothing(done, part):
            done.take(part)
            continue
        if done is not None:
            yield done
        done = part
    if done is not None:
        yield done


def _hide_nothing(one: Part, other: Part) -> bool:
    """Whether versions that share a reading in one of two rows never part in the other."""
    for first, second in ((one.kinds, other.kinds), (other.kinds, one.kinds)):
        partner: dict[int, int] = {}
        if any(kind and partner.setdefault(kind, there) != there for kind, there in zip(first, second, strict=True)):
            return False
    return True


def _whole_words(texts: Sequence[str], run: list[Part]) -> Iterator[Part]:
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
