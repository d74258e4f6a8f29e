"""Step 3: the networks, trained to say which word stands in a gap of the text, or that none does.

Adam on batches in an order fixed by a seed: on one machine the same text gives the same bytes. Words that are no
function words are told from some others drawn by frequency; their scores are corrected for that. The thorough network
is trained first, and the vectors of the forms with it; the quick one takes them as they are.
"""

import sys
from time import process_time
from typing import Any

import numpy as np

from ..forms import SPECIAL, Vocabulary
from ..network import FUNCTION, STYLE, Around, Vectors, Weights, style, weighed

BATCH = 1024
_NOTHING = 35
"""In a hundred gaps, those where nothing stands."""
_DRAWN = 256
_RATE = 1.2e-3
_LEAST_RATE = 0.01
_WARM = 200


class _Adam:
    """Adam, for arrays as a whole and for some rows of an array."""

    def __init__(self, w: dict[str, Any]) -> None:
        self._w = w
        self._first = {name: np.zeros_like(value) for name, value in w.items()}
        self._second = {name: np.zeros_like(value) for name, value in w.items()}

    def whole(self, name: str, gradient: Any, rate: float, step: int) -> None:
        first, second = self._first[name], self._second[name]
        first += 0.1 * (gradient - first)
        second += 0.001 * (gradient * gradient - second)
        self._w[name] -= (rate / (1 - 0.9**step)) * first / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)

    def rows(self, name: str, rows: Any, gradient: Any, rate: float, step: int) -> None:
        """``rows`` may hold one row more than once: its gradients are added up."""
        order = np.argsort(rows, kind="stable")
        ordered = rows[order]
        begins = np.flatnonzero(np.diff(ordered, prepend=-1))
        own = ordered[begins]
        summed = np.add.reduceat(gradient[order], begins, axis=0)
        first, second = self._first[name][own], self._second[name][own]
        first += 0.1 * (summed - first)
        second += 0.001 * (summed * summed - second)
        self._first[name][own], self._second[name][own] = first, second
        self._w[name][own] -= (rate / (1 - 0.9**step)) * first / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)


def train(
    ids: Any,
    capitals: Any,
    held: Any,
    vocabulary: Vocabulary,
    around: Around,
    sizes: tuple[int, int],
    vectors: tuple[Any, Any],
    steps: int,
    learn_vectors: bool,
) -> tuple[Weights, Any, Any]:
    """The weights after so many steps, and the vectors of the forms, as neighbours and as answers.

    Args:
        around: What the network sees of the places around a gap.
        sizes: Of the hidden layer and of the vector of a gap.
        vectors: Those of the forms, to begin with.
        learn_vectors: Train them too.
    """
    random = np.random.default_rng(2)
    hidden, out = sizes
    e, o = (each.copy() for each in vectors)
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
    inner = inner[(inner > 2 * around.reach) & (inner < len(ids) - 2 * around.reach)]
    words = inner[is_word[ids[inner]]]
    styles = style(ids, capitals, vocabulary)
    runs = around.runs(ids)
    inputs = around.inputs(e.shape[1])
    near = 2 * around.reach * (e.shape[1] + 1)
    w: dict[str, Any] = {
        "w1": random.normal(0, 1.2 / np.sqrt(near), (inputs, hidden)),
        "b1": np.zeros(hidden),
        "w2": random.normal(0, 1.4 / np.sqrt(hidden), (hidden, out)),
        "b2": np.zeros(out),
        "f": random.normal(0, 0.05, (len(FUNCTION) + 1, out)),
        "fb": np.append(np.log((counts[function] + 1) / counts.sum()), 0.0),
        "m": random.normal(0, 0.05, (out, o.shape[1])),
    }
    w = {name: value.astype(np.float32) for name, value in w.items()}
    adam = _Adam(w | {"e": e, "o": o})
    none = BATCH * _NOTHING // 100
    some = BATCH - none
    share = weighed(counts)
    losses: list[float] = []
    begun = process_time()
    for step in range(1, steps + 1):
        at = words[random.integers(0, len(words), some)]
        gap = inner[random.integers(0, len(inner), none)]
        both = np.concatenate([at, gap])
        after = np.repeat([1, 0], [some, none])
        x, seen = around.look(ids, capitals, runs, both, after, e, share)
        x[:, -STYLE:] = styles[both]
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
            np.einsum("ij,ij->i", projected[plain], o[target[plain]]) + b[target[plain]] - correction[target[plain]]
        )
        others = projected @ o[drawn].T + (b[drawn] - correction[drawn])
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
        g_projected = for_others @ o[drawn]
        g_projected[plain] += for_own[plain, None] * o[target[plain]]
        g2 = for_f @ w["f"] + g_projected @ w["m"].T
        g2 *= a2 > 0
        g1 = g2 @ w["w2"].T
        g1 *= a1 > 0
        rate = _RATE * max(_LEAST_RATE, 1 - step / steps) * min(1, step / _WARM)
        if learn_vectors:
            back = (g1 @ w["w1"][:near].T).reshape(BATCH, 2 * around.reach, -1)[..., :-1]
            adam.rows("e", seen.ravel(), back.reshape(-1, e.shape[1]), rate, step)
            answers = np.concatenate([target[plain], drawn])
            shown = np.concatenate([for_own[plain, None] * projected[plain], for_others.T @ projected])
            adam.rows("o", answers, shown, rate, step)
        adam.whole("w1", x.T @ g1, rate, step)
        adam.whole("b1", g1.sum(0), rate, step)
        adam.whole("w2", a1.T @ g2, rate, step)
        adam.whole("b2", g2.sum(0), rate, step)
        adam.whole("f", for_f.T @ a2, rate, step)
        adam.whole("fb", for_f.sum(0), rate, step)
        adam.whole("m", a2.T @ g_projected, rate, step)
        if step % 250 == 0:
            mean = sum(losses[-250:]) / 250
            sys.stderr.write(f"step {step} of {steps}: loss {mean:.3f}, {process_time() - begun:.0f} s of processor\n")
            sys.stderr.flush()
    half = np.float16
    weights = Weights(w["w1"].astype(half), w["b1"], w["w2"].astype(half), w["b2"], w["f"], w["fb"], w["m"], b)
    return weights, Vectors.packed(e), Vectors.packed(o)
