"""Which git this is: one that can be relied on, too old, with known holes, or none at all.

Invariant: whatever is called ``git`` on the path, asking for its version ends in time and fills no memory.
"""

import re
from functools import cache
from pathlib import Path

from obelos_transcripts import Refused, visible

from .git import Git

_OLDEST = (2, 39)
# First releases without CVE-2025-48384 and those before it, by series, oldest first (git's release notes).
_MENDED = ((2, 43, 7), (2, 44, 4), (2, 45, 4), (2, 46, 4), (2, 47, 3), (2, 48, 2), (2, 49, 1), (2, 50, 1))
_PATIENCE = 20.0


def _version() -> tuple[int, ...]:
    """The numbers of git's version.

    Raises:
        Refused: There is no git, or what is called git does not behave like it.
    """
    said = Git(Path("/")).answer("version", limit=_PATIENCE, most=1000)[1].decode("utf-8", "replace").strip()
    found = re.match(r"git version (\d+)\.(\d+)(?:\.(\d+))?", said)
    if not found:
        raise Refused(f"This git does not say which version it is: “{visible(said[:80])}”. Install git 2.39 or later.")
    return tuple(int(number or 0) for number in found.groups())


@cache
def check_version() -> None:
    """Refuse a git that is missing or older than 2.39, whose safeguards Obelos relies on."""
    version = _version()
    if version < _OLDEST:
        said = ".".join(map(str, version))
        raise Refused(f"git is too old: git {said}. Obelos needs git 2.39 or later; install a newer one.")


def known_holes() -> str:
    """What is known to be unsafe about this git when it clones what a stranger made; "" when nothing is.

    Obelos itself never clones, and never fetches submodules. The releases are those of the git project; a
    distributor may have mended an older one without changing its number.
    """
    version = _version()
    mended = next((fix for fix in _MENDED if fix[:2] == version[:2]), _MENDED[-1])
    if version >= mended:
        return ""
    said, wanted = ".".join(map(str, version)), ".".join(map(str, mended))
    return (
        f"git {said} has known holes (CVE-2025-48384 and earlier ones): cloning a stranger's repository with its "
        f"submodules can run programs. Unless your system's maintainers have mended it, install {wanted} or later."
    )
