"""C06, C07: a disk that is full to any level, or read-only; the power cuts of C05 are in ``make soak``."""

from pathlib import Path

import pytest

from disks import CannotMount, full_disk, read_only


def test_C06_a_full_disk_leaves_the_whole_commit_or_nothing(tmp_path: Path) -> None:
    """With so many KiB left it is committed or refused; after room was made nothing is half done or left over."""
    try:
        ended, wrong = full_disk(tmp_path, range(0, 120, 20))
    except CannotMount as why:
        pytest.skip(str(why))
    assert [] == wrong
    assert ended["committed"]
    assert ended["refused"]


def test_C07_a_read_only_disk_refuses(tmp_path: Path) -> None:
    """The refusal says what the disk said, and nothing was changed."""
    try:
        said = read_only(tmp_path)
    except CannotMount as why:
        pytest.skip(str(why))
    assert "Read-only file system" in said
    assert "left something" not in said
