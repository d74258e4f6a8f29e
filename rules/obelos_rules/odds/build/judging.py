"""Step 5: the judges, trained to tell places with slips put in from the others, by logistic loss."""

from typing import Any

import numpy as np

from ..judge import Judge

HIDDEN = 24
_ROUNDS = 15
_BATCH = 1024
_RATE = 3e-3
_DECAY = 1e-4


def learn(figures: Any, wrong: Any, seed: int) -> Judge:
    """The judge of rows of figures, of which some are ``wrong``."""
    random = np.random.default_rng(seed)
    if not len(figures):
        figures, wrong = np.zeros((1, figures.shape[1]), np.float32), np.zeros(1, bool)
    middle = figures.mean(0)
    spread = figures.std(0) + 1e-3
    x = np.clip((figures - middle) / spread, -6, 6).astype(np.float32)
    y = wrong.astype(np.float32)
    w = {
        "w1": random.normal(0, 1 / np.sqrt(x.shape[1]), (x.shape[1], HIDDEN)).astype(np.float32),
        "b1": np.zeros(HIDDEN, np.float32),
        "w2": random.normal(0, 0.1, HIDDEN).astype(np.float32),
        "b2": np.array([np.log(max(1.0, y.sum()) / max(1.0, (1 - y).sum()))], np.float32),
    }
    first = {name: np.zeros_like(value) for name, value in w.items()}
    second = {name: np.zeros_like(value) for name, value in w.items()}
    step = 0
    rounds = _ROUNDS * len(x) // _BATCH
    for _ in range(_ROUNDS):
        order = random.permutation(len(x))
        for at in range(0, len(order) - _BATCH + 1, _BATCH):
            rows = order[at : at + _BATCH]
            step += 1
            hidden = np.tanh(x[rows] @ w["w1"] + w["b1"])
            off = (1 / (1 + np.exp(-(hidden @ w["w2"] + w["b2"][0]))) - y[rows]) / _BATCH
            back = off[:, None] * w["w2"] * (1 - hidden**2)
            grown = {
                "w1": x[rows].T @ back + _DECAY * w["w1"],
                "b1": back.sum(0),
                "w2": hidden.T @ off + _DECAY * w["w2"],
                "b2": off.sum(keepdims=True),
            }
            rate = _RATE * max(0.02, 1 - step / rounds)
            for name, gradient in grown.items():
                first[name] += 0.1 * (gradient - first[name])
                second[name] += 0.005 * (gradient * gradient - second[name])
                w[name] -= rate * first[name] / (1 - 0.9**step) / (np.sqrt(second[name] / (1 - 0.995**step)) + 1e-7)
    return Judge(middle.astype(np.float32), spread.astype(np.float32), w["w1"], w["b1"], w["w2"], w["b2"])
