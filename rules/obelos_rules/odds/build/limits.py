"""Step 6: which figure lets through how many false alarms, on the text held out, which has no slips put in."""

from typing import Any

import numpy as np

ALARMS = (0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 15.0, 20.0, 30.0)


def limits(figures: Any, words: int) -> Any:
    """The figure for each number of `ALARMS` in 1,000 words; ``figures`` are those of the places, one for each told."""
    ordered = np.sort(figures)[::-1]
    at = np.minimum((np.array(ALARMS) * words / 1000).astype(int), len(ordered) - 1)
    return ordered[at].astype(np.float32)
