"""The sample edition for tests: made once in a process, each test works on a copy of its own."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from obelos_transcripts import Edition, find_edition
from obelos_tui.demo import make_sample

__all__ = ["sample"]


@cache
def _made() -> Path:
    place = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return make_sample(place / "sample").root


def sample(folder: Path) -> Edition:
    """The sample edition, fresh, in a folder that is not there yet."""
    shutil.copytree(_made(), folder)
    edition = find_edition(folder)
    assert edition
    return edition
