"""Step 6: the sieves, trained to foretell which places the judges would doubt, by logistic loss.

They learn from the text held out, as it is and with slips put in. How much they let through is set on the last fifth
of it, which they have not learned from.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from ..evidence import Evidence
from ..forms import Forms
from ..judge import Judge
from ..sieve import GAP, OFFSETS, WORD, Sieve, of_places
from ..where import Table, Where

KEPT = 0.985
"""What they let through of all that a rule with ten false alarms in 1,000 words would tell."""
HIDDEN = 32
_STEPS, _PASSES = 3000, 4
"""So many steps, but sound places are not gone through more than so many times."""
_BATCH = 1024
_DOUBTED = _BATCH // 3
_RATE = 3e-3
_DECAY = 1e-5
_LEARNED = 0.8
_ASKS = (WORD, GAP, WORD)
"""What each of the first three questions of the judges is about; the others have no sieve."""


class Places(NamedTuple):
    """Places of one kind: the forms around them (number and capitals as one), what else is told, the judge's figure."""

    forms: Any
    told: Any
    figures: Any
    learned: Any
    """Whether the sieve is to learn from it."""


def places(evidence: Evidence, judges: Sequence[Judge], texts: Iterable[Forms]) -> list[Places]:
    """The words, and the gaps, of some texts that may be asked about, and what the judges say of them."""
    found: list[list[Places]] = [[], []]
    for text in texts:
        figures = np.full((2, len(text)), -np.inf, np.float32)
        tables: Sequence[Table] = evidence.tables(text)
        for what, judge, table in zip(_ASKS, judges, tables, strict=False):
            figures[what, table.at] = np.maximum(figures[what, table.at], judge.odds(table.figures))
        where = Where(evidence, text)
        both = text.ids * 4 + text.capitals
        for what, at in enumerate(evidence.asked(where)):
            around = np.stack([both[at + offset] for offset in OFFSETS[what]], 1)
            learned = at < len(text) * _LEARNED
            found[what].append(Places(around, of_places(where, what, at), figures[what, at], learned))
    return [Places(*map(np.concatenate, zip(*parts, strict=True))) for parts in found]


def learn(evidence: Evidence, given: Places, doubtful: float, told: float, seed: int) -> Sieve:
    """The sieve that foretells which of some places have a figure from ``doubtful`` on.

    It lets through `KEPT` of those that have one from ``told`` on.
    """
    random = np.random.default_rng(seed)
    each, row = np.unique(given.forms, return_inverse=True)
    row = row.reshape(given.forms.shape)
    traits = evidence.traits.of(each >> 2, each & 3)

    def inputs(at: Any) -> Any:
        return np.concatenate([traits[row[at]].reshape(len(at), -1), given.told[at]], 1)

    size = row.shape[1] * traits.shape[1] + given.told.shape[1]
    w: dict[str, Any] = {
        "w1": random.normal(0, 1 / np.sqrt(size), (size, HIDDEN)).astype(np.float32),
        "b1": np.zeros(HIDDEN, np.float32),
        "w2": random.normal(0, 0.1, HIDDEN).astype(np.float32),
        "b2": np.zeros(1, np.float32),
    }
    doubted = np.flatnonzero(given.learned & (given.figures >= doubtful))
    others = np.flatnonzero(given.learned & (given.figures < doubtful))
    if not len(doubted) or not len(others):
        return Sieve(**(w | {"w2": w["w2"] * 0}))
    first = {name: np.zeros_like(value) for name, value in w.items()}
    second = {name: np.zeros_like(value) for name, value in w.items()}
    steps = min(_STEPS, 1 + _PASSES * len(others) // (_BATCH - _DOUBTED))
    answer = (np.arange(_BATCH) < _DOUBTED).astype(np.float32)
    for step in range(1, steps + 1):
        x = inputs(np.concatenate([random.choice(doubted, _DOUBTED), random.choice(others, _BATCH - _DOUBTED)]))
        hidden = np.maximum(x @ w["w1"] + w["b1"], 0)
        off = (1 / (1 + np.exp(-(hidden @ w["w2"] + w["b2"][0]))) - answer) / _BATCH
        back = off[:, None] * w["w2"] * (hidden > 0)
        grown = {
            "w1": x.T @ back + _DECAY * w["w1"],
            "b1": back.sum(0),
            "w2": hidden.T @ off,
            "b2": off.sum(keepdims=True),
        }
        rate = _RATE * max(0.02, 1 - step / steps)
        for name, gradient in grown.items():
            first[name] += 0.1 * (gradient - first[name])
            second[name] += 0.001 * (gradient * gradient - second[name])
            w[name] -= rate * first[name] / (1 - 0.9**step) / (np.sqrt(second[name] / (1 - 0.999**step)) + 1e-8)
    wanted = np.flatnonzero(~given.learned & (given.figures >= told))
    if len(wanted):
        w["b2"] -= np.quantile(np.maximum(inputs(wanted) @ w["w1"] + w["b1"], 0) @ w["w2"] + w["b2"], 1 - KEPT)
    return Sieve(**{name: value.astype(np.float32) for name, value in w.items()})
