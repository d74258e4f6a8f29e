"""What is known of every form: how common it is, its hash, whether it is a word; and what was counted and learned."""

import numpy as np

from .counts import Counts
from .forms import SPECIAL, Vocabulary
from .network import Ints, Network
from .two_words import Divisions

_SIGN = 0.01
"""Share of the forms that is reckoned for figures, for edges, and for what is in no list."""


class Known:
    """What is known of every form, each column by the form's number.

    Attributes:
        common: The logarithm of how often it stands in the counted text, and once more.
        shares: What part of the counted text it makes up.
        hashes: Its hash, by which `counts` know it.
        word: Whether it is a word.
    """

    def __init__(
        self, vocabulary: Vocabulary, totals: Ints, hashes: Ints, network: Network, counts: Counts, divisions: Divisions
    ) -> None:
        """``totals``: how often each form stands in the counted text."""
        self.vocabulary = vocabulary
        self.network = network
        self.counts = counts
        self.divisions = divisions
        self.common = np.log(totals + 1.0).astype(np.float32)
        self.shares = np.where(np.arange(len(totals)) < len(SPECIAL), _SIGN, (totals + 0.5) / totals.sum())
        self.hashes = hashes
        self.word = np.array([one[0].isalpha() for one in vocabulary.forms])
