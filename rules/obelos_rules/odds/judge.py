"""The judge: one figure for each place, by how much it is likelier wrong than right, of all that is known of it.

A small network for each of the three questions, with one hidden layer, trained on text with slips put in. Its figure
is the logarithm of odds, the same scale for all three, so that places can be ranked together.
"""

from dataclasses import dataclass

import numpy as np

from .network import Floats


@dataclass(frozen=True)
class Judge:
    """The numbers of one such network: how figures are scaled, the hidden layer, the outcome."""

    middle: Floats
    spread: Floats
    w1: Floats
    b1: Floats
    w2: Floats
    b2: Floats

    def odds(self, figures: Floats) -> Floats:
        """The logarithm of the odds for each row."""
        scaled = np.clip((figures - self.middle) / self.spread, -6, 6)
        hidden = np.tanh(scaled @ self.w1 + self.b1)
        found: Floats = hidden @ self.w2 + self.b2[0]
        return found
