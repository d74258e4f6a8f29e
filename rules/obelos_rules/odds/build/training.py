"""Step 3: the network, trained to say which word stands in a gap of the text, or that none does.

Adam on batches in an order fixed by a seed: on one machine the same text gives the same bytes. Words that are no
function words are told from some others drawn by frequency; their scores are corrected for that.
"""

import sys
from time import perf_counter
from typing import Any

import numpy as np

from ..forms import REACH, SPECIAL, Vocabulary
from ..network import FUNCTION, STYLE, Weights, style

HIDDEN = 256
OUT = 64
BATCH = 2048
_NOTHING = 35
"""In a hundred gaps, those where nothing stands."""
_DRAWN = 192
_RATE = 1.5e-3
_LEAST_RATE = 0.03


def packed(e: Any, b: Any, w: dict[str, Any]) -> Weights:
    """The weights as they are kept: vectors in bytes."""
    scale = np.maximum(np.abs(e).max(1), 1e-6) / 127
    return Weights(np.rint(e / scale[:, None]).astype(np.int8), scale.astype(np.float32), b=b, **w)


def train(ids: Any, capitals: Any, held: Any, vocabulary: Vocabulary, e: Any, steps: int, stop: int) -> Weights:
    """The weights after ``stop`` steps of a course laid out for ``steps``, in which the rate falls."""
    random = np.random.default_rng(2)
    size = e.shape[1] + 1
    function = np.array([vocabulary.numbers[word] for word in FUNCTION])
    place_of = np.full(len(vocabulary.forms), -1)
    place_of[function] = np.arange(len(FUNCTION))
    is_word = np.array([form[0].isalpha() for form in vocabulary.forms])
    counts = np.bincount(ids[~held], minlength=len(vocabulary.forms)).astype(np.float64)
    drawn_by = np.where(is_word & (place_of < 0), counts, 0) ** 0.75
    drawn_by /= drawn_by.sum()
    drawn_sums = np.cumsum(drawn_by)
    correction = np.log(drawn_by * _DRAWN + 1e-20).astype(np.float32)
    b = np.log((counts + 1) / counts.sum()).astype(np.float32)
    inner = np.flatnonzero(~held & (ids >= len(SPECIAL)))
    inner = inner[(inner > 2 * REACH) & (inner < len(ids) - 2 * REACH)]
    words = inner[is_word[ids[inner]]]
    styles = style(ids, capitals, vocabulary)
    w: dict[str, Any] = {
        "w1": random.normal(0, 1.2 / np.sqrt(2 * REACH * size), (2 * REACH * size + STYLE, HIDDEN)),
        "b1": np.zeros(HIDDEN),
        "w2": random.normal(0, 1.4 / np.sqrt(HIDDEN), (HIDDEN, OUT)),
        "b2": np.zeros(OUT),
        "f": random.normal(0, 0.05, (len(FUNCTION) + 1, OUT)),
        "fb": np.append(np.log((counts[function] + 1) / counts.sum()), 0.0),
        "m": random.normal(0, 0.05, (OUT, e.shape[1])),
    }
    w = {name: value.astype(np.float32) for name, value in w.items()}
    first = {name: np.zeros_like(value) for name, value in w.items()}
    second = {name: np.zeros_like(value) for name, value in w.items()}
    none = BATCH * _NOTHING // 100
    some = BATCH - none
    left, right, here = np.arange(-REACH, 0), np.arange(1, REACH + 1), np.arange(0, REACH)
    losses: list[float] = []
    begun = perf_counter()
    for step in range(1, stop + 1):
        at = words[random.integers(0, len(words), some)]
        gap = inner[random.integers(0, len(inner), none)]
        around = np.concatenate(
            [
                np.concatenate([at[:, None] + left, at[:, None] + right], 1),
                np.concatenate([gap[:, None] + left, gap[:, None] + here], 1),
            ]
        )
        x = np.empty((BATCH, 2 * REACH * size + STYLE), np.float32)
        inputs = x[:, :-STYLE].reshape(BATCH, 2 * REACH, size)
        inputs[:, :, :-1] = e[ids[around]]
        inputs[:, :, -1] = capitals[around] * np.float32(0.5)
        x[:, -STYLE:] = styles[np.concatenate([at, gap])]
        target = ids[at].astype(np.int64)
        place = place_of[target]
        plain = np.flatnonzero(place < 0)
        drawn = np.searchsorted(drawn_sums, random.random(_DRAWN)).clip(0, len(e) - 1)
        a1 = x @ w["w1"] + w["b1"]
        np.maximum(a1, 0, out=a1)
        a2 = a1 @ w["w2"] + w["b2"]
        np.maximum(a2, 0, out=a2)
        projected = a2 @ w["m"]
        own = np.full((BATCH, 1), -30, np.float32)
        own[plain, 0] = (
            np.einsum("ij,ij->i", projected[plain], e[target[plain]]) + b[target[plain]] - correction[target[plain]]
        )
        others = projected @ e[drawn].T + (b[drawn] - correction[drawn])
        others[:some][drawn[None, :] == target[:, None]] = -30
        logits = np.concatenate([a2 @ w["f"].T + w["fb"], own, others], 1)
        answer = np.full(BATCH, len(FUNCTION))
        answer[:some] = np.where(place >= 0, place, len(FUNCTION) + 1)
        logits -= logits.max(1, keepdims=True)
        np.exp(logits, out=logits)
        logits /= logits.sum(1, keepdims=True)
        rows = np.arange(BATCH)
        losses.append(float(-np.log(logits[rows, answer] + 1e-9).mean()))
        logits[rows, answer] -= 1
        logits /= BATCH
        for_f, for_own, for_others = (
            logits[:, : len(FUNCTION) + 1],
            logits[:, len(FUNCTION) + 1],
            logits[:, len(FUNCTION) + 2 :],
        )
        g_projected = for_others @ e[drawn]
        g_projected[plain] += for_own[plain, None] * e[target[plain]]
        g2 = for_f @ w["f"] + g_projected @ w["m"].T
        g2 *= a2 > 0
        g1 = g2 @ w["w2"].T
        g1 *= a1 > 0
        grown = {
            "w1": x.T @ g1,
            "b1": g1.sum(0),
            "w2": a1.T @ g2,
            "b2": g2.sum(0),
            "f": for_f.T @ a2,
            "fb": for_f.sum(0),
            "m": a2.T @ g_projected,
        }
        rate = _RATE * max(_LEAST_RATE, 1 - step / steps) * min(1, step / 100)
        for name, gradient in grown.items():
            first[name] += 0.1 * (gradient - first[name])
            second[name] += 0.001 * (gradient * gradient - second[name])
            away = first[name] / (1 - 0.9**step)
            w[name] -= rate * away / (np.sqrt(second[name] / (1 - 0.999**step)) + 1e-8)
        if step % 250 == 0:
            mean = sum(losses[-250:]) / 250
            sys.stderr.write(f"step {step} of {stop}: loss {mean:.3f}, {perf_counter() - begun:.0f} s\n")
            sys.stderr.flush()
    return packed(e, b, w)
