"""Words that two others make up; text where such words are written as two, and two as one, for judges to learn from.

Such slips are rare in print: of the 271 wrong words of the evaluation set's even half none is one. They are put in far
more often than that, so that there is enough to learn from; how much too often is taken off the judges' figures
afterwards.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ..forms import SPECIAL
from ..judge import Judge
from ..network import FUNCTION
from ..two_words import Divisions

SPLIT, JOINED = 4, 5
OF_SLIPS = 1 / 200
"""What share of the slips is reckoned to be a word written as two, and as much again two written as one."""
_PUT_IN = {SPLIT: 0.05, JOINED: 0.3}
"""Share of the places where such a slip is possible that get one."""
_COMMON = 15
"""The word and both its parts stand so often in the text that was counted."""
_SHORT = 2
_SHORT_PARTS = frozenset(FUNCTION) - {"i"}
"""Parts of so many letters, or fewer, are these words: others are mostly abbreviations and pieces of names."""
_APART = 9
"""Places between two slips at least."""


def divisions(forms: Sequence[str], totals: Any) -> Divisions:
    """The words of a vocabulary that two others make up; ``totals`` as in `confusing.confusions`."""
    common = {
        form: number
        for number, form in enumerate(forms)
        if number >= len(SPECIAL) and totals[number] >= _COMMON and form.isalpha()
    }
    parts = {form: number for form, number in common.items() if len(form) > _SHORT or form in _SHORT_PARTS}
    found = [
        (number, parts[form[:at]], parts[form[at:]])
        for form, number in common.items()
        for at in range(1, len(form) - 1)
        if form[:at] in parts and form[at:] in parts
    ]
    columns = np.array(sorted(found), dtype=np.uint16).reshape(-1, 3).T
    return Divisions(*(np.ascontiguousarray(column) for column in columns))


def divided(ids: Any, capitals: Any, table: Divisions, seed: int) -> tuple[Any, Any, Any]:
    """Forms and capitals with such slips in them, and what is wrong at each place: 0, `SPLIT` (at the second of two
    words), `JOINED`.
    """
    random = np.random.default_rng(seed)
    places = []
    for what, (at, rows) in ((SPLIT, table.of_wholes(ids)), (JOINED, table.of_pairs(ids))):
        chosen = np.flatnonzero(random.random(len(at)) < _PUT_IN[what])
        places += [(place, what, row) for place, row in zip(at[chosen].tolist(), rows[chosen].tolist(), strict=True)]
    pieces: list[list[Any]] = [[], [], []]
    done, last = 0, -_APART

    def add(until: int, *instead: tuple[int, int, int]) -> None:
        pieces[0].append(ids[done:until])
        pieces[1].append(capitals[done:until])
        pieces[2].append(np.zeros(until - done, np.int64))
        for column, piece in zip(zip(*instead, strict=True), pieces, strict=False):
            piece.append(np.array(column, np.int64))

    for place, what, row in sorted(places):
        if place - last < _APART:
            continue
        last = place
        whole, first, second = int(table.whole[row]), int(table.first[row]), int(table.second[row])
        if what == SPLIT:
            big = int(capitals[place])
            add(place, (first, big, 0), (second, 2 if big == 2 else 0, SPLIT))
        else:
            add(place - 1, (whole, int(capitals[place - 1]), JOINED))
        done = place + 1
    add(len(ids))
    new, caps, wrong = (np.concatenate(piece) for piece in pieces)
    return new.astype(np.int32), caps.astype(np.int32), wrong


def on_scale(judge: Judge, put_in: float, words: int, rate: float) -> Judge:
    """The judge with its figure on the scale of the others: as if such slips had been put in as seldom as they are.

    Args:
        put_in: How many of them it has learned from, for each time that it saw the text.
        words: How many words that text has.
        rate: Slips of all kinds for each word of the text that the other judges learned from.
    """
    too_often = max(1.0, put_in) / max(1.0, words * rate * OF_SLIPS)
    return replace(judge, b2=(judge.b2 - np.log(too_often)).astype(np.float32))
