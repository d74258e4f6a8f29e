"""Of places that lie together the one that is told: the likeliest to be wrong; and all in the order of the text."""

from typing import Any

import numpy as np

Ints = np.ndarray[Any, Any]


def told(at: Ints, figures: Ints) -> Ints:
    """Which of some places are told: none has a likelier one as its neighbour that is told.

    Args:
        at: Numbers of the forms.
        figures: How likely each is wrong; of equal ones the earlier in the text comes first.

    Returns:
        Places in ``at``, in rising order of ``at``.
    """
    order = np.lexsort((at, -figures))
    taken: set[int] = set()
    kept: list[int] = []
    for place in order.tolist():
        number = int(at[place])
        if number not in taken and number - 1 not in taken and number + 1 not in taken:
            taken.add(number)
            kept.append(place)
    return np.array(sorted(kept, key=lambda place: int(at[place])), dtype=np.int64)
