"""Copies that a synchronisation program leaves where two machines changed one file: seen by their names, and said.

Such a program shares files, and no locks. Two machines that work in one synchronised folder can each be in the middle
of a commit; each should have a clone of its own.
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path

# Syncthing, Dropbox and Nextcloud, in this order; others add a number or the name of a machine, like a person would.
_COPY = re.compile(r"\.sync-conflict-\d{8}-\d{6}|conflicted copy|\(.*conflict.*\d{4}-\d\d-\d\d", re.IGNORECASE)


def is_copy(name: str) -> bool:
    """Whether a file's name is one that a synchronisation program gives to a copy."""
    return bool(_COPY.search(name))


def copies(folders: Iterable[Path]) -> list[Path]:
    """Copies that lie in some folders (not in those below)."""
    return sorted(
        folder / name for folder in folders if folder.is_dir() for name in os.listdir(folder) if is_copy(name)
    )
