"""Where things are kept that can be made again: packs that were read, findings of earlier runs.

A folder of the user's own, outside any edition: an edition that somebody sends cannot bring one along. OBELOS_CACHE
names another folder; empty, nothing is kept.
"""

import os
from pathlib import Path

VARIABLE = "OBELOS_CACHE"


def kept_packs() -> Path | None:
    """Folder for packs that were read."""
    folder = _folder()
    return folder and folder / "packs"


def kept_findings() -> Path | None:
    """File for findings of earlier runs."""
    folder = _folder()
    return folder and folder / "findings.db"


def kept_proofs() -> Path | None:
    """Folder for what was verified."""
    folder = _folder()
    return folder and folder / "verified"


def _folder() -> Path | None:
    named = os.environ.get(VARIABLE)
    if named is not None:
        return Path(named) if named else None
    if cache := os.environ.get("XDG_CACHE_HOME"):
        return Path(cache) / "obelos"
    from platformdirs import user_cache_path  # here: most systems with the variable set need not load it

    return user_cache_path("obelos")
