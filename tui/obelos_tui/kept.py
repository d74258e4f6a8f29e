"""Where things are kept that can be made again: packs that were read, findings of earlier runs,
how documents stood, what editions taught.

A folder of the user's own, outside any edition: an edition that somebody sends cannot bring one along. OBELOS_CACHE
names another folder; empty, nothing is kept.
"""

import os
from hashlib import sha256
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


def kept_desk(edition: str) -> Path | None:
    """File for what the desk remembers of an edition, by a name that stands for its folder."""
    folder = _folder()
    return folder and folder / "desks" / f"{edition}.db"


def kept_learned(root: Path) -> Path | None:
    """File of what the edition in a folder has taught; see `obelos_rules.odds.learned`."""
    folder = _folder()
    name = sha256(str(root.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:24]
    return folder and folder / "learned" / f"{name}.bin"


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
