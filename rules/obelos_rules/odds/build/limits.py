"""Step 7: which figure lets through how many false alarms, on the text held out, which has no slips put in.

Whole documents give more alarms than that text where a rule asks for many: they are more telegraphic, and stand in no
volume that was counted. By how much was measured on the even-numbered ones of fifty clean telegrams
(``bench/context.py --alarms``): nothing up to two in 1,000 words, then more and more, a third from ten on.
"""

from typing import Any

import numpy as np

ALARMS = (0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 15.0, 20.0, 30.0)
_ALIKE = 2.0
_GROWTH = 1.19
_MOST = 1.34


def of_held(alarms: Any) -> Any:
    """How many alarms in 1,000 words of the text held out come to so many in whole documents."""
    fewer = np.maximum(_ALIKE * (np.asarray(alarms) / _ALIKE) ** (1 / _GROWTH), np.asarray(alarms) / _MOST)
    return np.where(np.asarray(alarms) > _ALIKE, fewer, alarms)


def limits(figures: Any, words: int) -> Any:
    """The figure for each number of `ALARMS` in 1,000 words; ``figures`` are those of the places, one for each told."""
    ordered = np.sort(figures)[::-1]
    at = np.minimum((of_held(ALARMS) * words / 1000).astype(int), len(ordered) - 1)
    return ordered[at].astype(np.float32)
