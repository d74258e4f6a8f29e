"""Files of the work tree: written whole or not at all, and only where a transcript can honestly lie.

Invariant: a reader sees the old bytes or the new, never a part; mode and extended attributes are kept.
"""

import os
import re
import stat
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from obelos_transcripts import Refused, visible

TEMPORARY = ".obelos-"
"""How names of our temporary files begin."""

# HFS+ drops these from names, so `.g<ZWNJ>it` is `.git` there (git's own rule: utf8.c, next_hfs_char).
_DROPPED = dict.fromkeys((*range(0x200C, 0x2010), *range(0x202A, 0x202F), *range(0x206A, 0x2070), 0xFEFF))
_GIT = re.compile(r"|\.|\.\.|\.git|git~[0-9]+", re.IGNORECASE)
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def atomic_write(
    path: Path,
    data: bytes,
    *,
    mode: int | None = None,
    temporary: Path | None = None,
    written: Callable[[], None] = lambda: None,
) -> None:
    """Put bytes into a file so that a death at any moment leaves the old file or the new one.

    Args:
        path: The file; its folder exists.
        data: All of its bytes.
        mode: Permission bits; by default those the file has, else what a new file gets.
        temporary: Name of the temporary file, in the same folder; one that is left there is overwritten.
        written: Called when the temporary file is complete and not yet renamed.

    Raises:
        OSError: The file system refuses; the old file is as it was.
    """
    temporary = temporary or path.with_name(f"{TEMPORARY}{os.urandom(6).hex()}")
    temporary.unlink(missing_ok=True)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    try:
        with open(handle, "wb") as out:
            out.write(data)
            out.flush()
            old = stat.S_IMODE(path.lstat().st_mode) if mode is None and path.exists() else mode
            if old is not None:
                os.fchmod(handle, old)
            _copy_attributes(path, handle)
            os.fsync(handle)
        written()
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(path.parent)


def _copy_attributes(path: Path, handle: int) -> None:
    # Not every file system has them, not all may be set by everyone, and macOS has other calls for them.
    with suppress(OSError, AttributeError):
        for name in os.listxattr(path, follow_symlinks=False):
            os.setxattr(handle, name, os.getxattr(path, name, follow_symlinks=False))


def sync_folder(folder: Path) -> None:
    """Make the names in a folder outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folders(folder: Path) -> None:
    """Make a folder and those above it, so that they outlast a power cut."""
    if folder.is_dir():
        return
    make_folders(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir()
    sync_folder(folder.parent)


def check_path(root: Path, path: str) -> None:
    """Refuse a path that is not that of a regular file (or of none yet) strictly inside the work tree.

    Every folder on the way must be a real one; symbolic links, hard links, other repositories inside this one, and
    ``.git`` in any spelling that some file system takes for it are refused.

    Raises:
        Refused: With the path and what to do.
    """
    parts = path.split("/")
    if "\0" in path or any(_is_git(part) for part in parts):
        raise Refused(f"“{visible(path)}” is no path for a transcript. Give a file inside the edition another name.")
    here = root
    for part in parts[:-1]:
        here /= part
        if not os.path.lexists(here):
            return
        if here.is_symlink() or not here.is_dir():
            raise Refused(
                f"“{visible(path)}”: “{visible(part)}” is a symbolic link or no folder. Use the real place of the file."
            )
        if os.path.lexists(here / ".git"):
            raise Refused(f"“{visible(path)}” lies in another repository inside this one. Run Obelos in that one.")
    _check_file(here / parts[-1], path)


def _check_file(file: Path, path: str) -> None:
    try:
        found = file.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISREG(found.st_mode):
        raise Refused(f"“{visible(path)}” is not a regular file. Put a plain file in its place.")
    if found.st_nlink > 1:
        raise Refused(
            f"“{visible(path)}” has {found.st_nlink} hard links; replacing it would part them. "
            "Make it a file of its own: cp FILE NEW && mv NEW FILE"
        )


def _is_git(part: str) -> bool:
    return bool(_GIT.fullmatch(part) or _GIT.fullmatch(part.translate(_DROPPED).rstrip(". ")))


class NewNames:
    """Refuses new files that other file systems could not hold, or could not tell from some that are there.

    Each folder is listed once, however many files are new in it: ask for one commit, then make another of these.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._listed: dict[Path, dict[str, list[str]]] = {}

    def check(self, path: str) -> None:
        """Refuse such a path.

        Raises:
            Refused: A part of it is a device name on Windows, ends in a full stop, or differs from a name in the same
                folder only by case or by Unicode composition.
        """
        parts = path.split("/")
        here, known = self._root, 0
        while known < len(parts) and os.path.lexists(here / parts[known]):
            here /= parts[known]
            known += 1
        if any(_DEVICE.fullmatch(part) or part.endswith(".") for part in parts[known:]):
            raise Refused(f"“{visible(path)}” cannot exist on Windows. Choose another name.")
        if known == len(parts) or not here.is_dir():
            return
        if twins := self._names(here).get(folded(parts[known])):
            raise Refused(
                f"“{visible(path)}” and “{visible(twins[0])}” are one file on systems that do not tell case or "
                "composed letters apart. Choose another name."
            )

    def _names(self, folder: Path) -> dict[str, list[str]]:
        if folder not in self._listed:
            found: dict[str, list[str]] = {}
            for name in os.listdir(folder):
                found.setdefault(folded(name), []).append(name)
            self._listed[folder] = found
        return self._listed[folder]


def folded(name: str) -> str:
    """What names have in common that one folder cannot hold beside one another on every system."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def read(path: Path) -> bytes | None:
    """All bytes of a file; None when it is not there."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
