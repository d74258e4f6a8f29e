"""Step 4: text with slips put in, for the judge to learn from. The slips are made up, and used nowhere else."""

from typing import Any

import numpy as np

from ..confusions import Confusions
from ..forms import SPECIAL, Vocabulary
from ..network import FUNCTION
from .confusing import shipped

CHANGED, MISSING, SURPLUS = 1, 2, 3
_APART = 9
"""Places between two slips at least."""


def corrupted(
    ids: Any, capitals: Any, vocabulary: Vocabulary, totals: Any, confusions: Confusions, rate: float, seed: int
) -> tuple[Any, Any, Any]:
    """Forms and capitals with slips in them, and what is wrong at each place: 0, changed, missing before it, surplus.

    Function words are changed for others as editors found them changed, other words for words alike in letters, the
    commoner the likelier; 52 in 100 slips are changes, 42 omissions, 6 words too many.
    """
    random = np.random.default_rng(seed)
    numbers = np.array([vocabulary.numbers[word] for word in FUNCTION])
    place_of = np.full(len(vocabulary.forms), -1)
    place_of[numbers] = np.arange(len(FUNCTION))
    told = np.zeros(len(FUNCTION))
    left_out = np.zeros(len(FUNCTION))
    for (instead, right), count in shipped().items():
        if instead:
            told[FUNCTION.index(right)] += count
        else:
            left_out[FUNCTION.index(right)] += count
    share = totals[numbers] / totals[numbers].sum()
    told = 0.5 * (told + 0.5) / (told + 0.5).sum() + 0.5 * share**0.8 / (share**0.8).sum()
    left_out = left_out + share * 30 + 0.2
    left_out /= left_out.sum()
    present = np.bincount(ids, minlength=len(vocabulary.forms))[numbers] + 1
    change_at = told / present
    omit_at = left_out / present
    words = sum(1 for one in ids if one >= len(SPECIAL))
    chances = np.exp(confusions.between.astype(np.float64))
    chances /= chances.sum(1, keepdims=True)
    many = words * rate
    plain = max(1, int(((place_of[ids] < 0) & (ids >= len(SPECIAL))).sum()))
    draws = random.random((len(ids), 3))
    new, caps, wrong = [], [], []
    wait = 0
    pending = 0
    frequency = np.maximum(totals, 1) ** 0.6
    for one, big, (first, second, third) in zip(ids.tolist(), capitals.tolist(), draws.tolist(), strict=True):
        place = place_of[one]
        wait -= 1
        if wait <= 0 and one >= len(SPECIAL) and vocabulary.forms[one][0].isalpha():
            if place >= 0:
                if first < many * 0.42 * omit_at[place]:
                    pending = MISSING
                    wait = _APART
                    continue
                if second < many * 0.24 * change_at[place]:
                    other = int(np.searchsorted(np.cumsum(chances[place]), third).clip(0, len(FUNCTION) - 1))
                    new.append(int(numbers[other]))
                    caps.append(big)
                    wrong.append(pending or CHANGED)
                    pending, wait = 0, _APART
                    continue
            elif second < many * 0.28 / plain * (1.3 if big == 0 else 0.4):
                _, near, apart = confusions.alike(np.array([one]))
                if len(near):
                    weights = np.cumsum(frequency[near] * np.exp(-0.8 * (apart.astype(np.float64) - 1)))
                    other = int(near[int(np.searchsorted(weights / weights[-1], third).clip(0, len(near) - 1))])
                    new.append(other)
                    caps.append(big)
                    wrong.append(pending or CHANGED)
                    pending, wait = 0, _APART
                    continue
            if first > 1 - 0.06 * rate:
                new.append(int(numbers[int(np.searchsorted(np.cumsum(share), third).clip(0, len(FUNCTION) - 1))]))
                caps.append(0)
                wrong.append(pending or SURPLUS)
                pending, wait = 0, _APART
        new.append(one)
        caps.append(big)
        wrong.append(pending)
        pending = 0
    return np.array(new, dtype=np.int32), np.array(caps, dtype=np.int32), np.array(wrong)
