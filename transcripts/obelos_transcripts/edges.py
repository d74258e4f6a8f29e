"""Where a row that only some versions have begins and ends.

An addition can often be told in several ways: what stands before it may stand at its end as well. Here it is told
as a reader would: whole sentences, without the stop that all have anyway. Nothing is lost or changed by that.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from .parts import Part
from .units import parts_a_character

_FARTHEST = 400
"""Code points that an addition is moved at most."""

_LINE_ENDS = frozenset("\n\r\u0085\u2028\u2029")
_STOPS = ".!?…"
_PAUSES = ",;:–—"
_CLOSING = "\"'”’»)]"


def settled(texts: Sequence[str], starts: Sequence[Sequence[int]], parts: list[Part]) -> Iterator[Part]:
    """The parts with better edges; ``starts`` has where the units of each text begin."""
    rows = list(_without_stops(texts, parts))
    for n in range(len(rows) - 1, 0, -1):
        before, added = rows[n - 1], rows[n]
        if not before.same or added.same or 0 not in added.kinds or len({*added.kinds}) > 2:
            continue
        after = rows[n + 1] if n + 1 < len(rows) and rows[n + 1].same else None
        step = _best_step(texts, starts, before, added, after)
        if not step:
            continue
        if after is None:
            after = Part(added.ends, added.ends, before.kinds, 1.0, same=True)
            rows.insert(n + 1, after)
        before.ends = [at + step for at in before.ends]
        added.starts, added.ends = before.ends, [at + step for at in added.ends]
        after.starts = added.ends
    return (part for part in rows if part.starts != part.ends)


def _best_step(
    texts: Sequence[str], starts: Sequence[Sequence[int]], before: Part, added: Part, after: Part | None
) -> int:
    """By how many code points to move an addition, so that it begins with a line or a sentence; 0 if it is well."""
    n = next(n for n, kind in enumerate(added.kinds) if kind)
    text, start, end = texts[n], added.starts[n], added.ends[n]
    first = bisect_left(starts[n], start)
    if starts[n][first] != start:
        return 0
    least = max(before.starts[n], start - _FARTHEST, start - (end - start))
    most = min(after.ends[n] if after else end, end + _FARTHEST, end + (end - start)) - end
    best, step = _beginning(text, start), 0
    for place in range(first - 1, -1, -1):
        at = starts[n][place]
        if at < least or text[at:start] != text[end - (start - at) : end]:
            break
        best, step = max((best, step), (_beginning(text, at), at - start), key=lambda found: found[0])
    for place in range(first + 1, len(starts[n])):
        at = starts[n][place]
        if at - start > most or text[start:at] != text[end : end + at - start]:
            break
        best, step = max((best, step), (_beginning(text, at), at - start), key=lambda found: found[0])
    return step


def _beginning(text: str, at: int) -> int:
    """How well something may begin at a place: a line best, then a sentence, then what follows a pause."""
    stood = text[max(0, at - 8) : at]
    bare = stood.rstrip()
    if not bare or not _LINE_ENDS.isdisjoint(stood[len(bare) :]):
        return 3
    mark = bare.rstrip(_CLOSING)[-1:]
    return 2 if mark and mark in _STOPS else int(bool(mark) and mark in _PAUSES)


def _without_stops(texts: Sequence[str], parts: list[Part]) -> Iterator[Part]:
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


def _after_words(texts: Sequence[str], word: Part, added: Part) -> list[Part] | None:
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
    if any(parts_a_character(text, at) for text, *cuts in zip(texts, middle, late, strict=True) for at in cuts):
        return None
    same = (1,) * len(texts)
    return [
        Part(word.starts, middle, same, like=1.0, same=True),
        Part(middle, late, _kinds_of(texts, middle, late), like=0.0, same=False),
        Part(late, added.ends, same, like=1.0, same=True),
    ]


def _before_words(texts: Sequence[str], added: Part, word: Part) -> list[Part] | None:
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
    if any(parts_a_character(text, at) for text, *cuts in zip(texts, early, late, strict=True) for at in cuts):
        return None
    same = (1,) * len(texts)
    return [
        Part(added.starts, early, same, like=1.0, same=True),
        Part(early, late, _kinds_of(texts, early, late), like=0.0, same=False),
        Part(late, word.ends, same, like=1.0, same=True),
    ]


def _lacking(texts: Sequence[str], word: Part, added: Part) -> str | None:
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
