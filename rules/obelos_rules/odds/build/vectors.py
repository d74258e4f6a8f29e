"""Step 2: a vector for each form, from the counts of its near neighbours: their surprise, factorised.

Randomised factorisation after Halko, Martinsson and Tropp (2011), of positive pointwise mutual information.
"""

from typing import Any

import numpy as np

_CONTEXTS = 2500
_OFFSETS = (-2, -1, 1, 2)
_MORE = 16
_ROUNDS = 3


def vectors(ids: Any, forms: int, size: int) -> Any:
    """A row of ``size`` numbers for each form, of about unit spread."""
    parts = []
    for offset in _OFFSETS:
        a, b = (ids[:-offset], ids[offset:]) if offset > 0 else (ids[-offset:], ids[:offset])
        near = b < _CONTEXTS
        keys = a[near].astype(np.int64) * _CONTEXTS + b[near]
        table = np.bincount(keys, minlength=forms * _CONTEXTS).reshape(forms, _CONTEXTS).astype(np.float32)
        rows = table.sum(1, keepdims=True) + 1
        columns = table.sum(0, keepdims=True) ** 0.75
        columns = np.maximum(columns / columns.sum(), 1e-12)
        np.log(np.maximum(table / rows / columns, 1), out=table)
        table *= np.minimum(1, rows / (rows + 20))
        parts.append(table)
    whole = np.concatenate(parts, 1)
    random = np.random.default_rng(1)
    basis = whole @ random.standard_normal((whole.shape[1], size + _MORE), dtype=np.float32)
    for _ in range(_ROUNDS):
        basis, _ = np.linalg.qr(basis)
        basis = whole @ (whole.T @ basis)
    basis, _ = np.linalg.qr(basis)
    left, values, _ = np.linalg.svd(basis.T @ whole, full_matrices=False)
    found = (basis @ left)[:, :size] * np.sqrt(values[:size])
    found /= np.sqrt((found**2).sum(1, keepdims=True) + 1e-3)
    return (found * np.sqrt(size) * 0.7).astype(np.float32)
